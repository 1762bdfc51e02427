"""The documents a text cites, each once, under the key the field uses.

Keys: ``21-NQ/TW`` as printed; a short form is completed from the stated issuer (``Chỉ thị 05 của Bộ Chính
trị`` is ``05-CT/TW``) or ends in ``/?``; ``NQTW4-XII`` for a plenum resolution; ``NQĐH-XIII`` and
``NQĐH/T-XXII`` for a congress's. Rules of the label scheme: domain notes 5.5 and the evaluation set.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tochuc.documents.extract.bodies import Body, body_at
from tochuc.documents.extract.dates import DateMention
from tochuc.documents.extract.issuers import issuer_symbol
from tochuc.documents.extract.named import Named, find_named
from tochuc.documents.extract.normal import Source, bare
from tochuc.documents.extract.numbered import Numbered, find_numbered

_TITLE = 160  # characters of a document's title between its number and its issuer
_BEFORE_DATE = re.compile(r"\s{0,2},?\s{0,2}\(?(?:(?:được\s)?(?:ban hành|ký)\s)?(?:vào\s)?(?:ngày\s{0,2})?$")
_BY = re.compile(r"[\s,)]{0,4}\(?(?:đều\s|cùng\s)?(?:của|do)\s{1,2}")
_BARE_TERM = re.compile(r"[\s,]{0,3}\(?khóa\s{1,2}(?P<term>[ivx]{1,6})(?!\w)\)?")
_SIGNED_BY = re.compile(
    r"\s{1,2}(?:(?:cũng|đã|vừa|mới|tiếp tục|vừa qua)\s){0,3}(?:ban hành|có|ra|thông qua|ký|(?:giải thích|hướng dẫn|trả lời|nêu|quy định)(?: \w+){0,2} (?:ở|tại|trong|bằng))\s(?:ngay\s|các\s)?$"
)
_SAME_DAY = re.compile(r"[\s,]{0,3}(?:ban hành |ký |ra )?cùng ngày")
_OF_PLENUM = re.compile(r"[\s,]{1,3}(?:của )?")
_SAME_DAY_BEFORE = re.compile(r"(?<!\w)cùng ngày[^.;:]{0,20}\s(?:có|ra|ban hành)\s$")
_JOINED = re.compile(r"[\s,;]{0,3}(?:và|cùng|,|;)\s{0,2}$")
_LATER_ISSUER = re.compile(
    r"(?:của|do)\s{1,2}(?=(?:bộ chính trị|ban bí thư|ban chấp hành|ban thường vụ|trung ương|tỉnh ủy|thành ủy|huyện ủy)(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document: ``surface`` is its first mention, at ``start:end`` of the text.

    ``type`` is the Vietnamese word, ``issuer`` the body as the text states it, ``number`` as printed (for a
    congress or plenum its ordinal), ``term`` the Central Committee's term as a Roman figure, ``date`` the day of
    the document where the text gives one.
    """

    surface: str
    key: str
    type: str
    issuer: str | None
    number: str
    term: str | None
    date: date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Mention:
    numbered: Numbered
    end: int
    issuer: str | None
    term: str | None
    date: date | None
    same_day: bool


def find_citations(
    source: Source, bodies: Sequence[Body], dates: Sequence[DateMention]
) -> tuple[Citation, ...]:
    """One citation per distinct document of the text, in the order of first mention."""
    numbered = find_numbered(source)
    reader = _Reader(source, bodies, dates, [one.start for one in numbered])
    mentions = _share_issuers(source, [reader.read(one) for one in numbered])
    found = [*_keyed(source, mentions), *(_from_named(source, one) for one in find_named(source))]
    distinct: dict[str, Citation] = {}
    for citation in sorted(found, key=lambda one: (one.start, one.end)):
        distinct.setdefault(citation.key.casefold(), citation)
    return tuple(distinct.values())


class _Reader:
    """Reads what surrounds a document's number: its date and who issued it."""

    def __init__(
        self, source: Source, bodies: Sequence[Body], dates: Sequence[DateMention], starts: list[int]
    ) -> None:
        self.source = source
        self.dates = dates
        self.date_starts = [one.start for one in dates]
        self.bodies = bodies
        self.body_ends = [one.end for one in bodies]
        self.starts = starts

    def read(self, one: Numbered) -> _Mention:
        signed, after = self._date_after(one.end)
        same_day = (
            _SAME_DAY.match(self.source.low, after)
            or _SAME_DAY_BEFORE.search(self.source.low, max(one.start - 60, 0), one.start)
        ) is not None
        body, end = self._issuer_after(after)
        if body and not signed:
            signed, end = self._date_after(end)
        if not body and not one.suffix:
            body = self._issuer_before(one.start) or self._issuer_after_title(one)
        term = _BARE_TERM.match(self.source.low, end)
        end = term.end() if term else end
        issuer = body.name if body else None
        if term and body and body.end <= end:
            issuer = self.source.raw[body.start : end]
        return _Mention(one, end, issuer, term["term"].upper() if term else None, signed, same_day)

    def _date_after(self, place: int) -> tuple[date | None, int]:
        index = bisect_right(self.date_starts, place)
        if index == len(self.dates):
            return None, place
        mention = self.dates[index]
        if mention.start - place > 24 or not mention.year:
            return None, place
        if not _BEFORE_DATE.fullmatch(self.source.low, place, mention.start):
            return None, place
        closing = self.source.low.startswith(")", mention.end)
        return mention.in_year(mention.year), mention.end + closing

    def _issuer_after(self, place: int) -> tuple[Body | None, int]:
        by = _BY.match(self.source.low, place)
        if by and not self.source.low.startswith("hội nghị", by.end()):
            body = body_at(self.source, by.end())
            return (body, body.end) if body else (None, place)
        step = _OF_PLENUM.match(self.source.low, place)
        if step and self.source.low.startswith("hội nghị", step.end()):
            end = self.source.low.find("khóa", step.end(), step.end() + 90)
            if end > 0:
                return Body(step.end(), end, self.source.raw[step.end() : end].rstrip(" ,(")), end
        return None, place

    def _issuer_before(self, place: int) -> Body | None:
        index = bisect_right(self.body_ends, place) - 1
        if index < 0:
            return None
        body = self.bodies[index]
        return (
            body if place - body.end < 40 and _SIGNED_BY.fullmatch(self.source.low, body.end, place) else None
        )

    def _issuer_after_title(self, one: Numbered) -> Body | None:
        limit = min(self.source.sentence_at(one.end - 1)[1], one.end + _TITLE)
        following = bisect_right(self.starts, one.end)
        if following < len(self.starts):
            limit = min(limit, self.starts[following])
        stop = self.source.low.find(";", one.end, limit)
        by = _LATER_ISSUER.search(self.source.low, one.end, stop if stop > 0 else limit)
        return body_at(self.source, by.end()) if by else None


def _share_issuers(source: Source, mentions: list[_Mention]) -> list[_Mention]:
    """Give documents listed together, or said to be of the same day, the issuer stated for one of them."""
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        one, following = shared[index], shared[index + 1]
        if one.issuer or one.term:
            continue
        together = (
            one.numbered.group == following.numbered.group and one.numbered.start == following.numbered.start
        )
        gap = following.numbered.start - one.end
        joined = 0 <= gap < 10 and _JOINED.fullmatch(source.low, one.end, following.numbered.start)
        if together or joined:
            shared[index] = replace(one, issuer=following.issuer, term=following.term)
    for index in range(1, len(shared)):
        if shared[index].same_day and not shared[index].issuer:
            shared[index] = replace(
                shared[index], issuer=shared[index - 1].issuer, term=shared[index - 1].term
            )
    return shared


def _keyed(source: Source, mentions: list[_Mention]) -> list[Citation]:
    """Citations with their keys; a short form without issuer takes the key of the document it repeats."""
    known: dict[tuple[str, int], str] = {}
    keys: list[str | None] = []
    for one in mentions:
        key = _own_key(one)
        keys.append(key)
        if key:
            known.setdefault(_same(one), key)
    return [
        _citation(
            source, one, key or known.get(_same(one)) or f"{one.numbered.number}-{one.numbered.symbol}/?"
        )
        for one, key in zip(mentions, keys, strict=True)
    ]


def _same(one: _Mention) -> tuple[str, int]:
    symbol = one.numbered.symbol.upper().replace("QĐI", "QĐ").replace("QD", "QĐ")
    return symbol, int(re.sub(r"\D", "", one.numbered.number))


def _own_key(one: _Mention) -> str | None:
    number, symbol = one.numbered.number, one.numbered.symbol
    if one.numbered.suffix:
        return number + one.numbered.suffix
    known = issuer_symbol(bare(one.issuer)) if one.issuer else None
    if known and known[1]:
        return f"{number}/{symbol}-{known[0]}"
    if known:
        return f"{number}-{symbol}/{known[0]}"
    return f"{number}-{symbol}/TW" if one.term else None


def _citation(source: Source, one: _Mention, key: str) -> Citation:
    start, end = one.numbered.start, max(one.end, one.numbered.end)
    surface = source.raw[start:end]
    name = one.numbered.type or one.numbered.symbol
    return Citation(surface, key, name, one.issuer, one.numbered.number, one.term, one.date, start, end)


def _from_named(source: Source, one: Named) -> Citation:
    surface = source.raw[one.start : one.end]
    return Citation(surface, one.key, one.type, one.issuer, one.number, one.term, None, one.start, one.end)

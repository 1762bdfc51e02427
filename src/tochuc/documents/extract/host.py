"""The body that holds the event a text reports."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tochuc.documents.extract.bodies import Body, body_at
from tochuc.documents.extract.dates import DateMention
from tochuc.documents.extract.eventdate import EventDate
from tochuc.documents.extract.grammar import either, words
from tochuc.documents.extract.normal import Source, bare

_SUBJECT_TO_VERB = 170  # characters
_EVENT_TO_BODY = 260
_OPENING = 3  # sentences in which a host may be told without the day
_PARTNER = re.compile(
    r"[\s,]{0,3}(?:đã |vừa )?(?:phối hợp|cùng)(?: với| cùng)?\s[^.;]{3,130}?(?=(?:tổ chức|mở|khai giảng|khai mạc|tiến hành)\s)"
)
_BRACKETED = re.compile(r"\([^()]{0,60}\)")
_PLURAL = re.compile(r"\s(?:được\s)?(?:\d+|các|những|nhiều|hàng|thường xuyên|hằng)\s")
_CENTRE = re.compile(r"(?<!\w)trung ương|bộ chính trị|ban bí thư")


def find_host(
    source: Source, bodies: Sequence[Body], dates: Sequence[DateMention], event: EventDate | None
) -> str | None:
    """The body said to organise or hold the event, by its fullest name in the text; None if none is said to."""
    spans = list(source.sentences[:_OPENING])
    if event:
        dated = source.sentence_at(event.mention.start)
        spans = [dated, *(span for span in spans if span != dated)]
    finder = _Finder(source, bodies, dates)
    for span in spans:
        day = event is not None and span[0] <= event.mention.start < span[1]
        found = finder.in_sentence(*span, day)
        if found:
            return _fullest(source, bodies, found)
    return None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    data = words("events")
    holds, meets, noun = either(data["holds"]), either(data["meets"]), either(data["nouns"])
    when = r"(?:(?:diễn ra|ngày|sáng|chiều|tối|thường kỳ|định kỳ|chuyên đề|tháng \d+|quý \w+|■+|[,()])\s{0,2}){0,8}"
    return {
        "event": re.compile(rf"(?<!\w){noun}(?!\w)"),
        "holds": re.compile(rf"(?<!\w){holds}(?!\w)"),
        "verb": re.compile(rf"(?<!\w)(?:{holds}|(?P<meets>{meets}))(?!\w)"),
        "by": re.compile(r"(?<!\w)(?:do|được)\s{1,2}(?:cấp ủy\s)?"),
        "held": re.compile(rf"(?<!\w)(?:{holds}|{meets}|chủ trì)(?!\w)"),
        "adverbs": re.compile(rf"(?:[\s,■()-]|(?<!\w){either(data['adverbs'])}(?!\w)){{0,60}}"),
        "not_host": re.compile(rf"(?<!\w){either(data['not_hosts'])}\s{{1,2}}$"),
        "of": re.compile(rf"(?<!\w){noun}\s{{1,2}}{when}của\s{{1,2}}"),
        "direct": re.compile(
            r"(?<!\w)(?:hội nghị|đại hội(?: đại biểu)?|phiên họp|kỳ họp)\s{1,2}(?=(?:ban chấp hành|bch|ban thường vụ|đảng bộ|chi bộ|ủy ban kiểm tra)\s)"
        ),
        "congress": re.compile(
            r"(?<!\w)đại hội(?: đại biểu)?(?: lần thứ \w+)?(?: của)?\s{1,2}(?=(?:đảng bộ|chi bộ)\s)"
        ),
        "not_event": re.compile(
            r"(?:nghị quyết|chuẩn bị|tiến tới|văn kiện|trình|phục vụ|dự|khâu tổ chức|chào mừng|sau|hướng tới|kết quả|chỉ đạo|từ)\s(?:\w+\s)?$"
        ),
    }


class _Finder:
    def __init__(self, source: Source, bodies: Sequence[Body], dates: Sequence[DateMention]) -> None:
        self.source = source
        self.bodies = bodies
        marked = list(source.low)
        for mention in dates:
            marked[mention.start : mention.end] = "■" * (mention.end - mention.start)
        self.low = "".join(marked)

    def in_sentence(self, start: int, end: int, dated: bool) -> Body | None:
        """The host told in one sentence; ``dated`` says the day of the event stands there too."""
        ways = (self._by, self._congress, self._subject, self._of, self._direct)
        for way in ways if dated else ways[:3]:
            for body in way(start, end, dated):
                return body
        return None

    def _by(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*… do Huyện ủy A tổ chức*, *… được Ban Thường vụ B tổng kết*."""
        for match in _patterns()["by"].finditer(self.low, start, end):
            body = self._joint(match.end())
            if not body:
                continue
            limit = min(end, body.end + _SUBJECT_TO_VERB)
            verb = _patterns()["held"].search(self.low, body.end, limit)
            told = _patterns()["event"].search(
                self.low, max(start, match.start() - _EVENT_TO_BODY), match.start()
            )
            meets = verb and not _patterns()["holds"].match(self.low, verb.start())
            if verb and (told or meets) and self._only_adverbs(body.end, verb.start()):
                yield body

    def _congress(self, start: int, end: int, dated: bool) -> Iterator[Body]:
        """*Đại hội đại biểu Đảng bộ huyện A lần thứ …*: the organisation whose congress it is."""
        for match in _patterns()["congress"].finditer(self.low, start, end):
            body = body_at(self.source, match.end())
            if not body or _patterns()["not_event"].search(
                self.low, max(start, match.start() - 24), match.start()
            ):
                continue
            if dated or re.search(r"khai mạc|bế mạc|diễn ra|vừa", self.low[start:end]):
                yield body

    def _subject(self, start: int, end: int, dated: bool) -> Iterator[Body]:
        """*Huyện ủy A (vừa) tổ chức hội nghị …*, *Ban B họp …*."""
        for body in self.bodies:
            if body.start < start or body.end > end:
                continue
            verb = self._verb_of(body, end)
            if not verb or self._is_not_host(body, start):
                continue
            if verb["meets"]:
                if dated:
                    yield self._with_left(body, start)
                continue
            told = _patterns()["event"].search(self.low, verb.end(), min(end, verb.end() + _SUBJECT_TO_VERB))
            if told and (dated or not _PLURAL.match(self.low, verb.end())):
                yield self._with_left(body, start)

    def _verb_of(self, body: Body, end: int) -> re.Match[str] | None:
        """The verb of holding whose subject the body is, or None."""
        place = body.end
        limit = min(end, place + _SUBJECT_TO_VERB)
        partner = _PARTNER.match(self.low, place, limit)
        if partner:
            return _patterns()["verb"].match(self.low, partner.end())
        verb = _patterns()["verb"].search(self.low, place, limit)
        return verb if verb and self._only_adverbs(place, verb.start()) else None

    def _only_adverbs(self, start: int, end: int) -> bool:
        between = _BRACKETED.sub(" ", self.low[start:end])
        partner = re.match(r"[\s,]{0,3}(?:phối hợp|cùng)\s", between)
        return bool(partner) or _patterns()["adverbs"].fullmatch(between) is not None

    def _is_not_host(self, body: Body, start: int) -> bool:
        return _patterns()["not_host"].search(self.low, max(start, body.start - 30), body.start) is not None

    def _of(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*hội nghị diễn ra chiều 14/5 của Đảng ủy A*."""
        for match in _patterns()["of"].finditer(self.low, start, end):
            body = self._joint(match.end())
            if body:
                yield body

    def _direct(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*Hội nghị Ban Chấp hành Đảng bộ huyện A lần thứ …*; the Central Committee's plenums are news of their own."""
        for match in _patterns()["direct"].finditer(self.low, start, end):
            body = body_at(self.source, match.end())
            if body and not _CENTRE.search(body.name.lower()):
                yield body

    def _joint(self, place: int) -> Body | None:
        """The body at an offset, together with a second one joined to it by *và*."""
        body = body_at(self.source, place)
        if not body:
            return None
        following = re.compile(r" và ").match(self.low, body.end)
        other = body_at(self.source, following.end()) if following else None
        return Body(body.start, other.end, self.source.raw[body.start : other.end]) if other else body

    def _with_left(self, body: Body, start: int) -> Body:
        """The body together with the one before it, when *và* joins the two as subject."""
        for other in self.bodies:
            if (
                other.start >= start
                and self.low[other.end : body.start] == " và "
                and not self._is_not_host(other, start)
            ):
                return Body(other.start, body.end, self.source.raw[other.start : body.end])
        return body


def _fullest(source: Source, bodies: Sequence[Body], host: Body) -> str:
    """The longest name in the text that begins with the host's, unless the text names several such bodies."""
    short = bare(host.name)
    longer = {bare(other.name): other.name for other in bodies if bare(other.name).startswith(short + " ")}
    name = next(iter(longer.values())) if len(longer) == 1 else host.name
    return " ".join(name.split())

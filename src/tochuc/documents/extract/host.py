"""The body that holds the event a text reports."""

import re
from collections.abc import Iterator, Sequence

from tochuc.documents.extract.bodies import Body, body_at
from tochuc.documents.extract.dates import DateMention
from tochuc.documents.extract.eventdate import EventDate
from tochuc.documents.extract.hostwords import HostWords, host_words
from tochuc.documents.extract.normal import Source

_SUBJECT_TO_VERB = 170  # characters
_EVENT_TO_BODY = 260
_OPENING = 3  # sentences in which a host may be told without the day
_BRACKETED = re.compile(r"\([^()]{0,60}\)")
_SEVERAL = re.compile(r"\s(?:được\s)?\d")
_CENTRE = re.compile(r"(?:(?:ban chấp hành|bch) )?trung ương|bộ chính trị|ban bí thư")
_TELLS = re.compile(r"(?<!\w)(?:khai mạc|bế mạc|diễn ra|vừa|thành công|long trọng)(?!\w)")
_DOCUMENT = re.compile(
    r"(?<!\w)(?:nghị quyết|chỉ thị|quy định|quyết định|kết luận|kế hoạch|đề án|hướng dẫn|chương trình|văn bản|thông báo|chỉ đạo|lãnh đạo|đại diện|ý kiến|nhiệm vụ)(?!\w)"
)


def find_host(
    source: Source, bodies: Sequence[Body], dates: Sequence[DateMention], event: EventDate | None
) -> str | None:
    """The body said to organise or hold the event, by its fullest name in the text; None if none is said to."""
    dated = source.sentence_at(event.place) if event else None
    finder = _Finder(source, bodies, dates, dated)
    opening = [span for span in source.sentences[: _OPENING + 1] if finder.tells(*span)][:_OPENING]
    after = [span for span in source.sentences if dated and span[0] >= dated[1]][:1]
    for span in dict.fromkeys([*([dated] if dated else []), *opening, *after]):
        found = finder.in_sentence(*span, span == dated)
        if found:
            return _fullest(source, bodies, found)
    return None


class _Finder:
    def __init__(
        self,
        source: Source,
        bodies: Sequence[Body],
        dates: Sequence[DateMention],
        dated: tuple[int, int] | None,
    ) -> None:
        self.source = source
        self.dated = dated  # the sentence with the day of the event
        self.bodies = bodies
        self.words: HostWords = host_words()
        marked = list(source.low)
        for mention in dates:
            marked[mention.start : mention.end] = "■" * (mention.end - mention.start)
        self.low = "".join(marked)

    def tells(self, start: int, end: int) -> bool:
        """Whether a sentence has words at all: a line of figures and marks is no opening."""
        return any(letter.isalpha() for letter in self.low[start:end].replace("gmt", ""))

    def in_sentence(self, start: int, end: int, dated: bool) -> Body | None:
        """The host told in one sentence; ``dated`` says the day of the event stands there too."""
        ways = [self._by, self._said, self._congress, self._subject, self._headline]
        if dated or self._tells_of_dated(end) or self.words.recently.search(self.low, start, end):
            ways += [self._of, self._direct, self._actor]
        if dated:
            ways += [self._of_far]
        elif self.words.repeatedly.search(self.low, start, end):
            return None
        for way in ways:
            for body in way(start, end, dated):
                return body
        return None

    def _tells_of_dated(self, end: int) -> bool:
        """Whether the sentence after this one, with the day, goes on about the same event (*Buổi lễ diễn ra ngày …*)."""
        first = self.dated[0] if self.dated else -1
        return 0 <= first - end < 3 and self.words.that_event.match(self.low, first) is not None

    def _by(self, start: int, end: int, dated: bool) -> Iterator[Body]:
        """*… do Huyện ủy A tổ chức*, *… được Ban Thường vụ B tổng kết*, *cuộc họp mà Chi bộ C tiến hành*."""
        for match in self.words.by.finditer(self.low, start, end):
            body = self._joint(match.end())
            if not body:
                continue
            verb = self._verb_after(body.end, end, self.words.dealt_with if dated else self.words.held)
            before = max(start, match.start() - _EVENT_TO_BODY)
            told = self.words.told.search(self.low, before, match.start())
            if not verb and self._deals(body.end, end):
                yield body
            if verb and (told or not self.words.holds.match(self.low, verb.start())):
                yield body

    def _deals(self, place: int, end: int) -> bool:
        """Whether a body deals with a matter at a meeting, which then is its own."""
        match = self.words.at_meeting.match(self.low, place, end)
        return match is not None and not self.words.not_dealing.search(match["act"])

    def _said(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*Ban Tuyên giáo Tỉnh ủy, đơn vị đứng ra tổ chức*; *đơn vị tổ chức là Huyện ủy A*."""
        for body in self.bodies:
            if start <= body.start and body.end <= end:
                named = self.words.holder_named.search(self.low, start, body.start)
                if (named and named.end() == body.start) or self.words.said_to_hold.match(
                    self.low, body.end, end
                ):
                    yield body

    def _congress(self, start: int, end: int, dated: bool) -> Iterator[Body]:
        """*Đại hội đại biểu Đảng bộ huyện A lần thứ …*: the organisation whose congress it is."""
        for match in self.words.congress.finditer(self.low, start, end):
            body = body_at(self.source, match.end())
            before = max(start, match.start() - 24)
            if not body or self.words.not_event.search(self.low, before, match.start()):
                continue
            if dated or _TELLS.search(self.low, start, end):
                yield body

    def _subject(self, start: int, end: int, dated: bool) -> Iterator[Body]:
        """*Huyện ủy A (vừa) tổ chức hội nghị …*, *Ban B họp …*."""
        dated = dated or self._tells_of_dated(end)
        recent = (
            dated or start == self.source.sentences[0][0] or self.words.recently.search(self.low, start, end)
        )
        for body in self.bodies:
            if body.start < start or body.end > end or not recent:
                continue
            verb = self._verb_after(body.end, end, self.words.verb)
            if not verb or self._is_not_host(body, start):
                continue
            limit = min(end, verb.end() + _SUBJECT_TO_VERB)
            told = self.words.told.search(self.low, verb.end() - 1, limit) or (
                dated and self.words.told.search(self.low, start, body.start)
            )
            if dated if verb["meets"] else told and (dated or not _SEVERAL.match(self.low, verb.end())):
                yield self._with_left(body, start)

    def _headline(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*Huyện ủy A: Tổng kết công tác …*, at the head of the text."""
        if start != self.source.sentences[0][0]:
            return
        for body in self.bodies[:1]:
            if body.start - start < 3 and self.words.headline.match(self.low, body.end, end):
                yield body

    def _verb_after(self, place: int, end: int, verbs: re.Pattern[str]) -> re.Match[str] | None:
        """The verb of holding whose subject ends at ``place``; partners and adverbs may stand between."""
        limit = min(end, place + _SUBJECT_TO_VERB)
        partner = self.words.partner.match(self.low, place, limit)
        if partner and not (partner["link"] == "và" and body_at(self.source, partner.start("who"))):
            return verbs.match(self.low, partner.end())
        verb = verbs.search(self.low, place, limit)
        if not verb:
            return None
        between = _BRACKETED.sub(" ", self.low[place : verb.start()])
        return verb if self.words.adverbs.fullmatch(between) else None

    def _is_not_host(self, body: Body, start: int) -> bool:
        return self.words.not_host.search(self.low, max(start, body.start - 30), body.start) is not None

    def _of(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*hội nghị diễn ra chiều 14/5 của Đảng ủy A*."""
        for match in self.words.of.finditer(self.low, start, end):
            body = self._joint(match.end())
            if body:
                yield body

    def _of_far(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*Hội nghị tổng kết công tác xây dựng Đảng của Huyện ủy A diễn ra …*."""
        for match in self.words.of_far.finditer(self.low, start, end):
            body = body_at(self.source, match.end())
            if not body or _DOCUMENT.search(match["about"]) or _CENTRE.match(body.name.lower()):
                continue
            if self.words.of_far_end.match(self.low, body.end, end):
                yield body

    def _direct(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*Hội nghị lần thứ 5 Ban Chấp hành Đảng bộ huyện A*; the Central Committee's plenums are news of their own."""
        for match in self.words.direct.finditer(self.low, start, end):
            body = body_at(self.source, match.end())
            if body and not _CENTRE.match(body.name.lower()):
                yield body

    def _actor(self, start: int, end: int, _dated: bool) -> Iterator[Body]:
        """*Ngày 5/3, tại kỳ họp thứ 22, Ủy ban Kiểm tra A đã xem xét …*: who does what only a meeting's own body does."""
        first, last = self.dated or (start, end)
        if not (start == first or 0 <= first - end < 3):
            return
        noun = self.words.event if self.dated else self.words.session_of
        told = noun.search(self.low, first, last) is not None
        for body in self.bodies:
            if body.start < start or body.end > end:
                continue
            if self._at_hour(body, start) and self.words.any_act.match(self.low, body.end, end):
                yield self._with_left(body, start)
            if (
                told
                and self.words.opens_clause.search(self.low[start : body.start])
                and self.words.acts.match(self.low, body.end, end)
            ):
                yield self._with_left(body, start)

    def _at_hour(self, body: Body, start: int) -> bool:
        """Whether the hour of the event stands right beside a body that opens its clause."""
        before = self.low[start : body.start]
        if self.words.at_hour.search(before):
            return True
        opens = self.words.opens_clause.search(before) is not None
        return opens and self.words.then_hour.match(self.low, body.end) is not None

    def _joint(self, place: int) -> Body | None:
        """The body at an offset, together with others joined to it by *và* or a comma."""
        body = body_at(self.source, place)
        while body:
            link = next((one for one in (" và ", ", ") if self.low.startswith(one, body.end)), "")
            other = body_at(self.source, body.end + len(link)) if link else None
            if not other:
                return body
            body = Body(body.start, other.end, self.source.raw[body.start : other.end])
        return None

    def _with_left(self, body: Body, start: int) -> Body:
        """The body together with those before it that share the verb (*Tỉnh ủy, HĐND và UBND tỉnh tổ chức*)."""
        first = body.start
        joined = False
        for other in reversed(self.bodies):
            if other.end >= first or other.start < start:
                continue
            link = self.low[other.end : first]
            if link not in (" và ", ", ") or self._is_not_host(other, start):
                break
            joined = joined or link == " và "
            first = other.start
        if not joined and not self.words.opens_list.search(self.low[start:first]):
            first = body.start
        return Body(first, body.end, self.source.raw[first : body.end])


def _fullest(source: Source, bodies: Sequence[Body], host: Body) -> str:
    """The longest name in the text that begins with the host's, unless the text names several such bodies."""
    short = source.bare[host.start : host.end] + " "
    longer = {
        source.bare[one.start : one.end]: one.name
        for one in bodies
        if source.bare.startswith(short, one.start, one.end)
    }
    name = next(iter(longer.values())) if len(longer) == 1 else host.name
    return " ".join(name.split())

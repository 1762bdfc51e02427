"""Counts and percentages of the Party's work, each under its indicator.

Indicators: ``admitted``, ``admission_target``, ``admission_rate_pct``, ``target_pct``, ``members_total``,
``cells_total``, ``grassroots_orgs_total``, ``disciplined``, ``expelled``, ``removed``, ``left``, ``transferred``,
``sympathisers_trained``, ``official_recognised``, and ``other`` for any other count of Party bodies, members,
delegates or files and percentages of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tochuc.documents.extract.counts import Count, find_counts
from tochuc.documents.extract.figurewords import FigureWords, figure_words
from tochuc.documents.extract.normal import Source
from tochuc.documents.extract.shares import ShareContext, share_indicator

_REACH = 240  # characters before a count in which a word can decide about it
_TRAINED = frozenset({"sympathisers", "people", "folk"})
_ADMISSION = frozenset({"admitted", "admission_target"})
_PUNISHED = frozenset({"expelled", "removed", "left", "disciplined"})
_BODIES = frozenset({"chi bộ", "chi, đảng bộ", "tổ chức đảng", "tổ chức", "tổ chức cơ sở đảng"})
_TARGETS = frozenset({"admission_target", "target_pct"})
_MEMORY = 4  # figures of earlier sentences
_PEOPLE = frozenset({"members", "new_members", "people", "sympathisers", "folk"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the text: ``value`` in ``unit`` (``%`` for shares), read from ``surface`` at ``start:end``."""

    surface: str
    indicator: str
    value: float
    unit: str
    start: int
    end: int


def find_figures(source: Source, masked: Iterable[tuple[int, int]]) -> tuple[Figure, ...]:
    """All figures of the text in order; ``masked`` are places whose numbers are dates or document numbers."""
    marked = list(source.low)
    for start, end in masked:
        marked[start:end] = "■" * (end - start)
    low = "".join(marked)
    found: list[Figure] = []
    for start, end in source.sentences:
        told = frozenset(one.indicator for one in found[-_MEMORY:])
        reader = _SentenceReader(low, start, end, told)
        for count, indicator, value in reader.figures():
            surface = source.raw[count.start : count.end]
            found.append(Figure(surface, indicator, value, count.unit, count.start, count.end))
    return tuple(found)


class _SentenceReader:
    """Reads the figures of one sentence from left to right; what came before decides what follows."""

    def __init__(self, low: str, start: int, end: int, told: frozenset[str]) -> None:
        self.low, self.start, self.end = low, start, end
        self.told = told  # indicators of the figures in the sentences before
        self.words: FigureWords = figure_words()
        self.people_end = start
        self.any_end = start
        self.last: str | None = None
        self.last_people: str | None = None
        self.last_group: str | None = None
        self.counts_bodies = False  # the count before was of bodies that are not the whole of one named
        self.listing = False  # within the list of what a body consists of

    def figures(self) -> Iterator[tuple[Count, str, float]]:
        """Each count of the sentence with its indicator and value."""
        for count in find_counts(self.low, self.start, self.end):
            named = list(self._named(count))
            yield from ((count, indicator, value) for indicator, value in named)
            if not named:
                continue
            self.last = named[0][0]
            self.counts_bodies = count.unit in _BODIES and not self.listing
            self.any_end = count.end
            if count.group in _PEOPLE | {"target", "bare"}:
                self.last_people, self.last_group = named[0][0], count.group
                self.people_end = max(count.end, self.people_end)

    def _named(self, count: Count) -> Iterator[tuple[str, float]]:
        if count.group == "share":
            after_name = self.words.list_step.fullmatch(self.low, self.any_end, count.start) is not None
            context = ShareContext(
                self.last, bool(self.told & _TARGETS), self.last == "target_pct" and after_name
            )
            indicator = share_indicator(self.low, self.start, self.end, count, context)
            values = [value + 100 if count.exceeds and value < 100 else value for value in count.values]
            yield from self._each(indicator, tuple(values))
        elif count.group == "bare":
            indicator = self._bare(count)
            if not count.fraction or indicator in _ADMISSION:
                yield from self._people(count, indicator)
        elif count.group in _PEOPLE:
            yield from self._people(count, self._people_indicator(count))
        elif count.group == "expelled":
            yield from self._each("expelled", count.values)
        elif count.group == "target":
            yield from self._people(count, self._target_indicator(count))
        elif count.group in ("cells", "grassroots"):
            yield from self._whole_bodies(count)
        elif count.group == "classes":
            if not self.words.counted_class.match(self.low, count.end, self.end):
                yield "other", count.values[0]
        else:
            self.listing = self._opens_list(count)
            yield from self._each("other", count.values[:1] if count.fraction else count.values)

    def _each(self, indicator: str | None, values: tuple[float, ...]) -> Iterator[tuple[str, float]]:
        for value in values if indicator else ():
            yield indicator or "", value

    def _people(self, count: Count, indicator: str | None) -> Iterator[tuple[str, float]]:
        if not count.fraction or indicator is None:
            yield from self._each(indicator, count.values)
            return
        part, whole = count.values
        if indicator in _ADMISSION:
            yield "admitted", part
            yield "admission_target", whole
            return
        if count.group == "members" and indicator in ("other", "members_total"):
            if self.words.planned.match(self.low, count.end):
                yield "other", part
                return
            yield "members_total", whole
            indicator = "other"
        yield indicator, part

    def _target_indicator(self, count: Count) -> str | None:
        """For a count of target places: those filled, or to be filled; None if they are no admissions."""
        if not self._of_admissions(count):
            return None
        return "admitted" if count.fraction else "admission_target"

    def _people_indicator(self, count: Count) -> str | None:
        gap = self._since(self.people_end, count)
        if gap.endswith("dưới ") or (self.counts_bodies and self.words.above.search(gap)):
            return None
        after = self._after(count)
        if after and after != "other":
            return self._aimed(count, gap, after)
        if (
            after
            and count.group == "members"
            and (self.words.stands_for.search(gap) or self.words.consists.search(gap))
        ):
            return "members_total"
        if after is None and count.group == "members" and self.words.added.search(gap):
            return "admitted"
        cue, rest = self._cue(count, gap)
        if cue in (None, "other") and self._is_trained(count, gap):
            return "sympathisers_trained"
        if self.last == "admission_rate_pct" and gap.endswith("% ("):
            return "admitted"
        if (
            cue is None
            and self.last_people == "admitted"
            and self.words.next_body.fullmatch(self.low, self.people_end, count.start)
        ):
            return "admitted"
        if cue is None and count.group == "folk" and self._continues_people(count):
            return "admitted"
        if cue is None and count.fraction and self._continues_list(count):
            return "admitted"
        if cue in (None, "part") and after is None and self._lists_units(count):
            return "admitted"
        if cue == "part" and self.last_people == "admitted" and self.words.sub_unit.search(gap):
            return "admitted"
        if cue in (None, "other", "part") and self._is_aim(count, rest):
            return "admission_target"
        if after and cue in _PUNISHED and self.words.punished.match(self.low, count.end):
            return "other"
        if (
            cue == "other"
            and after is None
            and (self._joins_list(count) or self.words.surely_whole.search(rest))
            and self._is_whole(count, rest)
        ):
            return "members_total"
        return self._by_cue(count, gap, cue) if cue else self._without_cue(count, gap, after)

    def _since(self, place: int, count: Count) -> str:
        """The text before a count from a place on, not beyond a semicolon or the reach of a word."""
        begin = max(place, count.start - _REACH)
        stop = self.low.rfind(";", begin, count.start)
        if stop >= 0 and not self.low[stop + 1 : count.start].strip() and self.any_end > begin:
            stop = self.low.rfind(";", begin, stop)
        return self.low[max(begin, stop + 1) : count.start]

    def _after(self, count: Count) -> str | None:
        for rule in self.words.after:
            if rule.only and count.group not in _TRAINED:
                continue
            match = rule.pattern.match(self.low, count.end, self.end)
            before = max(self.start, count.start - _REACH)
            if match and (not rule.context or rule.context.search(self.low, before, count.start)):
                if rule.indicator != "other":
                    self.people_end = match.end()
                return rule.indicator
        return None

    def _cue(self, count: Count, gap: str) -> tuple[str | None, str]:
        """The indicator of the last telling word since the last count of people, and the text after that word."""
        found, end = None, 0
        for match in self.words.cues.finditer(gap):
            found, end = self.words.cue_indicator(match), match.end()
        return found, gap[end:]

    def _by_cue(self, count: Count, gap: str, cue: str) -> str | None:
        if cue == "screened":
            return "other" if self.words.screened_parts.search(self.low, count.end, self.end) else "left"
        if cue == "sympathisers_trained" and count.group not in _TRAINED:
            return "other"
        if cue == "disciplined" and self.last_people == "disciplined" and count.group != "members":
            return "other"
        return "other" if cue == "part" else self._aimed(count, gap, cue)

    def _aimed(self, count: Count, gap: str, indicator: str) -> str:
        """``admission_target`` in place of ``admitted`` where the words speak of an aim."""
        if indicator != "admitted":
            return indicator
        aims = self.words.target.search(gap) or self.words.per_year.match(self.low, count.end)
        if aims and (not self.words.reached.search(gap) or self.words.still_to_come.search(gap)):
            return "admission_target"
        return indicator

    def _is_aim(self, count: Count, gap: str) -> bool:
        """Whether the count stands right behind a word for an aim, where admissions are spoken of."""
        if count.group not in ("members", "new_members", "people") or self.words.exceeded.search(gap):
            return False
        if not self.words.aim.search(gap):
            return False
        return (
            self.words.admissions.search(self.low, max(0, count.start - 2 * _REACH), count.end + 40)
            is not None
        )

    def _of_admissions(self, count: Count) -> bool:
        """Whether the target places counted are for admissions, by the words before them."""
        if "kết nạp" in self._since(self.people_end, count) or self.last_people in _ADMISSION:
            return True
        before = self.low[max(0, count.start - 2 * _REACH) : count.start]
        return self.last_people is None and self.words.admissions.search(before) is not None

    def _is_trained(self, count: Count, gap: str) -> bool:
        """Whether the count is of the people in a class for those to be admitted, named before."""
        if count.group != "sympathisers" or not self.words.in_class.search(gap):
            return False
        if self.words.class_of_members.search(gap):
            return False
        before = max(0, count.start - 2 * _REACH)
        return self.words.class_of_party.search(self.low, before, count.start) is not None

    def _without_cue(self, count: Count, gap: str, after: str | None) -> str | None:
        if after is None and self._is_whole(count, gap):
            return "members_total"
        if after is None and count.group == "new_members":
            return "admitted"
        if self.words.not_whole_party.search(gap):
            return "other"
        if after is None and self.last_people in _ADMISSION and self.words.average.search(gap):
            return self.last_people
        return "other" if count.group != "folk" or self.last_people else None

    def _continues_list(self, count: Count) -> bool:
        """Whether a fraction goes on a list of places with admitted and target (*A 231/220 đảng viên, B 188/180 …*)."""
        return (
            self.last in _ADMISSION | {"target_pct"}
            and self.words.list_step.fullmatch(self.low, self.any_end, count.start) is not None
        )

    def _lists_units(self, count: Count) -> bool:
        """Whether the count is of one of the places listed after the admissions of the whole were told (*Phường A
        16/10 đồng chí*, *Đứng đầu là huyện B với 31 em*)."""
        if count.group not in ("members", "people", "folk"):
            return False
        if count.fraction:
            return (
                bool(self.told & _TARGETS)
                and self.words.list_item.search(self.low, max(self.start, count.start - 60), count.start)
                is not None
            )
        return "admitted" in self.told and self.words.ranking.match(self.low, self.start) is not None

    def _continues_people(self, count: Count) -> bool:
        """Whether the count goes on a list of people admitted (*kết nạp 214 giáo viên, 37 học sinh*)."""
        if self.last_people != "admitted" or self.last_group != "folk":
            return False
        return self.low[self.people_end : count.start].strip() in (",", "và")

    def _is_whole(self, count: Count, gap: str) -> bool:
        """Whether the count is the membership of a body the text names."""
        if count.group not in ("members", "people") or not self.words.open_right.match(self.low, count.end):
            return False
        if self.words.not_membership.search(gap) or self.words.not_whole_party.search(gap):
            return False
        if count.group == "people":
            return self.words.of_members.search(gap) is not None
        if self.counts_bodies and self.words.has_members.fullmatch(self.low, self.any_end, count.start):
            return False
        return bool(
            self._joins_list(count) or self.words.whole.search(gap) or self.words.stands_for.search(gap)
        )

    def _joins_list(self, count: Count) -> bool:
        """Whether the count goes on telling what a body consists of (*có 65 tổ chức cơ sở đảng, 4.720 đảng viên*)."""
        return self.listing and self.words.together.fullmatch(self.low, self.any_end, count.start) is not None

    def _whole_bodies(self, count: Count) -> Iterator[tuple[str, float]]:
        total = "cells_total" if count.group == "cells" else "grassroots_orgs_total"
        if count.fraction:
            if not self.words.chosen.match(self.low, count.end, self.end):
                yield total, count.values[1]
            yield "other", count.values[0]
            return
        opened = self.listing or self.last == "members_total"
        joined = opened and self.words.together.fullmatch(self._since(self.any_end, count)) is not None
        follows = joined and self.words.open_right.match(self.low, count.end) is not None
        self.listing = follows or self._opens_list(count)
        yield from self._each(total if self.listing else "other", count.values)

    def _opens_list(self, count: Count) -> bool:
        """Whether a count of bodies says what a body named before consists of (*Đảng bộ huyện có 52 …*)."""
        gap = self._since(self.any_end, count)
        if self.words.out_of.search(gap) and self.words.direct.match(self.low, count.end):
            return True
        if not self.words.has.search(gap) or self.words.not_whole.search(gap):
            return False
        direct = self.words.direct.match(self.low, count.end)
        if not direct and not self.words.open_right.match(self.low, count.end):
            return False
        return bool(
            direct
            or count.group == "grassroots"
            or self.words.place_has.search(gap)
            or self.words.owner.search(self.low, max(self.start, count.start - _REACH), count.start)
        )

    def _bare(self, count: Count) -> str | None:
        """Numbers without a noun: *khai trừ 5*, *nữ 61*, *kết nạp 120, đạt …*."""
        after = self._after(count) if self.words.said_of.match(self.low, count.end) else None
        if after and after != "other":
            return after
        if self.last_people and self.words.of_those.match(self.low, count.end):
            return "other"
        gap = self._since(self.any_end, count)
        for rule in self.words.bare:
            if rule.pattern.search(gap):
                if not self._applies(rule.only, gap):
                    continue
                return self._aimed(count, gap, rule.indicator)
        return None

    def _applies(self, only: str | None, gap: str) -> bool:
        """Whether what came before allows a rule for numbers that name nothing themselves."""
        if only == "people":
            return self.last_people is not None or self.words.part_of.search(gap) is not None
        if only == "party":
            return self.last_people is not None or bool(self.told)
        return only != "admissions" or self.last_people in _ADMISSION

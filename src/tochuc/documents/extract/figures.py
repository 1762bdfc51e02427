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
from tochuc.documents.extract.shares import share_indicator

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
        reader = _SentenceReader(low, start, end)
        for count, indicator, value in reader.figures():
            surface = source.raw[count.start : count.end]
            found.append(Figure(surface, indicator, value, count.unit, count.start, count.end))
    return tuple(found)


class _SentenceReader:
    """Reads the figures of one sentence from left to right; what came before decides what follows."""

    def __init__(self, low: str, start: int, end: int) -> None:
        self.low, self.start, self.end = low, start, end
        self.words: FigureWords = figure_words()
        self.people_end = start
        self.any_end = start
        self.last: str | None = None
        self.last_people: str | None = None

    def figures(self) -> Iterator[tuple[Count, str, float]]:
        """Each count of the sentence with its indicator and value."""
        for count in find_counts(self.low, self.start, self.end):
            named = list(self._named(count))
            yield from ((count, indicator, value) for indicator, value in named)
            if named:
                self.last = named[0][0]
                self.any_end = count.end
            if named and count.group in _PEOPLE | {"target", "bare"}:
                self.last_people = named[0][0]
                self.people_end = count.end

    def _named(self, count: Count) -> Iterator[tuple[str, float]]:
        if count.group == "share":
            indicator = share_indicator(self.low, self.start, self.end, count, self.last)
            for value in count.values if indicator else ():
                yield indicator or "", value + 100 if count.exceeds and value < 100 else value
        elif count.group == "bare":
            indicator = self._bare(count)
            for value in count.values if indicator else ():
                yield indicator or "", value
        elif count.group in _PEOPLE or count.group == "target":
            yield from self._people(count)
        elif count.group in ("cells", "grassroots"):
            yield from self._whole_bodies(count)
        elif count.group == "classes":
            if not self.words.counted_class.match(self.low, count.end, self.end):
                yield "other", count.values[0]
        else:
            yield "other", count.values[0]
            if count.spans_range:
                yield "other", count.values[1]

    def _people(self, count: Count) -> Iterator[tuple[str, float]]:
        indicator = self._people_indicator(count)
        if indicator is None:
            return
        if count.fraction:
            yield from self._fraction(count, indicator)
            return
        for value in count.values:
            yield indicator, value

    def _fraction(self, count: Count, indicator: str) -> Iterator[tuple[str, float]]:
        part, whole = count.values
        if indicator in ("admitted", "admission_target"):
            yield "admitted", part
            yield "admission_target", whole
        else:
            if count.group == "members" and indicator in ("other", "members_total"):
                yield "members_total", whole
                indicator = "other"
            yield indicator, part

    def _people_indicator(self, count: Count) -> str | None:
        gap = self.low[self.people_end : count.start]
        if count.group == "target":
            admits = "kết nạp" in gap or self.last_people in ("admitted", "admission_target")
            if not admits:
                return None
            return "admitted" if count.fraction else "admission_target"
        after = self._after(count)
        if after and after != "other":
            return self._aimed(count, gap, after)
        cue = self._cue(count)
        if cue and not (cue == "other" and after is None and self._is_whole(count, gap)):
            return self._by_cue(count, gap, cue)
        return self._without_cue(count, gap, after)

    def _after(self, count: Count) -> str | None:
        before = self.low[self.start : count.start]
        for rule in self.words.after:
            if rule.only and count.group != rule.only:
                continue
            if rule.pattern.match(self.low, count.end, self.end) and (
                not rule.context or rule.context.search(before)
            ):
                return rule.indicator
        return None

    def _cue(self, count: Count) -> str | None:
        """The indicator of the last telling word between the last count of people and this one."""
        begin = max(self.people_end, self.low.rfind(";", self.people_end, count.start) + 1)
        found = None
        for match in self.words.cues.finditer(self.low, begin, count.start):
            found = self.words.cue_indicator(match)
        return found

    def _by_cue(self, count: Count, gap: str, cue: str) -> str | None:
        if cue == "screened":
            return "other" if self.words.screened_parts.search(self.low, count.end, self.end) else "left"
        if cue == "sympathisers_trained" and count.group not in ("sympathisers", "people", "folk"):
            return "other"
        if cue == "disciplined" and self.last_people == "disciplined" and count.group != "members":
            return "other"
        if cue == "admitted":
            return self._aimed(count, gap, cue)
        return cue

    def _aimed(self, count: Count, gap: str, indicator: str) -> str:
        """``admission_target`` in place of ``admitted`` where the words speak of an aim."""
        if indicator != "admitted":
            return indicator
        aims = self.words.target.search(gap) or self.words.per_year.match(self.low, count.end)
        if aims and (not self.words.reached.search(gap) or self.words.still_to_come.search(gap)):
            return "admission_target"
        return indicator

    def _without_cue(self, count: Count, gap: str, after: str | None) -> str | None:
        near = gap[-60:]
        if count.group in ("members", "new_members", "people") and self.words.target_near.search(near):
            return "admission_target"
        if after is None and self._is_whole(count, gap):
            return "members_total"
        if count.group == "new_members" and after is None:
            return "admitted"
        if (
            self.last_people in ("admitted", "admission_target")
            and self.words.average.search(gap)
            and after is None
        ):
            return self.last_people
        return "other" if count.group != "folk" or self.last_people else None

    def _is_whole(self, count: Count, gap: str) -> bool:
        """Whether the count is the membership of a body the text names."""
        if count.group not in ("members", "people") or not self.words.open_right.match(self.low, count.end):
            return False
        if self.words.not_whole.search(gap):
            return False
        if count.group == "people":
            return "tổng số đảng viên" in gap
        follows = self.last in ("cells_total", "grassroots_orgs_total") and self.words.together.fullmatch(
            self.low, self.any_end, count.start
        )
        return bool(follows or self.words.whole.search(gap) or self.words.stands_for.search(gap))

    def _whole_bodies(self, count: Count) -> Iterator[tuple[str, float]]:
        total = "cells_total" if count.group == "cells" else "grassroots_orgs_total"
        begin = max(self.any_end, self.low.rfind(";", self.start, count.start) + 1)
        gap = self.low[begin : count.start]
        if count.fraction:
            if not self.words.chosen.match(self.low, count.end, self.end):
                yield total, count.values[1]
            yield "other", count.values[0]
            return
        named = (
            self.words.has.search(gap)
            and not self.words.not_whole.search(gap)
            and self.words.open_right.match(self.low, count.end)
        )
        follows = self.last in ("grassroots_orgs_total", "cells_total") and self.words.together.fullmatch(gap)
        if count.group == "cells" and named and not follows:
            named = self.words.cell_owner.search(self.low, self.start, count.start)
        yield (total if named or follows else "other"), count.values[0]

    def _bare(self, count: Count) -> str | None:
        """Numbers without a noun: *khai trừ 5*, *nữ 61*, *kết nạp 120, đạt …*."""
        gap = self.low[max(self.any_end, count.start - 70) : count.start]
        for rule in self.words.bare:
            if rule.pattern.search(gap):
                if rule.indicator == "other" and rule.only and self.last_people is None:
                    return None
                return self._aimed(count, gap, rule.indicator)
        return None

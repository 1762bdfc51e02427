"""Choosing, of the columns a header offers, those that each field is read from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from tochuc.exchange.intake.cells import Cell, Row
from tochuc.exchange.intake.layout import (
    BOTH,
    DATE_FIELDS,
    NAME,
    TWO_NAMES,
    WITH_BIRTH,
    Heading,
    Layout,
    Source,
    at,
)
from tochuc.exchange.intake.wording import meaning
from tochuc.kernel.known_dates import KnownDate
from tochuc.kernel.names import fold

_PLACES = ("village", "ward", "district", "province")
_OF_PERSONS = frozenset(
    {"birth", "gender", "admitted_on", "official_on", "card_number", "national_id", "ethnicity"}
)
_SAMPLE = 60
_DATE_WORDS = (("ngay", "day"), ("thang", "month"), ("nam", "year"))
_RUNS = (("day", "month", "year"), ("month", "year"), ("day_month", "year"))
_DIGITS = re.compile(r"\d{2,}")


def chosen(
    headings: Sequence[Heading], below: Sequence[Row], *, nameless: bool = False
) -> tuple[Layout, ...]:
    """The layout of the list, or of the lists standing side by side; empty where it isn't a list of people.

    ``nameless``: it is a list even though no column for names is known.

    `below`: some of the rows under the header. They confirm or refute what a heading leaves open, and never
    give a meaning to a column by themselves.
    """
    sample = below[:_SAMPLE]
    headings = _with_date_parts(headings)
    parts = _side_by_side(headings)
    read = [(part, _layout(part, headings, sample)) for part in parts]
    layouts = [layout for part, layout in read if nameless or _is_list(layout, part)]
    return tuple(layouts) if len(layouts) == len(parts) else ()


def _with_date_parts(headings: Sequence[Heading]) -> list[Heading]:
    """Let *Ngày | Tháng | Năm sinh* side by side be one date, whichever of them says of what."""
    settled = list(headings)
    for place in range(len(settled) - 1):
        for size in (3, 2):
            run = settled[place : place + size]
            if len(run) < size or not _adjacent(run) or tuple(map(_date_part, run)) not in _RUNS:
                continue
            fields = {_field(heading) for heading in run} - {None}
            if len(fields) == 1 and fields <= set(DATE_FIELDS) and None in map(_field, run):
                column = next(heading.column for heading in run if heading.column)
                settled[place : place + size] = [replace(heading, column=column) for heading in run]
    return settled


def _side_by_side(headings: Sequence[Heading]) -> list[list[Heading]]:
    """The headings cut before each repetition of numbering, name and another field."""
    starts = [
        place
        for place, heading in enumerate(headings)
        if _field(heading) == NAME and _part(heading) == "whole"
    ]
    if len(starts) < 2:
        return [list(headings)]
    cuts = [start - (start > 0 and _field(headings[start - 1]) == "order") for start in starts]
    pieces = [list(headings[a:b]) for a, b in zip(cuts, [*cuts[1:], len(headings)], strict=True)]
    pieces[0] = list(headings[: cuts[1]])
    fields = [{_field(heading) for heading in piece} - {None, "order"} for piece in pieces]
    alike = all(
        len(one) >= 2 and len(one & fields[0]) >= 2 and len(one & fields[0]) * 2 > len(fields[0])
        for one in fields
    )
    return pieces if alike else [list(headings)]


def _field(heading: Heading) -> str | None:
    return heading.column.field if heading.column else None


def _part(heading: Heading) -> str:
    return heading.column.part if heading.column else ""


def _layout(headings: list[Heading], everything: Sequence[Heading], sample: Sequence[Row]) -> Layout:
    order = next((heading.index for heading in headings if _field(heading) == "order"), None)
    by_field: dict[str, list[Heading]] = {}
    for heading in headings:
        field = _field(heading)
        if field and field != "order":
            by_field.setdefault(field, []).append(heading)
    sources: dict[str, tuple[Source, ...]] = {}
    for field, offered in by_field.items():
        found = _CHOOSERS.get(field, _first)(offered)
        if found:
            sources[field] = found
    admitted = sources.get("admitted_on", ())
    if admitted and admitted[0].part == BOTH:
        sources.setdefault("official_on", admitted)
    if sources.get(NAME, (Source(0),))[0].part == WITH_BIRTH:
        sources.setdefault("birth", sources[NAME])
    _settle_loose(sources, by_field, sample)
    _add_given_name(sources, headings, everything, sample)
    _births_under_sexes(sources, sample)
    used = {source.column for found in sources.values() for source in found}
    ignored = tuple(
        heading.index for heading in headings if heading.index not in used and _field(heading) != "order"
    )
    return Layout(sources, order, ignored)


def _is_list(layout: Layout, headings: list[Heading]) -> bool:
    sources = layout.sources
    if NAME not in sources:
        return False
    if all(source.part == "given" for source in sources[NAME]):
        # "Tên" alone also heads lists of places, of offices and of things.
        return bool(_OF_PERSONS & set(sources))
    return len(sources) >= 2 or layout.order is not None or len(headings) == 1


def _first(offered: list[Heading]) -> tuple[Source, ...]:
    best = min(offered, key=lambda heading: (heading.column.rank if heading.column else 9, heading.index))
    return (Source(best.index, _part(best)),)


def _name(offered: list[Heading]) -> tuple[Source, ...]:
    if parted := _parted(offered):
        return parted
    wholes = [heading for heading in offered if _part(heading) == "whole"]
    if len(wholes) > 1 and len({heading.texts for heading in wholes}) == 1 and _adjacent(wholes):
        # One heading over two columns: family and middle names, then the given name.
        return tuple(Source(heading.index, "piece") for heading in wholes)
    if wholes:
        in_use = [heading for heading in wholes if "certificate" not in meaning(heading.texts[-1]).concepts]
        best = (in_use or wholes)[0]
        words = fold(best.texts[-1])
        both = words.count("ten") > 1 and "khai sinh" in words
        return (Source(best.index, TWO_NAMES if both else "whole"),)
    if with_birth := [heading for heading in offered if _part(heading) == WITH_BIRTH]:
        return (Source(with_birth[0].index, WITH_BIRTH),)
    given = [heading for heading in offered if _part(heading) == "given"]
    families = [heading for heading in offered if _part(heading) == "family"]
    return tuple(Source(heading.index, _part(heading)) for heading in [*families, *given[:1]])


def _parted(offered: list[Heading]) -> tuple[Source, ...]:
    """*Họ và tên* above *Họ đệm* and *Tên*: the name in two columns, whatever the heading over both says."""
    for left, right in pairwise(offered):
        under_one = len(left.texts) > 1 and left.texts[:-1] == right.texts[:-1] and _adjacent([left, right])
        if under_one and _part(left) == "family" and meaning(right.texts[-1]).concepts == {"given"}:
            return Source(left.index, "family"), Source(right.index, "given")
    return ()


def _adjacent(headings: list[Heading]) -> bool:
    return [heading.index for heading in headings] == list(
        range(headings[0].index, headings[0].index + len(headings))
    )


def _gender(offered: list[Heading]) -> tuple[Source, ...]:
    words = [heading for heading in offered if _part(heading) == "word"]
    if words:
        return (Source(words[0].index, "word"),)
    marks: dict[str, int] = {}
    for heading in offered:
        marks.setdefault(_part(heading), heading.index)
    if set(marks) == {"male"}:
        return ()
    return tuple(Source(index, part) for part, index in marks.items())


def _date(offered: list[Heading]) -> tuple[Source, ...]:
    both = [heading for heading in offered if _part(heading) == BOTH]
    if both:
        return (Source(both[0].index, BOTH),)
    sexes = [heading for heading in offered if _part(heading)]
    if len({_part(heading) for heading in sexes}) == 2:
        return tuple(Source(heading.index, _part(heading)) for heading in sexes[:2])
    plain = [heading for heading in offered if not _part(heading)] or offered
    plain = [heading for heading in plain if heading.column and not heading.column.loose] or plain
    if len(plain) == 1:
        return (Source(plain[0].index),)
    if len(plain) == 3 and len({heading.texts for heading in plain}) == 1 and _adjacent(plain):
        return tuple(Source(h.index, part) for h, part in zip(plain, ("day", "month", "year"), strict=True))
    parts: dict[str, int] = {}
    for heading in plain:
        parts.setdefault(_date_part(heading), heading.index)
    if "" in parts or len(parts) == 1:
        return (Source(parts.get("", plain[0].index)),)
    return tuple(Source(index, part) for part, index in parts.items())


def _date_part(heading: Heading) -> str:
    """day, month, year, day_month, month_year; "" for a whole date."""
    words = fold(heading.texts[-1]).replace(",", " ").replace("/", " ").split()
    found = [part for word, part in _DATE_WORDS if word in words]
    return "" if len(found) == len(_DATE_WORDS) else "_".join(found)


def _place(offered: list[Heading]) -> tuple[Source, ...]:
    rank = min(heading.column.rank for heading in offered if heading.column)
    same = [heading for heading in offered if heading.column and heading.column.rank == rank]
    whole = [heading for heading in same if not _part(heading)]
    if whole:
        return (Source(whole[0].index),)
    ordered = sorted(same, key=lambda heading: _PLACES.index(_part(heading)))
    return tuple(Source(heading.index, _part(heading)) for heading in ordered)


def _theory(offered: list[Heading]) -> tuple[Source, ...]:
    words = [heading for heading in offered if _part(heading) == "word"]
    if words:
        return (Source(words[0].index, "word"),)
    levels: dict[str, int] = {}
    for heading in offered:
        levels.setdefault(_part(heading), heading.index)
    return tuple(Source(index, part) for part, index in levels.items())


def _settle_loose(
    sources: dict[str, tuple[Source, ...]], by_field: dict[str, list[Heading]], sample: Sequence[Row]
) -> None:
    """Drop what a short heading could mean where its sisters are missing or its cells speak against it."""
    for field in ("admitted_on", "official_on"):
        loose = all(heading.column and heading.column.loose for heading in by_field.get(field, ()))
        if field in sources and loose:
            sister = "official_on" if field == "admitted_on" else "admitted_on"
            column = sources[field][0].column
            if sister not in by_field or not _holds(column, sample, _may_be_date):
                del sources[field]
    levels = by_field.get("political_theory", ())
    if levels and all(heading.column and heading.column.loose for heading in levels) and len(levels) < 2:
        del sources["political_theory"]


def _births_under_sexes(sources: dict[str, tuple[Source, ...]], sample: Sequence[Row]) -> None:
    """Columns *Nam* and *Nữ* of a list without a column for birth hold births where dates stand there."""
    marks = sources.get("gender", ())
    if "birth" in sources or {source.part for source in marks} != {"male", "female"}:
        return
    if any(_holds(source.column, sample, _may_be_date) for source in marks):
        sources["birth"] = sources.pop("gender")


def _add_given_name(
    sources: dict[str, tuple[Source, ...]],
    headings: list[Heading],
    everything: Sequence[Heading],
    sample: Sequence[Row],
) -> None:
    """A column without heading beside the name's, with one word a row, is the rest of the name."""
    names = sources.get(NAME, ())
    if len(names) != 1 or names[0].part == "given":
        return
    column, following = names[0].column, names[0].column + 1
    if any(heading.index == following for heading in everything):
        return
    both = [
        (at(cells, column), at(cells, following)) for _, cells in sample if isinstance(at(cells, column), str)
    ]
    single = [
        second
        for _, second in both
        if isinstance(second, str) and len(second.split()) == 1 and second.isalpha()
    ]
    if len(single) >= 2 and len(single) * 10 >= len(both) * 6:
        sources[NAME] = (Source(column, "piece"), Source(following, "piece"))


def _holds(column: int, sample: Sequence[Row], test: Callable[[Cell], bool]) -> bool:
    filled = [cell for _, cells in sample if (cell := at(cells, column)) is not None]
    return not filled or sum(map(test, filled)) * 2 >= len(filled)


def _may_be_date(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _DIGITS.search(cell) is not None
    return (
        cell is not None and not isinstance(cell, bool) and (not isinstance(cell, int) or cell > 31)
    ) or isinstance(cell, KnownDate)


_CHOOSERS: dict[str, Callable[[list[Heading]], tuple[Source, ...]]] = {
    NAME: _name,
    "gender": _gender,
    "political_theory": _theory,
    "hometown": _place,
    "residence": _place,
    **dict.fromkeys(DATE_FIELDS, _date),
}

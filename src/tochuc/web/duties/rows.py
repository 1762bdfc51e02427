"""Rows of what is due as pages show them, and the counts beside them, each a filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tochuc.duties.duty import GROUPS, OVERDUE, Duty, grouped, labels
from tochuc.duties.sifting import Count
from tochuc.web import registry
from tochuc.web.duties.asked import GROUP_WORDS, Chosen


@dataclass(frozen=True)
class Row:
    """A duty as the list shows it."""

    duty: Duty
    url: str
    words: str
    late: bool


@dataclass(frozen=True)
class Group:
    """A group of the list: its rows on this page, and how many it has in all."""

    code: str
    title: str
    n: int
    rows: tuple[Row, ...] = ()
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Tally:
    """A count beside the list, itself a filter of it."""

    label: str
    url: str
    n: int
    late: int
    current: bool = False


def rows_of(duties: Iterable[Duty], today: date, choice: Chosen | None = None) -> list[Row]:
    """Each duty with the address of its one action and the words of its day; a gathered row opens its list."""
    return [
        Row(one, _opens(one, today, choice), one.words(today), one.group(today) == OVERDUE) for one in duties
    ]


def _opens(duty: Duty, today: date, choice: Chosen | None) -> str:
    if duty.n > 1 and choice is not None:
        return choice.url(kind=duty.kind, group=GROUP_WORDS[duty.group(today)])
    return url_of(duty)


def url_of(duty: Duty) -> str:
    """The address of a duty's one action."""
    argument = registry.PAGES[duty.page].objects[-1][1]
    return reverse(duty.page, kwargs={argument: duty.key})


def groups_of(duties: Iterable[Duty], counts: Iterable[Count], today: date, choice: Chosen) -> list[Group]:
    """The groups that have rows on this page, overdue first, with the number of all theirs."""
    totals = _by_group(counts)
    return [
        Group(code, title, totals[code], tuple(rows_of(own, today, choice)))
        for code, title, own in grouped(duties, today)
    ]


def group_filters(counts: Iterable[Count], choice: Chosen) -> list[Group]:
    """Every group with its number, as filters."""
    totals = _by_group(one for one in counts if choice.kind in {"", one.kind})
    return [
        Group(
            code,
            title,
            totals[code],
            url=choice.url(group="" if choice.group == code else GROUP_WORDS[code]),
            current=choice.group == code,
        )
        for code, title in GROUPS
    ]


def kind_filters(counts: Iterable[Count], choice: Chosen) -> list[Tally]:
    """Kinds with their number in the chosen group, those with most overdue first."""
    own, late = _split(counts, choice)
    names = labels()
    found = [
        Tally(names.get(kind, kind), choice.url(kind=kind), n, late[kind], kind == choice.kind)
        for kind, n in own.items()
    ]
    return sorted(found, key=lambda one: (-one.late, -one.n, one.label))


def _split(counts: Iterable[Count], choice: Chosen) -> tuple[Counter[str], Counter[str]]:
    own, late = Counter[str](), Counter[str]()
    for one in counts:
        if choice.group in {"", one.group}:
            own[one.kind] += one.n
            late[one.kind] += one.n if one.group == OVERDUE else 0
    return own, late


def _by_group(counts: Iterable[Count]) -> Counter[str]:
    totals = Counter[str]()
    for one in counts:
        totals[one.group] += one.n
    return totals

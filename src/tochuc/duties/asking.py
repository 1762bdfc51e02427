"""Asking what is due: counts by kind, by group and by organisation, and a page of duties, whatever their number.

One query puts the slips of all providers together; counting, filtering, ordering and cutting happen there. Providers
that give their duties worked out are put among them line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from tochuc.access import gate
from tochuc.access.viewer import Reader, Viewer
from tochuc.duties import sifting
from tochuc.duties.deadlines import with_workdays
from tochuc.duties.duty import Duty, Provider, Why, providers
from tochuc.duties.sifting import MANY, Asked, Count, Key, key_of
from tochuc.duties.slips import COLUMNS, Slip, Slips, together
from tochuc.kernel.names import fold

EVERYTHING = Asked()


@dataclass(frozen=True)
class Found:
    """What is due: the slips of a page in the order of the list, the duties worked out from them, how many in all.

    ``by_kind`` counts by kind and group whatever of these was asked for, so that each is a filter; ``by_place`` the
    same by organisation. ``lines``: how many lines they make where the many of a kind are gathered.
    """

    slips: tuple[Slip, ...] = ()
    worked_out: Mapping[Slip, Duty] = field(default_factory=dict)
    total: int = 0
    lines: int = 0
    by_kind: tuple[Count, ...] = ()
    by_place: tuple[Count, ...] = ()

    def duties(self, slips: Iterable[Slip] | None = None) -> list[Duty]:
        """The duties of the page, or of some of its slips; one that was done meanwhile is left out."""
        return [
            self.worked_out[one] for one in (self.slips if slips is None else slips) if one in self.worked_out
        ]


@dataclass
class Gathered:
    """The slips of all providers as one query; and the duties of those that gave them worked out."""

    viewer: Viewer
    slips: Slips | None
    worked_out: dict[tuple[str, str], Duty] = field(default_factory=dict)

    def work_out(self, slips: Collection[Slip]) -> dict[Slip, Duty]:
        """The duties of these slips; one that was done meanwhile is left out."""
        found = dict(self.worked_out)
        for provider in providers():
            kinds = {kind for kind, _ in provider.labels}
            own = [one for one in slips if one.kind in kinds and one.n == 1]
            if own and provider.work_out is not None:
                found |= {(duty.kind, key): duty for key, duty in provider.work_out(self.viewer, own)}
        heaped = {one: _heaped(one) for one in slips if one.n > 1}
        single = {
            one: found[one.kind, one.key] for one in slips if (one.kind, one.key) in found and one.n == 1
        }
        return heaped | single

    def look(
        self,
        asked: Asked = EVERYTHING,
        *,
        size: int = 0,
        skip: int = 0,
        after: Key | None = None,
        split: Collection[int] = (),
        gathering: bool = False,
    ) -> Found:
        """Counts, and a page of ``size`` duties: past the first ``skip``, or past the one that stands at ``after``.

        With ``split`` the counts are given by organisation too: for each unit directly below these (ids), with all
        that is below it. ``gathering``: many of one kind and group are one line of the page, which stands for all of them.
        """
        if self.slips is None:
            return Found()
        today = self.viewer.today
        kinds = gathered_kinds() if gathering else ()
        sifted = sifting.sift(
            self.slips, today, asked, size=size, skip=skip, after=after, split=split, gathering=kinds
        )
        chosen = [
            one for one in sifted.by_kind if asked.kind in {"", one.kind} and asked.group in {"", one.group}
        ]
        return Found(
            slips=sifted.slips,
            worked_out=self.work_out(sifted.slips),
            total=sum(one.n for one in chosen),
            lines=sum(1 if one.kind in kinds and one.n >= MANY else one.n for one in chosen),
            by_kind=sifted.by_kind,
            by_place=sifted.by_place,
        )


def gathered_kinds() -> Mapping[str, Callable[[int], str]]:
    """The kinds of which a committee has many at once, each with the words of the one row for so many."""
    return {kind: words for provider in providers() for kind, words in provider.gathers.items()}


def _heaped(slip: Slip) -> Duty:
    """The one row that stands for many of a kind."""
    return Duty(
        kind=slip.kind,
        what=gathered_kinds()[slip.kind](slip.n),
        whom="",
        organisation="",
        due_on=slip.due_on,
        why=Why(f"{slip.n} việc cùng loại gộp thành một dòng; mở ra, mỗi việc có thời hạn và căn cứ của nó."),
        page="home",
        key="",
        action="Mở danh sách",
        waits=slip.waits,
        n=slip.n,
    )


def gather(viewer: Viewer, until: date | None = None) -> Gathered:
    """What is due for a viewer today; or, with a day, what will be due up to it as far as it can be foreseen."""
    # Some twenty kinds, each through the gate: the units are looked up once for all of them.
    reader = viewer.reader()
    made: dict[tuple[str, str], Duty] = {}
    for provider in providers():
        if provider.slips is None:
            made |= _numbered(provider, reader)
    asked = _asked_alike(reader) if until is None else _put_together(reader, until)
    return Gathered(reader, together([asked, _as_slips(made)]), made)


_KEPT = 64
_kept: dict[Hashable, Slips | None] = {}


def _asked_alike(reader: Reader) -> Slips | None:
    """The one query of today's list. Its text rests on the reader's roles, what these reach and the day, all in its key.

    So it is put together once for them, from some fifty parts, and only asked anew; a provider's slips of today look
    nothing up themselves.
    """
    key = gate.stands_on(reader)
    if key not in _kept:
        if len(_kept) >= _KEPT:
            _kept.clear()
        _kept[key] = _put_together(reader, None)
    return _kept[key]


def _put_together(reader: Reader, until: date | None) -> Slips | None:
    return together(one.slips(reader, until) for one in providers() if one.slips is not None)


def forget() -> None:
    """Put the queries together anew, after rules or providers changed while the program runs."""
    _kept.clear()


def look(viewer: Viewer, asked: Asked = EVERYTHING, *, until: date | None = None, **which: Any) -> Found:
    """Counts, and a page; ``which`` as in ``Gathered.look``."""
    return gather(viewer, until).look(asked, **which)


def everything(
    viewer: Viewer,
    asked: Asked = EVERYTHING,
    *,
    until: date | None = None,
    at_once: int = 1000,
    gathered: Gathered | None = None,
) -> Iterator[Duty]:
    """All that is asked for in the order of the list, worked out some at a time; from what was ``gathered`` already."""
    gathered = gathered or gather(viewer, until)
    after: Key | None = None
    while gathered.slips is not None:
        slips = sifting.sift(gathered.slips, viewer.today, asked, size=at_once, after=after).slips
        yield from gathered.work_out(slips).values()
        if len(slips) < at_once:
            return
        after = key_of(slips[-1])


@dataclass(frozen=True)
class Heap:
    """So many duties of one kind, at one organisation (its id; none where it is at no one place), due on one day.

    Or, for those that wait without a time limit, waiting since that day.
    """

    kind: str
    place: int | None
    due_on: date
    n: int
    waits: bool = False


def heaps(viewer: Viewer, *, since: date, until: date, waiting: bool = False) -> list[Heap]:
    """What is due from one day to another, heaped by day, kind and organisation; closed kinds are left out.

    With ``waiting`` also what waits without a limit, since whatever day.
    """
    gathered = gather(viewer)
    if gathered.slips is None:
        return []
    closed = [kind for provider in providers() for kind in provider.closed]
    head = with_workdays(gathered.slips.sql, viewer.today)
    query = f"""
        WITH {head}slip({COLUMNS}) AS ({gathered.slips.sql})
        SELECT kind, place, due_on, count(*), waits FROM slip
        WHERE CASE WHEN waits THEN %s ELSE due_on BETWEEN %s AND %s END AND NOT kind = ANY(%s)
        GROUP BY kind, place, due_on, waits ORDER BY waits, due_on, kind COLLATE "C", place
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [*gathered.slips.values, waiting, since, until, closed])
        return [Heap(*row) for row in cursor.fetchall()]


def _numbered(provider: Provider, viewer: Viewer) -> dict[tuple[str, str], Duty]:
    """Its duties by kind and a key that names each once: what they are about, and a number where that is the same."""
    found: dict[tuple[str, str], Duty] = {}
    for duty in sorted(provider.all(viewer), key=lambda one: (one.due_on, one.what, one.whom)):
        key, more = duty.key, 1
        while (duty.kind, key) in found:
            more += 1
            key = f"{duty.key}#{more}"
        found[duty.kind, key] = duty
    return found


def _as_slips(made: dict[tuple[str, str], Duty]) -> Slips | None:
    """Duties that were worked out already, line by line."""
    if not made:
        return None
    columns: list[list[Any]] = [
        [kind for kind, _ in made],
        [duty.organisation for duty in made.values()],
        [duty.due_on for duty in made.values()],
        [key for _, key in made],
        [fold(f"{duty.what} {duty.whom}") for duty in made.values()],
        [duty.waits for duty in made.values()],
    ]
    return Slips(
        "SELECT m.kind, o.id, NULL::bigint, m.due_on, m.key, m.said, m.waits "
        "FROM unnest(%s::text[], %s::text[], %s::date[], %s::text[], %s::text[], %s::bool[]) "
        "AS m(kind, code, due_on, key, said, waits) "
        "LEFT JOIN org_organisation o ON o.code = m.code",
        tuple(columns),
    )

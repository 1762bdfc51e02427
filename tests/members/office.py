"""An officer who tries to record anything at all, and the statement as a pencil has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cast import TODAY, Cast, decided, recorded_on
from members import naive
from tochuc.audit.models import Entry
from tochuc.audit.record import NOBODY
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import actions, ledger
from tochuc.members.kinds import ANY_ORGANISATION, CELL, EVENT_KINDS
from tochuc.members.models import Condition, Holds, MemberEvent, Membership, Movement, Person

FIRST_DAY = date(2021, 1, 1)
LAST_DAY = date(2023, 4, 1)
PEOPLE, NAMED_CELLS = 4, 4
KINDS = [
    *("admitted", "opening", "recognised", "transferred", "sympathiser_listed") * 3,
    *("died", "expelled", "removed", "departed", "left_for", "arrived", "readmitted", "restored"),
    *("reconnected", "admission_annulled", "recognition_annulled"),
    *("sympathiser_closed", "exempted", "exemption_ended", "took_post"),
    *("papers_out", "papers_out", "papers_returned", "sent_temporarily", "temporary_extended"),
    *("temporary_ended", "suspended", "suspension_extended", "suspension_ended"),
    *("went_abroad", "abroad_ended"),
]


@dataclass(frozen=True)
class Attempt:
    """Something an officer tries to record; `corrects` counts back through what is recorded already."""

    person: int
    kind: str
    cell: int
    on: date
    standing: str
    corrects: int | None = None


@st.composite
def attempts(draw: st.DrawFn, most: int) -> list[Attempt]:
    """Acts mostly in order of time, some of the same day, some recorded late, some correcting others."""
    day, found = FIRST_DAY, []
    for _ in range(draw(st.integers(4, most))):
        day = min(day + timedelta(days=draw(st.sampled_from([0, 0, 1, 30, 90]))), LAST_DAY)
        late = draw(st.sampled_from([0, 0, 0, 0, 45, 200]))
        found.append(
            Attempt(
                person=draw(st.integers(0, PEOPLE - 1)),
                kind=draw(st.sampled_from(KINDS)),
                cell=draw(st.integers(1, NAMED_CELLS)),
                on=max(day - timedelta(days=late), FIRST_DAY),
                standing=draw(st.sampled_from(["official", "probationary"])),
                corrects=draw(st.sampled_from([None, None, None, None, 0, 1, 3])),
            )
        )
    return found


# Cells that stand close together and far apart in the tree; b3 didn't exist before July 2021.
_CELLS = ("a1", "a2", "b3", "other_cell")
_FOLDED = (Membership, Movement, Holds, Condition)
_RECORDING_BEGINS = date(2023, 5, 1)


class Office:
    """An officer who tries things, one each day, and remembers when."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.people = [
            actions.register(
                full_name=f"Người Thử {name}", gender="male", birth=KnownDate(date(1990, 1, 1)), by=NOBODY
            )
            for name in "ABCD"
        ]
        self.moments: list[datetime] = []

    @contextmanager
    def day(self) -> Iterator[None]:
        """One day at the office; `moments` gets its end."""
        day = _RECORDING_BEGINS + timedelta(days=len(self.moments))
        with recorded_on(day):
            yield
        self.moments.append(timezone.make_aware(datetime.combine(day + timedelta(days=1), time())))

    def attempt(self, tried: Attempt) -> None:
        """Record it if the ledger lets us; nothing at all may be written if it doesn't."""
        before = _everything()
        with self.day():
            try:
                self._record(tried)
            except Refused:
                assert _everything() == before

    def _record(self, tried: Attempt) -> None:
        person, cell = self.people[tried.person], getattr(self.cast, _CELLS[tried.cell - 1])
        said: dict[str, Any] = {"by": NOBODY, "today": TODAY}
        if tried.corrects is not None:
            events = MemberEvent.objects.filter(person=person).order_by("-id")
            wrong = events[tried.corrects : tried.corrects + 1].first()
            if wrong is not None:
                replacement = {"on": tried.on} | ({"organisation": cell} if wrong.organisation else {})
                void = tried.standing == "official"
                actions.correct(wrong, reason="Ghi sai.", replacement=None if void else replacement, **said)
            return
        actions.append(
            person,
            tried.kind,
            on=tried.on,
            organisation=cell if names_cell(tried) else None,
            post=self.cast.posts["deputy_a"] if tried.kind == "took_post" else None,
            decision=decided(tried.on),
            data={
                "standing": tried.standing,
                "destination": "Đảng bộ khác",
                "until_on": str(tried.on + timedelta(days=90)),
            },
            **said,
        )


def names_cell(tried: Attempt) -> bool:
    """Whether what is tried names a cell: where one comes, or of ours where one goes; else it is told in words."""
    rule = EVENT_KINDS[tried.kind]
    return rule.place or (rule.elsewhere in {CELL, ANY_ORGANISATION} and tried.standing == "official")


def _everything() -> list[int]:
    return [model._default_manager.count() for model in (MemberEvent, Entry, *_FOLDED)]


def folded_rows() -> list[set[tuple[Any, ...]]]:
    """What is folded, without the numbers of the rows."""
    fields = [[f.attname for f in model._meta.concrete_fields if f.name != "id"] for model in _FOLDED]
    rows = [set(model._default_manager.values_list(*own)) for model, own in zip(_FOLDED, fields, strict=True)]
    return [*rows, set(Person.objects.values_list("id", "standing", "home"))]


def events_by_person() -> list[list[MemberEvent]]:
    """Everything recorded, a list for each person."""
    events = MemberEvent.objects.order_by("person_id", "id")
    return [list(own) for _, own in groupby(events, key=lambda e: e.person_id)]


def count_of(by_standing: Counter[str]) -> ledger.Count:
    """Members by standing as the ledger gives them."""
    return ledger.Count(by_standing["official"], by_standing["probationary"])


def _by_row(counter: Counter[tuple[str, str]]) -> dict[str, ledger.Count]:
    rows: dict[str, ledger.Count] = {}
    for (row, standing), n in counter.items():
        rows[row] = rows.get(row, ledger.Count()) + ledger.one(standing, n)
    return rows


def pencil(
    people: Collection[Iterable[Any]],
    branch: naive.Branch,
    first: date,
    last: date,
    turning: Collection[date] = (),
) -> ledger.Statement:
    """The statement as the naive model gives it."""
    sides = naive.booked(people, branch, first, last, turning)
    return ledger.Statement(
        first,
        last,
        count_of(naive.heads(people, branch, first - timedelta(days=1))),
        _by_row(sides["in"]),
        _by_row(sides["out"]),
        _by_row(sides["shift"]),
        count_of(naive.heads(people, branch, last)),
    )


def within(cells: Collection[int]) -> naive.Branch:
    """A branch of always the same cells."""
    return lambda cell, _day: cell in cells


DATABASE = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    # Each example undoes its own writing, so the characters are as new for the next.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

"""Reading meetings: those of a cell, one with its roll, the cells of a branch side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from tochuc.meetings.kinds import ABSENT, EXCUSED, PRESENT
from tochuc.meetings.models import Attendance, Meeting
from tochuc.members.merged import with_merged
from tochuc.members.models import Person
from tochuc.org.models import Organisation, Under

__all__ = ["Attendance", "Counted", "Meeting", "Row"]

_STANDS = Q(attendance__corrected_by=None)


@dataclass(frozen=True)
class Counted:
    """A meeting, or a cell's meetings together: how many were there, excused and absent."""

    present: int
    excused: int
    absent: int

    @property
    def expected(self) -> int:
        """Everyone who was to be there."""
        return self.present + self.excused + self.absent

    @property
    def share(self) -> int | None:
        """How many hundredths of those expected were there, rounded down."""
        return self.present * 100 // self.expected if self.expected else None


def _counts() -> dict[str, Count]:
    return {
        f"n_{state}": Count("attendance", filter=_STANDS & Q(attendance__state=state))
        for state in (PRESENT, EXCUSED, ABSENT)
    }


def counted(row: object) -> Counted:
    """The counts of a meeting that was read with them."""
    return Counted(*(getattr(row, f"n_{state}") for state in (PRESENT, EXCUSED, ABSENT)))


def of_cell(cell: Organisation) -> QuerySet[Meeting]:
    """A cell's meetings with their counts, newest first; withdrawn ones too."""
    return Meeting.objects.filter(organisation=cell).annotate(**_counts()).order_by("-held_on", "kind", "-pk")


def in_branch(branch: Organisation, first: date, last: date, on: date) -> QuerySet[Meeting]:
    """The meetings that a cell, or the cells of a branch as its tree stands on a day, held in some time."""
    units = Under.objects.on(on).filter(above=branch).values("unit")
    rows = Meeting.objects.filter(organisation__in=units, held_on__range=(first, last))
    return rows.select_related("organisation")


def counts_of(meetings: Collection[Meeting]) -> dict[int, Counted]:
    """How many were at each of some meetings, by the meeting's id: in one query for all of them."""
    rows = Meeting.objects.filter(pk__in=[one.pk for one in meetings]).annotate(**_counts())
    return {row.pk: counted(row) for row in rows}


@dataclass(frozen=True)
class Row:
    """How somebody was at a meeting, and what had been said before, newest first."""

    now: Attendance
    before: tuple[Attendance, ...]


def rows_of(meeting: Meeting) -> list[Row]:
    """The roll of a meeting as it stands, by name."""
    rows = list(meeting.attendance.select_related("person", "recorded_by", "corrected_by").order_by("-pk"))
    standing = [row for row in rows if not hasattr(row, "corrected_by")]
    earlier: dict[int, list[Attendance]] = {}
    for row in rows:
        if hasattr(row, "corrected_by"):
            earlier.setdefault(row.person_id, []).append(row)
    found = [Row(row, tuple(earlier.get(row.person_id, ()))) for row in standing]
    return sorted(found, key=lambda row: (row.now.person.sort_key, row.now.person_id))


@dataclass(frozen=True)
class CellYear:
    """A cell's meetings of some time: how many of which kind, the last one, how many were there."""

    meetings: int
    last: date | None
    counted: Counted


def of_cells(branch: Organisation, first: date, last: date, on: date) -> dict[int, CellYear]:
    """The meetings of each cell of a branch in some time, by the cell's id."""
    units = Under.objects.on(on).filter(above=branch).values("unit")
    rows = (
        Meeting.objects.filter(organisation__in=units, held_on__range=(first, last), withdrawn_at=None)
        .values("organisation")
        .annotate(meetings=Count("pk", distinct=True), last=Max("held_on"), **_counts())
    )
    return {
        row["organisation"]: CellYear(
            row["meetings"],
            row["last"],
            Counted(*(row[f"n_{state}"] for state in (PRESENT, EXCUSED, ABSENT))),
        )
        for row in rows
    }


def year_of(person: Person, year: int) -> list[Attendance]:
    """How a person was at the meetings of a year, in order."""
    rows = Attendance.objects.filter(
        person__in=with_merged([person.pk]),
        corrected_by=None,
        meeting__held_on__year=year,
        meeting__withdrawn_at=None,
    )
    return list(rows.select_related("meeting__organisation").order_by("meeting__held_on", "pk"))


def absent_in(people: Collection[int], first: date, last: date) -> list[Attendance]:
    """Every absence without reason of some people (by id) in some time."""
    rows = _in_time(people, first, last).filter(state=ABSENT).select_related("meeting")
    return _standing(list(rows.order_by("meeting__held_on")))


def others_in(people: Collection[int], first: date, last: date) -> set[tuple[int, date]]:
    """Person and day of every meeting of some time at which one of these was, or was excused."""
    rows = _in_time(people, first, last).exclude(state=ABSENT).select_related("meeting")
    return {(row.person_id, row.meeting.held_on) for row in _standing(list(rows))}


def _in_time(people: Collection[int], first: date, last: date) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        person__in=people, meeting__held_on__range=(first, last), meeting__withdrawn_at=None
    )


def _standing(rows: list[Attendance]) -> list[Attendance]:
    """Those that nothing corrects: asked apart, because of the few rows that are found, not of a whole province's."""
    ids = [row.pk for row in rows]
    corrected = set(Attendance.objects.filter(corrects__in=ids).values_list("corrects", flat=True))
    return [row for row in rows if row.pk not in corrected]

"""One member's dues: a year with what was corrected, and putting a month, the category or a relief on record."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Schema
from pydantic import Field

from tochuc.access.viewer import Viewer
from tochuc.api.door import endpoint
from tochuc.api.dues import Sum, written
from tochuc.api.given import Day, Month, Sent, Words, Year
from tochuc.api.organisations import OrganisationName, named
from tochuc.dues import actions
from tochuc.dues import person as own
from tochuc.dues.sheet import about
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import DomainError
from tochuc.kernel.months import parse_month
from tochuc.members.actions import note_read

Ground = Annotated[Words, Field(max_length=300)]


class EntryOut(Schema):
    """What was recorded of a month. ``kind`` is paid, excused or nothing; ``amount`` and ``due`` in đồng."""

    kind: str
    amount: int
    due: int | None
    paid_on: date | None
    receipt: str
    reason: str
    organisation: OrganisationName


class MonthOut(Schema):
    """A month: what holds of it, what stood before, newest first, and whether the cell misses it."""

    month: Month
    now: EntryOut | None
    before: list[EntryOut]
    missed: bool


class BasisOut(Schema):
    """The category from a month on, and the pay or pension that counts."""

    category: str
    base: int | None
    since: Month
    ground: str


class ReliefOut(Schema):
    """By how many hundredths the dues are less, from a month to another, both included; nought ends a relief."""

    percent: int
    since: Month
    until: Month
    ground: str
    number: str
    decided_on: date | None


class NowOut(Schema):
    """What the dues come to this month by the rules; ``missing`` says what the rules lack where they can't tell."""

    category: str
    about: str
    chosen: bool
    base: int | None
    amount: int | None
    missing: str
    why: list[str]


class MemberDuesOut(Schema):
    """A member's dues: what they come to now, the months of a year, categories and reliefs newest first."""

    person: str
    year: int
    now: NowOut
    months: list[MonthOut]
    bases: list[BasisOut]
    reliefs: list[ReliefOut]


class SettleIn(Sent):
    """What is so of the month. What is recorded already is corrected, with the reason; a payment has its sum and day."""

    kind: Literal["paid", "excused", "nothing"]
    amount: Sum | None = None
    paid_on: Day | None = None
    reason: Ground = ""


class BasisIn(Sent):
    """The category from a month on; ``base`` where the dues are a share of a pay or pension."""

    category: Annotated[str, Field(max_length=24)]
    base: Sum | None = None
    since: Month
    ground: Ground = ""


class ReliefIn(Sent):
    """By how many hundredths the dues are less (100 exempts, 0 ends a relief), from a month to another, both included."""

    percent: Annotated[int, Field(ge=0, le=100)]
    since: Month
    until: Month
    ground: Ground
    number: Annotated[Words, Field(max_length=60)] = ""
    decided_on: Day | None = None


@endpoint("GET", "members/<person:person>/dues", name="member_dues", needs="dues.person")
def dues(viewer: Viewer, person: Any, year: Year | None = None) -> MemberDuesOut:
    """A member's year of dues, this one where none is named; that another's was read is kept in the trail."""
    note_read(person, by=viewer.actor, part="dues")
    asked = year or viewer.today.year
    now = own.now_of(person, viewer.today, viewer.today)
    return MemberDuesOut(
        person=person.ref,
        year=asked,
        now=NowOut(
            category=now.category,
            about=about(now.category, now.relief),
            chosen=now.chosen,
            base=now.base,
            amount=now.amount,
            missing=now.missing,
            why=list(now.whys),
        ),
        months=[_month(one) for one in own.year_of(person, asked)],
        bases=[_basis(one) for one in own.bases_of(person)],
        reliefs=[_relief(one) for one in own.reliefs_of(person)],
    )


@endpoint(
    "POST",
    "members/<person:person>/dues/months/<str:month>",
    name="member_dues_settle",
    needs="dues.record",
    status=201,
)
def settle(viewer: Viewer, person: Any, month: str, given: SettleIn) -> MonthOut:
    """Say of one month what is so: paid, not paid for a good reason, or nothing; what stood stays to be read."""
    try:
        asked = parse_month(month)
    except DomainError as bad:
        raise Http404 from bad
    cell = own.cell_in(person, asked, viewer.today) or _home(person)
    actions.settle(person, cell, asked, **given.dict(), by=viewer.actor, today=viewer.today)
    return _month(next(one for one in own.year_of(person, asked.year) if one.month == asked))


@endpoint(
    "POST",
    "members/<person:person>/dues/bases",
    name="member_dues_basis",
    needs="dues.record",
    status=201,
)
def set_basis(viewer: Viewer, person: Any, given: BasisIn) -> BasisOut:
    """Say which category a member is of from a month on, and the pay or pension that counts."""
    said = given.dict() | {"since": parse_month(given.since)}
    return _basis(actions.set_basis(person, _home(person), **said, by=viewer.actor, today=viewer.today))


@endpoint(
    "POST",
    "members/<person:person>/dues/reliefs",
    name="member_dues_relieve",
    needs="dues.record",
    status=201,
)
def relieve(viewer: Viewer, person: Any, given: ReliefIn) -> ReliefOut:
    """Exempt a member from dues, or let them pay less, for some months."""
    said = given.dict() | {"since": parse_month(given.since), "until": parse_month(given.until)}
    return _relief(actions.relieve(person, _home(person), **said, by=viewer.actor, today=viewer.today))


def _home(person: Any) -> Any:
    """The cell that records a member's dues."""
    if person.home is None:
        raise Http404
    return person.home


def _month(one: own.Month) -> MonthOut:
    return MonthOut(
        month=written(one.month),
        now=_entry(one.now) if one.now else None,
        before=[_entry(old) for old in one.before],
        missed=one.missed,
    )


def _entry(one: Any) -> EntryOut:
    return EntryOut(
        kind=one.kind,
        amount=one.amount,
        due=one.due,
        paid_on=one.paid_on,
        receipt=one.receipt,
        reason=one.reason,
        organisation=named(one.organisation),
    )


def _basis(one: own.Basis) -> BasisOut:
    return BasisOut(category=one.category, base=one.base, since=written(one.since), ground=one.ground)


def _relief(one: own.Relief) -> ReliefOut:
    return ReliefOut(
        percent=one.percent,
        since=written(one.since),
        until=written(add_months(one.until, -1)),
        ground=one.ground,
        number=one.decision_number,
        decided_on=one.decision_on,
    )

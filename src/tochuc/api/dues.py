"""Dues of an organisation: the sheet of a cell's month, recording what it collected, the sums of a branch."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from tochuc.access.viewer import Viewer
from tochuc.api.door import endpoint
from tochuc.api.given import Day, Month, Ref, Sent, Words, known
from tochuc.api.organisations import OrganisationName, named
from tochuc.dues import actions, reading, sheet, statement
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import BadInput
from tochuc.kernel.months import month_of, parse_month
from tochuc.org.queries import children

Sum = Annotated[int, Field(ge=0, le=actions.MOST, description="đồng")]
_MOST_PAYMENTS = 1000
_LINES = "payments"


class SheetRow(Schema):
    """A member in the month. ``state`` is open, recorded, or stopped where nobody misses it; ``words`` say why.

    ``amount`` is what was paid, or what the dues come to by the rules of the month; null where they can't tell.
    ``chosen`` is false where the category is only proposed by the occupation. ``missing`` are earlier months.
    """

    person: str
    full_name: str
    about: str
    chosen: bool
    state: str
    amount: int | None
    words: str
    missing: list[Month]


class DuesSheetOut(Schema):
    """The members of a cell in a month with what each comes to and what is recorded, by name."""

    organisation: OrganisationName
    month: Month
    rows: list[SheetRow]


class PaymentIn(Sent):
    """That a member's dues for a month were paid."""

    person: Ref
    month: Month
    amount: Sum


class CollectionIn(Sent):
    """What the cell collected on a day, under which receipt: recorded whole or not at all."""

    paid_on: Day
    receipt: Annotated[Words, Field(max_length=40)] = ""
    payments: Annotated[list[PaymentIn], Field(min_length=1, max_length=_MOST_PAYMENTS)]


class CollectedOut(Schema):
    """How many payments were recorded, and what they come to in đồng."""

    payments: int
    amount: int


class Sums(Schema):
    """Members of the months added up: who should pay, has paid, had a reason, is relieved, is missed; and đồng.

    What is kept and passed on is reckoned by the shares of the month.
    """

    members: int
    paid: int
    excused: int
    relieved: int
    unpaid: int
    due: int
    amount: int
    kept_by_cell: int
    kept_by_base: int
    kept_above: int
    passed_on: int


class MonthSums(Sums):
    """The sums of a month."""

    month: Month


class PartSums(Sums):
    """The sums of one directly below."""

    organisation: OrganisationName


class DuesOut(Schema):
    """The sums of a branch over some months, both included; the months and the parts below each add up to the total."""

    first: Month
    last: Month
    total: Sums
    months: list[MonthSums]
    below: list[PartSums]


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/dues/sheet",
    name="dues_sheet",
    needs="dues.record",
)
def month_sheet(viewer: Viewer, organisation: Any, month: Month | None = None) -> DuesSheetOut:
    """A cell's month, to record it; without ``month`` the one that is to be recorded next."""
    last = add_months(month_of(viewer.today), -1)
    asked = parse_month(month) if month else sheet.month_to_record(organisation, last)
    rows = [
        SheetRow(
            person=row.person.ref,
            full_name=row.person.full_name,
            about=row.about,
            chosen=row.chosen,
            state=line.state,
            amount=line.amount,
            words=line.words,
            missing=[written(one) for one in row.missing],
        )
        for row in sheet.sheet(organisation, [asked], viewer.today)
        for line in row.lines
    ]
    return DuesSheetOut(organisation=named(organisation), month=written(asked), rows=rows)


@endpoint(
    "POST",
    "organisations/<organisation:organisation>/dues",
    name="dues_collect",
    needs="dues.record",
    status=201,
)
def collect(viewer: Viewer, organisation: Any, given: CollectionIn) -> CollectedOut:
    """Record what a cell collected for one month or several; what is recorded already is put right month by month."""
    months = [parse_month(one.month) for one in given.payments]
    people = known(
        [one.person for one in given.payments],
        reading.stood_in(organisation, min(months), max(months)),
        lines=_LINES,
        code="dues.not_here",
        words="Người này không sinh hoạt ở đây trong các tháng này.",
    )
    lines = zip(people, months, given.payments, strict=True)
    made = actions.collect(
        organisation,
        [
            actions.Given(person, month, one.amount, f"{_LINES}.{place}")
            for place, (person, month, one) in enumerate(lines)
        ],
        paid_on=given.paid_on,
        receipt=given.receipt,
        by=viewer.actor,
        today=viewer.today,
    )
    return CollectedOut(payments=len(made), amount=sum(one.amount for one in made))


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/dues",
    name="organisation_dues",
    needs="dues.read",
)
def sums(viewer: Viewer, organisation: Any, first: Month | None = None, last: Month | None = None) -> DuesOut:
    """What a branch collected over some months, month by month and by those directly below; this year if none is named."""
    since, until = _period(first, last, viewer.today)
    said = (since, until, viewer.today)
    below = [one for one in children(organisation, viewer.today) if one.kind != "board"]
    found = statement.side_by_side([one.organisation for one in below], *said)
    return DuesOut(
        first=written(since),
        last=written(until),
        total=Sums(**asdict(statement.of_branch(organisation, *said))),
        months=[
            MonthSums(month=written(month), **asdict(one))
            for month, one in statement.by_month(organisation, *said).items()
        ],
        below=[
            PartSums(
                organisation=OrganisationName(code=one.organisation.code, name=one.name),
                **asdict(found.get(one.organisation_id, statement.Sums())),
            )
            for one in below
        ],
    )


def _period(first: str | None, last: str | None, today: date) -> tuple[date, date]:
    """The months asked for; what is left out is the year of the other, or this one."""
    until = parse_month(last) if last else None
    since = parse_month(first) if first else (until or today).replace(month=1, day=1)
    until = until or since.replace(month=12)
    if since > until:
        raise BadInput("period.reversed", "Tháng đầu kỳ phải trước hoặc bằng tháng cuối kỳ.", "first")
    return since, until


def written(month: date) -> str:
    """A month as the API writes it."""
    return f"{month:%Y-%m}"

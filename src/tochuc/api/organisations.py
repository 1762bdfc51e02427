"""Organisations: what one is, what stands under it, how many members it has, its movement statement."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from ninja import Schema

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, items_after
from tochuc.api.door import endpoint
from tochuc.api.given import Day, period
from tochuc.kernel.days import FOREVER
from tochuc.members import ledger, statement_form
from tochuc.org import queries
from tochuc.org.kinds import CELL_KINDS, KINDS


class OrganisationName(Schema):
    """An organisation by its code, and what it was called on the day asked about."""

    code: str
    name: str


class OrganisationOut(Schema):
    """An organisation as it is known today; ``until`` is null while it is at work.

    ``above`` is its direct superior, null for the topmost and where the viewer may not see it.
    """

    code: str
    name: str
    short_name: str
    kind: str
    kind_label: str
    cell_kind: str
    cell_kind_label: str
    since: date
    until: date | None
    above: OrganisationName | None


class Child(OrganisationName):
    """An organisation directly under another on the day asked about."""

    kind: str
    kind_label: str


class Heads(Schema):
    """Members by standing."""

    official: int
    probationary: int
    total: int


class HeadcountOut(Heads):
    """Members of a branch by standing on a day."""

    on: date


class Row(Heads):
    """A row of the statement. ``sum`` marks totals, ``confirmed`` that the rule's text names the row."""

    code: str
    label: str
    part: str
    sum: bool
    confirmed: bool


class StatementOut(Schema):
    """The movement statement of a branch over a period, both days included, in the order of the form.

    ``known_on`` is the day up to whose end the record was read; null for all that is recorded.
    """

    first: date
    last: date
    known_on: date | None
    rows: list[Row]
    reconciles: bool


@endpoint("GET", "organisations/<organisation:organisation>", name="organisation", needs="organisation.read")
def organisation(viewer: Viewer, organisation: Any) -> OrganisationOut:
    """One organisation."""
    above = queries.parent_of(organisation, viewer.today)
    seen = above is not None and gate.may(viewer, "organisation.read", "organisation", above)
    return OrganisationOut(
        code=organisation.code,
        name=organisation.name,
        short_name=organisation.short_name,
        kind=organisation.kind,
        kind_label=KINDS[organisation.kind].label,
        cell_kind=organisation.cell_kind,
        cell_kind_label=CELL_KINDS.get(organisation.cell_kind, ""),
        since=organisation.since,
        until=None if organisation.until == FOREVER else organisation.until,
        above=OrganisationName(code=above.code, name=above.name) if above and seen else None,
    )


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/children",
    name="organisation_children",
    needs="organisation.read",
)
def children(
    viewer: Viewer, organisation: Any, on: Day | None = None, after: After = FIRST, size: Size = USUAL
) -> Page[Child]:
    """The organisations directly under one on a day, today where none is given, by code."""
    seen = gate.visible(viewer, "organisation.read", "organisation")
    spans = queries.children(organisation, on or viewer.today).filter(organisation__in=seen)
    found = sorted(
        (
            Child(code=s.organisation.code, name=s.name, kind=s.kind, kind_label=KINDS[s.kind].label)
            for s in spans
        ),
        key=lambda child: child.code,
    )
    items, following = items_after(found, lambda child: (child.code,), "children", after, size)
    return Page[Child](items=items, next=following)


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/headcount",
    name="organisation_headcount",
    needs="ledger.read",
)
def headcount(viewer: Viewer, organisation: Any, on: Day | None = None) -> HeadcountOut:
    """Members of a branch by standing on a day, today where none is given."""
    day = on or viewer.today
    return HeadcountOut(on=day, **_heads(ledger.headcount(organisation, day)))


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/statement",
    name="organisation_statement",
    needs="ledger.read",
)
def statement(
    viewer: Viewer,
    organisation: Any,
    first: Day | None = None,
    last: Day | None = None,
    known_on: Day | None = None,
) -> StatementOut:
    """The movement statement of a branch over a period, as it was known at the end of a day."""
    since, until = period(first, last, viewer.today)
    known = timezone.make_aware(datetime.combine(known_on, time.max)) if known_on else None
    found = ledger.statement(organisation, since, until, known=known)
    rows = [
        Row(
            code=row.code,
            label=row.label,
            part=row.part,
            sum=row.total,
            confirmed=row.confirmed,
            **_heads(row.count),
        )
        for row in statement_form.rows(found)
    ]
    return StatementOut(first=since, last=until, known_on=known_on, rows=rows, reconciles=found.reconciles)


def _heads(count: ledger.Count) -> dict[str, int]:
    return {"official": count.official, "probationary": count.probationary, "total": count.total}

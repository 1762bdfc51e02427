"""Organisations: which there are in one's branch, what one is, what stands under it on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, items_after, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Day, Words
from tochuc.kernel.days import FOREVER
from tochuc.org import queries
from tochuc.org.kinds import CELL_KINDS, kind_words


class OrganisationName(Schema):
    """An organisation by its code, and what it was called on the day asked about."""

    code: str
    name: str


def named(organisation: Any) -> OrganisationName:
    """An organisation by its code and the name it has."""
    return OrganisationName(code=organisation.code, name=organisation.name)


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


class Listed(Child):
    """An organisation in a list; ``above`` is the code of its direct superior that day, null where one sees none."""

    above: str | None


@endpoint("GET", "organisations", name="organisations", needs="organisation.read")
def organisations(
    viewer: Viewer, q: Words = "", on: Day | None = None, after: After = FIRST, size: Size = USUAL
) -> Page[Listed]:
    """The organisations of one's branch at work on a day, by code; with ``q`` those whose name has these words."""
    seen = gate.visible(viewer, "organisation.read", "organisation")
    spans = queries.named(queries.forest(seen, on or viewer.today), q).select_related("parent")
    found, following = rows_after(spans, ("organisation__code",), after, size)
    above = set(seen.filter(pk__in={span.parent_id for span in found}).values_list("pk", flat=True))
    return Page[Listed](items=[_listed(span, above) for span in found], next=following)


def _listed(span: Any, seen: set[int]) -> Listed:
    return Listed(
        code=span.organisation.code,
        name=span.name,
        kind=span.kind,
        kind_label=kind_words(span.kind, span.name),
        above=span.parent.code if span.parent_id in seen else None,
    )


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
        kind_label=kind_words(organisation.kind, organisation.name),
        cell_kind=organisation.cell_kind,
        cell_kind_label=CELL_KINDS.get(organisation.cell_kind, ""),
        since=organisation.since,
        until=None if organisation.until == FOREVER else organisation.until,
        above=named(above) if above and seen else None,
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
            Child(code=s.organisation.code, name=s.name, kind=s.kind, kind_label=kind_words(s.kind, s.name))
            for s in spans
        ),
        key=lambda child: child.code,
    )
    items, following = items_after(found, lambda child: (child.code,), "children", after, size)
    return Page[Child](items=items, next=following)

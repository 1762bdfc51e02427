"""Reading organisations: every question is asked on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from tochuc.org.models import Organisation, OrganisationSpan, Post, Under


def by_code(code: str) -> Organisation:
    """The organisation with this code; ``Organisation.DoesNotExist`` when there is none."""
    return Organisation.objects.get(code=code)


def units_under(above: Organisation, on: date) -> QuerySet[Under, int]:
    """Ids of all organisations under this one on that day, itself included."""
    return Under.objects.on(on).filter(above=above).values_list("unit", flat=True)


def path_of(organisation: Organisation, on: date) -> list[Organisation]:
    """The organisation's superiors on that day, topmost first, itself last."""
    rows = Under.objects.on(on).filter(unit=organisation).select_related("above").order_by("-depth")
    return [row.above for row in rows]


def children(organisation: Organisation, on: date) -> QuerySet[OrganisationSpan]:
    """The spans of those directly under it on that day, boards first, then by name."""
    return (
        OrganisationSpan.objects.on(on)
        .filter(parent=organisation)
        .select_related("organisation")
        .order_by("kind", "organisation__fold", "pk")
    )


def parent_of(organisation: Organisation, on: date) -> Organisation | None:
    """Its direct superior on that day, or None for the topmost."""
    row = Under.objects.on(on).filter(unit=organisation, depth=1).select_related("above").first()
    return row.above if row else None


def name_on(organisation: Organisation, on: date) -> str:
    """What it was called on that day; its latest name where it wasn't at work then."""
    span = OrganisationSpan.objects.on(on).filter(organisation=organisation).first()
    return span.name if span else organisation.name


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """What organisations are called today, by code."""
    return dict(Organisation.objects.filter(code__in=set(codes)).values_list("code", "name"))


def posts_at(organisation: Organisation, on: date) -> QuerySet[Post]:
    """The posts that exist at the organisation on that day."""
    return Post.objects.on(on).filter(organisation=organisation)

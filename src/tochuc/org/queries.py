"""Reading organisations: every question is asked on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tochuc.kernel.names import fold as fold_name
from tochuc.kernel.remembering import remembered
from tochuc.org.kinds import MEMBER_KINDS
from tochuc.org.models import (
    Organisation,
    OrganisationEvent,
    OrganisationSpan,
    Post,
    Succession,
    Under,
)


def by_code(code: str) -> Organisation:
    """The organisation with this code; ``Organisation.DoesNotExist`` when there is none."""
    return Organisation.objects.get(code=code)


def codes_among(organisations: QuerySet[Organisation], codes: Iterable[str]) -> frozenset[str]:
    """Which of these codes are of one of the organisations."""
    return frozenset(organisations.filter(code__in=set(codes)).values_list("code", flat=True))


def code_taken(code: str) -> bool:
    """Whether any organisation has or had this code."""
    return Organisation.objects.filter(code=code).exists()


def units_under(above: Organisation, on: date) -> QuerySet[Under, int]:
    """Ids of all organisations under this one on that day, itself included."""
    return Under.objects.on(on).filter(above=above).values_list("unit", flat=True)


@remembered
def lines_above(organisation: Organisation, on: date) -> tuple[Under, ...]:
    """The organisation and its superiors on that day, itself first, each with how far above it stands."""
    rows = Under.objects.on(on).filter(unit=organisation).select_related("above")
    return tuple(rows.order_by("depth"))


def path_of(organisation: Organisation, on: date) -> list[Organisation]:
    """The organisation's superiors on that day, topmost first, itself last."""
    return [row.above for row in reversed(lines_above(organisation, on))]


def path_with(
    organisation: Organisation, on: date, visible: QuerySet[Organisation], also: QuerySet[Any] | None = None
) -> tuple[list[tuple[Organisation, bool]], bool, bool]:
    """The path, topmost first, itself last, each with whether it is among the visible ones.

    From the same query: whether the organisation followed another or was followed by one; whether there are any of the
    rows ``also`` asked for.
    """
    more = {} if also is None else {"also": Exists(also)}
    links = Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    rows: list[Any] = list(
        Under.objects.on(on)
        .filter(unit=organisation)
        .annotate(seen=Exists(visible.filter(pk=OuterRef("above"))), linked=Exists(links), **more)
        .select_related("above")
        .order_by("-depth")
    )
    there = bool(rows) and also is not None and rows[-1].also
    return [(row.above, row.seen) for row in rows], not rows or rows[-1].linked, there


def forest(visible: QuerySet[Organisation], on: date) -> QuerySet[OrganisationSpan]:
    """The spans of these organisations on that day, by name; each knows its direct superior's id."""
    return (
        OrganisationSpan.objects.on(on)
        .filter(organisation__in=visible)
        .select_related("organisation")
        .order_by("organisation__fold", "pk")
    )


def named(spans: QuerySet[OrganisationSpan], words: str) -> QuerySet[OrganisationSpan]:
    """Those whose organisation's name has all these words, tones and case aside."""
    for word in fold_name(words).split():
        spans = spans.filter(_begins("organisation__fold", word))
    return spans


def links(visible: QuerySet[Organisation], on: date) -> list[tuple[int, int | None, str]]:
    """Each of these organisations on a day: its id, its direct superior's, its code."""
    spans = OrganisationSpan.objects.on(on).filter(organisation__in=visible)
    return list(spans.values_list("organisation", "parent", "organisation__code"))


def shapes(ids: Iterable[int], on: date) -> QuerySet[OrganisationSpan]:
    """What some organisations (by id) were on a day, by name."""
    return forest(Organisation.objects.filter(pk__in=list(ids)), on)


def ids_named(words: str, on: date) -> list[int]:
    """The ids of all organisations on a day whose name has all these words; for whoever knows which they may see."""
    spans = named(OrganisationSpan.objects.on(on), words)
    return list(spans.order_by("organisation__fold", "pk").values_list("organisation", flat=True))


def ids_above(units: Iterable[int], on: date) -> set[int]:
    """The ids of some organisations and of all above them on a day."""
    return set(Under.objects.on(on).filter(unit__in=list(units)).values_list("above", flat=True))


def shape_on(organisation: Organisation, on: date) -> OrganisationSpan | None:
    """What an organisation was on a day; None where it wasn't at work."""
    return OrganisationSpan.objects.on(on).filter(organisation=organisation).first()


def cells_under(organisation: Organisation, on: date) -> QuerySet[Organisation]:
    """The cells of a branch on that day, by name."""
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    return Organisation.objects.filter(pk__in=units, kind__in=MEMBER_KINDS).order_by("fold", "pk")


def find_cells(words: str, on: date) -> QuerySet[OrganisationSpan]:
    """Any cell of our records that has all these words in its or its superior's name, tones aside.

    Shows only names; who belongs to a cell is asked elsewhere, within one's scope.
    """
    return _named(OrganisationSpan.objects.on(on).filter(kind__in=MEMBER_KINDS), words)


def find_receivers(words: str, on: date) -> QuerySet[OrganisationSpan]:
    """The same of whatever may receive a member's papers: cells, and the committees above them."""
    return _named(OrganisationSpan.objects.on(on).exclude(kind="board"), words)


def _named(spans: QuerySet[OrganisationSpan], words: str) -> QuerySet[OrganisationSpan]:
    found = spans.select_related("organisation", "parent").order_by("organisation__fold", "pk")
    for word in fold_name(words).split():
        found = found.filter(_begins("organisation__fold", word) | _begins("parent__fold", word))
    return found


def _begins(field: str, word: str) -> Q:
    """A word of the field begins so."""
    return Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})


def cell_by_code(code: str, on: date) -> OrganisationSpan | None:
    """The span on that day of the cell with this code, with its direct superior; None where there is none."""
    spans = OrganisationSpan.objects.on(on).filter(kind__in=MEMBER_KINDS, organisation__code=code)
    return spans.select_related("organisation", "parent").first()


def receiver_by_code(code: str, on: date) -> OrganisationSpan | None:
    """The same of a cell or committee that may receive a member's papers."""
    spans = OrganisationSpan.objects.on(on).exclude(kind="board").filter(organisation__code=code)
    return spans.select_related("organisation", "parent").first()


def find_units(organisations: QuerySet[Organisation], words: str, on: date) -> QuerySet[OrganisationSpan]:
    """Those of some organisations on a day that have all these words in their or their superior's name, tones aside."""
    found = forest(organisations, on).select_related("organisation", "parent")
    for word in fold_name(words).split():
        found = found.filter(_begins("organisation__fold", word) | _begins("parent__fold", word))
    return found


def history(organisation: Organisation) -> QuerySet[OrganisationEvent]:
    """What happened to an organisation, newest first; what was corrected is left out."""
    kept = organisation.events.filter(corrected_by=None).exclude(kind=OrganisationEvent.VOID)
    return kept.order_by("-happened_on", "-pk")


def predecessors(organisation: Organisation) -> QuerySet[Succession]:
    """What it followed, latest first."""
    return organisation.succeeds.select_related("predecessor").order_by("-on", "predecessor__fold", "pk")


def successions(organisation: Organisation) -> list[Succession]:
    """What it followed and what followed it, latest first."""
    rows = Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    return list(rows.select_related("predecessor", "successor").order_by("-on", "predecessor__fold", "pk"))


def successors(organisation: Organisation) -> QuerySet[Succession]:
    """What followed it, latest first."""
    return organisation.succeeded_by.select_related("successor").order_by("-on", "successor__fold", "pk")


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
    return next((line.above for line in lines_above(organisation, on) if line.depth == 1), None)


@remembered
def name_on(organisation: Organisation, on: date) -> str:
    """What it was called on that day; its latest name where it wasn't at work then."""
    span = OrganisationSpan.objects.on(on).filter(organisation=organisation).first()
    return span.name if span else organisation.name


@remembered
def names_above(organisation: Organisation, on: date) -> dict[int, str]:
    """What an organisation and all above it were called on a day, by id."""
    above = Under.objects.on(on).filter(unit=organisation).values("above")
    spans = OrganisationSpan.objects.on(on).filter(organisation__in=above)
    return dict(spans.values_list("organisation", "name"))


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """What organisations are called today, by code."""
    return dict(Organisation.objects.filter(code__in=set(codes)).values_list("code", "name"))


def names_by_id(ids: Iterable[int]) -> dict[int, str]:
    """What organisations are called today, by id."""
    return dict(Organisation.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def short_names(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The code and the short name of organisations, by id."""
    rows = Organisation.objects.filter(pk__in=set(ids)) if ids else Organisation.objects.none()
    return {pk: (code, name) for pk, code, name in rows.values_list("pk", "code", "short_name")}


def posts_at(organisation: Organisation, on: date) -> QuerySet[Post]:
    """The posts that exist at the organisation on that day."""
    return Post.objects.on(on).filter(organisation=organisation)

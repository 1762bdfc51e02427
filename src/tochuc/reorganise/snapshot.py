"""What a plan needs to know of the record: the organisations it concerns, and who stands in those it divides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet

from tochuc.members.models import Membership
from tochuc.org.models import Organisation, OrganisationEvent, OrganisationSpan, Under
from tochuc.reorganise.changes import Unit
from tochuc.reorganise.plan import Plan, Rename
from tochuc.reorganise.splitting import Someone


def world(plan: Plan) -> dict[str, Unit]:
    """The organisations a plan names, what stands directly below them or beside those renamed, and all their superiors.

    By code.

    Each as it is on the day before the plan's, or as it is first where it begins later. One whose founding was
    taken back isn't there.
    """
    named = set(_there().filter(code__in=plan.named()).values_list("pk", flat=True))
    renamed = {one.of for one in plan.operations if isinstance(one, Rename)}
    beside = OrganisationSpan.objects.on(plan.eve).filter(organisation__code__in=renamed)
    below = OrganisationSpan.objects.filter(
        Q(parent__in=named) | Q(parent__in=beside.values("parent")), until__gte=plan.day
    )
    near = named | set(below.values_list("organisation", flat=True))
    above = set(Under.objects.on(plan.eve).filter(unit__in=near).values_list("above", flat=True))
    return _units(near | above, plan)


def _there() -> QuerySet[Organisation]:
    return Organisation.objects.exclude(since=F("until"))


def _units(ids: Collection[int], plan: Plan) -> dict[str, Unit]:
    spans = OrganisationSpan.objects.filter(organisation__in=ids).order_by("organisation", "since")
    shown: dict[int, OrganisationSpan] = {}
    for span in spans.select_related("organisation", "parent"):
        own = shown.setdefault(span.organisation_id, span)
        if own.since < span.since <= plan.eve:
            shown[span.organisation_id] = span
    changed = _last_changes(ids)
    people = _people(ids, plan.day)
    return {
        span.organisation.code: Unit(
            span.organisation.code,
            span.name,
            span.short_name,
            span.kind,
            span.cell_kind,
            span.parent.code if span.parent else None,
            span.organisation.since,
            span.organisation.until,
            changed[pk],
            people.get(pk, 0),
        )
        for pk, span in shown.items()
    }


def _last_changes(ids: Collection[int]) -> dict[int, date]:
    kept = OrganisationEvent.objects.filter(organisation__in=ids, corrected_by=None)
    kept = kept.exclude(kind__in=(OrganisationEvent.VOID, OrganisationEvent.CONGRESS))
    return dict(kept.values_list("organisation").annotate(last=Max("happened_on")))


def _people(ids: Collection[int], day: date) -> dict[int, int]:
    standing = Membership.objects.on(day).filter(organisation__in=ids)
    return dict(standing.values_list("organisation").annotate(n=Count("pk")))


def standing_in(codes: Collection[str], day: date) -> dict[str, list[Someone]]:
    """Everyone who stands in these organisations on a day, sympathisers too, in order of names; by code."""
    stays = list(
        Membership.objects.on(day)
        .filter(organisation__code__in=codes)
        .select_related("person", "organisation")
        .order_by("person__sort_key", "person")
    )
    before = _cells_before(stays)
    found: dict[str, list[Someone]] = defaultdict(list)
    for stay in stays:
        one = stay.person
        someone = Someone(one.pk, one.ref, one.full_name, one.residence, before.get(one.pk, ""))
        found[stay.organisation.code].append(someone)
    return found


def _cells_before(stays: Collection[Membership]) -> dict[int, str]:
    """The cell in which each stood before the present one; who stood in none is left out."""
    here = {stay.person_id: stay for stay in stays}
    earlier = Membership.objects.filter(person__in=here)
    found: dict[int, str] = {}
    for stay in earlier.select_related("organisation").order_by("since"):
        own = here[stay.person_id]
        if stay.since < own.since and stay.organisation_id != own.organisation_id:
            found[stay.person_id] = stay.organisation.code
    return found

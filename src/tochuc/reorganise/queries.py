"""Reading reorganisations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from tochuc.members.models import MemberEvent, Membership
from tochuc.org.models import Organisation, Under
from tochuc.reorganise import snapshot
from tochuc.reorganise.models import ORGANISATION, UNDONE, Reorganisation, Touched
from tochuc.reorganise.plan import Dissolve, Merge, Plan, Split, rearranged
from tochuc.reorganise.splitting import Someone


def reorganisations() -> QuerySet[Reorganisation]:
    """All that were carried out, the latest day first."""
    return Reorganisation.objects.select_related("applied_by", "settled_by").order_by("-day", "-pk")


def by_ref(ref: str) -> Reorganisation | None:
    """The one with this reference, or None."""
    return reorganisations().filter(ref=ref).first()


def of_branch(organisation: Organisation) -> QuerySet[Reorganisation]:
    """Those that rearranged the branch of an organisation, the latest day first."""
    return reorganisations().filter(organisation=organisation)


def people_in(codes: Collection[str], on: date) -> list[Someone]:
    """Everyone who stands in these cells on a day, in order of names."""
    return [one for people in snapshot.standing_in(codes, on).values() for one in people]


def weight(plan: Plan) -> int:
    """How much a plan rearranges: the organisations under those it changes, and whoever stands in cells that end or are divided."""
    codes = {code for one in plan.operations for code in rearranged(one)}
    left = {code for one in plan.operations if isinstance(one, Merge | Split | Dissolve) for code in one.of}
    units = Under.objects.on(plan.eve).filter(above__code__in=codes).values("unit").distinct()
    return units.count() + Membership.objects.on(plan.day).filter(organisation__code__in=left).count()


def weight_done(reorganisation: Reorganisation) -> int:
    """The same of one that was carried out: the rows that go back to what they were, and the people."""
    return sum(reach_of(reorganisation).values())


def plan_of(reorganisation: Reorganisation) -> Plan:
    """The plan as it was carried out."""
    return Plan.model_validate(reorganisation.plan)


def taken_back(organisation: Organisation) -> QuerySet[Reorganisation]:
    """Those undone that had changed an organisation, or let others go into it; the latest first."""
    code = organisation.code
    into: list[dict[str, Any]] = [{key: code} for key in ("into", "rest", "members_to", "units_to")]
    into += [{"parts": [{"to": code}]}, {"followed_by": [code]}]
    changed = Touched.objects.filter(kind=ORGANISATION, row=organisation.pk)
    named = Q(pk__in=changed.values("reorganisation"))
    for one in into:
        named |= Q(plan__operations__contains=[one])
    return reorganisations().filter(named, state=UNDONE)


def touched(reorganisation: Reorganisation, kind: str) -> QuerySet[Touched]:
    """The rows of a kind that it changed, in the order in which it did."""
    return reorganisation.touched.filter(kind=kind).order_by("pk")


def said_of(reorganisation: Reorganisation) -> list[dict[str, Any]]:
    """Its operations as a plan keeps them."""
    return list(reorganisation.plan["operations"])


def reach_of(reorganisation: Reorganisation) -> dict[str, int]:
    """How many rows of each kind it changed, and as ``people`` how many persons it moved to another cell."""
    rows = reorganisation.touched.values_list("kind").annotate(n=Count("pk"))
    units = Organisation.objects.filter(
        pk__in=touched(reorganisation, ORGANISATION).order_by().values("row"),
    )
    takers = units.exclude(succeeded_by=None).values("succeeded_by__successor")
    moved = MemberEvent.objects.in_force().filter(
        Q(organisation__in=units.values("pk")) | Q(organisation__in=takers),
        data__reorganisation=reorganisation.ref,
        post=None,
    )
    return {**dict(rows), "people": moved.values("person").distinct().count()}


Shown = dict[str, Any] | None


def changed_organisations(reorganisation: Reorganisation) -> list[tuple[str, str, Shown, Shown]]:
    """The organisations it changed: code, name, and what each said before and after; None where it wasn't there."""
    rows = list(touched(reorganisation, ORGANISATION))
    names = {
        pk: (code, name)
        for pk, code, name in Organisation.objects.filter(pk__in=[one.row for one in rows]).values_list(
            "pk", "code", "name"
        )
    }
    return [(*names[one.row], one.before, one.after) for one in rows]

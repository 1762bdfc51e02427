"""Reading reorganisations."""

from __future__ import annotations

from django.db.models import QuerySet

from tochuc.org.models import Organisation
from tochuc.reorganise.models import ORGANISATION, Reorganisation, Touched
from tochuc.reorganise.plan import Plan


def reorganisations() -> QuerySet[Reorganisation]:
    """All that were carried out, the latest day first."""
    return Reorganisation.objects.select_related("applied_by", "settled_by").order_by("-day", "-pk")


def by_ref(ref: str) -> Reorganisation | None:
    """The one with this reference, or None."""
    return reorganisations().filter(ref=ref).first()


def plan_of(reorganisation: Reorganisation) -> Plan:
    """The plan as it was carried out."""
    return Plan.model_validate(reorganisation.plan)


def concerning(organisation: Organisation) -> QuerySet[Reorganisation]:
    """The reorganisations that changed an organisation, the latest first."""
    return reorganisations().filter(touched__kind=ORGANISATION, touched__row=organisation.pk)


def touched(reorganisation: Reorganisation, kind: str) -> QuerySet[Touched]:
    """The rows of a kind that it changed, in the order in which it did."""
    return reorganisation.touched.filter(kind=kind).order_by("pk")

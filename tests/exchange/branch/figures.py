"""What a branch shows to those who read it: its tree, its people by standing, its yearly statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.dues.models import Arrear, Collection
from tochuc.members.models import Condition, Holds, Membership, Movement
from tochuc.org.models import Organisation, Under


def figures(code: str) -> dict[str, Any]:
    """Everything folded of a branch, by the codes and references that people know."""
    units = Under.objects.filter(above=Organisation.objects.get(code=code)).values("unit")
    rows = {
        "under": Under.objects.filter(above__in=units).values_list(
            "above__code", "unit__code", "depth", "since", "until"
        ),
        "places": Membership.objects.filter(organisation__in=units).values_list(
            "person__ref", "organisation__code", "standing", "since", "until"
        ),
        "steps": Movement.objects.filter(to_organisation__in=units).values_list(
            "person__ref", "on", "from_on", "reason", "from_standing", "to_standing", "to_organisation__code"
        ),
        "posts": Holds.objects.filter(post__organisation__in=units).values_list(
            "person__ref", "post__code", "since", "until"
        ),
        "dues": Collection.objects.filter(organisation__in=units).values_list(
            "organisation__code", "month", "paid", "unpaid", "amount", "passed_on"
        ),
        "arrears": Arrear.objects.filter(organisation__in=units).values_list("person__ref", "month", "due"),
        "conditions": Condition.objects.filter(person__home__in=units).values_list(
            "person__ref", "kind", "since", "until"
        ),
    }
    return {name: sorted(map(_plain, found), key=repr) for name, found in rows.items()}


def _plain(row: tuple[Any, ...]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]

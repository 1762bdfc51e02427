"""Records that were merged: what was kept for one that went belongs to the one that stays, without being rewritten."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from tochuc.members.models import Person


def with_merged(people: Iterable[int]) -> QuerySet[Person, int]:
    """The ids of these people (by id) and of the records that were merged into theirs."""
    ids = list(people)
    rows = Person.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids))
    return rows.order_by().values_list("pk", flat=True)


def owner() -> Coalesce:
    """Of a row that belongs to a person: whose it is now, by id."""
    return Coalesce(F("person__merged_into"), F("person"))

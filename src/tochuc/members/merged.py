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


def owners(people: Iterable[int]) -> dict[int, int]:
    """The ids of these people and of the records merged into theirs, each with whose it is now.

    For many people: two plain lists are quicker to look up than one condition on both columns.
    """
    found = {one: one for one in people}
    merged = Person.objects.filter(merged_into__in=found).values_list("pk", "merged_into")
    return found | {pk: into for pk, into in merged if into is not None}


def owner() -> Coalesce:
    """Of a row that belongs to a person: whose it is now, by id."""
    return Coalesce(F("person__merged_into"), F("person"))

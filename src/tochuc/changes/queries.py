"""Reading change sets."""

from __future__ import annotations

from django.db.models import QuerySet

from tochuc.changes.models import Change, ChangeSet
from tochuc.org.models import Organisation


def by_ref(ref: str) -> ChangeSet | None:
    """The change set of that number; None where there is none."""
    return ChangeSet.objects.select_related("organisation").filter(ref=ref).first()


def of(organisation: Organisation) -> QuerySet[ChangeSet]:
    """The change sets made for an organisation, newest first."""
    return (
        ChangeSet.objects.filter(organisation=organisation)
        .select_related("made_by")
        .order_by("-made_at", "-pk")
    )


def changes_of(changeset: ChangeSet) -> QuerySet[Change]:
    """What a change set did, person by person, by name."""
    return changeset.changes.select_related("person", "person__home").order_by("person__sort_key", "pk")

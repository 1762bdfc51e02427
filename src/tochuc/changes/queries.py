"""Reading change sets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from tochuc.changes.models import Change, ChangeSet
from tochuc.members.models import MemberEvent
from tochuc.org.models import Organisation, Under
from tochuc.reorganise.models import ORGANISATION, Reorganisation, Touched
from tochuc.reorganise.queries import reorganisations


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


def within(organisation: Organisation, on: date) -> QuerySet[ChangeSet]:
    """The change sets made for an organisation or one below it on a day, newest first."""
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    return (
        ChangeSet.objects.filter(organisation__in=units)
        .select_related("made_by", "organisation")
        .order_by("-made_at", "-pk")
    )


def changes_of(changeset: ChangeSet) -> QuerySet[Change]:
    """What a change set did, person by person, by name."""
    return changeset.changes.select_related("person", "person__home").order_by("person__sort_key", "pk")


def events_of(changes: Collection[Change]) -> dict[int, list[MemberEvent]]:
    """By change, the events that it added, as they were recorded."""
    ours = {number: change.pk for change in changes for number in [*change.events, change.event_id] if number}
    events = MemberEvent.objects.filter(pk__in=ours).select_related("organisation", "post").order_by("pk")
    found: dict[int, list[MemberEvent]] = {}
    for event in events:
        found.setdefault(ours[event.pk], []).append(event)
    return found


def reorganisations_within(organisation: Organisation, on: date) -> QuerySet[Reorganisation]:
    """The reorganisations that changed an organisation or one below it on a day, the latest first."""
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    touched = Touched.objects.filter(kind=ORGANISATION, row__in=units)
    return reorganisations().filter(pk__in=touched.values("reorganisation"))

"""Moving organisations about, and finding one's superiors without the closure."""

from __future__ import annotations

from datetime import date

from tochuc.access.clock import now
from tochuc.org import actions, tree
from tochuc.org.models import Organisation, OrganisationEvent

Told = dict[int, list[OrganisationEvent]]
"""What happened to each organisation, by its id, in order of days."""


def happened(
    organisation: Organisation,
    kind: str,
    on: date,
    parent: Organisation | None = None,
    corrects: OrganisationEvent | None = None,
    **said: str,
) -> OrganisationEvent:
    """Write down a move, an end or a new name, as a reorganisation does, and fold it in."""
    event = OrganisationEvent.objects.create(
        organisation=organisation,
        kind=kind,
        happened_on=on,
        recorded_at=now(),
        data=({"parent": parent.pk} if parent else {}) | said,
        corrects=corrects,
    )
    actions.refold(organisation)
    tree.refresh([organisation.pk])
    return event


def told() -> Told:
    """Everything that was recorded of organisations."""
    events: Told = {}
    for event in OrganisationEvent.objects.order_by("happened_on", "pk"):
        events.setdefault(event.organisation_id, []).append(event)
    return events


def walk_up(events: Told, unit: int, day: date) -> list[int]:
    """At each step the superior last named on or before the day; topmost first, nothing where it had ended."""
    so_far = [e for e in events[unit] if e.happened_on <= day]
    if not so_far or so_far[-1].kind == "ended":
        return []
    parent = [e.data["parent"] for e in so_far if "parent" in e.data][-1]
    return [*(walk_up(events, parent, day) if parent else []), unit]

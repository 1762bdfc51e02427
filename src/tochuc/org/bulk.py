"""Folding many organisations at once: for a reorganisation, an import, and rebuilding what was folded."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

from tochuc.kernel.names import fold as fold_name
from tochuc.org import heirs, tree
from tochuc.org.folds import Shape, fold
from tochuc.org.models import Organisation, OrganisationEvent, OrganisationSpan, Succession

_BATCH = 2000
_LATEST = ("name", "short_name", "kind", "cell_kind", "since", "until", "fold")


def in_force(organisations: Iterable[Organisation]) -> list[OrganisationEvent]:
    """Their events that no other corrects, by organisation and in order of time."""
    events = OrganisationEvent.objects.filter(organisation__in=[o.pk for o in organisations])
    kept = events.filter(corrected_by=None).exclude(kind=OrganisationEvent.VOID)
    return list(kept.order_by("organisation_id", "happened_on", "pk"))


def refold_many(organisations: Collection[Organisation]) -> None:
    """Replace the spans, the successions and the latest state of these organisations by what their events say.

    One that is left without a founding keeps its names and has no day.
    """
    events = in_force(organisations)
    folded = {pk: fold(own) for pk, own in groupby(events, key=lambda e: e.organisation_id)}
    ids = [o.pk for o in organisations]
    OrganisationSpan.objects.filter(organisation__in=ids).delete()
    OrganisationSpan.objects.bulk_create(
        (_span(pk, shape) for pk, shapes in folded.items() for shape in shapes), batch_size=_BATCH
    )
    Succession.objects.filter(event__organisation__in=ids).delete()
    Succession.objects.bulk_create(
        (row for event in events for row in _successions(event)), batch_size=_BATCH, ignore_conflicts=True
    )
    for organisation in organisations:
        _show_latest(organisation, folded.get(organisation.pk, []))
    Organisation.objects.bulk_update(organisations, _LATEST, batch_size=_BATCH)


def restand(organisations: Collection[Organisation]) -> None:
    """Fold these organisations anew, and all that follows from them: the tree, and who answers for whom."""
    refold_many(organisations)
    tree.refresh([o.pk for o in organisations])
    heirs.refresh()


def _span(organisation: int, shape: Shape) -> OrganisationSpan:
    return OrganisationSpan(
        organisation_id=organisation,
        name=shape.name,
        short_name=shape.short_name,
        kind=shape.kind,
        cell_kind=shape.cell_kind,
        parent_id=shape.parent,
        since=shape.since,
        until=shape.until,
    )


def _successions(event: OrganisationEvent) -> Iterable[Succession]:
    own = event.organisation_id
    pairs = [(own, after) for after in event.data.get("successors", ())]
    pairs += [(before, own) for before in event.data.get("predecessors", ())]
    for before, after in pairs:
        yield Succession(
            predecessor_id=before,
            successor_id=after,
            on=event.happened_on,
            members=event.data.get("members_to") == after,
            reorganisation=event.data.get("reorganisation", ""),
            event=event,
        )


def _show_latest(organisation: Organisation, shapes: list[Shape]) -> None:
    if not shapes:
        organisation.until = organisation.since
        return
    last = shapes[-1]
    organisation.name, organisation.short_name = last.name, last.short_name
    organisation.kind, organisation.cell_kind = last.kind, last.cell_kind
    organisation.since, organisation.until = shapes[0].since, last.until
    organisation.fold = fold_name(last.name)

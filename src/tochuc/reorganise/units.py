"""Writing what happens to organisations: events in bulk, then one folding of spans, tree and succession."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tochuc.kernel.names import fold as fold_name
from tochuc.org import bulk
from tochuc.org.models import Organisation, OrganisationEvent
from tochuc.reorganise.changes import Change, Unit
from tochuc.reorganise.models import ORGANISATION
from tochuc.reorganise.run import Run

_NAMES, _KINDS = ("name", "short_name"), ("kind", "cell_kind")


def write(run: Run) -> None:
    """Found, change and end the organisations of a plan."""
    concerned = run.plan.named() | {above for c in run.changes.values() if (above := _above(c))}
    for organisation in Organisation.objects.filter(code__in=concerned | set(run.changes)):
        run.organisations[organisation.code] = organisation
    for code, change in run.changes.items():
        if change.founded and change.after is not None:
            run.organisations[code] = _opened(change.after, change, run)
    events = [event for change in run.changes.values() for event in _events(change, run)]
    OrganisationEvent.objects.bulk_create(events)
    changed = {event.organisation_id: event.organisation for event in events}
    bulk.restand(list(changed.values()))
    for code, change in run.changes.items():
        if run.organisations[code].pk in changed:
            run.touch(ORGANISATION, run.organisations[code].pk, _shown(change.before), _shown(change.after))


def _above(change: Change) -> str | None:
    return change.after.parent if change.after else None


def _opened(unit: Unit, change: Change, run: Run) -> Organisation:
    """The row of an organisation to be founded: a new one, or that of one whose founding was taken back."""
    organisation = run.organisations.get(unit.code) or Organisation(code=unit.code)
    organisation.name, organisation.short_name = unit.name, unit.short_name
    organisation.kind, organisation.cell_kind = unit.kind, unit.cell_kind
    organisation.since = organisation.until = run.day
    organisation.fold, organisation.symbol = fold_name(unit.name), change.symbol
    organisation.save()
    return organisation


def _events(change: Change, run: Run) -> list[OrganisationEvent]:
    before, after = change.before, change.after
    links = _links(change, run)
    if after is None:
        run.said[change.code] = _event(change.code, OrganisationEvent.ENDED, links, run)
        return [run.said[change.code]]
    above = run.organisations[after.parent].pk if after.parent else None
    if before is None:
        said = {key: getattr(after, key) for key in (*_NAMES, *_KINDS)} | {"parent": above}
        return [_event(change.code, OrganisationEvent.FOUNDED, said | links, run)]
    found = []
    if change.split is not None:
        run.said[change.code] = _event(change.code, OrganisationEvent.DIVIDED, links, run)
        found.append(run.said[change.code])
    for kind, keys in ((OrganisationEvent.RENAMED, _NAMES), (OrganisationEvent.CONVERTED, _KINDS)):
        new = {key: getattr(after, key) for key in keys if getattr(after, key) != getattr(before, key)}
        if new:
            found.append(_event(change.code, kind, new, run))
    if after.parent != before.parent:
        found.append(_event(change.code, OrganisationEvent.MOVED, {"parent": above}, run))
    return found


def _links(change: Change, run: Run) -> dict[str, Any]:
    links: dict[str, Any] = {}
    if change.successors:
        links["successors"] = [run.organisations[code].pk for code in change.successors]
    if change.members_to:
        links["members_to"] = run.organisations[change.members_to].pk
    if change.follows:
        links["predecessors"] = [run.organisations[code].pk for code in change.follows]
    return links


def _event(code: str, kind: str, said: dict[str, Any], run: Run) -> OrganisationEvent:
    decision = run.plan.decision
    presumed = sorted({one.presumed for one in run.changes[code].ground if one.presumed})
    data = said | {
        "reorganisation": run.reorganisation.ref,
        "decision": {"on": decision.on.isoformat(), "by": decision.by},
    }
    return OrganisationEvent(
        organisation=run.organisations[code],
        kind=kind,
        happened_on=run.day,
        recorded_at=run.at,
        recorded_by=run.by.account,
        decision=decision.number,
        data=data | ({"presumed": presumed} if presumed else {}),
    )


def _shown(unit: Unit | None) -> dict[str, Any] | None:
    """What a reader compares: name, kind and superior."""
    if unit is None:
        return None
    return {key: value for key, value in asdict(unit).items() if key in (*_NAMES, *_KINDS, "parent")}

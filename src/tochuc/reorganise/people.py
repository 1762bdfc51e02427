"""Where everyone goes whose organisation ends or is divided, and recording it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F, Q

from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.errors import DomainError, Refused, raise_all
from tochuc.kernel.known_dates import day_vn
from tochuc.members import bulk, following
from tochuc.members.folds import Contradiction, fold
from tochuc.members.models import MemberEvent, Membership, Movement, Person
from tochuc.reorganise import snapshot
from tochuc.reorganise.changes import Change
from tochuc.reorganise.plan import Plan
from tochuc.reorganise.run import Run
from tochuc.reorganise.splitting import assign, strangers

_BATCH = 2000
_SHOWN = 20


def destinations(plan: Plan, changes: Mapping[str, Change]) -> dict[int, tuple[str, str]]:
    """Who goes from where to where, by person id. Raises ``Refused`` where somebody would be left nowhere."""
    leaving = {code: change for code, change in changes.items() if change.receivers}
    standing = snapshot.standing_in(leaving, plan.day)
    errors = _came_later(plan, changes)
    goes: dict[int, tuple[str, str]] = {}
    for code, change in leaving.items():
        people = standing.get(code, [])
        if change.split is None:
            goes |= {one.id: (code, str(change.members_to)) for one in people}
            continue
        places, objections = assign(change.split, people, plan.where(change.split))
        errors += objections
        goes |= {person: (code, to) for person, to in places.items() if to != code}
    for split in {id(c.split): c.split for c in leaving.values() if c.split}.values():
        people = [one for code in split.of for one in standing.get(code, [])]
        errors += strangers(split, people, plan.where(split))
    raise_all(errors)
    return goes


def _came_later(plan: Plan, changes: Mapping[str, Change]) -> list[DomainError]:
    """What is already recorded to have brought people after the day into organisations that end on it."""
    ending = [code for code, change in changes.items() if change.ends]
    moves = (
        Movement.objects.filter(to_organisation__code__in=ending, on__gt=plan.day)
        .filter(~Q(from_organisation=F("to_organisation")) | Q(from_organisation=None))
        .select_related("person", "to_organisation")
        .order_by("on", "person__sort_key")
    )
    return [
        Refused(
            "came_later",
            f"{move.person.full_name} đã ghi đến {move.to_organisation.name} ngày {day_vn(move.on)}, "
            "khi tổ chức này không còn; hãy đính chính trước.",
            "operations",
        )
        for move in moves[:_SHOWN]
        if move.to_organisation
    ]


def write(run: Run) -> None:
    """Record everyone's going, and the posts left and taken, and fold these people anew."""
    left = [event for event in run.events if event.kind == "left_post"]
    took = [event for event in run.events if event.kind != "left_post"]
    ids = {code: organisation.pk for code, organisation in run.organisations.items()}
    moved = [
        following.reorganised(person, ids[frm], ids[to], run.said[frm], by=run.by.account, at=run.at)
        for person, (frm, to) in run.goes.items()
    ]
    MemberEvent.objects.bulk_create([*left, *moved, *took], batch_size=_BATCH)
    people = set(run.goes) | {event.person_id for event in run.events}
    refold(people, run.tell)
    _check_nobody_left(run)


def refold(people: set[int], tell: Tell = silent) -> None:
    """Fold these people anew; where that can't be, say for whom and why, all at once."""
    try:
        bulk.refold_many(people, tell)
    except Contradiction as first:
        raise_all(contradictions(people))
        raise first


def contradictions(people: set[int]) -> list[DomainError]:
    """What of these people's records can't have happened, one sentence each."""
    found: list[DomainError] = []
    for person in Person.objects.filter(pk__in=people).prefetch_related("events").order_by("sort_key"):
        try:
            fold(person.events.all())
        except Contradiction as contradiction:
            words = f"{person.full_name}: {contradiction.message}"
            found.append(Refused("contradiction", words, "operations"))
        if len(found) == _SHOWN:
            break
    return found


def _check_nobody_left(run: Run) -> None:
    """Nobody may stand where the plan ended an organisation, and everybody must stand where the plan says."""
    left = Membership.objects.filter(organisation__in=run.ended, until__gt=run.day)
    arrived = Membership.objects.on(run.day).filter(person__in=run.goes)
    stands = dict(arrived.values_list("person", "organisation__code"))
    astray = [person for person, (_, to) in run.goes.items() if stands.get(person) != to]
    if astray or left.exists():
        people = Person.objects.filter(Q(pk__in=astray) | Q(pk__in=left.values("person")))
        names = "; ".join(people.order_by("sort_key").values_list("full_name", flat=True)[:_SHOWN])
        raise Refused(
            "left_nowhere", f"Phương án để lại những người không có nơi sinh hoạt: {names}.", "operations"
        )

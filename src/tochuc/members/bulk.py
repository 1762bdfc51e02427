"""Folding many people at once: for imports, the demonstration, and rebuilding what was folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db import connection, transaction

from tochuc.jobs.progress import Tell, silent
from tochuc.members import following_up, totalling
from tochuc.members.folds import Folded, fold
from tochuc.members.models import Condition, Holds, MemberEvent, Membership, Movement, Person
from tochuc.org import tree

_BATCH = 2000
# So many at a time where somebody looks on, or may stop it.
_TOLD = 400
_STAND = """
    UPDATE members_person p SET standing = said.standing, home_id = said.home
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS said(id, standing, home)
    WHERE p.id = said.id AND (p.standing, p.home_id) IS DISTINCT FROM (said.standing, said.home)
"""
# A record that was merged is reached where the one that stays is.
_MERGED_FOLLOW = """
    UPDATE members_person gone SET home_id = kept.home_id FROM members_person kept
    WHERE kept.id = gone.merged_into_id AND gone.merged_into_id IS NOT NULL
      AND (kept.id = ANY(%s) OR gone.id = ANY(%s)) AND gone.home_id IS DISTINCT FROM kept.home_id
"""


def refold_many(people: Iterable[int], tell: Tell = silent) -> int:
    """Fold these people (by id) anew from their events; give how many were folded.

    Gives the same rows as ``actions.refold`` for each of them. Raises ``Contradiction`` and writes nothing
    when one person's events can't be.
    """
    ids = sorted(people)
    with transaction.atomic():
        step = _BATCH if tell is silent else _TOLD
        for start in range(0, len(ids), step):
            tell("người: đang ghi vào sổ", start, len(ids))
            _refold_batch(ids[start : start + step])
    return len(ids)


def _refold_batch(ids: list[int]) -> None:
    tree.hold_still()
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    with totalling.following(ids):
        _replace(ids)


def _replace(ids: list[int]) -> None:
    folded = dict(_folds(ids))
    for model in (Membership, Movement, Holds, Condition):
        model._default_manager.filter(person__in=ids).delete()
    Membership.objects.bulk_create(memberships(folded), batch_size=_BATCH)
    Movement.objects.bulk_create(movements(folded), batch_size=_BATCH)
    Holds.objects.bulk_create(holdings(folded), batch_size=_BATCH)
    Condition.objects.bulk_create(conditions(folded), batch_size=_BATCH)
    ones = [folded.get(person, Folded()) for person in ids]
    with connection.cursor() as cursor:
        cursor.execute(_STAND, [ids, [one.last.standing for one in ones], [one.home for one in ones]])
        cursor.execute(_MERGED_FOLLOW, [ids, ids])
    following_up.look_again(ids)


def _folds(ids: list[int]) -> Iterator[tuple[int, Folded]]:
    events = MemberEvent.objects.filter(person__in=ids).order_by("person_id", "id")
    for person, own in groupby(events, key=lambda e: e.person_id):
        yield person, fold(own)


def memberships(folded: dict[int, Folded]) -> Iterator[Membership]:
    """The membership rows of many people."""
    for person, one in folded.items():
        for s in one.places:
            yield Membership(
                person_id=person,
                organisation_id=s.organisation,
                standing=s.standing,
                since=s.since,
                until=s.until,
            )


def movements(folded: dict[int, Folded]) -> Iterator[Movement]:
    """The movement rows of many people."""
    for person, one in folded.items():
        for step in one.steps:
            yield Movement(
                person_id=person,
                event_id=step.event,
                on=step.on,
                from_on=step.from_on,
                reason=step.reason,
                from_organisation_id=step.frm.organisation,
                from_standing=step.frm.standing,
                to_organisation_id=step.to.organisation,
                to_standing=step.to.standing,
            )


def holdings(folded: dict[int, Folded]) -> Iterator[Holds]:
    """The rows of held posts of many people."""
    for person, one in folded.items():
        for h in one.held:
            yield Holds(person_id=person, post_id=h.post, since=h.since, until=h.until)


def conditions(folded: dict[int, Folded]) -> Iterator[Condition]:
    """The condition rows of many people."""
    for person, one in folded.items():
        for c in one.conditions:
            yield Condition(
                person_id=person,
                kind=c.kind,
                since=c.since,
                until=c.until,
                event_id=c.event,
                organisation_id=c.organisation,
                planned_until=c.planned,
            )

"""What is asked of each of many cases, looked up for all of them at once while one reads.

A list of those who wait for a step asks of each case where its person stands and what stands above: so many cases, so
many questions. Looked up beforehand, each of these questions finds its answer at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from tochuc.cases.asking import moves_with_papers, recorded
from tochuc.cases.models import Case, CaseMove
from tochuc.kernel.remembering import keep
from tochuc.members.models import MemberEvent, Membership
from tochuc.members.queries import events_in_force, membership_on
from tochuc.org.models import Under
from tochuc.org.queries import lines_above


def look_up_places(cases: Collection[Case], on: date) -> None:
    """Where the people of these cases stand on a day, and what stands above there."""
    people = {one.person_id: one.person for one in cases if one.person is not None}
    stays = {
        row.person_id: row
        for row in Membership.objects.on(on).filter(person__in=people).select_related("organisation")
    }
    for person in people.values():
        keep(membership_on, stays.get(person.pk), person, on)
    cells = {row.organisation_id: row.organisation for row in stays.values()}
    cells |= {one.organisation_id: one.organisation for one in cases}
    lines: defaultdict[int, list[Under]] = defaultdict(list)
    rows = Under.objects.on(on).filter(unit__in=cells).select_related("above")
    for row in rows.order_by("depth"):
        lines[row.unit_id].append(row)
    for pk, cell in cells.items():
        keep(lines_above, tuple(lines[pk]), cell, on)


def look_up_moves(cases: Collection[Case]) -> None:
    """What was recorded of these cases, and the entries in force of their people."""
    moves: defaultdict[int, list[CaseMove]] = defaultdict(list)
    by_id = {one.pk: one for one in cases}
    for move in moves_with_papers(CaseMove.objects.filter(case__in=by_id)):
        move.case = by_id[move.case_id]
        moves[move.case_id].append(move)
    for pk, case in by_id.items():
        keep(recorded, tuple(moves[pk]), case)
    people = {one.person_id: one.person for one in cases if one.person is not None}
    events: defaultdict[int, list[MemberEvent]] = defaultdict(list)
    rows = MemberEvent.objects.filter(person__in=people, corrected_by=None)
    for event in rows.order_by("happened_on", "id"):
        events[event.person_id].append(event)
    for person in people.values():
        for event in events[person.pk]:
            event.person = person
        keep(events_in_force, tuple(events[person.pk]), person)

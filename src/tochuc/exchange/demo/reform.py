"""The reorganisations of 2025 in the demonstration: the plans, and the district's later life in the new order.

The generator knows only the organisations of before. What happens after a plan's day is told of those that follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from typing import Any

from django.db.models import F

from tochuc.kernel.days import FOREVER
from tochuc.members import following
from tochuc.members.bulk import refold_many
from tochuc.members.folds import Contradiction, fold
from tochuc.members.models import MemberEvent, Membership
from tochuc.org.models import Organisation, Post, Succession
from tochuc.reorganise.files import read_plan
from tochuc.reorganise.plan import Dissolve, Merge, Plan, Split

# Above every number that the database has given so far.
_FIRST_TRIED = 10**15


def plans(until: date) -> list[Plan]:
    """The plans shipped with the demonstration that take effect by a day, in order of time."""
    found = []
    for entry in (files(__package__) / "data").iterdir():
        if entry.name.startswith("plan-"):
            with as_file(entry) as path:
                found.append(read_plan(path))
    return sorted((plan for plan in found if plan.day <= until), key=lambda plan: plan.day)


def last_days(wanted: Iterable[Plan]) -> dict[str, date]:
    """The last day of each organisation that one of the plans ends, by code."""
    return {
        code: plan.eve
        for plan in wanted
        for one in plan.operations
        if isinstance(one, Merge | Split | Dissolve)
        for code in one.of
    }


@dataclass
class _Tried:
    """An event as the fold reads it, before it is stored."""

    id: int
    kind: str
    happened_on: date
    organisation_id: int | None
    post_id: int | None
    data: dict[str, Any]
    corrects_id: int | None


class NewOrder:
    """What the generator tells of the days after a reorganisation, in the organisations that are there then.

    ``rows`` are the events stored so far by their place in the whole list. Left out is what can no longer be: a
    move between two cells that became one, a post that ended with its organisation.
    """

    def __init__(self, rows: Mapping[int, MemberEvent], people: Iterable[int]) -> None:
        self.rows = rows
        ended = Organisation.objects.filter(until__lt=FOREVER)
        self.ended: dict[int, date] = dict(ended.values_list("pk", "until"))
        self.followed: dict[int, list[int]] = {}
        pairs = Succession.objects.filter(predecessor__until=F("on")).order_by("predecessor", "successor")
        for before, after in pairs.values_list("predecessor", "successor"):
            self.followed.setdefault(before, []).append(after)
        self.posts: dict[int, date] = dict(Post.objects.filter(until__lt=FOREVER).values_list("pk", "until"))
        self.told: dict[int, list[Any]] = {}
        for event in MemberEvent.objects.filter(person__in=people).order_by("person", "pk"):
            self.told.setdefault(event.person_id, []).append(event)

    def take(self, place: int, row: MemberEvent, corrects: int | None) -> bool:
        """Fit one event to the new order; False where it can't be any more."""
        own = self.told.setdefault(row.person_id, [])
        if row.post_id is None and row.organisation_id is not None:
            row.organisation_id = self._place(row, own)
        elif row.post_id is not None and self._post_ended(row):
            return False
        wrong = self._number(corrects)
        if wrong not in {event.id for event in own}:
            wrong = None
        tried = _Tried(
            _FIRST_TRIED + place,
            row.kind,
            row.happened_on,
            row.organisation_id,
            row.post_id,
            row.data,
            wrong,
        )
        try:
            fold([*own, tried])
        except Contradiction:
            return False
        own.append(tried)
        return True

    def _number(self, place: int | None) -> int | None:
        """The number of the event at a place in the whole list: the database's, or the one it is tried with."""
        if place is None:
            return None
        return self.rows[place].pk if place in self.rows else _FIRST_TRIED + place

    def _post_ended(self, row: MemberEvent) -> bool:
        ends = self.posts.get(row.post_id or 0, FOREVER)
        return row.happened_on >= ends or (row.kind == "took_post" and ends < FOREVER)

    def _place(self, row: MemberEvent, own: list[Any]) -> int | None:
        """Where those of an organisation are on the event's day; of several that follow, one by the person."""
        if row.kind in {"admitted", "readmitted"}:
            here = fold(own).at(row.happened_on).organisation
            if here is not None:
                return here
        code = row.organisation_id
        while code in self.followed and self.ended[code] <= row.happened_on:
            after = self.followed[code]
            code = after[row.person_id % len(after)]
        return code


def take_along(people: Iterable[int]) -> None:
    """Take those along whose facts of the days before a plan were recorded after it, as an office does by hand."""
    concerned = set(people)
    while behind := list(following.left_behind(concerned)):
        MemberEvent.objects.bulk_create([_step(stay) for stay in behind])
        refold_many({stay.person_id for stay in behind})


def _step(stay: Membership) -> MemberEvent:
    went = Succession.objects.filter(predecessor=stay.organisation, on=stay.organisation.until)
    options = list(went.select_related("event").order_by("successor"))
    chosen = options[stay.person_id % len(options)]
    last = MemberEvent.objects.filter(person=stay.person_id).latest("recorded_at").recorded_at
    return following.reorganised(
        stay.person_id, stay.organisation_id, chosen.successor_id, chosen.event, by=None, at=last
    )

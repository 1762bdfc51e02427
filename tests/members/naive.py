"""The ledger as one would keep it with a pencil: replay each person's events, then count heads.

The oracle of the property tests. It shares nothing with the fold: corrections are written over the line they
correct, the table of what may follow what is its own, and every question replays everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

Spot = tuple[int, str] | None
"""A cell and the standing in it; None outside."""
Branch = Callable[[int, date], bool]
"""Whether a cell stands in the branch on a day."""

PARTY = ("probationary", "official")
ARRIVING = {"opening", "arrived", "sympathiser_listed", "admitted", "readmitted", "restored", "reconnected"}
BEGINS = {
    "exempted": "exempt",
    "sent_temporarily": "temporary",
    "suspended": "suspended",
    "went_abroad": "abroad",
    "papers_out": "papers",
}
ENDS = {
    "exemption_ended": "exempt",
    "temporary_ended": "temporary",
    "suspension_ended": "suspended",
    "abroad_ended": "abroad",
    "papers_returned": "papers",
}
LONGER = {"temporary_extended": "temporary", "suspension_extended": "suspended"}
STAYING = {"took_post", "left_post", *BEGINS, *ENDS, *LONGER}
MEMBERS_EXIT = {"left_for", "expelled", "removed", "departed", "admission_annulled"}
ROW = {
    "opening": "opening",
    "arrived": "transferred_in",
    "admitted": "admitted",
    "readmitted": "readmitted",
    "restored": "restored",
    "recognised": "recognised",
    "left_for": "transferred_out",
    "died": "deceased",
    "expelled": "expelled",
    "removed": "removed",
    "departed": "left",
    "admission_annulled": "annulled",
    "recognition_annulled": "unrecognised",
    "reconnected": "reconnected",
}


class Impossible(Exception):
    """An event that can't follow those before it."""


def in_force(events: Iterable[Any]) -> list[Any]:
    """The lines that stand, in order of days and then of the page."""
    page: list[Any] = []
    line_of: dict[int, int] = {}
    for event in sorted(events, key=lambda e: e.id):
        if event.corrects_id is None:
            page.append(event)
            line_of[event.id] = len(page) - 1
        else:
            line_of[event.id] = line_of[event.corrects_id]
            page[line_of[event.id]] = event if event.kind != "void" else None
    return sorted((line for line in page if line), key=lambda e: e.happened_on)


def replay(events: Iterable[Any]) -> Iterator[tuple[Any, Spot, Spot]]:
    """Each event in force with the spot before and after it; raises `Impossible`."""
    spot: Spot = None
    member_as, posts = "", set[int]()
    # What holds for a time, each with the cell that it names.
    meanwhile: dict[str, int | None] = {}
    for event in in_force(events):
        before, standing = spot, spot[1] if spot else ""
        kind, cell = event.kind, event.organisation_id
        if kind in ARRIVING:
            as_sympathiser = kind in {"admitted", "readmitted"} and standing == "sympathiser"
            _need(spot is None or as_sympathiser)
            _need(not (as_sympathiser and kind == "admitted") or spot == (cell, "sympathiser"))
            new = {"sympathiser_listed": "sympathiser", "restored": member_as, "reconnected": member_as}.get(
                kind, "probationary"
            )
            spot = cell, event.data["standing"] if kind in {"opening", "arrived"} else new
            _need(bool(spot[1]))
        elif kind == "transferred":
            _need(spot is not None and spot[0] != cell)
            spot = cell, standing
            meanwhile = {k: w for k, w in meanwhile.items() if k not in {"papers", "temporary"}}
        elif kind == "recognition_annulled":
            _need(standing == "official")
            spot = spot[0] if spot else 0, "probationary"
        elif kind == "recognised":
            _need(standing == "probationary")
            spot = spot[0] if spot else 0, "official"
        elif kind in {"died", "sympathiser_closed"} | MEMBERS_EXIT:
            _need(spot is not None)
            _need(kind != "sympathiser_closed" or standing == "sympathiser")
            _need(kind not in MEMBERS_EXIT or standing in PARTY)
            spot, meanwhile, posts = None, {}, set()
        elif kind in BEGINS or kind in ENDS or kind in LONGER:
            name = (BEGINS | ENDS | LONGER)[kind]
            _need(standing in PARTY or (name == "papers" and standing != ""))
            _need((name in meanwhile) != (kind in BEGINS))
            _need(kind not in BEGINS or cell is None or cell != (spot[0] if spot else None))
            if kind in BEGINS:
                meanwhile = meanwhile | {name: cell}
            elif kind in ENDS:
                meanwhile = {k: w for k, w in meanwhile.items() if k != name}
        elif kind == "took_post":
            _need(standing in PARTY and event.post_id not in posts)
            posts = posts | {event.post_id}
        # Nobody is on the way to where they are.
        meanwhile = {k: w for k, w in meanwhile.items() if w is None or not spot or w != spot[0]}
        member_as = spot[1] if spot and spot[1] in PARTY else member_as
        yield event, before, spot


def _need(possible: bool) -> None:
    if not possible:
        raise Impossible


def possible(events: Iterable[Any]) -> bool:
    """Whether one person's events can all have happened."""
    try:
        return bool(list(replay(events))) or True
    except Impossible:
        return False


def spot_on(events: Iterable[Any], day: date) -> Spot:
    """Where a person stands at the end of a day."""
    spot: Spot = None
    for event, _, after in replay(events):
        if event.happened_on <= day:
            spot = after
    return spot


def heads(people: Collection[Iterable[Any]], branch: Branch, day: date) -> Counter[str]:
    """Members by standing in a branch at the end of a day."""
    standings = (_standing_in(branch, spot_on(events, day), day) for events in people)
    return Counter(standing for standing in standings if standing)


def booked(
    people: Collection[Iterable[Any]], branch: Branch, first: date, last: date, turning: Collection[date] = ()
) -> dict[str, Counter[tuple[str, str]]]:
    """Increases, decreases and shifts of a branch as counters of (row of the form, standing).

    `turning`: the days on which the tree changed. Who stays in a cell that leaves or enters the branch then
    is counted as reorganised.
    """
    found = {side: Counter[tuple[str, str]]() for side in ("in", "out", "shift")}
    for events in people:
        moved_on: set[date] = set()
        for event, before, after in replay(events):
            if event.kind in STAYING:
                continue
            day = event.happened_on
            was = _standing_in(branch, before, day if day in moved_on else day - timedelta(days=1))
            moved_on.add(day)
            if first <= day <= last:
                _book(found, event.kind, was, _standing_in(branch, after, day))
        for day in {day for day in turning if first <= day <= last} - moved_on:
            spot = spot_on(events, day)
            was = _standing_in(branch, spot, day - timedelta(days=1))
            _book(found, "reorganisation", was, _standing_in(branch, spot, day))
    return found


def _standing_in(branch: Branch, spot: Spot, day: date) -> str:
    return spot[1] if spot and spot[1] in PARTY and branch(spot[0], day) else ""


def _book(found: dict[str, Counter[tuple[str, str]]], kind: str, was: str, is_now: str) -> None:
    two_ways = "reorganisation" if kind == "reorganisation" else "transferred"
    if was == is_now:
        return
    if was and is_now:
        found["shift"][ROW[kind], is_now] += 1
        found["shift"][ROW[kind], was] -= 1
    elif is_now:
        found["in"][ROW.get(kind, f"{two_ways}_in"), is_now] += 1
    else:
        found["out"][ROW.get(kind, f"{two_ways}_out"), was] += 1

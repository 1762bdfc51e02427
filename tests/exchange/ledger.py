"""A ledger small enough to be read at a glance, to hold the generated district against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from tochuc.exchange.demo.shapes import DemoDistrict, DemoEvent

Place = tuple[str, str] | None
MEMBER = ("probationary", "official")
LEAVING = {"died", "expelled", "removed", "departed", "left_for"}


class Impossible(AssertionError):
    """An event that can't follow those before it."""


@dataclass
class Course:
    """Where a person stood (None outside), step by step, and which posts they held."""

    steps: list[tuple[date, Place, Place]] = field(default_factory=list)
    held: list[tuple[str, date, date | None]] = field(default_factory=list)

    def at(self, day: date) -> Place:
        """Where the person stood at the end of a day."""
        return next((to for on, _, to in reversed(self.steps) if on <= day), None)

    def holds(self, day: date) -> list[str]:
        """The posts held on a day."""
        return [post for post, since, until in self.held if since <= day and (until is None or day < until)]


def by_person(district: DemoDistrict) -> Iterator[tuple[str, list[tuple[int, DemoEvent]]]]:
    """Each person's events with their places in the whole list."""
    numbered = enumerate(district.events)
    for person, events in groupby(numbered, key=lambda item: item[1].person):
        yield person, list(events)


def follow(events: Iterable[tuple[int, DemoEvent]]) -> Course:
    """What the events come to when corrected ones are left out; raises Impossible."""
    listed = list(events)
    corrected = {event.corrects for _, event in listed}
    course, place, before = Course(), None, None
    open_posts: dict[str, date] = {}
    valid = [(event.on, number, event) for number, event in listed if number not in corrected]
    for on, _, event in sorted(valid, key=lambda item: item[:2]):
        if event.kind == "took_post":
            _must(place is not None and place[1] == "official", event)
            _must(event.post is not None and event.post not in open_posts, event)
            open_posts[str(event.post)] = on
        elif event.kind == "left_post":
            _must(event.post in open_posts, event)
            course.held.append((str(event.post), open_posts.pop(str(event.post)), on))
        elif event.kind in {"exempted", "exemption_ended"}:
            _must(place is not None and place[1] in MEMBER, event)
        else:
            to = _next(event, place, before)
            _must(to is not None or not open_posts, event)
            course.steps.append((on, place, to))
            if to is None and place is not None and place[1] in MEMBER:
                before = place
            place = to
    course.held += [(post, since, None) for post, since in open_posts.items()]
    return course


def _next(event: DemoEvent, place: Place, before: Place) -> Place:
    kind, to = event.kind, event.organisation
    standing = place[1] if place else None
    if kind in {"opening", "arrived"}:
        _must(place is None and event.data["standing"] in MEMBER, event)
        return str(to), event.data["standing"]
    if kind == "sympathiser_listed":
        _must(place is None, event)
        return str(to), "sympathiser"
    if kind == "sympathiser_closed":
        _must(standing == "sympathiser", event)
        return None
    if kind in {"admitted", "readmitted"}:
        _must(place is None or (standing == "sympathiser" and place[0] == to), event)
        return str(to), "probationary"
    if kind == "recognised":
        _must(standing == "probationary", event)
        return str(place and place[0]), "official"
    if kind == "transferred":
        _must(place is not None and place[0] != to, event)
        return str(to), str(standing)
    if kind == "restored":
        _must(place is None and before is not None, event)
        return str(to), before[1] if before else ""
    _must(kind in LEAVING and standing in MEMBER, event)
    return None


def _must(possible: bool, event: DemoEvent) -> None:
    if not possible:
        raise Impossible(f"{event.person}: {event.kind} on {event.on}")

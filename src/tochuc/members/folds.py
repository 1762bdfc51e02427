"""Folding one person's events into spans and movements: pure, and the only place where this is decided.

An event that another one corrects is left out; the correcting one stands in its place. What the events say
must be possible step by step, or ``Contradiction`` names the first that isn't. Only what a reorganisation did
gives way: where a fact of the days before is recorded late, it applies to whoever it still fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Protocol

from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import Refused
from tochuc.members.conditions import BEGUN_BY, CONDITIONS, ENDED_BY, PROLONGED_BY, ConditionKind
from tochuc.members.kinds import (
    EVENT_KINDS,
    IN_PARTY,
    OUTSIDE,
    STANDINGS,
    SYMPATHISER,
    EventKind,
)


class Happening(Protocol):
    """What the fold reads of an event. ``id`` orders the events of one day as they were recorded."""

    id: int
    kind: str
    happened_on: date
    organisation_id: int | None
    post_id: int | None
    data: dict[str, Any]
    corrects_id: int | None


class Contradiction(Refused):
    """An event that can't have happened as recorded; ``field`` is the one to mend."""

    def __init__(self, code: str, message: str, happening: Happening, field: str = "on") -> None:
        super().__init__(code, message, field)
        self.happening = happening


@dataclass(frozen=True)
class Place:
    """An account of the ledger: an organisation and a standing in it; outside has no organisation."""

    organisation: int | None
    standing: str

    @property
    def in_party(self) -> bool:
        """Whether one who stands here is a Party member."""
        return self.standing in IN_PARTY


NOWHERE = Place(None, OUTSIDE)


@dataclass(frozen=True)
class PlaceSpan:
    """A person stands at this organisation, with this standing, from one day until another."""

    organisation: int
    standing: str
    since: date
    until: date


@dataclass(frozen=True)
class Step:
    """One movement of the ledger, by one event: from an account to another on a day.

    ``from_on`` is the last day at the account one comes from: the tree of that day says whose branch it
    was. It is the day before, or the day itself for a place one only passed through on that day.
    """

    on: date
    from_on: date
    event: int
    reason: str
    frm: Place
    to: Place


@dataclass(frozen=True)
class Held:
    """A post held from one day until another."""

    post: int
    since: date
    until: date


@dataclass(frozen=True)
class ConditionSpan:
    """A condition (exemption, suspension…) that holds from one day until another.

    ``event`` began it; ``organisation`` is the one of our records it names (host, destination); ``planned`` is
    the day it is to end by what was decided, the latest prolongation included.
    """

    kind: str
    since: date
    until: date
    event: int = 0
    organisation: int | None = None
    planned: date | None = None


@dataclass
class Folded:
    """Everything that one person's events come to."""

    places: list[PlaceSpan] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    conditions: list[ConditionSpan] = field(default_factory=list)

    @property
    def last(self) -> Place:
        """Where the person stands after all events."""
        return self.steps[-1].to if self.steps else NOWHERE

    @property
    def home(self) -> int | None:
        """The organisation where the person stands or stood last."""
        return self.last.organisation or (self.places[-1].organisation if self.places else None)

    def at(self, day: date) -> Place:
        """Where the person stands on a day."""
        for span in self.places:
            if span.since <= day < span.until:
                return Place(span.organisation, span.standing)
        return NOWHERE


def in_force(events: Iterable[Happening]) -> list[Happening]:
    """The events that no other corrects, in order of time.

    Those of one day come as they were recorded; a correction has the place of what it corrects.
    """
    events = list(events)
    corrects = {e.id: e.corrects_id for e in events if e.corrects_id is not None}
    corrected = set(corrects.values())
    kept = [e for e in events if e.id not in corrected and e.kind != "void"]
    return sorted(kept, key=lambda e: (e.happened_on, _first_recorded(e.id, corrects)))


def _first_recorded(event: int, corrects: dict[int, int]) -> int:
    while event in corrects:
        event = corrects[event]
    return event


def fold(events: Iterable[Happening]) -> Folded:
    """Fold one person's events; raise ``Contradiction`` at the first that can't be."""
    folder = _Folder()
    for event in in_force(events):
        folder.take(event)
    return folder.close()


class _Folder:
    def __init__(self) -> None:
        self.out = Folded()
        self.place = NOWHERE
        self.since: date | None = None
        self.last_in_party: Place | None = None
        self.posts: dict[int, date] = {}
        self.running: dict[str, ConditionSpan] = {}

    def take(self, event: Happening) -> None:
        kind = EVENT_KINDS[event.kind]
        if "reorganisation" in event.data and not self._still_fits(event):
            return
        self._check_standing(kind, event)
        if kind.noted:
            return
        if kind.code in {"took_post", "left_post"}:
            self._take_post(kind.code, event)
        elif kind.code in BEGUN_BY:
            self._begin(BEGUN_BY[kind.code], event)
        elif kind.code in PROLONGED_BY:
            self._prolong(PROLONGED_BY[kind.code], event)
        elif kind.code in ENDED_BY:
            self._running(ENDED_BY[kind.code], event)
            self._end(ENDED_BY[kind.code].code, event.happened_on)
        else:
            self._move(kind, event)

    def _check_standing(self, kind: EventKind, event: Happening) -> None:
        if self.place.standing not in kind.frm:
            raise Contradiction(
                "standing",
                f"Ngày {event.happened_on:%d/%m/%Y} không thể ghi «{kind.label}»: "
                f"lúc đó người này là {STANDINGS[self.place.standing].lower()}.",
                event,
            )
        if kind.place and event.organisation_id is None:
            raise Contradiction("no_organisation", f"«{kind.label}» cần nêu chi bộ.", event, "organisation")

    def _still_fits(self, event: Happening) -> bool:
        """Whether what a reorganisation did to everyone of an organisation, or of its posts, holds for this one."""
        if event.kind == "reorganised":
            return self.place.organisation == event.data["from"] != event.organisation_id
        if event.kind == "left_post":
            return event.post_id in self.posts
        return self.place.in_party and event.post_id not in self.posts

    def _move(self, kind: EventKind, event: Happening) -> None:
        target = self._target(kind, event)
        if kind.code == "transferred":
            self._check_other_place(target.organisation, event)
        if kind.code == "admitted" and self.place.standing == SYMPATHISER:
            self._check_own_cell(event)
        day = event.happened_on
        from_on = day if self.since == day else day - timedelta(days=1)
        self.out.steps.append(Step(day, from_on, event.id, kind.reason, self.place, target))
        self._leave(event.happened_on)
        self.place, self.since = target, event.happened_on
        if target.in_party:
            self.last_in_party = target
        elif not target.organisation:
            self._end_posts(event.happened_on)
        self._end_by_move(kind, event.happened_on)

    def _check_other_place(self, organisation: int | None, event: Happening) -> None:
        if organisation is not None and organisation == self.place.organisation:
            raise Contradiction(
                "same_place",
                "Nơi đến trùng với nơi đang sinh hoạt; hãy chọn chi bộ khác.",
                event,
                "organisation",
            )

    def _check_own_cell(self, event: Happening) -> None:
        if event.organisation_id != self.place.organisation:
            raise Contradiction(
                "other_cell",
                "Quần chúng này thuộc danh sách cảm tình đảng của chi bộ khác; "
                "hãy chuyển danh sách trước khi ghi kết nạp.",
                event,
                "organisation",
            )

    def _target(self, kind: EventKind, event: Happening) -> Place:
        if kind.to == OUTSIDE:
            return NOWHERE
        organisation = event.organisation_id if kind.place else self.place.organisation
        if kind.to is None:
            return Place(organisation, self.place.standing)
        if kind.to == "data":
            standing = event.data.get("standing")
            if standing not in IN_PARTY:
                raise Contradiction(
                    "no_standing", "Cần nêu là đảng viên dự bị hay chính thức.", event, "standing"
                )
            return Place(organisation, standing)
        if kind.to == "before":
            if self.last_in_party is None:
                raise Contradiction("never_member", "Người này chưa từng là đảng viên trong sổ.", event)
            return Place(organisation, self.last_in_party.standing)
        return Place(organisation, kind.to)

    def _leave(self, day: date) -> None:
        if self.place.organisation is not None and self.since is not None and self.since < day:
            span = PlaceSpan(self.place.organisation, self.place.standing, self.since, day)
            self.out.places.append(span)

    def _take_post(self, code: str, event: Happening) -> None:
        if event.post_id is None:
            raise Contradiction("no_post", "Cần nêu chức vụ.", event, "post")
        if code == "took_post":
            if event.post_id in self.posts:
                raise Contradiction(
                    "post_already_held", "Người này đã giữ chức vụ đó vào ngày nêu.", event, "post"
                )
            self.posts[event.post_id] = event.happened_on
            return
        since = self.posts.pop(event.post_id, None)
        if since is None:
            raise Contradiction(
                "post_not_held", "Người này không giữ chức vụ đó vào ngày nêu.", event, "post"
            )
        self._hold(event.post_id, since, event.happened_on)

    def _hold(self, post: int, since: date, until: date) -> None:
        if since < until:
            self.out.held.append(Held(post, since, until))

    def _end_posts(self, day: date) -> None:
        for post, since in self.posts.items():
            self._hold(post, since, day)
        self.posts = {}

    def _begin(self, condition: ConditionKind, event: Happening) -> None:
        open_one = self.running.get(condition.code)
        if open_one is not None and condition.renewed:
            self._end(condition.code, event.happened_on)
        elif open_one is not None:
            raise Contradiction(
                f"already_{condition.code}",
                f"Người này {condition.already} từ ngày {open_one.since:%d/%m/%Y}.",
                event,
            )
        self._check_other_place(event.organisation_id, event)
        self.running[condition.code] = ConditionSpan(
            condition.code,
            event.happened_on,
            FOREVER,
            event.id,
            event.organisation_id,
            _planned(event),
        )

    def _running(self, condition: ConditionKind, event: Happening) -> ConditionSpan:
        open_one = self.running.get(condition.code)
        if open_one is None:
            raise Contradiction(
                f"not_{condition.code}", f"Vào ngày nêu, người này {condition.absent}.", event
            )
        return open_one

    def _prolong(self, condition: ConditionKind, event: Happening) -> None:
        open_one = self._running(condition, event)
        self.running[condition.code] = replace(open_one, planned=_planned(event) or open_one.planned)

    def _end(self, code: str, day: date) -> None:
        open_one = self.running.pop(code)
        if open_one.since < day:
            self.out.conditions.append(replace(open_one, until=day))

    def _end_by_move(self, kind: EventKind, day: date) -> None:
        """End what a move ends: everything on leaving, what names the place one has come to, what is declared."""
        for code, open_one in list(self.running.items()):
            left = self.place.organisation is None
            arrived = open_one.organisation == self.place.organisation
            if left or arrived or kind.code in CONDITIONS[code].ended_by_moves:
                self._end(code, day)

    def close(self) -> Folded:
        self._leave(FOREVER)
        self._end_posts(FOREVER)
        for code in list(self.running):
            self._end(code, FOREVER)
        return self.out


def _planned(event: Happening) -> date | None:
    """Until when what the event begins or prolongs is to last, where that was decided."""
    until = event.data.get("until_on")
    return date.fromisoformat(until) if until else None


def known_at(events: Sequence[Any], moment: Any) -> list[Any]:
    """The events that had been recorded by a moment; a correction recorded later isn't known yet."""
    return [e for e in events if e.recorded_at <= moment]

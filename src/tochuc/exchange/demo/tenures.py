"""Who holds which post, and from when to when: chosen among official members of the cells concerned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.lives import Fact, Life, Stay, stays
from tochuc.exchange.demo.seats import Seat

_LEVELS = {"cell": 1, "commune": 2, "district": 3}
_REPLACED_AT_CONGRESS = 0.33


@dataclass(slots=True)
class Tenure:
    """A person in a post; ``until`` None while still in it."""

    seat: Seat
    life: Life
    since: date
    until: date | None
    reason: str = ""


def fill(seats: Iterable[Seat], lives: list[Life], rng: Random, today: date) -> list[Tenure]:
    """Fill all seats until today and write the facts into the lives; leave vacant what is meant to be."""
    chooser = _Chooser(lives, rng, today)
    tenures: dict[str, list[Tenure]] = {}
    mirrored = []
    for seat in seats:
        if seat.mirrors:
            mirrored.append(seat)
        else:
            tenures[seat.post.code] = chooser.fill(seat)
    for seat in mirrored:
        held = tenures.get(str(seat.mirrors), [])
        tenures[seat.post.code] = [Tenure(seat, t.life, t.since, t.until, t.reason) for t in held]
    found = [tenure for held in tenures.values() for tenure in held]
    _name_cast(found)
    _write(found)
    return found


class _Chooser:
    def __init__(self, lives: list[Life], rng: Random, today: date) -> None:
        self.rng, self.today = rng, today
        self.cast: dict[str, Any] = sources.settings("cast.yaml")
        self.by_cell: dict[str, list[Stay]] = defaultdict(list)
        for life in lives:
            for stay in stays(life):
                self.by_cell[stay.cell].append(stay)
        self.busy: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
        self.retirement: dict[str, int] = sources.settings("rates.yaml")["retirement"]

    def fill(self, seat: Seat) -> list[Tenure]:
        """The seat's holders in turn, from the post's first day until today."""
        pool = [stay for code in seat.pool for stay in self.by_cell.get(code, ())]
        closes = min(seat.post.until or date.max, self.today + timedelta(days=1))
        vacant_from = self.cast["vacancies"].get(seat.post.code, date.max)
        held: list[Tenure] = []
        day = seat.post.since
        while day < min(closes, vacant_from):
            stay = self._choose(seat, pool, day)
            if stay is None:
                day += timedelta(days=60)
                continue
            tenure, day = self._serve(seat, stay, day, vacant_from)
            held.append(tenure)
        return held

    def _serve(self, seat: Seat, stay: Stay, day: date, vacant_from: date) -> tuple[Tenure, date]:
        """The holder's time in the post, and the day on which the next may begin."""
        replaced = next(
            (c for c in seat.changes if day < c < stay.until and self.rng.random() < _REPLACED_AT_CONGRESS),
            date.max,
        )
        until = min(stay.until, replaced, vacant_from)
        reason = "Hết nhiệm kỳ" if until == replaced else "Nhận nhiệm vụ khác"
        if until == stay.until:
            reason = "Không còn sinh hoạt tại chi bộ"
        self.busy[id(stay.life)].append((seat.level, day, until))
        ended = until if until <= self.today else None
        higher = _LEVELS[seat.level] > _LEVELS.get(stay.life.leader_of, 0)
        stay.life.leader_of = seat.level if higher else stay.life.leader_of
        # A leading post of a committee is filled at once; others wait for the next meetings.
        at_once = until == replaced or (seat.leading and seat.level != "cell")
        gap = 0 if at_once else self.rng.randint(9, 50)
        following = until + timedelta(days=gap) if until < self.today else date.max
        return Tenure(seat, stay.life, day, ended, reason), following

    def _choose(self, seat: Seat, pool: list[Stay], day: date) -> Stay | None:
        fit = [stay for stay in pool if self._fits(seat, stay, day)]
        lasting = 900 if seat.leading else 240
        staying = [stay for stay in fit if stay.until > _later(day, lasting)]
        if staying or fit:
            return self.rng.choice(staying or fit)
        return None

    def _fits(self, seat: Seat, stay: Stay, day: date) -> bool:
        if not (stay.since <= day < stay.until and stay.official_from <= day < stay.exempt_from):
            return False
        age = stay.life.age(day)
        at_home = seat.level == "cell" and stay.life.origin.group == "home"
        highest = 72 if at_home else self.retirement[stay.life.gender] - (2 if seat.leading else 0)
        lowest = 33 if seat.leading and seat.level != "cell" else 26
        if not lowest <= age <= highest:
            return False
        return not any(
            level == seat.level and since <= day < until for level, since, until in self.busy[id(stay.life)]
        )


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _name_cast(tenures: list[Tenure]) -> None:
    """Give the present holders of a few posts the names that guides and texts use."""
    cast: dict[str, dict[str, str]] = sources.settings("cast.yaml")["posts"]
    for tenure in tenures:
        named = cast.get(tenure.seat.post.code)
        if named and tenure.until is None and not tenure.life.name:
            tenure.life.name, tenure.life.gender = named["name"], named["gender"]


def _write(tenures: list[Tenure]) -> None:
    touched = {id(tenure.life): tenure.life for tenure in tenures}
    for tenure in tenures:
        post = tenure.seat.post
        opening = tenure.life.facts[0].kind == "opening" and tenure.life.facts[0].on == tenure.since
        decided = None if opening else tenure.since
        tenure.life.add(
            Fact(
                tenure.since,
                "took_post",
                None,
                {},
                decided=decided,
                post=post.code,
                decider=_decider(tenure.seat),
            )
        )
        if tenure.until:
            tenure.life.add(Fact(tenure.until, "left_post", None, {"reason": tenure.reason}, post=post.code))
    for life in touched.values():
        life.in_order()


def _decider(seat: Seat) -> str:
    if seat.level == "cell":
        return "base"
    if seat.level == "commune" or seat.post.kind.startswith("board") or seat.post.kind == "chair_inspection":
        return "district"
    return "province"

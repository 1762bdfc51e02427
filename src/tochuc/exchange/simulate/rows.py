"""Lives as rows to copy: the events, and what folding them gives, which a test holds against the fold itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from tochuc.exchange.simulate.country import Country
from tochuc.exchange.simulate.lives import EVENTS_OF_ONE, Life, people_of
from tochuc.kernel.days import FOREVER
from tochuc.members.conditions import BEGUN_BY, ENDED_BY
from tochuc.members.kinds import EVENT_KINDS, OUTSIDE

# The fields each table is given, in this order; what else a table has gets its default.
FIELDS = {
    "person": (
        "id",
        "ref",
        "full_name",
        "fold",
        "sort_key",
        "gender",
        "birth_on",
        "card_number",
        "home",
        "standing",
    ),
    "event": (
        *("id", "person", "kind", "happened_on", "recorded_at", "organisation", "post"),
        *("decision_number", "decision_on", "decision_by", "data", "corrects"),
    ),
    "membership": ("person", "organisation", "standing", "since", "until"),
    "movement": (
        *("person", "event", "on", "from_on", "reason"),
        *("from_organisation", "from_standing", "to_organisation", "to_standing"),
    ),
    "holds": ("person", "post", "since", "until"),
    "condition": ("person", "kind", "since", "until", "event"),
}
_STILL = FOREVER.isoformat()
_NONE = "\\N"
_DECIDED = frozenset({"admitted", "recognised", "removed", "expelled", "departed"})


Written = dict[str, list[str]]
"""Rows of each table, as COPY takes them."""


def make(country: Country, communes: range, seed: int, until: int) -> Written:
    """The rows of everyone whose last cell is in these communes (from 0)."""
    return rows_of((life for n in communes for life in people_of(country, n, seed, until)), until)


def rows_of(lives: Iterable[Life], until: int) -> Written:
    """The rows of these lives; nothing was recorded after ``until``."""
    out: Written = {table: [] for table in FIELDS}
    for life in lives:
        _Writer(life, out, until).write()
    return out


class _Writer:
    """Writes one life: its events as recorded, its spans and movements in order of time."""

    def __init__(self, life: Life, out: dict[str, list[str]], until: int) -> None:
        self.life, self.out, self.until = life, out, until
        self.person = life.number + 1
        self.first_event = self.person * EVENTS_OF_ONE
        self.place: int | None = None
        self.standing = OUTSIDE
        self.since = 0
        self.posts: dict[int, int] = {}
        self.running: dict[str, tuple[int, int]] = {}

    def write(self) -> None:
        """All rows of this life."""
        life, counts = self.life, []
        corrected = {n - e.corrects for n, e in enumerate(life.events) if e.corrects}
        for n, event in enumerate(life.events):
            self._event(n)
            if n not in corrected:
                counts.append((event.day, n - event.corrects, n))
        home = None
        for day, _place, n in sorted(counts):
            self._take(day, n)
            home = self.place or home
        self._leave(None)
        self._end(None)
        number = f"{self.person:08d}"
        card = f"{number[:2]}.{number[2:]}" if life.official else ""
        self.out["person"].append(
            f"{self.person}\tsim{self.person}\t{life.name}\t{life.fold}\t{life.sort_key}\t{life.gender}\t"
            f"{iso(life.birth)}\t{card}\t{home}\t{self.standing}"
        )

    def _event(self, n: int) -> None:
        e = self.life.events[n]
        pk = self.first_event + n
        decided = (
            f"{pk % 900 + 1}-QĐ/ĐU\t{iso(e.day - 9)}\tBan Thường vụ" if e.kind in _DECIDED else "\t\\N\t"
        )
        recorded = min(e.day + 7 + pk % 23, self.until)
        corrects = pk - e.corrects if e.corrects else _NONE
        self.out["event"].append(
            f"{pk}\t{self.person}\t{e.kind}\t{iso(e.day)}\t{iso(recorded)} 08:00:00+07\t{e.organisation or _NONE}\t"
            f"{e.post or _NONE}\t{decided}\t{e.data}\t{corrects}"
        )

    def _take(self, day: int, n: int) -> None:
        e = self.life.events[n]
        if e.kind == "took_post":
            self.posts[e.post or 0] = day
        elif e.kind == "left_post":
            self._held(e.post or 0, self.posts.pop(e.post or 0), day)
        elif e.kind in BEGUN_BY:
            self.running[BEGUN_BY[e.kind].code] = (day, n)
        elif e.kind in ENDED_BY:
            self._over(ENDED_BY[e.kind].code, day)
        else:
            self._move(day, n)

    def _move(self, day: int, n: int) -> None:
        e, kind = self.life.events[n], EVENT_KINDS[self.life.events[n].kind]
        place, standing = self.place, e.standing or kind.to or self.standing
        place = None if standing == OUTSIDE else e.organisation or place
        self.out["movement"].append(
            f"{self.person}\t{self.first_event + n}\t{iso(day)}\t{iso(day - 1)}\t{kind.reason}\t"
            f"{self.place or _NONE}\t{self.standing}\t{place or _NONE}\t{standing}"
        )
        self._leave(day)
        self.place, self.standing, self.since = place, standing, day
        if place is None:
            self._end(day)

    def _leave(self, day: int | None) -> None:
        if self.place is not None:
            until = iso(day) if day else _STILL
            self.out["membership"].append(
                f"{self.person}\t{self.place}\t{self.standing}\t{iso(self.since)}\t{until}"
            )

    def _end(self, day: int | None) -> None:
        for post, since in self.posts.items():
            self._held(post, since, day)
        self.posts = {}
        for code in list(self.running):
            self._over(code, day)

    def _over(self, code: str, day: int | None) -> None:
        since, n = self.running.pop(code)
        until = iso(day) if day else _STILL
        self.out["condition"].append(f"{self.person}\t{code}\t{iso(since)}\t{until}\t{self.first_event + n}")

    def _held(self, post: int, since: int, until: int | None) -> None:
        last = iso(until) if until else _STILL
        self.out["holds"].append(f"{self.person}\t{post}\t{iso(since)}\t{last}")


@cache
def iso(day: int) -> str:
    """The day of an ordinal, as the database reads it."""
    return date.fromordinal(day).isoformat()

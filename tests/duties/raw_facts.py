"""The due list worked out from raw facts alone: rows of events read as they were written, numbers of the rule files.

It shares nothing with the providers, the folds, the tree or the gate: a second opinion, slow and plain. What it says of
a day is a set of (kind, whom it is about, day due).
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import connection

import tochuc.rules

PARAMS = Path(tochuc.rules.__file__).parent / "params"
# Days off besides weekends, and weekend days worked, as the yearly decisions had them.
OFF = {
    *(date(2023, 1, 2) + timedelta(days=n) for n in range(1)),
    *(date(2023, 1, 20) + timedelta(days=n) for n in range(7)),
    *(date(2023, 4, 29) + timedelta(days=n) for n in range(5)),
    *(date(2023, 9, 1) + timedelta(days=n) for n in range(4)),
    date(2022, 4, 11),
    date(2022, 5, 2),
    date(2022, 5, 3),
    date(2022, 9, 1),
    date(2022, 9, 2),
    date(2024, 1, 1),
    *(date(2024, 2, 8) + timedelta(days=n) for n in range(7)),
    date(2024, 4, 18),
    date(2024, 4, 29),
    date(2024, 4, 30),
    date(2024, 5, 1),
    date(2024, 9, 2),
    date(2024, 9, 3),
    date(2025, 1, 1),
    *(date(2025, 1, 25) + timedelta(days=n) for n in range(9)),
}
WORKED = {date(2024, 5, 4)}
CELLS = {"cell", "grassroots_cell"}
SEATS = (
    "secretary",
    "standing_deputy_secretary",
    "deputy_secretary",
    "standing_committee_member",
    "committee_member",
)
LEADING = {"secretary", "board_head"}
BEGINS = {
    "exempted": "exempt",
    "sent_temporarily": "temporary",
    "suspended": "suspended",
    "went_abroad": "abroad",
    "papers_out": "in_transfer",
}
ENDS = {
    "exemption_ended": "exempt",
    "temporary_ended": "temporary",
    "suspension_ended": "suspended",
    "abroad_ended": "abroad",
    "papers_returned": "in_transfer",
}
PROLONGS = {"temporary_extended": "temporary", "suspension_extended": "suspended"}
LEAVES = {"died", "expelled", "removed", "departed", "left_for", "admission_annulled", "sympathiser_closed"}

Due = tuple[str, str, date]


def waiting(kind: str) -> str:
    """The kind as the list of a day has it where no rule sets a day: it waits, since the day that stands there."""
    return f"{kind}, waiting"


@cache
def _read(rule: str) -> dict[str, Any]:
    path = PARAMS / f"{rule.replace('.', '/')}.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def value(rule: str, on: date) -> tuple[Any, str] | None:
    """What a rule file says on a day, with its unit."""
    said = _read(rule)
    found = None
    for one in said["values"]:
        if one["from"] <= on:
            found = one["value"], one.get("unit", said["unit"])
    return found


def later(day: date, rule: str, on: date) -> date | None:
    """The day on which a limit ends that runs from ``day``; by the rule in force ``on``."""
    said = value(rule, on)
    if said is None:
        return None
    number, unit = said
    if unit == "working_days":
        for _ in range(number):
            day += timedelta(days=1)
            while day in OFF or (day.weekday() > 4 and day not in WORKED):
                day += timedelta(days=1)
        return day
    if unit == "days":
        return day + timedelta(days=number)
    months = number * (12 if unit == "years" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass
class Course:
    """One person as the events tell: where they stand, with what, since when."""

    person: int
    home: int | None = None
    standing: str = "outside"
    before: str = "official"
    began: date | None = None
    decided: date | None = None
    left: bool = False
    running: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: dict[int, date] = field(default_factory=dict)

    @property
    def member(self) -> bool:
        return self.standing in {"official", "probationary"}


class RawFacts:
    """Everything recorded by now, read row by row."""

    def __init__(self, top: str) -> None:
        self.orgs = {one["id"]: one for one in rows("SELECT id, code FROM org_organisation")}
        self._found: dict[int, set[int]] = {}
        self._organisations()
        top_id = next(pk for pk, one in self.orgs.items() if one["code"] == top)
        self.branch = self.below(top_id)
        self.posts = {
            one["id"]: one
            for one in rows("SELECT id, organisation_id, kind, title, since, until FROM org_post")
        }
        self.ended_at: dict[int, list[date]] = defaultdict(list)
        # What a running case began ends by a step of that case.
        by_case = rows(
            "SELECT m.event_id FROM cases_casemove m JOIN cases_case c ON c.id = m.case_id "
            "WHERE m.event_id IS NOT NULL AND c.closed_on IS NULL"
        )
        self.in_cases = {one["event_id"] for one in by_case}
        self.people = self._people()
        self.code = {pk: one["code"] for pk, one in self.orgs.items()}

    def _organisations(self) -> None:
        events = rows(
            "SELECT id, organisation_id, kind, happened_on, data, corrects_id FROM org_organisationevent ORDER BY happened_on, id"
        )
        gone = {one["corrects_id"] for one in events}
        self.congress: dict[int, date] = {}
        for one in events:
            if one["id"] in gone:
                continue
            org, data = self.orgs[one["organisation_id"]], one["data"]
            if one["kind"] in {"founded", "moved", "converted", "renamed"}:
                org |= {key: data[key] for key in ("kind", "parent") if key in data}
                org["alive"] = True
            elif one["kind"] == "ended":
                org["alive"] = False
            elif one["kind"] == "congress":
                self.congress[one["organisation_id"]] = one["happened_on"]

    def below(self, top: int) -> set[int]:
        """An organisation and all that stand under it."""
        if top in self._found:
            return self._found[top]
        found, edge = {top}, {top}
        while edge:
            edge = {
                pk for pk, one in self.orgs.items() if one.get("parent") in edge and one.get("alive")
            } - found
            found |= edge
        self._found[top] = found
        return found

    def _people(self) -> dict[int, Course]:
        events = rows(
            "SELECT id, person_id, kind, happened_on, organisation_id, post_id, decision_on, data, corrects_id "
            "FROM members_memberevent WHERE person_id IN (SELECT id FROM members_person WHERE home_id = ANY(%s)) "
            "ORDER BY happened_on, id",
            [sorted(self.branch)],
        )
        gone = {one["corrects_id"] for one in events}
        people: dict[int, Course] = {}
        for one in events:
            if one["id"] not in gone and one["kind"] != "void":
                self._take(people.setdefault(one["person_id"], Course(one["person_id"])), one)
        return people

    def _take(self, who: Course, event: dict[str, Any]) -> None:
        kind, on, data = event["kind"], event["happened_on"], event["data"]
        if kind in {"opening", "arrived"}:
            who.home, who.standing = event["organisation_id"], data["standing"]
            said = data.get("admitted_on")
            who.began = date.fromisoformat(said) if said else who.began
            since = data.get("party_age_from") or said
            who.decided = date.fromisoformat(since) if since else who.decided
        elif kind in {"admitted", "readmitted"}:
            who.home, who.standing, who.began = event["organisation_id"], "probationary", on
            who.decided = who.decided or event["decision_on"] or on
        elif kind == "sympathiser_listed":
            who.home, who.standing = event["organisation_id"], "sympathiser"
        elif kind == "recognised":
            who.standing = "official"
        elif kind in {"transferred", "reorganised"}:
            who.home = event["organisation_id"]
        elif kind in {"restored", "reconnected"}:
            who.home, who.standing = event["organisation_id"], who.before
        elif kind in LEAVES:
            who.before, who.standing = who.standing, "outside"
            for post in who.posts:
                self.ended_at[post].append(on)
            who.posts = {}
        elif kind == "took_post":
            who.posts[event["post_id"]] = on
        elif kind == "left_post":
            if who.posts.pop(event["post_id"], None):
                self.ended_at[event["post_id"]].append(on)
        elif kind in BEGINS:
            who.running[BEGINS[kind]] = {"event": event, "until": data.get("until_on")}
        elif kind in PROLONGS:
            who.running[PROLONGS[kind]]["until"] = data["until_on"]
        elif kind in ENDS:
            who.running.pop(ENDS[kind])
        if kind in {"transferred", "left_for"}:
            who.running.pop("temporary", None)
            who.running.pop("in_transfer", None)
        if kind in LEAVES:
            who.running = {}


def rows(sql: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a table as they were written."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [one.name for one in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for one in found:
        if isinstance(one.get("data"), str):
            one["data"] = json.loads(one["data"])
    return found


def expected(facts: RawFacts, role: str, place: int, today: date) -> set[Due]:
    """What somebody with this role at this organisation has to see to on a day."""
    reach = {place} if role == "cell_secretary" else facts.below(place)
    arranges = role != "cell_secretary"
    found = _recognitions(facts, reach, today) | _times(facts, reach, today) | _terms(facts, reach, today)
    found |= _committees(facts, reach, today)
    if arranges:
        found |= _sizes(facts, reach, today) | _empty_posts(facts, reach)
    return found


def _recognitions(facts: RawFacts, reach: set[int], today: date) -> set[Due]:
    """Probation is twelve months from the ceremony; the cell considers within the limit after that; seen 60 days ahead."""
    found = set()
    for who in facts.people.values():
        if who.standing == "probationary" and who.home in reach and who.began:
            ends = later(who.began, "probation.length", who.began)
            if ends and ends <= today + timedelta(days=60):
                due = later(ends, "probation.recognise_cell_deadline", ends)
                assert due is not None
                found.add(("recognition", f"p{who.person}", due))
    return found


def _times(facts: RawFacts, reach: set[int], today: date) -> set[Due]:
    """Members on the way: for the side they go to, and once late for their own; times that end within 30 days."""
    found = set()
    for who in facts.people.values():
        for kind, one in who.running.items():
            event = one["event"]
            if event["id"] in facts.in_cases:
                continue
            to = event["organisation_id"] if kind == "in_transfer" else None
            limit = later(event["happened_on"], "transfer.present_deadline", event["happened_on"])
            if to in reach:
                assert limit is not None
                found.add(("arrival", f"p{who.person}", limit))
            elif who.home in reach and one["until"]:
                until = date.fromisoformat(one["until"])
                if until <= today + timedelta(days=30):
                    found.add(("condition", f"p{who.person}", until))
            elif who.home in reach and kind == "in_transfer" and limit and limit < today:
                found.add(("condition", f"p{who.person}", limit))
    return found


def _heads(facts: RawFacts) -> tuple[Counter[int], Counter[int]]:
    members = [who for who in facts.people.values() if who.member and who.home]
    every = Counter(who.home for who in members)
    return every, Counter(who.home for who in members if who.standing == "official")  # type: ignore[return-value]


def _alive(facts: RawFacts, reach: set[int]) -> list[tuple[int, str]]:
    return [(pk, facts.orgs[pk]["kind"]) for pk in reach if facts.orgs[pk].get("alive")]


def _number(rule: str, on: date) -> int:
    said = value(rule, on)
    assert said is not None
    return int(said[0])


def _sizes(facts: RawFacts, reach: set[int], today: date) -> set[Due]:
    every, official = _heads(facts)
    least = _number("organisation.cell_min_official_members", today)
    enough = _number("organisation.grassroots_committee_min", today)
    found = set()
    for pk, kind in _alive(facts, reach):
        members = sum(every[one] for one in facts.below(pk))
        small = kind in CELLS and official[pk] < least
        grown = kind == "grassroots_cell" and members >= enough
        shrunk = kind == "grassroots_committee" and 0 < members < enough
        if small or grown or shrunk:
            found.add(("organisation_size", facts.code[pk], today))
    return found


def _committees(facts: RawFacts, reach: set[int], today: date) -> set[Due]:
    _, official = _heads(facts)
    seats: dict[int, Counter[str]] = defaultdict(Counter)
    for who in facts.people.values():
        for post, n in Counter(who.posts).items():
            assert n
            if facts.posts[post]["kind"] in SEATS:
                seats[facts.posts[post]["organisation_id"]][facts.posts[post]["kind"]] += 1
    found = set()
    for pk, kind in _alive(facts, reach):
        own = seats[pk]
        if kind in CELLS:
            alone = own.total() == own["secretary"] == 1
            deputies = own["standing_deputy_secretary"] + own["deputy_secretary"]
            if (
                (alone and official[pk] >= _number("organisation.cell_committee_min_members", today))
                or own.total() > _number("organisation.cell_committee_max", today)
                or deputies > _number("organisation.cell_deputies", today)
            ):
                found.add(("organisation_committee", facts.code[pk], today))
    return found


def _terms(facts: RawFacts, reach: set[int], today: date) -> set[Due]:
    rules = {"cell": "organisation.term_cell"}
    rules |= dict.fromkeys(("grassroots_cell", "grassroots_committee"), "organisation.term_grassroots")
    found = set()
    for pk, kind in _alive(facts, reach):
        held = facts.congress.get(pk)
        if held and kind in rules:
            ends = later(held, rules[kind], held)
            if ends and ends <= today + timedelta(days=120):
                found.add(("organisation_term", facts.code[pk], ends))
    return found


def _empty_posts(facts: RawFacts, reach: set[int]) -> set[Due]:
    held = {post for who in facts.people.values() for post in who.posts}
    found = set()
    for pk, post in facts.posts.items():
        where = post["organisation_id"]
        leads = post["kind"] in LEADING and post["until"].year == 9999
        if leads and where in reach and pk not in held and facts.orgs[where].get("alive"):
            since = max([post["since"], *facts.ended_at[pk]])
            found.add((waiting("organisation_post"), facts.code[where], since))
    return found


def badges(facts: RawFacts, reach: set[int], today: date, until: date) -> set[Due]:
    """Years of Party age that are full on a coming day, of official members."""
    said = value("badge.years", today)
    assert said is not None
    found = set()
    for who in facts.people.values():
        if who.standing == "official" and who.home in reach and who.decided:
            for years in said[0]:
                year = who.decided.year + years
                day = date(
                    year, who.decided.month, min(who.decided.day, monthrange(year, who.decided.month)[1])
                )
                if today <= day <= until:
                    found.add(("badge_years", f"p{who.person}", day))
    return found

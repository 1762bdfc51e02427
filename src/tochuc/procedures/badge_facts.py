"""What the record says of a member for a badge: when the years are full, which badges were given, discipline, death."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members.badges import awarded, mark_day
from tochuc.members.facts import rows_of
from tochuc.members.kinds import DISCIPLINES
from tochuc.members.models import MemberEvent, Person
from tochuc.members.queries import events_in_force
from tochuc.procedures.record_facts import member_case_facts


def badge_facts(case: Case, on: date) -> dict[str, Any]:
    """The facts of the member, and those of the badge that the case is about."""
    facts = member_case_facts(case, on)
    person, years = case.person, case.answers.get("years")
    if person is None:
        return facts
    events = [event for event in in_force(person) if event.happened_on <= on]
    died = next((event.happened_on for event in events if event.kind == "died"), None)
    facts |= {
        "died_on": died,
        "awarded": awarded(events),
        "disciplines": Later(lambda: [*disciplines(person), *decided(events)]),
        "card_number": person.card_number,
    }
    if years:
        facts["reached_on"] = mark_day(events, int(years), on)
    return facts


def in_force(person: Person) -> list[MemberEvent]:
    """A person's events that no other corrects, in order of time."""
    return [one for one in events_in_force(person) if one.kind != "void"]


def decided(events: list[MemberEvent]) -> list[tuple[str, date]]:
    """The forms of discipline that the ledger holds, each with the day of its decision."""
    return [
        (DISCIPLINES[str(event.data["form"])], event.decision_on or event.happened_on)
        for event in events
        if event.kind == "disciplined"
    ]


def disciplines(person: Person) -> list[tuple[str, date]]:
    """The forms of discipline written in the record's own table, each with the day of its decision."""
    found = []
    for row in rows_of(person.facts.filter(field="discipline"), "discipline"):
        value = row.value or {}
        try:
            found.append((str(value["what"]), parse_known_date(str(value["on"])).first))
        except (DomainError, KeyError):
            continue
    return found

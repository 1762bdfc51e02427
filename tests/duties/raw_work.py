"""The rest of the due list from raw facts: monthly work of cells, months of absence, tasks, steps of cases."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from duties.raw_facts import CELLS, Due, RawFacts, later, rows, value


def expected_work(facts: RawFacts, role: str, place: int, today: date) -> set[Due]:
    """What somebody with this role at this organisation has to see to besides what the record of members makes due."""
    found = _dues(facts, role, place, today) | _papers(facts, role, place, today)
    if role == "cell_secretary":
        found |= _meetings(facts, place, today) | _absences(facts, place, today)
    if role in {"cell_secretary", "commune_secretary"}:
        found |= _tasks(place)
    return found


def _month(day: date, away: int) -> date:
    """The first day of a month so many away."""
    n = day.year * 12 + day.month - 1 + away
    return date(n // 12, n % 12 + 1, 1)


def _last(day: date) -> date:
    return _month(day, 1) - timedelta(days=1)


def _dues(facts: RawFacts, role: str, place: int, today: date) -> set[Due]:
    """Nobody recorded any: the cell is asked for last month, those above for each unit with members below them."""
    if role == "cell_secretary":
        return {("dues", facts.code[place], _last(today))}
    month = _month(today, -1)
    stays = rows(
        "SELECT DISTINCT organisation_id FROM members_membership WHERE since <= %s AND until > %s "
        "AND standing IN ('official', 'probationary')",
        [month, month],
    )
    peopled = {one["organisation_id"] for one in stays}
    below = [pk for pk, one in facts.orgs.items() if one.get("parent") == place and one.get("alive")]
    return {
        ("dues", facts.code[pk], _last(today))
        for pk in below
        if facts.orgs[pk]["kind"] != "board"
        and any(cell in peopled and facts.orgs[cell]["kind"] in CELLS for cell in facts.below(pk))
    }


def _meetings(facts: RawFacts, cell: int, today: date) -> set[Due]:
    """A month that ended without a regular meeting."""
    month = _month(today, -1)
    held = rows(
        "SELECT held_on FROM meetings_meeting WHERE organisation_id = %s AND kind = 'regular' AND withdrawn_at IS NULL",
        [cell],
    )
    if any(month <= one["held_on"] <= _last(month) for one in held):
        return set()
    return {("meeting", facts.code[cell], _last(today))}


def _absences(facts: RawFacts, cell: int, today: date) -> set[Due]:
    """As many months of a year without reason as the rule names, unless a removal already runs."""
    running = {
        one["person_id"]
        for one in rows("SELECT person_id FROM cases_case WHERE procedure = 'removal' AND closed_on IS NULL")
    }
    months: dict[tuple[int, int], set[date]] = defaultdict(set)
    there: set[tuple[int, date]] = set()
    attended = rows(
        "SELECT a.person_id, a.state, m.held_on FROM meetings_attendance a JOIN meetings_meeting m ON m.id = a.meeting_id "
        "WHERE m.withdrawn_at IS NULL AND m.held_on <= %s",
        [today],
    )
    for one in attended:
        month = _month(one["held_on"], 0)
        if one["state"] == "absent":
            months[one["person_id"], month.year].add(month)
        else:
            there.add((one["person_id"], month))
    said = value("removal.absence_months", today)
    assert said is not None
    found = set()
    for (person, year), own in months.items():
        counted = sorted(month for month in own if (person, month) not in there)
        who = facts.people[person]
        here = who.home == cell and who.member and person not in running
        if here and year in {today.year, today.year - 1} and len(counted) >= said[0]:
            found.add(("lapse", f"p{person}", _last(_month(counted[-1], 1))))
    return found


def _tasks(place: int) -> set[Due]:
    """Tasks given by issued conclusions, not done."""
    given = rows(
        "SELECT ref::text AS ref, due_on FROM programme_taskassignment WHERE organisation_id = %s AND issued "
        "AND continued_in_id IS NULL AND status <> 'done'",
        [place],
    )
    return {("task", one["ref"], one["due_on"]) for one in given}


def _papers(facts: RawFacts, role: str, place: int, today: date) -> set[Due]:
    """Papers of those who wish to join that lapse, seen their lead time before: the certificate of the course until the
    decision; the file until the cell has resolved, once its vote is open that carries the day itself.
    """
    reach = {place} if role == "cell_secretary" else facts.below(place)
    running = rows(
        "SELECT id, person_id, organisation_id FROM cases_case WHERE closed_on IS NULL "
        "AND procedure IN ('admission', 'readmission')"
    )
    taken = rows(
        "SELECT id, case_id, step, outcome, happened_on, answers AS data, takes_back_id FROM cases_casemove "
        "ORDER BY happened_on, id"
    )
    gone = {one["takes_back_id"] for one in taken}
    found = set[Due]()
    for case in running:
        steps = [
            one
            for one in taken
            if one["case_id"] == case["id"] and one["id"] not in gone and one["takes_back_id"] is None
        ]
        done = {one["step"]: one["outcome"] for one in steps}
        issued = [
            date.fromisoformat(one["data"]["issued_on"])
            for one in steps
            if one["step"] in {"course", "course_again"}
        ]
        applied = [one["happened_on"] for one in steps if one["step"] in {"apply", "renew"}]
        resolved = done.get("resolve", "short") != "short"
        examined = done.get("verify") == "qualified" or done.get("conclude") == "clear"
        votes = examined and {"introduce", "opinions"} <= set(done)
        made = {
            "certificate": [] if {"decide", "decide_base"} & set(done) else issued,
            "file": [] if resolved or votes else applied,
        }
        for paper, days in made.items():
            ends = later(max(days), f"admission.{paper}_validity", max(days)) if days else None
            lead = value(f"admission.{paper}_reminder", today)
            if ends and lead and case["organisation_id"] in reach and ends <= today + timedelta(days=lead[0]):
                found.add(("paper_lapse", f"p{case['person_id']}", ends))
    return found

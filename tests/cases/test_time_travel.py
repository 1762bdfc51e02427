"""One case opened under the older regulation and one under the newer: other days, places and forms, as the packs say.

The packs are read here from their YAML alone, and days are counted one by one, so that nothing of the rules engine
vouches for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
import pytest
import yaml

import tochuc.rules
from cast import Cast
from tochuc.cases import actions
from tochuc.cases.asking import ask_for, form_titles, told
from tochuc.cases.clocks import Answered, ByRule, Fact, Latest, Since
from tochuc.cases.declare import Move, Procedure, Step
from tochuc.cases.engine import due_of
from tochuc.cases.models import Case
from tochuc.cases.registry import of_case

PACKS = Path(tochuc.rules.__file__).parent
TODAY = date(2027, 12, 1)
OLDER, NEWER = date(2023, 3, 1), date(2026, 8, 3)
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "admission": ("sympathiser_a1", {"route": "members"}),
    "recognition": ("probation_a1", {}),
    "transfer": ("member_a1", {"reason": "work", "effective_on": "", "destination": "Đảng bộ tỉnh bạn"}),
    "removal": ("other_a1", {"ground": "card"}),
}


def written(rule_id: str, on: date) -> dict[str, Any] | None:
    """The value of a rule on a day, as its file has it; its unit with it."""
    pack = yaml.safe_load((PACKS / "params" / f"{rule_id.replace('.', '/')}.yaml").read_text("utf-8"))
    said = [one for one in pack["values"] if one["from"] <= on]
    return {"unit": pack["unit"], **said[-1]} if said else None


def forms_written(on: date) -> dict[str, str]:
    """Every form by our id, with its title in the edition in force that day, or the first one coming."""
    rows = yaml.safe_load((PACKS / "tables" / "forms.yaml").read_text("utf-8"))
    found = {}
    for row in rows:
        editions = [one for one in row["editions"] if one["from"] <= on] or row["editions"][:1]
        found[row["id"]] = editions[-1]["title"]
    return found


def _works(day: date) -> bool:
    overlay = yaml.safe_load((PACKS / "holidays" / "overlay.yaml").read_text("utf-8")) or []
    for one in overlay:
        if one["day"] == day:
            return bool(one["kind"] == "worked")
    calendar = holidays.country_holidays("VN", years=day.year)
    return calendar.is_working_day(day)


def last_day(limit: dict[str, Any], since: date) -> date:
    """The last day in time, counted day by day."""
    number, day = limit["value"], since
    if limit["unit"] == "months":
        month = since.month - 1 + number
        year, month = since.year + month // 12, month % 12 + 1
        for last in range(since.day, 27, -1):
            try:
                return date(year, month, last)
            except ValueError:
                continue
        return date(year, month, since.day)
    while number:
        day += timedelta(days=1)
        number -= limit["unit"] == "days" or _works(day)
    return day


def opened(cast: Cast, procedure: str, on: date) -> Case:
    who, answers = CASES[procedure]
    answers = {name: value or on.isoformat() for name, value in answers.items()}
    return actions.open_case(
        procedure, on=on, by=cast.actor(), today=TODAY, person=cast.people[who], answers=answers
    )


def steps_taken(procedure: Procedure, on: date) -> tuple[Move, ...]:
    """Every step taken on a day of its own, three days apart, with each day it asks for ten days before."""
    moves = []
    for number, step in enumerate(procedure.steps):
        day = on + timedelta(days=3 * number)
        asked = {
            one.name: (day - timedelta(days=10)).isoformat() for one in step.questions if one.kind == "day"
        }
        moves.append(Move(step.code, day, answers=asked))
    return tuple(moves)


def anchor(step: Step, moves: dict[str, Move], facts: Any, on: date) -> date | None:
    """The day a step's clock starts; where a rule says which, by the words of that rule's file."""
    start = step.within.anchor
    if isinstance(start, ByRule):
        words = written(start.rule, max(move.on for move in moves.values() if move.step in _named(start)))
        start = start.choices[words["value"]]
    match start:
        case Since(code):
            return moves[code].on
        case Answered(code, name):
            return date.fromisoformat(moves[code].answers[name])
        case Fact(name):
            day = facts.get(name)
            return date.fromisoformat(day) if isinstance(day, str) else day
        case Latest(several):
            return max(moves[one.step].on for one in several)
    raise TypeError(start)


def _named(start: ByRule) -> set[str]:
    return {one.step for one in start.choices.values() if isinstance(one, Since)}


def limits(case: Case, on: date) -> Iterator[tuple[str, tuple[date, str], tuple[date, str] | None]]:
    """Each timed step: what the engine says, and what the files say, as (last day, article)."""
    run = of_case(case)
    seen = replace(told(case, on), moves=steps_taken(run.procedure, on))
    moves = {move.step: move for move in seen.moves}
    for step in run.procedure.steps:
        if step.within is None or not step.within.rule:
            continue
        due = due_of(step.within, seen, ask_for(case))
        since = anchor(step, moves, seen.facts, on)
        limit = written(step.within.rule, since) if since else None
        if due is None or limit is None:
            assert (due, limit) == (None, None), step.code
            continue
        expected = (last_day(limit, since), limit["cite"]["article"])
        yield step.code, (due.on, due.rule.cite.vn), expected


@pytest.mark.parametrize("procedure", sorted(CASES))
def test_each_edition_gives_its_own_days_places_and_forms(cast: Cast, settings, procedure: str):
    settings.TOCHUC_TODAY = TODAY
    cast.today = TODAY
    by_edition = []
    for on in (OLDER, NEWER):
        case = opened(cast, procedure, on)
        timed = list(limits(case, on))
        for step, (day, place), (expected, article) in timed:
            assert day == expected, f"{step} opened {on}"
            assert place.startswith(article), f"{step} opened {on}"
        titles, files = form_titles(of_case(case), on), forms_written(on)
        assert titles
        assert all(files[form] in words for form, words in titles.items())
        by_edition.append({step: ((day - on).days, place) for step, (day, place), _ in timed})
        Case.objects.filter(pk=case.pk).update(result="withdrawn", closed_on=on)
    older, newer = by_edition
    assert any(older[step] != newer[step] for step in older.keys() & newer.keys())


def test_the_clocks_that_the_newer_regulations_moved_really_differ(cast: Cast, settings):
    """Thirty days to show a letter became thirty working days; the ceremony counts from the decision itself."""
    assert written("transfer.present_deadline", OLDER)["unit"] == "days"
    assert written("transfer.present_deadline", NEWER)["unit"] == "working_days"
    assert (
        written("admission.ceremony_clock", OLDER)["value"]
        != written("admission.ceremony_clock", NEWER)["value"]
    )
    settings.TOCHUC_TODAY = TODAY
    cast.today = TODAY
    spans = []
    for on in (OLDER, NEWER):
        case = opened(cast, "transfer", on)
        spans.append({step: (day - on).days for step, (day, _), _ in limits(case, on)}["confirm"])
        Case.objects.filter(pk=case.pk).update(result="withdrawn", closed_on=on)
    assert spans[0] < spans[1]

"""Which running cases rest on a rule, and what another value of it would change for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tochuc.cases.asking import ask_for, told
from tochuc.cases.declare import Procedure
from tochuc.cases.engine import stand
from tochuc.cases.models import Case
from tochuc.cases.registry import of_case, procedures
from tochuc.cases.sound import rules_of
from tochuc.rules.ruled import Ruled


def procedures_with(rule_id: str, on: date) -> list[Procedure]:
    """The procedures that name the rule."""
    return [one for one in procedures(on) if rule_id in rules_of(one)]


@dataclass(frozen=True)
class Shift:
    """An open step whose last day another value would move."""

    case: Case
    title: str
    before: date | None
    after: date | None


def shifts(rule_id: str, said: Ruled, cases: QuerySet[Case], on: date) -> list[Shift]:
    """What would change for these running cases if the rule said this from its day on."""
    named = [one.code for one in procedures_with(rule_id, on)]
    rows = cases.filter(closed_on=None, procedure__in=named).select_related("person", "organisation")
    return [shift for case in rows for shift in _shifts_of(case, rule_id, said, on)]


def _shifts_of(case: Case, rule_id: str, said: Ruled, on: date) -> Iterable[Shift]:
    run, seen, ask = of_case(case), told(case, on), ask_for(case)

    def otherwise(asked: str, /, *, on: date) -> Ruled:
        return said if asked == rule_id and said.since <= on < said.until else ask(asked, on=on)

    before = {one.step.code: one for one in stand(run.procedure, seen, ask).open}
    for one in stand(run.procedure, seen, otherwise).open:
        was = before[one.step.code].due
        old, new = (was.on if was else None), (one.due.on if one.due else None)
        if old != new:
            yield Shift(case, one.step.title, old, new)

"""Reading cases: always through a scope that the gate gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tochuc.cases.asking import ask_for, told
from tochuc.cases.declare import Procedure, Step, Told
from tochuc.cases.engine import Stand, stand
from tochuc.cases.models import Case, CaseMove
from tochuc.cases.registry import of_case
from tochuc.members.models import Person


@dataclass(frozen=True)
class View:
    """A case as its page shows it: procedure, what is known, where it stands."""

    case: Case
    procedure: Procedure
    told: Told
    stand: Stand


def view_of(case: Case, on: date) -> View:
    """The case as it stands on the day."""
    run = of_case(case)
    seen = told(case, on, running=run)
    return View(case, run.procedure, seen, stand(run.procedure, seen, ask_for(case)))


def step_of(case: Case, code: str) -> Step | None:
    """A step of the case's procedure by its code."""
    return next((step for step in of_case(case).procedure.steps if step.code == code), None)


def trail(case: Case) -> QuerySet[CaseMove]:
    """Everything recorded of the case, newest first; what was taken back stays, marked."""
    rows = case.moves.select_related("recorded_by", "taken_back_by", "takes_back")
    return rows.prefetch_related("papers__file").order_by("-id")


def cases_of(person: Person, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The person's cases among those one may see, the running ones first."""
    return cases.filter(person=person).order_by("closed_on", "-opened_on")


def running_cases(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The running cases among those one may see, the oldest first."""
    return cases.filter(closed_on=None).select_related("person", "organisation").order_by("opened_on", "pk")

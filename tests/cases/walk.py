"""Taking the steps of a case in a test, each with what it asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from cast import Cast
from tochuc.cases import actions
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.asking import ask_for, told
from tochuc.cases.declare import Count
from tochuc.cases.engine import stand
from tochuc.cases.models import Case
from tochuc.cases.registry import of_case

ON_PAPER = PaperGiven(kept_at="Văn phòng Đảng ủy")


def open_steps(case: Case, on: date) -> list[str]:
    """The steps that can be taken now."""
    run = of_case(case)
    return [one.step.code for one in stand(run.procedure, told(case, on), ask_for(case)).open]


def due_of(case: Case, step: str, on: date) -> Any:
    """When an open step runs out, as (day, place of the rule)."""
    run = of_case(case)
    due = stand(run.procedure, told(case, on), ask_for(case)).of(step).due
    return (due.on, due.rule.cite.vn) if due else None


class Walker:
    """Takes steps on one case; every paper that a step needs is there unless told otherwise."""

    def __init__(self, cast: Cast, case: Case) -> None:
        self.cast, self.case = cast, case

    def take(
        self,
        step: str,
        on: date,
        outcome: str = "done",
        *,
        without: str = "",
        count: Count | None = None,
        **answers: Any,
    ) -> None:
        papers = {
            paper.form: ON_PAPER
            for paper in of_case(self.case).procedure.step(step).papers
            if paper.form != without and (paper.when is None or paper.when(told(self.case, on).facts))
        }
        given = Given(on=on, outcome=outcome, count=count, papers=papers, answers=answers)
        actions.take(self.case, step, given, by=self.cast.actor(), today=self.cast.today)
        self.case.refresh_from_db()

"""Asking the rules for a case, and putting a case before the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Prefetch, QuerySet

from tochuc.access.clock import today
from tochuc.cases.declare import Ask, Count, Move, Told
from tochuc.cases.facts import Facts
from tochuc.cases.models import Case, CaseMove, CasePaper
from tochuc.cases.registry import Running, of_case
from tochuc.cases.stopping import stopped
from tochuc.kernel.remembering import reading, remembered
from tochuc.regulations.asking import asker_for
from tochuc.rules.forms import form


def ask_for(case: Case) -> Ask:
    """How this case asks the rules: as they hold for the branch it lives in."""
    return asker_for(case.organisation, today())


def moves_of(case: Case) -> list[CaseMove]:
    """The moves that count, in the order they were recorded.

    Those taken back are left out, and those whose entry was voided in the ledger.
    """
    if case.pk is None:
        return []
    return [one for one in recorded(case) if stands(one) and not voided(one)]


@remembered
def recorded(case: Case) -> tuple[CaseMove, ...]:
    """Everything recorded of the case, in order; what was taken back too."""
    return tuple(moves_with_papers(case.moves.all()))


def moves_with_papers(moves: QuerySet[CaseMove]) -> QuerySet[CaseMove]:
    """Moves in order, with all that a case's page says of them."""
    rows = moves.select_related("recorded_by", "taken_back_by", "takes_back", "event__corrected_by")
    papers = Prefetch("papers", CasePaper.objects.select_related("file"))
    return rows.prefetch_related(papers).order_by("id")


def stands(move: CaseMove) -> bool:
    """Whether the move neither takes another back nor was taken back."""
    return move.takes_back_id is None and not hasattr(move, "taken_back_by")


def voided(move: CaseMove) -> bool:
    """Whether its entry was voided in the ledger of the person themself: the step is to be taken again.

    Entries of a record that was merged into this one are voided too, but said again here.
    """
    event = move.event
    if event is None or event.person_id != move.case.person_id:
        return False
    return hasattr(event, "corrected_by") and event.corrected_by.kind == "void"


def told(case: Case, on: date, *, running: Running | None = None) -> Told:
    """The case as the engine reads it: opened when, what the record says on the day, its moves."""
    running = running or of_case(case)
    with reading():
        moves = tuple(as_move(row) for row in moves_of(case))
        facts = Facts({**case.answers, **running.facts(case, on), "taken": _latest(moves)})
        facts["forms"] = form_titles(running, on)
        if running.comes_to is not None:
            facts.update(running.comes_to(facts))
        extended = _extended(case, running)
        ended = stopped(case, running.procedure) if case.pk else None
    return Told(case.opened_on, facts, moves, extended, ended)


def _extended(case: Case, running: Running) -> frozenset[str]:
    """The steps whose time was extended; asked only where the procedure allows it."""
    if case.pk is None or not any(step.within and step.within.longer for step in running.procedure.steps):
        return frozenset()
    return frozenset(case.extensions.values_list("step", flat=True))


def _latest(moves: tuple[Move, ...]) -> dict[str, Move]:
    """The latest move of each step, in the order in which these were recorded."""
    latest: dict[str, Move] = {}
    for move in moves:
        latest.pop(move.step, None)
        latest[move.step] = move
    return latest


def form_titles(running: Running, on: date) -> Mapping[str, str]:
    """Each form of the procedure as it is called that day."""
    ids = {paper.form for step in running.procedure.steps for paper in step.papers}
    return {form_id: form(form_id, on=on).words for form_id in ids}


def as_move(row: CaseMove) -> Move:
    """A recorded move as the engine reads it."""
    count = None
    if row.agree is not None:
        count = Count(row.entitled or 0, row.present or 0, row.agree, row.against or 0, row.abstain or 0)
    papers = frozenset(paper.form for paper in row.papers.all())
    return Move(row.step, row.happened_on, row.outcome, count, papers, row.answers)

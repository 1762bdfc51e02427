"""Reading cases: always through a scope that the gate gave."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tochuc.cases.asking import ask_for, recorded, stands, told, voided
from tochuc.cases.declare import Procedure, Question, Step, Told
from tochuc.cases.engine import Stand, asked, papers_of, stand
from tochuc.cases.models import Case, CaseMove
from tochuc.cases.registry import of_case
from tochuc.cases.sound import step_rules
from tochuc.documents.models import StoredFile
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.rules.forms import Form, form
from tochuc.rules.ruled import Ruled


@dataclass(frozen=True)
class View:
    """A case as its page shows it: procedure, what is known, where it stands."""

    case: Case
    procedure: Procedure
    told: Told
    stand: Stand
    voided: frozenset[int] = frozenset()
    """The steps (by id) whose entry was voided in the ledger."""


def view_of(case: Case, on: date) -> View:
    """The case as it stands on the day."""
    run = of_case(case)
    seen = told(case, on, running=run)
    gone = frozenset(one.pk for one in recorded(case) if voided(one)) if case.pk else frozenset[int]()
    return View(case, run.procedure, seen, stand(run.procedure, seen, ask_for(case)), gone)


def step_of(case: Case, code: str) -> Step | None:
    """A step of the case's procedure by its code."""
    return next((step for step in of_case(case).procedure.steps if step.code == code), None)


def rules_at(view: View, step: Step, on: date) -> list[Ruled]:
    """What the rules named by a step ask of this case on the day, the share its vote needs first."""
    first = {step.ballot.rule: 0} if step.ballot else {}
    wanted = sorted(step_rules(step), key=lambda one: (first.get(one, 1), one))
    found = (asked(one, on, view.told, ask_for(view.case)) for one in wanted)
    return [one for one in found if one is not None]


def forms_at(view: View, step: Step, on: date) -> list[Form]:
    """The forms of the papers that this case needs at the step, as they are on the day."""
    return [form(paper.form, on=on) for paper in papers_of(step, view.told) if paper.required]


def offered_for(case: Case, questions: Iterable[Question], on: date) -> dict[str, list[tuple[str, str]]]:
    """What the record gives to choose from in these questions, by the name they use."""
    offers = of_case(case).offers
    return {name: list(offers[name](case, on)) for one in questions for name in one.offered}


def offered_before(
    code: str, person: Person, questions: Iterable[Question], on: date
) -> dict[str, list[tuple[str, str]]]:
    """What there is to choose from before a case of this procedure is opened for the person."""
    return offered_for(_draft(code, person, on), questions, on)


def unopened(person: Person, on: date) -> Case:
    """A case that isn't stored, to say of a person what cases say: their cell, its base, who decides for them."""
    return Case(person=person, organisation=person.home, opened_on=on)


def offered_at(
    code: str, organisation: Organisation, questions: Iterable[Question], on: date
) -> dict[str, list[tuple[str, str]]]:
    """The same before a case about the organisation itself is opened."""
    return offered_for(Case(procedure=code, organisation=organisation, opened_on=on), questions, on)


def can_be_asked(procedure: Procedure, person: Person, on: date) -> bool:
    """Whether the record offers something for each question on opening that has to be chosen from it."""
    needed = _to_choose(procedure)
    return not needed or all(offered_before(procedure.code, person, needed, on).values())


def can_be_asked_at(procedure: Procedure, organisation: Organisation, on: date) -> bool:
    """The same for a case about the organisation itself."""
    needed = _to_choose(procedure)
    return not needed or all(offered_at(procedure.code, organisation, needed, on).values())


def _to_choose(procedure: Procedure) -> list[Question]:
    return [one for one in procedure.questions if one.offers and one.required]


def _draft(code: str, person: Person, on: date) -> Case:
    return Case(procedure=code, person=person, organisation=person.home, opened_on=on)


def trail(case: Case) -> list[CaseMove]:
    """Everything recorded of the case, newest first; what was taken back stays, marked."""
    return list(reversed(recorded(case)))


def file_of(case: Case, key: str) -> StoredFile | None:
    """A scan that lies in the case, by its address."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    return StoredFile.objects.filter(pk=wanted, casepaper__move__case=case).first()


def cases_of(person: Person, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The person's cases among those one may see, the running ones first."""
    return cases.filter(person=person).order_by("closed_on", "-opened_on")


def cases_at(organisation: Organisation, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases about an organisation itself among those one may see, the running ones first."""
    rows = cases.filter(organisation=organisation, person=None)
    return rows.order_by("closed_on", "-opened_on", "-pk")


def in_words(case: Case) -> tuple[str, str]:
    """What a running case is about, and the steps it waits for."""
    steps = case.open_steps.filter(optional=False).order_by("pk").values_list("title", flat=True)
    return of_case(case).procedure.title, "; ".join(steps)


def listed(cases: QuerySet[Case], *, procedure: str = "", state: str = "") -> QuerySet[Case]:
    """These cases of a procedure, running (``open``) or ended (``closed``), with who and where, and their open steps."""
    if procedure:
        cases = cases.filter(procedure=procedure)
    if state:
        cases = cases.filter(closed_on__isnull=state == "open")
    return cases.select_related("person", "organisation").prefetch_related("open_steps")


def running_cases(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The running cases among those one may see, the oldest first."""
    return cases.filter(closed_on=None).select_related("person", "organisation").order_by("opened_on", "pk")


@dataclass(frozen=True)
class PaperStand:
    """A paper of a step: what its form is called, whether it must be there, and what there is of it.

    ``scan`` is the latest one; ``on_paper`` says that only the paper itself was seen.
    """

    form: str
    title: str
    required: bool
    scan: StoredFile | None
    on_paper: bool


def papers_at(view: View, step: Step) -> list[PaperStand]:
    """The papers that a step of the case has, with what was handed in."""
    move = last_move(view.case, step.code)
    kept = sorted(move.papers.all(), key=lambda paper: paper.pk) if move else []
    return [
        PaperStand(
            paper.form,
            view.told.facts["forms"][paper.form],
            paper.required,
            next((one.file for one in reversed(kept) if one.form == paper.form and one.file), None),
            any(one.form == paper.form for one in kept),
        )
        for paper in papers_of(step, view.told)
    ]


def last_move(case: Case, step: str) -> CaseMove | None:
    """The latest move of a step that counts."""
    return next((one for one in reversed(recorded(case)) if one.step == step and stands(one)), None)


def running_for(person: Person, procedure: str) -> Case | None:
    """The running case of this procedure for the person."""
    return Case.objects.filter(person=person, procedure=procedure, closed_on=None).first()


def of_entry(entry: int) -> Case | None:
    """The running case that made this entry of the ledger."""
    return Case.objects.filter(moves__event=entry, moves__taken_back_by=None, closed_on=None).first()

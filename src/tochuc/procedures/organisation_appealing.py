"""What an organisation's appeal is against: the case that disciplined it, or the answer of the level below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tochuc.cases.asking import moves_of
from tochuc.cases.asking import told as told_of
from tochuc.cases.declare import ABOVE, COMPETENT
from tochuc.cases.models import Case
from tochuc.cases.places import above_of, place_of
from tochuc.kernel.known_dates import day_vn
from tochuc.org.models import Organisation
from tochuc.procedures.organisation_discipline import FORMS

DISCIPLINE, APPEAL = "organisation_discipline", "organisation_appeal"
DECISION, ANSWER = "decision", "answer"
_DECIDES = {"resolve": ABOVE, "decide": COMPETENT}


@dataclass(frozen=True)
class Decided:
    """What a case of discipline came to: the form, as it stands after appeals too; its number, when, by whom."""

    form: str
    stands_as: str
    number: str
    on: date
    announced_on: date
    decider: Organisation | None


def decided_in(case: Case, on: date) -> Decided | None:
    """The decision of a case of discipline; None before it was issued, or where none was made."""
    facts = told_of(case, on).facts
    issued = facts["taken"].get("issue")
    if issued is None or not facts["form"]:
        return None
    decider = place_of(case, _DECIDES[facts["deciding_step"]], facts["decided_on"])
    announced = date.fromisoformat(str(issued.answers["announced_on"]))
    number = str(issued.answers["number"])
    return Decided(facts["decided_form"], facts["form"], number, facts["decided_on"], announced, decider)


def decisions_against(case: Case, on: date) -> list[tuple[str, str]]:
    """The decisions on the organisation that can be appealed, and the answers to earlier appeals, newest first."""
    own = Case.objects.filter(organisation=case.organisation, person=None).order_by("-opened_on", "-pk")
    sources = own.filter(procedure=DISCIPLINE)
    if case.pk is None:
        # A running appeal still names what an answer has annulled since.
        sources = sources.exclude(result="annulled")
    found = []
    for source in sources:
        decision = decided_in(source, on)
        if decision is not None:
            found.append((f"{DECISION}:{source.ref}", _decision_words(decision)))
    answered = own.filter(
        procedure=APPEAL, result__in=("", "settled"), moves__step__in=("deliver", "deliver_central")
    )
    answered = answered.filter(moves__taken_back_by=None).distinct().select_related("to")
    return found + [(f"{ANSWER}:{one.ref}", _answer_words(one)) for one in answered]


def _decision_words(decision: Decided) -> str:
    by = f" của {decision.decider.name}" if decision.decider else ""
    return f"{FORMS[decision.form]}, Quyết định số {decision.number} ngày {day_vn(decision.announced_on)}{by}"


def _answer_words(case: Case) -> str:
    by = f" của {case.to.name}" if case.to else " của cấp Trung ương"
    return f"Kết quả giải quyết{by} với khiếu nại ngày {day_vn(case.opened_on)}"


def earlier_of(case: Case) -> Case | None:
    """The earlier appeal whose answer this one disputes."""
    return _named(case, ANSWER, APPEAL)


def source_of(case: Case) -> Case | None:
    """The case of discipline at the root of an appeal."""
    earlier = earlier_of(case)
    return source_of(earlier) if earlier else _named(case, DECISION, DISCIPLINE)


def _named(case: Case, kind: str, procedure: str) -> Case | None:
    named, _, key = str(case.answers.get("against", "")).partition(":")
    if named != kind:
        return None
    own = Case.objects.filter(organisation=case.organisation, person=None, procedure=procedure)
    return own.filter(ref=key).select_related("to", "organisation").first()


def settles(case: Case, on: date) -> Organisation | None:
    """The committee an appeal goes to: next above the one that decided last; None for the central level."""
    earlier, source = earlier_of(case), source_of(case)
    if earlier is not None:
        return above_of(earlier.to, on) if earlier.to else None
    decision = decided_in(source, on) if source else None
    return above_of(decision.decider, on) if decision and decision.decider else None


def received_on(case: Case) -> date | None:
    """The day the disputed decision or answer was received, where the case that brought it says so."""
    source = earlier_of(case) or source_of(case)
    move = (
        next((one for one in reversed(moves_of(source)) if one.step == "deliver"), None) if source else None
    )
    said = move.answers.get("received_on") if move else None
    return date.fromisoformat(str(said)) if said else None


def appealed(case: Case) -> bool:
    """Whether what a new appeal is against has been appealed: it runs, or has been answered."""
    same = Case.objects.filter(procedure=APPEAL, answers__against=case.answers.get("against"))
    return same.exclude(result="not_accepted").exists()

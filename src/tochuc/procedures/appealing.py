"""What an appeal is against, who settles it, and how it is tied to the case whose decision it disputes."""

from __future__ import annotations

from datetime import date

from tochuc.cases import actions as cases
from tochuc.cases.actions import Given
from tochuc.cases.declare import CELL, COMPETENT
from tochuc.cases.models import Case, CaseMove
from tochuc.cases.places import above_of, place_of
from tochuc.cases.registry import Deed
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.remembering import remembered
from tochuc.members.kinds import DISCIPLINES, EVENT_KINDS
from tochuc.members.models import MemberEvent
from tochuc.org.models import Organisation
from tochuc.procedures.discipline_effects import decider_of

EVENT, CASE = "event", "case"
_WITH_APPEAL = "Rút lại theo hồ sơ khiếu nại"


def decisions_against(case: Case, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """The decisions about the person that can be appealed, and the answers to earlier appeals, newest first."""
    if case.person is None:
        return []
    events = case.person.events.filter(kind__in=kinds).order_by("-happened_on", "-pk")
    if case.pk is None:
        # A running appeal still names what an answer has corrected since.
        events = events.filter(corrected_by=None)
    answered = Case.objects.filter(
        person=case.person, procedure=case.procedure, moves__step__in=("deliver", "deliver_central")
    )
    answered = (
        answered.filter(moves__taken_back_by=None, result__in=("", "settled"))
        .distinct()
        .select_related("to")
        .order_by("-opened_on")
    )
    return [(f"{EVENT}:{one.pk}", _event_words(one)) for one in events] + [
        (f"{CASE}:{one.ref}", _answer_words(one)) for one in answered
    ]


def _event_words(event: MemberEvent) -> str:
    form = DISCIPLINES.get(str(event.data.get("form", "")), EVENT_KINDS[event.kind].label)
    by = f" của {event.decision_by}" if event.decision_by else ""
    signed = f" ngày {day_vn(event.decision_on)}" if event.decision_on else ""
    return f"{form}, Quyết định số {event.decision_number}{signed}{by}"


def _answer_words(case: Case) -> str:
    by = f" của {case.to.name}" if case.to else " của cấp Trung ương"
    return f"Kết quả giải quyết{by} với khiếu nại ngày {day_vn(case.opened_on)}"


@remembered
def earlier_of(case: Case) -> Case | None:
    """The earlier appeal whose answer this one disputes."""
    kind, _, key = str(case.answers.get("against", "")).partition(":")
    if kind != CASE:
        return None
    return Case.objects.filter(ref=key, person=case.person).select_related("to").first()


@remembered
def disputed(case: Case) -> MemberEvent | None:
    """The decision at the root of an appeal, as it stands now; None where it names none of the person's."""
    earlier = earlier_of(case)
    if earlier is not None:
        return _as_it_stands(_decided_instead(earlier)) or disputed(earlier)
    return _as_it_stands(_named(case))


def _named(case: Case) -> MemberEvent | None:
    """The decision as the appeal named it when it was opened."""
    kind, _, key = str(case.answers.get("against", "")).partition(":")
    if kind != EVENT or not key.isdecimal():
        return None
    return MemberEvent.objects.filter(pk=int(key), person=case.person).first()


@remembered
def first_decision(case: Case) -> MemberEvent | None:
    """The decision that the first appeal of the row was against, as it was first made."""
    earlier = earlier_of(case)
    if earlier is not None:
        return first_decision(earlier)
    kind, _, key = str(case.answers.get("against", "")).partition(":")
    named = {"pk": int(key), "person": case.person} if kind == EVENT and key.isdecimal() else {"pk": None}
    event = MemberEvent.objects.filter(**named).select_related("corrects", "person").first()
    while event is not None and event.corrects is not None:
        event = event.corrects
    return event


def _decided_instead(case: Case) -> MemberEvent | None:
    """The discipline that an answer put in the place of the disputed decision."""
    move = case.moves.filter(
        step__in=("settle", "settle_central"), takes_back=None, taken_back_by=None
    ).last()
    if move is None:
        return None
    events = [one.event for one in move.further_events.select_related("event")] + [move.event]
    return next((one for one in events if one is not None and one.kind == "disciplined"), None)


def _as_it_stands(event: MemberEvent | None) -> MemberEvent | None:
    """The decision after all corrections; the entry that voided it where it isn't said again since."""
    while event is not None and (later := MemberEvent.objects.filter(corrects=event).first()) is not None:
        again = _said_again(event, later) if later.kind == "void" else later
        if again is None:
            return later
        event = again
    return event


def _said_again(event: MemberEvent, void: MemberEvent) -> MemberEvent | None:
    """The entry by which an annulment that was taken back let the decision stand as before."""
    rows = MemberEvent.objects.filter(person=event.person, kind=event.kind, happened_on=event.happened_on)
    return rows.filter(corrects=None, pk__gt=void.pk).order_by("pk").first()


def settles(case: Case, on: date) -> Organisation | None:
    """The committee an appeal goes to: next above the one that decided last; None for the central level."""
    earlier = earlier_of(case)
    if earlier is not None:
        return above_of(earlier.to, on) if earlier.to else None
    event = disputed(case)
    if event is None:
        return None
    at_the_cell = event.kind == "disciplined"
    decider = decider_of(event) or place_of(case, CELL if at_the_cell else COMPETENT, on)
    return above_of(decider, on) if decider else None


@remembered
def received_on(case: Case) -> date | None:
    """The day the disputed decision was received, where the case that brought it says so."""
    source = earlier_of(case) or source_of(case)
    if source is None:
        return None
    move = source.moves.filter(step="deliver", takes_back=None, taken_back_by=None).last()
    said = move.answers.get("received_on") if move else None
    return date.fromisoformat(str(said)) if said else None


def source_of(case: Case) -> Case | None:
    """The case of discipline or removal that the disputed decision came from."""
    earlier = earlier_of(case)
    if earlier is not None:
        return source_of(earlier)
    event = _named(case)
    chain = []
    while event is not None:
        chain.append(event.pk)
        event = event.corrects
    own = {"discipline", "removal"}
    move = CaseMove.objects.filter(event__in=chain, case__procedure__in=own).select_related("case").first()
    return move.case if move else None


def follow(case: Case | None, step: str, outcome: str, deed: Deed) -> None:
    """Take the step of another case that this deed answers, where it is open."""
    if case is not None and case.open_steps.filter(step=step).exists():
        cases.take(case, step, Given(on=deed.move.on, outcome=outcome), by=deed.by, today=deed.today)


def unfollow(case: Case | None, step: str, deed: Deed) -> None:
    """Take that step back, where it is still the latest of its case."""
    if case is None:
        return
    last = case.moves.filter(takes_back=None, taken_back_by=None).order_by("id").last()
    if last is not None and last.step == step and last.happened_on == deed.move.on:
        cases.take_back(case, reason=_WITH_APPEAL, by=deed.by, today=deed.today)

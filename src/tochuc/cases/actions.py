"""Running cases: open, take a step, give more time, take back. Each is one transaction, checked and audited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.cases import folding
from tochuc.cases.asking import as_move, ask_for, moves_of, told
from tochuc.cases.declare import Count, Move, Objection, Procedure, Taken
from tochuc.cases.engine import objections, stand
from tochuc.cases.models import Case, CaseExtension, CaseMove, CaseMoveEvent, CasePaper
from tochuc.cases.places import place_of
from tochuc.cases.registry import Deed, Running, of_case, running
from tochuc.cases.sound import step_rules
from tochuc.cases.stopping import stopped
from tochuc.cases.undoing import undo
from tochuc.documents import files
from tochuc.documents.models import CASE_PAPER, StoredFile
from tochuc.kernel.errors import NotInForce, Refused, raise_all
from tochuc.kernel.remembering import reading
from tochuc.members.models import MemberEvent, Person
from tochuc.org import tree
from tochuc.org.models import Heir, Organisation


@dataclass(frozen=True)
class PaperGiven:
    """A paper as it is handed in: the scan, or where the original is kept."""

    file: StoredFile | None = None
    kept_at: str = ""


@dataclass(frozen=True)
class Given:
    """A step as somebody takes it: the day, the outcome, the vote, the papers by form, the answers.

    ``acted_by`` names who acted where somebody else records it for them.
    """

    on: date
    outcome: str = "done"
    count: Count | None = None
    papers: Mapping[str, PaperGiven] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    acted_by: str = ""


@transaction.atomic
def open_case(
    code: str,
    *,
    on: date,
    by: Actor,
    today: date,
    person: Person | None = None,
    organisation: Organisation | None = None,
    to: Organisation | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Case:
    """Open a case of a procedure for a person (where they stand) or an organisation.

    Raises ``Refused`` or ``Refusals`` with everything that speaks against it.
    """
    if on > today:
        raise Refused("future", "Ngày mở hồ sơ chưa tới.", "on")
    kind = _in_force(code, on)
    tree.hold_still()
    # Held before looking, so that of two openings at once the second sees the first.
    if person is not None:
        person = Person.objects.select_for_update().get(pk=person.pk)
    elif organisation is not None:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
    place = organisation or (person.home if person else None)
    if place is None:
        raise Refused(
            "no_place", "Người này chưa thuộc chi bộ nào; hãy nêu chi bộ lập hồ sơ.", "organisation"
        )
    case = Case(
        several=kind.procedure.several,
        procedure=code,
        person=person,
        opened_for=person,
        organisation=place,
        to=to,
        opened_on=on,
        opened_at=now(),
        opened_by_id=by.account,
        answers=dict(answers or {}),
        closed_file=kind.procedure.closed_file,
    )
    if to is None and kind.addressed is not None:
        case.to = to = kind.addressed(case, on)
    found = [*_beside(kind.procedure, case, on), *_ended(to, on), *_beginning(case, kind.procedure, on)]
    _refuse(found)
    case.doubts = [objection.message for objection in found]
    case.save()
    folding.refold(case, today)
    if case.closed_on is not None:
        raise Refused(
            "case_stopped", f"Không mở được: sổ đảng viên ghi {_why_stopped(case, kind.procedure)}."
        )
    _note(by, "case.opened", case, {"on": str(on)})
    return case


def _in_force(code: str, on: date) -> Running:
    """The edition of a procedure on a day; there is none on a day before the oldest."""
    try:
        return running(code, on)
    except LookupError as none:
        raise Refused(
            "no_procedure", f"Ngày {on:%d/%m/%Y} chưa có quy trình này; hãy xem lại ngày.", "on"
        ) from none


def _why_stopped(case: Case, procedure: Procedure) -> str:
    found = stopped(case, procedure)
    return f"«{found.words}»" if found else "khác"


def _beside(procedure: Procedure, case: Case, on: date) -> list[Objection]:
    """The cases of the same person, or about the same organisation, that this one can't run beside."""
    whose: dict[str, Any] = {"person": case.person}
    name = case.whom
    if case.person is None:
        whose["organisation"] = case.organisation
    found = []
    for other in Case.objects.filter(**whose, closed_on=None):
        theirs = running(other.procedure, other.opened_on).procedure
        if other.procedure == procedure.code and not procedure.several:
            message = f"{name} đang có hồ sơ «{theirs.title}» mở ngày {other.opened_on:%d/%m/%Y}."
            found.append(Objection("case_open", message))
        elif procedure.shuts_out(theirs):
            message = (
                f"{name} đang có hồ sơ «{theirs.title}»; không thể mở «{procedure.title}» "
                "trước khi hồ sơ đó kết thúc."
            )
            found.append(Objection("case_excluded", message))
    return found


def _ended(to: Organisation | None, on: date) -> list[Objection]:
    if to is None or to.exists_on(on):
        return []
    rows = Heir.objects.on(on).filter(ended=to).select_related("heir").order_by("heir__code")
    heirs = " hoặc ".join(row.heir.name for row in rows) or "tổ chức khác đang hoạt động"
    message = f"{to.name} không hoạt động vào ngày {on:%d/%m/%Y}; hãy chọn {heirs}."
    return [Objection("organisation_ended", message, field="organisation")]


def _beginning(case: Case, procedure: Procedure, on: date) -> list[Objection]:
    missing = [
        Objection("answer_missing", f"Cần ghi «{question.title}».", field=question.name)
        for question in procedure.questions
        if question.required and case.answers.get(question.name) in (None, "", [])
    ]
    seen = told(case, on)
    taken = Taken(seen, Move("", on, answers=case.answers), ask_for(case))
    return missing + [objection for condition in procedure.begins for objection in condition(taken)]


@transaction.atomic
def take(case: Case, step: str, given: Given, *, by: Actor, today: date) -> CaseMove:
    """Take a step: check it by the rules of its day, record it, do what its outcome does, fold the case again.

    Raises ``Refused`` or ``Refusals``; what only warns is kept with the move.
    """
    case = held(case)
    run = of_case(case)
    move = Move(step, given.on, given.outcome, given.count, frozenset(given.papers), dict(given.answers))
    with reading():
        seen = told(case, given.on, running=run)
        found = objections(run.procedure, seen, move, ask_for(case), today=today)
        _refuse(found)
        waited = stand(run.procedure, seen, ask_for(case)).of(step)
    outcome = run.procedure.step(step).outcome(given.outcome)
    events: list[MemberEvent] = []
    if outcome is not None and outcome.effect:
        events = _listed(run.effects[outcome.effect](Deed(case, move, by, today, seen.facts)))
    row = CaseMove.objects.create(
        case=case,
        step=step,
        outcome=given.outcome,
        happened_on=given.on,
        recorded_at=now(),
        recorded_by_id=by.account,
        acted_by=given.acted_by.strip(),
        **_counted(given.count),
        answers=dict(given.answers),
        rules=_rules_used(case, run.procedure, step, given.on),
        doubts=[objection.message for objection in found],
        event=events[0] if events else None,
        open_since=waited.open_since,
        due_on=waited.due.on if waited.due else None,
        waited_at=place_of(case, waited.step.by[0].place, given.on),
    )
    CaseMoveEvent.objects.bulk_create(CaseMoveEvent(move=row, event=event) for event in events[1:])
    CasePaper.objects.bulk_create(
        CasePaper(move=row, form=form, file=paper.file, kept_at=paper.kept_at)
        for form, paper in given.papers.items()
    )
    folding.refold(case, today)
    _note(by, "case.moved", case, {"step": step, "outcome": given.outcome, "on": str(given.on)})
    return row


def _listed(made: MemberEvent | list[MemberEvent] | None) -> list[MemberEvent]:
    if made is None:
        return []
    return made if isinstance(made, list) else [made]


def held(case: Case) -> Case:
    """The case as it stands now, held until the transaction ends: who records meanwhile waits.

    The tree and the person first, as whoever records in the ledger or rearranges organisations holds them.
    """
    tree.hold_still()
    if case.person_id is not None:
        Person.objects.select_for_update().get(pk=case.person_id)
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def _refuse(found: list[Objection]) -> None:
    raise_all([Refused(one.code, one.message, one.field) for one in found if one.refuses])


def _counted(count: Count | None) -> dict[str, int]:
    if count is None:
        return {}
    return {
        "entitled": count.entitled,
        "present": count.present,
        "agree": count.agree,
        "against": count.against,
        "abstain": count.abstain,
    }


def _rules_used(case: Case, procedure: Procedure, step: str, on: date) -> list[dict[str, str]]:
    """The rules of the step as they were on its day: what was asked, and where it stands."""
    ask = ask_for(case)
    used = []
    for rule_id in sorted(step_rules(procedure.step(step))):
        try:
            said = ask(rule_id, on=on)
        except NotInForce:
            continue
        used.append({"id": rule_id, "words": said.words, "cite": said.cite.vn, "confidence": said.confidence})
    return used


@transaction.atomic
def extend(case: Case, step: str, *, on: date, reason: str, by: Actor, today: date) -> None:
    """Give an open step the longer time that its rule allows, once, with the ground."""
    case = held(case)
    procedure = of_case(case).procedure
    within = procedure.step(step).within
    if within is None or not within.longer:
        raise Refused("no_extension", "Bước này không có thời hạn được gia hạn.", "step")
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do gia hạn.", "reason")
    if on > today:
        raise Refused("future", "Ngày gia hạn chưa tới.", "on")
    seen = told(case, on)
    if step in seen.extended:
        raise Refused("extended", "Bước này đã được gia hạn một lần.", "step")
    if stand(procedure, seen, ask_for(case)).of(step).due is None:
        raise Refused("not_open", "Bước này chưa tới hoặc đã xong.", "step")
    CaseExtension.objects.create(
        case=case,
        step=step,
        granted_on=on,
        recorded_at=now(),
        recorded_by_id=by.account,
        reason=reason.strip(),
    )
    folding.refold(case, today)
    _note(by, "case.extended", case, {"step": step, "on": str(on)}, reason)


@transaction.atomic
def take_back(case: Case, *, reason: str, by: Actor, today: date) -> None:
    """Take back the latest step, because it was recorded wrongly; what it did to the record is voided."""
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do rút lại.", "reason")
    case = held(case)
    rows = moves_of(case)
    if not rows:
        raise Refused("nothing_taken", "Hồ sơ chưa ghi bước nào.")
    last = rows[-1]
    undo(last, by=by, today=today, reason=reason)
    run = of_case(case)
    outcome = run.procedure.step(last.step).outcome(last.outcome)
    if outcome is not None and outcome.effect in run.undone:
        run.undone[outcome.effect](Deed(case, as_move(last), by, today))
    CaseMove.objects.create(
        case=case,
        step=last.step,
        outcome=last.outcome,
        happened_on=last.happened_on,
        recorded_at=now(),
        recorded_by_id=by.account,
        takes_back=last,
        reason=reason.strip(),
    )
    folding.refold(case, today)
    _note(by, "case.taken_back", case, {"step": last.step}, reason)


def keep_scan(place: Organisation, scan: Mapping[str, Any], *, by: Actor) -> StoredFile:
    """Keep the scan of a paper at an organisation; only whoever may see the case gets it handed out."""
    return files.store(**scan, organisation=place, by=by, purpose=CASE_PAPER)


@transaction.atomic
def attach_scan(case: Case, move: CaseMove, form: str, scan: Mapping[str, Any], *, by: Actor) -> CasePaper:
    """Add the signed scan of a paper to a step that was taken; one brought before stays, the latest counts."""
    step = of_case(case).procedure.step(move.step)
    if form not in {paper.form for paper in step.papers}:
        raise Refused("no_such_paper", "Bước này không có giấy tờ ấy.", "scan")
    if CaseMove.objects.filter(takes_back=move).exists():
        raise Refused("taken_back", "Bước này đã được rút lại; hãy ghi lại bước trước.", "scan")
    made = CasePaper.objects.create(move=move, form=form, file=keep_scan(case.organisation, scan, by=by))
    _note(by, "case.scan_added", case, {"step": move.step, "form": form})
    return made


def note_read(case: Case, *, by: Actor) -> None:
    """Leave in the trail that someone opened a closed file; one's own isn't noted."""
    if case.person is None or case.person.account_id != by.account:
        _note(by, "case.read", case, {})


def _note(by: Actor, act: str, case: Case, data: dict[str, Any], reason: str = "") -> None:
    record(
        by,
        act,
        stream=case.organisation.code,
        kind="case",
        key=str(case.ref),
        data={"procedure": case.procedure, **data},
        reason=reason,
    )

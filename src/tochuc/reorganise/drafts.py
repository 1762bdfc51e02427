"""Building a plan step by step. A draft keeps everything said; nothing of the record changes until it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from pydantic import TypeAdapter, ValidationError

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.errors import BadInput, Conflict, Refused, raise_all
from tochuc.org.models import Organisation
from tochuc.reorganise import actions
from tochuc.reorganise.bounds import check_within
from tochuc.reorganise.models import Draft, Reorganisation
from tochuc.reorganise.plan import Decision, Operation, Plan, misnamed

_OPERATION: TypeAdapter[Any] = TypeAdapter(Operation)
_NOT_YET = "(chưa có số)"


@dataclass(frozen=True)
class Head:
    """What a plan says beside its operations; number, day and issuer of the decision may come later."""

    title: str
    day: date
    number: str = ""
    on: date | None = None
    by: str = ""
    note: str = ""


@transaction.atomic
def begin(
    organisation: Organisation,
    head: Head,
    *,
    by: Actor,
    operations: list[dict[str, Any]] | None = None,
    roles: list[dict[str, Any]] | None = None,
    source: str = "",
) -> Draft:
    """Begin a plan for a branch, empty or with the operations of a file or of a simple act."""
    for one in operations or ():
        _checked(one)
    draft = Draft(organisation=organisation, made_by_id=by.account)
    draft.said = {"operations": operations or [], "roles": roles or [], "source": source}
    _put(draft, head)
    _store(draft, by)
    _note(draft, "plan.begun", by)
    return draft


def begin_from(plan: Plan, organisation: Organisation, *, by: Actor) -> Draft:
    """Begin a plan from one that was read from a file."""
    said = plan.model_dump(mode="json")
    decision = plan.decision
    head = Head(plan.title, plan.day, decision.number, decision.on, decision.by, plan.note)
    return begin(
        organisation, head, by=by, operations=said["operations"], roles=said["roles"], source=plan.source
    )


@transaction.atomic
def say_head(draft: Draft, head: Head, *, version: int, by: Actor) -> Draft:
    """Change what a plan says beside its operations."""
    held = _held(draft, version)
    _put(held, head)
    return _store(held, by)


@transaction.atomic
def say_operation(
    draft: Draft, operation: dict[str, Any], *, version: int, by: Actor, place: int | None = None
) -> Draft:
    """Add an operation, or put it in the place of one; what it says beside the form's fields is kept."""
    held = _held(draft, version)
    operations: list[dict[str, Any]] = held.said["operations"]
    if place is None:
        _checked(operation)
        operations.append(operation)
    else:
        operations[place] = _checked({**_same_kind(operations[place], operation), **operation})
    return _store(held, by)


def _same_kind(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return old if old["op"] == new["op"] else {}


@transaction.atomic
def take_out(draft: Draft, place: int, *, version: int, by: Actor) -> Draft:
    """Take an operation out of a plan."""
    held = _held(draft, version)
    if not 0 <= place < len(held.said["operations"]):
        raise Conflict("changed_meanwhile", "Thao tác này không còn trong phương án.")
    del held.said["operations"][place]
    return _store(held, by)


@transaction.atomic
def drop(draft: Draft, *, by: Actor) -> None:
    """Throw a plan away that wasn't carried out."""
    held = _held(draft, None)
    _note(held, "plan.dropped", by)
    held.delete()


@transaction.atomic
def carry_out(
    draft: Draft,
    decision: Decision,
    *,
    version: int,
    mine: QuerySet[Organisation],
    today: date,
    by: Actor,
    seen: str | None = None,
    tell: Tell = silent,
) -> Reorganisation:
    """Carry a plan out by a decision; ``mine`` are the organisations that its maker may rearrange.

    ``seen`` is the seal of the preview they saw, where they saw one.
    """
    held = _held(draft, version)
    plan = plan_of(held, decision)
    check_within(plan, mine)
    made = actions.apply(plan, by=by, today=today, organisation=held.organisation, seen=seen, tell=tell)
    held.decision_number, held.decision_on, held.decision_by = decision.number, decision.on, decision.by
    held.carried_out = made
    _store(held, by)
    return made


def plan_of(draft: Draft, decision: Decision | None = None) -> Plan:
    """The plan as it stands, by this decision or by the one it names. A decision not yet known is left open.

    Raises ``Refused`` where it has no operation.
    """
    if not draft.said["operations"]:
        raise Refused(
            "nothing", "Phương án chưa có thao tác nào; hãy thêm ít nhất một thao tác.", "operations"
        )
    decision = decision or Decision(
        number=draft.decision_number or _NOT_YET,
        on=draft.decision_on or draft.day,
        by=draft.decision_by or draft.organisation.name,
    )
    return Plan(
        title=draft.title,
        decision=decision,
        day=draft.day,
        note=draft.note,
        operations=draft.said["operations"],
        roles=draft.said["roles"],
        source=draft.said["source"],
    )


def plans_of(organisation: Organisation) -> QuerySet[Draft]:
    """The plans that are being built for an organisation, the latest first."""
    building = Draft.objects.filter(organisation=organisation, carried_out=None)
    return building.select_related("changed_by").order_by("-changed_at", "-pk")


def _checked(operation: dict[str, Any]) -> dict[str, Any]:
    try:
        read = _OPERATION.validate_python(operation)
    except ValidationError as wrong:
        raise BadInput(
            "plan.mistake", "Thao tác còn thiếu hoặc sai nội dung; hãy xem lại các mục."
        ) from wrong
    raise_all(misnamed([read]))
    return operation


def _held(draft: Draft, version: int | None) -> Draft:
    held = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=draft.pk)
        .first()
    )
    if held is None or held.carried_out_id is not None:
        raise Refused("settled", "Phương án này đã thực hiện hoặc đã bỏ nên không sửa được nữa.")
    if version is not None and held.version != version:
        raise Conflict(
            "changed_meanwhile",
            "Người khác vừa sửa phương án này; hãy mở lại trang để xem bản mới rồi sửa tiếp.",
        )
    return held


def _put(draft: Draft, head: Head) -> None:
    draft.title, draft.day, draft.note = head.title, head.day, head.note
    draft.decision_number, draft.decision_on, draft.decision_by = head.number, head.on, head.by


def _store(draft: Draft, by: Actor) -> Draft:
    draft.changed_by_id, draft.changed_at = by.account, now()
    draft.version = draft.version + 1 if draft.pk else 1
    draft.save()
    return draft


def _note(draft: Draft, what: str, by: Actor) -> None:
    stream = draft.organisation.code
    record(by, what, stream=stream, kind="plan", key=draft.ref, data={"title": draft.title})

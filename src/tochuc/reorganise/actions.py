"""Carrying out a plan of reorganisation in one transaction, undoing it as a whole, and closing it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.cases import following
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.errors import Conflict, Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.org import tree
from tochuc.org.models import Organisation, Under
from tochuc.reorganise import accounts, people, seats, snapshot, tasks, undoing, units
from tochuc.reorganise.models import CLOSED, OPEN, UNDONE, Reorganisation, Touched
from tochuc.reorganise.outcome import resolve
from tochuc.reorganise.plan import Plan
from tochuc.reorganise.run import Run

_BATCH = 2000
STEPS = 7
"""As how many steps carrying out is told; the fourth counts people, the sixth procedures under way."""
_CHANGED = (
    "Từ lúc xem trước đến nay sổ đã có thay đổi ở các tổ chức này; chưa thực hiện gì. "
    "Hãy xem trước lại phương án rồi thực hiện."
)


@transaction.atomic
def apply(
    plan: Plan,
    *,
    by: Actor,
    today: date,
    at: datetime | None = None,
    organisation: Organisation | None = None,
    seen: str | None = None,
    tell: Tell = silent,
) -> Reorganisation:
    """Carry out a plan. ``at`` is when it is recorded, now where not given; ``organisation`` whose plan it is.

    ``seen`` is the seal of the preview that was shown: ``Conflict`` where it would come to something else now.
    Raises ``Refused``, or ``Refusals`` for several objections at once, and writes nothing, where the plan can't
    be: its day hasn't come, it contradicts itself or the record, or somebody would be left nowhere.
    """
    run = carry_out(plan, by=by, today=today, at=at or now(), tell=tell)
    if seen is not None and seen != run.seal:
        raise Conflict("changed_since", _CHANGED, "version")
    run.reorganisation.organisation = organisation or _branch_of(run)
    run.reorganisation.save(update_fields=["organisation"])
    return run.reorganisation


def carry_out(plan: Plan, *, by: Actor, today: date, at: datetime, tell: Tell = silent) -> Run:
    """The work of ``apply`` with all it did; call within a transaction."""
    check_days(plan, today)
    tell("bước: đang đọc sổ", 1, STEPS)
    tree.hold()
    # Whoever is being recorded into one of these at this moment is waited for, and waits for the plan.
    list(Organisation.objects.select_for_update().filter(code__in=plan.named()).order_by("pk"))
    changes = resolve(plan, snapshot.world(plan))
    goes = people.destinations(plan, changes)
    reorganisation = Reorganisation.objects.create(
        title=plan.title,
        decision_number=plan.decision.number,
        decision_on=plan.decision.on,
        decision_by=plan.decision.by,
        day=plan.day,
        plan=plan.model_dump(mode="json"),
        applied_by_id=by.account,
        applied_at=at,
    )
    run = Run(plan, reorganisation, by, at, changes, goes, tell=tell)
    tell("bước: đang ghi tổ chức", 2, STEPS)
    units.write(run)
    tell("bước: đang ghi chức vụ", 3, STEPS)
    seats.write(run)
    people.write(run)
    tell("bước: đang chuyển vai trò tài khoản, nhiệm vụ", 5, STEPS)
    accounts.write(run)
    tasks.write(run)
    following.look_again_at(list(run.organisations.values()), tell)
    tell("bước: đang đối chiếu", STEPS, STEPS)
    Touched.objects.bulk_create(run.touched, batch_size=_BATCH)
    _note(run)
    return run


def check(plan: Plan) -> None:
    """Raise what stands against a plan as far as it is seen without carrying it out: most of it, and soon."""
    people.destinations(plan, resolve(plan, snapshot.world(plan)))


def _branch_of(run: Run) -> Organisation | None:
    """The lowest organisation that had most of what the plan names under it the day before, or has it afterwards."""
    named = [organisation.pk for organisation in run.organisations.values()]
    for day in (run.plan.eve, run.day):
        above = Under.objects.on(day).filter(unit__in=named).values_list("above")
        counted = list(above.annotate(n=Count("unit", distinct=True)))
        if counted:
            most = max(n for _, n in counted)
            widest = Under.objects.on(day).filter(unit__in=[pk for pk, n in counted if n == most])
            lowest = widest.values("unit").annotate(n=Count("pk")).order_by("-n", "unit")[0]
            return Organisation.objects.get(pk=lowest["unit"])
    return None


def check_days(plan: Plan, today: date) -> None:
    """Raise ``Refused`` where a plan's day hasn't come, or its decision came later."""
    if plan.day > today:
        words = f"Ngày {day_vn(plan.day)} chưa tới; phương án chỉ thực hiện từ ngày có hiệu lực."
        raise Refused("future", words, "day")
    if plan.decision.on > plan.day:
        words = f"Ngày ký {day_vn(plan.decision.on)} không thể sau ngày có hiệu lực {day_vn(plan.day)}."
        raise Refused("decided_late", words, "decision")


def _note(run: Run) -> None:
    ref = run.reorganisation.ref
    record(run.by, "reorganisation.applied", kind="reorganisation", key=ref, data={"title": run.plan.title})
    touched = {one.row: one for one in run.touched if one.kind == "organisation"}
    for code in run.changes:
        one = touched.get(run.organisations[code].pk)
        if one is not None:
            said = {"reorganisation": ref, "on": str(run.day), "before": one.before, "after": one.after}
            key = {"stream": code, "kind": "organisation", "key": code}
            record(run.by, "organisation.reorganised", data=said, reason=run.plan.title, **key)


@transaction.atomic
def undo(
    reorganisation: Reorganisation,
    *,
    by: Actor,
    today: date,
    reason: str = "",
    at: datetime | None = None,
    tell: Tell = silent,
) -> None:
    """Take a reorganisation back as a whole, by entries that correct its own.

    Every statement and tree, of any day, is then what it was; as known on a day in between it stays what was
    known. Raises ``undoing.ChangedSince`` with what was recorded since and rests on it; ``Refused`` once closed.
    """
    tree.hold()
    locked = _open(reorganisation)
    undoing.take_back(locked, by=by, today=today, at=at or now(), reason=reason, tell=tell)
    locked.undo_reason = reason.strip()
    _settle(locked, UNDONE, by, at or now())
    record(by, "reorganisation.undone", kind="reorganisation", key=locked.ref, reason=reason)


@transaction.atomic
def close(reorganisation: Reorganisation, *, by: Actor, at: datetime | None = None) -> None:
    """Close a reorganisation: from now on it can't be undone as a whole."""
    locked = _open(reorganisation)
    _settle(locked, CLOSED, by, at or now())
    record(by, "reorganisation.closed", kind="reorganisation", key=locked.ref)


def _open(reorganisation: Reorganisation) -> Reorganisation:
    locked = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    if locked.state != OPEN:
        words = "đã khóa nên không thay đổi được nữa" if locked.state == CLOSED else "đã hủy trước đó"
        raise Refused("settled", f"Phương án «{locked.title}» {words}.")
    return locked


def _settle(locked: Reorganisation, state: str, by: Actor, at: datetime) -> None:
    locked.state, locked.settled_by_id, locked.settled_at = state, by.account, at
    locked.save(update_fields=["state", "settled_by", "settled_at", "undo_reason"])

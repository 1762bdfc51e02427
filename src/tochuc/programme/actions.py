"""Writing conferences, conclusions, tasks and reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.documents import actions as registry
from tochuc.documents.extract.record import Extract
from tochuc.documents.models import StoredFile
from tochuc.kernel.errors import Conflict, Refused
from tochuc.org.models import Organisation
from tochuc.programme.models import (
    DONE,
    DRAFT,
    ITEM_KINDS,
    LIMITATION,
    OPINION,
    RESULT,
    TASK,
    Conference,
    Delegates,
    Item,
    ProgressReport,
    Task,
    TaskAssignment,
)

CHANGED = "Nội dung này vừa được {who} lưu lúc {at}. Hãy so sánh bên dưới rồi lưu lại."


@transaction.atomic
def draft_from_text(
    extract: Extract, text: str, *, name: str, organisation: Organisation, by: Actor
) -> Conference:
    """Draft a conference's record from a text; everything in it can be edited afterwards."""
    source = registry.bring_text(text, name=name, organisation=organisation, by=by)
    registry.cite(source, extract.citations, by=by)
    conference = Conference.objects.create(
        organisation=organisation,
        title=(extract.title or name or "Hội nghị")[:300],
        held_on=extract.event_date,
        host_name=(extract.host or "")[:200],
        chair_name=(extract.chair or "")[:200],
        chair_post=(extract.chair_post or "")[:200],
        source=source,
        drafted_by_id=by.account,
    )
    Delegates.objects.bulk_create(
        Delegates(conference=conference, order=n, text=d.text[:400], start=d.start, end=d.end)
        for n, d in enumerate(extract.delegates, 1)
    )
    for kind, passages in (
        (RESULT, extract.results),
        (LIMITATION, extract.limitations),
        (OPINION, extract.opinions),
        (TASK, extract.tasks),
    ):
        Item.objects.bulk_create(
            Item(conference=conference, kind=kind, order=n, text=p.text, start=p.start, end=p.end)
            for n, p in enumerate(passages, 1)
        )
    for item in conference.items.filter(kind=TASK):
        _task_of(item, by)
    _note(conference, "conference.drafted", by)
    return conference


def _task_of(item: Item, by: Actor) -> Task:
    return Task.objects.create(
        organisation=item.conference.organisation,
        conference=item.conference,
        item=item,
        text=item.text,
        changed_by_id=by.account,
    )


def _note(conference: Conference, act: str, by: Actor, **data: Any) -> None:
    code = conference.organisation.code
    record(by, act, stream=code, kind="conference", key=str(conference.ref), data=data)


def _drafted(conference: Conference) -> Conference:
    locked = Conference.objects.select_for_update().get(pk=conference.pk)
    if locked.status != DRAFT:
        raise Refused(
            "already_issued", "Kết luận đã phát hành nên hồ sơ hội nghị không sửa được nữa; hãy ghi việc mới."
        )
    return locked


@transaction.atomic
def change_conference(
    conference: Conference, *, version: int, by: Actor, fields: Mapping[str, Any]
) -> Conference:
    """Change the head of a draft (title, day, host, chair, place). ``Conflict`` when someone saved before."""
    locked = _drafted(conference)
    if locked.version != version:
        raise Conflict("changed_meanwhile", CHANGED.format(who="người khác", at="vừa rồi"))
    for field, value in fields.items():
        setattr(locked, field, value)
    locked.version += 1
    locked.save()
    _note(locked, "conference.changed", by, fields=sorted(fields))
    return locked


@transaction.atomic
def add_item(conference: Conference, *, kind: str, text: str, by: Actor) -> Item:
    """Add a result, limitation, opinion or task by hand; a task item makes its task."""
    locked = _drafted(conference)
    if kind not in dict(ITEM_KINDS):
        raise Refused("kind_unknown", "Loại nội dung không hợp lệ.", "kind")
    last = locked.items.filter(kind=kind).aggregate(last=Max("order"))["last"] or 0
    item = Item.objects.create(conference=locked, kind=kind, order=last + 1, text=_needed(text))
    if kind == TASK:
        _task_of(item, by)
    _note(locked, "conference.changed", by, item=item.pk, added=kind)
    return item


@transaction.atomic
def change_item(item: Item, *, text: str, by: Actor) -> Item:
    """Reword one item; a task item's task follows."""
    locked = _drafted(item.conference)
    item.text = _needed(text)
    item.save(update_fields=["text"])
    task = Task.objects.select_for_update().filter(item=item).first()
    if task:
        task.text = item.text
        _touch(task, by)
    _note(locked, "conference.changed", by, item=item.pk)
    return item


@transaction.atomic
def drop_item(item: Item, *, by: Actor) -> None:
    """Take an item out of a draft, its task with it; the text it came from stays."""
    locked = _drafted(item.conference)
    Task.objects.filter(item=item).delete()
    _note(locked, "conference.changed", by, item=item.pk, dropped=item.text)
    item.delete()


def _needed(text: str) -> str:
    cleaned = " ".join(text.split())
    if not cleaned:
        raise Refused("empty", "Cần ghi nội dung.", "text")
    return cleaned


def _touch(task: Task, by: Actor) -> None:
    task.version += 1
    task.changed_by_id = by.account
    task.changed_at = now()
    task.save()


@dataclass(frozen=True)
class Given:
    """To whom a task is given, until when."""

    organisation: Organisation
    due_on: date


@transaction.atomic
def assign(
    task: Task,
    *,
    version: int,
    text: str,
    due_on: date,
    to: Sequence[Organisation],
    by: Actor,
    today: date,
) -> Task:
    """Set a task's wording, due date and the organisations that carry it out, all at once.

    Organisations taken off the list lose the task unless they have already reported on it.
    """
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.version != version:
        who = locked.changed_by.full_name if locked.changed_by else "người khác"
        raise Conflict("changed_meanwhile", CHANGED.format(who=who, at=f"{locked.changed_at:%H:%M %d/%m/%Y}"))
    if due_on < today:
        raise Refused("due_past", f"Thời hạn {due_on:%d/%m/%Y} đã qua; hãy chọn ngày từ hôm nay.", "due_on")
    if not to:
        raise Refused("nobody", "Cần chọn ít nhất một tổ chức thực hiện.", "organisations")
    locked.text, locked.due_on = _needed(text), due_on
    _touch(locked, by)
    _give(locked, [Given(o, due_on) for o in to])
    record(
        by,
        "task.assigned",
        stream=locked.organisation.code,
        kind="task",
        key=str(locked.ref),
        data={"to": [o.code for o in to], "due_on": str(due_on)},
    )
    return locked


def _give(task: Task, given: Iterable[Given]) -> None:
    issued = task.conference is None or task.conference.status != DRAFT
    wanted = {g.organisation.pk: g for g in given}
    for dropped in task.assignments.exclude(organisation__in=wanted):
        if dropped.reports.exists():
            raise Refused(
                "has_reports",
                f"{dropped.organisation.name} đã báo cáo nhiệm vụ này nên không bỏ khỏi danh sách được.",
                "organisations",
            )
        dropped.delete()
    for pk, one in wanted.items():
        TaskAssignment.objects.update_or_create(
            task=task, organisation_id=pk, defaults={"due_on": one.due_on, "issued": issued}
        )


@transaction.atomic
def report_progress(
    assignment: TaskAssignment,
    *,
    status: str,
    note: str,
    file: StoredFile | None,
    by: Actor,
    today: date,
) -> ProgressReport:
    """Report how an assigned task goes; each report stays, the newest gives the task's standing."""
    locked = TaskAssignment.objects.select_for_update().get(pk=assignment.pk)
    if locked.status == DONE:
        raise Refused("already_done", "Nhiệm vụ này đã được báo cáo hoàn thành.", "status")
    report = ProgressReport.objects.create(
        assignment=locked,
        note=_needed(note),
        status=status,
        file=file,
        reported_on=today,
        reported_at=now(),
        reported_by_id=by.account,
    )
    locked.status = status
    locked.done_on = today if status == DONE else None
    locked.save(update_fields=["status", "done_on"])
    record(
        by,
        "task.reported",
        stream=locked.organisation.code,
        kind="assignment",
        key=str(locked.ref),
        data={"status": status},
    )
    return report

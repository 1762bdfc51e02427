"""Writing conferences, their items, tasks and reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tochuc.access.clock import now
from tochuc.access.models import Account
from tochuc.audit.record import Actor, record
from tochuc.documents import actions as registry
from tochuc.documents.drafting.wording import item as as_item
from tochuc.documents.extract.deadline import deadline_in
from tochuc.documents.extract.record import Extract
from tochuc.documents.models import StoredFile
from tochuc.kernel.errors import Conflict, Refused
from tochuc.org.models import Organisation
from tochuc.programme.models import (
    DONE,
    DRAFT,
    IN_PROGRESS,
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
from tochuc.programme.places import head_places

# No record of a conference is longer: a text that seems to give more isn't one.
_MOST_ITEMS = 500


@transaction.atomic
def draft_from_text(
    extract: Extract, text: str, *, name: str, organisation: Organisation, by: Actor
) -> Conference:
    """Draft a conference's record from a text; everything in it can be edited afterwards.

    ``text`` is the NFC text that ``extract`` was read from: its offsets are kept as places in it.
    """
    passages = {
        RESULT: extract.results,
        LIMITATION: extract.limitations,
        OPINION: extract.opinions,
        TASK: extract.tasks,
    }
    if any(len(found) > _MOST_ITEMS for found in (extract.delegates, *passages.values())):
        raise Refused(
            "too_many_items",
            f"Văn bản có hơn {_MOST_ITEMS} mục cùng loại nên không giống tin hay thông báo của một hội nghị. "
            "Hãy chỉ lấy phần nói về hội nghị.",
            "text",
        )
    source = registry.bring_text(text, name=name, organisation=organisation, by=by)
    registry.cite(source, extract.citations, by=by)
    head: dict[str, Any] = {
        "held_on": extract.event_date,
        "host_name": (extract.host or "")[:200],
        "chair_name": (extract.chair or "")[:200],
        "chair_post": (extract.chair_post or "")[:200],
    }
    conference = Conference.objects.create(
        organisation=organisation,
        title=(extract.title or name or "Hội nghị")[:300],
        source=source,
        places=head_places(text, **head),
        drafted_by_id=by.account,
        drafted_at=now(),
        changed_by_id=by.account,
        changed_at=now(),
        **head,
    )
    Delegates.objects.bulk_create(
        Delegates(conference=conference, order=n, text=d.text[:400], start=d.start, end=d.end)
        for n, d in enumerate(extract.delegates, 1)
    )
    items = Item.objects.bulk_create(
        Item(conference=conference, kind=kind, order=n, text=as_item(p.text), start=p.start, end=p.end)
        for kind, found in passages.items()
        for n, p in enumerate(found, 1)
    )
    Task.objects.bulk_create(_task_of(item, by) for item in items if item.kind == TASK)
    _note(conference, "conference.drafted", by)
    return conference


def _task_of(item: Item, by: Actor) -> Task:
    return Task(
        organisation=item.conference.organisation,
        conference=item.conference,
        item=item,
        text=item.text,
        due_on=deadline_in(item.text),
        changed_by_id=by.account,
        changed_at=now(),
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


def _check_version(held: int, sent: int, who: Account | None, at: datetime) -> None:
    if held == sent:
        return
    name = f"đồng chí {who.full_name}" if who else "người khác"
    saved = timezone.localtime(at)
    raise Conflict(
        "changed_meanwhile",
        f"Trong lúc đồng chí đang sửa, {name} đã lưu nội dung này lúc {saved:%H:%M ngày %d/%m/%Y}. "
        "Hãy so sánh hai bản bên dưới, chỉnh lại nếu cần rồi lưu.",
    )


@transaction.atomic
def change_conference(
    conference: Conference,
    *,
    version: int,
    by: Actor,
    fields: Mapping[str, Any],
    delegates: Sequence[str] | None = None,
) -> Conference:
    """Change the head of a draft (title, day, host, chair, place) and its groups of delegates.

    ``Conflict`` when someone saved before. A group whose words stay keeps its place in the text.
    """
    locked = _drafted(conference)
    _check_version(locked.version, version, locked.changed_by, locked.changed_at)
    for field, value in fields.items():
        if getattr(locked, field) != value:
            locked.places.pop(field, None)
        setattr(locked, field, value)
    if delegates is not None:
        _set_delegates(locked, delegates)
    _touch(locked, by)
    _note(locked, "conference.changed", by, fields=sorted(fields))
    return locked


def _set_delegates(conference: Conference, groups: Sequence[str]) -> None:
    kept = {d.text: (d.start, d.end) for d in conference.delegates.all()}
    conference.delegates.all().delete()
    Delegates.objects.bulk_create(
        Delegates(conference=conference, order=n, text=text, start=place[0], end=place[1])
        for n, text in enumerate(groups, 1)
        for place in (kept.pop(text, (None, None)),)
    )


@transaction.atomic
def add_item(conference: Conference, *, kind: str, text: str, by: Actor) -> Item:
    """Add a result, limitation, opinion or task by hand; a task item makes its task."""
    locked = _drafted(conference)
    item = Item(conference=locked, text=_needed(text), changed_by_id=by.account, changed_at=now())
    _put_last(item, locked, kind)
    item.save()
    if kind == TASK:
        _task_of(item, by).save()
    _note(locked, "conference.changed", by, item=item.pk, added=kind)
    return item


def _put_last(item: Item, conference: Conference, kind: str) -> None:
    if kind not in dict(ITEM_KINDS):
        raise Refused("kind_unknown", "Loại nội dung này không có; hãy chọn lại.", "kind")
    last = conference.items.filter(kind=kind).aggregate(last=Max("order"))["last"] or 0
    item.kind, item.order = kind, last + 1


@transaction.atomic
def change_item(item: Item, *, version: int, kind: str, text: str, by: Actor) -> Item:
    """Reword one item or make it another kind. A task item's task follows; one that no longer is, goes.

    ``Conflict`` when someone saved before.
    """
    locked = _drafted(item.conference)
    held = Item.objects.select_for_update().get(pk=item.pk)
    _check_version(held.version, version, held.changed_by, held.changed_at)
    before, held.text = held.text, _needed(text)
    if kind != held.kind:
        _put_last(held, locked, kind)
    _touch(held, by)
    task = Task.objects.select_for_update().filter(item=held).first()
    if task and kind == TASK:
        task.text = held.text
        _touch(task, by)
    elif task:
        task.delete()
    elif kind == TASK:
        _task_of(held, by).save()
    _note(locked, "conference.changed", by, item=held.pk, before=before, kind=kind)
    return held


@transaction.atomic
def drop_item(item: Item, *, by: Actor) -> None:
    """Take an item out of a draft, its task with it; the text it came from stays, the trail keeps its words."""
    locked = _drafted(item.conference)
    Task.objects.filter(item=item).delete()
    _note(locked, "conference.changed", by, item=item.pk, dropped=item.text, kind=item.kind)
    item.delete()


@transaction.atomic
def move_item(item: Item, *, up: bool, by: Actor) -> None:
    """Let an item change places with the one before it (or after it) of its kind; at the end nothing happens."""
    locked = _drafted(item.conference)
    row = list(locked.items.select_for_update().filter(kind=item.kind).order_by("order", "pk"))
    here = next(n for n, one in enumerate(row) if one.pk == item.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(row):
        return
    row[here], row[there] = row[there], row[here]
    for place, one in enumerate(row, 1):
        one.order = place
    Item.objects.bulk_update(row, ["order"])
    _note(locked, "conference.changed", by, item=item.pk, moved="up" if up else "down")


def _needed(text: str) -> str:
    cleaned = " ".join(text.split())
    if not cleaned:
        raise Refused("empty", "Cần ghi nội dung.", "text")
    return cleaned


def _touch(row: Conference | Item | Task, by: Actor) -> None:
    row.version += 1
    row.changed_by_id = by.account
    row.changed_at = now()
    row.save()


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

    The wording can change only until the conclusions are issued. Organisations taken off the list lose the
    task unless they have already reported on it. ``Conflict`` when someone saved before.
    """
    locked = Task.objects.select_for_update(of=("self",)).select_related("conference", "item").get(pk=task.pk)
    _check_version(locked.version, version, locked.changed_by, locked.changed_at)
    if due_on < today and due_on != locked.due_on:
        raise Refused("due_past", f"Thời hạn {due_on:%d/%m/%Y} đã qua; hãy chọn ngày từ hôm nay.", "due_on")
    if not to:
        raise Refused("nobody", "Cần chọn ít nhất một tổ chức thực hiện.", "organisations")
    _reword(locked, _needed(text), by)
    locked.due_on = due_on
    _touch(locked, by)
    _give(locked, to, due_on)
    record(
        by,
        "task.assigned",
        stream=locked.organisation.code,
        kind="task",
        key=str(locked.ref),
        data={"to": [o.code for o in to], "due_on": str(due_on)},
    )
    return locked


def _reword(task: Task, text: str, by: Actor) -> None:
    if text == task.text:
        return
    if task.conference is not None and task.conference.status != DRAFT:
        raise Refused(
            "already_issued", "Kết luận đã phát hành nên không sửa lời của nhiệm vụ được nữa.", "text"
        )
    task.text = text
    if task.item is not None:
        task.item.text = text
        _touch(task.item, by)


def _give(task: Task, to: Sequence[Organisation], due_on: date) -> None:
    issued = task.conference is None or task.conference.status != DRAFT
    wanted = {organisation.pk: organisation for organisation in to}
    # What an organisation that follows took on stays with both of them.
    dropped = task.assignments.filter(continued_in=None).exclude(organisation__in=wanted)
    reported = dropped.exclude(reports=None, continues=None).select_related("organisation").first()
    if reported:
        raise Refused(
            "has_reports",
            f"{reported.organisation.name} đã báo cáo nhiệm vụ này nên không bỏ khỏi danh sách được.",
            "organisations",
        )
    dropped.delete()
    task.assignments.filter(continued_in=None).exclude(status=DONE).update(due_on=due_on)
    known = set(task.assignments.values_list("organisation", flat=True))
    TaskAssignment.objects.bulk_create(
        TaskAssignment(task=task, organisation=one, due_on=due_on, issued=issued)
        for pk, one in wanted.items()
        if pk not in known
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
    if status not in {IN_PROGRESS, DONE}:
        raise Refused("status_unknown", "Hãy chọn đang thực hiện hoặc đã hoàn thành.", "status")
    if locked.status == DONE:
        raise Refused("already_done", "Nhiệm vụ này đã được báo cáo hoàn thành.", "status")
    if locked.continued_in is not None:
        heir = locked.continued_in.organisation.name
        raise Refused("continued", f"Nhiệm vụ này đã chuyển cho {heir}; hãy báo cáo ở đó.", "status")
    if not note.strip():
        raise Refused("empty", "Cần ghi kết quả hoặc tiến độ.", "note")
    report = ProgressReport.objects.create(
        assignment=locked,
        note=note.strip(),
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

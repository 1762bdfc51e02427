"""What whoever gave the tasks has to follow up: tasks that organisations are late with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Count, Min, Q

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part
from tochuc.kernel.known_dates import day_vn
from tochuc.programme.models import DONE, Task

KIND = "oversight"


def _late_tasks(viewer: Viewer, until: date | None) -> Slips | None:
    rows = gate.visible(viewer, "task.edit", "task").order_by()
    found = part(rows.values_list("pk", "organisation", "text"))
    if found is None:
        return None
    return Slips(_LATE.format(tasks=found.sql, kind=KIND), (*found.values, viewer.today, DONE))


_LATE = """
    SELECT '{kind}', t.place, NULL::bigint, min(a.due_on), t.id::text, t.text, false
    FROM ({tasks}) AS t(id, place, text) JOIN programme_taskassignment a ON a.task_id = t.id
    WHERE a.issued AND a.continued_in_id IS NULL AND a.due_on < %s AND a.status <> %s
    GROUP BY t.id, t.place, t.text
"""


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    binding = Q(assignments__issued=True, assignments__continued_in=None)
    late = binding & Q(assignments__due_on__lt=viewer.today) & ~Q(assignments__status=DONE)
    tasks = Task.objects.filter(pk__in=[slip.key for slip in slips]).annotate(
        late=Count("assignments", filter=late), first=Min("assignments__due_on", filter=late)
    )
    for task in tasks.filter(late__gt=0).select_related("organisation"):
        yield str(task.pk), _follow_up(task, task.late, task.first)


def _follow_up(task: Task, late: int, first: date) -> Duty:
    return Duty(
        kind=KIND,
        what=f"Đôn đốc: {task.text}",
        whom=f"{late} nơi quá hạn",
        organisation=task.organisation.code,
        due_on=first,
        why=Why(
            "Nhiệm vụ đã quá hạn ở những nơi chưa báo cáo hoàn thành.",
            facts=(("Thời hạn", day_vn(first)), ("Số nơi quá hạn", str(late))),
        ),
        page="task",
        key=str(task.ref),
        action="Xem các nơi",
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(
        Provider(
            KIND, "Đôn đốc nhiệm vụ", slips=_late_tasks, work_out=_work_out, impersonal=frozenset({KIND})
        )
    )

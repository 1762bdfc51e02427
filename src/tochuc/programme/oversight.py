"""What whoever gave the tasks has to follow up: tasks that organisations are late with."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min, Q

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.known_dates import day_vn
from tochuc.programme.models import DONE


def _late_tasks(viewer: Viewer) -> Iterator[Duty]:
    binding = Q(assignments__issued=True, assignments__continued_in=None)
    late = binding & Q(assignments__due_on__lt=viewer.today) & ~Q(assignments__status=DONE)
    tasks = (
        gate.visible(viewer, "task.edit", "task")
        .annotate(late=Count("assignments", filter=late), first=Min("assignments__due_on", filter=late))
        .filter(late__gt=0)
        .select_related("organisation", "conference")
    )
    for task in tasks:
        yield Duty(
            kind="oversight",
            what=f"Đôn đốc: {task.text}",
            whom=f"{task.late} nơi quá hạn",
            organisation=task.organisation.code,
            due_on=task.first,
            why=Why(
                "Nhiệm vụ đã quá hạn ở những nơi chưa báo cáo hoàn thành.",
                facts=(("Thời hạn", day_vn(task.first)), ("Số nơi quá hạn", str(task.late))),
            ),
            page="task",
            key=str(task.ref),
            action="Xem các nơi",
        )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider("oversight", "Đôn đốc nhiệm vụ", _late_tasks, impersonal=frozenset({"oversight"})))

"""Tasks not yet done by organisations that end: those that follow take them on, with what was reported so far."""

from __future__ import annotations

from collections import defaultdict

from tochuc.programme.models import DONE, IN_PROGRESS, OPEN, TaskAssignment
from tochuc.reorganise.models import ASSIGNMENT
from tochuc.reorganise.run import Run


def write(run: Run) -> None:
    """Hand open assignments on. Several of one task that meet at one organisation become one, due the earliest."""
    open_ones = (
        TaskAssignment.objects.filter(organisation__in=run.ended, continued_in=None)
        .exclude(status=DONE)
        .select_related("organisation", "task")
        .order_by("task", "due_on", "pk")
    )
    meeting: dict[tuple[int, str], list[TaskAssignment]] = defaultdict(list)
    for one in open_ones:
        for code in run.changes[one.organisation.code].successors:
            meeting[one.task_id, code].append(one)
    for (_, code), group in meeting.items():
        _continue(run, code, group)


def _continue(run: Run, code: str, group: list[TaskAssignment]) -> None:
    first, to = group[0], run.organisations[code]
    taken = TaskAssignment.objects.filter(task=first.task, organisation=to).first()
    if taken is None:
        under_way = any(one.status == IN_PROGRESS for one in group)
        taken = TaskAssignment.objects.create(
            task=first.task,
            organisation=to,
            due_on=first.due_on,
            status=IN_PROGRESS if under_way else OPEN,
            issued=first.issued,
        )
        run.touch(ASSIGNMENT, taken.pk, None, {"status": taken.status, "due_on": taken.due_on.isoformat()})
    for one in group:
        # Handed to several, it is followed in the first of them; the others name it as their task too.
        if one.continued_in_id is None:
            one.continued_in = taken
            one.save(update_fields=["continued_in"])
            run.touch(ASSIGNMENT, one.pk, {"continued_in": None}, {"continued_in": taken.pk})

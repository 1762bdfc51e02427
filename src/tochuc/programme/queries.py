"""Reading conferences and tasks, through querysets that the gate gave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from tochuc.programme.models import (
    DONE,
    ITEM_KINDS,
    Conference,
    Item,
    ProgressReport,
    Task,
    TaskAssignment,
)


def conferences(rows: QuerySet[Conference]) -> QuerySet[Conference]:
    """Conferences, newest first, with how many tasks each gave."""
    return (
        rows.select_related("organisation", "conclusion__document")
        .annotate(task_count=Count("tasks", distinct=True))
        .order_by("-held_on", "-pk")
    )


def items_by_kind(conference: Conference) -> list[tuple[str, str, list[Item]]]:
    """The conference's items, in the order of a record: results, limitations, opinions, tasks."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in conference.items.select_related("task").order_by("order", "pk"):
        found[item.kind].append(item)
    return [(kind, label, found[kind]) for kind, label in ITEM_KINDS]


@dataclass(frozen=True)
class Glance:
    """How a task goes across its organisations, in one line."""

    task: Task
    given: int
    done: int
    late: int
    silent: int

    @property
    def open(self) -> int:
        """Those not finished yet."""
        return self.given - self.done


def glances(tasks: QuerySet[Task], today: date) -> list[Glance]:
    """Each task with its counts: given, done, late, never reported."""
    rows = (
        tasks.select_related("conference")
        .annotate(
            given=Count("assignments", distinct=True),
            done=Count("assignments", filter=Q(assignments__status=DONE), distinct=True),
            late=Count(
                "assignments",
                filter=~Q(assignments__status=DONE) & Q(assignments__due_on__lt=today),
                distinct=True,
            ),
            silent=Count("assignments", filter=Q(assignments__reports=None), distinct=True),
        )
        .order_by("due_on", "pk")
    )
    return [Glance(t, t.given, t.done, t.late, t.silent) for t in rows]


def assignments_of(task: Task) -> QuerySet[TaskAssignment]:
    """A task's assignments with their reports, the late and silent ones easy to see: by organisation."""
    return (
        task.assignments.select_related("organisation")
        .prefetch_related(Prefetch("reports", ProgressReport.objects.order_by("-pk")))
        .order_by("organisation__fold")
    )


def reports_of(assignment: TaskAssignment) -> QuerySet[ProgressReport]:
    """The reports on one assignment, newest first."""
    return assignment.reports.select_related("reported_by", "file").order_by("-pk")


def open_assignments(rows: QuerySet[TaskAssignment]) -> QuerySet[TaskAssignment]:
    """Assignments that are issued and not done, the most overdue first."""
    return (
        rows.filter(issued=True)
        .exclude(status=DONE)
        .select_related("organisation", "task", "task__conference", "task__conference__conclusion__document")
        .order_by("due_on", "pk")
    )

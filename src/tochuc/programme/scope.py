"""How conferences, tasks and assignments are reached."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.programme.models import Conclusion, Conference, Item, Task, TaskAssignment

REACHES = (
    Reach(
        kind="conference",
        model=Conference,
        key="ref",
        read="conference.read",
        place=lambda units, _day: Q(organisation__in=units),
        related=("organisation", "source"),
    ),
    Reach(
        kind="item",
        model=Item,
        key="pk",
        read="conference.read",
        place=lambda units, _day: Q(conference__organisation__in=units),
        related=("conference", "conference__organisation"),
    ),
    Reach(
        kind="conclusion",
        model=Conclusion,
        key="document__ref",
        read="conclusion.read",
        place=lambda units, _day: Q(
            pk__in=Conclusion.objects.filter(
                Q(conference__organisation__in=units)
                | Q(conference__tasks__assignments__organisation__in=units)
            ).values("pk")
        ),
        related=("conference", "document", "file"),
    ),
    Reach(
        kind="task",
        model=Task,
        key="ref",
        read="task.read",
        place=lambda units, _day: Q(organisation__in=units),
        related=("organisation", "conference"),
    ),
    Reach(
        kind="assignment",
        model=TaskAssignment,
        key="ref",
        read="assignment.read",
        place=lambda units, _day: Q(organisation__in=units, issued=True),
        related=("organisation", "task", "task__conference", "task__conference__conclusion__document"),
    ),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    for reach in REACHES:
        register(reach)

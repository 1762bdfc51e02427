"""Tasks: how each goes at a glance, those one has to carry out, and reporting on them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Schema

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Note, Sent
from tochuc.api.organisations import OrganisationName, named
from tochuc.programme import actions, queries


class TaskGlance(Schema):
    """A task and how many organisations were given it, have done it, are late, never reported."""

    ref: UUID
    text: str
    due_on: date | None
    conference: str
    given: int
    done: int
    late: int
    silent: int


class AssignmentOut(Schema):
    """A task given to one organisation. ``status`` is open, in_progress or done."""

    ref: UUID
    text: str
    organisation: OrganisationName
    due_on: date
    status: str
    done_on: date | None
    reports: int


class ReportIn(Sent):
    """A report on a task."""

    status: Literal["in_progress", "done"]
    note: Note


class ReportOut(Schema):
    """A report as it was taken in."""

    assignment: UUID
    status: str
    note: str
    reported_on: date


@endpoint("GET", "tasks", name="tasks", needs="task.read")
def tasks(viewer: Viewer, after: After = FIRST, size: Size = USUAL) -> Page[TaskGlance]:
    """The tasks of issued conclusions in one's branch, the earliest due first."""
    issued = queries.issued_tasks(gate.visible(viewer, "task.read", "task"))
    found, following = rows_after(queries.counted(issued, viewer.today), ("due_on", "pk"), after, size)
    return Page[TaskGlance](items=[_glance(queries.glance_of(task)) for task in found], next=following)


@endpoint("GET", "assignments", name="my_assignments", needs="assignment.report")
def my_assignments(viewer: Viewer, after: After = FIRST, size: Size = USUAL) -> Page[AssignmentOut]:
    """The tasks that one's own organisations carry out and that one reports on, the earliest due first."""
    own = queries.assignments_in(gate.visible(viewer, "assignment.report", "assignment"))
    found, following = rows_after(own, ("due_on", "pk"), after, size)
    return Page[AssignmentOut](items=[_assignment(one) for one in found], next=following)


@endpoint(
    "POST",
    "assignments/<assignment:assignment>/reports",
    name="assignment_report",
    needs="assignment.report",
    status=201,
)
def report(viewer: Viewer, assignment: Any, given: ReportIn) -> ReportOut:
    """Report how a task goes; the newest report gives the task's standing."""
    made = actions.report_progress(
        assignment, status=given.status, note=given.note, file=None, by=viewer.actor, today=viewer.today
    )
    return ReportOut(
        assignment=assignment.ref, status=made.status, note=made.note, reported_on=made.reported_on
    )


def _glance(one: queries.Glance) -> TaskGlance:
    task = one.task
    return TaskGlance(
        ref=task.ref,
        text=task.text,
        due_on=task.due_on,
        conference=task.conference.title if task.conference else "",
        given=one.given,
        done=one.done,
        late=one.late,
        silent=one.silent,
    )


def _assignment(one: Any) -> AssignmentOut:
    return AssignmentOut(
        ref=one.ref,
        text=one.task.text,
        organisation=named(one.organisation),
        due_on=one.due_on,
        status=one.status,
        done_on=one.done_on,
        reports=one.report_count,
    )

"""Reading conferences and tasks, through querysets that the gate gave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet

from tochuc.documents.models import Citation, Document
from tochuc.documents.search import containing
from tochuc.org.models import Organisation
from tochuc.programme.models import (
    DONE,
    DRAFT,
    ITEM_KINDS,
    Conclusion,
    Conference,
    Item,
    ProgressReport,
    Task,
    TaskAssignment,
)

# One that another organisation took on counts there.
_HELD = Q(assignments__continued_in=None)
_LATE = _HELD & ~Q(assignments__status=DONE)


def conferences(rows: QuerySet[Conference]) -> QuerySet[Conference]:
    """Conferences, newest first, with how many tasks each gave and how many assignments are done."""
    assignments = "tasks__assignments"
    return (
        rows.select_related("organisation", "conclusion__document")
        .annotate(
            task_count=Count("tasks", distinct=True),
            given=Count(assignments, filter=Q(**{f"{assignments}__continued_in": None}), distinct=True),
            done=Count(assignments, filter=Q(**{f"{assignments}__status": DONE}), distinct=True),
        )
        .order_by("-held_on", "-pk")
    )


def drafted_from(rows: QuerySet[Conference], organisation: Organisation, text: str) -> Conference | None:
    """The newest conference of this organisation that was drafted from the very same text."""
    return rows.filter(organisation=organisation, source__text=text).order_by("-pk").first()


def conclusion_of(conference: Conference) -> Conclusion | None:
    """The issued conclusion with its document and file, or None while it is a draft."""
    return (
        Conclusion.objects.filter(conference=conference)
        .select_related("document", "file", "issued_by")
        .first()
    )


def items_by_kind(conference: Conference) -> list[tuple[str, str, list[Item]]]:
    """The conference's items, in the order of a record: results, limitations, opinions, tasks."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in conference.items.select_related("task").order_by("order", "pk"):
        found[item.kind].append(item)
    return [(kind, label, found[kind]) for kind, label in ITEM_KINDS]


def citations_of(conference: Conference) -> list[Citation]:
    """The places in the conference's text that name documents, in the order of the text."""
    if conference.source_id is None:
        return []
    rows = Citation.objects.filter(text=conference.source_id).select_related("document")
    return list(rows.order_by("start", "pk"))


def cited_in(task: Task) -> list[Document]:
    """The documents of the conference's text that the task's own words name, by number or as the text wrote it."""
    if task.conference is None:
        return []
    words = _run_together(task.text)
    named = {
        one.document_id: one.document
        for one in citations_of(task.conference)
        if _run_together(one.document.key) in words or _run_together(one.surface) in words
    }
    return list(named.values())


def _run_together(text: str) -> str:
    return "".join(text.split()).casefold()


def tasks_of(conference: Conference) -> list[Task]:
    """The conference's tasks in the order of its record, each with its assignments."""
    assignments = TaskAssignment.objects.select_related("organisation").order_by("organisation__fold")
    return list(
        conference.tasks.select_related("item", "changed_by")
        .prefetch_related(Prefetch("assignments", assignments))
        .order_by("item__order", "pk")
    )


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


def counted(tasks: QuerySet[Task], today: date) -> QuerySet[Task]:
    """Tasks with how many organisations were given each, are done, late, and never reported."""
    return (
        tasks.select_related("conference")
        .annotate(
            given=Count("assignments", filter=_HELD, distinct=True),
            done=Count("assignments", filter=Q(assignments__status=DONE), distinct=True),
            late=Count(
                "assignments",
                filter=_LATE & Q(assignments__due_on__lt=today),
                distinct=True,
            ),
            silent=Count("assignments", filter=_HELD & Q(assignments__reports=None), distinct=True),
        )
        .order_by("due_on", "pk")
    )


def issued_tasks(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks that bind: those of drafts are left out."""
    return tasks.exclude(conference__status=DRAFT)


def search_tasks(tasks: QuerySet[Task], words: str) -> QuerySet[Task]:
    """Tasks whose wording, or whose conference's title, has all these words."""
    return containing(tasks, words, "text", "conference__title")


def at_stage(tasks: QuerySet[Task], stage: str) -> QuerySet[Task]:
    """Of tasks that ``counted`` gave, those at a stage: ``qua-han``, ``chua-bao-cao``, ``chua-xong``, ``da-xong``."""
    chosen = {
        "qua-han": Q(late__gt=0),
        "chua-bao-cao": Q(silent__gt=0),
        "chua-xong": Q(done__lt=F("given")),
        "da-xong": Q(done=F("given"), given__gt=0),
    }
    return tasks.filter(chosen[stage]) if stage in chosen else tasks


def glances(tasks: QuerySet[Task], today: date) -> list[Glance]:
    """Each task with its counts: given, done, late, never reported."""
    return [glance_of(task) for task in counted(tasks, today)]


def glance_of(task: Task) -> Glance:
    """The counts of a task that ``counted`` gave."""
    return Glance(task, task.given, task.done, task.late, task.silent)  # type: ignore[attr-defined]


def assignments_of(task: Task) -> QuerySet[TaskAssignment]:
    """A task's assignments by organisation, each with its reports, newest first."""
    reports = ProgressReport.objects.select_related("file", "reported_by").order_by("-pk")
    return (
        task.assignments.select_related("organisation")
        .prefetch_related(Prefetch("reports", reports))
        .order_by("organisation__fold")
    )


def assignments_in(rows: QuerySet[TaskAssignment]) -> QuerySet[TaskAssignment]:
    """Issued assignments with their task and where it comes from; what is not done first, by due day."""
    return (
        rows.filter(issued=True)
        .select_related("organisation", "task", "task__conference")
        .annotate(report_count=Count("reports"))
        .order_by(F("done_on").desc(nulls_first=True), "due_on", "pk")
    )


def at_stage_of_own(rows: QuerySet[TaskAssignment], stage: str, today: date) -> QuerySet[TaskAssignment]:
    """Assignments at a stage: ``qua-han`` on that day, ``chua-xong``, ``da-xong``; any other word leaves all."""
    chosen = {
        "qua-han": ~Q(status=DONE) & Q(due_on__lt=today, continued_in=None),
        "chua-xong": ~Q(status=DONE) & Q(continued_in=None),
        "da-xong": Q(status=DONE),
    }
    return rows.filter(chosen[stage]) if stage in chosen else rows


def search_assignments(rows: QuerySet[TaskAssignment], words: str) -> QuerySet[TaskAssignment]:
    """Assignments whose task, conference or organisation has all these words."""
    return containing(rows, words, "task__text", "task__conference__title", "organisation__name")


def reports_of(assignment: TaskAssignment) -> QuerySet[ProgressReport]:
    """The reports on one assignment and on those it continues, newest first."""
    reports = ProgressReport.objects.filter(Q(assignment=assignment) | Q(assignment__continued_in=assignment))
    return reports.select_related("reported_by", "file").order_by("-pk")


def open_assignments(rows: QuerySet[TaskAssignment]) -> QuerySet[TaskAssignment]:
    """Assignments that are issued and not done, the most overdue first."""
    return (
        rows.filter(issued=True, continued_in=None)
        .exclude(status=DONE)
        .select_related("organisation", "task", "task__conference", "task__conference__conclusion__document")
        .order_by("due_on", "pk")
    )


def conferences_citing(rows: QuerySet[Conference], document: Document) -> list[tuple[Conference, Citation]]:
    """The conferences whose text names the document, newest first, with the first place that does."""
    found = {c.text_id: c for c in document.cited_in.order_by("-start")}
    texts = rows.filter(source__in=found).order_by("-held_on", "-pk")
    return [(conference, found[conference.source_id]) for conference in texts if conference.source_id]


def conclusions_citing(rows: QuerySet[Conclusion], document: Document) -> list[Conclusion]:
    """The issued conclusions of conferences whose text names the document, newest first."""
    return list(
        rows.filter(conference__source__citations__document=document)
        .select_related("conference", "document")
        .distinct()
        .order_by("-issued_on", "-pk")
    )


def issued_as(rows: QuerySet[Conclusion], document: Document) -> Conclusion | None:
    """The conclusion that this document of ours is the notice of, if it is one."""
    return rows.filter(document=document).select_related("document").first()

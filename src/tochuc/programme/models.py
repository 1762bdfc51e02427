"""From a conference to work: its record, its conclusions, the tasks they give and how they go."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tochuc.access.models import Account
from tochuc.documents.models import Document, SourceText, StoredFile
from tochuc.org.models import Organisation

DRAFT, ISSUED = "draft", "issued"
CONFERENCE_STATUS = [(DRAFT, "Đang soạn"), (ISSUED, "Đã phát hành kết luận")]

RESULT, LIMITATION, OPINION, TASK = "result", "limitation", "opinion", "task"
ITEM_KINDS = [
    (RESULT, "Kết quả"),
    (LIMITATION, "Hạn chế, tồn tại"),
    (OPINION, "Ý kiến thảo luận"),
    (TASK, "Nhiệm vụ"),
]

OPEN, IN_PROGRESS, DONE = "open", "in_progress", "done"
ASSIGNMENT_STATUS = [
    (OPEN, "Chưa thực hiện"),
    (IN_PROGRESS, "Đang thực hiện"),
    (DONE, "Đã hoàn thành"),
]


class Conference(models.Model):
    """A conference of the committee's work: who held it, when, who chaired, what was said."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="conferences")
    title = models.CharField("tên hội nghị", max_length=300)
    held_on = models.DateField("ngày họp", null=True)
    host_name = models.CharField("cơ quan tổ chức", max_length=200, blank=True)
    chair_name = models.CharField("người chủ trì", max_length=200, blank=True)
    chair_post = models.CharField("chức vụ người chủ trì", max_length=200, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    source = models.ForeignKey(SourceText, models.PROTECT, null=True, related_name="conferences")
    status = models.CharField(max_length=12, choices=CONFERENCE_STATUS, default=DRAFT)
    # Where the head's facts stand in the source: field name to [start, end) in characters.
    places = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(Account, models.PROTECT, null=True)
    drafted_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.title


class Delegates(models.Model):
    """A group of delegates, by post as the text names them, with the place it was read from."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="delegates")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["order", "pk"]


class Item(models.Model):
    """A result, limitation, opinion or task of the conference, with the place in the text it came from."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12, choices=ITEM_KINDS)
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k for k, _ in ITEM_KINDS]), name="item_kind_known")
        ]


class Conclusion(models.Model):
    """The issued conclusions: a numbered notice, sealed as the Word file that went out."""

    APPEND_ONLY = True

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="conclusion")
    document = models.OneToOneField(Document, models.PROTECT, related_name="conclusion")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    signer_name = models.CharField(max_length=120)
    signer_post = models.CharField(max_length=200)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Account, models.PROTECT, null=True)


class Task(models.Model):
    """Something that a conference wants done. ``version`` guards two people editing it at once."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tasks_given")
    conference = models.ForeignKey(Conference, models.PROTECT, null=True, related_name="tasks")
    item = models.OneToOneField(Item, models.SET_NULL, null=True, related_name="task")
    text = models.TextField("nội dung nhiệm vụ")
    due_on = models.DateField("thời hạn", null=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text


class TaskAssignment(models.Model):
    """A task given to one organisation, with its own due date and standing."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="task_assignments")
    due_on = models.DateField()
    status = models.CharField(max_length=12, choices=ASSIGNMENT_STATUS, default=OPEN)
    done_on = models.DateField(null=True)
    # Where the organisation ended with the task open: the assignment of the one that follows it.
    continued_in = models.ForeignKey("self", models.PROTECT, null=True, related_name="continues")
    # Tasks bind only once the conclusions are issued; until then they are a draft nobody else sees.
    issued = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "organisation"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(status=DONE, done_on__isnull=False) | (~Q(status=DONE) & Q(done_on=None)),
                name="task_assignment_done_has_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "status", "due_on"], name="assignment_due")]


class ProgressReport(models.Model):
    """What an organisation reports on a task: a note, how far it is, a file. Never rewritten."""

    APPEND_ONLY = True

    assignment = models.ForeignKey(TaskAssignment, models.PROTECT, related_name="reports")
    note = models.TextField()
    status = models.CharField(max_length=12, choices=ASSIGNMENT_STATUS)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    reported_on = models.DateField()
    reported_at = models.DateTimeField(default=timezone.now)
    reported_by = models.ForeignKey(Account, models.PROTECT, null=True)

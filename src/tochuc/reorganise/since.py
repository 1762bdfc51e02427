"""What has been recorded since a reorganisation and rests on it, in sentences that begin a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import F, ForeignKey, Model
from django.utils import timezone

from tochuc.access.models import Assignment
from tochuc.access.roles import ROLES
from tochuc.cases.models import Case, CaseParty, StepActor
from tochuc.documents.models import Document, SourceText, StoredFile
from tochuc.kernel.known_dates import day_vn
from tochuc.members.models import Holds, MemberEvent, Membership, Movement, Person
from tochuc.org import bulk
from tochuc.org.models import (
    Heir,
    Organisation,
    OrganisationEvent,
    OrganisationSpan,
    Post,
    Succession,
    Under,
)
from tochuc.programme.models import Conference, Task, TaskAssignment
from tochuc.reorganise.models import ASSIGNMENT, POST, ROLE, Draft, Reorganisation, Touched

_MODELS: dict[str, type[Model]] = {POST: Post, ROLE: Assignment, ASSIGNMENT: TaskAssignment}
_WORDS: dict[type[Model], str] = {
    Post: "Chức vụ",
    Assignment: "Vai trò",
    TaskAssignment: "Nhiệm vụ được giao",
    Task: "Nhiệm vụ",
    Conference: "Hội nghị",
    Document: "Văn bản",
    StoredFile: "Tệp",
    SourceText: "Văn bản nguồn",
    Draft: "Phương án đang soạn",
    Case: "Hồ sơ quy trình",
}
# Folded from events, or looked at by themselves.
_ELSEWHERE = (
    *(OrganisationEvent, OrganisationSpan, Under, Succession, Heir),
    *(MemberEvent, Membership, Movement, Person, Reorganisation),
    *(CaseParty, StepActor),
)


def changed_rows(touched: Collection[Touched]) -> Iterator[str]:
    """The posts, roles and assignments that are no longer as the reorganisation left them."""
    for kind, model in _MODELS.items():
        ours = {one.row: one for one in touched if one.kind == kind}
        rows = {row.pk: row for row in model._default_manager.filter(pk__in=ours)}
        for pk, one in ours.items():
            row = rows.get(pk)
            if row is None or any(_said(row, key) != value for key, value in (one.after or {}).items()):
                yield f"{_called(row) if row is not None else _WORDS[model]} đã thay đổi"
            elif isinstance(row, TaskAssignment) and one.before is None and row.reports.exists():
                yield f"{_called(row)} đã có báo cáo của {row.organisation.name}"


def _called(row: Model) -> str:
    """A row as a sentence names it."""
    name = str(row)
    if isinstance(row, Assignment):
        name = f"{ROLES[row.role]}, {row.account.full_name}"
    elif isinstance(row, TaskAssignment):
        name = str(row.task)
    elif isinstance(row, StoredFile | SourceText):
        name = row.name
    return f"{_WORDS.get(type(row), type(row)._meta.verbose_name)} «{name}»"


def _said(row: Model, key: str) -> object:
    value = getattr(row, f"{key}_id" if isinstance(row._meta.get_field(key), ForeignKey) else key)
    return value.isoformat() if hasattr(value, "isoformat") else value


def resting_on(
    reorganisation: Reorganisation,
    units: Collection[Organisation],
    vanished: Collection[Organisation],
    touched: Collection[Touched],
) -> Iterator[str]:
    """Entries about organisations that the reorganisation founded, and units put under them, since."""
    yield from built_on(
        vanished, ours=[(_MODELS[one.kind], one.row) for one in touched if one.kind in _MODELS]
    )
    yield from _orphans(units)
    posts = [one.row for one in touched if one.kind == POST and one.before is None]
    yield from _entries({"post__in": posts})


def built_on(
    vanished: Collection[Organisation], *, ours: Collection[tuple[type[Model], int]] = ()
) -> Iterator[str]:
    """Whatever was recorded of organisations whose founding was taken back, beyond the rows of ``ours``."""
    for event in bulk.in_force(vanished):
        name = event.organisation.name
        yield f"{name}: thay đổi ngày {day_vn(event.happened_on)}, ghi {_moment(event)}"
    inside = OrganisationSpan.objects.filter(parent__in=vanished).select_related("organisation", "parent")
    for span in inside:
        yield f"{span.name} trực thuộc {span.parent.name if span.parent else ''} từ ngày {day_vn(span.since)}"
    yield from _entries({"organisation__in": vanished})
    yield from _other_rows(vanished, frozenset(ours))


def _entries(names: dict[str, object]) -> Iterator[str]:
    entries = MemberEvent.objects.in_force().filter(**names)
    for entry in entries.select_related("person", "organisation").order_by("pk"):
        yield f"{entry.person.full_name}: «{entry.get_kind_display()}» ngày {day_vn(entry.happened_on)}, ghi {_moment(entry)}"


def _orphans(units: Collection[Organisation]) -> Iterator[str]:
    """Units that would stand under one of these on days on which it isn't there."""
    spans = OrganisationSpan.objects.filter(parent__in=units, until__gt=F("parent__until"))
    for span in spans.select_related("parent"):
        if span.parent is not None and span.parent.since < span.parent.until:
            yield f"{span.name} trực thuộc {span.parent.name} sau ngày tổ chức này kết thúc"


def _other_rows(
    vanished: Collection[Organisation], ours: frozenset[tuple[type[Model], int]]
) -> Iterator[str]:
    """Whatever else was made for such an organisation: papers, conferences, tasks, roles, posts."""
    for relation in Organisation._meta.related_objects:
        model = relation.related_model
        if model in _ELSEWHERE or not isinstance(model, type):
            continue
        for row in model._default_manager.filter(**{f"{relation.field.name}__in": vanished}):
            if (model, row.pk) not in ours and not (isinstance(row, Post) and row.since == row.until):
                yield f"{_called(row)} của {getattr(row, relation.field.name).name}"


def left_behind(people: Collection[int]) -> Iterator[str]:
    """Who would stand in an organisation, or hold a post, on days on which it isn't there."""
    stays = Membership.objects.filter(person__in=people).select_related("person", "organisation")
    for stay in (
        *stays.filter(until__gt=F("organisation__until")),
        *stays.filter(since__lt=F("organisation__since")),
    ):
        yield f"{stay.person.full_name} ghi sinh hoạt tại {stay.organisation.name} ngoài thời gian hoạt động"
    holds = Holds.objects.filter(person__in=people).select_related("person", "post")
    for held in holds.filter(until__gt=F("post__until")):
        yield f"{held.person.full_name} ghi giữ chức {held.post.title} sau ngày chức vụ kết thúc"


def _moment(event: OrganisationEvent | MemberEvent) -> str:
    return f"{timezone.localtime(event.recorded_at):%H:%M %d/%m/%Y}"

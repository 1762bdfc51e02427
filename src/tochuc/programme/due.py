"""What the programme makes due: assigned tasks not yet done, and drafts of conclusions left lying."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part
from tochuc.kernel.known_dates import day_vn
from tochuc.programme.models import DRAFT, Conference, TaskAssignment
from tochuc.programme.queries import open_assignments

# A house habit, not a rule of the Party: conclusions that wait longer than this are forgotten.
_DRAFT_DAYS = 7
TASK, CONCLUSION = "task", "conclusion"


def _assigned(viewer: Viewer, until: date | None) -> Slips | None:
    rows = open_assignments(gate.visible(viewer, "assignment.report", "assignment"))
    found = part(
        rows.select_related(None).order_by().values_list("pk", "organisation", "due_on", "task__text")
    )
    if found is None:
        return None
    sql = f"""
        SELECT '{TASK}', a.place, NULL::bigint, a.day, a.id::text, a.title, false
        FROM ({found.sql}) AS a(id, place, day, title)
    """
    return Slips(sql, found.values)


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    rows = TaskAssignment.objects.filter(pk__in=[slip.key for slip in slips])
    for one in open_assignments(rows):
        yield str(one.pk), _duty(one)


def _duty(one: TaskAssignment) -> Duty:
    conference = one.task.conference
    facts = [("Nhiệm vụ", one.task.text), ("Thời hạn", day_vn(one.due_on))]
    source = ""
    if conference is not None:
        held = f" ngày {day_vn(conference.held_on)}" if conference.held_on else ""
        facts.insert(0, ("Hội nghị", f"{conference.title}{held}"))
        source = f"Thông báo kết luận {conference.conclusion.document.key}"
    return Duty(
        kind=TASK,
        what=one.task.text,
        whom=one.organisation.name,
        organisation=one.organisation.code,
        due_on=one.due_on,
        why=Why("Nhiệm vụ được giao tại kết luận hội nghị.", source, tuple(facts)),
        page="assignment",
        key=str(one.ref),
        action="Báo cáo",
    )


def _drafts(viewer: Viewer, until: date | None) -> Slips | None:
    """Conclusions whose conference was held, or which were drafted, so long ago."""
    rows = gate.visible(viewer, "conference.edit", "conference").filter(status=DRAFT)
    found = part(rows.order_by().values_list("pk", "organisation", "held_on", "drafted_at", "title"))
    if found is None:
        return None
    sql = f"""
        SELECT '{CONCLUSION}', c.place, NULL::bigint,
               coalesce(c.held_on, (c.drafted_at AT TIME ZONE '{settings.TIME_ZONE}')::date) + {_DRAFT_DAYS},
               c.id::text, c.title, false
        FROM ({found.sql}) AS c(id, place, held_on, drafted_at, title)
    """
    return Slips(sql, found.values)


def _write_up(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    rows = Conference.objects.filter(pk__in=[slip.key for slip in slips], status=DRAFT)
    for one in rows.select_related("organisation"):
        yield str(one.pk), _draft(one)


def _draft(one: Conference) -> Duty:
    return Duty(
        kind=CONCLUSION,
        what=f"Phát hành kết luận: {one.title}",
        whom=one.organisation.name,
        organisation=one.organisation.code,
        due_on=(one.held_on or timezone.localdate(one.drafted_at)) + timedelta(days=_DRAFT_DAYS),
        why=Why(
            f"Hội nghị đã họp mà kết luận chưa phát hành; Tochuc nhắc sau {_DRAFT_DAYS} ngày "
            "(nếp làm việc, không phải quy định).",
            facts=(("Ngày họp", day_vn(one.held_on) if one.held_on else "chưa rõ"),),
            confirmed=False,
        ),
        page="conference",
        key=str(one.ref),
        action="Xem lại",
    )


def setup() -> None:
    """Offer the programme's duties; called once when the application is ready."""
    named = frozenset({TASK})
    register(Provider(TASK, "Nhiệm vụ được giao", slips=_assigned, work_out=_work_out, impersonal=named))
    register(Provider(CONCLUSION, "Kết luận chưa phát hành", slips=_drafts, work_out=_write_up))

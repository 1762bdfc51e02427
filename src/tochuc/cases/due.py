"""What the running cases make due: each open step, for those who may take it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.models import OpenStep
from tochuc.cases.registry import of_case, taken_by_list
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part, together
from tochuc.kernel.known_dates import day_vn

CASE, CLOSED_CASE = "case", "closed_case"


def _steps(viewer: Viewer, until: date | None) -> Slips | None:
    on = until or viewer.today
    return together(
        (
            _slips(CASE, gate.visible(viewer, "case.due", "open_step"), on),
            _slips(CLOSED_CASE, gate.visible(viewer, "closed_case.due", "closed_step"), on),
        )
    )


def _slips(kind: str, rows: QuerySet[OpenStep], on: date) -> Slips | None:
    # A step with several actors is one duty; what is only for when others are late isn't one before.
    shown = Q(shown_from=None) | Q(shown_from__lte=on)
    steps = OpenStep.objects.filter(shown, pk__in=rows.order_by().values("pk"), optional=False)
    steps = steps.exclude(case__procedure__in=taken_by_list())
    place, person = "case__organisation", "case__person"
    found = part(steps.values_list("pk", place, person, "due_on", "open_since", "title"))
    if found is None:
        return None
    sql = f"""
        SELECT '{kind}', s.place, s.person, coalesce(s.day, s.since), s.id::text, s.title, s.day IS NULL
        FROM ({found.sql}) AS s(id, place, person, day, since, title)
    """
    return Slips(sql, found.values)


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    rows = OpenStep.objects.filter(pk__in=[slip.key for slip in slips])
    for row in rows.select_related("case", "case__person", "case__organisation"):
        yield str(row.pk), _duty(row)


def limit_sentence(row: OpenStep) -> str:
    """The time limit of a step in words, or that there is none."""
    if row.limit_title:
        return f"{row.limit_title}: {row.limit_words}."
    if row.due_on:
        return f"Hạn là ngày đã ghi trong hồ sơ: {day_vn(row.due_on)}."
    return "Bước này không có thời hạn quy định: không tính quá hạn, chỉ ghi đã chờ từ ngày nào."


def _duty(row: OpenStep) -> Duty:
    case = row.case
    facts = [("Hồ sơ", of_case(case).procedure.title), ("Tới lượt từ ngày", day_vn(row.open_since))]
    if row.clock_since and row.clock_since != row.due_on:
        facts.append(("Thời hạn tính từ ngày", day_vn(row.clock_since)))
    return Duty(
        kind=CLOSED_CASE if case.closed_file else CASE,
        what=row.title,
        whom=f"{case.whom}, {case.organisation.short_name}" if case.person else case.whom,
        organisation=case.organisation.code,
        due_on=row.due_on or row.open_since,
        why=Why(limit_sentence(row), row.cite, tuple(facts), confirmed=row.confirmed),
        page="closed_case" if case.closed_file else "case",
        key=str(case.ref),
        action="Làm bước này",
        waits=row.due_on is None,
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(
        Provider(
            CASE,
            "Bước của hồ sơ",
            also=((CLOSED_CASE, "Bước của hồ sơ kín"),),
            slips=_steps,
            work_out=_work_out,
            closed=frozenset({CLOSED_CASE}),
        )
    )

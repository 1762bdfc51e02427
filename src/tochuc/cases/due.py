"""What the running cases make due: each open step, for those who may take it."""

from __future__ import annotations

from collections.abc import Iterator

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.models import OpenStep
from tochuc.cases.registry import of_case
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.known_dates import day_vn


def _steps(viewer: Viewer) -> Iterator[Duty]:
    rows = gate.visible(viewer, "case.due", "open_step") | gate.visible(
        viewer, "closed_case.due", "closed_step"
    )
    rows = rows.filter(optional=False).select_related("case", "case__person", "case__organisation")
    for row in rows.distinct():
        yield _duty(row)


def _duty(row: OpenStep) -> Duty:
    case = row.case
    whom = case.person.full_name if case.person else case.organisation.name
    facts = [("Hồ sơ", of_case(case).procedure.title), ("Tới lượt từ ngày", day_vn(row.open_since))]
    if row.clock_since:
        facts.append(("Thời hạn tính từ ngày", day_vn(row.clock_since)))
    sentence = (
        f"{row.limit_title}: {row.limit_words}."
        if row.limit_title
        else "Bước này không có thời hạn quy định."
    )
    return Duty(
        kind="case",
        what=row.title,
        whom=f"{whom}, {case.organisation.short_name}" if case.person else whom,
        organisation=case.organisation.code,
        due_on=row.due_on or row.open_since,
        why=Why(sentence, row.cite, tuple(facts), confirmed=row.confirmed),
        page="closed_case" if case.closed_file else "case",
        key=str(case.ref),
        action="Làm bước này",
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider("case", "Bước của hồ sơ", _steps))

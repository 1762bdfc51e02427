"""What meetings make due: a month that ended without a regular meeting recorded, for the cell's secretary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tochuc.access.roles import CELL_SECRETARY
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.days import add_months
from tochuc.kernel.months import last_day, month_of, month_vn
from tochuc.meetings.kinds import REGULAR
from tochuc.meetings.models import Meeting
from tochuc.org.models import Organisation
from tochuc.rules.ask import rule

KIND = "meeting"


def _due(viewer: Viewer) -> Iterator[Duty]:
    cells = {a.organisation_id: a.organisation for a in viewer.assignments if a.role == CELL_SECRETARY}
    if not cells:
        return
    month = add_months(month_of(viewer.today), -1)
    held = Meeting.objects.filter(
        organisation__in=cells, kind=REGULAR, held_on__range=(month, last_day(month)), withdrawn_at=None
    )
    recorded = set(held.values_list("organisation", flat=True))
    for pk, cell in cells.items():
        if pk not in recorded and cell.exists_on(last_day(month)):
            yield _row(cell, month)


def _row(cell: Organisation, month: date) -> Duty:
    often = rule("meetings.regular_per_month", on=month)
    return Duty(
        kind=KIND,
        what=f"Ghi buổi sinh hoạt chi bộ tháng {month_vn(month)}",
        whom=cell.short_name,
        organisation=cell.code,
        due_on=last_day(add_months(month, 1)),
        why=Why(
            f"Chưa ghi buổi sinh hoạt thường kỳ nào của tháng {month_vn(month)}; chi bộ sinh hoạt thường kỳ "
            f"{often.words} mỗi tháng. Không có hạn ghi trong quy định; hệ thống nhắc trong tháng kế tiếp.",
            often.cite.vn,
            (("Chi bộ", cell.name),),
            confirmed=often.may_refuse,
        ),
        page="meeting_new",
        key=cell.code,
        action="Ghi buổi sinh hoạt",
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider(KIND, "Sinh hoạt chi bộ", _due, impersonal=frozenset({KIND})))

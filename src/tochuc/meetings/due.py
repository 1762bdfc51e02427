"""What meetings make due: a month that ended without a regular meeting recorded, for the cell's secretary."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from tochuc.access.roles import CELL_SECRETARY
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips
from tochuc.kernel.days import add_months
from tochuc.kernel.months import last_day, month_of, month_vn
from tochuc.meetings.kinds import REGULAR
from tochuc.org.models import Organisation
from tochuc.rules.ask import rule

KIND = "meeting"


def _slips(viewer: Viewer, until: date | None) -> Slips | None:
    month = add_months(month_of(viewer.today), -1)
    cells = [pk for pk, one in viewer.places(CELL_SECRETARY).items() if one.exists_on(last_day(month))]
    if not cells:
        return None
    sql = _MISSED.format(kind=KIND, what=_what(month), due_on=_due_on(month), regular=REGULAR)
    return Slips(sql, (cells, month, last_day(month)))


_MISSED = """
    SELECT '{kind}', o.id, NULL::bigint, DATE '{due_on}', o.code, '{what}', false
    FROM org_organisation o WHERE o.id = ANY(%s) AND NOT EXISTS (
        SELECT FROM meetings_meeting m WHERE m.organisation_id = o.id AND m.kind = '{regular}'
          AND m.held_on BETWEEN %s AND %s AND m.withdrawn_at IS NULL
    )
"""


def _what(month: date) -> str:
    return f"Ghi buổi sinh hoạt chi bộ tháng {month_vn(month)}"


def _due_on(month: date) -> date:
    return last_day(add_months(month, 1))


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    cells, month = viewer.places(CELL_SECRETARY), add_months(month_of(viewer.today), -1)
    yield from ((slip.key, _row(cells[slip.place or 0], month)) for slip in slips)


def _row(cell: Organisation, month: date) -> Duty:
    often = rule("meetings.regular_per_month", on=month)
    return Duty(
        kind=KIND,
        what=_what(month),
        whom=cell.short_name,
        organisation=cell.code,
        due_on=_due_on(month),
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
    register(
        Provider(KIND, "Sinh hoạt chi bộ", slips=_slips, work_out=_work_out, impersonal=frozenset({KIND}))
    )

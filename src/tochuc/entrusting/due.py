"""What entrusted work makes due for a cell: members without any this year, reviews outstanding at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tochuc.access.roles import CELL_SECRETARY
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.entrusting.queries import tallies_of
from tochuc.kernel.days import add_months
from tochuc.kernel.months import last_day, month_of
from tochuc.org.models import Organisation
from tochuc.rules.ask import rule

KIND = "entrusted"
_DECEMBER = 12
# How long a cell is asked for last year's review.
_ASKED_FOR = 6


def _due(viewer: Viewer) -> Iterator[Duty]:
    cells = {a.organisation_id: a.organisation for a in viewer.assignments if a.role == CELL_SECRETARY}
    if not cells:
        return
    today = viewer.today
    year = today.year if today.month == _DECEMBER else today.year - 1
    found = tallies_of(cells, {today.year, year}, today)
    for pk, tally in found[today.year].items():
        if tally.members > tally.entrusted:
            yield _given(cells[pk], today, tally.members - tally.entrusted)
    if today <= add_months(date(year, 12, 31), _ASKED_FOR):
        for pk, tally in found[year].items():
            if tally.entrusted > tally.reviewed:
                yield _reviewed(cells[pk], year, tally.entrusted - tally.reviewed)


def _given(cell: Organisation, today: date, missing: int) -> Duty:
    whom, by = rule("entrusting.whom", on=today), rule("entrusting.decided_by", on=today)
    return Duty(
        kind=KIND,
        what=f"Phân công công tác năm {today.year}",
        whom=f"{missing} đảng viên, {cell.short_name}",
        organisation=cell.code,
        due_on=last_day(month_of(today)),
        why=Why(
            f"Còn {missing} đảng viên không thuộc diện miễn mà chưa được phân công công tác năm {today.year}. Không có "
            "thời hạn trong quy định; hệ thống nhắc hằng tháng.",
            f"{by.cite.vn}; {whom.cite.vn}",
            (("Chi bộ", cell.name), (whom.title, whom.words)),
            confirmed=whom.may_refuse,
        ),
        page="organisation_entrusted",
        key=cell.code,
        action="Phân công",
    )


def _reviewed(cell: Organisation, year: int, missing: int) -> Duty:
    said = rule("entrusting.results", on=date(year, 12, 31))
    return Duty(
        kind=KIND,
        what=f"Đánh giá công tác đã phân công năm {year}",
        whom=f"{missing} đảng viên, {cell.short_name}",
        organisation=cell.code,
        due_on=date(year, 12, 31),
        why=Why(
            f"Còn {missing} đảng viên được phân công năm {year} mà chưa ghi kết quả thực hiện. Không có thời hạn trong "
            "quy định; hệ thống nhắc vào cuối năm.",
            said.cite.vn,
            (("Chi bộ", cell.name),),
            confirmed=said.may_refuse,
        ),
        page="organisation_entrusted",
        key=cell.code,
        action="Đánh giá",
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider(KIND, "Phân công công tác", _due, impersonal=frozenset({KIND})))

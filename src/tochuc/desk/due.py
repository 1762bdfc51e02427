"""What the desk makes due: a cell in whose records something is left to mend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tochuc.access.roles import CELL_SECRETARY
from tochuc.access.viewer import Viewer
from tochuc.desk import findings
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.days import add_months


def _to_mend(viewer: Viewer) -> Iterator[Duty]:
    """One for each cell that the viewer leads; officers have the counts of their branch instead."""
    cells = {a.organisation_id: a.organisation for a in viewer.assignments if a.role == CELL_SECRETARY}
    if not cells:
        return
    end_of_month = add_months(viewer.today.replace(day=1), 1) - timedelta(days=1)
    for pk, tally in findings.by_cell(list(cells), viewer.today).items():
        people = tally.members - tally.clean
        if not people:
            continue
        cell = cells[pk]
        yield Duty(
            kind="clean_data",
            what="Làm sạch dữ liệu đảng viên",
            whom=f"{people} đảng viên, {cell.short_name}",
            organisation=cell.code,
            due_on=end_of_month,
            why=Why(
                f"Hồ sơ của {people} trong {tally.members} đảng viên còn {tally.findings} điểm sai, thiếu hoặc cần xem.",
                facts=(("Chi bộ", cell.name), ("Hồ sơ đã sạch", f"{tally.clean} trong {tally.members}")),
            ),
            page="organisation_desk",
            key=cell.code,
            action="Xem và sửa",
        )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider("clean_data", "Làm sạch dữ liệu", _to_mend, impersonal=frozenset({"clean_data"})))

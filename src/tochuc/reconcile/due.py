"""What a reconciliation makes due: a cell that was asked which of two is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from tochuc.access.roles import CELL_SECRETARY
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.days import add_months
from tochuc.reconcile import queries


def _asked(viewer: Viewer) -> Iterator[Duty]:
    cells = {a.organisation_id: a.organisation for a in viewer.assignments if a.role == CELL_SECRETARY}
    if not cells:
        return
    end_of_month = add_months(viewer.today.replace(day=1), 1) - timedelta(days=1)
    waiting = Counter(queries.asked(list(cells)).values_list("cell", flat=True))
    for pk, n in waiting.items():
        cell = cells[pk or 0]
        yield Duty(
            kind="reconcile",
            what="Trả lời về danh sách đối chiếu",
            whom=f"{n} điểm, {cell.short_name}",
            organisation=cell.code,
            due_on=end_of_month,
            why=Why("Cấp trên hỏi chi bộ: danh sách từ hệ thống khác và sổ của Tochuc, bên nào đúng."),
            page="cell_claims",
            key=cell.code,
            action="Trả lời",
        )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider("reconcile", "Đối chiếu danh sách", _asked))

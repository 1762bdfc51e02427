"""Recording that a cell has considered a member's months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import BadInput, Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.lapses.grounds import GROUNDS, OUTCOMES
from tochuc.lapses.models import Considered
from tochuc.members.models import Person
from tochuc.org.models import Organisation


@transaction.atomic
def consider(
    person: Person,
    cell: Organisation,
    *,
    ground: str,
    months: Sequence[date],
    on: date,
    outcome: str,
    note: str,
    by: Actor,
    today: date,
) -> Considered:
    """Keep what the cell said, with its reason; the member can read it."""
    if ground not in GROUNDS or not months:
        raise Refused("lapse.none", "Không có tháng nào cần xem xét.")
    if outcome not in OUTCOMES:
        raise BadInput("lapse.outcome", "Cần chọn kết quả xem xét.", "outcome")
    if on > today:
        raise BadInput("lapse.future", f"Ngày {day_vn(on)} chưa tới.", "on")
    if on < max(months):
        raise BadInput("lapse.early", "Ngày xem xét phải sau các tháng được xem xét.", "on")
    if not note.strip():
        raise BadInput("lapse.no_note", "Cần ghi lý do hoặc nội dung nhắc nhở.", "note")
    row = Considered.objects.create(
        person=person,
        organisation=cell,
        ground=ground,
        months=sorted(months),
        considered_on=on,
        outcome=outcome,
        note=note.strip(),
        recorded_at=now(),
        recorded_by_id=by.account,
    )
    record(
        by,
        "lapse.considered",
        stream=cell.code,
        kind="person",
        key=person.ref,
        data={"ground": ground, "months": [str(month) for month in months], "outcome": outcome},
    )
    return row

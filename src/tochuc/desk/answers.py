"""Saying that what a check found is correct as it is, with the reason; remembered until the values change."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.desk import findings
from tochuc.desk.models import Checked
from tochuc.kernel.errors import Refused
from tochuc.members.models import Person


@transaction.atomic
def say_correct(person: Person, code: str, *, by: Actor, today: date, reason: str) -> None:
    """Remember that what a check finds about a person is correct; raises ``Refused`` where it finds nothing now."""
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi đã kiểm tra thế nào mà biết là đúng.", "reason")
    found = next((one for one in findings.of_person(person, today) if one.check.code == code), None)
    if found is None:
        raise Refused("nothing_found", "Điểm này đã được sửa, không còn gì phải xác nhận.")
    Checked.objects.update_or_create(
        person=person,
        code=code,
        values=found.values,
        defaults={"reason": reason.strip(), "said_by_id": by.account, "said_at": now()},
    )
    record(
        by,
        "record.checked",
        stream=person.home.code if person.home else "system",
        kind="person",
        key=person.ref,
        data={"check": code},
        reason=reason.strip(),
    )

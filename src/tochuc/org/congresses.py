"""Congresses of organisations (đại hội): from each a term begins. Recorded, and taken back where recorded wrongly."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.org.models import Organisation, OrganisationEvent


@transaction.atomic
def hold_congress(
    organisation: Organisation, *, on: date, today: date, by: Actor, decision: str = ""
) -> OrganisationEvent:
    """Record the congress that closed on a day; ``decision`` is the paper that approves its result, if known."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if on > today:
        raise Refused("future", f"Ngày {day_vn(on)} chưa tới; chỉ ghi đại hội đã họp xong.", "on")
    if not organisation.exists_on(on):
        words = f"{organisation.name} không hoạt động vào ngày {day_vn(on)}; hãy xem lại ngày bế mạc."
        raise Refused("organisation_not_alive", words, "on")
    if organisation.kind == "board":
        raise Refused("no_congress", f"{organisation.name} là cơ quan tham mưu nên không có đại hội.")
    if congresses(organisation).filter(happened_on=on).exists():
        raise Refused("recorded_before", f"Đại hội ngày {day_vn(on)} đã được ghi.", "on")
    event = OrganisationEvent.objects.create(
        organisation=organisation,
        kind=OrganisationEvent.CONGRESS,
        happened_on=on,
        recorded_by=by.account,
        decision=decision,
    )
    _note(organisation, "organisation.congress", by, {"on": str(on), "decision": decision})
    return event


@transaction.atomic
def take_back(organisation: Organisation, number: int, *, by: Actor, reason: str) -> None:
    """Take back a congress that was recorded wrongly, by an entry that corrects it."""
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do bỏ ghi nhận đại hội này.", "reason")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    event = congresses(organisation).filter(pk=number).first()
    if event is None:
        raise Refused("not_there", "Đại hội này không còn trong sổ; có thể đã được bỏ ghi nhận trước đó.")
    event.taken_back(by=by.account, at=timezone.now()).save()
    _note(
        organisation, "organisation.congress_void", by, {"on": str(event.happened_on)}, reason=reason.strip()
    )


def congresses(organisation: Organisation) -> QuerySet[OrganisationEvent]:
    """The congresses of an organisation that stand, the latest first."""
    held = organisation.events.filter(kind=OrganisationEvent.CONGRESS, corrected_by=None)
    return held.order_by("-happened_on", "-pk")


def _note(organisation: Organisation, what: str, by: Actor, data: dict[str, str], reason: str = "") -> None:
    key = {"stream": organisation.code, "kind": "organisation", "key": organisation.code}
    record(by, what, data=data, reason=reason, **key)

"""Adding a branch's own value to a parameter, withdrawing it, and confirming a value of the packs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import Refused
from tochuc.org.models import Organisation
from tochuc.regulations.models import Confirmation, LocalValue
from tochuc.rules.ask import history, rule
from tochuc.rules.checks import value_problem


@transaction.atomic
def add_local(
    parameter: str,
    *,
    organisation: Organisation,
    value: Any,
    since: date,
    until: date = FOREVER,
    number: str,
    signed_on: date,
    issuer: str,
    title: str,
    article: str,
    by: Actor,
) -> LocalValue:
    """Let a branch's own regulation say something else of a parameter from a day on.

    Raises ``Refused`` with the field to mend: a value that isn't of its kind, days out of order, a document signed
    later than its value holds, a time for which the branch has another value.
    """
    like = history(parameter)[-1]
    wrong = value_problem(like.kind, like.unit, value)
    if wrong:
        raise Refused("value", f"Giá trị {wrong}.", "value")
    if until <= since:
        raise Refused("days", "Ngày hết hiệu lực phải sau ngày có hiệu lực.", "until")
    if signed_on > since:
        raise Refused("signed_late", "Văn bản không thể ký sau ngày có hiệu lực.", "signed_on")
    for field, words in (("number", number), ("issuer", issuer), ("title", title), ("article", article)):
        if not words.strip():
            raise Refused("missing", "Cần ghi mục này để người sau tra được.", field)
    # Held before looking, so that of two additions at once the second sees the first.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    own = LocalValue.objects.filter(
        organisation=organisation, parameter=parameter, withdraws=None, withdrawn_by=None
    )
    clash = own.filter(since__lt=until, until__gt=since).first()
    if clash is not None:
        raise Refused(
            "overlap",
            f"Từ ngày {clash.since:%d/%m/%Y} đã có quy định riêng theo {clash.document_number}; "
            "rút quy định đó hoặc chọn ngày khác.",
            "since",
        )
    # A column of JSON keeps no exact fraction, so a rate is kept as its text.
    kept = str(value) if isinstance(value, Decimal) else value
    row = LocalValue.objects.create(
        parameter=parameter,
        organisation=organisation,
        since=since,
        until=until,
        value=kept,
        document_number=number.strip(),
        document_on=signed_on,
        document_issuer=issuer.strip(),
        document_title=title.strip(),
        article=article.strip(),
        recorded_at=now(),
        recorded_by_id=by.account,
    )
    _note(by, "regulation.added", organisation, parameter, {"value": kept, "since": str(since)})
    return row


@transaction.atomic
def withdraw(row: LocalValue, *, reason: str, by: Actor) -> None:
    """Let a value that was entered wrongly count no more; it stays readable with the reason."""
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do rút.", "reason")
    Organisation.objects.select_for_update().get(pk=row.organisation_id)
    if LocalValue.objects.filter(withdraws=row).exists():
        raise Refused("withdrawn", "Giá trị này đã được rút.")
    LocalValue.objects.create(
        parameter=row.parameter,
        organisation=row.organisation,
        since=row.since,
        until=row.until,
        document_number=row.document_number,
        document_on=row.document_on,
        document_issuer=row.document_issuer,
        document_title=row.document_title,
        article=row.article,
        recorded_at=now(),
        recorded_by_id=by.account,
        withdraws=row,
        reason=reason.strip(),
    )
    _note(by, "regulation.withdrawn", row.organisation, row.parameter, {"since": str(row.since)}, reason)


@transaction.atomic
def confirm(
    parameter: str, *, on: date, article: str, organisation: Organisation, by: Actor, note: str = ""
) -> Confirmation:
    """Say that the value in force on a day was read in the text of its document, and at which place.

    From then on it may refuse. Raises ``Refused`` where it is confirmed already or no place is named.
    """
    said = rule(parameter, on=on)
    if said.may_refuse or Confirmation.objects.filter(parameter=parameter, since=said.since).exists():
        raise Refused("confirmed", "Giá trị này đã được đọc trong nguyên văn.")
    if not article.strip():
        raise Refused("no_article", "Cần ghi điều, khoản, điểm đã đọc.", "article")
    row = Confirmation.objects.create(
        parameter=parameter,
        since=said.since,
        source=said.cite.source.id,
        article=article.strip(),
        organisation=organisation,
        recorded_at=now(),
        recorded_by_id=by.account,
        note=note.strip(),
    )
    _note(by, "regulation.confirmed", organisation, parameter, {"since": str(said.since), "article": article})
    return row


def _note(
    by: Actor, act: str, organisation: Organisation, parameter: str, data: dict[str, Any], reason: str = ""
) -> None:
    record(by, act, stream=organisation.code, kind="regulation", key=parameter, data=data, reason=reason)

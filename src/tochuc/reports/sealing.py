"""Sealing a statement as it is sent: from then on the figures and the people behind them never change."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused
from tochuc.members import ledger
from tochuc.members.figures import Figure, people_behind
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.statement_form import SHIFT, Row, rows
from tochuc.org.models import Organisation
from tochuc.org.queries import name_on
from tochuc.reports.models import SealedReport


def seal(
    organisation: Organisation,
    first: date,
    last: date,
    *,
    number: str,
    signed_on: date,
    sent_to: str,
    by: Actor,
    today: date,
) -> SealedReport:
    """Freeze the statement of an organisation for a period as it is known now, and say under which number it went.

    Raises ``Refused`` where the period isn't over, the statement doesn't balance, or the number was used already.
    """
    _check(first, last, number=number, signed_on=signed_on, sent_to=sent_to, today=today)
    at = now()  # Before counting: what is recorded meanwhile is told as recorded since.
    content = _content(organisation, first, last)
    report = SealedReport(
        organisation=organisation,
        first=first,
        last=last,
        number=number.strip(),
        signed_on=signed_on,
        sent_to=sent_to.strip(),
        sealed_at=at,
        sealed_by_id=by.account,
        content=content,
    )
    report.digest = digest(report)
    try:
        with transaction.atomic():
            report.save()
            record(
                by,
                "report.sealed",
                stream=organisation.code,
                kind="report",
                key=report.ref,
                data={"number": report.number, "digest": report.digest},
            )
    except IntegrityError as twice:
        raise Refused(
            "number_used", f"Báo cáo số {report.number} cùng ngày ký đã được chốt trước đó.", "number"
        ) from twice
    return report


def _check(first: date, last: date, *, number: str, signed_on: date, sent_to: str, today: date) -> None:
    if first > last:
        raise Refused("period", "Ngày bắt đầu phải trước ngày kết thúc.", "first")
    if last > today:
        raise Refused("period_open", "Kỳ báo cáo chưa kết thúc; chỉ chốt kỳ đã qua.", "last")
    if not number.strip():
        raise Refused("no_number", "Cần ghi số báo cáo.", "number")
    if not sent_to.strip():
        raise Refused("no_addressee", "Cần ghi nơi nhận báo cáo.", "sent_to")
    if signed_on > today or signed_on < last:
        raise Refused("signed_on", "Ngày ký phải từ ngày cuối kỳ đến hôm nay.", "signed_on")


def _content(organisation: Organisation, first: date, last: date) -> dict[str, Any]:
    statement = ledger.statement(organisation, first, last)
    people = people_behind(organisation, first, last)
    shown = rows(statement)
    if not statement.reconciles or not _match(shown, people):
        raise Refused(
            "not_balanced",
            "Số liệu chưa khớp hoặc vừa có người ghi thêm; hãy xem lại bảng biến động rồi chốt lại.",
        )
    return {
        "organisation": name_on(organisation, last),
        "rows": [_row(one) for one in shown],
        "people": {"/".join(figure): sorted(ids) for figure, ids in sorted(people.items())},
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "code": row.code,
        "label": row.label,
        "part": row.part,
        "total": row.total,
        "confirmed": row.confirmed,
        "official": row.count.official,
        "probationary": row.count.probationary,
    }


def _match(shown: list[Row], people: dict[Figure, list[int]]) -> bool:
    """Whether the lists hold as many people as the figures say; the sums of a part have no list of their own."""
    wanted = {
        Figure(row.part, row.code, standing): n
        for row in shown
        if row.code != row.part and row.part != SHIFT
        for standing, n in ((OFFICIAL, row.count.official), (PROBATIONARY, row.count.probationary))
        if n
    }
    return wanted == {figure: len(ids) for figure, ids in people.items() if figure.part != SHIFT}


def digest(report: SealedReport) -> str:
    """The fingerprint of everything that was sealed."""
    sealed = {
        "organisation": report.organisation.code,
        "first": str(report.first),
        "last": str(report.last),
        "number": report.number,
        "signed_on": str(report.signed_on),
        "sent_to": report.sent_to,
        "sealed_at": report.sealed_at.timestamp(),
        "sealed_by": report.sealed_by_id,
        "content": report.content,
    }
    return hashlib.sha256(json.dumps(sealed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def intact(report: SealedReport) -> bool:
    """Whether the report is still what was sealed."""
    return digest(report) == report.digest

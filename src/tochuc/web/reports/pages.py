"""Reports that were sent: sealing one, the list, one exactly as sent, and what has changed since."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.exchange.sheets import Column, Sheet
from tochuc.kernel.known_dates import day_vn
from tochuc.members import ledger, queries
from tochuc.org.queries import Organisation
from tochuc.reports.queries import SealedReport, of_organisation
from tochuc.reports.sealing import intact, seal
from tochuc.reports.since import Moved, Since, since
from tochuc.web.door import page
from tochuc.web.fields import Line
from tochuc.web.forms import DayField, Form
from tochuc.web.members.ledger_pages import form_rows, period_asked
from tochuc.web.organisations.asked import address
from tochuc.web.organisations.place import head, page_of, place_of, record_of
from tochuc.web.reports.wording import cause_words, causes, counted, moment, row_words, signed
from tochuc.web.sheets import download, made_on

_PER_PAGE = 50
_COLUMNS = ({"label": "Tổng số"}, {"label": "Chính thức"}, {"label": "Dự bị"})
_SHEET = (
    Column("Họ và tên", 28),
    Column("Ngày sinh", 12),
    Column("Báo cáo đã gửi tính ở", 34),
    Column("Nay tính ở", 34),
    Column("Việc đã ghi sau khi gửi", 44),
    Column("Của ngày", 12, "date"),
    Column("Ghi lúc", 22),
    Column("Người ghi", 22),
    Column("Lý do", 34),
)


_FIGURES = (
    Column("Chỉ tiêu", 44),
    Column("Đã gửi", 12, "number"),
    Column("Hiện nay", 12, "number"),
    Column("Chênh lệch", 12),
)


class SealForm(Form):
    """Under which number the statement goes, signed when, to whom."""

    number = Line(label="Số báo cáo", longest=60, help_text="Ví dụ 12-BC/ĐU")
    signed_on = DayField(label="Ngày ký")
    sent_to = Line(label="Nơi nhận", longest=160, help_text="Ví dụ Ban Tổ chức Huyện ủy")


@page("to-chuc/<organisation:organisation>/bao-cao-da-gui/", name="sealed_reports", needs="report.read")
def sealed_reports(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The reports of an organisation that were sealed, the latest period first."""
    found = of_organisation(gate.visible(viewer, "report.read", "report"), organisation)
    shown = Paginator(found, _PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        **_head(viewer, organisation, "Báo cáo đã gửi"),
        "columns": [
            {"label": "Báo cáo"},
            {"label": "Kỳ", "fact": True},
            {"label": "Ngày ký"},
            {"label": "Nơi nhận"},
            {"label": "Người chốt"},
        ],
        "rows": [
            {
                "name": f"Số {one.number}",
                "url": reverse("sealed_report", args=[one.ref]),
                "cells": [_period(one), one.signed_on, one.sent_to, _sealer(one)],
            }
            for one in shown.object_list
        ],
        "page": shown,
        "statement_url": page_of(organisation, "organisation_statement"),
        "may_seal": gate.may(viewer, "report.seal", "organisation", organisation),
    }
    return render(request, "reports/list.html", context)


@page(
    "to-chuc/<organisation:organisation>/bao-cao-da-gui/chot/",
    name="report_seal",
    needs="report.seal",
    post="report.seal",
)
def report_seal(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The statement as it stands, to be sealed under the number with which it goes out."""
    asked = period_asked(request, viewer)
    form = SealForm(request.POST if request.method == "POST" else None, initial={"signed_on": viewer.today})
    if request.method == "POST" and not asked.errors and form.is_valid():
        report = form.attempt(
            lambda: seal(
                organisation,
                asked.first.day,
                asked.last.day,
                by=viewer.actor,
                today=viewer.today,
                **form.cleaned_data,
            )
        )
        if report is not None:
            messages.success(request, f"Đã chốt báo cáo số {report.number}. Số liệu này không đổi nữa.")
            return redirect("sealed_report", report.ref)
    back = page_of(organisation, "organisation_statement")
    own = None if asked.errors else ledger.statement(organisation, asked.first.day, asked.last.day)
    context = {
        **_head(
            viewer, organisation, ("Báo cáo đã gửi", page_of(organisation, "sealed_reports")), "Chốt báo cáo"
        ),
        "form": form,
        "errors": asked.errors,
        "words": asked.words,
        "columns": _COLUMNS,
        "rows": form_rows(own, "") if own else [],
        "own": own,
        "back": back + address(tu=asked.first.day, den=asked.last.day),
    }
    return render(request, "reports/seal.html", context, status=422 if request.method == "POST" else 200)


@page("bao-cao-da-gui/<report:report>/", name="sealed_report", needs="report.read")
def sealed_report(request: HttpRequest, viewer: Viewer, report: SealedReport) -> HttpResponse:
    """A report exactly as it was sent, and each figure and person that differs now."""
    found = since(report)
    shown = Paginator(found.people, _PER_PAGE).get_page(request.GET.get("trang"))
    people = gate.visible(viewer, "member.read", "person")
    readable = queries.readable(people, (one.person.ref for one in shown.object_list))
    organisation = report.organisation
    context = {
        **_head(
            viewer,
            organisation,
            ("Báo cáo đã gửi", page_of(organisation, "sealed_reports")),
            f"Số {report.number}",
        ),
        "report": report,
        "facts": _facts(report),
        "intact": intact(report),
        "columns": _COLUMNS,
        "rows": [_sent_row(row) for row in report.content["rows"]],
        "differs": found.differs,
        "changed_columns": ({"label": "Đã gửi"}, {"label": "Hiện nay"}, {"label": "Chênh lệch"}),
        "changed": _changed(found),
        "people_columns": [
            {"label": "Họ và tên"},
            {"label": "Đã gửi tính ở", "fact": True},
            {"label": "Nay tính ở"},
            {"label": "Việc đã ghi sau khi gửi"},
        ],
        "people": [_person_row(one, readable) for one in shown.object_list],
        "page": shown,
        "sheet_url": reverse("sealed_report_sheet", args=[report.ref]),
    }
    return render(request, "reports/report.html", context)


@page("bao-cao-da-gui/<report:report>/thay-doi.xlsx", name="sealed_report_sheet", needs="report.read")
def sealed_report_sheet(request: HttpRequest, viewer: Viewer, report: SealedReport) -> HttpResponseBase:
    """What has changed since the report was sent, as a workbook: the figures, and the people with the reasons."""
    found = since(report)
    notes = [
        f"{report.organisation.name}, {_period(report)}, chốt {moment(report.sealed_at)}",
        made_on(viewer),
    ]
    title, issuer = f"Thay đổi sau khi gửi báo cáo số {report.number}", report.content["organisation"]
    people = Sheet(
        title,
        _SHEET,
        (line for one in found.people for line in _lines(one)),
        issuer=issuer,
        notes=[*notes, *(row_words(row) for row in found.rows if row.differs)],
        name="Người nay tính khác",
        still=1,
    )
    figures = Sheet(
        title,
        _FIGURES,
        [[row.label, row.then.total, row.now.total, signed(row.difference)] for row in found.rows],
        issuer=issuer,
        notes=notes,
        name="Con số",
        still=1,
        strong=frozenset(n for n, row in enumerate(found.rows) if row.total),
    )
    name = f"thay-doi-sau-khi-gui-{report.organisation.code}-{report.last.isoformat()}.xlsx"
    return download(request, viewer, [people, figures], name=name, organisation=report.organisation)


def _head(viewer: Viewer, organisation: Organisation, *here: str | tuple[str, str]) -> dict[str, Any]:
    return head(place_of(viewer, organisation), "organisation_statement", *here)


def _period(report: SealedReport) -> str:
    return f"{day_vn(report.first)} đến {day_vn(report.last)}"


def _sealer(report: SealedReport) -> str:
    return report.sealed_by.full_name if report.sealed_by else "Hệ thống"


def _facts(report: SealedReport) -> list[dict[str, Any]]:
    return [
        {"label": "Tổ chức", "value": report.content["organisation"]},
        {"label": "Kỳ báo cáo", "value": _period(report)},
        {"label": "Báo cáo số", "value": report.number, "note": f"ký ngày {day_vn(report.signed_on)}"},
        {"label": "Nơi nhận", "value": report.sent_to},
        {
            "label": "Chốt",
            "value": f"{moment(report.sealed_at)}, {_sealer(report)}",
            "note": "theo hồ sơ biết đến lúc đó",
        },
    ]


def _sent_row(row: dict[str, Any]) -> dict[str, Any]:
    official, probationary = row["official"], row["probationary"]
    return {
        "label": row["label"] if row["confirmed"] else f"{row['label']} *",
        "total": row["total"],
        "level": 0 if row["total"] else 1,
        "cells": [official + probationary, official, probationary],
    }


def _changed(found: Since) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "total": row.total,
            "level": 0 if row.total else 1,
            "cells": [row.then.total, row.now.total, signed(row.difference)],
        }
        for row in found.rows
        if row.differs
    ]


def _person_row(one: Moved, readable: frozenset[str]) -> dict[str, Any]:
    return {
        "name": one.person.full_name,
        "under": one.person.birth.vn,
        "url": record_of(one.person.ref) if one.person.ref in readable else "",
        "cells": [counted(one.then), counted(one.now), " ".join(f"{cause_words(c)}." for c in causes(one))],
    }


def _lines(one: Moved) -> list[list[Any]]:
    """A line for each thing recorded; a person's own facts stand in each, so that one can filter."""
    own = [one.person.full_name, one.person.birth.vn, counted(one.then), counted(one.now)]
    found = causes(one) or [dict.fromkeys(("what", "on", "at", "by", "reason"))]
    return [[*own, c["what"], c["on"], c["at"], c["by"], c["reason"]] for c in found]

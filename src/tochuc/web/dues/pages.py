"""Dues of an organisation: for a cell the sheet on which it records them, for any the sums of some months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.dues import actions, sheet, statement
from tochuc.dues.actions import Given
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import DomainError, Refusals
from tochuc.kernel.months import month_of, month_vn, months, parse_month
from tochuc.org.queries import Organisation, children
from tochuc.web.door import page
from tochuc.web.dues.forms import CollectForm, read_sum
from tochuc.web.dues.periods import Period, period_asked
from tochuc.web.organisations.asked import address
from tochuc.web.organisations.place import head, in_rank, is_cell, page_of, place_of

_MOST_MONTHS = 6
COLUMNS = (
    {"label": "Phải nộp"},
    {"label": "Đã nộp"},
    {"label": "Có lý do"},
    {"label": "Miễn, nơi khác"},
    {"label": "Còn thiếu"},
    {"label": "Phải thu"},
    {"label": "Đã thu"},
    {"label": "Chi bộ giữ"},
    {"label": "Cơ sở giữ"},
    {"label": "Trên cơ sở giữ"},
    {"label": "Nộp tiếp"},
)
GROUPS = (
    {"label": "Lượt người", "span": 5},
    {"label": "Tiền (đồng)", "span": 2},
    {"label": "Tạm chia", "span": 4},
)


@page(
    "to-chuc/<organisation:organisation>/dang-phi/",
    name="organisation_dues",
    needs="dues.read",
    post="dues.record",
)
def organisation_dues(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """A cell's sheet for whoever may record there; for everybody else, and above, the sums."""
    records = is_cell(organisation) and gate.may(viewer, "dues.record", "organisation", organisation)
    if request.method == "POST" and not records:
        raise PermissionDenied("dues.record")
    if not records:
        return redirect(page_of(organisation, "organisation_dues_sums"))
    asked = _months_asked(request, viewer, organisation)
    rows = sheet.sheet(organisation, asked.months, viewer.today)
    sent = request.POST if request.method == "POST" else None
    form = CollectForm(sent, initial={"paid_on": viewer.today})
    typed = _Typed.of(request, everyone="chon" in request.GET)
    if sent is not None and form.is_valid():
        given = typed.read(rows)
        if not typed.errors:
            try:
                made = actions.collect(
                    organisation,
                    given,
                    paid_on=form.cleaned_data["paid_on"],
                    receipt=form.cleaned_data["receipt"],
                    by=viewer.actor,
                    today=viewer.today,
                )
            except DomainError as wrong:
                typed.refused(wrong, form)
            else:
                total = f"{sum(row.amount for row in made):,}".replace(",", ".")
                messages.success(request, f"Đã ghi {len(made)} lượt nộp đảng phí, {total} đồng.")
                return redirect(page_of(organisation, "organisation_dues") + asked.query)
    context = {
        **head(place_of(viewer, organisation), "organisation_dues", "Đảng phí"),
        "asked": asked,
        "words": sheet.words(asked.months),
        "form": form,
        "row_errors": typed.listed,
        "rows": [_shown(row, typed, viewer) for row in rows],
        "several": len(asked.months) > 1,
        "tallies": [(month_vn(m), one) for m, one in sheet.tallies(rows, asked.months).items()],
        "choose_all": page_of(organisation, "organisation_dues") + asked.query + "&chon=tat-ca",
        "sums_url": page_of(organisation, "organisation_dues_sums"),
    }
    return render(request, "dues/sheet.html", context)


@dataclass(frozen=True)
class _Asked:
    months: list[date]
    error: str = ""

    @property
    def query(self) -> str:
        """The query of an address that asks the same."""
        return address(tu=month_vn(self.months[0]), den=month_vn(self.months[-1]))

    @property
    def first(self) -> str:
        """The first month as typed."""
        return month_vn(self.months[0])

    @property
    def last(self) -> str:
        """The last month as typed."""
        return month_vn(self.months[-1])


def _months_asked(request: HttpRequest, viewer: Viewer, cell: Organisation) -> _Asked:
    """The months in the address; the one to record where it names none or they can't be used."""
    last_month = add_months(month_of(viewer.today), -1)
    default = [last_month]
    typed = (request.GET.get("tu", "").strip(), request.GET.get("den", "").strip())
    if not any(typed):
        return _Asked([sheet.month_to_record(cell, last_month)])
    try:
        first = parse_month(typed[0] or typed[1])
        last = parse_month(typed[1]) if typed[1] else first
    except DomainError as bad:
        return _Asked(default, bad.message)
    asked = months(first, last)
    if not asked:
        return _Asked(default, "Tháng đầu phải trước tháng cuối.")
    if last > add_months(month_of(viewer.today), actions.AHEAD):
        return _Asked(default, f"Chỉ ghi trước nhiều nhất {actions.AHEAD} tháng.")
    if len(asked) > _MOST_MONTHS:
        return _Asked(asked[-_MOST_MONTHS:], f"Mỗi lần ghi nhiều nhất {_MOST_MONTHS} tháng.")
    return _Asked(asked)


@dataclass
class _Typed:
    """What was ticked and typed on the sheet, and what is wrong with it, by input."""

    ticked: frozenset[str]
    sums: dict[str, str]
    everyone: bool
    errors: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest, *, everyone: bool) -> _Typed:
        """From the form that was sent."""
        sums = {k.removeprefix("tien-"): str(v) for k, v in request.POST.items() if k.startswith("tien-")}
        return cls(frozenset(request.POST.getlist("nop")), sums, everyone and not sums, {})

    def read(self, rows: list[sheet.Row]) -> list[Given]:
        """The payments, each with its sum; those that can't be read are noted."""
        given = []
        for row in rows:
            for line in row.lines:
                key = key_of(row, line.month)
                if key not in self.ticked or not line.open:
                    continue
                amount = read_sum(self.sums.get(key, ""))
                if amount is None:
                    self.errors[key] = (
                        f"{row.person.full_name}, tháng {month_vn(line.month)}: cần ghi số tiền, ví dụ 15.000."
                    )
                else:
                    given.append(Given(row.person, line.month, amount, key))
        return given

    def refused(self, wrong: DomainError, form: CollectForm) -> None:
        """Put each refusal where it is mended."""
        for one in wrong.errors if isinstance(wrong, Refusals) else (wrong,):
            if one.field and one.field not in form.fields:
                self.errors[one.field] = one.message
            else:
                form.add_error(one.field, one.message)

    @property
    def listed(self) -> list[dict[str, str]]:
        """The errors for the summary on top."""
        return [{"id": f"nop-{key}", "message": message} for key, message in self.errors.items()]


def key_of(row: sheet.Row, month: date) -> str:
    """What names a member's month on the sheet."""
    return f"{row.person.ref}-{month.year}-{month.month:02}"


def _shown(row: sheet.Row, typed: _Typed, viewer: Viewer) -> dict[str, Any]:
    return {
        "name": row.person.full_name,
        "url": reverse("member_dues", args=[row.person.ref]),
        "about": row.about,
        "chosen": row.chosen,
        "missing": [month_vn(month) for month in row.missing],
        "lines": [_line(row, line, typed) for line in row.lines],
    }


def _line(row: sheet.Row, line: sheet.Line, typed: _Typed) -> dict[str, Any]:
    key = key_of(row, line.month)
    proposed = "" if line.amount is None else f"{line.amount:,}".replace(",", ".")
    return {
        "key": key,
        "month": month_vn(line.month),
        "open": line.open,
        "amount": line.amount,
        "words": line.words,
        "checked": key in typed.ticked or (typed.everyone and line.state == sheet.OPEN),
        "value": typed.sums.get(key, proposed),
        "error": typed.errors.get(key, ""),
        "settle_url": reverse(
            "dues_settle", args=[row.person.ref, f"{line.month.year}-{line.month.month:02}"]
        ),
    }


@page(
    "to-chuc/<organisation:organisation>/dang-phi/tong-hop/", name="organisation_dues_sums", needs="dues.read"
)
def organisation_dues_sums(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """What was collected over some months, month by month and by those directly below; it adds up exactly."""
    period = period_asked(request, viewer.today)
    context = {
        **head(place_of(viewer, organisation), "organisation_dues", "Đảng phí"),
        "period": period,
        "periods": period.others(page_of(organisation, "organisation_dues_sums")),
        "columns": COLUMNS,
        "groups": GROUPS,
        **sums_shown(viewer, organisation, period),
        "sheet_url": page_of(organisation, "dues_sums_sheet") + period.query,
        "record_url": page_of(organisation, "organisation_dues")
        if is_cell(organisation) and gate.may(viewer, "dues.record", "organisation", organisation)
        else "",
    }
    return render(request, "dues/sums.html", context)


def sums_shown(viewer: Viewer, organisation: Organisation, period: Period) -> dict[str, Any]:
    """The rows of the statement, for the page and for the workbook."""
    total = statement.of_branch(organisation, period.first, period.last, viewer.today)
    monthly = statement.by_month(organisation, period.first, period.last, viewer.today)
    below = [] if is_cell(organisation) else in_rank(children(organisation, viewer.today))
    found = statement.side_by_side([b.organisation for b in below], period.first, period.last, viewer.today)
    parts = [
        {
            "label": span.name,
            "url": page_of(span.organisation, "organisation_dues_sums") + period.query,
            "cells": cells_of(found.get(span.organisation_id, statement.Sums())),
        }
        for span in below
        if span.kind != "board"
    ]
    whole = {"label": "Cộng", "total": True, "cells": cells_of(total)}
    return {
        "total": total,
        "by_month": [
            *({"label": f"Tháng {month_vn(m)}", "cells": cells_of(s)} for m, s in monthly.items()),
            whole,
        ],
        "below": [*parts, whole] if parts else [],
        "rules": statement.split_rules(organisation, period.last, viewer.today),
    }


def cells_of(sums: statement.Sums) -> list[int]:
    """The figures of a row, in the order of the columns."""
    return [
        sums.members,
        sums.paid,
        sums.excused,
        sums.relieved,
        sums.unpaid,
        sums.due,
        sums.amount,
        sums.kept_by_cell,
        sums.kept_by_base,
        sums.kept_above,
        sums.passed_on,
    ]

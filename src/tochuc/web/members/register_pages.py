"""The official lists of members: which there are, each on screen and paper, each as a workbook in its form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.exchange import sheets
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import KnownDate, day_vn
from tochuc.lists import badge_rounds, reading, registers
from tochuc.lists.registers import BADGES, OVER_A_PERIOD, REGISTER, Span
from tochuc.org.queries import Organisation, name_on
from tochuc.rules.member_lists import MemberList, member_list, member_lists
from tochuc.web.door import page
from tochuc.web.organisations.asked import Asked, address, day_asked
from tochuc.web.organisations.place import head, page_of, place_of
from tochuc.web.sheets import download, made_on

_MOST_ON_SCREEN = 500


@dataclass(frozen=True)
class RegisterAsked:
    """The list an address asks for, of which days, and what was wrong with these."""

    form: MemberList
    first: Asked
    last: Asked
    occasions: tuple[date, ...] = ()

    @property
    def span(self) -> Span:
        """The days it is about."""
        return Span(self.first.day, self.last.day)

    @property
    def errors(self) -> list[dict[str, str]]:
        """What couldn't be used, for the summary on top."""
        found = [
            {"id": f"id_{name}", "message": asked.error}
            for name, asked in (("tu", self.first), ("den", self.last))
            if asked.error
        ]
        if not found and self.form.code in OVER_A_PERIOD and self.first.day > self.last.day:
            found.append({"id": "id_tu", "message": "Ngày bắt đầu phải trước ngày kết thúc."})
        return found

    @property
    def words(self) -> str:
        """Of which days it is, in words."""
        if self.form.code == BADGES:
            return f"Đợt {day_vn(self.last.day)}, đủ mốc sau ngày {day_vn(self.first.day)}"
        if self.form.code in OVER_A_PERIOD:
            return f"Từ ngày {day_vn(self.first.day)} đến ngày {day_vn(self.last.day)}"
        return f"Tính đến ngày {day_vn(self.last.day)}"

    @property
    def query(self) -> str:
        """The query of an address that asks the same."""
        first = self.first.day if self.form.code in OVER_A_PERIOD else None
        return address(tu=first, den=self.last.day)


def _asked(request: HttpRequest, viewer: Viewer, code: str) -> RegisterAsked:
    today = viewer.today
    occasions = tuple(badge_rounds.occasions(today)) if code == BADGES else ()
    latest = max((today, *occasions))
    usual = next((day for day in occasions if day >= today), today)
    last = day_asked(request, "den", usual, latest=latest)
    first = day_asked(request, "tu", date(last.day.year, 1, 1), latest=today)
    try:
        form = member_list(code, min(last.day, today))
        if code == BADGES:
            first = Asked(badge_rounds.before(last.day) or last.day, "")
    except (LookupError, NotInForce) as none:
        raise Http404 from none
    return RegisterAsked(form, first, last, occasions)


@page("to-chuc/<organisation:organisation>/so-danh-sach/", name="member_registers", needs="member.list")
def member_registers(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Which official lists there are, and what each holds."""
    context = {
        **_head(viewer, organisation, "Sổ, danh sách theo mẫu"),
        "lists": [
            (form, reverse("member_register", args=[organisation.code, form.code]))
            for form in member_lists(viewer.today)
        ],
    }
    return render(request, "members/registers.html", context)


@page(
    "to-chuc/<organisation:organisation>/so-danh-sach/<slug:register>/",
    name="member_register",
    needs="member.list",
)
def member_register(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, register: str
) -> HttpResponse:
    """One official list as its form has it."""
    asked = _asked(request, viewer, register)
    found: list[list[Any]] = []
    if not asked.errors:
        every = registers.rows(asked.form, organisation, asked.span, today=viewer.today)
        found = list(islice(every, _MOST_ON_SCREEN + 1))
        reading.note_register(organisation, viewer, asked.form.title, asked.query, len(found))
    context = {
        **_head(viewer, organisation, asked.form.title),
        "asked": asked,
        "form": asked.form,
        "over_a_period": register in OVER_A_PERIOD,
        "occasions": [(day_vn(day), day_vn(day)) for day in asked.occasions],
        "occasion": day_vn(asked.last.day),
        "by_day": register == REGISTER,
        "named": name_on(organisation, min(asked.last.day, viewer.today)),
        "rows": [[_shown(value) for value in row] for row in found[:_MOST_ON_SCREEN]],
        "more": len(found) > _MOST_ON_SCREEN,
        "most": _MOST_ON_SCREEN,
        "sheet_url": reverse("member_register_sheet", args=[organisation.code, register]) + asked.query,
        "all_url": page_of(organisation, "member_registers"),
    }
    return render(request, "members/register.html", context, status=200)


@page(
    "to-chuc/<organisation:organisation>/so-danh-sach/<slug:register>.xlsx",
    name="member_register_sheet",
    needs="member.list",
)
def member_register_sheet(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, register: str
) -> HttpResponseBase:
    """The same list as a workbook, all of it, with the columns' numbers as the form has them."""
    asked = _asked(request, viewer, register)
    if asked.errors:
        raise Http404
    form = asked.form
    sheet = sheets.Sheet(
        form.title,
        [sheets.Column(column.label.replace("; ", "\n"), column.width) for column in form.columns],
        registers.rows(form, organisation, asked.span, today=viewer.today),
        issuer=name_on(organisation, min(asked.last.day, viewer.today)),
        notes=[f"{asked.words}.", form.why, made_on(viewer)],
        name=form.form or "Danh sách",
        numbered=True,
    )
    name = f"{form.code}-{organisation.code}-{asked.last.day.isoformat()}.xlsx"
    return download(request, viewer, [sheet], name=name, organisation=organisation)


def _head(viewer: Viewer, organisation: Organisation, title: str) -> dict[str, Any]:
    members = page_of(organisation, "organisation_members")
    here = (("Đảng viên", members), title)
    return {**head(place_of(viewer, organisation), "organisation_members", *here), "page_title": title}


def _shown(value: Any) -> str:
    if isinstance(value, KnownDate):
        return value.vn
    if isinstance(value, date):
        return day_vn(value)
    return "" if value is None else str(value)

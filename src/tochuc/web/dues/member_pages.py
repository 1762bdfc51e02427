"""One member's dues: what was paid for which month, the category, reliefs; and putting a month right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.dues import actions, person
from tochuc.dues.categories import CATEGORIES
from tochuc.dues.sheet import about
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import DomainError, NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.months import month_of, month_vn, parse_month
from tochuc.members.actions import note_read
from tochuc.members.queries import Person
from tochuc.regulations.asking import asker_for
from tochuc.web.door import page
from tochuc.web.dues.forms import BasisForm, ReliefForm, SettleForm
from tochuc.web.forms import Form
from tochuc.web.organisations.asked import year_asked
from tochuc.web.organisations.place import person_head

_FIRST_YEAR = 2000


@page("dang-vien/<person:person>/dang-phi/", name="member_dues", needs="dues.person")
def member_dues(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """A year of a member's dues; the member sees their own."""
    return render(request, "dues/member.html", _member(request, viewer, person))


def _member(request: HttpRequest, viewer: Viewer, who: Person) -> dict[str, Any]:
    note_read(who, by=viewer.actor, part="dues")
    year = year_asked(request, viewer.today.year, range(_FIRST_YEAR, viewer.today.year + 2))
    now = person.now_of(who, viewer.today, viewer.today)
    records = gate.may(viewer, "dues.record", "person", who)
    own = reverse("member_dues", args=[who.ref])
    years = sorted({viewer.today.year, year, *person.years_of(who)}, reverse=True)
    listed = person.year_of(who, year)
    return {
        **person_head(viewer, who, f"Đảng phí của {who.full_name}", "Đảng phí"),
        "year": year,
        "years": [(one, f"{own}?nam={one}", one == year) for one in years],
        "now": now,
        "about": about(now.category, now.relief),
        "records": records,
        "months": [_month(who, one, records=records, today=viewer.today) for one in listed],
        "total": sum(one.now.amount for one in listed if one.now) if any(one.now for one in listed) else None,
        "bases": [
            {
                "since": month_vn(one.since),
                "label": CATEGORIES[one.category].label,
                "base": one.base,
                "ground": one.ground,
                "by": one.recorded_by.full_name if one.recorded_by else "",
            }
            for one in person.bases_of(who)
        ],
        "reliefs": [
            {
                "percent": one.percent,
                "since": month_vn(one.since),
                "until": month_vn(add_months(one.until, -1)),
                "ground": one.ground,
                "number": one.decision_number,
            }
            for one in person.reliefs_of(who)
        ],
    }


def _silent(month: date, today: date, *, late: bool) -> str:
    """What is said of a month of which nothing was recorded."""
    return "Chưa ghi" if late else "Chưa tới" if month > month_of(today) else "Chưa có gì ghi"


def _month(who: Person, one: person.Month, *, records: bool, today: date) -> dict[str, Any]:
    now = one.now
    late = one.missed and one.month < month_of(today)
    return {
        "month": month_vn(one.month),
        "kind": now.kind if now else "",
        "words": person.KINDS[now.kind] if now else _silent(one.month, today, late=late),
        "late": late and now is None,
        "amount": now.amount if now else None,
        "paid_on": now.paid_on if now else None,
        "place": now.organisation.name if now else "",
        "receipt": now.receipt if now else "",
        "reason": now.reason if now else "",
        "before": [
            {
                "words": person.KINDS[old.kind],
                "amount": old.amount if old.kind == person.PAID else None,
                "on": timezone.localdate(old.recorded_at),
                "by": old.recorded_by.full_name if old.recorded_by else "",
                "reason": old.reason,
            }
            for old in one.before
        ],
        "url": reverse("dues_settle", args=[who.ref, f"{one.month:%Y-%m}"])
        if records and (now is not None or one.month <= today)
        else "",
    }


@page(
    "dang-vien/<person:person>/dang-phi/nhom/",
    name="dues_basis",
    needs="dues.record",
    post="dues.record",
)
def dues_basis(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """Choose a member's category and the pay it counts from."""
    return _Changing(request, viewer, person).basis()


@page(
    "dang-vien/<person:person>/dang-phi/mien-giam/",
    name="dues_relief",
    needs="dues.record",
    post="dues.record",
)
def dues_relief(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """Record that a member is exempt or pays less for some months."""
    return _Changing(request, viewer, person).relief()


@page(
    "dang-vien/<person:person>/dang-phi/<str:month>/",
    name="dues_settle",
    needs="dues.record",
    post="dues.record",
)
def dues_settle(request: HttpRequest, viewer: Viewer, person: Person, month: str) -> HttpResponse:
    """Put one month right: paid, not paid for a good reason, or nothing; what stood stays readable."""
    try:
        asked = parse_month(month)
    except DomainError as bad:
        raise Http404 from bad
    return _Changing(request, viewer, person).settle(asked)


class _Changing:
    """One request that changes a member's dues."""

    def __init__(self, request: HttpRequest, viewer: Viewer, who: Person) -> None:
        self.request, self.viewer, self.who = request, viewer, who
        self.sent = request.POST if request.method == "POST" else None
        self.back = reverse("member_dues", args=[who.ref])
        if who.home is None:
            raise Http404
        self.home = who.home
        self.said: dict[str, Any] = {"by": viewer.actor, "today": viewer.today}

    def basis(self) -> HttpResponse:
        """The form of the category."""
        now = person.now_of(self.who, self.viewer.today, self.viewer.today)
        since = month_of(self.viewer.today)
        form = BasisForm(self.sent, initial={"category": now.category, "base": now.base, "since": since})
        if self._taken(
            form, lambda: actions.set_basis(self.who, self.home, **form.cleaned_data, **self.said)
        ):
            messages.success(self.request, f"Đã ghi nhóm đóng đảng phí của {self.who.full_name}.")
            return redirect(self.back)
        lead = (
            ""
            if now.chosen
            else "Nhóm đánh dấu sẵn chỉ là gợi ý theo nghề nghiệp đã ghi; chi bộ chọn cho đúng."
        )
        return self._shown(form, "Nhóm và mức đóng đảng phí", lead, "Ghi nhóm đóng đảng phí")

    def relief(self) -> HttpResponse:
        """The form of a relief."""
        ask, today = asker_for(self.home, self.viewer.today), self.viewer.today
        notes, steps = [], [30, 50, 70]
        for rule_id in (
            "dues.exempt_grounds",
            "dues.relief_steps",
            "dues.relief_longest",
            "dues.relief_decided_by",
        ):
            try:
                found = ask(rule_id, on=today)
            except NotInForce:
                continue
            notes.append(found.why)
            if rule_id == "dues.relief_steps":
                steps = [int(step) for step in found.items]
        form = ReliefForm(steps, self.sent, initial={"since": month_of(today)})
        if self._taken(form, lambda: actions.relieve(self.who, self.home, **form.cleaned_data, **self.said)):
            messages.success(self.request, f"Đã ghi miễn, giảm đảng phí của {self.who.full_name}.")
            return redirect(self.back)
        return self._shown(form, "Miễn, giảm đảng phí", "", "Ghi miễn, giảm", notes)

    def settle(self, month: date) -> HttpResponse:
        """The form of one month."""
        there = next((one.now for one in person.year_of(self.who, month.year) if one.month == month), None)
        cell = person.cell_in(self.who, month, self.viewer.today) or self.home
        kinds = [(k, label) for k, label in person.KINDS.items() if there is not None or k != person.NOTHING]
        now = person.now_of(self.who, month, self.viewer.today)
        form = SettleForm(
            kinds,
            self.sent,
            asks_reason=there is not None,
            initial={
                "kind": there.kind if there else person.PAID,
                "amount": there.amount if there else now.amount,
                "paid_on": there.paid_on if there else self.viewer.today,
            },
        )
        if self._taken(form, lambda: actions.settle(self.who, cell, month, **form.cleaned_data, **self.said)):
            messages.success(
                self.request, f"Đã ghi đảng phí tháng {month_vn(month)} của {self.who.full_name}."
            )
            return redirect(f"{self.back}?nam={month.year}")
        lead = f"Chi bộ thu: {cell.name}."
        if there is not None:
            day = f" ngày {day_vn(there.paid_on)}" if there.paid_on else ""
            lead = f"Đang ghi: {person.KINDS[there.kind].lower()}{day}. Điều đã ghi vẫn đọc được sau khi sửa."
        return self._shown(form, f"Đảng phí tháng {month_vn(month)}", lead, "Ghi lại", list(now.whys))

    def _taken(self, form: Form, work: Callable[[], Any]) -> bool:
        """Whether the form was sent, could be read and its work was done."""
        return self.sent is not None and form.is_valid() and form.attempt(work) is not None

    def _shown(
        self, form: Any, title: str, lead: str, button: str, notes: list[str] | None = None
    ) -> HttpResponse:
        context = {
            **person_head(
                self.viewer, self.who, f"{title}: {self.who.full_name}", ("Đảng phí", self.back), title
            ),
            "form": form,
            "lead": lead,
            "button": button,
            "notes": notes or [],
            "back": self.back,
        }
        return render(self.request, "dues/change.html", context)

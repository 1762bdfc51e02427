"""A member checks their own record: all of it on one page and one printed sheet, with corrections to propose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.members import proposals, queries
from tochuc.members.actions import note_read
from tochuc.members.facts import rows_of
from tochuc.members.proposals import Proposal
from tochuc.members.queries import Fact, Person
from tochuc.members.record_fields import FIELDS, HIDDEN, SECTIONS, Field, Section
from tochuc.members.record_values import value_of
from tochuc.web.door import page
from tochuc.web.fields import Line
from tochuc.web.forms import Form, KnownDateField
from tochuc.web.members.member_pages import card_of
from tochuc.web.members.record_forms import input_of, shown_in_form
from tochuc.web.members.whole_timeline import row_words
from tochuc.web.organisations.place import person_head

_MARKS = {"waiting": "wait", "accepted": "good", "refused": "late", "withdrawn": "plain"}


@page("dang-vien/<person:person>/kiem-tra/", name="member_check", needs="member.check")
def member_check(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """One's own record field by field, each with a way to propose a correction, and what became of earlier ones."""
    found = list(proposals.of(person))
    waiting = {one.field: one for one in found if one.state == "waiting"}
    facts = queries.facts_of(person)
    context = {
        **person_head(viewer, person, "Kiểm tra hồ sơ của tôi", "Kiểm tra hồ sơ"),
        "sections": [_section(person, one, facts, waiting) for one in SECTIONS],
        "proposals": [_proposal(one) for one in found],
        "sheet_url": reverse("member_sheet", args=[person.ref]),
    }
    return render(request, "members/check.html", context)


def _section(
    person: Person, section: Section, facts: Iterable[Fact], waiting: dict[str, Proposal]
) -> dict[str, Any]:
    return {
        "title": section.title,
        "slug": section.slug,
        "facts": [_fact(person, field, waiting.get(field.code)) for field in section.fields],
        "tables": _tables(section, facts),
    }


def _fact(person: Person, field: Field, waiting: Proposal | None) -> dict[str, Any]:
    value = field.shown(value_of(person, field.code))
    shown: dict[str, Any] = {"label": _label(field), "value": value, "missing": field.asked and not value}
    if waiting is not None:
        shown["waiting"] = f"Đang chờ duyệt: {_after(field, waiting)}"
    else:
        shown["propose_url"] = reverse("member_propose", args=[person.ref, field.code])
    return shown


def _label(field: Field) -> str:
    return f"{field.item}. {field.label}" if field.item else field.label


def _after(field: Field, proposal: Proposal) -> str:
    if field.kind == HIDDEN:
        return "số mới"
    return field.shown(proposal.after) or "bỏ trống"


def _tables(section: Section, facts: Iterable[Fact]) -> list[dict[str, Any]]:
    known = list(facts)
    return [
        {
            "title": f"{table.item}. {table.label}",
            "rows": [row_words(table, fact.value or {}) for fact in rows_of(known, table.code)],
        }
        for table in section.tables
    ]


def _proposal(one: Proposal) -> dict[str, Any]:
    field = FIELDS[one.field]
    day = timezone.localtime(one.decided_at).date() if one.decided_at else None
    who = one.decided_by.full_name if one.decided_by else ""
    waits = one.state == "waiting"
    return {
        "label": field.label,
        "after": _after(field, one),
        "day": one.proposed_on,
        "state": one.get_state_display(),
        "mark": _MARKS[one.state],
        "answer": one.answer,
        "decided": f"{who}, ngày {day_vn(day)}" if day and not waits else "",
        "withdraw_url": reverse("proposal_withdraw", args=[one.pk]) if waits else "",
    }


class ProposalForm(Form):
    """Another value for one field, since when, and on what ground."""

    def __init__(self, field: Field, value: str, data: Any = None) -> None:
        given = "" if field.kind == HIDDEN else shown_in_form(field, value)
        super().__init__(data, initial={"value": given})
        asked = input_of(field)
        asked.label = f"{field.label} đúng là"
        self.fields["value"] = asked
        if field.dated:
            self.fields["since"] = KnownDateField(
                label="Thay đổi từ ngày",
                required=False,
                help_text="Để trống nếu hồ sơ ghi sai từ đầu",
            )
        self.fields["ground"] = Line(
            label="Căn cứ", longest=250, help_text="Ví dụ: giấy khai sinh, thẻ căn cước, văn bằng số…"
        )
        self.fields["ground"].error_messages["required"] = "Cần ghi căn cứ."


@page(
    "dang-vien/<person:person>/de-nghi/<str:field>/",
    name="member_propose",
    needs="member.check",
    post="member.check",
)
def member_propose(request: HttpRequest, viewer: Viewer, person: Person, field: str) -> HttpResponse:
    """Propose another value for one field of one's own record."""
    declared = FIELDS.get(field)
    if declared is None:
        raise Http404
    value = value_of(person, field)
    form = ProposalForm(declared, value, request.POST if request.method == "POST" else None)
    back = reverse("member_check", args=[person.ref])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = form.attempt(
            lambda: proposals.propose(
                person,
                field,
                given["value"],
                since=given.get("since"),
                ground=given["ground"],
                by=viewer.actor,
                today=viewer.today,
            )
        )
        if made is not None:
            place = person.home.name if person.home else "cấp ủy"
            messages.success(
                request, f"Đã gửi đề nghị sửa «{declared.label}». {place} xem xét; kết quả hiện ở trang này."
            )
            return redirect(back)
    context = {
        **person_head(
            viewer, person, f"Đề nghị sửa: {declared.label}", ("Kiểm tra hồ sơ", back), declared.label
        ),
        "form": form,
        "now": declared.shown(value) or "chưa ghi",
        "label": declared.label,
        "cancel": back,
    }
    return render(request, "members/propose.html", context, status=422 if form.errors else 200)


class Confirmed(Form):
    """A form with nothing to fill in."""

    sure = forms.CharField(required=False, widget=forms.HiddenInput())


@page("de-nghi/<proposal:proposal>/rut/", name="proposal_withdraw", needs="member.check", post="member.check")
def proposal_withdraw(request: HttpRequest, viewer: Viewer, proposal: Any) -> HttpResponse:
    """Take one's own proposal back while it waits."""
    form = Confirmed(request.POST if request.method == "POST" else None)
    back = reverse("member_check", args=[proposal.person.ref])
    sent = request.method == "POST" and form.is_valid()
    if sent and form.attempt(lambda: proposals.withdraw(proposal, by=viewer.actor)) is not None:
        messages.success(request, f"Đã rút đề nghị sửa «{FIELDS[proposal.field].label}».")
        return redirect(back)
    context = {
        **person_head(viewer, proposal.person, "Rút đề nghị", ("Kiểm tra hồ sơ", back), "Rút đề nghị"),
        "form": form,
        "label": FIELDS[proposal.field].label,
        "after": _after(FIELDS[proposal.field], proposal),
        "cancel": back,
    }
    return render(request, "members/proposal_withdraw.html", context, status=422 if form.errors else 200)


@page("dang-vien/<person:person>/phieu/", name="member_sheet", needs="member.private")
def member_sheet(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """The whole record on one sheet for paper, with room to correct by hand and to sign."""
    note_read(person, by=viewer.actor, part="sheet")
    facts = queries.facts_of(person)
    context = {
        **person_head(viewer, person, f"Phiếu kiểm tra hồ sơ: {person.full_name}", "Phiếu kiểm tra"),
        "card": card_of(person, viewer.today),
        "sections": [_section(person, one, facts, {}) for one in SECTIONS],
        "day": viewer.today,
    }
    return render(request, "members/sheet.html", context)

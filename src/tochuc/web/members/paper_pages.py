"""Scans in a person's file: the list, adding one, handing one out, taking one out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.members import papers
from tochuc.members.actions import note_read
from tochuc.members.queries import Person
from tochuc.web.attachments import AttachmentField
from tochuc.web.documents.downloads import attachment
from tochuc.web.door import page
from tochuc.web.fields import Line
from tochuc.web.forms import DayField, Form
from tochuc.web.organisations.place import person_head


class PaperForm(Form):
    """A scan, what paper it is, and the paper's own date."""

    kind = forms.ChoiceField(label="Loại giấy tờ", choices=papers.KINDS)
    title = Line(label="Tên giấy tờ", longest=200, help_text="Ví dụ: Quyết định kết nạp số 12-QĐ/HU")
    dated_on = DayField(label="Ngày của giấy tờ", required=False)
    file = AttachmentField(
        label="Tệp quét",
        required=True,
        help_text="PDF hoặc ảnh; không quá 10 MB. Không tải lên tài liệu có dấu mật.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx"}),
    )


class TakeOutForm(Form):
    """Taking a paper out asks only why."""

    reason = Line(label="Lý do gỡ", longest=300, help_text="Ví dụ: quét nhầm hồ sơ của người khác")


@page("dang-vien/<person:person>/giay-to/", name="member_papers", needs="member.papers", post="member.edit")
def member_papers(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """The papers in a person's file, and adding one."""
    form = PaperForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        made = form.attempt(lambda: papers.add(person, **given, **file, by=viewer.actor, today=viewer.today))
        if made is not None:
            messages.success(request, f"Đã thêm «{made.title}» vào hồ sơ của {person.full_name}.")
            return redirect("member_papers", person.ref)
    note_read(person, by=viewer.actor, part="papers")
    may_edit = gate.may(viewer, "member.edit", "person", person)
    context = {
        **person_head(viewer, person, f"Giấy tờ: {person.full_name}", "Giấy tờ"),
        "own": person.account_id == viewer.account.pk,
        "files": [_file(paper, may_edit=may_edit) for paper in papers.of(person)],
        "form": form if may_edit else None,
    }
    return render(request, "members/papers.html", context, status=422 if form.errors else 200)


def _file(paper: Any, *, may_edit: bool) -> dict[str, Any]:
    notes = [paper.get_kind_display()]
    if paper.dated_on:
        notes.append(f"ngày {day_vn(paper.dated_on)}")
    if paper.added_by:
        notes.append(f"{paper.added_by.full_name} thêm")
    return {
        "url": reverse("paper", args=[paper.ref]),
        "name": paper.title,
        "size": paper.file.size,
        "note": ", ".join(notes),
        "remove_url": reverse("paper_take_out", args=[paper.ref]) if may_edit else "",
    }


@page("giay-to/<paper:paper>/", name="paper", needs="member.papers")
def paper(request: HttpRequest, viewer: Viewer, paper: Any) -> HttpResponse:
    """A paper as an attachment; that it was handed out stays in the trail."""
    raw = papers.hand_out(paper, by=viewer.actor)
    return attachment(paper.file.name, raw, paper.file.content_type)


@page("giay-to/<paper:paper>/go/", name="paper_take_out", needs="member.edit", post="member.edit")
def paper_take_out(request: HttpRequest, viewer: Viewer, paper: Any) -> HttpResponse:
    """Take a paper out of the file, with the reason."""
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    back = reverse("member_papers", args=[paper.person.ref])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if form.attempt(lambda: papers.take_out(paper, by=viewer.actor, reason=reason)) is not None:
            messages.success(request, f"Đã gỡ «{paper.title}» khỏi hồ sơ của {paper.person.full_name}.")
            return redirect(back)
    context = {
        **person_head(viewer, paper.person, f"Gỡ giấy tờ: {paper.title}", ("Giấy tờ", back), "Gỡ"),
        "form": form,
        "cancel": back,
    }
    return render(request, "members/paper_take_out.html", context, status=422 if form.errors else 200)

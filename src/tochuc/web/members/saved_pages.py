"""Saved lists of an organisation's members: naming one, offering it to colleagues, taking it away."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access.viewer import Viewer
from tochuc.kernel.errors import DomainError
from tochuc.lists import saved
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.forms import Form
from tochuc.web.members.list_asked import list_asked, narrowed_by
from tochuc.web.organisations.place import head, page_of, place_of


class SaveForm(Form):
    """The name of a list, and whether colleagues get it too."""

    name = forms.CharField(label="Tên danh sách", max_length=80, help_text="Ví dụ: Nữ đảng viên dưới 35 tuổi")
    shared = forms.BooleanField(
        label="Cho đồng nghiệp cùng xem được danh sách đảng viên của tổ chức này dùng chung",
        required=False,
    )


@page(
    "to-chuc/<organisation:organisation>/dang-vien/da-luu/",
    name="saved_lists",
    needs="member.list",
    post="member.list",
)
def saved_lists(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Save the list that the address asks for; below it those saved before."""
    asked = list_asked(request, viewer, organisation)
    members_url = page_of(organisation, "organisation_members")
    form = SaveForm(request.POST if request.method == "POST" and "name" in request.POST else None)
    if request.method == "POST" and "drop" in request.POST:
        return _drop(request, viewer, organisation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        query = asked.wanted.query()
        kept = form.attempt(
            lambda: saved.save(organisation, viewer, name=given["name"], query=query, shared=given["shared"])
        )
        if kept is not None:
            messages.success(request, f"Đã lưu danh sách «{kept.name}».")
            return redirect(f"{members_url}?{query}")
    context = {
        **head(place_of(viewer, organisation), "organisation_members", ("Đảng viên", members_url), "Đã lưu"),
        "page_title": "Danh sách đã lưu",
        "form": form,
        "narrowed_by": narrowed_by(asked),
        "saved": saved.offered(organisation, viewer),
        "members_url": members_url,
        "back": f"{members_url}?{asked.wanted.query()}",
    }
    return render(request, "members/saved_lists.html", context, status=422 if form.errors else 200)


def _drop(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    try:
        name = saved.drop(organisation, viewer, request.POST.get("drop", "")[:20])
        messages.success(request, f"Đã xóa danh sách «{name}».")
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect(page_of(organisation, "saved_lists"))

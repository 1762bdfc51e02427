"""The national identity number: shown to who needs it, each time on record; written without being shown."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.members import identity
from tochuc.members.queries import Person
from tochuc.web.door import page
from tochuc.web.fields import Line
from tochuc.web.forms import Form
from tochuc.web.organisations.place import person_head, record_of


class NumberForm(Form):
    """The number and what it was read from."""

    national_id = Line(
        label="Số căn cước",
        longest=30,
        help_text="12 chữ số trên thẻ căn cước; nếu chỉ có chứng minh nhân dân cũ thì 9 chữ số",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    ground = Line(
        label="Căn cứ", longest=200, required=False, help_text="Ví dụ: thẻ căn cước đảng viên xuất trình"
    )


@page("dang-vien/<person:person>/so-can-cuoc/", name="member_identity", needs="member.identity")
def member_identity(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """The number, opened; that it was shown stays in the trail."""
    number = identity.show(person, by=viewer.actor)
    may_edit = gate.may(viewer, "member.edit", "person", person)
    context = {
        **person_head(viewer, person, f"Số căn cước: {person.full_name}", "Số căn cước"),
        "number": number,
        "grouped": " ".join(number[at : at + 3] for at in range(0, len(number), 3)),
        "edit_url": reverse("member_identity_edit", args=[person.ref]) if may_edit else "",
    }
    answer = render(request, "members/identity.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@page(
    "dang-vien/<person:person>/so-can-cuoc/ghi/",
    name="member_identity_edit",
    needs="member.edit",
    post="member.edit",
)
def member_identity_edit(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """Write the number down, in the place of the one there; the one there isn't shown."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        changed = form.attempt(
            lambda: identity.set_national_id(
                person, given["national_id"], by=viewer.actor, ground=given["ground"]
            )
        )
        if changed is not None:
            said = "Đã ghi số căn cước của" if changed else "Số căn cước này đã có trong hồ sơ của"
            messages.success(request, f"{said} {person.full_name}.")
            return redirect(record_of(person.ref))
    context = {
        **person_head(viewer, person, f"Ghi số căn cước: {person.full_name}", "Ghi số căn cước"),
        "form": form,
        "known": person.identity_id is not None,
    }
    return render(request, "members/identity_edit.html", context, status=422 if form.errors else 200)

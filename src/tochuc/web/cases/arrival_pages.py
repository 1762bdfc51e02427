"""Receiving the letter of a member who comes from outside our records: who they are, whether we know them, the letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases import actions as cases
from tochuc.kernel.known_dates import BIRTH_PIVOT, KnownDate
from tochuc.members import actions, queries
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation
from tochuc.procedures.arrival import BASES, PROCEDURE
from tochuc.web.cases.forms import BeginForm
from tochuc.web.cases.pages import address
from tochuc.web.door import page
from tochuc.web.forms import KnownDateField
from tochuc.web.organisations.forms import GENDERS
from tochuc.web.organisations.place import head, page_of, place_of, record_of

NEW = "moi"


class ArrivalForm(BeginForm):
    """Who arrives, then what their letter says, in the order of the letter."""

    full_name = forms.CharField(
        label="Họ và tên khai sinh",
        max_length=120,
        help_text="Viết đủ họ, tên đệm, tên, có dấu",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    gender = forms.ChoiceField(label="Giới tính", choices=GENDERS, widget=forms.RadioSelect)
    birth = KnownDateField(label="Ngày sinh", pivot=BIRTH_PIVOT)
    whom = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(PROCEDURE.questions, [], *args, **kwargs)
        self.fields["on"].label = "Ngày nhận giấy giới thiệu"

    def offer(self, alike: list[Person]) -> None:
        """Let the one who fills it in say which of the records found is theirs, or that it is someone else."""
        named = [(one.ref, _described(one)) for one in alike]
        self.fields["whom"] = forms.ChoiceField(
            label="Người trên giấy là ai",
            choices=[*named, (NEW, "Người khác, chưa có hồ sơ")],
            widget=forms.RadioSelect,
            required=False,
        )

    @property
    def born(self) -> KnownDate:
        """The date of birth as it is known."""
        born: KnownDate = self.cleaned_data["birth"]
        return born


def _described(person: Person) -> str:
    where = f", {person.home.name}" if person.home else ""
    return f"{person.full_name}, sinh {person.birth.vn}{where}, đã có hồ sơ"


@page(
    "to-chuc/<organisation:organisation>/tiep-nhan-dang-vien/",
    name="arrival_begin",
    needs="member.record",
    post="member.record",
)
def arrival_begin(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The letter as it is shown: a record is opened for one we don't know, else the one there is joins the case."""
    if organisation.kind not in BASES:
        raise Http404
    form = ArrivalForm(request.POST or None, initial={"on": viewer.today, **_known(request, viewer)})
    alike = _alike(viewer, form) if request.method == "POST" and form.is_valid() else []
    if alike:
        form.offer(alike)
    whom = request.POST.get("whom", "")
    if request.method == "POST" and form.is_valid():
        if not alike or whom in {NEW, *(one.ref for one in alike)}:
            person = next((one for one in alike if one.ref == whom), None)
            opened = form.attempt(lambda: _open(form, person, organisation, viewer))
            if opened is not None:
                doubts = f" Lưu ý: {' '.join(opened.doubts)}" if opened.doubts else ""
                messages.success(
                    request, f"Đã nhận giấy giới thiệu của đồng chí {opened.person.full_name}.{doubts}"
                )
                return redirect(address(opened))
        else:
            form.add_error("whom", "Cần chọn: hồ sơ đã có, hay là người khác.")
    context = {
        **head(place_of(viewer, organisation), "organisation_members", "Tiếp nhận đảng viên"),
        "page_title": "Tiếp nhận đảng viên từ tổ chức đảng ngoài sổ",
        "procedure": PROCEDURE,
        "form": form,
        "alike": [(person, record_of(person.ref)) for person in alike],
        "back": page_of(organisation, "organisation_members"),
    }
    return render(request, "cases/arrival.html", context)


def _known(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """Of somebody who was in our records before, what the record says of who they are."""
    people = gate.visible(viewer, "member.read", "person")
    person = people.filter(ref=request.GET.get("nguoi", "")).first()
    if person is None:
        return {}
    known = {"full_name": person.full_name, "gender": person.gender, "birth": str(person.birth)}
    return known | {"said_card": person.card_number}


def _alike(viewer: Viewer, form: ArrivalForm) -> list[Person]:
    """The records that may be theirs: of the same name and birth, or with the card that the letter names."""
    people = gate.visible(viewer, "member.search", "person")
    found = queries.namesakes(people, form.cleaned_data["full_name"], form.born)
    card = form.cleaned_data.get("said_card") or ""
    holder = queries.with_card(people, card) if card else None
    return found if holder is None or holder in found else [*found, holder]


def _open(form: ArrivalForm, person: Person | None, organisation: Organisation, viewer: Viewer) -> Any:
    if person is None:
        person = actions.register(
            full_name=form.cleaned_data["full_name"],
            gender=form.cleaned_data["gender"],
            birth=form.born,
            by=viewer.actor,
            card_number=actions.free_card(form.answers.get("said_card", ""), field="said_card"),
        )
    return cases.open_case(
        PROCEDURE.code,
        on=form.cleaned_data["on"],
        by=viewer.actor,
        today=viewer.today,
        person=person,
        organisation=organisation,
        answers=form.answers,
    )

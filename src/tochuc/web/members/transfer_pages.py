"""Members on the way to one's organisations: accepting them into a cell, or sending their papers back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.words import in_sentence
from tochuc.members import recording, transfers
from tochuc.members.actions import note_read
from tochuc.members.kinds import OWN_CELL
from tochuc.members.queries import MemberEvent, Person
from tochuc.org.queries import cell_by_code
from tochuc.web.door import page
from tochuc.web.forms import DayField, Form
from tochuc.web.members import by_case, steps
from tochuc.web.members.finder import place_finder
from tochuc.web.members.forms import cell_field, organisation_chosen
from tochuc.web.members.record_card import decision
from tochuc.web.organisations.place import page_of, place_of, record_of


class AcceptForm(Form):
    """Into which cell of one's own, from which day."""

    finds = OWN_CELL
    organisation = cell_field("Tiếp nhận vào chi bộ")
    on = DayField(label="Tiếp nhận từ ngày")

    def clean_organisation(self) -> Any:
        """The cell chosen from those found."""
        return organisation_chosen(self.finds, self.cleaned_data["organisation"], self.initial["today"])


class ReturnForm(Form):
    """Why and on which day the papers go back."""

    why = forms.CharField(
        label="Lý do trả lại", max_length=300, help_text="Ví dụ: gửi nhầm nơi đến, hồ sơ chưa đủ"
    )
    on = DayField(label="Trả lại ngày")


@page(
    "chuyen-sinh-hoat/<papers:papers>/",
    name="transfer_accept",
    needs="transfer.accept",
    post="transfer.accept",
)
def transfer_accept(request: HttpRequest, viewer: Viewer, papers: MemberEvent) -> HttpResponse:
    """Accept one whose papers lead here: the cell, the day, what changes, then writing it."""
    if in_case := by_case.receiving(papers):
        return redirect(in_case)
    if request.method != "POST":
        note_read(papers.person, by=viewer.actor, part="transfer")
    return Acceptance(request, viewer, papers).answer()


@dataclass
class Acceptance(steps.TwoSteps[AcceptForm]):
    """One request about accepting one member."""

    request: HttpRequest
    viewer: Viewer
    papers: MemberEvent

    def whose(self) -> Person:
        """The member on the way."""
        return self.papers.person

    def form_made(self) -> Callable[..., AcceptForm]:
        """Cell and day, the cell of those at work today."""

        def made(data: Any = None, initial: Mapping[str, Any] | None = None) -> AcceptForm:
            return AcceptForm(data, initial={**(initial or {}), "today": self.viewer.today})

        return made

    def proposed(self) -> dict[str, Any]:
        """The cell the papers name; a committee's papers leave the cell to be chosen."""
        place = self.papers.organisation
        named = place is not None and cell_by_code(place.code, self.viewer.today) is not None
        return {"organisation": place.code if place and named else ""}

    def write(self, form: AcceptForm) -> MemberEvent:
        """Accept them into a cell that the viewer answers for."""
        cell, on = form.cleaned_data["organisation"], form.cleaned_data["on"]
        transfers.check_answers_for(self.viewer, cell)
        return transfers.accept(self.papers, cell=cell, on=on, by=self.viewer.actor, today=self.viewer.today)

    def form_page(self, form: AcceptForm, status: int = 200) -> HttpResponse:
        """The form, with the way to send the papers back."""
        context = {
            **head(self.viewer, self.papers, "Tiếp nhận"),
            "form": form,
            "finder": place_finder(self.request, form, self.viewer),
            "return_url": reverse("transfer_return", args=[self.papers.pk]),
        }
        return render(self.request, "members/accept.html", context, status=status)

    def confirm_page(self, form: AcceptForm, effect: recording.Effect) -> HttpResponse:
        """What will change."""
        context = {
            **head(self.viewer, self.papers, "Tiếp nhận"),
            "filled": steps.filled(form),
            "changes": steps.changes(effect),
            "carried": steps.carried(self.request),
            "keep_drafts": True,
        }
        return render(self.request, "members/accept_confirm.html", context)

    def done(self, event: MemberEvent) -> HttpResponse:
        """On to the record, which is the viewer's now."""
        place = event.organisation.name if event.organisation else ""
        messages.success(
            self.request,
            f"Đã tiếp nhận đồng chí {event.person.full_name} về {place} từ ngày {day_vn(event.happened_on)}. "
            "Hãy bổ sung hồ sơ và phân công công tác.",
        )
        return redirect(record_of(event.person.ref))


@page(
    "chuyen-sinh-hoat/<papers:papers>/tra-lai/",
    name="transfer_return",
    needs="transfer.accept",
    post="transfer.accept",
)
def transfer_return(request: HttpRequest, viewer: Viewer, papers: MemberEvent) -> HttpResponse:
    """Send papers back that lead here: the member stays where they were."""
    if in_case := by_case.receiving(papers):
        return redirect(in_case)
    form = ReturnForm(request.POST if request.method == "POST" else None, initial={"on": viewer.today})
    if request.method == "POST" and form.is_valid():
        event = form.attempt(
            lambda: transfers.send_back(papers, by=viewer.actor, today=viewer.today, **form.cleaned_data)
        )
        if event is not None:
            messages.success(
                request,
                f"Đã trả lại giấy giới thiệu của đồng chí {papers.person.full_name}; đồng chí vẫn tính ở nơi đi.",
            )
            return redirect(_list_of(papers))
    context = {**head(viewer, papers, "Trả lại giấy giới thiệu"), "form": form}
    return render(request, "members/send_back.html", context, status=422 if request.method == "POST" else 200)


def head(viewer: Viewer, papers: MemberEvent, here: str) -> dict[str, Any]:
    """What the pages about one on the way show above their content: as much as the letter says."""
    person, place = papers.person, papers.organisation
    back = _list_of(papers)
    home = person.home.name if person.home else ""
    facts = [
        {"label": "Họ và tên", "value": person.full_name},
        {"label": "Ngày sinh", "value": person.birth.vn},
        {"label": "Tư cách", "value": in_sentence(person.get_standing_display())},
        {"label": "Đang tính ở", "value": home},
        {"label": "Nơi đến ghi trên giấy", "value": place.name if place else ""},
        {"label": "Giấy giới thiệu", "value": decision(papers) or f"ngày {day_vn(papers.happened_on)}"},
    ]
    steps_here = (("Tình trạng", back), here)
    return {
        "page_title": f"{here}: {person.full_name}",
        "person": person,
        "facts": facts,
        "back": back,
        "breadcrumb": place_of(viewer, place).breadcrumb(*steps_here) if place else [],
    }


def _list_of(papers: MemberEvent) -> str:
    place = papers.organisation
    return page_of(place, "organisation_conditions") if place else reverse("home")


def may_accept(viewer: Viewer, pks: list[int]) -> frozenset[int]:
    """Which of these papers the viewer may answer."""
    papers = gate.visible(viewer, "transfer.accept", "papers").filter(pk__in=pks)
    return frozenset(papers.values_list("pk", flat=True))

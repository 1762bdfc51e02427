"""Correcting what was recorded: striking it out, or recording it anew; the wrong one stays readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.members import actions, queries, recording, transfers
from tochuc.members.kinds import EVENT_KINDS
from tochuc.members.queries import MemberEvent, Person
from tochuc.web.door import page
from tochuc.web.members import steps
from tochuc.web.members.finder import place_finder
from tochuc.web.members.forms import DAYS, EventForm, VoidForm, form_for
from tochuc.web.members.record_card import decision, title
from tochuc.web.organisations.place import person_head, record_of
from tochuc.web.reports.touched import reports_touched

_VOID, _REPLACE = "huy", "ghi-lai"


@page(
    "dang-vien/<person:person>/dinh-chinh/<int:event>/",
    name="member_correct",
    needs="member.correct",
    post="member.correct",
)
def member_correct(request: HttpRequest, viewer: Viewer, person: Person, event: int) -> HttpResponse:
    """Strike a record out or record it anew, with the reason; first showing what will change."""
    wrong = queries.event_of(person, event)
    if wrong is None:
        raise Http404
    return Correction(request, viewer, person, wrong).answer()


@dataclass
class Correction(steps.TwoSteps[EventForm | VoidForm]):
    """One request about correcting one record."""

    request: HttpRequest
    viewer: Viewer
    person: Person
    wrong: MemberEvent

    @property
    def way(self) -> str:
        """Striking out or recording anew."""
        asked = self.request.POST.get("cach") or self.request.GET.get("cach")
        return _VOID if asked == _VOID else _REPLACE

    def whose(self) -> Person:
        """The person spoken of."""
        return self.person

    def form_made(self) -> type[EventForm | VoidForm]:
        """Why it is struck out, or the record anew."""
        if self.way == _VOID:
            return VoidForm
        return form_for(self.wrong.kind, self.viewer.today, correcting=True)

    def proposed(self) -> dict[str, Any]:
        """The record as it stands."""
        wrong = self.wrong
        data = {k: date.fromisoformat(v) if k in DAYS else v for k, v in wrong.data.items()}
        return {
            **data,
            "on": wrong.happened_on,
            "organisation": wrong.organisation.code if wrong.organisation else "",
            "decision_number": wrong.decision_number,
            "decision_on": wrong.decision_on,
            "decision_by": wrong.decision_by,
        }

    def write(self, form: EventForm | VoidForm) -> MemberEvent:
        """Correct the record by what was filled in."""
        replacement = None
        if isinstance(form, EventForm):
            replacement = {
                "on": form.cleaned_data["on"],
                "decision": form.decision,
                "data": form.facts_over(self.wrong.data),
            }
            if "organisation" in form.cleaned_data:
                replacement["organisation"] = form.cleaned_data["organisation"]
                self._check_place(replacement["organisation"])
        return actions.correct(
            self.wrong,
            by=self.viewer.actor,
            today=self.viewer.today,
            reason=form.cleaned_data["reason"],
            replacement=replacement,
        )

    def _check_place(self, place: Any) -> None:
        """A correction may move the member only between cells that one answers for."""
        if EVENT_KINDS[self.wrong.kind].place and place != self.wrong.organisation:
            transfers.check_answers_for(self.viewer, place)

    def _head(self) -> dict[str, Any]:
        return {
            **person_head(
                self.viewer, self.person, f"Đính chính hồ sơ: {self.person.full_name}", "Đính chính"
            ),
            "wrong": {
                "day": self.wrong.happened_on,
                "title": title(self.wrong),
                "decision": decision(self.wrong),
            },
            "way": self.way,
            "voiding": self.way == _VOID,
            "other_way": _REPLACE if self.way == _VOID else _VOID,
        }

    def form_page(self, form: EventForm | VoidForm, status: int = 200) -> HttpResponse:
        """The form, beneath the record that is wrong."""
        finder = place_finder(self.request, form, self.viewer) if isinstance(form, EventForm) else None
        context = self._head() | {"form": form, "finder": finder}
        return render(self.request, "members/correct.html", context, status=status)

    def confirm_page(self, form: EventForm | VoidForm, effect: recording.Effect) -> HttpResponse:
        """What will change."""
        context = {
            **self._head(),
            "filled": steps.filled(form),
            "changes": steps.changes(effect),
            "carried": steps.carried(self.request),
            "touched": reports_touched(self.viewer, effect),
            "keep_drafts": True,
        }
        return render(self.request, "members/correct_confirm.html", context)

    def done(self, event: MemberEvent) -> HttpResponse:
        """Back to the record, where it may still be read."""
        what = "hủy" if self.way == _VOID else "ghi lại"
        messages.success(
            self.request,
            f"Đã đính chính hồ sơ của {self.person.full_name}: {what} mục «{title(self.wrong)}» "
            f"ngày {day_vn(self.wrong.happened_on)}. Mục cũ vẫn còn trong hồ sơ, có gạch ngang và lý do.",
        )
        still = gate.may(self.viewer, "member.read", "person", self.person)
        return redirect(record_of(self.person.ref) if still else "members")

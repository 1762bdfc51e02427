"""Changing many people of a list: choose what, fill in once, see before and after of each, then do it as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.errors import Conflict, Refused
from tochuc.lists import bulk, find
from tochuc.lists.bulk import Effect, Outcome
from tochuc.members import transfers
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.members import steps
from tochuc.web.members.bulk_forms import FORMS, BulkForm
from tochuc.web.members.finder import place_finder
from tochuc.web.members.list_asked import list_asked, narrowed_by
from tochuc.web.organisations.place import head, page_of, place_of

_SHOWN = 100
_COLUMNS = (
    {"label": "Họ và tên"},
    {"label": "Hiện nay"},
    {"label": "Sau khi ghi", "fact": True},
    {"label": "Chi bộ"},
)
_REFUSED = ({"label": "Họ và tên"}, {"label": "Vì sao giữ nguyên", "fact": True}, {"label": "Chi bộ"})


@page(
    "to-chuc/<organisation:organisation>/dang-vien/thay-doi/",
    name="members_change",
    needs="members.change",
    post="members.change",
)
def members_change(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Change those chosen in the list, or everyone whom its conditions leave."""
    return Changing(request, viewer, organisation).answer()


@dataclass
class Changing:
    """One request about a change of many people."""

    request: HttpRequest
    viewer: Viewer
    organisation: Organisation

    @property
    def everyone(self) -> bool:
        """Whether all of the list are meant, on other pages too."""
        return bool(self.request.GET.get("chon_all"))

    @property
    def people(self) -> QuerySet[Person]:
        """Those chosen whom the viewer may change: of the list of today, whatever day it was shown for."""
        mine: QuerySet[Person] = gate.visible(self.viewer, "members.change", "person")
        asked = list_asked(self.request, self.viewer, self.organisation).today()
        chosen = mine.filter(pk__in=find.members_now(asked).order_by().values("person"))
        return chosen if self.everyone else bulk.by_refs(chosen, self.request.GET.getlist("chon"))

    def answer(self) -> HttpResponse:
        """The choice of what to do, its form, its preview, or the way to what was done."""
        chosen = FORMS.get(self.request.GET.get("viec", ""))
        if chosen is None:
            return self._choose()
        title, about, made = chosen
        if self.request.method != "POST":
            return self._form(made(self.viewer.today), title, about)
        step = steps.step_of(self.request)
        if step in {steps.BACK, steps.FIND}:
            return self._form(made(self.viewer.today, initial=steps.typed(self.request)), title, about)
        form = made(self.viewer.today, self.request.POST)
        if not form.is_valid() or not form.attempt(lambda: self._check_place(form)):
            return self._form(form, title, about, status=422)
        if step == steps.CONFIRM and (answer := self._do(form)) is not None:
            return answer
        outcome = form.attempt(
            lambda: bulk.rehearse(
                self.people, form.act, self.organisation, by=self.viewer.actor, today=self.viewer.today
            )
        )
        if outcome is None or not outcome.changed:
            return self._form(form, title, about, outcome, status=422)
        return self._confirm(form, title, outcome)

    def _check_place(self, form: BulkForm) -> bool:
        """Whether the viewer answers for the cell that people are moved to, as for one who is moved alone."""
        transfers.check_answers_for(self.viewer, form.cleaned_data.get("organisation"))
        return True

    def _do(self, form: BulkForm) -> HttpResponse | None:
        """Do it; None where it came to something else than what was shown, to be shown anew."""
        try:
            done = bulk.carry_out(
                self.people,
                form.act,
                self.organisation,
                seal=self.request.POST.get("seal", ""),
                by=self.viewer.actor,
                today=self.viewer.today,
            )
        except Conflict as changed:
            messages.warning(self.request, changed.message)
            return None
        except Refused:
            # Looking at it anew says why.
            return None
        count = done.summary["people"]
        words = f"Đã ghi: {done.title}, {count} người. Có thể hoàn tác cả đợt ở trang này."
        messages.success(self.request, words)
        return redirect("changeset", done.ref)

    def _head(self, title: str) -> dict[str, Any]:
        members = page_of(self.organisation, "organisation_members")
        asked = list_asked(self.request, self.viewer, self.organisation)
        return {
            **head(
                place_of(self.viewer, self.organisation),
                "organisation_members",
                ("Đảng viên", members),
                "Thay đổi nhiều người",
            ),
            "page_title": title,
            "chosen": self.people.count(),
            "everyone": self.everyone,
            "narrowed_by": narrowed_by(asked),
            "back": f"{members}?{asked.wanted.query()}",
            "most": bulk.MOST,
        }

    def _choose(self) -> HttpResponse:
        query = self.request.GET.copy()
        query.pop("viec", None)
        context = self._head("Thay đổi nhiều người") | {
            "choices": [
                (title, about, f"?{query.urlencode()}&viec={slug}")
                for slug, (title, about, _form) in FORMS.items()
            ],
            "names": [p.full_name for p in self.people.order_by("sort_key", "pk")[:_SHOWN]],
        }
        return render(self.request, "members/bulk_choose.html", context)

    def _form(
        self, form: BulkForm, title: str, about: str, outcome: Outcome | None = None, status: int = 200
    ) -> HttpResponse:
        finds = "organisation" in form.fields
        context = self._head(title) | {
            "form": form,
            "about": about,
            "finder": place_finder(self.request, form, self.viewer) if finds else None,
            "outcome": outcome,
            **_refusals(outcome),
        }
        return render(self.request, "members/bulk_form.html", context, status=status)

    def _confirm(self, form: BulkForm, title: str, outcome: Outcome) -> HttpResponse:
        carried = [(name, value) for name, value in steps.carried(self.request) if name != "seal"]
        context = self._head(title) | {
            "filled": steps.filled(form),
            "outcome": outcome,
            "columns": _COLUMNS,
            "rows": [_row(one) for one in outcome.changed[:_SHOWN]],
            "shown": _SHOWN,
            "carried": [*carried, ("seal", outcome.seal)],
            "button": f"Ghi cho {len(outcome.changed)} người",
            "keep_drafts": True,
            **_refusals(outcome),
        }
        return render(self.request, "members/bulk_confirm.html", context)


def _row(one: Effect) -> dict[str, Any]:
    return {
        "name": one.person.full_name,
        "url": reverse("member", args=[one.person.ref]),
        "cells": [one.before or "Chưa ghi", one.after, one.person.home.short_name if one.person.home else ""],
    }


def _refusals(outcome: Outcome | None) -> dict[str, Any]:
    refused = outcome.refused if outcome else []
    return {
        "refused_columns": _REFUSED,
        "refused": [
            {
                "name": one.person.full_name,
                "url": reverse("member", args=[one.person.ref]),
                "cells": [one.refusal, one.person.home.short_name if one.person.home else ""],
            }
            for one in refused[:_SHOWN]
        ],
        "refused_count": len(refused),
    }

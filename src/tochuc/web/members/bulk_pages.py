"""Changing many people of a list: choose what, fill in once, see before and after of each, then do it as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from tochuc.access.viewer import Viewer
from tochuc.jobs.queue import Job
from tochuc.kernel.errors import Conflict, Refused
from tochuc.lists import bulk
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation
from tochuc.web.door import page
from tochuc.web.members import bulk_asked, bulk_jobs, steps
from tochuc.web.members.bulk_forms import FORMS, BulkForm
from tochuc.web.members.finder import place_finder
from tochuc.web.members.list_asked import list_asked, narrowed_by
from tochuc.web.organisations.place import head, page_of, place_of

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
    def people(self) -> QuerySet[Person]:
        """Those chosen whom the viewer may change."""
        return bulk_asked.people(self.request, self.viewer, self.organisation)

    @property
    def large(self) -> bool:
        """Whether so many are chosen that the change is made beside the pages."""
        return bulk_jobs.LARGE < self.people.count() <= bulk.MOST

    def answer(self) -> HttpResponse:
        """The choice of what to do, its form, its preview, or the way to what was done."""
        chosen = FORMS.get(self.request.GET.get("viec", ""))
        if chosen is None:
            return self._choose()
        title, about, made = chosen
        if self.request.method != "POST":
            job = bulk_jobs.looked(self.request, self.viewer, self.organisation)
            return (
                self._looked(made, title, about, job)
                if job
                else self._form(made(self.viewer.today), title, about)
            )
        step = steps.step_of(self.request)
        if step in {steps.BACK, steps.FIND}:
            return self._form(made(self.viewer.today, initial=steps.typed(self.request)), title, about)
        form = made(self.viewer.today, self.request.POST)
        if not form.is_valid() or not form.attempt(lambda: bulk_asked.check_place(self.viewer, form)):
            return self._form(form, title, about, status=422)
        if self.large:
            ask = bulk_jobs.change if step == steps.CONFIRM else bulk_jobs.look
            words = form.act.title if step == steps.CONFIRM else title
            return redirect("job", ask(self.request, self.viewer, self.organisation, words).ref)
        if step == steps.CONFIRM and (answer := self._do(form)) is not None:
            return answer
        outcome = form.attempt(
            lambda: bulk.rehearse(
                self.people, form.act, self.organisation, by=self.viewer.actor, today=self.viewer.today
            )
        )
        if outcome is None or not outcome.changed:
            found = bulk_asked.shown(outcome) if outcome else None
            return self._form(form, title, about, found, status=422)
        carried = [(name, value) for name, value in steps.carried(self.request) if name != "seal"]
        return self._confirm(form, title, bulk_asked.shown(outcome), carried)

    def _looked(self, made: type[BulkForm], title: str, about: str, job: Job) -> HttpResponse:
        """What a job found that the change comes to; where nobody would change, the form again."""
        typed = QueryDict(job.asked["form"])
        form = made(self.viewer.today, typed)
        if not form.is_valid() or not job.answer["changing"]:
            return self._form(form, title, about, job.answer)
        carried = [*typed.items(), ("once", str(uuid4()))]
        return self._confirm(form, title, job.answer, carried)

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
        messages.success(self.request, bulk_jobs.said(done))
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
            "everyone": bulk_asked.everyone(self.request),
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
            "names": [p.full_name for p in self.people.order_by("sort_key", "pk")[: bulk_asked.SHOWN]],
        }
        return render(self.request, "members/bulk_choose.html", context)

    def _form(
        self,
        form: BulkForm,
        title: str,
        about: str,
        found: dict[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        finds = "organisation" in form.fields
        context = self._head(title) | {
            "form": form,
            "about": about,
            "finder": place_finder(self.request, form, self.viewer) if finds else None,
            "found": found,
            "refused_columns": _REFUSED,
            **(found or {}),
        }
        return render(self.request, "members/bulk_form.html", context, status=status)

    def _confirm(
        self, form: BulkForm, title: str, found: dict[str, Any], carried: list[tuple[str, Any]]
    ) -> HttpResponse:
        context = self._head(title) | {
            **found,
            "filled": steps.filled(form),
            "columns": _COLUMNS,
            "refused_columns": _REFUSED,
            "shown": bulk_asked.SHOWN,
            "carried": [*carried, ("seal", found["seal"])],
            "button": f"Ghi cho {found['changing']} người",
            "keep_drafts": True,
        }
        return render(self.request, "members/bulk_confirm.html", context)

"""Papers of a person's record: the personal history, the member's sheet, the letter that introduces them elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.queries import unopened
from tochuc.members.queries import Person
from tochuc.papers.check import LETTER, SHEETS
from tochuc.web.door import page
from tochuc.web.organisations.place import person_head
from tochuc.web.papers import handing
from tochuc.web.papers.forms import DraftForm


@page(
    "dang-vien/<person:person>/soan/",
    name="member_drafts",
    needs="member.private",
    post="member.private",
    hands_out=True,
)
def member_drafts(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """The papers that are drafted from a record alone; the letter only for who may record a transfer."""
    if person.home is None:
        raise Http404
    sheet = handing.sheet_for(viewer, unopened(person, viewer.today), viewer.today)
    forms = (*SHEETS, LETTER) if gate.may(viewer, "member.record", "person", person) else SHEETS
    papers = handing.papers_for(forms, sheet)
    form = DraftForm(papers, list, request.POST or None)
    answer = handing.answer(request, papers, form, viewer)
    if isinstance(answer, HttpResponse):
        return answer
    context = {
        **person_head(viewer, person, f"Soạn giấy tờ: {person.full_name}", "Soạn giấy tờ"),
        "form": form,
        "papers": [handing.shown(paper, form, at, _no_case, viewer) for at, paper in enumerate(papers)],
        **answer,
        "draft_key": f"giay-to-{person.ref}",
        "back": reverse("member", args=[person.ref]),
        "back_label": "Về hồ sơ đảng viên",
    }
    return render(request, "papers/drafts.html", context, status=422 if form.errors else 200)


def _no_case(_case: Any) -> str:
    return ""

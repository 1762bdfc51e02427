"""Issuing a conference's conclusions, and the notice that went out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.documents.drafting.conclusion import ConclusionNotice, as_document, missing
from tochuc.documents.drafting.document import Heading, Table
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.drafting.wording import number_line, place_and_day
from tochuc.kernel.words import due_words
from tochuc.programme import conclusions, queries
from tochuc.rules.ask import rule
from tochuc.web.documents.downloads import download
from tochuc.web.door import page
from tochuc.web.programme.forms import IssueForm
from tochuc.web.programme.trail import trail

_NAMES_SHOWN = 3


@page(
    "hoi-nghi/<conference:conference>/phat-hanh/",
    name="conference_issue",
    needs="conference.edit",
    post="conference.edit",
)
def conference_issue(request: HttpRequest, viewer: Viewer, conference: Any) -> HttpResponse:
    """Issue the conclusions: what is missing first, then number, day, signer, recipients, and the notice itself."""
    if request.method != "POST" and conference.status != "draft":
        return redirect("conclusion", queries.conclusion_of(conference).document.ref)  # type: ignore[union-attr]
    form = IssueForm(request.POST or None, initial=_initial(conference, viewer))
    looking = request.POST.get("act") == "look"
    readable = request.method == "POST" and form.is_valid()
    if readable and not looking:
        conclusion = form.attempt(
            lambda: conclusions.issue(conference, _asked(form), by=viewer.actor, today=viewer.today)
        )
        if conclusion is not None:
            messages.success(request, _issued_words(conclusion))
            return redirect("conclusion", conclusion.document.ref)
    notice = conclusions.notice_of(conference, _asked(form), viewer.today)
    tasks = notice.tasks
    context = {
        "page_title": "Phát hành kết luận",
        "breadcrumb": trail(conference, "Phát hành kết luận"),
        "conference": conference,
        "form": form,
        "absent": missing(notice),
        "notice": _shown(notice, viewer.today),
        "task_count": len(tasks),
        "body_count": len({body for task in tasks for body in task.bodies}),
        "assignment_count": sum(len(task.bodies) for task in tasks),
        "back": reverse("conference", args=[conference.ref]),
        "looked": looking and readable,
        "keep_drafts": looking,
    }
    return render(request, "programme/issue.html", context)


def _initial(conference: Any, viewer: Viewer) -> dict[str, Any]:
    asked = conclusions.suggested(conference, viewer.today)
    return {
        "number": asked.number,
        "place": asked.place,
        "issued_on": asked.issued_on,
        "signer_name": asked.signer_name,
        "signer_post": asked.signer_post,
        "recipients": "\n".join(asked.recipients),
    }


def _asked(form: IssueForm) -> conclusions.Issuing:
    """What the form says so far; what can't be read yet counts as empty."""
    given: dict[str, Any] = getattr(form, "cleaned_data", {}) if form.is_bound else dict(form.initial)
    recipients = given.get("recipients") or ()
    return conclusions.Issuing(
        number=given.get("number"),
        place=given.get("place") or "",
        issued_on=given.get("issued_on"),
        signer_name=given.get("signer_name") or "",
        signer_post=given.get("signer_post") or "",
        recipients=tuple(recipients.splitlines()) if isinstance(recipients, str) else recipients,
    )


def _issued_words(conclusion: Any) -> str:
    return (
        f"Đã phát hành Thông báo kết luận số {conclusion.document.key}. "
        "Các tổ chức được giao đã thấy nhiệm vụ trong danh sách việc cần làm của mình."
    )


def _shown(notice: ConclusionNotice, today: date) -> dict[str, Any]:
    """The notice as text on the page, in the order of the paper."""
    layout = Layout.from_rules(lambda rule_id: rule(rule_id, on=today).value)
    paper = as_document(notice)
    head = paper.letterhead
    type_code, _, issuer = head.symbol.partition("/")
    numbered = head.number and type_code and issuer
    return {
        "paper": paper,
        "number": number_line(head.number, head.symbol, layout) if numbered and head.number else "",
        "place": place_and_day(head.place, head.day, layout) if head.day and head.place else "",
        "blocks": [_block(b) for b in paper.body],
    }


def _block(block: Any) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Table):
        rows = [[_cell(text) for text in row] for row in block.rows]
        return {"kind": "table", "columns": block.columns, "rows": rows}
    return {"kind": "paragraph", "text": block.text}


def _cell(text: str) -> dict[str, str]:
    """A cell of the preview; a long list of organisations stands folded under their number."""
    names = text.split("; ")
    return {"text": text, "folded": f"{len(names)} đơn vị" if len(names) > _NAMES_SHOWN else ""}


@page("ket-luan/<conclusion:conclusion>/", name="conclusion", needs="conclusion.read")
def conclusion(request: HttpRequest, viewer: Viewer, conclusion: Any) -> HttpResponse:
    """An issued notice: its number, its tasks, its file. Who only carries tasks out sees their own assignments."""
    conference = conclusion.conference
    follows = gate.holds(viewer, "task.read")
    tasks = []
    own = []
    if follows:
        rows = gate.visible(viewer, "task.read", "task").filter(conference=conference)
        tasks = [
            {
                "glance": glance,
                "url": reverse("task", args=[glance.task.ref]),
                "until": due_words(glance.task.due_on, viewer.today) if glance.task.due_on else "",
            }
            for glance in queries.glances(rows, viewer.today)
        ]
    if not tasks:
        rows = gate.visible(viewer, "assignment.read", "assignment").filter(task__conference=conference)
        own = list(queries.assignments_in(rows))
    context = {
        "page_title": f"Thông báo kết luận số {conclusion.document.key}",
        "breadcrumb": trail(conference if follows else None, f"Kết luận {conclusion.document.key}"),
        "conclusion": conclusion,
        "conference": conference,
        "follows": follows and gate.may(viewer, "conference.read", "conference", conference),
        "tasks": tasks,
        "own": own,
        "facts": [
            {"label": "Hội nghị", "value": conference.title},
            {"label": "Ngày họp", "value": conference.held_on},
            {"label": "Ngày ban hành", "value": conclusion.issued_on},
            {"label": "Người ký", "value": conclusion.signer_name, "note": conclusion.signer_post},
            {"label": "Cơ quan ban hành", "value": conclusion.document.issuer_name},
        ],
    }
    return render(request, "programme/conclusion.html", context)


@page("ket-luan/<conclusion:conclusion>/thong-bao.docx", name="conclusion_file", needs="conclusion.read")
def conclusion_file(request: HttpRequest, viewer: Viewer, conclusion: Any) -> HttpResponse:
    """The Word file of the notice, as it went out."""
    return download(conclusion.file, viewer)

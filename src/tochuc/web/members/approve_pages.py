"""Deciding on what a member proposes to correct in their record: before and after, accept or refuse with the reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import identity, proposals
from tochuc.members.actions import note_read
from tochuc.members.proposals import Proposal
from tochuc.members.queries import Person
from tochuc.members.record_fields import FIELDS, HIDDEN
from tochuc.web.door import page
from tochuc.web.fields import Line
from tochuc.web.forms import Form
from tochuc.web.organisations.place import person_head

_ACCEPT = "accept"


class AnswerForm(Form):
    """Why a proposal is refused; accepting needs no words."""

    answer = Line(
        label="Lý do nếu không chấp nhận",
        longest=300,
        required=False,
        help_text="Đảng viên đọc được lý do này",
    )


@page("dang-vien/<person:person>/duyet/", name="member_proposals", needs="member.approve")
def member_proposals(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """What a member proposed, the waiting ones first."""
    note_read(person, by=viewer.actor, part="proposals")
    found = list(proposals.of(person))
    context = {
        **person_head(viewer, person, f"Đề nghị sửa hồ sơ: {person.full_name}", "Đề nghị sửa hồ sơ"),
        "waiting": [_row(one) for one in found if one.state == "waiting"],
        "earlier": [_row(one) for one in found if one.state != "waiting"],
    }
    return render(request, "members/proposals.html", context)


def _row(one: Proposal) -> dict[str, Any]:
    field = FIELDS[one.field]
    after = "số mới" if field.kind == HIDDEN else field.shown(one.after) or "bỏ trống"
    return {
        "label": field.label,
        "after": after,
        "day": one.proposed_on,
        "ground": one.ground,
        "state": one.get_state_display(),
        "answer": one.answer,
        "url": reverse("proposal", args=[one.pk]),
    }


@page("de-nghi/<proposal:proposal>/", name="proposal", needs="member.approve", post="member.approve")
def proposal(request: HttpRequest, viewer: Viewer, proposal: Any) -> HttpResponse:
    """One proposal: what the record says, what the member says, on what ground; accept it or say why not."""
    person, field = proposal.person, FIELDS[proposal.field]
    note_read(person, by=viewer.actor, part="proposals")
    form = AnswerForm(request.POST if request.method == "POST" else None)
    back = reverse("member_proposals", args=[person.ref])
    hidden = field.kind == HIDDEN
    may_decide = not hidden or gate.may(viewer, "member.identity", "person", person)
    sent = request.method == "POST" and form.is_valid() and may_decide
    if sent and form.attempt(lambda: _decide(request, viewer, proposal, form)) is not None:
        done = "Đã ghi vào hồ sơ" if request.POST.get("step") == _ACCEPT else "Đã trả lời không chấp nhận"
        messages.success(request, f"{done}: {field.label} của {person.full_name}.")
        return redirect(back)
    context = {
        **person_head(
            viewer, person, f"Duyệt đề nghị: {field.label}", ("Đề nghị sửa hồ sơ", back), field.label
        ),
        "changes": [_compared(proposal, viewer, may_decide=may_decide)],
        "proposal": proposal,
        "form": form,
        "open": proposal.state == "waiting",
        "own": proposal.proposed_by_id == viewer.account.pk,
        "may_decide": may_decide,
        "cancel": back,
    }
    return render(request, "members/proposal.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, viewer: Viewer, proposal: Proposal, form: AnswerForm) -> Proposal:
    if request.POST.get("step") == _ACCEPT:
        return proposals.accept(proposal, by=viewer.actor, today=viewer.today)
    return proposals.refuse(proposal, by=viewer.actor, reason=form.cleaned_data["answer"])


def _compared(proposal: Proposal, viewer: Viewer, *, may_decide: bool) -> dict[str, Any]:
    field = FIELDS[proposal.field]
    since = ""
    if proposal.since:
        since = f"thay đổi từ {KnownDate(proposal.since, proposal.since_precision).vn}"  # type: ignore[arg-type]
    shown = {
        "label": field.label,
        "before": field.shown(proposal.before),
        "after": field.shown(proposal.after),
    }
    if field.kind == HIDDEN:
        shown["before"] = identity.HIDDEN if proposal.person.identity_id else ""
        shown["after"] = identity.HIDDEN
        if may_decide and proposal.state == "waiting":
            shown["after"] = proposals.proposed_number(proposal, by=viewer.actor)
    return shown | {"note": since}

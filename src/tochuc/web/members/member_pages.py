"""A person's record: card and timeline, and the fields that stay closed until opened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.members import queries
from tochuc.members.actions import note_read
from tochuc.members.queries import Person
from tochuc.web.door import page
from tochuc.web.members.record_card import card, line
from tochuc.web.organisations.place import page_of, person_head, place_of

_SENSITIVE = (
    ("Nơi cư trú", "residence"),
    ("Điện thoại", "phone"),
    ("Dân tộc", "ethnicity"),
    ("Tôn giáo", "religion"),
)


@page("dang-vien/<person:person>/", name="member", needs="member.read")
def member(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """A person's record. That someone else opened it stays in the trail."""
    note_read(person, by=viewer.actor)
    moments = queries.timeline(person)
    place = place_of(viewer, person.home) if person.home else None
    own = person.account_id == viewer.account.pk
    may_correct = gate.may(viewer, "member.correct", "person", person)
    home_url = page_of(place.organisation) if place and place.path[-1][1] else ""
    shown = card(person, moments, viewer.today, home_url)
    shown.facts.append(
        {
            "label": "Nơi cư trú, điện thoại, dân tộc, tôn giáo",
            "value": "Xem",
            "url": reverse("member_sensitive", args=[person.ref]),
            "note": "" if own else "Mở ra là có ghi vào nhật ký.",
        }
    )
    if gate.may(viewer, "member.identity", "person", person):
        shown.facts.append(_identity(person))
    context = {
        "page_title": person.full_name,
        "person": person,
        "own": own,
        "breadcrumb": place.breadcrumb(person.full_name) if place else [],
        "card": shown,
        "events": [
            line(moment, person, may_correct=may_correct) for moment in moments if moment.event.kind != "void"
        ],
        "record_url": _record_url(viewer, person),
        "reasons": gate.reasons(viewer, "member.read", "person", person),
    }
    return render(request, "members/member.html", context)


def _identity(person: Person) -> dict[str, Any]:
    url = reverse("member_identity", args=[person.ref])
    if person.identity_id is None:
        return {"label": "Số căn cước", "value": "Chưa ghi", "url": url}
    return {"label": "Số căn cước", "value": "Xem", "url": url, "note": "Mỗi lần xem đều ghi vào nhật ký."}


def _record_url(viewer: Viewer, person: Person) -> str:
    may = gate.may(viewer, "member.record", "person", person)
    return reverse("member_record", args=[person.ref]) if may else ""


@page("dang-vien/<person:person>/rieng/", name="member_sensitive", needs="member.private")
def member_sensitive(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """The fields that stay closed on the record; opening them is noted by itself."""
    note_read(person, by=viewer.actor, part="sensitive")
    facts: list[dict[str, Any]] = [
        {"label": label, "value": getattr(person, name)} for label, name in _SENSITIVE
    ]
    context = {
        **person_head(viewer, person, f"Thông tin riêng: {person.full_name}", "Thông tin riêng"),
        "own": person.account_id == viewer.account.pk,
        "facts": facts,
    }
    return render(request, "members/sensitive.html", context)

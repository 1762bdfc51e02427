"""A person's record: card and timeline on a day, and the fields that stay closed until opened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.clock import end_of
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.members import facts as kept
from tochuc.members import papers, queries
from tochuc.members.actions import note_read
from tochuc.members.queries import Fact, Person
from tochuc.members.record_fields import FIELDS, SECTIONS, Section
from tochuc.members.record_values import value_of
from tochuc.web.door import page
from tochuc.web.members.record_card import Card, Looked, card
from tochuc.web.members.whole_timeline import lines
from tochuc.web.organisations.asked import Asked, day_asked
from tochuc.web.organisations.place import page_of, person_head, place_of

_SENSITIVE = ("residence", "phone", "ethnicity", "religion")
_RIGHTS = (
    *("member.private", "member.identity", "member.record", "member.correct"),
    *("member.papers", "member.check", "member.approve", "dues.person", "lapse.read", "member.read"),
)
_MORE = (
    ("member.papers", "member_papers", "Giấy tờ, bản quét"),
    ("member.private", "member_drafts", "Soạn phiếu, phiếu bổ sung, lý lịch, giấy giới thiệu"),
    ("member.private", "member_sheet", "Phiếu kiểm tra hồ sơ để in"),
    ("member.approve", "member_proposals", "Đề nghị sửa hồ sơ của đảng viên"),
    ("member.read", "member_entrusted", "Công tác được phân công"),
    ("dues.person", "member_dues", "Đảng phí"),
    ("lapse.read", "member_lapses", "Sinh hoạt và đảng phí trong năm"),
)
"""Pages beside the sections, each under its own right."""


@page("dang-vien/<person:person>/", name="member", needs="member.read")
def member(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """A person's record on a day. That someone else opened it stays in the trail. One that was merged leads on."""
    if person.merged_into is not None:
        return redirect("member", person.merged_into.ref)
    note_read(person, by=viewer.actor)
    day = day_asked(request, "ngay", viewer.today, latest=viewer.today)
    known = day_asked(request, "biet-den", viewer.today, latest=viewer.today)
    looked = Looked(day.day, end_of(known.day) if known.given else None)
    moments = queries.timeline(person)
    facts = queries.facts_of(person)
    rights = gate.rights(viewer, _RIGHTS, "person", person)
    place = place_of(viewer, person.home) if person.home else None
    home_url = page_of(place.organisation) if place and place.path[-1][1] else ""
    shown = card(person, moments, looked, _told(person, facts, looked), home_url)
    shown.facts.extend(_closed(person, rights, own=person.account_id == viewer.account.pk))
    may_record = "member.record" in rights
    merged = queries.merged_count(person)
    context = {
        "page_title": person.full_name,
        "merged_url": reverse("merged_records", args=[person.ref]) if merged else "",
        "person": person,
        "own": person.account_id == viewer.account.pk,
        "breadcrumb": place.breadcrumb(person.full_name) if place else [],
        "asof": _asof(day, known),
        "day_errors": [error for error in (day.error, known.error) if error],
        "card": shown,
        "badge_why": shown.badges.rule.why if shown.badges else "",
        "sections": [_section(person, one, rights) for one in SECTIONS],
        "more": [
            {"label": label, "url": reverse(name, args=[person.ref])}
            for right, name, label in _MORE
            if right in rights
        ],
        "events": lines(
            person,
            moments,
            facts,
            papers.of(person) if "member.papers" in rights else (),
            may_correct="member.correct" in rights,
        ),
        "record_url": reverse("member_record", args=[person.ref]) if may_record else "",
        "check_url": reverse("member_check", args=[person.ref]) if "member.check" in rights else "",
        "reasons": gate.reasons(viewer, "member.read", "person", person),
    }
    return render(request, "members/member.html", context)


def _told(person: Person, facts: list[Fact], looked: Looked) -> dict[str, str]:
    current = {code: value_of(person, code) for code in FIELDS}
    found = kept.record_on(person, facts, current, looked.on, looked.known)
    return {code: told.value for code, told in found.items()}


def _asof(day: Asked, known: Asked) -> dict[str, Any]:
    words = f"Hồ sơ tính đến {'' if day.given else 'hôm nay, '}ngày {day_vn(day.day)}"
    if known.given:
        words += f", theo những gì đã ghi đến ngày {day_vn(known.day)}"
    return {
        "words": words,
        "still": not (day.given or known.given),
        "name": "ngay",
        "value": day.typed or day_vn(day.day),
        "known_name": "biet-den",
        "known_value": known.typed,
        "hidden": [],
    }


def _section(person: Person, section: Section, rights: frozenset[str]) -> dict[str, Any]:
    """A section of the form with its address; without one where its fields are private and not for this viewer."""
    if section.private:
        url = _url("member_closed_section", person, section.slug) if "member.private" in rights else ""
        return {"label": section.title, "url": url, "note": "thông tin riêng"}
    return {"label": section.title, "url": _url("member_section", person, section.slug)}


def _url(name: str, person: Person, slug: str) -> str:
    return reverse(name, args=[person.ref, slug])


def _closed(person: Person, rights: frozenset[str], *, own: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if "member.private" in rights:
        found.append(
            {
                "label": "Nơi cư trú, điện thoại, dân tộc, tôn giáo",
                "value": "Xem",
                "url": reverse("member_sensitive", args=[person.ref]),
                "note": "" if own else "Mở ra là có ghi vào nhật ký.",
            }
        )
    if "member.identity" in rights:
        known = person.identity_id is not None
        found.append(
            {
                "label": "Số căn cước",
                "value": "Xem" if known else "Chưa ghi",
                "url": reverse("member_identity", args=[person.ref]),
                "note": "Mỗi lần xem đều ghi vào nhật ký." if known else "",
            }
        )
    return found


@page("dang-vien/<person:person>/rieng/", name="member_sensitive", needs="member.private")
def member_sensitive(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """The fields that stay closed on the record; opening them is noted by itself."""
    note_read(person, by=viewer.actor, part="sensitive")
    facts: list[dict[str, Any]] = [
        {"label": FIELDS[code].label, "value": value_of(person, code)} for code in _SENSITIVE
    ]
    context = {
        **person_head(viewer, person, f"Thông tin riêng: {person.full_name}", "Thông tin riêng"),
        "own": person.account_id == viewer.account.pk,
        "facts": facts,
        "sections": [
            {"label": one.title, "url": _url("member_closed_section", person, one.slug)}
            for one in SECTIONS
            if one.private
        ],
    }
    return render(request, "members/sensitive.html", context)


def card_of(person: Person, today: Any) -> Card:
    """The card as it is today, for the sheet one prints."""
    current = {code: value_of(person, code) for code in FIELDS}
    return card(person, queries.timeline(person), Looked(today), current, "")

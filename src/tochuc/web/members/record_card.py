"""A person's record as the page shows it: the card, the timeline, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone

from tochuc.kernel.days import FOREVER, years_between
from tochuc.kernel.known_dates import KnownDate, day_vn
from tochuc.members.badges import Badges, badges
from tochuc.members.conditions import CONDITIONS
from tochuc.members.folds import Folded, fold, in_force
from tochuc.members.kinds import DISCIPLINES, EVENT_KINDS, IN_PARTY, OUTSIDE, STANDINGS
from tochuc.members.party_age import party_age
from tochuc.members.queries import MemberEvent, Moment, Person, joined
from tochuc.members.record_fields import FIELDS
from tochuc.members.record_values import known_date
from tochuc.members.temporary import PURPOSES


@dataclass(frozen=True)
class Card:
    """What stands on the left of a record: facts with labels, the state in words, and what the badges rest on."""

    facts: list[dict[str, Any]]
    standing: str
    outside: bool
    conditions: list[str]
    badges: Badges | None


@dataclass(frozen=True)
class Looked:
    """The record as looked at: on a day, as known at a moment (None: everything known)."""

    on: date
    known: datetime | None = None


def card(
    person: Person, moments: Iterable[Moment], looked: Looked, told: Mapping[str, str], home_url: str
) -> Card:
    """The card of a person on a day from everything recorded of them; no further query."""
    events = [
        moment.event for moment in moments if looked.known is None or moment.event.recorded_at <= looked.known
    ]
    valid = [e for e in cast("list[MemberEvent]", in_force(events)) if e.happened_on <= looked.on]
    folded = fold(valid)
    here = folded.last
    dead = any(event.kind == "died" for event in valid)
    birth = known_date(told["birth"]) if told.get("birth") else person.birth
    facts = [
        {"label": "Ngày sinh", "value": birth.vn, "note": "" if dead else _age(birth, looked.on)},
        {"label": "Giới tính", "value": FIELDS["gender"].shown(told.get("gender", ""))},
        _home(person, folded, valid, home_url),
    ]
    posts = _posts(folded, valid)
    if posts:
        facts.append({"label": "Chức vụ", "value": posts[0][0], "note": posts[0][1]})
        facts += [{"label": "Chức vụ khác", "value": title, "note": since} for title, since in posts[1:]]
    found = badges(valid, looked.on) if here.standing in IN_PARTY else None
    facts += _party_facts(here.standing, valid, looked.on, found)
    for code in ("card_number", "hometown", "occupation", "education", "qualification", "political_theory"):
        if told.get(code):
            facts.append({"label": FIELDS[code].label, "value": FIELDS[code].shown(told[code])})
    outside = here.standing == OUTSIDE
    return Card(facts, _state(here.standing, valid), outside, _conditions(folded, valid), found)


_GONE = {
    "left_for": "Đã chuyển sinh hoạt đi",
    "died": "Đã từ trần",
    "expelled": "Đã bị khai trừ",
    "removed": "Đã bị xóa tên",
    "departed": "Đã ra khỏi Đảng",
    "admission_annulled": "Đã bị hủy quyết định kết nạp",
    "sympathiser_closed": "Không còn là cảm tình đảng",
}


def _state(standing: str, valid: list[MemberEvent]) -> str:
    """The standing; of one who is outside, how they came to be."""
    if standing != OUTSIDE:
        return STANDINGS[standing]
    ends = [event.kind for event in valid if event.kind in _GONE]
    return _GONE[ends[-1]] if ends else STANDINGS[OUTSIDE]


def _age(birth: KnownDate, on: date) -> str:
    if on < birth.first:
        return "chưa sinh vào ngày đang xem"
    youngest, oldest = years_between(birth.last, on), years_between(birth.first, on)
    return f"{oldest} tuổi" if youngest == oldest else f"khoảng {oldest} tuổi"


def _home(person: Person, folded: Folded, valid: list[MemberEvent], home_url: str) -> dict[str, Any]:
    here = folded.last.standing != OUTSIDE
    named = {event.organisation_id: event.organisation for event in valid if event.organisation is not None}
    home = person.home if folded.home == person.home_id else named.get(folded.home)
    url = home_url if home is not None and home == person.home else ""
    label = "Chi bộ" if here else "Chi bộ sau cùng"
    return {"label": label, "value": home.name if home else "", "url": url}


def _posts(folded: Folded, valid: list[MemberEvent]) -> list[tuple[str, str]]:
    posts = {event.post_id: event.post for event in valid if event.post is not None}
    still = [held for held in folded.held if held.until == FOREVER]
    return [(posts[held.post].title, f"từ {day_vn(held.since)}") for held in still if posts.get(held.post)]


def _party_facts(
    standing: str, valid: list[MemberEvent], on: date, found: Badges | None
) -> list[dict[str, Any]]:
    decided, ceremony, official = joined(valid)
    if ceremony is None and decided is None:
        return []
    standing_in = standing in IN_PARTY
    facts: list[dict[str, Any]] = [
        {"label": "Ngày vào Đảng", "value": ceremony},
        {"label": "Ngày chính thức", "value": official or ("Đang dự bị" if standing_in else "")},
    ]
    age = party_age(valid, on)
    if age is not None and standing_in:
        note = f"tính từ ngày quyết định kết nạp {day_vn(age.since)}"
        if age.taken_off:
            note += f", trừ {age.taken_off} tháng không sinh hoạt đảng"
        facts.append({"label": "Tuổi đảng", "value": age.words, "note": note})
    if found is not None:
        facts.append(_badge(found))
    return facts


def _badge(found: Badges) -> dict[str, Any]:
    """The badge years reached, and when the next are full."""
    reached = [f"{one.years} năm" for one in found.reached]
    coming = found.coming
    notes = [f"đã được tặng huy hiệu {found.awarded[-1]} năm"] if found.awarded else []
    notes += [f"đủ {coming.years} năm tuổi đảng ngày {day_vn(coming.on)}"] if coming else []
    value = f"Đủ tuổi đảng {reached[-1]}" if reached else "Chưa tới mốc đầu tiên"
    return {"label": "Mốc Huy hiệu Đảng", "value": value, "note": "; ".join(notes)}


def _conditions(folded: Folded, valid: list[MemberEvent]) -> list[str]:
    begun = {event.pk: event for event in valid}
    found = []
    for span in folded.conditions:
        if span.until == FOREVER:
            where = _elsewhere(begun[span.event])
            words = f"{CONDITIONS[span.kind].label}{': ' * bool(where)}{where}{',' * bool(where)} từ {day_vn(span.since)}"
            found.append(words + (f" đến {day_vn(span.planned)}" if span.planned else ""))
    return found


def _elsewhere(event: MemberEvent) -> str:
    """The place that an event names without one's coming to it: by name, or in words."""
    if not EVENT_KINDS[event.kind].elsewhere:
        return ""
    return event.organisation.name if event.organisation else str(event.data.get("destination", ""))


def line(moment: Moment, person: Person, *, may_correct: bool) -> dict[str, Any]:
    """One line of the timeline."""
    event, correction = moment.event, moment.correction
    shown: dict[str, Any] = {
        "day": event.happened_on,
        "title": title(event),
        "detail": _detail(event),
        "decision": decision(event),
        "by": _recorded(event),
        "corrected": correction is not None,
    }
    if correction is not None:
        shown["explanation"] = f"Đã đính chính: {correction.reason} {_recorded(correction)}"
    elif may_correct:
        shown["url"] = reverse("member_correct", args=[person.ref, event.pk])
    return shown


def title(event: MemberEvent) -> str:
    """What happened, with the place or post it names."""
    sentence = EVENT_KINDS[event.kind].sentence
    place = event.organisation.name if event.organisation else ""
    if event.kind in {"badge_awarded", "badge_reissued"}:
        given = "Được truy tặng Huy hiệu Đảng" if event.data.get("manner") == "posthumous" else sentence
        return f"{given} {event.data.get('years')} năm"
    if event.data.get("number") and event.kind in {"card_issued", "card_exchanged", "card_reissued"}:
        return f"{sentence} số {event.data['number']}"
    if event.kind in {"took_post", "left_post"} and event.post is not None:
        return f"{sentence} {event.post.title}"
    if event.kind in {"transferred", "reorganised"}:
        return f"{sentence} đến {place}"
    if event.kind == "disciplined":
        return f"{sentence} {DISCIPLINES[str(event.data['form'])].lower()}"
    if elsewhere := _elsewhere(event):
        return f"{sentence}: {elsewhere}"
    if event.kind == "left_for":
        return f"{sentence}: {event.data.get('destination', '')}".rstrip(": ")
    if event.kind == "arrived" and event.data.get("origin"):
        return f"Chuyển sinh hoạt từ {event.data['origin']} đến {place}"
    return f"{sentence}, {place}" if place else sentence


def _detail(event: MemberEvent) -> str:
    if event.corrects_id is not None and event.reason:
        return f"Ghi lại thay mục ghi sai. Lý do: {event.reason}"
    known = event.data
    if event.kind not in {"opening", "arrived"}:
        until = known.get("until_on")
        parts = [PURPOSES.get(str(known.get("purpose")), ""), str(known.get("why", ""))]
        parts += [f"đến ngày {day_vn(date.fromisoformat(until))}"] if until else []
        return ", ".join(filter(None, parts))
    parts = [STANDINGS.get(str(known.get("standing")), "")]
    for label, key in (("vào Đảng", "admitted_on"), ("chính thức", "official_on")):
        if known.get(key):
            parts.append(f"{label} {day_vn(date.fromisoformat(known[key]))}")
    return ", ".join(filter(None, parts))


_PAPERS = {"papers_out": "Giấy giới thiệu", "sent_temporarily": "Giấy giới thiệu"}


def decision(event: MemberEvent) -> str:
    """The paper an event rests on, in words; empty where none is recorded."""
    parts = []
    if event.decision_number:
        parts.append(f"{_PAPERS.get(event.kind, 'Quyết định')} số {event.decision_number}")
    if event.decision_on:
        parts.append(f"ngày {day_vn(event.decision_on)}")
    if event.decision_by:
        parts.append(f"của {event.decision_by}")
    return " ".join(parts)


def _recorded(event: MemberEvent) -> str:
    day = day_vn(timezone.localtime(event.recorded_at).date())
    by = f", người ghi: {event.recorded_by.full_name}" if event.recorded_by else ""
    return f"Ghi ngày {day}{by}"

"""A person's record as the page shows it: the card, the timeline, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone

from tochuc.kernel.days import FOREVER, years_between
from tochuc.kernel.known_dates import day_vn
from tochuc.members.conditions import CONDITIONS
from tochuc.members.folds import Folded, fold, in_force
from tochuc.members.kinds import EVENT_KINDS, IN_PARTY, OUTSIDE, STANDINGS
from tochuc.members.party_age import party_age
from tochuc.members.queries import MemberEvent, Moment, Person, joined
from tochuc.members.temporary import PURPOSES


@dataclass(frozen=True)
class Card:
    """What stands on the left of a record: facts with labels, and the state in words."""

    facts: list[dict[str, Any]]
    standing: str
    conditions: list[str]


def card(person: Person, moments: Iterable[Moment], today: date, home_url: str) -> Card:
    """The card of a person from everything recorded of them; no further query."""
    events = [moment.event for moment in moments]
    valid = cast("list[MemberEvent]", in_force(events))
    folded = fold(events)
    dead = any(event.kind == "died" for event in valid)
    facts = [
        {"label": "Ngày sinh", "value": person.birth.vn, "note": "" if dead else _age(person, today)},
        {"label": "Giới tính", "value": person.get_gender_display()},
        _home(person, home_url),
    ]
    posts = _posts(folded, valid)
    if posts:
        facts.append({"label": "Chức vụ", "value": posts[0][0], "note": posts[0][1]})
        facts += [{"label": "Chức vụ khác", "value": title, "note": since} for title, since in posts[1:]]
    facts += _party_facts(person, valid, today)
    for label, value in (
        ("Quê quán", person.hometown),
        ("Nghề nghiệp", person.occupation),
        ("Trình độ phổ thông", person.education),
        ("Trình độ chuyên môn", person.qualification),
        ("Lý luận chính trị", person.get_political_theory_display()),
    ):
        if value:
            facts.append({"label": label, "value": value})
    return Card(facts, _state(person, valid), _conditions(folded, valid))


_GONE = {
    "left_for": "Đã chuyển sinh hoạt đi",
    "died": "Đã từ trần",
    "expelled": "Đã bị khai trừ",
    "removed": "Đã bị xóa tên",
    "departed": "Đã ra khỏi Đảng",
    "admission_annulled": "Đã bị hủy quyết định kết nạp",
    "sympathiser_closed": "Không còn là cảm tình đảng",
}


def _state(person: Person, valid: list[MemberEvent]) -> str:
    """The standing; of one who is outside, how they came to be."""
    if person.standing != OUTSIDE:
        return STANDINGS[person.standing]
    ends = [event.kind for event in valid if event.kind in _GONE]
    return _GONE[ends[-1]] if ends else STANDINGS[OUTSIDE]


def _age(person: Person, today: date) -> str:
    youngest, oldest = years_between(person.birth.last, today), years_between(person.birth.first, today)
    return f"{oldest} tuổi" if youngest == oldest else f"khoảng {oldest} tuổi"


def _home(person: Person, home_url: str) -> dict[str, Any]:
    here = person.standing != OUTSIDE
    name = person.home.name if person.home else ""
    return {"label": "Chi bộ" if here else "Chi bộ sau cùng", "value": name, "url": home_url}


def _posts(folded: Folded, valid: list[MemberEvent]) -> list[tuple[str, str]]:
    posts = {event.post_id: event.post for event in valid if event.post is not None}
    still = [held for held in folded.held if held.until == FOREVER]
    return [(posts[held.post].title, f"từ {day_vn(held.since)}") for held in still if posts.get(held.post)]


def _party_facts(person: Person, valid: list[MemberEvent], today: date) -> list[dict[str, Any]]:
    decided, ceremony, official = joined(valid)
    if ceremony is None and decided is None:
        return []
    standing_in = person.standing in IN_PARTY
    facts: list[dict[str, Any]] = [
        {"label": "Ngày vào Đảng", "value": ceremony},
        {"label": "Ngày chính thức", "value": official or ("Đang dự bị" if standing_in else "")},
    ]
    age = party_age(valid, today)
    if age is not None and standing_in:
        note = f"tính từ ngày quyết định kết nạp {day_vn(age.since)}"
        if age.taken_off:
            note += f", trừ {age.taken_off} tháng không sinh hoạt đảng"
        facts.append({"label": "Tuổi đảng", "value": age.words, "note": note})
    if person.card_number:
        facts.append({"label": "Số thẻ đảng viên", "value": person.card_number})
    return facts


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
    if event.kind in {"took_post", "left_post"} and event.post is not None:
        return f"{sentence} {event.post.title}"
    if event.kind in {"transferred", "reorganised"}:
        return f"{sentence} đến {place}"
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
        parts = [PURPOSES.get(str(known.get("purpose")), "")]
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

"""An organisation: overview on any day, and history."""

from __future__ import annotations

from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.asking import look
from tochuc.duties.sifting import Asked
from tochuc.kernel.days import FOREVER
from tochuc.kernel.known_dates import day_vn
from tochuc.members import branches, ledger, listing, queries
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.statement_form import DECREASE, INCREASE, rows
from tochuc.org.kinds import CELL_KINDS, KINDS, kind_words
from tochuc.org.queries import (
    Organisation,
    OrganisationSpan,
    children,
    codes_among,
    history,
    names_by_id,
    successions,
)
from tochuc.reorganise import queries as reorganise
from tochuc.web.door import page
from tochuc.web.duties.rows import rows_of
from tochuc.web.members.standings import SLUGS
from tochuc.web.organisations.asked import address, day_asked
from tochuc.web.organisations.place import Place, asof, has_members, head, in_rank, is_cell, page_of, place_of

_SHOWN_DUTIES = 5
_BELOW = (
    {"label": "Tên"},
    {"label": "Đảng viên", "number": True, "fact": True},
    {"label": "Chính thức", "number": True},
    {"label": "Dự bị", "number": True},
)
_WHAT_HAPPENED = {
    "founded": "Thành lập",
    "renamed": "Đổi tên",
    "moved": "Chuyển về trực thuộc tổ chức khác",
    "converted": "Đổi loại hình tổ chức",
    "divided": "Chia tách",
    "ended": "Kết thúc hoạt động",
    "congress": "Đại hội",
}


@page("to-chuc/<organisation:organisation>/", name="organisation", needs="organisation.read")
def organisation(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """An organisation at a glance: leaders, members, this year's statement, what is due, those below it."""
    asked = day_asked(request, "ngay", _last_day(organisation, viewer.today), latest=viewer.today)
    day = asked.day
    place = place_of(viewer, organisation, day)
    below = [] if is_cell(organisation) else in_rank(children(organisation, day))
    people = gate.visible(viewer, "member.read", "person")
    context = {
        **head(place, "organisation"),
        "facts": _facts(place, viewer),
        "seats": _seated(organisation, listing.seats(organisation, day, people)),
        "now": day == viewer.today,
        "day": day,
        "day_error": asked.error,
        "there": organisation.exists_on(day),
        "asof": asof(asked, viewer.today),
        "arrange_url": page_of(organisation, "arrangements")
        if gate.holds(viewer, "organisation.arrange")
        else "",
        "congress_url": page_of(organisation, "organisation_congress") if has_members(organisation) else "",
        **(_due_here(viewer, organisation) if day == viewer.today else {}),
        "below_columns": _BELOW,
    }
    if has_members(organisation):
        context |= _figures(organisation, below, day, now=day == viewer.today)
    return render(request, "organisations/organisation.html", context)


def _last_day(organisation: Organisation, today: date) -> date:
    """The day to begin with: today, or the last day of one that ended."""
    if organisation.since < organisation.until <= today:
        return organisation.until - timedelta(days=1)
    return today


def _facts(place: Place, viewer: Viewer) -> list[dict[str, Any]]:
    own, above = place.organisation, place.above
    kind = kind_words(place.kind, place.name)
    cell = CELL_KINDS[place.cell_kind].lower() if place.cell_kind else ""
    facts: list[dict[str, Any]] = [{"label": "Loại hình", "value": f"{kind} ({cell})" if cell else kind}]
    if place.name != own.name:
        facts.append({"label": "Tên gần nhất", "value": own.name})
    if above is not None:
        url = page_of(above) if place.above_open else ""
        facts.append({"label": "Trực thuộc", "value": above.name, "url": url})
    facts.append({"label": "Hoạt động từ ngày", "value": own.since})
    if own.until != FOREVER:
        facts.append({"label": "Kết thúc từ ngày", "value": own.until})
    linked = successions(own) if place.linked else []
    after = [("Kế tục", row.successor, row.on) for row in linked if row.predecessor_id == own.pk]
    before = [("Tiền thân", row.predecessor, row.on) for row in linked if row.successor_id == own.pk]
    return facts + _named([*after, *before], viewer)


def _named(others: list[tuple[str, Organisation, date]], viewer: Viewer) -> list[dict[str, Any]]:
    """Organisations before or after this one, by the name they had last; linked where one may open them."""
    if not others:
        return []
    visible = gate.visible(viewer, "organisation.read", "organisation")
    seen = codes_among(visible, [one.code for _, one, _ in others])
    return [
        {
            "label": label,
            "value": one.name,
            "url": page_of(one) if one.code in seen else "",
            "note": f"từ {day_vn(on)}",
        }
        for label, one, on in others
    ]


def _seated(organisation: Organisation, seats: list[listing.Seat]) -> list[dict[str, Any]]:
    """The seats by post, each post once; plain members of the committee last, folded away."""
    posts: dict[str, dict[str, Any]] = {}
    for seat in seats:
        title = seat.title
        for name in (organisation.short_name, organisation.name):
            if title.casefold().endswith(name.casefold()):
                title = title[: -len(name)].strip() or title
        post = posts.setdefault(
            title, {"title": title, "leading": seat.leading, "many": seat.many, "seats": []}
        )
        post["seats"].append(seat)
    return sorted(posts.values(), key=lambda post: post["many"])


def _figures(
    organisation: Organisation, below: list[OrganisationSpan], day: date, *, now: bool
) -> dict[str, Any]:
    """Members on the day, the year's movements in a line, and the head-counts of those directly below."""
    first, on = date(day.year, 1, 1), None if now else day
    found, sympathisers = branches.statements(
        [organisation, *(one.organisation for one in below)], first, day
    )
    own = found[organisation.pk]
    sums = {row.code: row.count.total for row in rows(own) if row.total}
    return {
        "statement": own,
        "year": day.year,
        "increase": sums[INCREASE],
        "decrease": sums[DECREASE],
        "sympathisers": sympathisers[organisation.pk],
        "members": [
            (n, words, page_of(organisation, "organisation_members") + address(ngay=on, la=standing))
            for n, words, standing in (
                (own.closing.total, "đảng viên", ""),
                (own.closing.official, "chính thức", SLUGS[OFFICIAL]),
                (own.closing.probationary, "dự bị", SLUGS[PROBATIONARY]),
            )
        ],
        "statement_url": page_of(organisation, "organisation_statement") + address(den=on),
        "below": [_below(one, found[one.organisation_id].closing) for one in below],
    }


def _below(span: OrganisationSpan, count: ledger.Count) -> dict[str, Any]:
    kind, board = kind_words(span.kind, span.name), span.kind == "board"
    figures = ["", "", ""] if board else [count.total, count.official, count.probationary]
    return {"name": span.name, "url": page_of(span.organisation), "under": kind, "cells": figures}


def _due_here(viewer: Viewer, organisation: Organisation) -> dict[str, Any]:
    """What the viewer has to see to in this branch, overdue first, and how much more there is."""
    found = look(viewer, Asked(branch=organisation.pk), size=_SHOWN_DUTIES)
    return {"duties": rows_of(found.duties(), viewer.today), "all_duties": found.total}


@page("to-chuc/<organisation:organisation>/lich-su/", name="organisation_history", needs="organisation.read")
def organisation_history(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """What happened to the organisation and who has led it, newest first."""
    place = place_of(viewer, organisation)
    terms = listing.leaders_through_time(organisation)
    people = gate.visible(viewer, "member.read", "person")
    readable = queries.readable(people, (term.ref for term in terms))
    events = list(history(organisation))
    others = names_by_id(pk for event in events for pk in _others(event))
    told = [
        {
            "day": event.happened_on,
            "title": _WHAT_HAPPENED.get(event.kind, event.kind),
            "detail": _detail(event, others),
            "decision": event.decision,
        }
        for event in events
    ]
    context = {
        **head(place, "organisation_history", "Lịch sử"),
        "events": sorted(
            [*_taken_over(place, events), *told, *_undone(organisation)], key=itemgetter("day"), reverse=True
        ),
        "terms": [(term, term.ref in readable, term.until == FOREVER) for term in terms],
    }
    return render(request, "organisations/history.html", context)


def _taken_over(place: Place, events: list[Any]) -> list[dict[str, Any]]:
    """What it took over from others, by day, where only the events of those others say so."""
    own = place.organisation
    said = {pk for event in events for pk in event.data.get("predecessors", ())}
    by_day: dict[date, list[str]] = {}
    for row in successions(own) if place.linked else []:
        if row.successor_id == own.pk and row.predecessor_id not in said:
            by_day.setdefault(row.on, []).append(row.predecessor.name)
    return [
        {"day": on, "title": "Kế tục tổ chức khác", "detail": f"tiền thân: {', '.join(names)}"}
        for on, names in by_day.items()
    ]


def _undone(organisation: Organisation) -> list[dict[str, Any]]:
    """The plans of reorganisation that changed it, or brought others into it, and were undone; with the reason."""
    return [
        {
            "day": one.day,
            "title": f"Sắp xếp tổ chức: {one.title}",
            "corrected": True,
            "explanation": _why_undone(one),
            "decision": one.decision_number,
        }
        for one in reorganise.taken_back(organisation)
    ]


def _why_undone(one: Any) -> str:
    words = f"Đã hủy ngày {day_vn(timezone.localdate(one.settled_at))}"
    return f"{words}. Lý do: {one.undo_reason}" if one.undo_reason else f"{words}."


def _others(event: Any) -> list[int]:
    """The ids of the organisations that an event names."""
    said = event.data
    above = [said["parent"]] if said.get("parent") else []
    return [*above, *said.get("successors", ()), *said.get("predecessors", ())]


def _detail(event: Any, names: dict[int, str]) -> str:
    """What an event set: the name, the superior, who followed."""
    said = event.data
    words = [said["name"]] if said.get("name") else []
    if event.kind == "converted":
        words += [KINDS[said["kind"]].label] if said.get("kind") in KINDS else []
        words += [CELL_KINDS[said["cell_kind"]].lower()] if said.get("cell_kind") in CELL_KINDS else []
    for key, label in (("successors", "kế tục"), ("predecessors", "tiền thân")):
        if said.get(key):
            words.append(f"{label}: {', '.join(names[pk] for pk in said[key])}")
    if said.get("parent"):
        words.append(f"trực thuộc {names[said['parent']]}")
    return "; ".join(words)

"""The tree of organisations, and each organisation: overview and history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import collect
from tochuc.kernel.days import FOREVER
from tochuc.kernel.known_dates import day_vn
from tochuc.members import branches, ledger, listing, queries
from tochuc.members.statement_form import DECREASE, INCREASE, rows
from tochuc.org.kinds import CELL_KINDS, KINDS
from tochuc.org.queries import (
    Organisation,
    children,
    codes_under,
    forest,
    history,
    predecessors,
    successors,
)
from tochuc.web.door import page
from tochuc.web.organisations import tree
from tochuc.web.organisations.duties import rows_of
from tochuc.web.organisations.place import Place, has_members, head, in_rank, is_cell, page_of, place_of

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


@page("to-chuc/", name="organisations", needs="organisation.read")
def organisations(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The organisations one may open, as a tree, with members today; searchable without tones."""
    words = request.GET.get("q", "").strip()
    spans = list(forest(gate.visible(viewer, "organisation.read", "organisation"), viewer.today))
    counts = ledger.headcounts([span.organisation for span in spans], viewer.today)
    roots, found = tree.grow(spans, counts), len(spans)
    if words:
        roots, found = tree.search(roots, words)
    context = {
        "page_title": "Tổ chức",
        "roots": roots,
        "words": words,
        "found": found,
        "of": len(spans),
    }
    return render(request, "organisations/organisations.html", context)


@page("to-chuc/<organisation:organisation>/", name="organisation", needs="organisation.read")
def organisation(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """An organisation at a glance: leaders, members, this year's statement, what is due, those below it."""
    place = place_of(viewer, organisation)
    below = [] if is_cell(organisation) else in_rank(children(organisation, viewer.today))
    people = gate.visible(viewer, "member.read", "person")
    context = {
        **head(place, "organisation"),
        "facts": _facts(place),
        "seats": _seated(organisation, listing.seats(organisation, viewer.today, people)),
        "duties": _due_here(viewer, organisation),
        "shown_duties": _SHOWN_DUTIES,
        "below_columns": _BELOW,
    }
    if has_members(organisation):
        context |= _figures(organisation, [span.organisation for span in below], viewer.today)
    return render(request, "organisations/organisation.html", context)


def _facts(place: Place) -> list[dict[str, Any]]:
    own, above = place.organisation, place.above
    kind = KINDS[own.kind].label
    facts: list[dict[str, Any]] = [
        {
            "label": "Loại hình",
            "value": f"{kind} ({CELL_KINDS[own.cell_kind].lower()})" if own.cell_kind else kind,
        },
    ]
    if above is not None:
        url = page_of(above) if place.above_open else ""
        facts.append({"label": "Trực thuộc", "value": above.name, "url": url})
    facts.append({"label": "Hoạt động từ ngày", "value": own.since})
    if own.until != FOREVER:
        facts.append({"label": "Kết thúc từ ngày", "value": own.until})
        facts += _named("Kế tục", ((row.successor, row.on) for row in successors(own)))
    facts += _named("Tiền thân", ((row.predecessor, row.on) for row in predecessors(own)))
    return facts


def _named(label: str, others: Iterable[tuple[Organisation, date]]) -> list[dict[str, Any]]:
    """Organisations before or after this one, by the name they had last."""
    return [{"label": label, "value": one.name, "note": f"từ {day_vn(on)}"} for one, on in others]


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


def _figures(organisation: Organisation, below: list[Organisation], today: date) -> dict[str, Any]:
    """Members today, this year's movements in a line, and the head-counts of those directly below."""
    first = date(today.year, 1, 1)
    found, sympathisers = branches.statements([organisation, *below], first, today)
    own = found[organisation.pk]
    sums = {row.code: row.count.total for row in rows(own) if row.total}
    return {
        "statement": own,
        "year": today.year,
        "increase": sums[INCREASE],
        "decrease": sums[DECREASE],
        "sympathisers": sympathisers[organisation.pk],
        "members_url": page_of(organisation, "organisation_members"),
        "below": [_below(one, found[one.pk].closing, today) for one in below],
    }


def _below(one: Organisation, count: ledger.Count, today: date) -> dict[str, Any]:
    kind = KINDS[one.kind].label
    figures = [count.total, count.official, count.probationary] if has_members(one) else ["", "", ""]
    return {"name": one.name, "url": page_of(one), "under": kind, "cells": figures}


def _due_here(viewer: Viewer, organisation: Organisation) -> list[dict[str, Any]]:
    """What the viewer has to see to in this branch, overdue first."""
    everything = collect(viewer)
    if not everything:
        return []
    here = codes_under(organisation, viewer.today)
    return rows_of([duty for duty in everything if duty.organisation in here], viewer.today)


@page("to-chuc/<organisation:organisation>/lich-su/", name="organisation_history", needs="organisation.read")
def organisation_history(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """What happened to the organisation and who has led it, newest first."""
    place = place_of(viewer, organisation)
    terms = listing.leaders_through_time(organisation)
    people = gate.visible(viewer, "member.read", "person")
    readable = queries.readable(people, (term.ref for term in terms))
    context = {
        **head(place, "organisation_history", "Lịch sử"),
        "events": [
            {
                "day": event.happened_on,
                "title": _WHAT_HAPPENED.get(event.kind, event.kind),
                "detail": event.data.get("name", ""),
                "decision": event.decision,
            }
            for event in history(organisation)
        ],
        "terms": [(term, term.ref in readable, term.until == FOREVER) for term in terms],
    }
    return render(request, "organisations/history.html", context)

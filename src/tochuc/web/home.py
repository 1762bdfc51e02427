"""Home: *Việc cần làm*, the one list of what is due."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access.actions import greet
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import GROUPS, OVERDUE, Duty, collect, grouped, labels
from tochuc.org.queries import names_of
from tochuc.web import registry
from tochuc.web.beginning import begin_with
from tochuc.web.door import page

_PER_PAGE = 40


@dataclass(frozen=True)
class Row:
    """A duty as the list shows it."""

    duty: Duty
    url: str
    words: str
    late: bool


@dataclass(frozen=True)
class Tally:
    """A count beside the list, itself a filter of it."""

    key: str
    label: str
    n: int
    late: int


@page("", name="home", needs="home.read")
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer has to do, overdue first; beside it counts by kind and by organisation."""
    everything = collect(viewer)
    kind, place = request.GET.get("loai", ""), request.GET.get("to-chuc", "")
    chosen = [d for d in everything if kind in {"", d.kind} and place in {"", d.organisation}]
    shown = Paginator(chosen, _PER_PAGE).get_page(request.GET.get("trang"))
    groups = [
        (code, title, [_row(d, viewer.today) for d in duties])
        for code, title, duties in grouped(shown.object_list, viewer.today)
    ]
    totals = Counter(d.group(viewer.today) for d in chosen)
    context = {
        "page_title": "Việc cần làm",
        "groups": groups,
        "totals": totals,
        "group_tallies": [(code, title, totals[code]) for code, title in GROUPS],
        "page": shown,
        "all_count": len(everything),
        "by_kind": _tally(everything, "kind", labels(), viewer.today),
        "by_organisation": _tally(everything, "organisation", _names(everything), viewer.today),
        "kind": kind,
        "place": place,
        "first_step": _first_step(viewer),
        "greeting": begin_with(viewer) if viewer.account.greeted_at is None else [],
    }
    return render(request, "home.html", context)


@page("chao/", name="greeted", needs="account.self", post="account.self")
def greeted(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Put the first greeting away."""
    if request.method == "POST":
        greet(viewer.account)
    return redirect("home")


@page("huong-dan/", name="help", needs="account.self")
def help_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What each part is for and how to begin, in the words of the user guide."""
    context = {"page_title": "Hướng dẫn", "begin": begin_with(viewer), "roles": viewer.role_words}
    return render(request, "help.html", context)


def _row(duty: Duty, today: date) -> Row:
    argument = registry.PAGES[duty.page].objects[-1][1]
    url = reverse(duty.page, kwargs={argument: duty.key})
    return Row(duty, url, duty.words(today), duty.due_on < today)


def _names(duties: list[Duty]) -> dict[str, str]:
    return names_of({d.organisation for d in duties})


def _tally(duties: list[Duty], by: str, names: dict[str, str], today: date) -> list[Tally]:
    counts = Counter(getattr(d, by) for d in duties)
    late = Counter(getattr(d, by) for d in duties if d.group(today) == OVERDUE)
    found = [Tally(k, names.get(k, k), n, late[k]) for k, n in counts.items() if k]
    return sorted(found, key=lambda t: (-t.late, -t.n, t.label))


def _first_step(viewer: Viewer) -> tuple[str, str]:
    """What someone with nothing due can open next."""
    if viewer.workplace is not None and viewer.roles - {"member"}:
        return ("Xem tổ chức của mình", reverse("organisation", args=[viewer.workplace.code]))
    return ("Xem hồ sơ của tôi", reverse("my_record"))

"""Home: *Việc cần làm*, the one list of what is due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access.actions import greet
from tochuc.access.roles import COMMUNE_SECRETARY, MEMBER, ORGANISATION_OFFICER
from tochuc.access.viewer import Viewer
from tochuc.duties.asking import Found, gather
from tochuc.duties.duty import OVERDUE
from tochuc.org.queries import Organisation, short_names
from tochuc.web.beginning import begin_with
from tochuc.web.door import page
from tochuc.web.duties.asked import BRANCH, GROUP, KIND, PERSON, WORDS, Chosen, chosen
from tochuc.web.duties.rows import Tally, group_filters, groups_of, kind_filters
from tochuc.web.guide import shelves

_PER_PAGE = 40
_SHOWN_UNITS = 20
_WITH_UNITS = frozenset({ORGANISATION_OFFICER, COMMUNE_SECRETARY})


@page("", name="home", needs="home.read")
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer has to do, overdue first; beside it counts by kind and by organisation."""
    choice = chosen(request, viewer)
    roots = _roots(viewer, choice)
    found, number = _page_of(viewer, choice, request.GET.get("trang", ""), [one.pk for one in roots])
    context = {
        "page_title": "Việc cần làm",
        "choice": choice,
        "groups": groups_of(found.duties(), _of_kind(found, choice), viewer.today, choice),
        "group_filters": group_filters(found.by_kind, choice),
        "page": number,
        "by_kind": kind_filters(found.by_kind, choice),
        "by_organisation": _units(found, choice)[:_SHOWN_UNITS],
        "hidden": [
            (name, value) for name in (KIND, GROUP, BRANCH, PERSON) if (value := request.GET.get(name))
        ],
        "search": [
            {"kind": "search", "name": WORDS, "label": "Tìm trong việc cần làm", "value": choice.words}
        ],
        "query": choice.query(),
        "officer": bool(roots),
        "leads": bool(viewer.roles - {MEMBER}),
        "first_step": _first_step(viewer),
        "greeting": begin_with(viewer) if viewer.account.greeted_at is None else [],
    }
    return render(request, "home.html", context)


def _page_of(viewer: Viewer, choice: Chosen, typed: str, split: list[int]) -> tuple[Found, Any]:
    """The page that is asked for, or the last one where there are fewer."""
    asked = int(typed) if typed.isdecimal() and len(typed) < 9 else 1
    skip = (max(asked, 1) - 1) * _PER_PAGE
    gathered = gather(viewer)
    # Whoever looks from above a cell sees the many of a kind as one row, which opens them.
    heap = _above_cells(viewer) and not choice.kind and not choice.words and choice.person is None
    found = gathered.look(choice.asked, size=_PER_PAGE, skip=skip, split=split, gathering=heap)
    number = Paginator(range(found.lines), _PER_PAGE).get_page(asked)
    if number.number != max(asked, 1):
        skip = (number.number - 1) * _PER_PAGE
        found = gathered.look(choice.asked, size=_PER_PAGE, skip=skip, split=split, gathering=heap)
    return found, number


def _above_cells(viewer: Viewer) -> bool:
    return any(one.role in _WITH_UNITS for one in viewer.assignments)


def _roots(viewer: Viewer, choice: Chosen) -> list[Organisation]:
    """The organisations whose units the counts are given by: what is chosen, else those one works for above cells."""
    if choice.branch is not None:
        return [choice.branch]
    return [a.organisation for a in viewer.assignments if a.role in _WITH_UNITS]


def _of_kind(found: Found, choice: Chosen) -> Iterable[Any]:
    return (one for one in found.by_kind if choice.kind in {"", one.kind})


@page("chao/", name="greeted", needs="account.self", post="account.self")
def greeted(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Put the first greeting away."""
    if request.method == "POST":
        greet(viewer.account)
    return redirect("home")


@page("huong-dan/", name="help", needs="account.self")
def help_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What each part is for and how to begin, in the words of the user guide."""
    context = {
        "page_title": "Hướng dẫn",
        "breadcrumb": [{"label": "Việc cần làm", "url": reverse("home")}, {"label": "Hướng dẫn"}],
        "begin": begin_with(viewer),
        "roles": viewer.role_words,
        "shelves": shelves(),
    }
    return render(request, "help.html", context)


def _units(found: Found, choice: Chosen) -> list[Tally]:
    """The units directly below with their number in what is chosen, those with most overdue first."""
    own: dict[int, list[int]] = {}
    for one in found.by_place:
        if one.place is not None and choice.kind in {"", one.kind} and choice.group in {"", one.group}:
            at = own.setdefault(one.place, [0, 0])
            at[0] += one.n
            at[1] += one.n if one.group == OVERDUE else 0
    names = short_names(own)
    rows = [Tally(names[pk][1], choice.url(branch=names[pk][0]), n, late) for pk, (n, late) in own.items()]
    return sorted(rows, key=lambda one: (-one.late, -one.n, one.label))


def _first_step(viewer: Viewer) -> tuple[str, str]:
    """What someone with nothing due can open next."""
    if viewer.workplace is not None and viewer.roles - {MEMBER}:
        return ("Xem tổ chức của mình", reverse("organisation", args=[viewer.workplace.code]))
    return ("Xem hồ sơ của tôi", reverse("my_record"))

"""Where work piles up: what is due in each unit of a branch, by group and by kind; any of it can be opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.duties.asking import look
from tochuc.duties.duty import GROUPS, OVERDUE, labels
from tochuc.duties.sifting import Asked, Count
from tochuc.kernel.known_dates import day_vn
from tochuc.org.kinds import KINDS, kind_words
from tochuc.org.queries import Organisation, OrganisationSpan, children
from tochuc.web.door import page
from tochuc.web.duties.asked import BRANCH, GROUP_WORDS, KIND, Chosen, chosen
from tochuc.web.organisations.place import in_rank, place_of

_HERE = None
_COLUMNS = (
    {"label": "Đơn vị"},
    {"label": "Tất cả", "number": True},
    *({"label": title, "number": True, "fact": code == OVERDUE} for code, title in GROUPS),
)


@page("viec-can-lam/don-vi/", name="duties_units", needs="home.read")
def duties_units(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """For a branch: how much is due in each unit directly below it, in words of time and by kind."""
    choice = chosen(request, viewer)
    root = choice.branch or (None if choice.elsewhere else viewer.workplace)
    context: dict[str, Any] = {"page_title": "Việc đến hạn theo đơn vị", "choice": choice, "root": root}
    if root is not None:
        context |= _table(viewer, root, choice)
    return render(request, "duties/units.html", context)


def _table(viewer: Viewer, root: Organisation, choice: Chosen) -> dict[str, Any]:
    found = look(viewer, Asked(branch=root.pk), split=[root.pk])
    units = in_rank(children(root, viewer.today))
    kinds = _kinds(found.by_kind)
    by_group = _by(found.by_place, lambda one: one.group, choice.kind)
    by_kind = _by(found.by_place, lambda one: one.kind, "")
    place = place_of(viewer, root)
    # Where most is overdue stands on top; units with equally much keep their rank.
    busy = [one for one in _lines(root, units) if by_group.get(one.pk)]
    lines = sorted(busy, key=lambda one: _weight(by_group[one.pk]))
    return {
        "breadcrumb": place.breadcrumb(
            ("Việc cần làm", f"{reverse('home')}?{BRANCH}={root.code}"), "Theo đơn vị"
        ),
        "place": root,
        "columns": _COLUMNS,
        "rows": [_row(choice, one, by_group) for one in lines],
        "kind_columns": [{"label": "Tất cả"}, *({"label": labels()[kind]} for kind in kinds)],
        "kind_rows": [_kind_row(choice, one, by_kind, kinds) for one in lines if one.pk in by_kind],
        "kind_fields": [
            {
                "kind": "select",
                "name": KIND,
                "label": "Loại việc",
                "value": choice.kind,
                "choices": [("", "Tất cả các loại"), *((kind, labels()[kind]) for kind in kinds)],
            }
        ],
        "hidden": [(BRANCH, root.code)],
        "day_words": day_vn(viewer.today),
        "idle": sum(1 for one in units if not by_group.get(one.organisation_id)),
        "total": sum(one.n for one in found.by_kind),
    }


class _Line(NamedTuple):
    """A line of the table: a unit, or the organisation itself (no ``pk``); ``deeper`` where units stand below."""

    pk: int | None
    name: str
    under: str
    code: str
    deeper: bool


def _lines(root: Organisation, units: Iterable[OrganisationSpan]) -> list[_Line]:
    below = [
        _Line(
            one.organisation_id,
            one.name,
            kind_words(one.kind, one.name),
            one.organisation.code,
            not KINDS[one.kind].holds_members and one.kind != "board",
        )
        for one in units
    ]
    return [*below, _Line(_HERE, "Ở chính tổ chức này", root.name, root.code, deeper=False)]


def _weight(own: Counter[str]) -> tuple[int, int]:
    return -own[OVERDUE], -own.total()


def _by(counts: Iterable[Count], part: Any, kind: str) -> dict[int | None, Counter[str]]:
    found: dict[int | None, Counter[str]] = {}
    for one in counts:
        if kind in {"", one.kind}:
            found.setdefault(one.place, Counter())[part(one)] += one.n
    return found


def _kinds(counts: Iterable[Count]) -> list[str]:
    """The kinds that occur, the most frequent first."""
    totals = Counter[str]()
    for one in counts:
        totals[one.kind] += one.n
    return [kind for kind, _ in totals.most_common()]


def _row(choice: Chosen, line: _Line, counts: dict[int | None, Counter[str]]) -> dict[str, Any]:
    own = counts.get(line.pk, Counter())
    cells = [
        _cell(own.total(), choice, line),
        *(_cell(own[c], choice, line, group=GROUP_WORDS[c]) for c, _ in GROUPS),
    ]
    return {
        "name": line.name,
        "url": _open(line, choice),
        "under": line.under,
        "cells": cells,
        "quiet": not own,
    }


def _open(line: _Line, choice: Chosen) -> str:
    """The next table down, or what is due in a unit that has none below."""
    if line.pk is _HERE:
        return ""
    return choice.url("duties_units" if line.deeper else "home", branch=line.code)


def _cell(n: int, choice: Chosen, line: _Line, **other: str) -> Any:
    """A number that opens the rows behind it. What stands at the organisation itself can't be opened alone."""
    if not n or line.pk is _HERE:
        return n
    return {"text": n, "url": choice.url("home", branch=line.code, **other)}


def _kind_row(
    choice: Chosen, line: _Line, counts: dict[int | None, Counter[str]], kinds: Iterable[str]
) -> dict[str, Any]:
    own = counts.get(line.pk, Counter())
    cells = [
        {"value": own[kind], "url": choice.url("home", branch=line.code, kind=kind)}
        if own[kind] and line.pk is not _HERE
        else own[kind]
        for kind in kinds
    ]
    return {"label": line.name, "level": 0, "cells": [own.total(), *cells]}

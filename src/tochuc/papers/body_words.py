"""Fields of the bodies that a case names: the cell, the committee at the base, the one that decides, where one goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tochuc.cases.declare import PLACE_WORDS, SUBJECT
from tochuc.kernel.remembering import remembered
from tochuc.members.models import Holds
from tochuc.members.queries import holders_at
from tochuc.org.models import Organisation
from tochuc.org.naming import committee_name, locality
from tochuc.org.queries import lines_above, name_on, names_above, parent_of
from tochuc.papers.known import HERE, Known, Mend
from tochuc.papers.sheet import Sheet

ACTOR = "actor"
PLACES = {place: words for place, words in PLACE_WORDS.items() if place != SUBJECT} | {
    ACTOR: "nơi làm bước này"
}


def body_words() -> Iterator[Known]:
    """``cell.name``, ``cell.committee``, ``cell.above``, ``cell.secretary``, ``cell.locality``; so for each place, and for
    the ``actor``, whoever takes the step that the paper belongs to.

    ``committee`` is the committee that leads it (a cell speaks for itself), ``above`` the body that it belongs to.
    """
    for place, of in PLACES.items():
        body = Mend("organisation", place)
        yield Known(f"{place}.name", f"Tên {of}", body, _of(place, _name))
        yield Known(f"{place}.committee", f"Tên cấp ủy của {of}", body, _of(place, _committee))
        yield Known(f"{place}.above", f"Tổ chức cấp trên của {of}", body, _of(place, _above))
        yield Known(f"{place}.secretary", f"Bí thư của {of}", Mend("posts", place), _of(place, _secretary))
        yield Known(f"{place}.locality", "Địa danh", HERE, _of(place, _locality))
        yield Known(f"{place}.store", "Nơi lưu", body, _of(place, _store))


def _of(place: str, what: Callable[[Organisation, Sheet], str]) -> Callable[[Sheet], str]:
    def value(sheet: Sheet) -> str:
        found = sheet.place(place)
        return what(found, sheet) if found else ""

    return value


def _name(body: Organisation, sheet: Sheet) -> str:
    """What the body was called on the day; those above the person's own place are asked for together."""
    start = _start(sheet)
    named = names_above(start, sheet.on).get(body.pk) if start else None
    return named or name_on(body, sheet.on)


def _start(sheet: Sheet) -> Organisation | None:
    """Where the case lives: nearly every body that a paper names stands above it."""
    return sheet.cell or sheet.case.organisation if sheet.case.organisation_id else sheet.cell


def _committee(body: Organisation, sheet: Sheet) -> str:
    return committee_name(_name(body, sheet))


def _next_above(body: Organisation, sheet: Sheet) -> Organisation | None:
    start = _start(sheet)
    path = [line.above for line in lines_above(start, sheet.on)] if start else []
    if body in path:
        return next(iter(path[path.index(body) + 1 :]), None)
    return parent_of(body, sheet.on)


def _above(body: Organisation, sheet: Sheet) -> str:
    above = _next_above(body, sheet)
    return _name(above, sheet) if above else ""


def _secretary(body: Organisation, sheet: Sheet) -> str:
    start = _start(sheet)
    if start and any(line.above_id == body.pk for line in lines_above(start, sheet.on)):
        return _secretaries(start, sheet.on).get(body.pk, "")
    held = holders_at(body, sheet.on).filter(post__kind="secretary").order_by("post__code").first()
    return held.person.full_name if held else ""


@remembered
def _secretaries(start: Organisation, on: date) -> dict[int, str]:
    """The secretaries of an organisation and of those above it, by id; of several the first by post."""
    above = [line.above_id for line in lines_above(start, on)]
    held = Holds.objects.on(on).filter(post__organisation__in=above, post__kind="secretary")
    rows = held.order_by("-post__code").values_list("post__organisation", "person__full_name")
    return dict(rows)


def _locality(body: Organisation, sheet: Sheet) -> str:
    named = body if not body.kind.endswith("cell") else _next_above(body, sheet) or body
    return locality(_name(named, sheet), named.short_name)


def _store(body: Organisation, sheet: Sheet) -> str:
    return f"Lưu {_committee(body, sheet)}"

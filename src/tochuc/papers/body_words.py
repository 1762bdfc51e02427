"""Fields of the bodies that a case names: the cell, the committee at the base, the one that decides, where one goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tochuc.cases.declare import PLACE_WORDS, SUBJECT
from tochuc.kernel.remembering import remembered
from tochuc.members.queries import holders_at
from tochuc.org.models import Organisation
from tochuc.org.naming import committee_name, locality
from tochuc.org.queries import name_on, parent_of
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
    return name_on(body, sheet.on)


def _committee(body: Organisation, sheet: Sheet) -> str:
    return committee_name(name_on(body, sheet.on))


def _above(body: Organisation, sheet: Sheet) -> str:
    above = parent_of(body, sheet.on)
    return name_on(above, sheet.on) if above else ""


@remembered
def _secretary_on(body: Organisation, on: date) -> str:
    held = holders_at(body, on).filter(post__kind="secretary").order_by("post__code").first()
    return held.person.full_name if held else ""


def _secretary(body: Organisation, sheet: Sheet) -> str:
    return _secretary_on(body, sheet.on)


def _locality(body: Organisation, sheet: Sheet) -> str:
    named = body if not body.kind.endswith("cell") else parent_of(body, sheet.on) or body
    return locality(name_on(named, sheet.on), named.short_name)


def _store(body: Organisation, sheet: Sheet) -> str:
    return f"Lưu {_committee(body, sheet)}"

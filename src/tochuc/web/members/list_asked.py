"""What an address asks of an organisation's list of members, and the form that changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from tochuc.access.clock import end_of
from tochuc.access.viewer import Viewer
from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import columns, criteria, wanted
from tochuc.lists.find import Found, members
from tochuc.lists.wanted import Wanted
from tochuc.org.queries import Organisation, cells_under, children, units_under
from tochuc.web.members.standings import IN_PARTY_CHOICES
from tochuc.web.organisations.asked import Asked, day_asked
from tochuc.web.organisations.place import is_cell

_MOST_CELLS = 100
_KEPT = ("ngay", "biet", "xep", "chieu")


@dataclass(frozen=True)
class ListAsked:
    """A list that an address asks for, with the days as they were typed and the parts of the branch to choose from."""

    wanted: Wanted
    day: Asked
    known: Asked
    parts: tuple[tuple[str, str], ...]

    @property
    def several(self) -> bool:
        """Whether the organisation has cells below it."""
        return not is_cell(self.wanted.organisation)

    @property
    def moment(self) -> datetime | None:
        """The moment whose knowledge counts; None for today's."""
        return end_of(self.known.day) if self.known.given else None

    @property
    def errors(self) -> list[dict[str, str]]:
        """What couldn't be used of the conditions and of the day of knowledge, for the summary on top."""
        labels = criteria.BY_SLUG
        found = [
            {"id": f"id_{slug}", "message": f"{labels[slug].label}: {words}"}
            for slug, words in self.wanted.errors.items()
        ]
        return found + ([{"id": "id_biet", "message": self.known.error}] if self.known.error else [])

    @property
    def columns(self) -> list[columns.Column]:
        """The columns to show."""
        return columns.chosen(self.wanted.columns, several=self.several)

    def today(self) -> Wanted:
        """The same list of today, as known today: what can be changed."""
        return replace(self.wanted, day=self.wanted.today, known=None)

    def found(self) -> tuple[Found, str]:
        """The members, and why there are none where the list can't be given."""
        try:
            return members(self.wanted, self.moment), ""
        except DomainError as refused:
            return [], refused.message


def list_asked(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> ListAsked:
    """The list that the address asks for."""
    today = viewer.today
    day = day_asked(request, "ngay", today, latest=today)
    known = day_asked(request, "biet", today, latest=today)
    parts = _parts(organisation, day.day)
    asked = wanted.read(
        dict(request.GET.lists()),
        organisation,
        day=day.day,
        today=today,
        known=known.day if known.given else None,
        inside=lambda code: code in dict(parts) or _is_inside(organisation, code, day.day),
    )
    return ListAsked(asked, day, known, parts)


def _parts(organisation: Organisation, on: date) -> tuple[tuple[str, str], ...]:
    """The cells of the branch; of a large one the organisations directly below it."""
    if is_cell(organisation):
        return ()
    cells = [(cell.code, cell.name) for cell in cells_under(organisation, on)[: _MOST_CELLS + 1]]
    if len(cells) <= _MOST_CELLS:
        return tuple(cells)
    below = children(organisation, on).exclude(kind="board")
    return tuple((span.organisation.code, span.short_name) for span in below)


def _is_inside(organisation: Organisation, code: str, on: date) -> bool:
    return units_under(organisation, on).filter(unit__code=code).exists()


def main_fields(asked: ListAsked) -> list[dict[str, Any]]:
    """The conditions that are always in sight."""
    one = asked.wanted
    shown: list[dict[str, Any]] = [
        {"kind": "text", "name": "q", "label": "Tên", "value": one.words},
        {
            "kind": "select",
            "name": "la",
            "label": "Tư cách",
            "value": one.standing,
            "choices": IN_PARTY_CHOICES,
        },
    ]
    if len(asked.parts) > 1:
        choices = [("", "Tất cả"), *asked.parts]
        shown.append(
            {"kind": "select", "name": "chi-bo", "label": "Chi bộ", "value": one.cell, "choices": choices}
        )
    return shown


def more_fields(asked: ListAsked) -> list[dict[str, Any]]:
    """The other conditions, each with what was typed and what is wrong with it."""
    typed, errors = asked.wanted.typed, asked.wanted.errors
    return [
        {
            "kind": one.kind,
            "name": one.slug,
            "label": one.label,
            "hint": one.hint,
            "value": typed.get(one.slug, ""),
            "choices": [("", "Tất cả"), *one.choices],
            "error": errors.get(one.slug, ""),
        }
        for one in criteria.CRITERIA
    ]


def column_choices(asked: ListAsked) -> list[dict[str, Any]]:
    """The columns beside the name, those shown ticked."""
    ticked = {one.slug for one in asked.columns}
    offered = columns.chosen(tuple(columns.COLUMNS), several=asked.several)
    return [
        {"value": one.slug, "label": one.label, "checked": one.slug in ticked}
        for one in offered
        if one.slug != columns.NAME
    ]


def kept_pairs(asked: ListAsked) -> list[tuple[str, str]]:
    """What the form carries along unseen: days and order."""
    one = asked.wanted
    known = day_vn(one.known) if one.known else ""
    day = day_vn(one.day) if asked.day.given else ""
    order = one.order if one.order != columns.NAME else ""
    values = (day, known, order, wanted.DOWN if one.down else "")
    return [(name, value) for name, value in zip(_KEPT, values, strict=True) if value]


def narrowed_by(asked: ListAsked) -> list[dict[str, str]]:
    """Each condition in words, with the address of the list without it."""
    one = asked.wanted
    shown = []
    for field in main_fields(asked):
        if field["value"]:
            words = dict(field.get("choices", ())).get(field["value"], field["value"])
            shown.append((field["name"], f"{field['label']}: {words}"))
    shown += [(slug, criteria.BY_SLUG[slug].words(value)) for slug, value in one.values.items()]
    return [{"words": words, "url": f"?{one.query(**{name: ''})}"} for name, words in shown]

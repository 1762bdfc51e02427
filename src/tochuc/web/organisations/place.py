"""Where an organisation's page stands: its path in the tree, its tabs, the words of the day it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.members.queries import Person
from tochuc.org.kinds import KINDS
from tochuc.org.queries import Organisation, OrganisationSpan, path_with, shape_on
from tochuc.web.organisations.asked import Asked

_TABS = (
    ("organisation", "Tổng quan"),
    ("organisation_members", "Đảng viên"),
    ("organisation_desk", "Dữ liệu"),
    ("organisation_statement", "Biến động"),
    ("organisation_conditions", "Tình trạng"),
    ("organisation_sympathisers", "Cảm tình đảng"),
    ("organisation_meetings", "Sinh hoạt"),
    ("organisation_dues", "Đảng phí"),
    ("organisation_entrusted", "Phân công"),
    ("organisation_tasks", "Nhiệm vụ"),
    ("organisation_documents", "Văn bản"),
    ("organisation_tree", "Cây tổ chức"),
    ("organisation_history", "Lịch sử"),
)
_OF_ANY_KIND = {"organisation", "organisation_history", "organisation_tasks", "organisation_documents"}


@dataclass(frozen=True)
class Place:
    """An organisation with its superiors on a day, topmost first, each with whether one may open it."""

    organisation: Organisation
    path: tuple[tuple[Organisation, bool], ...]
    shape: OrganisationSpan | None = None
    # Whether it followed another organisation or was followed by one; unknown counts as yes.
    linked: bool = True
    # Whether the viewer may open the record of the person whose page it is, where that was asked.
    record_open: bool = False

    @property
    def name(self) -> str:
        """What it is called on the day that the page speaks of."""
        return self.shape.name if self.shape else self.organisation.name

    @property
    def kind(self) -> str:
        """Its kind on that day."""
        return self.shape.kind if self.shape else self.organisation.kind

    @property
    def cell_kind(self) -> str:
        """Its kind of cell on that day."""
        return self.shape.cell_kind if self.shape else self.organisation.cell_kind

    @property
    def above(self) -> Organisation | None:
        """Its direct superior on that day."""
        return self.path[-2][0] if len(self.path) > 1 else None

    @property
    def above_open(self) -> bool:
        """Whether the viewer may open the superior's page."""
        return len(self.path) > 1 and self.path[-2][1]

    def breadcrumb(self, *here: str | tuple[str, str]) -> list[dict[str, str]]:
        """The path for the page's head, from the topmost one may open; ``here`` are steps below it.

        A step is a label, or a label with its address.
        """
        steps = [(o.short_name, page_of(o)) for o, seen in self.path[:-1] if seen]
        own, seen = self.path[-1]
        if seen or not here:
            steps.append((own.short_name, page_of(own) if here else ""))
        steps += [step if isinstance(step, tuple) else (step, "") for step in here]
        return [{"label": label, "url": url} for label, url in steps]


def place_of(
    viewer: Viewer, organisation: Organisation, on: date | None = None, *, person: Person | None = None
) -> Place:
    """Where an organisation stands today, in one query; or on another day, with what it was then.

    With a ``person``, whether the viewer may open their record is asked along with it.
    """
    visible = gate.visible(viewer, "organisation.read", "organisation")
    readable = None
    if person is not None:
        readable = gate.visible(viewer, "member.read", "person").filter(pk=person.pk)
    path, linked, record_open = path_with(organisation, on or viewer.today, visible, readable)
    past = shape_on(organisation, on) if on is not None and on != viewer.today else None
    return Place(organisation, tuple(path) or ((organisation, True),), past, linked, record_open)


def page_of(organisation: Organisation, name: str = "organisation") -> str:
    """The address of one of an organisation's pages."""
    return reverse(name, args=[organisation.code])


def has_members(organisation: Organisation) -> bool:
    """Whether Party members stand in it or below it: everywhere but in boards."""
    return organisation.kind != "board"


def is_cell(organisation: Organisation) -> bool:
    """Whether members belong to it directly."""
    return KINDS[organisation.kind].holds_members


def in_rank(spans: Iterable[OrganisationSpan]) -> list[OrganisationSpan]:
    """Organisations under one superior as lists show them: committees, cells, boards; each by name."""
    return sorted(spans, key=lambda span: (span.kind == "board", KINDS[span.kind].holds_members))


def tabs(organisation: Organisation, current: str) -> list[dict[str, Any]]:
    """The organisation's pages."""
    cell = is_cell(organisation)
    shown = [
        t
        for t in _TABS
        if (has_members(organisation) or t[0] in _OF_ANY_KIND) and not (cell and t[0] == "organisation_tree")
    ]
    return [
        {"label": label, "url": page_of(organisation, name), "current": name == current}
        for name, label in shown
    ]


def head(place: Place, current: str, *here: str | tuple[str, str]) -> dict[str, Any]:
    """What every page of an organisation shows above its content."""
    own = place.organisation
    return {
        "page_title": place.name,
        "organisation": own,
        "breadcrumb": place.breadcrumb(*here),
        "tabs": tabs(own, current),
        "has_members": has_members(own),
        "is_cell": is_cell(own),
    }


def record_of(ref: str) -> str:
    """The address of a person's record."""
    return reverse("member", args=[ref])


def person_head(
    viewer: Viewer,
    person: Person,
    page_title: str,
    *here: str | tuple[str, str],
    place: Place | None = None,
) -> dict[str, Any]:
    """What every page below a person's record shows above its content; ``place``, where it was looked up already."""
    if place is None and person.home:
        place = place_of(viewer, person.home)
    record = record_of(person.ref)
    path = place.breadcrumb((person.full_name, record), *here) if place else []
    return {"page_title": page_title, "person": person, "breadcrumb": path, "back": record}


def asof(asked: Asked, today: date, hidden: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """The line that says which day the page speaks of, with a way to change it; ``hidden`` is what it carries along."""
    words = "hôm nay, " if asked.day == today else ""
    return {
        "words": f"Số liệu đến {words}ngày {day_vn(asked.day)}",
        "still": asked.day == today,
        "name": "ngay",
        "value": asked.typed if asked.error else asked.day,
        "hidden": [pair for pair in hidden if pair[1]],
    }

"""Who is looking, on which day, with which roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tochuc.access.models import Account, Assignment
from tochuc.access.roles import ROLES
from tochuc.audit.record import Actor
from tochuc.org.models import Organisation, OrganisationSpan


def held_on(day: date) -> QuerySet[Assignment]:
    """The roles that accounts hold on a day, each with its organisation, in the order in which they are named."""
    rows = Assignment.objects.on(day).select_related("organisation")
    return rows.order_by("organisation__code", "role")


@dataclass(frozen=True)
class Viewer:
    """An account on a day. Passed as an argument everywhere; never ambient."""

    account: Account
    today: date
    request_id: str = ""
    workplace_code: str = ""

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        """The roles held today."""
        known = self.account.roles_held
        if known is not None and known[0] == self.today:
            return known[1]
        return tuple(held_on(self.today).filter(account=self.account))

    @cached_property
    def workplaces(self) -> tuple[Organisation, ...]:
        """The organisations one works for, each once."""
        return tuple({a.organisation_id: a.organisation for a in self.assignments}.values())

    @cached_property
    def workplace(self) -> Organisation | None:
        """The one chosen in the masthead, else the first."""
        chosen = (o for o in self.workplaces if o.code == self.workplace_code)
        return next(chosen, self.workplaces[0] if self.workplaces else None)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of the roles held today."""
        return frozenset(a.role for a in self.assignments)

    def places(self, role: str) -> dict[int, Organisation]:
        """The organisations at which one holds a role, by id."""
        return {a.organisation_id: a.organisation for a in self.assignments if a.role == role}

    @cached_property
    def tops(self) -> frozenset[int]:
        """Ids of the organisations that stand under none today; 0 where there is none."""
        spans = OrganisationSpan.objects.on(self.today).filter(parent=None)
        return frozenset(spans.values_list("organisation", flat=True)) or frozenset({0})

    @property
    def actor(self) -> Actor:
        """The viewer as the audit trail names them."""
        return Actor(self.account.pk, self.account.full_name, self.request_id)

    @property
    def role_words(self) -> str:
        """Their roles in words, for the masthead and for *vì sao xem được*."""
        return "; ".join(f"{ROLES[a.role]}, {a.organisation.short_name}" for a in self.assignments)

    def reader(self) -> Reader:
        """The same viewer for a stretch of reading, in which nothing is written."""
        made = Reader(self.account, self.today, self.request_id, self.workplace_code)
        # The roles are those that were looked up already; a cached property is kept under its own name.
        vars(made)["assignments"] = self.assignments
        return made


class Line(NamedTuple):
    """A unit that stands under a place today (by id; itself at depth 0), with an ended one it answers for."""

    place: int
    unit: int
    depth: int
    ended: int | None


class Reader(Viewer):
    """A viewer while something is read that asks many questions: the units they reach are looked up once and kept.

    Made for that reading and let go after it: an action asks with the viewer itself, so that what it moved counts.
    """

    lines: list[Line] | None = None
    """What stands under the places of their roles, once it was looked up."""

    @cached_property
    def units(self) -> dict[tuple[str, frozenset[int]], Any]:
        """By reach and places: the units as a question takes them."""
        return {}

    def reader(self) -> Reader:
        """Itself."""
        return self

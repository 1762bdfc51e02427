"""A plan being carried out: what every part of the work shares."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tochuc.audit.record import Actor
from tochuc.jobs.progress import Tell, silent
from tochuc.members.models import MemberEvent
from tochuc.org.models import Organisation, OrganisationEvent
from tochuc.reorganise.changes import Change
from tochuc.reorganise.models import Reorganisation, Touched
from tochuc.reorganise.plan import Plan

REASON = "Sắp xếp tổ chức"


@dataclass
class Run:
    """One carrying-out of a plan.

    ``organisations`` holds everything the plan concerns, by code; ``said`` the event by which each one's members
    left it; ``goes`` where each person goes, by id: (from, to). ``events`` are the members' events to record, in
    their order; ``touched`` the other rows changed. ``tell`` says how far it is.
    """

    plan: Plan
    reorganisation: Reorganisation
    by: Actor
    at: datetime
    changes: dict[str, Change]
    goes: dict[int, tuple[str, str]]
    organisations: dict[str, Organisation] = field(default_factory=dict)
    said: dict[str, OrganisationEvent] = field(default_factory=dict)
    events: list[MemberEvent] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)
    tell: Tell = silent

    @property
    def day(self) -> date:
        """The first day of the new order."""
        return self.plan.day

    @property
    def ended(self) -> list[Organisation]:
        """The organisations that end with the plan."""
        return [self.organisations[code] for code, change in self.changes.items() if change.ends]

    @property
    def seal(self) -> str:
        """All it comes to, in short: the same only where everyone goes the same way and the same rows change."""
        shapes = [(code, repr(one.before), repr(one.after)) for code, one in self.changes.items()]
        rows = [(one.kind, one.row) for one in self.touched if one.before is not None]
        events = [(one.person_id, one.kind) for one in self.events]
        said = repr((sorted(shapes), sorted(self.goes.items()), sorted(rows), sorted(events)))
        return hashlib.sha256(said.encode()).hexdigest()

    def touch(self, kind: str, row: int, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        """Remember what a row said before and after; before None where it was made."""
        self.touched.append(
            Touched(reorganisation=self.reorganisation, kind=kind, row=row, before=before, after=after)
        )

    def happen(self, person: int, kind: str, post: int) -> None:
        """A member leaves or takes a post by the plan's decision."""
        decision = self.plan.decision
        self.events.append(
            MemberEvent(
                person_id=person,
                kind=kind,
                happened_on=self.day,
                recorded_at=self.at,
                recorded_by_id=self.by.account,
                post_id=post,
                decision_number=decision.number,
                decision_on=decision.on,
                decision_by=decision.by,
                data={"reorganisation": self.reorganisation.ref, "reason": REASON},
            )
        )

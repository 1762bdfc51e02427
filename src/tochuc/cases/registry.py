"""The procedures there are. Each brings what the engine can't know: facts of the record, and what an outcome does to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tochuc.access.roles import ROLES
from tochuc.audit.record import Actor
from tochuc.cases.declare import Move, Procedure
from tochuc.cases.models import Case
from tochuc.cases.sound import check
from tochuc.members.models import MemberEvent
from tochuc.org.models import Organisation
from tochuc.rules.ask import all_params
from tochuc.rules.forms import all_forms

Facts = Callable[[Case, date], Mapping[str, Any]]


@dataclass(frozen=True)
class Deed:
    """An outcome about to change the record: the case, the move, by whom, on which day it is recorded.

    ``facts`` is what was known of the case when the step was taken.
    """

    case: Case
    move: Move
    by: Actor
    today: date
    facts: Mapping[str, Any] = field(default_factory=dict)


Effect = Callable[[Deed], MemberEvent | list[MemberEvent] | None]
Undo = Callable[[Deed], None]
Offers = Callable[[Case, date], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Running:
    """A procedure that can be run: its declaration, the facts its conditions read, its effects by name.

    ``undone`` says what to take back of an effect beside the events it recorded, which are always voided.
    ``comes_to`` adds to the facts what the moves so far come to (the facts hold them, as ``taken``).
    ``offers``: what the record gives to choose from, by the name that questions use. ``addressed``: the
    organisation a new case goes to, where the record says which.
    """

    procedure: Procedure
    facts: Facts
    effects: Mapping[str, Effect] = field(default_factory=dict)
    undone: Mapping[str, Undo] = field(default_factory=dict)
    comes_to: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    offers: Mapping[str, Offers] = field(default_factory=dict)
    addressed: Callable[[Case, date], Organisation | None] | None = None


_RUNNING: dict[str, list[Running]] = {}


def register(running: Running) -> None:
    """Add a procedure, or a later edition of it; a broken declaration stops the program."""
    procedure = running.procedure
    check(procedure, rules=all_params(), forms=all_forms(), roles=ROLES)
    wanted = {o.effect for step in procedure.steps for o in step.outcomes if o.effect}
    if wanted != set(running.effects):
        raise LookupError(
            f"{procedure.code}: effects {wanted ^ set(running.effects)} declared or given alone"
        )
    asked = (*procedure.questions, *(q for step in procedure.steps for q in step.questions))
    if {name for question in asked for name in question.offered} != set(running.offers):
        raise LookupError(f"{procedure.code}: offers asked for or given alone")
    editions = _RUNNING.setdefault(procedure.code, [])
    if any(one.procedure.since == procedure.since for one in editions):
        if any(one is running for one in editions):
            return
        raise ValueError(f"procedure {procedure.code!r} registered twice")
    editions.append(running)
    editions.sort(key=lambda one: one.procedure.since)


def running(code: str, on: date) -> Running:
    """The edition of a procedure by which a case opened on this day runs; ``LookupError`` for none."""
    for one in reversed(_RUNNING.get(code, [])):
        if one.procedure.since <= on < one.procedure.until:
            return one
    raise LookupError(f"no procedure {code!r} on {on}")


def taken_by_list() -> frozenset[str]:
    """The procedures whose steps are taken for a whole list at once, so that their duties are the list's."""
    return frozenset(
        one.procedure.code for editions in _RUNNING.values() for one in editions if one.procedure.by_list
    )


def of_case(case: Case) -> Running:
    """The edition that a case runs by: the one in force when it was opened."""
    return running(case.procedure, case.opened_on)


def procedures(on: date) -> list[Procedure]:
    """All procedures that can be opened on a day, in the order they were registered."""
    return [
        one.procedure
        for editions in _RUNNING.values()
        for one in editions
        if one.procedure.since <= on < one.procedure.until
    ]


def every_edition() -> list[Procedure]:
    """Every edition of every procedure, in the order they were registered."""
    return [one.procedure for editions in _RUNNING.values() for one in editions]

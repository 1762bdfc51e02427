"""Opening cases and taking a step for a whole list at once: each is done or refused by itself, and all refusals are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tochuc.audit.record import Actor
from tochuc.cases.actions import Given, open_case, take
from tochuc.cases.models import Case
from tochuc.kernel.errors import DomainError, Refusals
from tochuc.members.models import Person


@dataclass
class Done:
    """What came of a list: the cases it was done for, and of whom it was refused, with why."""

    cases: list[Case] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, whom: str, error: DomainError) -> None:
        """Keep why it was refused of one."""
        errors = error.errors if isinstance(error, Refusals) else [error]
        self.refused.append((whom, " ".join(one.message for one in errors)))


@transaction.atomic
def open_many(
    code: str, wanted: Iterable[tuple[Person, Mapping[str, Any]]], *, on: date, by: Actor, today: date
) -> Done:
    """Open a case of a procedure for each of these people, with the answers of each."""
    done = Done()
    for person, answers in wanted:
        try:
            with transaction.atomic():
                done.cases.append(open_case(code, on=on, by=by, today=today, person=person, answers=answers))
        except DomainError as error:
            done.refuse(person.full_name, error)
    return done


@transaction.atomic
def take_many(
    cases: Iterable[Case], step: str, given: Callable[[Case], Given], *, by: Actor, today: date
) -> Done:
    """Take a step of each of these cases, each as ``given`` says for it."""
    done = Done()
    for case in cases:
        try:
            with transaction.atomic():
                take(case, step, given(case), by=by, today=today)
                done.cases.append(case)
        except DomainError as error:
            done.refuse(case.whom, error)
    return done

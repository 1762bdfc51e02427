"""Taking a step as far as it goes without keeping it: what would be doubted, what would be open afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tochuc.audit.record import Actor
from tochuc.cases import actions
from tochuc.cases.actions import Given
from tochuc.cases.models import Case
from tochuc.cases.queries import View, view_of
from tochuc.kernel.remembering import asking_anew


@dataclass(frozen=True)
class Rehearsed:
    """What a step would come to: the doubts it would be recorded with, and the case afterwards."""

    doubts: tuple[str, ...]
    view: View


def rehearse(case: Case, step: str, given: Given, *, by: Actor, today: date) -> Rehearsed:
    """Take the step in full, see what it comes to, and undo it. Raises what taking it raises."""
    with asking_anew(), transaction.atomic():
        moved = actions.take(case, step, given, by=by, today=today)
        found = Rehearsed(tuple(moved.doubts), view_of(Case.objects.get(pk=case.pk), today))
        transaction.set_rollback(True)
    return found


def version_of(case: Case) -> str:
    """A word that changes with whatever is recorded of a case."""
    last = case.moves.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"{last}-{case.extensions.count()}-{case.closed_on or ''}"

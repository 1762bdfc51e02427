"""What the ledger says that ends a case: the person died, left, or what the case is about was recorded without it.

Nothing is written for it: take the entry back in the ledger, and the case runs on.
"""

from __future__ import annotations

from django.db.models import Q

from tochuc.cases.declare import Procedure, Stopped
from tochuc.cases.models import Case
from tochuc.kernel.known_dates import day_vn
from tochuc.members.models import MemberEvent
from tochuc.members.queries import events_in_force


def stopped(case: Case, procedure: Procedure) -> Stopped | None:
    """The latest entry in force that ends this case; None where nothing does.

    An entry counts where it happened after the case was opened, or was first made after that; never one that
    the case itself made.
    """
    if case.person is None:
        return None
    # The entries are read for the page anyway; most cases have none that could end them.
    if not any(_may_stop(one, case, procedure) for one in events_in_force(case.person)):
        return None
    after = Q(happened_on__gte=case.opened_on) | Q(recorded_at__gt=case.opened_at, corrects=None)
    found = (
        MemberEvent.objects.filter(
            after, person=case.person, kind__in=procedure.stopped_by, corrected_by=None
        )
        .exclude(
            Q(case_moves__case=case) | Q(further_moves__move__case=case) | Q(corrects__case_moves__case=case)
        )
        .order_by("happened_on", "pk")
        .last()
    )
    if found is None:
        return None
    return Stopped(found.happened_on, f"{found.get_kind_display()}, ngày {day_vn(found.happened_on)}")


def _may_stop(event: MemberEvent, case: Case, procedure: Procedure) -> bool:
    later = event.happened_on >= case.opened_on
    made_later = event.recorded_at > case.opened_at and event.corrects_id is None
    return event.kind in procedure.stopped_by and (later or made_later)

"""Taking along whoever would be left in an organisation that ended.

Facts of the days before a reorganisation are often recorded after it: an admission in a cell that has merged
since. Such a person goes where everyone of that cell went, by an event of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, QuerySet

from tochuc.kernel.errors import Refused
from tochuc.members.models import MemberEvent, Membership
from tochuc.org.models import OrganisationEvent, Succession


def left_behind(people: Collection[int]) -> QuerySet[Membership]:
    """Where these people (by id) stand in an organisation beyond its last day."""
    stays = Membership.objects.filter(person__in=people, until__gt=F("organisation__until"))
    return stays.select_related("organisation", "person")


def next_step(stay: Membership, by: int | None, at: datetime) -> MemberEvent:
    """The event that takes someone from an organisation that ended to the one that took over all its members.

    Raises ``Refused`` where there is none, they went to several, or the person came only after it had ended.
    """
    gone = stay.organisation
    if stay.since >= gone.until:
        raise Refused(
            "organisation_not_alive",
            f"{gone.name} không hoạt động vào ngày {stay.since:%d/%m/%Y}.",
            "organisation",
        )
    went = list(
        Succession.objects.filter(predecessor=gone, members=True, on=gone.until).select_related(
            "event", "successor"
        )
    )
    if len(went) != 1:
        raise Refused(
            "organisation_ended",
            f"{gone.name} đã kết thúc hoạt động từ ngày {gone.until:%d/%m/%Y} và đảng viên được chuyển đi "
            "nhiều nơi; hãy ghi cả nơi đồng chí này chuyển đến.",
            "organisation",
        )
    return reorganised(stay.person_id, gone.pk, went[0].successor_id, went[0].event, by=by, at=at)


def reorganised(
    person: int, frm: int, to: int, event: OrganisationEvent, *, by: int | None, at: datetime
) -> MemberEvent:
    """The event, not stored yet, that moves a person with their organisation; ``event`` is the organisation's."""
    decided = event.data.get("decision", {})
    return MemberEvent(
        person_id=person,
        kind="reorganised",
        happened_on=event.happened_on,
        recorded_at=at,
        recorded_by_id=by,
        organisation_id=to,
        decision_number=event.decision,
        decision_on=decided.get("on"),
        decision_by=decided.get("by", ""),
        data={"from": frm, "reorganisation": event.data["reorganisation"]},
    )

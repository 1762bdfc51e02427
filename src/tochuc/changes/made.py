"""Taking back organisations and posts that a change set made; what has been built on them since stands against it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from tochuc.audit.record import Actor, record
from tochuc.changes.models import ChangeSet, Made
from tochuc.kernel.errors import Refused
from tochuc.kernel.remembering import asking_anew
from tochuc.members.models import MemberEvent
from tochuc.org import bulk
from tochuc.org.models import Organisation, OrganisationEvent, Post
from tochuc.reorganise.since import built_on

_LISTED = 10


def standing(changeset: ChangeSet) -> list[Made]:
    """What a change set made and nobody took back."""
    return list(changeset.made.filter(undone_at=None).select_related("organisation", "post").order_by("pk"))


def take_back(changeset: ChangeSet, *, by: Actor, at: datetime, reason: str) -> int:
    """Take back all organisations of a change set and the posts that nobody holds; how many.

    Raises ``Refused`` where anything recorded since rests on one of the organisations; then the caller's transaction
    is to be undone.
    """
    made = standing(changeset)
    units = [one.organisation for one in made if one.organisation is not None]
    if units and (rests := _unfound(units, by, at)):
        raise Refused("changed_since", f"Chưa hoàn tác được, vì từ đó đến nay đã có: {listed(rests)}")
    posts = [one for one in made if one.post is not None and not _in_use(one.post)]
    for one in posts:
        if one.post is not None:
            one.post.until = one.post.since
            one.post.save(update_fields=["until"])
    back = [one for one in made if one.organisation is not None] + posts
    Made.objects.filter(pk__in=[one.pk for one in back]).update(undone_at=at)
    for unit in units:
        record(
            by,
            "organisation.unfounded",
            stream=unit.code,
            kind="organisation",
            key=unit.code,
            data={"changeset": changeset.ref},
            reason=reason,
        )
    return len(back)


def against(changeset: ChangeSet, *, by: Actor, at: datetime) -> list[str]:
    """What rests on the organisations of a change set, in sentences: taken back in full, seen, and put back."""
    made = standing(changeset)
    units = [one.organisation for one in made if one.organisation is not None]
    if not units:
        return []
    with asking_anew(), transaction.atomic():
        rests = _unfound(units, by, at)
        transaction.set_rollback(True)
    return rests


def _unfound(units: list[Organisation], by: Actor, at: datetime) -> list[str]:
    """Void what founded these organisations; what is recorded of them beyond it."""
    locked = list(
        Organisation.objects.select_for_update().filter(pk__in=[one.pk for one in units]).order_by("pk")
    )
    founded = OrganisationEvent.objects.filter(
        organisation__in=locked, kind=OrganisationEvent.FOUNDED, corrected_by=None
    )
    OrganisationEvent.objects.bulk_create(event.taken_back(by=by.account, at=at) for event in founded)
    bulk.restand(locked)
    # One that was founded, taken back and founded again is named by each of these change sets.
    own = Made.objects.filter(organisation__in=locked).values_list("pk", flat=True)
    return list(built_on(locked, ours=[(Made, pk) for pk in own]))


def _in_use(post: Post) -> bool:
    """Whether anybody took the post by an entry that stands."""
    return MemberEvent.objects.in_force().filter(post=post).exists()


def listed(rests: Collection[str]) -> str:
    """The first of what stands against undoing, and how many more there are."""
    several = list(rests)
    more = len(several) - _LISTED
    return "; ".join(several[:_LISTED]) + (f"; và {more} việc khác." if more > 0 else ".")

"""Taking a reorganisation back: voids for its events, the rows it changed as they were; or what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tochuc.access.models import Assignment
from tochuc.audit.record import Actor, record
from tochuc.cases import following
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.errors import Refused
from tochuc.members import bulk as members
from tochuc.members.folds import Contradiction
from tochuc.members.models import MemberEvent, Person
from tochuc.org import bulk as organisations
from tochuc.org.models import Organisation, OrganisationEvent, Post
from tochuc.programme.models import TaskAssignment
from tochuc.reorganise import people, since
from tochuc.reorganise.models import ASSIGNMENT, ORGANISATION, POST, ROLE, Reorganisation, Touched

_BATCH = 2000
STEPS = 4
"""As how many steps undoing is told; the last two count people and procedures under way."""
_REASON = "Hủy phương án sắp xếp tổ chức"
_LISTED = 20


class ChangedSince(Refused):
    """Undoing isn't possible: ``entries`` say what was recorded since and rests on the reorganisation."""

    def __init__(self, entries: Iterable[str]) -> None:
        self.entries = tuple(entries)
        shown = " ".join(f"{entry}." for entry in self.entries[:_LISTED])
        more = len(self.entries) - _LISTED
        rest = f" Và {more} việc khác." if more > 0 else ""
        super().__init__(
            "changed_since",
            f"Chưa hủy được, vì những việc ghi sau đây dựa vào phương án; hãy đính chính trước: {shown}{rest}",
        )


def take_back(
    reorganisation: Reorganisation,
    *,
    by: Actor,
    today: date,
    at: datetime,
    reason: str,
    tell: Tell = silent,
) -> None:
    """Undo everything the reorganisation did; raise ``ChangedSince`` where later entries rest on it."""
    tell("bước: đang xem những việc đã ghi từ đó đến nay", 1, STEPS)
    touched = list(reorganisation.touched.all())
    ids = [one.row for one in touched if one.kind == ORGANISATION]
    units = list(Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    moved = _own_events(reorganisation, units, touched)
    reason = reason.strip() or _REASON
    _refuse(since.changed_rows(touched))
    tell("bước: đang trả lại tổ chức", 2, STEPS)
    _void_organisations(reorganisation, units, by, at)
    _void_members(moved, by, at, reason)
    _restore_rows(touched, by, today)
    concerned = {event.person_id for event in moved}
    vanished = [unit for unit in units if unit.since == unit.until]
    _refuse(since.resting_on(reorganisation, units, vanished, touched))
    try:
        members.refold_many(concerned, tell)
    except Contradiction:
        _refuse([error.message.rstrip(".") for error in people.contradictions(concerned)])
    _refuse(since.left_behind(concerned))
    following.look_again_at(units, tell)
    for unit in units:
        record(
            by,
            "organisation.restored",
            stream=unit.code,
            kind="organisation",
            key=unit.code,
            data={"reorganisation": reorganisation.ref},
            reason=reason,
        )


def _refuse(entries: Iterable[str]) -> None:
    found = list(entries)
    if found:
        raise ChangedSince(found)


def _own_events(
    reorganisation: Reorganisation, units: list[Organisation], touched: list[Touched]
) -> list[MemberEvent]:
    """The members' events of the reorganisation that stand, those it caused later for late entries included."""
    ours = MemberEvent.objects.filter(data__reorganisation=reorganisation.ref)
    posts = [one.row for one in touched if one.kind == POST]
    takers = {pk for unit in units for pk in unit.succeeded_by.values_list("successor", flat=True)}
    concerned = set(ours.filter(organisation__in=takers).values_list("person", flat=True))
    concerned |= set(ours.filter(post__in=posts).values_list("person", flat=True))
    list(Person.objects.select_for_update().filter(pk__in=concerned).order_by("pk").values_list("pk"))
    standing = ours.in_force().filter(person__in=concerned)
    return list(standing.order_by("pk"))


def _void_organisations(
    reorganisation: Reorganisation, units: list[Organisation], by: Actor, at: datetime
) -> None:
    own = [e for e in organisations.in_force(units) if e.data.get("reorganisation") == reorganisation.ref]
    OrganisationEvent.objects.bulk_create(
        [event.taken_back(by=by.account, at=at) for event in own], batch_size=_BATCH
    )
    organisations.restand(units)


def _void_members(moved: list[MemberEvent], by: Actor, at: datetime, reason: str) -> None:
    MemberEvent.objects.bulk_create(
        [event.taken_back(by=by.account, at=at, reason=reason) for event in moved], batch_size=_BATCH
    )


def _restore_rows(touched: list[Touched], by: Actor, today: date) -> None:
    # What was made goes last: rows that point to it are put back first.
    for one in sorted(touched, key=lambda one: one.before is None):
        if one.kind == POST:
            _restore_post(one)
        elif one.kind == ROLE:
            _restore_role(one, today)
        elif one.kind == ASSIGNMENT:
            _restore_assignment(one)


def _restore_post(one: Touched) -> None:
    post = Post.objects.get(pk=one.row)
    post.until = _day(one.before, "until") if one.before else post.since
    post.save(update_fields=["until"])


def _restore_role(one: Touched, today: date) -> None:
    role = Assignment.objects.get(pk=one.row)
    if one.before:
        role.until = _day(one.before, "until")
    elif role.since < today:
        role.until = today
    else:
        role.delete()
        return
    role.save(update_fields=["until"])


def _restore_assignment(one: Touched) -> None:
    if one.before is None:
        TaskAssignment.objects.filter(pk=one.row).delete()
    else:
        TaskAssignment.objects.filter(pk=one.row).update(continued_in=None)


def _day(said: dict[str, Any], key: str) -> date:
    return date.fromisoformat(said[key])

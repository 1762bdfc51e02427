"""What a member proposes to correct in their own record, and what becomes of it.

A proposal changes nothing until the cell secretary or the commune accepts it; then it is written like any other
change, with the member's word as its ground.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Conflict, Refused
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import identity
from tochuc.members.facts import Ground
from tochuc.members.keeping import cleaned, keep
from tochuc.members.models import ACCEPTED, REFUSED, WAITING, WITHDRAWN, Person, Proposal
from tochuc.members.record_fields import FIELDS
from tochuc.members.record_values import NATIONAL_ID, value_of


@transaction.atomic
def propose(
    person: Person, field: str, value: str, *, since: KnownDate | None, ground: str, by: Actor, today: date
) -> Proposal:
    """Propose another value for a field of one's own record. Raises ``Refused`` for one the record can't hold."""
    if by.account is None or person.account_id != by.account:
        raise Refused("not_own", "Chỉ đề nghị sửa được trong hồ sơ của chính mình.")
    if not ground.strip():
        raise Refused("no_ground", "Cần ghi căn cứ, ví dụ giấy khai sinh hoặc thẻ căn cước.", "ground")
    held = Person.objects.select_for_update(of=("self",)).select_related("identity").get(pk=person.pk)
    if Proposal.objects.filter(person=held, field=field, state=WAITING).exists():
        raise Refused(
            "waiting", "Mục này đã có một đề nghị đang chờ duyệt; hãy rút đề nghị đó trước.", "value"
        )
    made = Proposal(
        person=held,
        field=field,
        ground=ground.strip()[:300],
        proposed_at=now(),
        proposed_on=today,
        proposed_by_id=by.account,
    )
    if since is not None and FIELDS[field].dated:
        if since.first > today:
            raise Refused("future", "Ngày này chưa tới.", "since")
        made.since, made.since_precision = since.first, since.precision
    _fill(made, held, value, today)
    made.save()
    _note("proposal.made", made, by)
    return made


def _fill(made: Proposal, person: Person, value: str, today: date) -> None:
    if made.field == NATIONAL_ID:
        digits = identity.clean(value)
        if identity.holds(person, digits):
            raise Refused("same", "Số này đã có trong hồ sơ.", "value")
        made.sealed = identity.seal_proposed(person.pk, digits, identity.keyring())
        return
    made.before, made.after = value_of(person, made.field), cleaned(made.field, value, today, "value")
    if made.before == made.after:
        raise Refused("same", "Giá trị này giống với hồ sơ hiện nay.", "value")


@transaction.atomic
def accept(proposal: Proposal, *, by: Actor, today: date) -> Proposal:
    """Write what was proposed into the record. ``Conflict`` where the field was changed since it was proposed."""
    held = _waiting(proposal, by)
    person = Person.objects.select_for_update(of=("self",)).get(pk=held.person_id)
    words = f"Đảng viên đề nghị: {held.ground}"
    if held.field == NATIONAL_ID:
        identity.set_national_id(person, _number(held), by=by, ground=words)
    else:
        if value_of(person, held.field) != held.before:
            raise Conflict(
                "changed_since", "Mục này đã thay đổi sau khi đảng viên đề nghị; hãy xem lại với đồng chí đó."
            )
        ground = Ground(held.since, held.since_precision, words, correcting=held.since is None)
        keep(person, {held.field: held.after}, ground=ground, by=by, today=today)
    return _decide(held, ACCEPTED, by)


@transaction.atomic
def refuse(proposal: Proposal, *, by: Actor, reason: str) -> Proposal:
    """Refuse a proposal with the reason; the member reads it."""
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do để đảng viên biết.", "answer")
    return _decide(_waiting(proposal, by), REFUSED, by, reason)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Actor) -> Proposal:
    """Take one's own proposal back while it waits."""
    held = Proposal.objects.select_for_update(of=("self",)).select_related("person").get(pk=proposal.pk)
    if held.proposed_by_id != by.account:
        raise Refused("not_own", "Chỉ rút được đề nghị của chính mình.")
    if held.state != WAITING:
        raise Refused("decided", "Đề nghị này đã được trả lời.")
    return _decide(held, WITHDRAWN, by)


def _waiting(proposal: Proposal, by: Actor) -> Proposal:
    held = Proposal.objects.select_for_update(of=("self",)).select_related("person").get(pk=proposal.pk)
    if held.state != WAITING:
        raise Refused("decided", "Đề nghị này đã được trả lời hoặc đã rút.")
    if held.proposed_by_id == by.account:
        raise Refused("own", "Đề nghị về hồ sơ của mình do người khác duyệt.")
    return held


def _decide(held: Proposal, state: str, by: Actor, reason: str = "") -> Proposal:
    held.state, held.decided_at, held.decided_by_id = state, now(), by.account
    held.answer = reason.strip()[:300]
    held.save(update_fields=["state", "decided_at", "decided_by", "answer"])
    _note(f"proposal.{state}", held, by, reason)
    return held


@transaction.atomic
def proposed_number(proposal: Proposal, *, by: Actor) -> str:
    """The identity number that was proposed, opened; that it was shown stays in the trail."""
    number = _number(proposal)
    _note("identity.read", proposal, by)
    return number


def _number(proposal: Proposal) -> str:
    sealed = bytes(proposal.sealed or b"")
    return identity.open_proposed(proposal.person_id, sealed, identity.keyring())


def of(person: Person) -> QuerySet[Proposal]:
    """All proposals of a member, the latest first."""
    return person.proposals.select_related("decided_by", "proposed_by").order_by("-proposed_at", "-pk")


def _note(action: str, proposal: Proposal, by: Actor, reason: str = "") -> None:
    person = proposal.person
    record(
        by,
        action,
        stream=person.home.code if person.home else "system",
        kind="person",
        key=person.ref,
        data={"proposal": proposal.pk, "field": proposal.field},
        reason=reason,
    )

"""Merging two records of one person: one stays with both histories, the other points to it; undone as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor
from tochuc.cases.following import against_merging
from tochuc.changes import actions as changes
from tochuc.changes import carried, since
from tochuc.changes.models import MERGE, MERGED, ChangeSet
from tochuc.desk import ledgers
from tochuc.desk.ledgers import AGAINST, JOINS, Entry
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.remembering import asking_anew
from tochuc.members import following_up, identity
from tochuc.members.actions import refold
from tochuc.members.models import Fact, MemberEvent, Paper, Person
from tochuc.members.record_fields import FIELDS as RECORD
from tochuc.org import tree
from tochuc.org.models import Organisation

FIELDS = tuple(RECORD)
"""What is chosen field by field: every single field of the forms, in their order."""


@dataclass(frozen=True)
class Choice:
    """A field of both records; ``proposed`` is whether the other one's value should be taken."""

    field: str
    label: str
    stays: str
    goes: str
    proposed: bool

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return self.stays == self.goes


def choices(stays: Person, goes: Person) -> list[Choice]:
    """The fields side by side. What only the other record knows is proposed, and a birth it knows more exactly."""
    return [_choice(field, stays, goes) for field in FIELDS]


def _choice(field: str, stays: Person, goes: Person) -> Choice:
    if field == "national_id":
        mine, other = stays.identity, goes.identity
        same = mine is not None and other is not None and bytes(mine.digest) == bytes(other.digest)
        shown = [identity.HIDDEN if one else "" for one in (mine, other)]
        if not same and mine and other:
            shown[1] = f"{identity.HIDDEN} (số khác)"
        return Choice(field, since.label(field), shown[0], shown[1], mine is None and other is not None)
    kept, other_value = since.value_of(stays, field), since.value_of(goes, field)
    better = field == "birth" and kept != other_value and stays.birth.span.contains(goes.birth.span)
    return Choice(
        field,
        since.label(field),
        _closed(field, kept),
        _closed(field, other_value, kept),
        bool(other_value) and (not kept or better),
    )


def _closed(field: str, value: str, beside: str = "") -> str:
    """A value as it is compared; of a private one only that there is one, and whether it is another."""
    if not RECORD[field].private or not value:
        return since.shown(field, value)
    return f"{identity.HIDDEN} (khác)" if beside and beside != value else identity.HIDDEN


def rows(stays: Person, goes: Person) -> list[Fact]:
    """The rows of tables that come over from the record that goes."""
    return carried.rows_to_carry(stays, goes)


def papers(goes: Person) -> list[Paper]:
    """The papers that come over from the record that goes."""
    return list(goes.papers.filter(taken_out_at=None).order_by("pk"))


def entries(stays: Person, goes: Person) -> list[Entry]:
    """What becomes of each entry in the ledger of the record that goes."""
    return ledgers.joined(_events(stays), _events(goes))


def _events(person: Person) -> list[MemberEvent]:
    return list(person.events.select_related("organisation", "post").order_by("pk"))


def obstacles(stays: Person, goes: Person, found: Iterable[Entry]) -> list[str]:
    """What stands against merging, each with how to mend it."""
    said = []
    if goes.account_id is not None and stays.account_id is not None:
        said.append(
            "Cả hai hồ sơ đều có tài khoản đăng nhập. Hãy bỏ gắn một tài khoản khỏi hồ sơ trước khi gộp."
        )
    elif goes.account_id is not None:
        said.append(
            f"Hồ sơ của đồng chí {goes.full_name} sẽ gộp đi có tài khoản đăng nhập. Hãy giữ hồ sơ có tài khoản."
        )
    said += [
        f"Hồ sơ gộp đi ghi «{one.event.get_kind_display()}» ngày {day_vn(one.event.happened_on)}, "
        f"mâu thuẫn với hồ sơ giữ lại: {one.why} Hãy đính chính mục sai ở một trong hai hồ sơ, rồi gộp lại."
        for one in ledgers.of(found, AGAINST)
    ]
    return said + against_merging(stays, goes)


@transaction.atomic
def merge(
    stays: Person, goes: Person, *, take: Iterable[str] = (), by: Actor, today: date, reason: str
) -> ChangeSet:
    """Merge a record into another; ``take`` names the fields whose value comes from the one that goes.

    Its entries that fit are said again in the ledger that stays, and all of them are voided where they stood.
    Raises ``Refused`` for one and the same record, one already merged, or ledgers that contradict.
    """
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi căn cứ để biết đây là một người.", "reason")
    stays, goes = _held(stays, goes)
    found = entries(stays, goes)
    if against := obstacles(stays, goes, found):
        raise Refused("contradiction", " ".join(against))
    at, wanted = now(), set(take)
    changeset = changes.begin(
        MERGE,
        _place(stays, goes),
        title=f"{stays.full_name}, sinh {stays.birth}",
        by=by,
        as_of=today,
        reason=reason,
    )
    values = {
        field: since.value_of(goes, field) for field in FIELDS if field in wanted and field != "national_id"
    }
    _empty(changeset, goes, stays, by, at)
    copies = MemberEvent.objects.bulk_create(
        [_again(one.event, stays, goes, by, at) for one in ledgers.of(found, JOINS)]
    )
    before = since.value_of(stays, "national_id")
    if "national_id" in wanted and (number := identity.numbers_of([goes]).get(goes.pk)):
        identity.set_national_id(stays, number, by=by, ground=reason)
    said = carried.carry(stays, goes, by=by.account, at=at)
    change = changes.rewrite(changeset, stays, values, events=copies, said=said)
    if (after := since.value_of(stays, "national_id")) != before:
        change.before["national_id"], change.after["national_id"] = before, after
        change.save(update_fields=["before", "after"])
    refold(goes)
    refold(stays)
    following_up.look_again([stays.pk, goes.pk])
    changes.finish(changeset, by, taken_over=len(copies))
    return changeset


def _held(stays: Person, goes: Person) -> tuple[Person, Person]:
    if stays.pk == goes.pk:
        raise Refused("same_record", "Hai hồ sơ này là một.")
    tree.hold_still()
    rows = Person.objects.select_for_update(of=("self",)).select_related("home", "identity")
    held = {person.pk: person for person in rows.filter(pk__in=(stays.pk, goes.pk)).order_by("pk")}
    for person in held.values():
        if person.merged_into_id is not None:
            raise Refused("already_merged", f"Hồ sơ của đồng chí {person.full_name} đã được gộp trước đó.")
    return held[stays.pk], held[goes.pk]


def _place(stays: Person, goes: Person) -> Organisation:
    place = stays.home or goes.home
    if place is None:
        raise Refused("no_place", "Cả hai hồ sơ chưa từng thuộc chi bộ nào, không có gì để gộp.")
    return place


def _empty(changeset: ChangeSet, goes: Person, stays: Person, by: Actor, at: datetime) -> None:
    """Void the entries of the record that goes, and let it point to the other; its card is free then."""
    own = goes.events.in_force().order_by("pk")
    reason = f"Gộp vào hồ sơ của đồng chí {stays.full_name}"
    voids = [event.taken_back(by=by.account, at=at, reason=reason) for event in own]
    MemberEvent.objects.bulk_create(voids)
    values = {"card_number": "", "merged_into": str(stays.pk)}
    changes.rewrite(changeset, goes, values, events=voids, what=MERGED)


def _again(event: MemberEvent, stays: Person, goes: Person, by: Actor, at: datetime) -> MemberEvent:
    """An entry of the record that goes, said in the ledger of the one that stays."""
    return MemberEvent(
        person_id=stays.pk,
        kind=event.kind,
        happened_on=event.happened_on,
        recorded_at=at,
        recorded_by_id=by.account,
        organisation_id=event.organisation_id,
        post_id=event.post_id,
        decision_number=event.decision_number,
        decision_on=event.decision_on,
        decision_by=event.decision_by,
        # What belonged to an import there doesn't here: undoing that one wouldn't be undoing this.
        data={key: value for key, value in event.data.items() if key != "changeset"}
        | {"merged_from": goes.ref},
        reason=f"Theo hồ sơ đã gộp của đồng chí {goes.full_name}",
    )


@dataclass(frozen=True)
class Stand:
    """Where a record stands, in words."""

    standing: str
    cell: str


def rehearse(stays: Person, goes: Person, *, take: Iterable[str], by: Actor, today: date) -> Stand:
    """Where the person would stand after merging; writes nothing. Raises what merging raises."""
    with asking_anew(), transaction.atomic():
        merge(stays, goes, take=take, by=by, today=today, reason="Xem trước")
        after = Person.objects.select_related("home").get(pk=stays.pk)
        found = Stand(after.get_standing_display(), after.home.name if after.home else "")
        transaction.set_rollback(True)
    return found


def merged_records(person: Person) -> list[Person]:
    """The records that were merged into this one."""
    return list(Person.objects.filter(merged_into=person).order_by("pk"))

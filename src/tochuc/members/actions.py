"""Writing the ledger: each action appends one event and folds that person again, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import KnownDate
from tochuc.kernel.names import clean_name, sort_key
from tochuc.kernel.names import fold as fold_name
from tochuc.members import bulk, following, following_up, totalling
from tochuc.members.conditions import PROLONGED_BY
from tochuc.members.folds import fold
from tochuc.members.kinds import ANY_ORGANISATION, EVENT_KINDS
from tochuc.members.models import Condition, Holds, MemberEvent, Membership, Movement, Person
from tochuc.org import tree
from tochuc.org.kinds import KINDS
from tochuc.org.models import Organisation, Post


@dataclass(frozen=True)
class Decision:
    """The paper an event rests on: its number, day and who decided.

    ``lost``: what happened is known of the days before the record was kept, its paper isn't.
    """

    number: str = ""
    on: date | None = None
    by: str = ""
    lost: bool = False


NO_DECISION = Decision()


@transaction.atomic
def register(*, full_name: str, gender: str, birth: KnownDate, by: Actor, **fields: Any) -> Person:
    """Open a person's record. It says nothing about standing until an event does."""
    name = clean_name(full_name)
    if " " not in name:
        raise Refused("name_incomplete", "Cần ghi đủ họ và tên.", "full_name")
    person = Person.objects.create(
        full_name=name,
        fold=fold_name(name),
        sort_key=sort_key(name),
        gender=gender,
        birth_on=birth.first,
        birth_precision=birth.precision,
        registered_at=now(),
        **fields,
    )
    record(by, "person.registered", kind="person", key=person.ref)
    return person


def free_card(number: str, *, field: str = "card_number") -> str:
    """The number of a card that a new record may bear; ``Refused`` where another record has it."""
    number = number.strip()
    if number and Person.objects.filter(card_number=number).exists():
        raise Refused(
            "card_taken",
            f"Số thẻ {number} đã có ở một hồ sơ khác. Nếu là cùng một người mà đồng chí không thấy hồ sơ đó, "
            "hãy nhờ Ban Tổ chức cấp trên tiếp nhận.",
            field,
        )
    return number


@transaction.atomic
def append(
    person: Person,
    kind: str,
    *,
    on: date,
    by: Actor,
    today: date,
    organisation: Organisation | None = None,
    post: Post | None = None,
    decision: Decision = NO_DECISION,
    data: dict[str, Any] | None = None,
    corrects: MemberEvent | None = None,
    reason: str = "",
) -> MemberEvent:
    """Append one event to a person's ledger.

    Raises ``Refused`` (with the field to mend) when the event lies in the future, names an organisation
    that can't hold members on that day, lacks its decision, or contradicts what is already recorded.
    """
    tree.hold_still()
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.merged_into_id is not None:
        raise Refused(
            "merged", f"Hồ sơ này đã được gộp; hãy ghi vào hồ sơ của đồng chí {person.merged_into}."
        )
    _check(kind, on=on, today=today, organisation=organisation, decision=decision)
    _check_course(kind, on=on, organisation=organisation, data=data or {})
    event = MemberEvent.objects.create(
        person=person,
        kind=kind,
        happened_on=on,
        recorded_at=now(),
        recorded_by_id=by.account,
        organisation=organisation,
        post=post,
        decision_number=decision.number.strip(),
        decision_on=decision.on,
        decision_by=decision.by.strip(),
        data=data or {},
        corrects=corrects,
        reason=reason,
    )
    refold(person)
    _follow_reorganisations(person, by)
    following_up.look_again([person.pk])
    _record(event, by)
    return event


def _follow_reorganisations(person: Person, by: Actor) -> None:
    """Take the person along where their organisation has ended since, as often as that happened."""
    followed = set[int]()
    while stay := following.left_behind([person.pk]).exclude(organisation__in=followed).first():
        following.next_step(stay, by.account, now()).save()
        followed.add(stay.organisation_id)
        refold(person)


def _check(
    kind: str, *, on: date, today: date, organisation: Organisation | None, decision: Decision
) -> None:
    rule = EVENT_KINDS[kind]
    if on > today:
        raise Refused("future", f"Ngày {on:%d/%m/%Y} chưa tới; chỉ ghi việc đã xảy ra.", "on")
    if rule.needs_decision and not decision.number.strip() and not decision.lost:
        raise Refused("no_decision", f"«{rule.label}» cần số quyết định.", "decision_number")
    if decision.on and decision.on > today:
        raise Refused("decision_future", "Ngày ký quyết định chưa tới.", "decision_on")
    if kind in {"admitted", "readmitted"} and decision.on and decision.on > on:
        raise Refused(
            "before_decision",
            f"Lễ kết nạp ngày {on:%d/%m/%Y} không thể trước ngày ký quyết định {decision.on:%d/%m/%Y}.",
            "on",
        )
    if organisation is not None and kind != "void":
        _check_organisation(organisation, on, cell=rule.elsewhere != ANY_ORGANISATION)


def _check_course(kind: str, *, on: date, organisation: Organisation | None, data: dict[str, Any]) -> None:
    """What a condition needs to be told: where one is meanwhile, and until when where it is made longer."""
    if EVENT_KINDS[kind].elsewhere and organisation is None and not data.get("destination"):
        raise Refused("no_destination", "Cần nêu nơi đến: chọn trong sổ hoặc ghi bằng lời.", "destination")
    until = data.get("until_on")
    if until is None and kind in PROLONGED_BY:
        raise Refused("no_end", "Cần ghi gia hạn đến ngày nào.", "until_on")
    if until is not None and date.fromisoformat(until) <= on:
        raise Refused("end_before_start", f"Ngày kết thúc phải sau ngày {on:%d/%m/%Y}.", "until_on")


def _check_organisation(organisation: Organisation, on: date, *, cell: bool) -> None:
    if cell and not KINDS[organisation.kind].holds_members:
        raise Refused(
            "not_a_cell",
            f"{organisation.name} không phải chi bộ; đảng viên sinh hoạt ở chi bộ.",
            "organisation",
        )
    if organisation.kind == "board":
        raise Refused(
            "not_a_receiver", f"{organisation.name} không tiếp nhận sinh hoạt đảng.", "organisation"
        )
    if not organisation.exists_on(on):
        raise Refused(
            "organisation_not_alive",
            f"{organisation.name} không hoạt động vào ngày {on:%d/%m/%Y}.",
            "organisation",
        )


def refold(person: Person) -> None:
    """Fold the person's events anew and replace what was folded before; the caller holds their row."""
    folded = fold(person.events.all())
    with totalling.following([person.pk]):
        for rows in (person.memberships, person.movements, person.holdings, person.conditions):
            rows.all().delete()
        one = {person.pk: folded}
        Membership.objects.bulk_create(bulk.memberships(one))
        Movement.objects.bulk_create(bulk.movements(one))
        Holds.objects.bulk_create(bulk.holdings(one))
        Condition.objects.bulk_create(bulk.conditions(one))
    person.standing, person.home_id = folded.last.standing, folded.home
    if person.merged_into is not None:
        person.home_id = person.merged_into.home_id
    person.save(update_fields=["standing", "home"])
    Person.objects.filter(merged_into=person).update(home=person.home_id)


def _record(event: MemberEvent, by: Actor) -> None:
    home = event.person.home or event.organisation
    record(
        by,
        "member.corrected" if event.corrects_id else "member.event",
        stream=home.code if home else "system",
        kind="person",
        key=event.person.ref,
        data={"event": event.pk, "kind": event.kind, "on": str(event.happened_on)},
        reason=event.reason,
    )


def list_sympathiser(person: Person, *, cell: Organisation, on: date, by: Actor, today: date) -> MemberEvent:
    """Put someone on a cell's list of sympathisers (đưa vào danh sách cảm tình đảng)."""
    return append(person, "sympathiser_listed", on=on, by=by, today=today, organisation=cell)


def admit(
    person: Person, *, cell: Organisation, on: date, decision: Decision, by: Actor, today: date
) -> MemberEvent:
    """Record an admission: ``on`` is the day of the ceremony in the cell, when probation begins."""
    return append(person, "admitted", on=on, by=by, today=today, organisation=cell, decision=decision)


def recognise(person: Person, *, on: date, decision: Decision, by: Actor, today: date) -> MemberEvent:
    """Record that a probationary member became an official one, on the day the twelve months ended."""
    return append(person, "recognised", on=on, by=by, today=today, decision=decision)


def transfer(
    person: Person, *, to: Organisation, on: date, by: Actor, today: date, decision: Decision = NO_DECISION
) -> MemberEvent:
    """Record a transfer of Party activity to another cell of our records."""
    return append(person, "transferred", on=on, by=by, today=today, organisation=to, decision=decision)


def transfer_out(
    person: Person,
    *,
    destination: str,
    on: date,
    by: Actor,
    today: date,
    decision: Decision = NO_DECISION,
) -> MemberEvent:
    """Record a transfer to an organisation outside our records, named in words."""
    if not destination.strip():
        raise Refused("no_destination", "Cần ghi tên tổ chức đảng nơi đến.", "destination")
    data = {"destination": destination.strip()}
    return append(person, "left_for", on=on, by=by, today=today, decision=decision, data=data)


@transaction.atomic
def correct(
    event: MemberEvent, *, by: Actor, today: date, reason: str, replacement: dict[str, Any] | None = None
) -> MemberEvent:
    """Correct an event by a new one; without ``replacement`` the wrong one is only voided.

    ``replacement`` names what changes: ``on``, ``organisation``, ``post``, ``decision``, ``data``. The wrong
    event stays readable, struck through, with the reason.
    """
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do đính chính.", "reason")
    if event.kind == "void":
        raise Refused(
            "void_stays", "Mục hủy không đính chính được; nếu việc đó có thật, hãy ghi lại như mới."
        )
    tree.hold_still()
    # Held before looking, so that of two corrections at once the second sees the first.
    Person.objects.select_for_update().get(pk=event.person_id)
    if MemberEvent.objects.filter(corrects=event).exists():
        raise Refused("already_corrected", "Mục này đã được đính chính trước đó.")
    changed = {
        "on": event.happened_on,
        "organisation": event.organisation,
        "post": event.post,
        "decision": Decision(event.decision_number, event.decision_on, event.decision_by),
        "data": event.data,
    } | (replacement or {})
    kind = "void" if replacement is None else event.kind
    return append(event.person, kind, by=by, today=today, corrects=event, reason=reason, **changed)


def held(person: Person) -> Person:
    """The person's row as it stands now, held until the transaction ends: whoever records meanwhile waits."""
    tree.hold_still()
    return Person.objects.select_for_update().get(pk=person.pk)


def note_read(person: Person, *, by: Actor, part: str = "") -> None:
    """Leave in the trail that someone opened another's record; one's own isn't noted."""
    if by.account is not None and person.account_id == by.account:
        return
    record(
        by,
        "person.read",
        stream=person.home.code if person.home else "system",
        kind="person",
        key=person.ref,
        data={"part": part} if part else {},
    )

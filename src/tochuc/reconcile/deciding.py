"""Deciding claims, each with its ground: accepted ones are written as one change set, the others are remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.changes import actions as changes
from tochuc.changes.models import CLAIMS, CREATED, ChangeSet
from tochuc.changes.since import known_date, value_of
from tochuc.exchange.imports import opening
from tochuc.exchange.imports.plan import FIELDS
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.errors import Refused
from tochuc.members import actions as members
from tochuc.members.models import Person
from tochuc.reconcile.models import ACCEPTED, ASKED, NEW, REFUSED, Claim, Reconciliation

_NATIONAL_ID = "national_id"
_TELLS = 20


@dataclass(frozen=True)
class Decided:
    """What came of deciding: how many claims, the change set of those accepted, and those left with why."""

    claims: int
    changeset: ChangeSet | None = None
    left: tuple[str, ...] = ()


def _held(made: Reconciliation, numbers: Collection[int]) -> list[Claim]:
    """The claims of these numbers that wait for a decision."""
    rows = made.claims.select_for_update(of=("self",)).select_related("changeset", "person", "cell")
    pending = [claim for claim in rows.filter(pk__in=numbers).order_by("pk") if claim.pending]
    if not pending:
        raise Refused("none_chosen", "Chưa chọn điểm nào còn chờ quyết định.")
    return pending


def _ground(ground: str) -> str:
    if not ground.strip():
        raise Refused("no_ground", "Cần ghi căn cứ.", "ground")
    return ground.strip()


@transaction.atomic
def accept(
    made: Reconciliation,
    numbers: Collection[int],
    *,
    ground: str,
    by: Actor,
    today: date,
    tell: Tell = silent,
) -> Decided:
    """Take what the list says into the record, as one change set that can be undone.

    A claim about a field that has changed since the list was read, a card that is another's, or something that
    only an entry of the ledger can say is left open and named. Raises ``Refused`` where nothing can be taken.
    """
    ground = _ground(ground)
    left: list[str] = []
    good: list[Claim] = []
    held = _held(made, numbers)
    for n, claim in enumerate(held):
        if n % _TELLS == 0:
            tell("điểm: đang xem", n, len(held))
        against = _against(claim)
        if against:
            left.append(f"{claim.name}: {against}")
        else:
            good.append(claim)
    if not good:
        raise Refused("nothing_to_accept", " ".join(left))
    changeset = changes.begin(
        CLAIMS,
        made.organisation,
        title=f"{made.origin}: {made.file_name}",
        by=by,
        as_of=made.as_of,
        reason=ground,
    )
    new = [claim for claim in good if claim.kind == NEW]
    for n, claim in enumerate(new):
        if n % _TELLS == 0:
            tell("hồ sơ: đang lập", n, len(new))
        _open(changeset, claim, by, today)
    _rewrite(changeset, [claim for claim in good if claim.kind != NEW], tell)
    _settle(good, ACCEPTED, ground, by, changeset)
    changes.finish(changeset, by, claims=len(good))
    return Decided(len(good), changeset, tuple(left))


def _against(claim: Claim) -> str:
    """Why a claim can't be taken as it is; empty where it can."""
    if not claim.acceptable:
        return "điểm này chỉ sửa được bằng mục ghi riêng trong hồ sơ, không chấp nhận từ danh sách."
    card = claim.after if claim.field == "card_number" else str(claim.said.get("card_number", ""))
    holder = Person.objects.filter(card_number=card).first() if card else None
    if holder is not None and holder.pk != claim.person_id:
        return "số thẻ trong danh sách đang là của hồ sơ khác trong sổ."
    if claim.kind == NEW:
        if claim.cell is None:
            return "chưa rõ chi bộ."
        return ""
    if claim.person is None or value_of(claim.person, claim.field) != claim.before:
        return "hồ sơ đã thay đổi từ khi đọc danh sách; hãy đối chiếu lại."
    return ""


def _open(changeset: ChangeSet, claim: Claim, by: Actor, today: date) -> None:
    """Open the record of someone whom only the list has, with an opening entry on the day of the list."""
    said = dict(claim.said)
    values = {name: str(said[name]) for name in FIELDS if said.get(name) and name != _NATIONAL_ID}
    # Whoever was opened before and undone has a record already.
    person = claim.person or members.register(
        full_name=values["full_name"],
        gender=values.get("gender", ""),
        birth=known_date(values["birth"]),
        by=by,
    )
    kept = {name: value for name, value in values.items() if name not in ("full_name", "birth", "gender")}
    data = {"changeset": changeset.ref, "standing": said["standing"]} | opening.said_of_past(said)
    event = members.append(
        person, "opening", on=changeset.as_of, by=by, today=today, organisation=claim.cell, data=data
    )
    person = Person.objects.get(pk=person.pk)
    change = changes.rewrite(changeset, person, kept, what=CREATED, row=claim.row)
    change.event = event
    change.save(update_fields=["event"])
    claim.person = person
    claim.save(update_fields=["person"])


def _rewrite(changeset: ChangeSet, claims: Iterable[Claim], tell: Tell) -> None:
    by_person: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_person[claim.person_id or 0].append(claim)
    people = Person.objects.select_for_update().in_bulk(by_person)
    for n, (pk, own) in enumerate(by_person.items()):
        if n % _TELLS == 0:
            tell("hồ sơ: đang ghi", n, len(by_person))
        values = {claim.field: claim.after for claim in own}
        changes.rewrite(changeset, people[pk], values, row=own[0].row)


@transaction.atomic
def refuse(made: Reconciliation, numbers: Collection[int], *, ground: str, by: Actor) -> Decided:
    """Keep what the record says, with the ground."""
    claims = _held(made, numbers)
    _settle(claims, REFUSED, _ground(ground), by)
    _note(made, "reconciliation.refused", len(claims), ground, by)
    return Decided(len(claims))


@transaction.atomic
def ask(made: Reconciliation, numbers: Collection[int], *, ground: str, by: Actor) -> Decided:
    """Ask the cells of these people what is right; ``ground`` is the question."""
    claims = _held(made, numbers)
    homeless = [f"{claim.name}: chưa rõ chi bộ để hỏi." for claim in claims if claim.cell_id is None]
    asked = [claim for claim in claims if claim.cell_id is not None]
    if not asked:
        raise Refused("no_cell", " ".join(homeless))
    _settle(asked, ASKED, _ground(ground), by)
    _note(made, "reconciliation.asked", len(asked), ground, by)
    return Decided(len(asked), None, tuple(homeless))


@transaction.atomic
def answer(claim: Claim, right: str, words: str, *, by: Actor) -> None:
    """A cell's answer to what it was asked: which is right, and how it knows."""
    held = Claim.objects.select_for_update().get(pk=claim.pk)
    if held.state != ASKED or held.answer:
        raise Refused("not_asked", "Điểm này đã được quyết định hoặc trả lời, không còn chờ chi bộ.")
    if not words.strip():
        raise Refused("no_words", "Cần ghi chi bộ biết bằng cách nào.", "words")
    held.answer, held.answer_words = right, words.strip()
    held.answered_by_id, held.answered_at = by.account, now()
    held.save(update_fields=["answer", "answer_words", "answered_by", "answered_at"])
    _note(held.reconciliation, "reconciliation.answered", 1, words, by)


def _settle(
    claims: Collection[Claim], state: str, ground: str, by: Actor, changeset: ChangeSet | None = None
) -> None:
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(
        state=state, ground=ground, decided_by_id=by.account, decided_at=now(), changeset=changeset
    )


def _note(made: Reconciliation, action: str, claims: int, reason: str, by: Actor) -> None:
    stream = made.organisation.code
    record(
        by, action, stream=stream, kind="reconciliation", key=made.ref, data={"claims": claims}, reason=reason
    )

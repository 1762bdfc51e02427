"""Recording dues: a cell's month in one go, a member's category, a relief, and corrections that keep what stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.dues.categories import CATEGORIES
from tochuc.dues.folding import refold
from tochuc.dues.models import EXCUSED, NOTHING, PAID, PAYMENT_CHOICES, Basis, Collection, Payment, Relief
from tochuc.dues.reading import accounts, owed
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import BadInput, Conflict, DomainError, Refused, raise_all
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.months import last_day, month_of, month_vn
from tochuc.members.kinds import IN_PARTY
from tochuc.members.merged import owner, with_merged
from tochuc.members.models import Membership, Person
from tochuc.org.models import Organisation
from tochuc.regulations.asking import asker_for

MOST = 1_000_000_000
"""More đồng a month than anybody's dues are."""
AHEAD = 12
"""So many months may be paid in advance."""
_WHOLE = 100


@dataclass(frozen=True)
class Given:
    """That a member's dues for a month were paid. ``field`` names the input it came from."""

    person: Person
    month: date
    amount: int
    field: str = ""


@transaction.atomic
def collect(
    cell: Organisation, given: Sequence[Given], *, paid_on: date, by: Actor, today: date, receipt: str = ""
) -> list[Payment]:
    """Record what the cell collected, all of it or nothing.

    Raises ``Refused``, ``BadInput`` or ``Conflict``, with the field of each row that is wrong.
    """
    if not given:
        raise BadInput("dues.nothing", "Chưa đánh dấu ai đã nộp.")
    if paid_on > today:
        raise BadInput("dues.future", f"Ngày thu {day_vn(paid_on)} chưa tới.", "paid_on")
    # Held before looking, so that of two who record the same month the second is told.
    Organisation.objects.select_for_update().get(pk=cell.pk)
    months = sorted({one.month for one in given})
    raise_all(list(_wrong(cell, given, months, today)))
    ids = {one.person.pk for one in given}
    known, ask = accounts(ids, months[0], months[-1]), asker_for(cell, today)
    taken_away = _struck_out(ids, months)
    rows = [
        Payment(
            person=one.person,
            organisation=cell,
            month=one.month,
            amount=one.amount,
            due=owed(known[one.person.pk], one.person, one.month, ask).amount,
            paid_on=paid_on,
            receipt=receipt.strip(),
            recorded_at=now(),
            recorded_by_id=by.account,
            corrects_id=taken_away.get((one.person.pk, one.month)),
        )
        for one in given
    ]
    Payment.objects.bulk_create(rows)
    refold(cell, months)
    record(
        by,
        "dues.collected",
        stream=cell.code,
        kind="organisation",
        key=cell.code,
        data={
            "months": [month_vn(month) for month in months],
            "people": len(rows),
            "amount": sum(row.amount for row in rows),
        },
    )
    return rows


def _wrong(
    cell: Organisation, given: Sequence[Given], months: list[date], today: date
) -> Iterable[DomainError]:
    stays: dict[int, list[tuple[date, date]]] = {}
    rows = Membership.objects.filter(
        organisation=cell, standing__in=IN_PARTY, person__in={one.person.pk for one in given}
    )
    for person, since, until in rows.values_list("person", "since", "until"):
        stays.setdefault(person, []).append((since, until))
    there = Payment.objects.filter(
        person__in=with_merged(one.person.pk for one in given), month__in=months, corrected_by=None
    ).exclude(kind=NOTHING)
    already = set(there.annotate(owner=owner()).values_list("owner", "month"))
    seen: set[tuple[int, date]] = set()
    for one in given:
        name, month, field = one.person.full_name, month_vn(one.month), one.field or None
        if not 0 <= one.amount <= MOST:
            yield _unpayable(field, f"{name}, tháng {month}: ")
        if one.month > add_months(month_of(today), AHEAD):
            yield BadInput("dues.ahead", f"{name}: nộp trước nhiều nhất {AHEAD} tháng.", field)
        if (one.person.pk, one.month) in already | seen:
            yield Conflict(
                "dues.recorded",
                f"{name} đã được ghi đảng phí tháng {month}; muốn sửa thì mở đảng phí của đồng chí này.",
                field,
            )
        seen.add((one.person.pk, one.month))
        spans = stays.get(one.person.pk, [])
        # Dues in advance are those of a member of today.
        last = min(last_day(one.month), today) if one.month <= today else today
        if not any(since <= last and until > min(one.month, last) for since, until in spans):
            yield Refused(
                "dues.not_here", f"{name} không sinh hoạt ở {cell.name} trong tháng {month}.", field
            )


def _unpayable(field: str | None, whose: str = "") -> BadInput:
    words = f"{whose}số tiền phải từ 0 đến 1 tỷ đồng."
    return BadInput("dues.amount", words if whose else words.capitalize(), field)


def _struck_out(people: Iterable[int], months: list[date]) -> dict[tuple[int, date], int]:
    """The entries that took a payment away, by person and month: a new one follows them."""
    rows = Payment.objects.filter(person__in=people, month__in=months, corrected_by=None, kind=NOTHING)
    return {(person, month): pk for person, month, pk in rows.values_list("person", "month", "pk")}


def _hold(cell: Organisation, person: Person, rows: QuerySet[Payment]) -> None:
    """Wait for whoever records dues of the cell, of the member's own, or of those whose entries stand."""
    own = Person.objects.filter(pk=person.pk).values("home")
    concerned = Q(pk=cell.pk) | Q(pk__in=own) | Q(pk__in=rows.values("organisation"))
    list(Organisation.objects.select_for_update().filter(concerned).order_by("pk"))


@transaction.atomic
def settle(
    person: Person,
    cell: Organisation,
    month: date,
    *,
    kind: str,
    amount: int | None = None,
    paid_on: date | None = None,
    reason: str = "",
    by: Actor,
    today: date,
) -> Payment:
    """Say of one member and month what is so: paid, not paid for a good reason, or nothing. What stood stays."""
    if kind not in dict(PAYMENT_CHOICES):
        raise BadInput("dues.kind", "Cần chọn tháng này đã nộp hay chưa.", "kind")
    rows = Payment.objects.filter(person__in=with_merged([person.pk]), month=month, corrected_by=None)
    _hold(cell, person, rows)
    # Of a record that was merged into this one only what stands counts, and is corrected where it is.
    before = rows.exclude(kind=NOTHING).first() or rows.filter(person=person).first()
    standing = before if before is not None and before.kind != NOTHING else None
    reason = reason.strip()
    if (kind != PAID or standing is not None) and not reason:
        raise BadInput("dues.no_reason", "Cần ghi lý do.", "reason")
    if kind == NOTHING and standing is None:
        raise Refused("dues.nothing_there", "Tháng này chưa ghi gì nên không có gì để bỏ.", "kind")
    if kind == PAID and paid_on is None:
        raise BadInput("dues.no_day", "Cần ghi ngày nộp.", "paid_on")
    if kind == PAID and amount is None:
        raise BadInput("dues.no_amount", "Cần ghi số tiền đã nộp.", "amount")
    if paid_on is not None and paid_on > today:
        raise BadInput("dues.future", f"Ngày nộp {day_vn(paid_on)} chưa tới.", "paid_on")
    given = Given(person, month, (amount or 0) if kind == PAID else 0)
    if not 0 <= given.amount <= MOST:
        raise _unpayable("amount")
    if standing is None:
        raise_all(list(_wrong(cell, [given], [month], today)))
    place = standing.organisation if standing else cell
    ask, known = asker_for(place, today), accounts([person.pk], month, month)
    row = Payment.objects.create(
        person_id=before.person_id if before else person.pk,
        organisation=place,
        month=month,
        kind=kind,
        amount=given.amount,
        due=owed(known[person.pk], person, month, ask).amount if kind == PAID else None,
        paid_on=paid_on if kind == PAID else None,
        receipt=standing.receipt if standing and kind == PAID else "",
        reason=reason,
        recorded_at=now(),
        recorded_by_id=by.account,
        corrects=before,
    )
    refold(place, [month])
    said = {"month": month_vn(month), "kind": kind, "amount": row.amount}
    if standing is not None:
        said["before"] = f"{standing.kind} {standing.amount}"
    record(
        by,
        "dues.corrected" if standing else "dues.excused" if kind == EXCUSED else "dues.collected",
        stream=place.code,
        kind="person",
        key=person.ref,
        data=said,
        reason=reason,
    )
    return row


@transaction.atomic
def set_basis(
    person: Person,
    cell: Organisation,
    *,
    category: str,
    base: int | None,
    since: date,
    ground: str = "",
    by: Actor,
    today: date,
) -> Basis:
    """Say which category a member is of from a month on, and the pay or pension that counts."""
    if category not in CATEGORIES:
        raise BadInput("dues.category", "Nhóm này không có trong danh sách.", "category")
    named = CATEGORIES[category].base
    if named and base is None:
        raise BadInput("dues.no_base", f"Cần ghi {named.lower()} để tính đảng phí.", "base")
    if base is not None and not 0 <= base <= MOST:
        raise _unpayable("base")
    if month_of(since) > add_months(month_of(today), AHEAD):
        raise BadInput("dues.ahead", f"Chỉ ghi trước nhiều nhất {AHEAD} tháng.", "since")
    row = Basis.objects.create(
        person=person,
        organisation=cell,
        category=category,
        base=base if named else None,
        since=month_of(since),
        ground=ground.strip(),
        recorded_at=now(),
        recorded_by_id=by.account,
    )
    _refold_from(cell, row.since)
    record(
        by,
        "dues.basis",
        stream=cell.code,
        kind="person",
        key=person.ref,
        data={"category": category, "since": str(row.since)},
    )
    return row


@transaction.atomic
def relieve(
    person: Person,
    cell: Organisation,
    *,
    percent: int,
    since: date,
    until: date,
    ground: str,
    number: str = "",
    decided_on: date | None = None,
    by: Actor,
    today: date,
) -> Relief:
    """Exempt a member from dues, or let them pay less, for some months; ``until`` is the last of them."""
    first, after = month_of(since), add_months(month_of(until), 1)
    if first >= after:
        raise BadInput("dues.months", "Tháng cuối phải từ tháng đầu trở đi.", "until")
    if not 0 <= percent <= _WHOLE:
        raise BadInput("dues.percent", "Mức giảm phải từ 0 đến 100 phần trăm.", "percent")
    if not ground.strip():
        raise BadInput("dues.no_ground", "Cần ghi lý do.", "ground")
    if decided_on is not None and decided_on > today:
        raise BadInput("dues.future", f"Ngày quyết định {day_vn(decided_on)} chưa tới.", "decided_on")
    row = Relief.objects.create(
        person=person,
        organisation=cell,
        percent=percent,
        since=first,
        until=after,
        ground=ground.strip(),
        decision_number=number.strip(),
        decision_on=decided_on,
        recorded_at=now(),
        recorded_by_id=by.account,
    )
    _refold_from(cell, first)
    record(
        by,
        "dues.relieved",
        stream=cell.code,
        kind="person",
        key=person.ref,
        data={"percent": percent, "since": str(first), "until": str(after)},
        reason=row.ground,
    )
    return row


def _refold_from(cell: Organisation, first: date) -> None:
    """Whom the cell misses from a month on depends on what was just said."""
    rows = Collection.objects.filter(organisation=cell, month__gte=first)
    refold(cell, rows.values_list("month", flat=True))

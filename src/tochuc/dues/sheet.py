"""The sheet on which a cell records its dues: each member with some months, what each comes to, what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tochuc.dues.categories import CATEGORIES, OTHER
from tochuc.dues.models import PAID, PAYMENT_CHOICES, Arrear, Collection
from tochuc.dues.reading import Account, accounts, owed
from tochuc.kernel.days import add_months
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.months import last_day, month_vn
from tochuc.members.conditions import CONDITIONS
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Membership, Person
from tochuc.org.models import Organisation
from tochuc.regulations.asking import Asker, asker_for

OPEN, RECORDED, STOPPED = "open", "recorded", "stopped"
_KINDS = dict(PAYMENT_CHOICES)


@dataclass(frozen=True)
class Line:
    """One month of one member: still open, recorded, or open though nobody misses it; with the reason in words."""

    month: date
    state: str
    amount: int | None
    words: str

    @property
    def open(self) -> bool:
        """Whether a payment can be recorded here."""
        return self.state != RECORDED


@dataclass
class Row:
    """A member on the sheet. ``missing`` are months of theirs beyond those shown for which the cell has nothing."""

    person: Person
    about: str
    chosen: bool
    lines: list[Line] = field(default_factory=list)
    missing: list[date] = field(default_factory=list)


@dataclass(frozen=True)
class Tally:
    """What is recorded of one month of a cell, for its head."""

    members: int
    paid: int
    unpaid: int
    amount: int


def sheet(cell: Organisation, months: Sequence[date], today: date) -> list[Row]:
    """The members of a cell in some months, by name."""
    stays = (
        Membership.objects.filter(
            organisation=cell, standing__in=IN_PARTY, since__lte=last_day(months[-1]), until__gt=months[0]
        )
        .select_related("person")
        .order_by("person__sort_key", "person_id", "since")
    )
    spans: dict[int, list[Membership]] = {}
    for stay in stays:
        spans.setdefault(stay.person_id, []).append(stay)
    known, ask = accounts(spans, months[0], months[-1]), asker_for(cell, today)
    missing: dict[int, list[date]] = {}
    rows = Arrear.objects.filter(person__in=spans, month__lt=today.replace(day=1))
    for person, month in rows.order_by("month").values_list("person", "month"):
        if month not in months:
            missing.setdefault(person, []).append(month)
    return [_row(own, known[person], months, ask, missing.get(person, [])) for person, own in spans.items()]


def _row(
    stays: list[Membership], account: Account, months: Sequence[date], ask: Asker, missing: list[date]
) -> Row:
    person = stays[0].person
    now = owed(account, person, months[-1], ask)
    row = Row(person, about(now.category, now.relief), now.chosen, missing=missing)
    for month in months:
        here = [s for s in stays if s.since <= last_day(month) and s.until > month]
        if here:
            came_later = all(stay.since > month for stay in here)
            row.lines.append(_line(account, person, month, ask, came_later=came_later))
    return row


def about(category: str, relief: int) -> str:
    """A category with the relief, as the sheet names it."""
    label = CATEGORIES.get(category, CATEGORIES[OTHER]).label
    whole = 100
    return f"{label}, {'được miễn' if relief == whole else f'giảm {relief}%'}" if relief else label


def _line(account: Account, person: Person, month: date, ask: Asker, *, came_later: bool) -> Line:
    there = account.payments.get(month)
    if there is not None:
        if there.kind == PAID:
            day = f", ngày {day_vn(there.paid_on)}" if there.paid_on else ""
            return Line(month, RECORDED, there.amount, f"Đã nộp{day}")
        return Line(month, RECORDED, None, f"{_KINDS[there.kind]}: {there.reason}")
    due = owed(account, person, month, ask)
    stop = account.stopped(month)
    if due.exempt:
        return Line(month, STOPPED, 0, "Được miễn đảng phí")
    if stop is not None:
        return Line(month, STOPPED, due.amount, CONDITIONS[stop.kind].label)
    if came_later:
        return Line(month, STOPPED, due.amount, "Về chi bộ trong tháng")
    return Line(month, OPEN, due.amount, due.reckoned.missing if due.amount is None else "")


def month_to_record(cell: Organisation, last: date) -> date:
    """The month to begin with: the last one that ended, or the next once nobody is missed for it."""
    done = Collection.objects.filter(organisation=cell, month=last, unpaid=0).exists()
    return add_months(last, 1) if done else last


def tallies(rows: Sequence[Row], months: Sequence[date]) -> dict[date, Tally]:
    """What a sheet says of its months; one for which nothing is recorded has none."""
    found = {}
    for month in months:
        lines = [line for row in rows for line in row.lines if line.month == month]
        recorded = [line for line in lines if line.state == RECORDED]
        paid = [line.amount for line in recorded if line.amount is not None]
        if recorded:
            missed = sum(line.state == OPEN for line in lines)
            found[month] = Tally(len(lines), len(paid), missed, sum(paid))
    return found


def words(months: Sequence[date]) -> str:
    """Some months as a head names them: tháng 3/2023, or từ tháng 1/2023 đến tháng 3/2023."""
    if len(months) == 1:
        return f"tháng {month_vn(months[0])}"
    return f"từ tháng {month_vn(months[0])} đến tháng {month_vn(months[-1])}"

"""One person's dues: each month of a year with what was recorded and corrected, the category, the reliefs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tochuc.dues.models import EXCUSED, NOTHING, PAID, PAYMENT_CHOICES, Arrear, Basis, Payment, Relief
from tochuc.dues.reading import Account, owed
from tochuc.kernel.months import month_of, months
from tochuc.kernel.remembering import remembered
from tochuc.members.merged import with_merged
from tochuc.members.models import Membership, Person
from tochuc.org.models import Organisation
from tochuc.regulations.asking import asker_for

__all__ = ["EXCUSED", "NOTHING", "PAID", "Basis", "Month", "Relief"]

KINDS = dict(PAYMENT_CHOICES)


@dataclass(frozen=True)
class Month:
    """A month: what holds of it now, what stood before, newest first, whether the cell misses it."""

    month: date
    now: Payment | None
    before: tuple[Payment, ...]
    missed: bool


def year_of(person: Person, year: int) -> list[Month]:
    """The months of a year in order."""
    rows = [row for row in _payments(person) if row.month.year == year]
    missed = set(Arrear.objects.filter(person=person, month__year=year).values_list("month", flat=True))
    found = []
    for month in months(date(year, 1, 1), date(year, 12, 1)):
        own = [row for row in rows if row.month == month]
        standing = [row for row in own if not hasattr(row, "corrected_by") and row.kind != NOTHING]
        rest = tuple(row for row in own if row not in standing)
        found.append(Month(month, standing[0] if standing else None, rest, month in missed))
    return found


def years_of(person: Person) -> list[int]:
    """The years of which something is recorded, newest first."""
    return sorted({row.month.year for row in _payments(person)}, reverse=True)


@remembered
def _payments(person: Person) -> list[Payment]:
    """Everything recorded of the person's months, newest first."""
    rows = Payment.objects.filter(person__in=with_merged([person.pk]))
    return list(rows.select_related("organisation", "recorded_by", "corrected_by").order_by("-pk"))


@remembered
def bases_of(person: Person) -> list[Basis]:
    """What the dues were counted from, newest first."""
    rows = Basis.objects.filter(person__in=with_merged([person.pk]))
    return list(rows.select_related("recorded_by").order_by("-since", "-pk"))


@remembered
def reliefs_of(person: Person) -> list[Relief]:
    """Exemptions and reductions, newest first."""
    rows = Relief.objects.filter(person__in=with_merged([person.pk]))
    return list(rows.select_related("recorded_by").order_by("-pk"))


@dataclass(frozen=True)
class Now:
    """What a member's dues come to in a month, in words and with the rules behind."""

    category: str
    chosen: bool
    base: int | None
    relief: int
    amount: int | None
    missing: str
    whys: tuple[str, ...]


def now_of(person: Person, month: date, today: date) -> Now:
    """What the rules give for a person and month."""
    first = month_of(month)
    ask = asker_for(person.home, today)
    account = Account(bases_of(person)[::-1], reliefs_of(person)[::-1])
    found = owed(account, person, first, ask)
    whys: Iterable[str] = (rule.why for rule in found.reckoned.rules)
    return Now(
        found.category,
        found.chosen,
        found.base,
        found.relief,
        found.amount,
        found.reckoned.missing,
        tuple(whys),
    )


def cell_in(person: Person, month: date, today: date) -> Organisation | None:
    """The cell a person's dues of a month go to: where they stood when it began, else where they stand."""
    row = (
        Membership.objects.on(min(month, today)).filter(person=person).select_related("organisation").first()
    )
    return row.organisation if row else person.home

"""What a cell's members owe in some months: bases, reliefs and payments in force, read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from tochuc.dues.categories import Ask, Reckoned, likely, reckon
from tochuc.dues.models import NOTHING, PAID, Basis, Payment, Relief
from tochuc.kernel.months import last_day
from tochuc.members.conditions import ABROAD, IN_TRANSFER, TEMPORARY
from tochuc.members.kinds import IN_PARTY
from tochuc.members.merged import owner, with_merged
from tochuc.members.models import Condition, Membership, Person
from tochuc.org.models import Organisation

STOPPED_BY = (TEMPORARY, ABROAD, IN_TRANSFER)
"""Conditions in which a member's own cell doesn't miss their dues."""
_ALL = 100


@dataclass
class Account:
    """What is known of one member's dues."""

    bases: list[Basis] = field(default_factory=list)
    reliefs: list[Relief] = field(default_factory=list)
    payments: dict[date, Payment] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)

    def basis(self, month: date) -> Basis | None:
        """The basis that holds in a month."""
        return next((one for one in reversed(self.bases) if one.since <= month), None)

    def relief(self, month: date) -> Relief | None:
        """The relief that holds in a month; None where there is none or it was ended."""
        last = next((one for one in reversed(self.reliefs) if one.since <= month < one.until), None)
        return last if last is not None and last.percent else None

    def stopped(self, month: date) -> Condition | None:
        """A condition of that month in which the cell doesn't miss the dues."""
        end = last_day(month)
        return next((c for c in self.conditions if c.since <= end and c.until > month), None)

    def last_paid(self, month: date) -> Payment | None:
        """The latest payment for an earlier month."""
        before = [m for m, one in self.payments.items() if m < month and one.kind == PAID]
        return self.payments[max(before)] if before else None


@dataclass(frozen=True)
class Owed:
    """A member and a month: what the dues come to, or the last sum paid where the rules can't tell."""

    category: str
    chosen: bool
    base: int | None
    relief: int
    reckoned: Reckoned
    amount: int | None

    @property
    def exempt(self) -> bool:
        """Whether all of it is remitted."""
        return self.relief == _ALL


def accounts(people: Iterable[int], first: date, last: date) -> dict[int, Account]:
    """The accounts of some people (by id) for the months from one to another: four queries for all of them."""
    ids = list(people)
    theirs = with_merged(ids)
    found: defaultdict[int, Account] = defaultdict(Account)
    bases = Basis.objects.filter(person__in=theirs, since__lte=last).annotate(owner=owner())
    for basis in bases.order_by("since", "pk"):
        found[basis.owner].bases.append(basis)
    reliefs = Relief.objects.filter(person__in=theirs, since__lte=last, until__gt=first).annotate(
        owner=owner()
    )
    for relief in reliefs.order_by("pk"):
        found[relief.owner].reliefs.append(relief)
    # The year before as well, for the last sum paid.
    earlier = first.replace(year=first.year - 1)
    rows = Payment.objects.filter(person__in=theirs, month__range=(earlier, last), corrected_by=None)
    for payment in rows.exclude(kind=NOTHING).annotate(owner=owner()):
        # Where both records have one, the one of the record that stays.
        own = payment.person_id == payment.owner
        found[payment.owner].payments.setdefault(payment.month, payment)
        if own:
            found[payment.owner].payments[payment.month] = payment
    holding = Q(since__lte=last_day(last), until__gt=first)
    for one in Condition.objects.filter(holding, person__in=ids, kind__in=STOPPED_BY):
        found[one.person_id].conditions.append(one)
    return found


def owed(account: Account, person: Person, month: date, ask: Ask) -> Owed:
    """What a member's dues come to in a month; without a chosen category by what the occupation suggests."""
    basis, relief = account.basis(month), account.relief(month)
    category = basis.category if basis else likely(person.occupation)
    base = basis.base if basis else None
    percent = relief.percent if relief else 0
    reckoned = reckon(category, base, ask, month, relief=percent)
    amount = reckoned.amount
    if amount is None and (before := account.last_paid(month)) is not None:
        amount = before.amount
    return Owed(category, basis is not None, base, percent, reckoned, amount)


def stood_in(cell: Organisation, first: date, last: date) -> dict[str, Person]:
    """By ref, who was a member of the cell at some time from one month to another."""
    rows = Membership.objects.filter(
        organisation=cell, standing__in=IN_PARTY, since__lte=last_day(last), until__gt=first
    )
    return {stay.person.ref: stay.person for stay in rows.select_related("person")}


def expected(cell: Organisation, months: Several[date]) -> dict[date, list[Membership]]:
    """By month, who owes it to the cell: those who stood there when it began; by name.

    Who comes in the course of a month still pays it where they came from, or begins with the next.
    """
    rows = (
        Membership.objects.filter(
            organisation=cell, standing__in=IN_PARTY, since__lte=max(months), until__gt=min(months)
        )
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )
    stays = list(rows)
    found = {}
    for month in months:
        seen = {stay.person_id: stay for stay in stays if stay.since <= month < stay.until}
        found[month] = list(seen.values())
    return found

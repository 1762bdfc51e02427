"""Folding a cell's month: what came in, who keeps it, who is in arrears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tochuc.dues.models import EXCUSED, NOTHING, PAID, Arrear, Collection, Payment
from tochuc.dues.reading import accounts, expected, owed
from tochuc.dues.splitting import shares
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.regulations.asking import Asker, asker_for


def refold(cell: Organisation, months: Iterable[date]) -> None:
    """Add up the cell's months anew; one for which nothing is recorded has neither sums nor arrears."""
    wanted = sorted(set(months))
    if not wanted:
        return
    ask = asker_for(cell, wanted[-1])
    rows = Payment.objects.filter(organisation=cell, month__in=wanted, corrected_by=None)
    paid: dict[date, list[Payment]] = {}
    for row in rows.exclude(kind=NOTHING):
        paid.setdefault(row.month, []).append(row)
    standing = expected(cell, wanted)
    everyone = {stay.person_id: stay.person for stays in standing.values() for stay in stays}
    known = accounts(everyone, wanted[0], wanted[-1])
    Arrear.objects.filter(organisation=cell, month__in=wanted).delete()
    Collection.objects.filter(organisation=cell, month__in=wanted).delete()
    for month in wanted:
        if month not in paid:
            continue
        people = [stay.person for stay in standing[month]]
        relieved, missing = 0, []
        for person in people:
            account = known[person.pk]
            due = owed(account, person, month, ask)
            if month in account.payments:
                continue
            if due.exempt or account.stopped(month) is not None:
                relieved += 1
            else:
                missing.append(Arrear(person=person, month=month, organisation=cell, due=due.amount))
        _add_up(cell, month, people, paid[month], missing, relieved, ask)


def _add_up(
    cell: Organisation,
    month: date,
    people: list[Person],
    payments: list[Payment],
    missing: list[Arrear],
    relieved: int,
    ask: Asker,
) -> None:
    came = [one for one in payments if one.kind == PAID]
    amount = sum(one.amount for one in came)
    owing = sum(one.due if one.due is not None else one.amount for one in came)
    split = shares(cell, month, ask).of(amount)
    # A person has one row a month: who moved and is missed by both cells stands with the one folded last.
    Arrear.objects.filter(person__in=[one.person_id for one in missing], month=month).delete()
    Arrear.objects.bulk_create(missing)
    Collection.objects.create(
        organisation=cell,
        month=month,
        members=len({person.pk for person in people} | {one.person_id for one in payments}),
        paid=len(came),
        excused=sum(one.kind == EXCUSED for one in payments),
        relieved=relieved,
        unpaid=len(missing),
        due=owing + sum(one.due or 0 for one in missing),
        amount=amount,
        kept_by_cell=split.kept_by_cell,
        kept_by_base=split.kept_by_base,
        kept_above=split.kept_above,
        passed_on=split.passed_on,
    )

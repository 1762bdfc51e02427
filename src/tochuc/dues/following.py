"""Dues follow the record: when people are folded anew, so is whom their cells miss, this year's and last year's months."""

from __future__ import annotations

from collections.abc import Collection as Several
from datetime import date

from django.db.models import Q

from tochuc.access.clock import today
from tochuc.dues.folding import refold
from tochuc.dues.models import Arrear, Collection, Payment
from tochuc.members import following_up
from tochuc.members.merged import with_merged
from tochuc.members.models import Membership
from tochuc.org.models import Organisation


def look_again(people: Several[int]) -> None:
    """Fold anew the months of every cell where these people (by id) stand, stood, paid or are missed."""
    first = date(today().year - 1, 1, 1)
    if not Collection.objects.filter(month__gte=first).exists():
        return
    theirs = with_merged(people)
    rows = (
        Membership.objects.filter(person__in=theirs, until__gt=first).values_list("organisation"),
        Payment.objects.filter(person__in=theirs, month__gte=first).values_list("organisation"),
        Arrear.objects.filter(person__in=theirs, month__gte=first).values_list("organisation"),
    )
    cells = {cell for some in rows for (cell,) in some.order_by().distinct()}
    refold_cells(Q(organisation__in=cells, month__gte=first))


def refold_everything() -> None:
    """Fold every month there is anew, from the payments alone; for rows that came from files."""
    months: dict[int, set[date]] = {}
    for cell, month in Payment.objects.order_by().values_list("organisation", "month").distinct():
        months.setdefault(cell, set()).add(month)
    for organisation in Organisation.objects.filter(pk__in=months):
        refold(organisation, months[organisation.pk])


def refold_cells(which: Q) -> None:
    """Fold the collections that a condition names anew, cell by cell."""
    months: dict[int, list[date]] = {}
    for cell, month in Collection.objects.filter(which).values_list("organisation", "month"):
        months.setdefault(cell, []).append(month)
    for organisation in Organisation.objects.filter(pk__in=months).order_by("pk"):
        refold(organisation, months[organisation.pk])


def setup() -> None:
    """Look again whenever people are folded anew; called once when the application is ready."""
    following_up.register(look_again)

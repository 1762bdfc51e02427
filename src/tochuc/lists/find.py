"""Finding the members that a list asks for, in its order: today's record in one query, an earlier one by folding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Func, QuerySet

from tochuc.kernel.errors import Refused
from tochuc.kernel.names import fold as fold_name
from tochuc.lists import columns, criteria, party_days
from tochuc.lists.criteria import Asking
from tochuc.lists.wanted import BY_STANDING, STANDING_SLUGS, Wanted
from tochuc.members import ledger, listing, queries
from tochuc.members.kinds import IN_PARTY
from tochuc.members.known import Stood
from tochuc.members.known import stood as stood_then
from tochuc.members.models import Membership, Person
from tochuc.org.models import Under

Found = QuerySet[Membership] | Sequence[Any]

MOST_AS_KNOWN = 5000
"""Of a larger branch the list as known on a past day isn't folded while someone waits."""


def members(wanted: Wanted, known: datetime | None = None) -> Found:
    """The members that the list asks for, in its order; ``known`` is the moment whose knowledge counts.

    Raises ``Refused`` where the branch is too large to fold as known on a past day.
    """
    return members_now(wanted) if known is None else _as_known(wanted, known)


def members_now(wanted: Wanted) -> QuerySet[Membership]:
    """The same as known today, in one query."""
    standing = STANDING_SLUGS.get(wanted.standing, "")
    rows: QuerySet[Membership] = queries.members_of(wanted.organisation, wanted.day, standing=standing)
    if wanted.cell:
        rows = rows.filter(criteria.within(wanted.cell, wanted.day))
    rows = _narrowed(listing.named(rows, wanted.words), wanted, Asking(wanted.organisation, wanted.day))
    return _ordered(rows, wanted)


def _narrowed(rows: QuerySet[Any], wanted: Wanted, at: Asking) -> QuerySet[Any]:
    for slug, value in wanted.values.items():
        rows = criteria.BY_SLUG[slug].narrow(rows, value, at)
    return rows


def _ordered(rows: QuerySet[Membership], wanted: Wanted) -> QuerySet[Membership]:
    order, name = wanted.order, "person__sort_key"
    if criteria.BY_PARTY_DAYS & wanted.values.keys():
        # In an order that no index has and that a person alone doesn't give: the few who answer are sorted, never
        # the country's names read for them.
        key = Func(F(name), F("standing"), template="(%(expressions)s, 0))", arg_joiner=" || left(")
        rows, name = rows.alias(by_key=key), "by_key"
    if order == columns.NAME:
        fields = [name]
    elif order == "chi-bo":
        fields = ["organisation__fold"]
    elif order == BY_STANDING:
        fields = ["standing"]
    elif order == "ngay-vao":
        rows, fields = rows.annotate(by_day=party_days.admitted_on("person__", wanted.day)), ["by_day"]
    elif order == "tuoi-dang":
        rows, fields = rows.annotate(by_day=party_days.age_from("person__", wanted.day)), ["by_day"]
    else:
        fields = [f"person__{one}" for one in columns.COLUMNS[order].orders]
    first = [F(one).desc(nulls_last=True) if wanted.down else F(one).asc(nulls_last=True) for one in fields]
    return rows.order_by(*first, name, "person_id")


def _as_known(wanted: Wanted, known: datetime) -> list[Stood]:
    if ledger.headcount(wanted.organisation, wanted.today).total > MOST_AS_KNOWN:
        raise Refused(
            "too_many_as_known",
            f"Danh sách theo hồ sơ biết đến một ngày trước chỉ xem được ở nơi có không quá "
            f"{MOST_AS_KNOWN:,} đảng viên; hãy mở từng tổ chức trực thuộc.".replace(",", "."),
            "biet",
        )
    standing = STANDING_SLUGS.get(wanted.standing, "")
    standings = frozenset({standing}) if standing else IN_PARTY
    stood = stood_then(wanted.organisation, wanted.day, standings, known)
    inside = _units(wanted.cell, wanted.day) if wanted.cell else None
    people = Person.objects.filter(pk__in=[one.person.pk for one in stood])
    fitting = _narrowed(people, wanted, Asking(wanted.organisation, wanted.day, ""))
    fits = frozenset(fitting.values_list("pk", flat=True))
    stood = [
        one
        for one in stood
        if one.person.pk in fits
        and (inside is None or one.organisation.pk in inside)
        and _has_words(one.person, wanted.words)
    ]
    return _sorted(stood, wanted)


def _units(code: str, on: date) -> frozenset[int]:
    return frozenset(Under.objects.on(on).filter(above__code=code).values_list("unit", flat=True))


def _has_words(person: Person, words: str) -> bool:
    own = f" {person.fold}"
    return all(f" {part}" in own for part in fold_name(words).split())


def _sorted(stood: list[Stood], wanted: Wanted) -> list[Stood]:
    stood.sort(key=lambda one: (one.person.sort_key, one.person.pk))
    order = wanted.order
    if order == "chi-bo":
        stood.sort(key=lambda one: one.organisation.fold, reverse=wanted.down)
    elif order == BY_STANDING:
        stood.sort(key=lambda one: one.standing, reverse=wanted.down)
    elif order in columns.COLUMNS and (fields := columns.COLUMNS[order].orders):
        stood.sort(key=lambda one: getattr(one.person, fields[0]), reverse=wanted.down)
    return stood

"""People of a branch who may have been entered twice, and those found to be two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from django.db import transaction
from django.db.models import QuerySet

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.desk import likeness
from tochuc.desk.likeness import Known, Pair
from tochuc.desk.models import NotSame
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import KnownDate, Precision
from tochuc.kernel.names import fold
from tochuc.members.models import Person
from tochuc.org.models import Organisation, OrganisationSpan, Under

MOST_PEOPLE = 400_000
"""A branch larger than this is looked at by its parts."""

_COLUMNS = (
    "pk", "full_name", "fold", "gender", "birth_on", "birth_precision", "card_number", "identity__digest",
    "hometown", "home",
)  # fmt: skip


def in_branch(branch: Organisation, on: date) -> list[Pair]:
    """The pairs of a branch that nobody has found to be two, the strongest first.

    Raises ``Refused`` for a branch of more than ``MOST_PEOPLE``.
    """
    units = Under.objects.on(on).filter(above=branch).values("unit")
    people = Person.objects.filter(home__in=units, merged_into=None)
    if people.count() > MOST_PEOPLE:
        raise Refused("too_many", "Đảng bộ này quá lớn để tìm một lượt; hãy mở từng đảng bộ cấp dưới.")
    two = set(NotSame.objects.filter(low__home__in=units).values_list("low", "high"))
    return [pair for pair in likeness.pairs(_known(people, on)) if (pair.low, pair.high) not in two]


def between(a: Person, b: Person, on: date) -> Pair | None:
    """What these two have in common; None where they don't look alike."""
    found = likeness.pairs(_known(Person.objects.filter(pk__in=(a.pk, b.pk)), on))
    return found[0] if found else None


def _known(people: QuerySet[Person], on: date) -> Iterator[Known]:
    above = dict(OrganisationSpan.objects.on(on).values_list("organisation", "parent"))
    for pk, name, folded, gender, birth, precision, card, digest, hometown, home in people.values_list(
        *_COLUMNS
    ).iterator(chunk_size=5000):
        yield Known(
            pk,
            name,
            folded,
            gender,
            KnownDate(birth, cast(Precision, precision)),
            card,
            bytes(digest or b""),
            fold(hometown),
            above.get(home) or home,
        )


def people_of(pairs: Iterable[Pair]) -> dict[int, Person]:
    """The people of these pairs by id, with their cells."""
    ids = {pk for pair in pairs for pk in (pair.low, pair.high)}
    return Person.objects.select_related("home").in_bulk(ids)


def found_two(branch: Organisation, on: date) -> QuerySet[NotSame]:
    """The pairs of a branch that were found to be two people, the latest first."""
    units = Under.objects.on(on).filter(above=branch).values("unit")
    return (
        NotSame.objects.filter(low__home__in=units, high__home__in=units)
        .select_related("low", "high", "said_by")
        .order_by("-said_at", "-pk")
    )


@transaction.atomic
def say_two(a: Person, b: Person, *, by: Actor, reason: str) -> None:
    """Remember that two records that look alike are of two people; the reason is asked for."""
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi vì sao biết đây là hai người.", "reason")
    low, high = sorted((a, b), key=lambda one: one.pk)
    NotSame.objects.update_or_create(
        low=low, high=high, defaults={"reason": reason.strip(), "said_by_id": by.account, "said_at": now()}
    )
    _note("duplicate.two", low, high, by, reason.strip())


def said_two(a: Person, b: Person) -> NotSame | None:
    """That these are two people, as somebody said it; None where nobody did."""
    low, high = sorted((a, b), key=lambda one: one.pk)
    return NotSame.objects.filter(low=low, high=high).select_related("said_by").first()


@transaction.atomic
def forget_two(a: Person, b: Person, *, by: Actor) -> None:
    """Let a pair be asked about again."""
    low, high = sorted((a, b), key=lambda one: one.pk)
    if NotSame.objects.filter(low=low, high=high).delete()[0]:
        _note("duplicate.open", low, high, by, "")


def _note(action: str, low: Person, high: Person, by: Actor, reason: str) -> None:
    stream = low.home.code if low.home else "system"
    record(by, action, stream=stream, kind="person", key=low.ref, data={"other": high.ref}, reason=reason)

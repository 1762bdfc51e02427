"""The national identity number (số căn cước, số định danh cá nhân): kept sealed, found by its digest, shown on record.

Nothing else in Tochuc opens it. Equal numbers of two people are no mistake that can be refused here: the same
person may have been entered twice, and whoever looks for that needs to see both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, QuerySet

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused
from tochuc.kernel.sealing import Keyring
from tochuc.members import facts
from tochuc.members.facts import Ground
from tochuc.members.models import IdentityNumber, Person, Proposal
from tochuc.members.record_values import NATIONAL_ID
from tochuc.rules.ask import history

HIDDEN = "••••••••••••"
"""What stands in the place of a number that isn't opened."""

_LEADING = "records.identity_leading"
_BETWEEN = re.compile(r"[\s.\-–]")
_LENGTHS = (9, 12)
_BATCH = 2000


T = TypeVar("T")


def batched(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    """Rows some at a time."""
    while batch := list(islice(rows, size)):
        yield batch


def keyring() -> Keyring:
    """The keys as they are now."""
    return Keyring(settings.FIELD_KEYS())


def clean(text: str) -> str:
    """The number in digits: 12 of the citizen's card, 9 of the older identity card. ``Refused`` for anything else."""
    digits = _BETWEEN.sub("", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS):
        raise Refused(
            "identity_unreadable",
            "Số căn cước gồm 12 chữ số; số chứng minh nhân dân cũ gồm 9 chữ số.",
            "national_id",
        )
    return digits


def readable(text: str) -> bool:
    """Whether it is a number that can be kept."""
    digits = _BETWEEN.sub("", text)
    return digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS


@transaction.atomic
def set_national_id(person: Person, number: str, *, by: Actor, ground: str = "") -> bool:
    """Record a person's identity number in the place of what was there; whether that changed anything."""
    digits = clean(number)
    held = Person.objects.select_for_update(of=("self",)).select_related("identity").get(pk=person.pk)
    ring = keyring()
    if holds(held, digits, ring):
        return False
    made = sealed(held, digits, ring, by=by)
    made.save()
    _point(held, made, by, ground)
    person.identity = made
    return True


@transaction.atomic
def withdraw_national_id(person: Person, *, by: Actor, ground: str) -> None:
    """Take a number back that isn't this person's, with the reason; what was recorded stays sealed in the past."""
    if not ground.strip():
        raise Refused("no_reason", "Cần ghi lý do bỏ số căn cước.", "ground")
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.identity_id is not None:
        _point(held, None, by, ground)
    person.identity = None


def _point(person: Person, number: IdentityNumber | None, by: Actor, ground: str) -> None:
    change = {NATIONAL_ID: (str(person.identity_id or ""), str(number.pk) if number else "")}
    why = Ground(words=ground, correcting=True)
    facts.store(facts.appended([(person, change)], why, at=now(), by=by.account))
    person.identity = number
    person.save(update_fields=["identity"])
    _note("identity.set", person, by, reason=ground, data={"number": number.pk if number else None})


def holds(person: Person, digits: str, ring: Keyring | None = None) -> bool:
    """Whether this number is the person's recorded one, without opening it."""
    known = person.identity
    return known is not None and bytes(known.digest) in (ring or keyring()).digests(digits)


def sealed(person: Person, digits: str, ring: Keyring, *, by: Actor, pk: int | None = None) -> IdentityNumber:
    """A number of a person who has a row already, sealed and not yet stored."""
    gender, year = says(digits)
    return IdentityNumber(
        pk=pk,
        person_id=person.pk,
        sealed=seal_for(person.pk, digits, ring),
        digest=ring.digest(digits),
        recorded_at=now(),
        recorded_by_id=by.account,
        digits=len(digits),
        says_gender=gender,
        says_birth_year=year,
    )


def seal_for(person: int, digits: str, ring: Keyring) -> bytes:
    """A number sealed for the person of this id."""
    return ring.seal(digits, _about(person))


def show(person: Person, *, by: Actor, why: str = "") -> str:
    """The number, opened; empty where none is recorded. That it was shown stays in the trail, one's own too."""
    number = numbers_of([person]).get(person.pk, "")
    if number:
        _note("identity.read", person, by, reason=why, data={})
    return number


def numbers_of(people: Iterable[Person]) -> dict[int, str]:
    """The numbers of many people by id, opened. The caller notes in the trail that it hands them out."""
    wanted = {person.identity_id: person.pk for person in people if person.identity_id is not None}
    ring = keyring()
    rows = IdentityNumber.objects.filter(pk__in=wanted)
    return {row.person_id: ring.unseal(bytes(row.sealed), _about(row.person_id)) for row in rows}


def says(digits: str) -> tuple[str, int | None]:
    """What a number of 12 digits says by its form: gender and year of birth; nothing for an older one."""
    if len(digits) != _LENGTHS[1]:
        return "", None
    leading = history(_LEADING)[-1].value
    gender, century = str(leading[int(digits[3])]).split()  # type: ignore[index]
    return gender, int(century) + int(digits[4:6])


def with_number(people: QuerySet[Person], number: str) -> QuerySet[Person]:
    """Those of these people whose recorded number is exactly this one; nobody for what is no number."""
    if not readable(number):
        return people.none()
    rows = IdentityNumber.objects.filter(digest__in=keyring().digests(clean(number)))
    return people.filter(identity__in=rows)


def shared(people: QuerySet[Person]) -> list[list[int]]:
    """People (by id) of whom several have the same number recorded; whoever merges them looks here."""
    several = (
        people.filter(identity__isnull=False)
        .values("identity__digest")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .values("identity__digest")
    )
    rows = people.filter(identity__digest__in=several).order_by("pk").values_list("identity__digest", "pk")
    found: dict[bytes, list[int]] = {}
    for digest, pk in rows:
        found.setdefault(bytes(digest), []).append(pk)
    return list(found.values())


def next_numbers(how_many: int) -> list[int]:
    """Primary keys for rows that are stored together with the people who point at them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [IdentityNumber._meta.db_table, how_many],
        )
        return [number for (number,) in cursor.fetchall()]


def seal_anew() -> int:
    """Seal every number with the newest key, as the tables' owner; how many were sealed anew. Safe to run again.

    Those that members proposed and nobody has decided on yet are sealed anew too.
    """
    ring, done = keyring(), 0
    rows = IdentityNumber.objects.using("owner").order_by("pk")
    for batch in batched(rows.iterator(chunk_size=_BATCH), _BATCH):
        stale = [row for row in batch if not ring.fresh(bytes(row.sealed))]
        for row in stale:
            digits = ring.unseal(bytes(row.sealed), _about(row.person_id))
            row.sealed, row.digest = seal_for(row.person_id, digits, ring), ring.digest(digits)
        IdentityNumber.objects.using("owner").bulk_update(stale, ["sealed", "digest"])
        done += len(stale)
    return done + _seal_proposals_anew(ring)


def _seal_proposals_anew(ring: Keyring) -> int:
    waiting = Proposal.objects.using("owner").filter(sealed__isnull=False)
    stale = [row for row in waiting.iterator() if not ring.fresh(bytes(row.sealed or b""))]
    for row in stale:
        row.sealed = seal_proposed(
            row.person_id, open_proposed(row.person_id, bytes(row.sealed or b""), ring), ring
        )
    Proposal.objects.using("owner").bulk_update(stale, ["sealed"], batch_size=_BATCH)
    return len(stale)


def seal_proposed(person: int, digits: str, ring: Keyring) -> bytes:
    """A number that a member proposes, sealed apart from those in force."""
    return ring.seal(digits, f"proposal:{person}")


def open_proposed(person: int, sealed: bytes, ring: Keyring) -> str:
    """The same, opened; the caller notes it in the trail where somebody sees it."""
    return ring.unseal(sealed, f"proposal:{person}")


def _about(person: int) -> str:
    return f"national_id:{person}"


def _note(action: str, person: Person, by: Actor, *, reason: str, data: dict[str, int | None]) -> None:
    stream = person.home.code if person.home else "system"
    record(by, action, stream=stream, kind="person", key=person.ref, data=data, reason=reason)

"""Filling the demonstration's records beyond what lists hold: fields of the forms, tables, identity numbers, a past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from random import Random
from typing import Any

from django.db.models import OuterRef, Subquery

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.shapes import DemoPerson
from tochuc.members import identity
from tochuc.members.models import Fact, IdentityNumber, Person

_BATCH = 2000
_MILLION = 1_000_000
_YEARS_BEFORE = 10


def details(person: DemoPerson, seed: int) -> tuple[dict[str, str], str]:
    """The fields without a column of their own, and the number of the personal history."""
    rng, words = drawn(person, seed), _words()
    shares: Mapping[str, float] = words["shares"]
    found = {"nationality": words["nationality"], "birth_place": person.hometown}
    if person.qualification and rng.random() < shares["languages"]:
        found |= {"languages": rng.choice(words["languages"]), "computing": rng.choice(words["computing"])}
    numbered = person.card_number and rng.random() < shares["member_number"]
    number = f"{rng.randrange(_MILLION):06} {words['history_letters']}" if numbered else ""
    return found, number


def fill(
    people: Iterable[DemoPerson], made: Mapping[str, int], begun: Mapping[str, datetime], seed: int
) -> None:
    """Store the facts and the identity numbers of some of these people, recorded when their ledger began."""
    people = list(people)
    Fact.objects.bulk_create(
        (
            fact
            for one in people
            if one.ref in begun
            for fact in _facts(one, made[one.ref], begun[one.ref], seed)
        ),
        batch_size=_BATCH,
    )
    _identities(people, made, begun, seed)


def _facts(person: DemoPerson, pk: int, at: datetime, seed: int) -> Iterator[Fact]:
    rng, words = drawn(person, seed, "facts"), _words()
    shares: Mapping[str, float] = words["shares"]
    born = int(person.birth_iso[:4])
    ground = words["ground"]
    if rng.random() < shares["award"]:
        listed = [one for one in words["awards"] if born < one.get("born_before", born + 1)]
        award = {k: v for k, v in rng.choice(listed).items() if k != "born_before"}
        year = str(rng.randrange(max(born + 25, 1975), max(born + 26, at.year)))
        yield Fact(person_id=pk, field="award", value=award | {"on": year}, recorded_at=at, ground=ground)
    if rng.random() < shares["training"]:
        year = str(rng.randrange(max(born + 20, 1976), max(born + 21, at.year)))
        training = rng.choice(words["trainings"]) | {"since": year}
        yield Fact(person_id=pk, field="training", value=training, recorded_at=at, ground=ground)
    if rng.random() < shares["moved"] and born < at.year - 2 * _YEARS_BEFORE:
        before = f"{rng.choice(words['earlier_homes'])}, {person.residence.split(', ', 1)[-1]}"
        since = date(at.year - rng.randrange(1, _YEARS_BEFORE), rng.randrange(1, 13), 1)
        yield Fact(person_id=pk, field="residence", value=before, recorded_at=at, ground=ground)
        yield Fact(
            person_id=pk,
            field="residence",
            value=person.residence,
            since=since,
            since_precision="month",
            recorded_at=at,
            ground=ground,
        )


def _identities(
    people: list[DemoPerson], made: Mapping[str, int], begun: Mapping[str, datetime], seed: int
) -> None:
    share, ring = _words()["shares"]["identity"], identity.keyring()
    rows = []
    for one in people:
        rng = drawn(one, seed, "identity")
        if one.ref in begun and rng.random() < share:
            digits = number_of(rng, one)
            rows.append(
                IdentityNumber(
                    person_id=made[one.ref],
                    sealed=identity.seal_for(made[one.ref], digits, ring),
                    digest=ring.digest(digits),
                    recorded_at=begun[one.ref],
                )
            )
    IdentityNumber.objects.bulk_create(rows, batch_size=_BATCH)
    own = IdentityNumber.objects.filter(person=OuterRef("pk")).values("pk")
    Person.objects.filter(pk__in=[row.person_id for row in rows]).update(identity=Subquery(own))


def number_of(rng: Random, person: DemoPerson) -> str:
    """Twelve digits as cards have them: province, century with sex, year of birth, six more."""
    year = int(person.birth_iso[:4])
    mark = 2 * ((year - 1900) // 100) + (person.gender == "female")
    return f"{_words()['identity_province']}{mark}{year % 100:02}{rng.randrange(_MILLION):06}"


def drawn(person: DemoPerson, seed: int, what: str = "") -> Random:
    """Chance that is the person's own, whatever else is generated."""
    return Random(f"{seed}/{person.ref}/{what}")


def _words() -> dict[str, Any]:
    return sources.settings("records.yaml")

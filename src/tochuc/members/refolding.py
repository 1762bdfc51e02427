"""Folding people anew to see whether what is stored is what their events say, and to mend it where it isn't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

from tochuc.kernel.names import fold as fold_name
from tochuc.kernel.names import sort_key
from tochuc.kernel.violations import PERSON, Violation
from tochuc.members import bulk
from tochuc.members.folds import Contradiction, Folded, fold
from tochuc.members.invariants import REFOLD
from tochuc.members.models import Condition, Holds, MemberEvent, Membership, Movement, Person

_BATCH = 2000
_FOLDED = (
    (Membership, bulk.memberships),
    (Movement, bulk.movements),
    (Holds, bulk.holdings),
    (Condition, bulk.conditions),
)
_CORRECT = "đính chính mục ghi sai trong hồ sơ của người này"


def sample(most: int | None) -> Iterable[int]:
    """Ids of people spread over the whole record, at most so many; everyone for None."""
    ids = Person.objects.order_by("pk").values_list("pk", flat=True)
    if most is None:
        return ids.iterator(chunk_size=_BATCH)
    last = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    step = max(1, last // max(most, 1))
    # By number, a few at a time all over the range: counting everyone would take longer than folding these.
    wanted = range(1, last + 1, step)
    return ids.filter(pk__in=wanted) if step > 1 else ids


def differences(people: Iterable[int]) -> Iterator[Violation]:
    """Who of these people (by id) isn't stored as their events say, or can't have lived as they say."""
    ids = iter(people)
    while batch := list(islice(ids, _BATCH)):
        yield from _differences(batch)


def _differences(ids: list[int]) -> Iterator[Violation]:
    stored = {model: _by_person(_rows(model, ids)) for model, _ in _FOLDED}
    events = MemberEvent.objects.filter(person__in=ids).order_by("person_id", "id")
    own = {person: list(group) for person, group in groupby(events, key=lambda e: e.person_id)}
    for person in Person.objects.filter(pk__in=ids).order_by("pk"):
        try:
            folded = fold(own.get(person.pk, []))
        except Contradiction as broken:
            yield _violation("contradiction", person, f"các mục đã ghi mâu thuẫn: {broken.message}", _CORRECT)
            continue
        if not _same(person, folded, stored):
            yield _violation("fold", person, "sổ tổng hợp không khớp với các mục đã ghi", REFOLD)
        if (person.fold, person.sort_key) != (fold_name(person.full_name), sort_key(person.full_name)):
            yield _violation(
                "name",
                person,
                "tên để tìm hoặc để sắp xếp không khớp với họ tên",
                "ghi lại họ tên của người này",
            )


def _same(person: Person, folded: Folded, stored: dict[Any, dict[int, list[tuple[Any, ...]]]]) -> bool:
    if (person.standing, person.home_id) != (folded.last.standing, folded.home):
        return False
    return all(
        sorted(stored[model].get(person.pk, ()), key=repr)
        == sorted((_values(row) for row in rows({person.pk: folded})), key=repr)
        for model, rows in _FOLDED
    )


def _fields(model: Any) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if not f.primary_key and not f.generated]


def _values(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _fields(type(row)))


def _rows(model: Any, ids: list[int]) -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = model._default_manager.filter(person__in=ids).values_list(
        "person_id", *_fields(model)
    )
    return rows


def _by_person(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for person, *values in rows:
        found.setdefault(person, []).append(tuple(values))
    return found


def _violation(code: str, person: Person, problem: str, mend: str) -> Violation:
    return Violation(code, PERSON, person.ref, person.full_name, problem, mend)


def mend(refs: Iterable[str]) -> int:
    """Fold these people (by the key of their record) anew from their events; give how many."""
    return bulk.refold_many(Person.objects.filter(ref__in=set(refs)).values_list("pk", flat=True))

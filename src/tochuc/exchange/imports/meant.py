"""Whom a row of a list of movements means: by card, by identity number, or by name together with birth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tochuc.changes.since import known_date
from tochuc.exchange.imports.known import Branch
from tochuc.kernel.names import fold
from tochuc.members import identity
from tochuc.members.models import Person

Told = tuple[str, str, str, str]
"""Field, code, value and message of something to be said of a row."""


@dataclass
class Meant:
    """The person found, or why nobody was; ``doubts`` ask for a look. ``unknown``: nobody alike is in the record."""

    person: int | None = None
    error: Told | None = None
    doubts: list[Told] = field(default_factory=list)
    unknown: bool = False


def meant(branch: Branch, fields: Mapping[str, Any]) -> Meant:
    """Who of a branch is meant; several who fit, or two numbers that lead to different people, are an error."""
    branch.expect([fields])
    found = {name: pk for name, pk in _ways(branch, fields) if pk is not None}
    if len(set(found.values())) > 1:
        words = "Số thẻ, số căn cước và họ tên của dòng này dẫn tới những hồ sơ khác nhau."
        return Meant(error=("full_name", "two_people", fields.get("full_name", ""), words))
    if not found:
        return _nobody(branch, fields)
    person = Person.objects.get(pk=next(iter(found.values())))
    return _checked(person, fields, found)


def _ways(branch: Branch, fields: Mapping[str, Any]) -> Iterator[tuple[str, int | None]]:
    card = fields.get("card_number")
    yield "card_number", branch.by_card.get(card) if card else None
    if number := fields.get("national_id"):
        several = identity.with_number(Person.objects.filter(merged_into=None), number)
        there = branch.holding(several.values_list("pk", flat=True))
        yield "national_id", there[0] if len(there) == 1 else None
    yield "full_name", branch.match({k: v for k, v in fields.items() if k != "card_number"})


def _nobody(branch: Branch, fields: Mapping[str, Any]) -> Meant:
    name = fields.get("full_name", "")
    namesakes = branch.by_name.get(fold(name), [])
    if not namesakes:
        return Meant(unknown=True)
    if "birth" not in fields:
        words = (
            f"Có {len(namesakes)} người tên «{name}» trong sổ; cần thêm ngày sinh, số thẻ hoặc số căn cước."
        )
        return Meant(error=("full_name", "who", name, words))
    born = known_date(fields["birth"]).span
    if any(one.birth.span.overlaps(born) for one in namesakes):
        words = f"Có nhiều người tên «{name}» hợp với ngày sinh này; cần thêm số thẻ hoặc ngày sinh đầy đủ."
        return Meant(error=("birth", "who", fields["birth"], words))
    return Meant(unknown=True)


def _checked(person: Person, fields: Mapping[str, Any], found: Mapping[str, int]) -> Meant:
    """A number that is found under another name and birth is an error; what only nearly agrees is a doubt."""
    told = Meant(person.pk)
    name, birth = fields.get("full_name", ""), fields.get("birth")
    agrees = birth is None or known_date(birth).span.overlaps(person.birth.span)
    if "full_name" not in found:
        by = "card_number" if "card_number" in found else "national_id"
        if name and fold(name) != person.fold and not (birth and agrees):
            words = f"Số này trong sổ là của đồng chí {person.full_name}, sinh {person.birth.vn}."
            return Meant(error=(by, "number_of_another", fields.get(by, ""), words))
        if not agrees:
            words = f"Tìm theo số; sổ ghi sinh {person.birth.vn}, dòng này ghi {known_date(str(birth)).vn}."
            told.doubts.append(("birth", "birth_differs", str(birth), words))
    if name and name != person.full_name:
        words = f"Sổ ghi họ tên là {person.full_name}."
        told.doubts.append(("full_name", "name_differs", name, words))
    if list(found) == ["full_name"] and birth and known_date(birth).precision != "day":
        words = (
            f"Tìm theo họ tên và {known_date(birth).vn}: hồ sơ {person.full_name}, sinh {person.birth.vn}."
        )
        told.doubts.append(("full_name", "found_loosely", name, words))
    return told

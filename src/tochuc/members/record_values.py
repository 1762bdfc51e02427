"""Reading and setting the current value of a field of a record, wherever it stands: a column, or ``details``.

Values are text, a date as exactly as it is known; an identity number is the number of its sealed row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from tochuc.kernel.known_dates import KnownDate
from tochuc.kernel.names import fold, sort_key
from tochuc.members.models import Person
from tochuc.members.record_fields import FIELDS

NATIONAL_ID = "national_id"
MERGED_INTO = "merged_into"
"""Of a record entered twice: the number of the one that stays. No field of the form."""
DERIVED = {
    "full_name": ("full_name", "fold", "sort_key"),
    "birth": ("birth_on", "birth_precision"),
    NATIONAL_ID: ("identity_id",),
}
"""Fields that stand in columns of other names; ``details`` holds what has no column."""


def value_of(person: Person, code: str) -> str:
    """What the record says of a field now; empty where it says nothing."""
    if code == NATIONAL_ID:
        return str(person.identity_id or "")
    if code == MERGED_INTO:
        return str(person.merged_into_id or "")
    if code == "birth":
        return person.birth.iso
    if FIELDS[code].column:
        return str(getattr(person, code))
    return str(person.details.get(code, ""))


def put(person: Person, values: Mapping[str, str]) -> list[str]:
    """Set fields of a record without saving; give the columns that were set."""
    columns: list[str] = []
    for code, value in values.items():
        if code == MERGED_INTO:
            person.merged_into_id = int(value) if value else None
            columns.append("merged_into_id")
            continue
        field = FIELDS[code]
        columns += DERIVED.get(code, (code,)) if field.column else ("details",)
        if code == "birth":
            known = known_date(value)
            person.birth_on, person.birth_precision = known.first, known.precision
        elif code == NATIONAL_ID:
            person.identity_id = int(value) if value else None
        elif not field.column:
            person.details = {k: v for k, v in {**person.details, code: value}.items() if v}
        else:
            setattr(person, code, value)
            if code == "full_name":
                person.fold, person.sort_key = fold(value), sort_key(value)
    return sorted(set(columns))


@lru_cache(maxsize=4096)
def known_date(iso: str) -> KnownDate:
    """A date from how records write it: ``1975-04-02``, ``1975-04`` or ``1975``."""
    year, month, day = (*(int(part) for part in iso.split("-")), 0, 0)[:3]
    return KnownDate(date(year, month or 1, day or 1), "day" if day else "month" if month else "year")

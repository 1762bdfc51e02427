"""Errors that refuse a row and doubts that ask about it; the codes are the contract's."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

from tochuc.documents.extract.normal import Source as Letters
from tochuc.exchange.intake.centuries import settled
from tochuc.exchange.intake.dates import Written
from tochuc.exchange.intake.fields import Said
from tochuc.exchange.intake.firsts import FirstPlaces
from tochuc.exchange.intake.layout import DATE_FIELDS, NAME, Layout, Source
from tochuc.exchange.intake.wordlists import wordlist
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import KnownDate
from tochuc.rules.ask import history, rule

Finding = dict[str, str]
Known = Callable[[str, str | None, str | None], bool]
"""Whether the record holds someone of that name and birth, or with that card."""

_AGE = "admission.age_minimum"
_ROW_BITS = 32
_TWO_PLACES = re.compile("[ou][àáảãạèéẻẽẹỳýỷỹỵ]")


@dataclass
class Seen:
    """The people of the file so far, by name and birth: where each was first read, as sheet and row.

    ``often``: the list may name a person in several rows.
    """

    often: bool = False
    sheets: list[str | None] = field(default_factory=list)
    places: FirstPlaces = field(default_factory=FirstPlaces)

    def first(self, name: str, birth: str, sheet: str | None, row: int) -> tuple[str | None, int]:
        """Where that person was first read: here, or before."""
        if not self.sheets or self.sheets[-1] != sheet:
            self.sheets.append(sheet)
        here = (len(self.sheets) - 1 << _ROW_BITS) + row
        place = self.places.first(f"{name}\n{birth}", here)
        return self.sheets[place >> _ROW_BITS], place & (1 << _ROW_BITS) - 1


@dataclass(slots=True)
class Judged:
    """One row's dates as settled, and what was found."""

    dates: dict[str, KnownDate]
    errors: list[Finding]
    doubts: list[Finding]


class Judge:
    """Judges the rows of one list.

    `month_first`: columns where some value can only be month-first. `seen` is shared by the whole file.
    """

    def __init__(
        self,
        layout: Layout,
        sheet: str | None,
        month_first: frozenset[int],
        seen: Seen,
        today: date,
        known: Known | None,
    ) -> None:
        self._name = layout.sources[NAME][0]
        self._sheet = sheet
        self._month_first = month_first
        self._seen = seen
        self._today = today
        self._known = known

    def judge(self, row: int, said: Said) -> Judged:
        """What is wrong and what is doubtful about a row."""
        dates = settled({name: written for name, (_, written) in said.dates.items()}, self._today)
        found = Judged(dates, [], [])
        name = said.fields.get(NAME)
        if not isinstance(name, str):
            name = ""
            found.errors.append(_finding("errors", self._name, NAME, "missing_name", ""))
        for field_name in DATE_FIELDS:
            if field_name in said.dates:
                self._date(field_name, *said.dates[field_name], found)
        for field_name, source, code, value in said.doubts:
            found.doubts.append(_doubt(field_name, source, code, value))
        self._order(said, found)
        self._age(said, found)
        self._twice(row, name, found)
        self._in_record(name, said, found)
        return found

    def _date(self, name: str, source: Source, written: Written, found: Judged) -> None:
        known = found.dates.get(name)
        if known is None:
            why = wordlist("messages")["reasons"]["date"][written.why or "no_such_day"]
            found.errors.append(_finding("errors", source, name, "unreadable_date", written.shown, why=why))
            return
        if written.short:
            found.doubts.append(
                _finding("doubts", source, name, "two_digit_year", written.shown, read=known.vn)
            )
        if written.month_first or (written.two_numbers and source.column in self._month_first):
            found.doubts.append(
                _finding("doubts", source, name, "day_month_ambiguous", written.shown, read=known.vn)
            )
        if known.first > self._today:
            found.doubts.append(_finding("doubts", source, name, "future_date", written.shown, read=known.vn))

    def _order(self, said: Said, found: Judged) -> None:
        admitted, official = found.dates.get("admitted_on"), found.dates.get("official_on")
        if admitted and official and official.first < admitted.first and official.last < admitted.first:
            source, written = said.dates["official_on"]
            found.errors.append(
                _finding(
                    "errors",
                    source,
                    "official_on",
                    "official_before_admitted",
                    written.shown,
                    official=official.vn,
                    admitted=admitted.vn,
                )
            )

    def _age(self, said: Said, found: Judged) -> None:
        birth, admitted = found.dates.get("birth"), found.dates.get("admitted_on")
        if not birth or not admitted or admitted.first.year - birth.first.year > _greatest_least_age():
            return
        years = _least_age(admitted.last)
        if add_months(birth.first, 12 * years) > admitted.last:
            source, written = said.dates["admitted_on"]
            found.errors.append(
                _finding(
                    "errors",
                    source,
                    "admitted_on",
                    "under_age_at_admission",
                    written.shown,
                    years=years,
                    birth=birth.vn,
                    admitted=admitted.vn,
                )
            )

    def _twice(self, row: int, name: str, found: Judged) -> None:
        birth = found.dates.get("birth")
        if not name or birth is None or self._seen.often:
            return
        sheet, first = self._seen.first(_one_spelling(name), birth.iso, self._sheet, row)
        if (sheet, first) != (self._sheet, row):
            on_sheet = wordlist("messages")["reasons"]["on_sheet"].format(sheet=sheet)
            where = on_sheet if sheet != self._sheet else ""
            found.errors.append(
                _finding("errors", self._name, NAME, "duplicate_in_file", name, row=first, sheet=where)
            )

    def _in_record(self, name: str, said: Said, found: Judged) -> None:
        if self._known is None or not name:
            return
        birth = found.dates.get("birth")
        card = said.fields.get("card_number")
        if self._known(name, birth.iso if birth else None, card if isinstance(card, str) else None):
            found.doubts.append(_finding("doubts", self._name, NAME, "known_person", name))


def _doubt(field_name: str, source: Source, code: str, value: str) -> Finding:
    if code == "id_length":
        return _finding(
            "doubts", source, field_name, code, value, count=sum(letter.isdigit() for letter in value)
        )
    found = _finding("doubts", source, field_name, code, f": “{value}”" if value else "")
    return {**found, "value": value}


def _finding(kind: str, source: Source, field_name: str, code: str, value: str, **parts: Any) -> Finding:
    message: str = wordlist("messages")[kind][code].format(value=value, **parts)
    return {"column": source.letter, "field": field_name, "code": code, "value": value, "message": message}


@lru_cache(maxsize=1024)
def _least_age(day: date) -> int:
    """Full years a person must have at admission on that day.

    The Charters before the earliest one in the rules asked the same; where the rules are silent about a day,
    the earliest they know is asked.
    """
    try:
        return rule(_AGE, on=day).number
    except NotInForce:
        return history(_AGE)[0].number


@cache
def _greatest_least_age() -> int:
    return max(said.number for said in history(_AGE))


def _one_spelling(name: str) -> str:
    """The name in small letters, its tones where they belong: Hoà and Hòa are one."""
    low = name.lower()
    return Letters.of(low).low if _TWO_PLACES.search(low) else low


def as_iso(dates: Mapping[str, KnownDate]) -> dict[str, str]:
    """Dates as the dry run gives them."""
    return {name: known.iso for name, known in dates.items()}

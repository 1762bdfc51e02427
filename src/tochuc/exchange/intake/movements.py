"""Reading a list of past movements: who, and what happened to each, when, from where to where, by which decision.

The person is read as in a list of members; what happened stands in columns beside. A row may also only give the days
of admission and recognition: those are two movements. Nothing here knows the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tochuc.exchange.intake.beside import Beside, Said
from tochuc.exchange.intake.cells import Cell, column_letter, shown
from tochuc.exchange.intake.centuries import settled
from tochuc.exchange.intake.corrections import NONE, Corrections
from tochuc.exchange.intake.dates import Written, read_date
from tochuc.exchange.intake.dry_run import Progress, dry_run
from tochuc.exchange.intake.texts import plain, text_of
from tochuc.exchange.intake.wordlists import wordlist
from tochuc.kernel.known_dates import KnownDate
from tochuc.kernel.known_dates import parse_known_date as parse

TEXTS = ("from", "to", "decision_number", "decision_by")
DATES = ("happened_on", "decision_on")
FIELDS = ("movement", "happened_on", "from", "to", "decision_number", "decision_on", "decision_by")
"""What a row says beside who it is about, in the order in which the dry run gives it."""
_JOINED = (("admitted_on", "admitted"), ("official_on", "recognised"))
_SETTLED_AS = "joined_cell_on"

Finding = dict[str, str]


@dataclass(frozen=True)
class Told:
    """One movement that a row tells of, by the ledger's kind of event, as exactly as its day is known."""

    kind: str
    on: KnownDate
    field: str = "happened_on"
    origin: str = ""
    destination: str = ""
    decision_number: str = ""
    decision_on: date | None = None
    decision_by: str = ""


@dataclass
class MovementRow:
    """A row in the form of the dry run, and the movements it tells of; none where it is refused."""

    row: dict[str, Any]
    letters: Mapping[str, str]
    told: list[Told] = field(default_factory=list)


def movement_rows(
    source: Path | bytes,
    name: str,
    *,
    today: date,
    corrections: Corrections = NONE,
    progress: Progress | None = None,
) -> Iterator[dict[str, Any] | MovementRow]:
    """For each sheet its head, then its rows. Raises ``Unreadable`` before anything is given."""
    letters: dict[str, str] = {}
    found = dry_run(
        source,
        name,
        today=today,
        corrections=corrections,
        progress=progress,
        beside=Beside(wordlist("movements")["headings"]),
    )
    for one in found:
        if "file" in one:
            letters = {name: letter for letter, name in reversed(one["columns"].items())}
            yield one
        else:
            yield _row(one, letters, today)


def _row(row: dict[str, Any], letters: Mapping[str, str], today: date) -> MovementRow:
    said: Said = row.pop("beside", {})
    found = MovementRow(row, letters)
    fields = row["fields"]
    for name in TEXTS:
        if name in said and (text := text_of(said[name][1])):
            fields[name] = text
    dates = {name: known for name in DATES if (known := _date(name, said, found, today)) is not None}
    fields |= {name: known.iso for name, known in dates.items()}
    kind = _kind(said, found)
    if kind:
        fields["movement"] = kind
    row["fields"] = {name: fields[name] for name in [*_others(fields), *FIELDS] if name in fields}
    if row["errors"]:
        row["action"] = "refuse"
        return found
    found.told = list(_told(kind, dates, found))
    if row["errors"]:
        row["action"], found.told = "refuse", []
    return found


def _others(fields: Mapping[str, Any]) -> list[str]:
    return [name for name in fields if name not in FIELDS]


def _date(name: str, said: Said, found: MovementRow, today: date) -> KnownDate | None:
    written = read_date(said[name][1]) if name in said else None
    if written is None:
        return None
    birth = found.row["fields"].get("birth")
    given: dict[str, Written] = {_SETTLED_AS: written}
    if birth:
        given["birth"] = Written("", parse(birth))
    known = settled(given, today).get(_SETTLED_AS)
    if known is None:
        why = wordlist("messages")["reasons"]["date"][written.why or "no_such_day"]
        _error(found, name, "unreadable_date", written.shown, why=why)
    elif known.first > today:
        _error(found, name, "future_date", known.vn)
    elif written.short:
        _doubt(found, name, "two_digit_year", written.shown, read=known.vn)
    return known


def _kind(said: Said, found: MovementRow) -> str:
    """The kind that the row names; else the one its sheet is called after."""
    column: Cell = said["movement"][1] if "movement" in said else None
    if text := text_of(column):
        if kind := kind_of(text):
            return kind
        _error(found, "movement", "unknown_movement", shown(column), kinds=", ".join(_called()))
        return ""
    return kind_of(found.row["sheet"] or "")


def kind_of(words: str) -> str:
    """The kind of movement that words name; "" where they name none.

    >>> kind_of("Chuyển SHĐ đi"), kind_of("Bị khai trừ khỏi Đảng năm 2019"), kind_of("đi họp")
    ('left_for', 'expelled', '')
    """
    bare = plain(words)
    for kind, several in _kinds():
        if bare in several:
            return kind
    padded = f" {bare} "
    return next(
        (kind for kind, several in _kinds() if any(f" {one} " in padded for one in several if " " in one)), ""
    )


def _told(kind: str, dates: Mapping[str, KnownDate], found: MovementRow) -> Iterator[Told]:
    fields = found.row["fields"]
    joined = [(name, of) for name, of in _JOINED if name in fields and of != kind]
    for name, of in joined:
        day = parse(fields[name])
        _inexact(found, name, day)
        yield Told(of, day, name)
    if not kind:
        if not joined:
            _error(found, "movement", "missing_movement", "")
        return
    own = {"admitted": "admitted_on", "recognised": "official_on"}.get(kind, "")
    known = dates.get("happened_on") or (parse(fields[own]) if fields.get(own) else None)
    if known is None:
        _error(found, "happened_on", "missing_date", "")
        return
    _inexact(found, "happened_on", known)
    signed = dates.get("decision_on")
    yield Told(
        kind,
        known,
        "happened_on",
        fields.get("from", ""),
        fields.get("to", ""),
        fields.get("decision_number", ""),
        signed.first if signed and signed.precision == "day" else None,
        fields.get("decision_by", ""),
    )


def _inexact(found: MovementRow, name: str, known: KnownDate) -> None:
    if known.precision != "day":
        what = "tháng" if known.precision == "month" else "năm"
        _doubt(found, name, "date_not_exact", f"{what} {known.vn}")


def _error(found: MovementRow, name: str, code: str, value: str, **parts: Any) -> None:
    found.row["errors"].append(finding(found, name, code, value, _message("errors", code, value, parts)))


def _doubt(found: MovementRow, name: str, code: str, value: str, **parts: Any) -> None:
    found.row["doubts"].append(finding(found, name, code, value, _message("doubts", code, value, parts)))


def _message(sort: str, code: str, value: str, parts: Mapping[str, Any]) -> str:
    message: str = wordlist("movements")[sort][code].format(value=value, **parts)
    return message


def finding(found: MovementRow, name: str, code: str, value: str, message: str) -> Finding:
    """An error or a doubt at the column of a field, or where the person's name stands."""
    column = found.letters.get(name) or found.letters.get("full_name") or column_letter(0)
    return {"column": column, "field": name, "code": code, "value": value, "message": message}


@cache
def _kinds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    said: dict[str, list[str]] = wordlist("movements")["kinds"]
    return tuple((kind, tuple(plain(one) for one in several)) for kind, several in said.items())


@cache
def _called() -> tuple[str, ...]:
    return tuple(several[0] for several in wordlist("movements")["kinds"].values())

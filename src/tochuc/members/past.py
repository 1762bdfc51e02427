"""What an opening entry holds of the days before it: movements known from papers, as exactly as each is known.

The ledger begins on the day of the opening entry, so none of these moves an account; they are read beside it. Days of
admission and recognition stand in the entry by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tochuc.kernel.known_dates import KnownDate, day_vn, parse_known_date
from tochuc.members.kinds import EVENT_KINDS

KEY = "past"
"""Where an opening entry keeps them among its data."""
OPENED_BY = frozenset({"opening", "arrived"})
"""Kinds of event that may hold what was before: one came from days that the ledger hasn't seen."""
TOLD = (
    *("readmitted", "transferred", "arrived", "left_for", "expelled", "removed", "departed"),
    *("restored", "reconnected", "admission_annulled", "recognition_annulled", "exempted"),
)
"""Kinds that can be told of the past."""
LEAVING = frozenset({"left_for", "expelled", "removed", "departed", "admission_annulled"})
COMING = frozenset({"readmitted", "arrived", "restored", "reconnected", "transferred"})


class _Entry(Protocol):
    kind: str
    data: dict[str, Any]


@dataclass(frozen=True)
class PastMove:
    """One movement before the ledger: the kind of event it would have been, its day, from where to where, the paper."""

    kind: str
    on: KnownDate
    origin: str = ""
    destination: str = ""
    decision_number: str = ""
    decision_on: date | None = None
    decision_by: str = ""

    def as_data(self) -> dict[str, str]:
        """As the entry keeps it."""
        signed = self.decision_on.isoformat() if self.decision_on else ""
        said = {
            "kind": self.kind,
            "on": self.on.iso,
            "origin": self.origin,
            "destination": self.destination,
            "decision_number": self.decision_number,
            "decision_on": signed,
            "decision_by": self.decision_by,
        }
        return {name: value for name, value in said.items() if value}

    def same_as(self, other: PastMove) -> bool:
        """Whether the two can be one and the same: of one kind, on days that may be the same."""
        return self.kind == other.kind and self.on.span.overlaps(other.on.span)

    @property
    def words(self) -> str:
        """What happened, in a line."""
        sentence = EVENT_KINDS[self.kind].sentence
        origin = f" từ {self.origin}" if self.origin else ""
        destination = f" đến {self.destination}" if self.destination else ""
        if self.kind == "arrived" and (origin or destination):
            return f"Chuyển sinh hoạt{origin}{destination}"
        if self.kind == "left_for" and destination:
            return f"Chuyển sinh hoạt{origin}{destination}"
        return f"{sentence}{origin}{destination}"

    @property
    def paper(self) -> str:
        """The decision it rests on; empty where none is told."""
        parts = [f"Quyết định số {self.decision_number}"] * bool(self.decision_number)
        parts += [f"ngày {day_vn(self.decision_on)}"] if self.decision_on else []
        parts += [f"của {self.decision_by}"] * bool(self.decision_by)
        return " ".join(parts)


def past_of(entry: _Entry) -> list[PastMove]:
    """What an entry holds of the days before it, in order of time."""
    if entry.kind not in OPENED_BY:
        return []
    return in_order(_read(said) for said in entry.data.get(KEY, ()))


def in_order(moves: Iterable[PastMove]) -> list[PastMove]:
    """Sorted by the first day that each can mean."""
    return sorted(moves, key=lambda move: (move.on.first, move.kind))


def without_return(moves: Iterable[PastMove]) -> PastMove | None:
    """The last way out that nothing led back from; None where one came back, or never left."""
    left: PastMove | None = None
    for move in in_order(moves):
        if move.kind in LEAVING:
            left = move
        elif move.kind in COMING:
            left = None
    return left


def _read(said: Mapping[str, str]) -> PastMove:
    signed = said.get("decision_on")
    return PastMove(
        said["kind"],
        parse_known_date(said["on"]),
        said.get("origin", ""),
        said.get("destination", ""),
        said.get("decision_number", ""),
        date.fromisoformat(signed) if signed else None,
        said.get("decision_by", ""),
    )

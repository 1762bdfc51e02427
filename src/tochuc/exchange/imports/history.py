"""What a list tells of the days before someone's ledger began, put beside what the opening entry holds already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tochuc.exchange.intake.movements import Told
from tochuc.kernel.known_dates import KnownDate, day_vn, parse_known_date
from tochuc.members.kinds import EVENT_KINDS, PROBATIONARY, STANDINGS
from tochuc.members.past import KEY, TOLD, PastMove, past_of

_JOINED = {"admitted": ("admitted", "Ngày vào Đảng"), "recognised": ("official", "Ngày chính thức")}
"""Kinds that the entry holds as days of its own: ``admitted_on``, or ``admitted_known`` where it isn't exact."""

Data = dict[str, Any]


class Differs(Exception):
    """The entry says otherwise, or the two can't both be; the message says what and how to mend it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass
class Entry:
    """An opening entry as far as the past is concerned: its kind, its day and what it holds."""

    kind: str
    on: date
    data: Data

    def take(self, told: Told, here: str = "") -> bool:
        """Add what is told of the days before; whether anything was added. Raises ``Differs``.

        ``here``: what the place is called that someone came to, where the row doesn't say.
        """
        if told.kind in _JOINED:
            return self._joined(told)
        if told.kind not in TOLD:
            words = EVENT_KINDS[told.kind].label
            raise Differs(
                "before_ledger",
                f"Sổ ghi nhận từ ngày {day_vn(self.on)}, nên «{words}» ngày {told.on.vn} không thể có trước đó.",
            )
        move = move_of(told, here)
        if any(move.same_as(other) for other in past_of(self)):
            return False
        self.data = {**self.data, KEY: [*self.data.get(KEY, []), move.as_data()]}
        return True

    def _joined(self, told: Told) -> bool:
        name, label = _JOINED[told.kind]
        there = _held(self.data, name)
        added = {}
        if there is None or (there != told.on and _narrower(told.on, there)):
            self._check_joined(told, label)
            exact = told.on.precision == "day"
            added = {f"{name}_on" if exact else f"{name}_known": told.on.iso}
        elif not there.span.overlaps(told.on.span):
            raise Differs(
                "differs_from_ledger",
                f"{label} trong sổ là {there.vn}. Nếu sổ sai, hãy đính chính trong hồ sơ.",
            )
        if told.kind == "admitted" and told.decision_on and "party_age_from" not in self.data:
            added["party_age_from"] = told.decision_on.isoformat()
        if not added:
            return False
        kept = {key: value for key, value in self.data.items() if key != f"{name}_known"}
        self.data = kept | added
        return True

    def _check_joined(self, told: Told, label: str) -> None:
        """A recognition comes after the admission, and not where the entry says that one was probationary still."""
        if told.kind == "recognised" and self.data.get("standing") == PROBATIONARY:
            raise Differs(
                "differs_from_ledger",
                f"Ngày {day_vn(self.on)} sổ còn ghi là {STANDINGS[PROBATIONARY].lower()}, nên ngày chính thức "
                f"không thể là {told.on.vn}.",
            )
        admitted, official = (
            (told.on, _held(self.data, "official"))
            if told.kind == "admitted"
            else (_held(self.data, "admitted"), told.on)
        )
        if admitted and official and official.last < admitted.first:
            raise Differs(
                "official_before_admitted",
                f"Ngày chính thức {official.vn} trước ngày vào Đảng {admitted.vn}.",
            )


def move_of(told: Told, here: str) -> PastMove:
    """A movement of the past as an opening entry keeps it."""
    destination = told.destination or (here if told.kind in {"arrived", "transferred"} else "")
    return PastMove(
        told.kind,
        told.on,
        told.origin,
        destination,
        told.decision_number,
        told.decision_on,
        told.decision_by,
    )


def _held(data: Mapping[str, Any], name: str) -> KnownDate | None:
    said = data.get(f"{name}_on") or data.get(f"{name}_known")
    return parse_known_date(said) if said else None


def _narrower(one: KnownDate, other: KnownDate) -> bool:
    """Whether a date says more than another that it agrees with."""
    return other.span.contains(one.span)

"""The statement laid out as the official form has it (1-BTCTW): rows, their order and names from the pack."""

from __future__ import annotations

from dataclasses import dataclass

from tochuc.members.kinds import EVENT_KINDS
from tochuc.members.ledger import Count, Statement
from tochuc.rules.tables import movement_reasons

HEAD, INCREASE, DECREASE, SHIFT, FOOT = "head", "increase", "decrease", "shift", "foot"
_SUM = {INCREASE: "Tăng trong kỳ", DECREASE: "Giảm trong kỳ"}


@dataclass(frozen=True)
class Row:
    """One row: its code (for the list behind it), label, part of the form, figures.

    ``total`` marks sums, ``confirmed`` whether the row was read in the text of the rule.
    """

    code: str
    label: str
    part: str
    count: Count
    total: bool = False
    confirmed: bool = True


def rows(statement: Statement) -> list[Row]:
    """The form's rows in its order; reasons that the form doesn't name but the ledger has come last."""
    form = movement_reasons(statement.last)
    confirmed = {r.code: r.confidence == "text" for r in form}
    label = {r.code: r.label for r in form}
    out = [Row("opening", label["opening"], HEAD, statement.opening, total=True)]
    for part, side, counts in (
        (INCREASE, "increase", statement.increases),
        (DECREASE, "decrease", statement.decreases),
    ):
        out.append(Row(part, _SUM[part], part, total_of(counts), total=True))
        codes = [r.code for r in form if r.side == side]
        for code in [*codes, *sorted(set(counts) - set(codes))]:
            name = label.get(code) if code in codes else _extra_label(code)
            known = confirmed.get(code, False)
            out.append(Row(code, name or code, part, counts.get(code, Count()), confirmed=known))
    for code, count in sorted(statement.shifts.items()):
        out.append(Row(code, f"{_extra_label(code)} (chuyển cột)", SHIFT, count))
    out.append(Row("closing", label["closing"], FOOT, statement.closing, total=True))
    return out


def total_of(counts: dict[str, Count]) -> Count:
    """The sum of increases, or decreases, for all reasons."""
    total = Count()
    for count in counts.values():
        total += count
    return total


def _extra_label(reason: str) -> str:
    """What a reason is called that the form has no row for: as the kind of event that has it."""
    return next((kind.label for kind in EVENT_KINDS.values() if kind.reason == reason), reason)

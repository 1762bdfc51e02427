"""Who keeps how much of a cell's dues: the cell, its base, the level above; the rest is passed on.

The shares are rules of the month. Where the rule of a level says nothing, what it would keep is passed on with the
rest, so that the parts always add up to the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tochuc.dues.categories import Ask
from tochuc.kernel.errors import NotInForce
from tochuc.org.kinds import GRASSROOTS_KINDS
from tochuc.org.models import Organisation, OrganisationSpan, Under
from tochuc.rules.ruled import Ruled

_WHOLE = Decimal(100)
_PLACES = frozenset({"village", "quarter"})


@dataclass(frozen=True)
class Split:
    """A sum and its parts."""

    kept_by_cell: int
    kept_by_base: int
    kept_above: int
    passed_on: int


@dataclass(frozen=True)
class Shares:
    """The rules of the levels; None where a level has none, or where the cell is itself the base."""

    cell: Ruled | None
    base: Ruled | None
    above: Ruled | None

    @property
    def rules(self) -> tuple[Ruled, ...]:
        """Those there are."""
        return tuple(rule for rule in (self.cell, self.base, self.above) if rule is not None)

    def of(self, amount: int) -> Split:
        """The parts of a sum, in whole đồng."""
        cell = _part(self.cell, amount)
        # What the base may keep includes what its cells keep.
        base = max(_part(self.base, amount) - cell, 0) if self.base else 0
        rest = amount - cell - base
        above = _part(self.above, rest)
        return Split(cell, base, above, rest - above)


def _part(rule: Ruled | None, amount: int) -> int:
    if rule is None:
        return 0
    return int((amount * rule.percent / _WHOLE).quantize(Decimal(1), ROUND_HALF_UP))


def shares(cell: Organisation, month: date, ask: Ask) -> Shares:
    """The shares of a cell's dues in a month."""
    own = None if cell.kind in GRASSROOTS_KINDS else _asked(ask, "dues.kept_by_cell", month)
    of_base = "dues.kept_by_commune_base" if _of_a_commune(cell, month) else "dues.kept_by_other_base"
    return Shares(own, _asked(ask, of_base, month), _asked(ask, "dues.kept_above_base", month))


def _of_a_commune(cell: Organisation, month: date) -> bool:
    """Whether the cell's base is one of a commune, ward or town: it has cells of villages or quarters."""
    bases = Under.objects.on(month).filter(unit=cell, above__kind__in=GRASSROOTS_KINDS).values("above")
    units = Under.objects.on(month).filter(above__in=bases).values("unit")
    return OrganisationSpan.objects.on(month).filter(organisation__in=units, cell_kind__in=_PLACES).exists()


def _asked(ask: Ask, rule_id: str, month: date) -> Ruled | None:
    try:
        return ask(rule_id, on=month)
    except NotInForce:
        return None

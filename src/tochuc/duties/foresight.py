"""What will be due: the list asked for the coming months, for planning.

It is the list of today carried forward: what runs out by then as the facts now stand, with what only arises on the
way (a probation that ends, a term, years of Party age). What people will do meanwhile nobody can know.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from tochuc.access.viewer import Viewer
from tochuc.duties import sifting
from tochuc.duties.asking import EVERYTHING, Gathered, gather
from tochuc.duties.duty import WAITING
from tochuc.duties.sifting import Asked
from tochuc.kernel.days import add_months

MONTHS = 6
"""How many months ahead a plan looks, this month among them."""
OVERDUE = ""


@dataclass(frozen=True)
class Forecast:
    """How many duties of each kind fall due in each month (``2023-05``); ``""`` for what is overdue already,
    ``waiting`` for what waits without a time limit.
    """

    months: tuple[str, ...]
    counts: Counter[tuple[str, str]]

    @property
    def kinds(self) -> list[str]:
        """The kinds that occur, the most frequent first."""
        totals = Counter[str]()
        for (kind, _), n in self.counts.items():
            totals[kind] += n
        return [kind for kind, _ in totals.most_common()]

    def of_month(self, month: str) -> int:
        """All that falls due in a month."""
        return sum(n for (_, one), n in self.counts.items() if one == month)

    def of_kind(self, kind: str) -> int:
        """All of a kind, overdue included."""
        return sum(n for (one, _), n in self.counts.items() if one == kind)


def horizon(today: date) -> date:
    """The last day that a plan looks at."""
    return add_months(today.replace(day=1), MONTHS) - timedelta(days=1)


def months(today: date) -> tuple[str, ...]:
    """The months of a plan, this month first."""
    return tuple(f"{add_months(today.replace(day=1), n):%Y-%m}" for n in range(MONTHS))


def foresee(viewer: Viewer, asked: Asked = EVERYTHING, *, coming: Gathered | None = None) -> Forecast:
    """What will be due month by month, by kind; from what is ``coming`` where it was gathered already."""
    until = horizon(viewer.today)
    gathered = coming or gather(viewer, until)
    counts = Counter[tuple[str, str]]()
    for one in sifting.by_month(gathered.slips, viewer.today, asked) if gathered.slips else ():
        if (one.group == WAITING or one.group <= f"{until:%Y-%m}") and asked.kind in {"", one.kind}:
            counts[one.kind, one.group] += one.n
    return Forecast(months(viewer.today), counts)

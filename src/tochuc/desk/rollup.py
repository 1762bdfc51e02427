"""The tally of a branch by the organisations directly under it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from tochuc.desk import findings, monthly
from tochuc.desk.checks import Check
from tochuc.desk.findings import Tally
from tochuc.org.models import Organisation, OrganisationSpan, Under

_MOST_COUNTED_NOW = 400
"""Units of a branch that are counted when asked; a larger one shows what was counted last."""


@dataclass(frozen=True)
class Branch:
    """The tally of a branch on a day, of each organisation directly under it, and how often each check finds something.

    ``checks`` is empty where the branch is too large to be looked at when asked.
    """

    on: date
    whole: Tally
    parts: list[tuple[OrganisationSpan, Tally]]
    checks: list[tuple[Check, int]]


def of(branch: Organisation, today: date) -> Branch:
    """The tally of a branch: as of now, or for a large one as counted last."""
    units = findings.units_below(branch, today)
    counted = monthly.latest(units) if len(units) > _MOST_COUNTED_NOW else None
    on, cells = counted or (today, findings.by_cell(units, today))
    under: dict[int, list[int]] = defaultdict(list)
    below = list(
        OrganisationSpan.objects.on(today)
        .filter(parent=branch)
        .exclude(kind="board")
        .select_related("organisation")
        .order_by("organisation__fold")
    )
    ids = [span.organisation_id for span in below]
    for above, unit in Under.objects.on(today).filter(above__in=ids).values_list("above", "unit"):
        under[above].append(unit)
    nothing = Tally()
    parts = [
        (span, sum((cells.get(unit, nothing) for unit in under[span.organisation_id]), nothing))
        for span in below
    ]
    checks = [] if counted else findings.by_check(units, today)
    return Branch(on, sum(cells.values(), nothing), parts, checks)

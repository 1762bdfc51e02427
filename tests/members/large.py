"""Every branch taken for a large one, so that what is rolled up can be held against what is counted one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

from tochuc.members import branches, ledger, totalling
from tochuc.members.models import BranchDay, BranchMonth
from tochuc.org.kinds import KINDS
from tochuc.org.models import Organisation


@contextmanager
def every_branch_large() -> Iterator[None]:
    """Keep the totals of every organisation, from what there is."""
    with patch.object(totalling, "LARGE_KINDS", list(KINDS)):
        totalling.rebuild()
        yield


def check_totals(periods: Collection[tuple[date, date]], days: Iterable[date]) -> None:
    """What was rolled up step by step gives each statement and head-count as counting does, and as rolling up anew."""
    organisations = list(Organisation.objects.all())
    asked = list(days)
    found = _answers(organisations, periods, asked)
    with patch.object(totalling, "LARGE_KINDS", []):
        counted = _answers(organisations, periods, asked)
    for one, other in zip(found, counted, strict=True):
        assert one == other
    kept = stored()
    totalling.rebuild()
    assert kept == stored()


def _answers(organisations: list[Organisation], periods: Any, days: list[date]) -> list[Any]:
    found: list[Any] = [branches.statements(organisations, first, last) for first, last in periods]
    found += [branches.years(one, [2021, 2022, 2023], max(days)) for one in organisations[:4]]
    found += [ledger.statement(one, first, last) for one in organisations for first, last in periods]
    found += [ledger.headcount(one, days[0]) for one in organisations]
    return [*found, *(ledger.headcounts(organisations, day) for day in days)]


def stored() -> tuple[Counter[Any], Counter[Any]]:
    """What is rolled up; rows of one kind added together."""
    by_day: Counter[Any] = Counter()
    for *key, n in BranchDay.objects.values_list(
        "above", "on", "reason", "from_standing", "to_standing", "n"
    ):
        by_day[tuple(key)] += n
    by_month: Counter[Any] = Counter()
    for *key, n in BranchMonth.objects.values_list("above", "month", "standing", "n"):
        by_month[tuple(key)] += n
    return Counter({k: n for k, n in by_day.items() if n}), Counter({k: n for k, n in by_month.items() if n})

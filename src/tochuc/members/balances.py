"""Whether opening + increases − decreases = closing, for the topmost organisations and those directly below them.

Of a cell it follows from the ledger's own invariants; higher up it also needs the tree of each day to be right. The
totals of large branches are held against the movements themselves, and what they add up to against the heads.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db import connection

from tochuc.kernel.violations import MOST, ORGANISATION, Violation
from tochuc.members import totalling, totals
from tochuc.members.branches import heads
from tochuc.members.kinds import IN_PARTY
from tochuc.members.ledger import statement
from tochuc.org.models import Organisation
from tochuc.org.queries import children

RETOTAL = "chạy «tochuc check --mend» để cộng dồn lại số liệu của đảng bộ này"
_MEND = "xem các lỗi khác ở trên của tổ chức này và cấp dưới; mỗi lỗi đó nêu cách sửa"


def unequal(today: date) -> Iterator[Violation]:
    """Whose totals aren't what the ledger gives, and whose statement of last year or this year doesn't come out."""
    yield from islice(_totals_amiss(), MOST)
    large: list[Organisation] = []
    for organisation in _topmost(today):
        if totals.kept_of(organisation):
            large.append(organisation)
            continue
        for year in (today.year - 1, today.year):
            last = min(date(year, 12, 31), today)
            made = statement(organisation, date(year, 1, 1), last)
            if not made.reconciles:
                yield _unequal(organisation, last, made.expected.total, made.closing.total)
    yield from _heads_amiss(large, today)


def _topmost(today: date) -> Iterator[Organisation]:
    tops = Organisation.objects.filter(spans__parent=None, spans__since__lte=today, spans__until__gt=today)
    for top in list(tops.order_by("pk")):
        yield top
        for span in children(top, today):
            yield span.organisation


def _heads_amiss(large: list[Organisation], today: date) -> Iterator[Violation]:
    """Large branches whose movements since the beginning don't lead to who stands in them today."""
    ids = [organisation.pk for organisation in large]
    if not ids:
        return
    kept, counted = totals.heads(ids, [today]), heads(ids, [today])
    for organisation in large:
        expected = sum(kept[organisation.pk, today][standing] for standing in IN_PARTY)
        found = counted[organisation.pk, today].members.total
        if expected != found:
            yield _unequal(organisation, today, expected, found)


def _unequal(organisation: Organisation, last: date, expected: int, found: int) -> Violation:
    problem = f"đến {last:%d/%m/%Y}, đầu kỳ cộng tăng trừ giảm là {expected}, cuối kỳ là {found}"
    return Violation("statement", ORGANISATION, organisation.code, organisation.name, problem, _MEND)


def _totals_amiss() -> Iterator[Violation]:
    with connection.cursor() as cursor:
        cursor.execute(_AMISS, {"large": totalling.LARGE_KINDS, "branches": None})
        for code, name, month in cursor.fetchall():
            problem = f"số liệu cộng dồn tháng {month:%m/%Y} không khớp với sổ"
            yield Violation("totals", ORGANISATION, code, name, problem, RETOTAL)


def mend_totals(codes: set[str]) -> None:
    """Roll these branches (by code) up anew. Call within a transaction."""
    ids = Organisation.objects.filter(code__in=codes).values_list("pk", flat=True)
    totalling.rebuild(list(ids))


_AMISS = f"""
    SELECT DISTINCT o.code, o.name, amiss.month FROM (
        SELECT above_id, date_trunc('month', "on")::date AS month FROM (
            SELECT * FROM ({totalling.BOOKED_OF_ALL}) booked(above_id, "on", reason, frm, "to", n)
            UNION ALL
            SELECT above_id, "on", reason, from_standing, to_standing, -n FROM members_branchday
        ) differ GROUP BY above_id, "on", reason, frm, "to" HAVING sum(n) <> 0
        UNION
        SELECT above_id, month FROM (
            SELECT * FROM ({totalling.GROWN_OF_ALL}) grown(above_id, month, standing, n)
            UNION ALL SELECT above_id, month, standing, -n FROM members_branchmonth
        ) differ GROUP BY above_id, month, standing HAVING sum(n) <> 0
    ) amiss JOIN org_organisation o ON o.id = amiss.above_id
    ORDER BY 1, 3
"""

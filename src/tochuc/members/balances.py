"""Whether opening + increases − decreases = closing, for the topmost organisations and those directly below them.

Of a cell it follows from the ledger's own invariants; higher up it also needs the tree of each day to be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tochuc.kernel.violations import ORGANISATION, Violation
from tochuc.members.ledger import statement
from tochuc.org.models import Organisation
from tochuc.org.queries import children

_MEND = "xem các lỗi khác ở trên của tổ chức này và cấp dưới; mỗi lỗi đó nêu cách sửa"


def unequal(today: date) -> Iterator[Violation]:
    """Whose statement of last year, or of this year so far, doesn't come out."""
    for top in _tops(today):
        below = [span.organisation for span in children(top, today)]
        for organisation in (top, *below):
            for year in (today.year - 1, today.year):
                last = min(date(year, 12, 31), today)
                made = statement(organisation, date(year, 1, 1), last)
                if not made.reconciles:
                    problem = (
                        f"năm {year}, đầu kỳ cộng tăng trừ giảm là {made.expected.total}, "
                        f"cuối kỳ là {made.closing.total}"
                    )
                    yield Violation(
                        "statement", ORGANISATION, organisation.code, organisation.name, problem, _MEND
                    )


def _tops(today: date) -> list[Organisation]:
    spans = Organisation.objects.filter(spans__parent=None, spans__since__lte=today, spans__until__gt=today)
    return list(spans.order_by("pk"))

"""The months that a statement of dues is asked for: a month, a quarter, a year, or any from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from tochuc.kernel.days import add_months
from tochuc.kernel.errors import DomainError
from tochuc.kernel.months import month_of, month_vn, parse_month
from tochuc.web.organisations.asked import address

_QUARTER = 3


@dataclass(frozen=True)
class Period:
    """From a month to another, both included; and what was wrong with what the address asked."""

    first: date
    last: date
    today: date
    error: str = ""

    @property
    def words(self) -> str:
        """From when to when."""
        if self.first == self.last:
            return f"Tháng {month_vn(self.first)}"
        return f"Từ tháng {month_vn(self.first)} đến tháng {month_vn(self.last)}"

    @property
    def query(self) -> str:
        """The query of an address that asks the same."""
        return address(tu=month_vn(self.first), den=month_vn(self.last))

    @property
    def from_words(self) -> str:
        """The first month as typed."""
        return month_vn(self.first)

    @property
    def to_words(self) -> str:
        """The last month as typed."""
        return month_vn(self.last)

    def others(self, page: str) -> list[dict[str, Any]]:
        """Ways to the usual periods."""
        now = month_of(self.today)
        quarter = now.replace(month=(now.month - 1) // _QUARTER * _QUARTER + 1)
        usual = (
            ("Tháng trước", add_months(now, -1), add_months(now, -1)),
            ("Quý trước", add_months(quarter, -_QUARTER), add_months(quarter, -1)),
            ("Quý này", quarter, add_months(quarter, _QUARTER - 1)),
            (f"Năm {now.year}", now.replace(month=1), now.replace(month=12)),
            (f"Năm {now.year - 1}", date(now.year - 1, 1, 1), date(now.year - 1, 12, 1)),
        )
        return [
            {
                "label": label,
                "url": page + address(tu=month_vn(first), den=month_vn(last)),
                "here": (first, last) == (self.first, self.last),
            }
            for label, first, last in usual
        ]


def period_asked(request: HttpRequest, today: date) -> Period:
    """The months the address names; this year where it names none or they can't be used."""
    first, last = date(today.year, 1, 1), date(today.year, 12, 1)
    typed = (request.GET.get("tu", "").strip(), request.GET.get("den", "").strip())
    if not any(typed):
        return Period(first, last, today)
    try:
        asked = parse_month(typed[0] or typed[1]), parse_month(typed[1] or typed[0])
    except DomainError as bad:
        return Period(first, last, today, bad.message)
    if asked[0] > asked[1]:
        return Period(first, last, today, "Tháng đầu phải trước tháng cuối.")
    return Period(*asked, today)

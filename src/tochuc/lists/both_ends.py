"""A list read from its nearer end: its last page is found as soon as its first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


class BothEnds:
    """An ordered queryset cut into pages; those beyond the middle are read backwards and turned round."""

    ordered = True

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows
        self._total: int | None = None

    def count(self) -> int:
        """How many there are; counted once."""
        if self._total is None:
            self._total = self._rows.count()
        return self._total

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Any]:
        total = self.count()
        first, last, _ = part.indices(total)
        if first <= total - last:
            return list(self._rows[first:last])
        return list(self._rows.reverse()[total - last : total - first])[::-1]

"""Counting what an answer asks of the database: reads and writes, whatever holds them together as one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpResponseBase

from access.addresses import Address

MOST = 15
"""The budget of the design for any page of a commune; here held for whoever asks."""
MORE = {
    # They carry the change out, and take it back, to show exactly what would come of it.
    "plan_preview": 250,
    "duplicate": 100,
    # A district's workbook of six months: each kind of duty there is worked out, and that it was taken is noted.
    "duties_coming_sheet": 20,
    # A list is looked at row by row as before it is written, and that its copy was taken is noted.
    "import_movements_marked": 20,
}
"""The pages that may ask more, each with how many, and why."""
_ASKS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "(")


class Questions(list[str]):
    """The questions asked while it listens, in order."""

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen to everything asked within."""
        with connection.execute_wrapper(self._hear):
            yield

    def _hear(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(_ASKS):
            self.append(sql)
        return execute(sql, params, many, context)

    def too_many(self, address: Address, answer: HttpResponseBase | None) -> bool:
        """Whether a page that was shown asked more than it may. What programs ask has no such budget."""
        shown = answer is not None and answer.status_code == 200 and not address.is_api
        return shown and len(self) > MORE.get(address.name, MOST)

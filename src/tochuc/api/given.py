"""What operations are given: days that a calendar has, and words that the database can hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from ninja import Header
from pydantic import Field

from tochuc.api.problems import Stale
from tochuc.kernel.errors import BadInput

_PRINTABLE = r"^[^\x00]*$"

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31), description="a day, YYYY-MM-DD")]
Words = Annotated[str, Field(max_length=200, pattern=_PRINTABLE)]
Note = Annotated[str, Field(min_length=1, max_length=10_000, pattern=_PRINTABLE)]

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        pattern=_PRINTABLE,
        description="the ETag of what was read: refused with 412 if it has changed since",
    ),
]


def at_version(asked: str | None, version: Callable[[], str]) -> None:
    """Go on only if what is there is still what the sender read; without ``If-Match`` they don't mind."""
    if asked is None or asked.strip() == "*":
        return
    if version() not in {one.strip().removeprefix("W/").strip('"') for one in asked.split(",")}:
        raise Stale


def period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """A period as asked for, both days included; what is left out is the running year up to today."""
    until = last or today
    since = first or until.replace(month=1, day=1)
    if since > until:
        raise BadInput("period.reversed", "Ngày đầu kỳ phải trước hoặc bằng ngày cuối kỳ.", "first")
    return since, until

"""What operations are given: days and months that a calendar has, words that the database can hold, lines of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, TypeVar

from ninja import Header, Schema
from pydantic import ConfigDict, Field

from tochuc.access.clock import end_of
from tochuc.api.problems import Stale
from tochuc.kernel.errors import BadInput, DomainError, Refusals, Refused, raise_all

T = TypeVar("T")

_PRINTABLE = r"^[^\x00]*$"

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31), description="a day, YYYY-MM-DD")]
Month = Annotated[
    str,
    Field(pattern=r"^(19[3-9][0-9]|20[0-9]{2}|21[0-9]{2})-(0[1-9]|1[0-2])$", description="a month, YYYY-MM"),
]
Year = Annotated[int, Field(ge=1930, le=2199)]
Ref = Annotated[str, Field(min_length=1, max_length=40, description="a member's `ref`")]


class Sent(Schema):
    """What a body holds. A name that isn't declared is refused, so that a slip of the pen isn't passed over."""

    model_config = ConfigDict(extra="forbid")


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


def moment_of(known_on: date | None) -> datetime | None:
    """Up to when what was recorded counts, as known at the end of a day; None for all of it."""
    return end_of(known_on) if known_on else None


def known(refs: Sequence[str], people: Mapping[str, T], *, lines: str, code: str, words: str) -> list[T]:
    """Whom the lines of a body name, in its order; each that isn't among these people is refused at its line."""
    wrong: list[DomainError] = [
        Refused(code, words, f"{lines}.{place}.person") for place, ref in enumerate(refs) if ref not in people
    ]
    raise_all(wrong)
    return [people[ref] for ref in refs]


@contextmanager
def at_lines(refs: Sequence[str], *, lines: str) -> Iterator[None]:
    """What is refused of a person is told of their line in the body; of one who is left out, of the lines."""
    places = {ref: f"{lines}.{place}" for place, ref in enumerate(refs)}
    try:
        yield
    except DomainError as wrong:
        for one in wrong.errors if isinstance(wrong, Refusals) else (wrong,):
            one.field = places.get(one.field or "", one.field)
        raise

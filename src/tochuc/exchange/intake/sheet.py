"""A sheet as the readers of each format give it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tochuc.exchange.intake.cells import Merge, Row


@dataclass(slots=True)
class Sheet:
    """`name` is None for a text file. `rows` gives the rows that hold something, top to bottom, once.

    `merges` may still grow while rows are read; a merge is there no later than its top row. Days held as
    plain numbers count from 1904 where `since_1904`.
    """

    name: str | None
    hidden: bool
    rows: Iterator[Row]
    merges: list[Merge]
    since_1904: bool = False

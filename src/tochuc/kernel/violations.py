"""A broken invariant of the record: what is wrong, with whom or where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

PERSON, ORGANISATION, TRAIL = "person", "organisation", "trail"
MOST = 1000
"""So many of one kind are named; where there are more, the cause is one and the list no longer helps."""


@dataclass(frozen=True)
class Violation:
    """One broken invariant. ``kind`` and ``key`` name the person, organisation or stream of the trail."""

    code: str
    kind: str
    key: str
    name: str
    problem: str
    mend: str

    @property
    def what(self) -> str:
        """What is wrong, with its name and key, in a sentence."""
        return f"{self.name} ({self.key}): {self.problem}"


@dataclass(frozen=True)
class Check:
    """One invariant as a query: the rows that break it, each with the key and the name of whom it concerns.

    A third column, where there is one, is put into the words of the problem.
    """

    code: str
    kind: str
    problem: str
    mend: str
    sql: str

    def found(self, row: tuple[object, ...]) -> Violation:
        """The violation that a row of the query stands for."""
        key, name, *detail = row
        return Violation(self.code, self.kind, str(key), str(name), self.problem.format(*detail), self.mend)

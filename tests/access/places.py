"""The places of the scene, who asks, and the words by which each place is known."""

from __future__ import annotations

from datetime import date

HELD = date(2023, 4, 3)
ISSUED = date(2023, 4, 10)
DUE = date(2023, 4, 30)

PLACES = ("a1", "commune_a", "b1", "other_cell")
"""Whose objects are asked for: two of one branch, one of the sibling branch, one of another district."""

ACTORS = (
    "officer",
    "secretary_a",
    "secretary_b",
    "cell_a1",
    "cell_a2",
    "cell_b1",
    "member_a1",
    "expired",
    "nobody",
    "anonymous",
)

# Words that stand in what belongs to one place only; those of b1 are what no one outside may read.
WORDS = {
    "a1": "bồ câu",
    "commune_a": "chim sẻ",
    "b1": "sơn ca",
    "other_cell": "họa mi",
}

OWNERS = {"a1": "cell_a1", "commune_a": "secretary_a", "b1": "cell_b1", "other_cell": ""}
ASKS = {"a1": "officer", "commune_a": "secretary_a", "b1": "secretary_b", "other_cell": "nobody"}
PEOPLE = {"a1": "other_a1", "commune_a": "teacher_a3", "b1": "canary", "other_cell": "neighbour"}

SELF = "self"
"""The place of what is about the one who asks."""

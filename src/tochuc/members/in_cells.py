"""Which cells are meant by the last words of what was typed, where no comma parts them from the name.

Any of the last words may begin the cell's name. The very last is in all of these names, so it alone is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from tochuc.org.models import Organisation
from tochuc.org.words import all_of

_MOST = 2000
"""People of so many cells are still read; of a name that more of them have, the first ones count."""


def named(cells: QuerySet[Organisation], words: Sequence[str]) -> list[int]:
    """Those of the cells (by id) whose name has these words, each perhaps unfinished."""
    return [pk for pk, _fold in _first(cells, words, _MOST)]


def by_first_word(cells: QuerySet[Organisation], words: Sequence[str]) -> dict[int, list[int]]:
    """For each place among the words the cells (by id) that the words from there on name, where there are any."""
    last = _first(cells, words[-1:], _MOST + 1)
    found = {}
    for place in range(len(words)):
        own = words[place:]
        found[place] = (
            named(cells, own) if len(last) > _MOST else [pk for pk, fold in last if _has(fold, own)]
        )
    return {place: ids for place, ids in found.items() if ids}


def _first(cells: QuerySet[Organisation], words: Sequence[str], most: int) -> list[tuple[int, str]]:
    found = cells.filter(words__has=all_of((), words)).order_by("pk")
    return list(found.values_list("pk", "fold")[:most])


def _has(fold: str, words: Sequence[str]) -> bool:
    own = f" {fold}"
    return all(f" {word}" in own for word in words)

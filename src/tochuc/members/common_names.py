"""People of a common name in the order of names, without reading all of them.

Lists are sorted by the given name, so the people who answer to a word lie in two places: those whose given name it is
stand together, and those who have it as family or middle name are strewn over the whole list. The first are read from
their place in the list; the second from its beginning where they are many, else through the index of words, which
marks family and middle names with ``<``. What is read in order is read from the index of names alone: it holds the
folded name and the cell too.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import F, Func, QuerySet

from tochuc.kernel.names import given_ranges
from tochuc.members.models import Person
from tochuc.org.words import FRONT, all_of, said

_MANY = 2_000
"""So many people are sooner read in order than looked up one by one and sorted."""
_EVERYWHERE = 0.15
"""A word that so many people have is a family or middle name, or the beginning of many names: never only the given
name of those who stand together in a list. One in seven is soon found in any order."""
_READ_FOR_ONE = 20
"""So many entries of an index of words are read in the time in which one person is."""
_FRESH = 600.0
_SHARES = """
    SELECT elem, freq, (SELECT reltuples FROM pg_class WHERE oid = 'members_person'::regclass)
    FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS common(elem, freq)
    WHERE s.schemaname = current_schema() AND s.tablename = 'members_person' AND s.attname = 'words'
      AND elem IS NOT NULL
"""
# An order that no index has: the few who answer are looked up and sorted, never the whole list read for them.
_LOOKED_UP = (Func(F("sort_key"), template="(%(expressions)s || '')"), "pk")
_READ = ("sort_key", "pk")


class _Counted:
    """About how many people have each word, as the database last counted; asked again every ten minutes."""

    def __init__(self) -> None:
        self._shares: dict[str, float] = {}
        self._people, self._asked_at = 0.0, -_FRESH

    def refresh(self) -> None:
        """Ask the database again if it was long ago."""
        if time.monotonic() - self._asked_at < _FRESH:
            return
        with connection.cursor() as cursor:
            cursor.execute(_SHARES)
            rows = cursor.fetchall()
        self._shares = {word: share for word, share, _ in rows}
        self._people = rows[0][2] if rows else 0.0
        self._asked_at = time.monotonic()

    def share(self, whole: Sequence[str], begun: Sequence[str]) -> float:
        """Which part of all people have all these words, as if words came together by chance."""
        found = 1.0
        for word in whole:
            found *= self._shares.get(word, 0.0)
        for word in begun:
            found *= min(1.0, sum(n for own, n in self._shares.items() if own.startswith(word)))
        return found

    def expected(self, whole: Sequence[str], begun: Sequence[str]) -> float:
        """How many people have all these words, by their share."""
        return self._people * self.share(whole, begun)


_counted = _Counted()


def is_common(names: Sequence[str]) -> bool:
    """Whether so many people have these words, the last one perhaps unfinished, that they are read in order."""
    if not names or _repeats(names):
        return False
    _counted.refresh()
    return _counted.expected(names[:-1], names[-1:]) > _MANY


def looked_up(whole: Sequence[str], begun: Sequence[str]) -> list[str]:
    """Those of the unfinished words that are looked up beside the whole ones; whether the others are said is then read.

    The list of an unfinished word is read to its end. Where it is long, and the other words leave few people, reading
    these is sooner done.
    """
    _counted.refresh()
    kept = list(begun)
    for word in sorted(begun, key=lambda one: -_counted.share([], [one])):
        others = [one for one in kept if one != word]
        if _counted.share(whole, others) * _READ_FOR_ONE < _counted.share([], [word]):
            kept = others
    return kept


def are_everywhere(names: Sequence[str]) -> bool:
    """Whether these words, the last one perhaps unfinished, are so common that the first to have them are soon found."""
    if not names:
        return False
    _counted.refresh()
    return _counted.share(names[:-1], names[-1:]) > _EVERYWHERE


def _repeats(names: Sequence[str]) -> bool:
    """Whether one word of a name could answer for two of those asked."""
    *whole, last = names
    return len(set(whole)) < len(whole) or any(word.startswith(last) for word in whole)


def in_order(passing: QuerySet[Person], names: Sequence[str], most: int) -> list[int]:
    """Ids of the first of these people who have all these words, in the order of names.

    ``passing`` are people asked of each row that is read, so that no other index is taken than the one meant.
    """
    rows = {row for part in _parts(passing, names) for row in part[:most].values_list("sort_key", "pk")}
    return [pk for _key, pk in sorted(rows)[:most]]


def _parts(passing: QuerySet[Person], names: Sequence[str]) -> Iterator[QuerySet[Person]]:
    """Those who have every word in front of the given name, then those whose given name each of the words is."""
    *whole, last = names
    front = [FRONT + word for word in whole]
    if _counted.expected(front, [FRONT + last]) > _MANY:
        yield passing.filter(fold__has_said=said(whole, [last], in_front=True)).order_by(*_READ)
    else:
        yield passing.filter(words__has=all_of(front, [FRONT + last])).order_by(*_LOOKED_UP)
    for n, given in enumerate(whole):
        others = [word for m, word in enumerate(whole) if m != n]
        for span in given_ranges(given):
            yield (
                _named(passing, span)
                .filter(fold__has_said=said(others, [last], in_front=True))
                .order_by(*_READ)
            )
    many = _counted.expected(front, []) > _MANY
    for span in given_ranges(last, unfinished=True):
        part = _named(passing, span)
        if not whole:
            yield part.order_by(*_READ)
        elif many:
            yield part.filter(fold__has_said=said(whole, in_front=True)).order_by(*_READ)
        else:
            yield part.filter(words__has=all_of(front)).order_by(*_LOOKED_UP)


def _named(people: QuerySet[Person], span: tuple[str, str]) -> QuerySet[Person]:
    return people.filter(sort_key__gte=span[0], sort_key__lt=span[1])

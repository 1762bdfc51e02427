"""Finding people by what one knows of them: words of the name, card number, birth year, the cell.

The words of the name come in any order, without tones; the last may be unfinished. Four figures between 1900 and
2099 are a birth year, other figures the end of a card number. What follows a comma is the cell. Where nobody answers
to all of it as a name, the last words are tried as the cell's, and every word as unfinished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Func, Q, QuerySet

from tochuc.kernel.names import clean_name, fold
from tochuc.members.common_names import in_order, is_common
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.org.words import all_of, from_its_end

MOST = 200
"""So many of those found are shown; whoever needs more says more."""
_MOST_CELLS = 2000
_MOST_WORDS = 8
_FIGURES = re.compile(r"\d[\d.\-/]*\d\Z")
_YEAR = re.compile(r"(19|20)\d\d\Z")
_SHORTEST_CARD = 3
_PUNCTUATION = re.compile(r"[^\w'.\-/]+")


@dataclass(frozen=True)
class Asked:
    """One way to read what was typed: words of the person and of the cell."""

    person: tuple[str, ...]
    cell: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The words of the person that aren't figures."""
        return [word for word in self.person if not _FIGURES.match(word)]

    @property
    def figures(self) -> list[str]:
        """Birth years and ends of card numbers."""
        return ["".join(c for c in word if c.isdigit()) for word in self.person if _FIGURES.match(word)]

    @property
    def years(self) -> list[str]:
        """The figures that may be a birth year."""
        return [figure for figure in self.figures if _YEAR.match(figure)]


def read(typed: str) -> Asked:
    """What was typed, as it stands: the person, and after a comma the cell."""
    person, _comma, cell = fold(clean_name(typed)).partition(",")
    return Asked(_words(person), _words(cell))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_PUNCTUATION.sub(" ", text).split()[:_MOST_WORDS])


def first(people: QuerySet[Person], typed: str) -> QuerySet[Person]:
    """The first ``MOST`` of these people who answer to what was typed, sorted as Vietnamese names are.

    Of a common name only so many are read, whoever asks.
    """
    asked = read(typed)
    only_names = not asked.cell and len(asked.names) == len(asked.person)
    found = in_order(people, asked.names, MOST) if only_names and is_common(asked.names) else []
    if not found:
        found = list(_looked_up(find(people, typed)).values_list("pk", flat=True)[:MOST])
    return Person.objects.filter(pk__in=found).order_by("sort_key", "pk")


def _looked_up(found: QuerySet[Person]) -> QuerySet[Person]:
    """In an order that no index has: the few who answer are looked up and sorted, never the whole list read for them."""
    return found.order_by(Func(F("sort_key"), template="(%(expressions)s || '')"), "pk")


def find(people: QuerySet[Person], typed: str) -> QuerySet[Person]:
    """Those of these people who answer to what was typed, sorted as Vietnamese names are."""
    asked = read(typed)
    people = people.alias(card_end=from_its_end("card_number")).order_by("sort_key", "pk")
    if not asked.person and not asked.cell:
        return people.none()
    found = people.filter(_answers(asked))
    if asked.cell or found.order_by().exists():
        return found
    others = Q(pk__in=[])
    for reading in _otherwise(asked.person):
        others |= _answers(reading, begun=True)
    return people.filter(others)


def _otherwise(words: Sequence[str]) -> Iterator[Asked]:
    """Other readings of the same words: each word unfinished; the last ones, or all, of the cell's name."""
    yield Asked(tuple(words))
    for name_ends in range(len(words)):
        yield Asked(tuple(words[:name_ends]), tuple(words[name_ends:]))


def _answers(asked: Asked, *, begun: bool = False) -> Q:
    answers = Q()
    alone = len(asked.person) == 1
    if asked.names or asked.years:
        answers &= _or_card(Q(words__has=_name_words(asked, begun)), asked.years if alone else [])
    for ending in asked.figures:
        if ending not in asked.years:
            answers &= _card(ending)
    if asked.cell:
        # Looked up beforehand: few cells have such a name, and the people of few cells are soon read.
        cells = Organisation.objects.filter(words__has=all_of((), asked.cell))
        answers &= Q(home__in=list(cells.order_by("pk").values_list("pk", flat=True)[:_MOST_CELLS]))
    return answers


def _name_words(asked: Asked, begun: bool) -> str:
    if begun:
        return all_of(asked.years, asked.names)
    return all_of([*asked.names[:-1], *asked.years], asked.names[-1:])


def _or_card(answers: Q, year: Sequence[str]) -> Q:
    """Four figures by themselves may be the end of a card number too."""
    return answers | _card(year[0]) if year else answers


def _card(ending: str) -> Q:
    if len(ending) < _SHORTEST_CARD:
        return Q(pk__in=[])
    return Q(card_end__startswith=ending[::-1])

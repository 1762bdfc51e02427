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

from tochuc.access import gate
from tochuc.access.units import Numbers
from tochuc.access.viewer import Viewer
from tochuc.kernel.names import clean_name, fold
from tochuc.members import branch_names, in_branch, in_cells
from tochuc.members.common_names import in_order, is_common, looked_up
from tochuc.members.in_branch import Row
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.org.words import all_of, from_its_end, said

MOST = 200
"""So many of those found are shown; whoever needs more says more."""
_MOST_WORDS = 8
_FEW_UNITS = 400
"""So many organisations are a commune's or fewer: everyone who stands in them is soon read."""
_ACTION = "member.search"
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

    @property
    def by_name(self) -> bool:
        """Whether nothing but words of the name and birth years are asked of the person."""
        return bool(self.person) and len(self.names) + len(self.years) == len(self.person)

    @property
    def may_be_card(self) -> bool:
        """Four figures by themselves may be the end of a card number too."""
        return len(self.person) == 1 and bool(self.years)


def read(typed: str) -> Asked:
    """What was typed, as it stands: the person, and after a comma the cell."""
    person, _comma, cell = fold(clean_name(typed)).partition(",")
    return Asked(_words(person), _words(cell))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_PUNCTUATION.sub(" ", text).split()[:_MOST_WORDS])


@dataclass(frozen=True)
class Scope:
    """Whom a search may find, in the forms in which they are soon read.

    ``passing``: the same people, asked of each row that is read (of those whom a list of names gives, where there is one); ``units``: where all of them stand or stood, where
    these are few, else None; ``cells``: among which organisations a cell's name is looked for; ``branch``: the large
    branch (by id) whose list of names holds all of them, if there is one.
    """

    passing: QuerySet[Person]
    units: list[int] | None
    cells: QuerySet[Organisation]
    branch: int | None = None


def scope_of(viewer: Viewer) -> Scope:
    """Whom this viewer may search."""
    viewer = viewer.reader()
    units, place = gate.few_units(viewer, _ACTION, _FEW_UNITS), gate.only_place(viewer, _ACTION)
    listed = units is None and place is not None and branch_names.kept_of(place)
    people = gate.visible if listed else gate.visible_in_passing
    return Scope(
        # A record that was merged is no person of its own.
        people(viewer, _ACTION, "person").filter(merged_into=None),
        units,
        gate.visible(viewer, _ACTION, "organisation"),
        place if listed else None,
    )


def first(scope: Scope, typed: str) -> QuerySet[Person]:
    """The first ``MOST`` of these people who answer to what was typed, sorted as Vietnamese names are.

    In a small branch everyone is read; a large one has a list of its own; of the whole, of a common name only the
    first are read.
    """
    asked = read(typed)
    found: list[int] = []
    anywhere = scope.units is None and scope.branch is None and not asked.cell
    if anywhere and len(asked.names) == len(asked.person):
        found = in_order(scope.passing, asked.names, MOST) if is_common(asked.names) else []
    for readings in _readings(asked, scope) if not found else ():
        # Each by itself: what is soonest looked up for one of them isn't for another.
        rows = {row for one in readings for row in one}
        found = [pk for _key, pk in sorted(rows)[:MOST]]
        if found:
            break
    return Person.objects.filter(pk__in=found).order_by("sort_key", "pk")


def _readings(asked: Asked, scope: Scope) -> Iterator[list[list[Row]]]:
    """The first who answer to what was typed as it stands; where nobody does, to other readings of it."""
    if asked.person or asked.cell:
        yield [_rows(asked, scope)]
    if asked.person and not asked.cell:
        # Of a single word, that it may be unfinished was asked already.
        unfinished = _rows(asked, scope, begun=True) if len(asked.names) > 1 else []
        yield [unfinished, _rows_in_cells(asked.person, scope)]


def _rows(asked: Asked, scope: Scope, *, begun: bool = False) -> list[Row]:
    people, few = scope.passing.alias(card_end=from_its_end("card_number")), scope.units is not None
    if scope.units is not None:
        people = people.filter(home__in=Numbers(scope.units))
    if asked.cell:
        homes = in_cells.named(scope.cells, asked.cell)
        people, few = people.filter(home__in=Numbers(homes)), few or len(homes) <= _FEW_UNITS
    if scope.branch is not None and asked.by_name and not few:
        rows = in_branch.first(people, scope.branch, asked.names, asked.years, MOST, begun=begun)
        return rows + _first_of(people.filter(_card(asked.years[0]))) if asked.may_be_card else rows
    if not few and not asked.cell and asked.may_be_card:
        # One in sixty: the first of them are read in the order of names.
        born = people.filter(birth_on__year=int(asked.years[0])).order_by("sort_key", "pk")
        return list(born.values_list("sort_key", "pk")[:MOST]) + _first_of(
            people.filter(_card(asked.years[0]))
        )
    return _first_of(people.filter(_answers(asked, begun=begun, few=few)))


def _rows_in_cells(words: Sequence[str], scope: Scope) -> list[Row]:
    """The first of those who stand in cells that the last words name, and have the words before; all asked at once."""
    homes = in_cells.by_first_word(scope.cells, words)
    if not homes:
        return []
    answers = Q()
    for name_ends, cells in homes.items():
        answers |= Q(home__in=Numbers(cells)) & _answers(
            Asked(tuple(words[:name_ends])), begun=True, few=True
        )
    everywhere = {cell for cells in homes.values() for cell in cells}
    if scope.units is not None:
        everywhere &= set(scope.units)
    people = scope.passing.alias(card_end=from_its_end("card_number"))
    return _first_of(people.filter(answers, home__in=Numbers(everywhere)))


def _first_of(found: QuerySet[Person]) -> list[Row]:
    """In an order that no index has: the few who answer are looked up and sorted, never the whole list read for them."""
    in_order = Func(F("sort_key"), template="(%(expressions)s || '')")
    return list(found.order_by(in_order, "pk").values_list("sort_key", "pk")[:MOST])


def find(people: QuerySet[Person], typed: str) -> QuerySet[Person]:
    """Those of these people who answer to what was typed, sorted as Vietnamese names are."""
    asked = read(typed)
    people = people.filter(merged_into=None)
    people = people.alias(card_end=from_its_end("card_number")).order_by("sort_key", "pk")
    if not asked.person and not asked.cell:
        return people.none()
    found = people.filter(_lives_in(asked) & _answers(asked))
    if asked.cell or found.order_by().exists():
        return found
    others = Q(pk__in=[])
    for reading in _otherwise(asked.person):
        others |= _lives_in(reading) & _answers(reading, begun=True)
    return people.filter(others)


def _lives_in(asked: Asked) -> Q:
    return Q(home__in=in_cells.named(Organisation.objects.all(), asked.cell)) if asked.cell else Q()


def _otherwise(words: Sequence[str]) -> Iterator[Asked]:
    """Other readings of the same words: each word unfinished; the last ones, or all, of the cell's name."""
    yield Asked(tuple(words))
    for name_ends in range(len(words)):
        yield Asked(tuple(words[:name_ends]), tuple(words[name_ends:]))


def _answers(asked: Asked, *, begun: bool = False, few: bool = False) -> Q:
    """The words of the person asked of each; ``few``: of few people, so that each is read."""
    answers = Q()
    if asked.names or asked.years:
        named = _said(asked, begun) if few else _indexed(asked, begun)
        answers &= named | _card(asked.years[0]) if asked.may_be_card else named
    for ending in asked.figures:
        if ending not in asked.years:
            answers &= _card(ending)
    return answers


def _said(asked: Asked, begun: bool) -> Q:
    """The same words asked of each person who is read."""
    whole, last = ([], asked.names) if begun else (asked.names[:-1], asked.names[-1:])
    answers = Q(fold__has_said=said(whole, last))
    for year in asked.years:
        answers &= Q(birth_on__year=int(year))
    return answers


def _indexed(asked: Asked, begun: bool) -> Q:
    """The same words looked up, but for unfinished ones that so many have that they are sooner read."""
    whole, unfinished = (
        [*([] if begun else asked.names[:-1]), *asked.years],
        asked.names if begun else asked.names[-1:],
    )
    kept = looked_up(whole, unfinished)
    read = [word for word in unfinished if word not in kept]
    answers = Q(words__has=all_of(whole, kept))
    return answers & Q(fold__has_said=said([], read)) if read else answers


def _card(ending: str) -> Q:
    if len(ending) < _SHORTEST_CARD:
        return Q(pk__in=[])
    return Q(card_end__startswith=ending[::-1])

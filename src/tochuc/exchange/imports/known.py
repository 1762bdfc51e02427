"""The people of a branch whom a row of a list may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db.models import Max, Q, QuerySet

from tochuc.changes.models import CREATED, Change
from tochuc.changes.since import known_date
from tochuc.kernel.known_dates import KnownDate, Precision
from tochuc.kernel.names import fold
from tochuc.members.models import Person
from tochuc.org.models import Organisation, Under

_SOON_READ = 20_000
"""So many people are soon read, and held without a thought for memory."""
_KEPT = 20_000
"""Of so many names and cards it is remembered whom they may mean."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """Someone in the record, as far as rows are compared with them; ``emptied`` where an undone import left them."""

    person: int
    full_name: str
    birth: KnownDate
    emptied: bool = False


@dataclass
class Branch:
    """The people of a branch by name (tones aside) and by card number, and those one of its imports made and undid.

    A smaller branch is held whole. Of a large one those are looked up whom some rows may mean, before these are compared.
    """

    everyone: QuerySet[Person]
    by_name: dict[str, list[Namesake]] = field(default_factory=lambda: defaultdict(list))
    by_card: dict[str, int] = field(default_factory=dict)
    whole: bool = False
    _asked: set[str] = field(default_factory=set)

    def hold_whole(self) -> None:
        """Look everyone up at once."""
        self._take_names(self.everyone)
        self._take_cards(self.everyone.exclude(card_number=""))
        self.whole = True

    def expect(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Look up whom these rows, by their fields, may mean, where that wasn't done yet."""
        if self.whole:
            return
        if len(self._asked) > _KEPT:
            for kept in (self.by_name, self.by_card, self._asked):
                kept.clear()
        names, cards = set[str](), set[str]()
        for fields in rows:
            names.add(fold(fields.get("full_name") or ""))
            cards.add(fields.get("card_number") or "")
        names -= {"", *self._asked}
        cards -= {"", *self._asked}
        if names:
            self._take_names(self.everyone.filter(fold__in=names))
        if cards:
            self._take_cards(with_cards(self.everyone, cards))
        self._asked |= names | cards

    def _take_names(self, people: QuerySet[Person]) -> None:
        rows = people.values_list("pk", "fold", "full_name", "birth_on", "birth_precision", "home")
        for pk, folded, full_name, birth_on, precision, home in rows.iterator(chunk_size=5000):
            born = KnownDate(birth_on, cast(Precision, precision))
            self.by_name[folded].append(Namesake(pk, full_name, born, home is None))

    def _take_cards(self, people: QuerySet[Person]) -> None:
        self.by_card |= dict(people.values_list("card_number", "pk").iterator(chunk_size=5000))

    def holding(self, people: Iterable[int]) -> list[int]:
        """Which of these people (by id) are of the branch."""
        return list(self.everyone.filter(pk__in=people).values_list("pk", flat=True))

    def known(self, full_name: str, birth: str | None, card: str | None) -> bool:
        """Whether someone like that is in the branch: that card, or that name and possibly that birth."""
        if card and card in self.by_card:
            return True
        if not birth:
            return False
        born = known_date(birth).span
        return any(
            not one.emptied and one.birth.span.overlaps(born) for one in self.by_name.get(fold(full_name), ())
        )

    def match(self, fields: Mapping[str, Any]) -> int | None:
        """Whom a row means, by id: by card number, else by name together with birth; never by name alone.

        The name as written and the birth as known go first. A name that differs in tones counts only with
        the same full date of birth; a birth known less exactly only with the very same name. Where several
        people fit, nobody does.
        """
        card = fields.get("card_number")
        if card and (found := self.by_card.get(card)) is not None:
            return found
        if "birth" not in fields or "full_name" not in fields:
            return None
        name, born = fields["full_name"], known_date(fields["birth"])
        alike = [n for n in self.by_name.get(fold(name), ()) if n.birth.span.overlaps(born.span)]
        same_birth = [n for n in alike if n.birth == born]
        return (
            _only(n for n in same_birth if n.full_name == name)
            or _only(n for n in same_birth if born.precision == "day")
            or (None if same_birth else _only(n for n in alike if n.full_name == name))
        )


def _only(found: Iterable[Namesake]) -> int | None:
    several = list(found)
    return several[0].person if len(several) == 1 else None


def with_cards(people: QuerySet[Person], cards: Collection[str]) -> QuerySet[Person]:
    """Those of these people who have one of these cards."""
    # That no card is empty has to be said: the index holds none that is.
    return people.filter(card_number__in=cards).exclude(card_number="")


def branch_of(organisation: Organisation, on: date) -> Branch:
    """Everyone whose place is, or last was, in this branch on a day, and who has been entered until now."""
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    made = Change.objects.filter(what=CREATED, changeset__organisation__in=units).exclude(undone_at=None)
    people = Person.objects.filter(Q(home__in=units) | Q(home=None, pk__in=made.values("person")))
    last = Person.objects.aggregate(last=Max("pk"))["last"] or 0
    branch = Branch(people.filter(merged_into=None, pk__lte=last))
    if branch.everyone[: _SOON_READ + 1].count() <= _SOON_READ:
        branch.hold_whole()
    return branch

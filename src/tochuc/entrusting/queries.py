"""Reading entrusted work: a cell's year with everybody who should have some, a member's own, a branch in figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from tochuc.entrusting.models import Entrusted, Reviewed
from tochuc.kernel.errors import NotInForce
from tochuc.members.conditions import EXEMPT
from tochuc.members.kinds import IN_PARTY
from tochuc.members.merged import owner, with_merged
from tochuc.members.models import Condition, Membership, Person
from tochuc.org.heirs import ended_into
from tochuc.org.models import Organisation, Under
from tochuc.rules.ask import rule

__all__ = ["Entrusted", "Line", "Reviewed"]


@dataclass(frozen=True)
class Line:
    """A member of the cell with the work of the year, and how it was found done; ``exempt`` ones need none."""

    person: Person
    work: Entrusted | None
    review: Reviewed | None
    exempt: bool

    @property
    def missing(self) -> bool:
        """Whether the member should have work and has none."""
        return self.work is None and not self.exempt


def lines(cell: Organisation, year: int, today: date) -> list[Line]:
    """The cell's members on a day of the year, by name, and who had work there and has left since."""
    day = day_of(year, today)
    stays = Membership.objects.on(day).filter(organisation=cell, standing__in=IN_PARTY)
    people = {stay.person_id: stay.person for stay in stays.select_related("person")}
    # Work given by a cell that ended since goes on in the one that follows it.
    ended = ended_into([cell.pk], today).get(cell.pk, [])
    rows = Entrusted.objects.filter(organisation__in=[cell.pk, *ended], year=year, replaced_by=None)
    found_works = list(
        rows.exclude(content="").annotate(owner=owner()).select_related("person").order_by("pk")
    )
    works = {
        work.owner: work
        for work in found_works
        if work.owner in people or (work.organisation_id == cell.pk and work.person_id == work.owner)
    }
    people |= {pk: work.person for pk, work in works.items() if pk not in people}
    reviews = {
        one.entrusted_id: one
        for one in Reviewed.objects.filter(
            entrusted__in=[work.pk for work in works.values()], corrected_by=None
        )
    }
    exempt = _exempt(people, day)
    found = [
        Line(person, works.get(pk), reviews.get(works[pk].pk) if pk in works else None, pk in exempt)
        for pk, person in people.items()
    ]
    return sorted(found, key=lambda line: (line.person.sort_key, line.person.pk))


def day_of(year: int, today: date) -> date:
    """The day of a year on which its members are looked up: today, or the year's last or first."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


def _exempt(people: Iterable[int], day: date) -> set[int]:
    rows = Condition.objects.on(day).filter(person__in=list(people), kind=EXEMPT)
    return set(rows.values_list("person", flat=True))


def of_person(person: Person) -> list[tuple[Entrusted, Reviewed | None]]:
    """A member's work through the years, newest first, each with its review."""
    rows = Entrusted.objects.filter(person__in=with_merged([person.pk]), replaced_by=None).exclude(content="")
    works = list(rows.select_related("organisation").order_by("-year", "-pk"))
    reviews = {
        one.entrusted_id: one for one in Reviewed.objects.filter(entrusted__in=works, corrected_by=None)
    }
    return [(work, reviews.get(work.pk)) for work in works]


def results(on: date) -> list[str]:
    """How work can be found done, in the words of the rule; none where no rule gives any."""
    try:
        return [str(item) for item in rule("entrusting.results", on=on).items]
    except NotInForce:
        return []


@dataclass(frozen=True)
class Tally:
    """A cell's year: members who should have work, those who have, those whose work was reviewed."""

    members: int
    entrusted: int
    reviewed: int


def tallies(units: Iterable[int], year: int, today: date) -> dict[int, Tally]:
    """The year of several cells, by id."""
    return tallies_of(units, [year], today)[year]


def tallies_of(units: Iterable[int], years: Iterable[int], today: date) -> dict[int, dict[int, Tally]]:
    """Several years of several cells, by year and id: four queries for all of them."""
    ids, days = list(units), {year: day_of(year, today) for year in years}
    span = {"since__lte": max(days.values()), "until__gt": min(days.values())}
    stays = Membership.objects.filter(organisation__in=ids, standing__in=IN_PARTY, **span)
    stayed = list(stays.values_list("person", "organisation", "since", "until"))
    freed = list(
        Condition.objects.filter(kind=EXEMPT, person__in=stays.values("person"), **span).values_list(
            "person", "since", "until"
        )
    )
    heirs: dict[int, list[int]] = {}
    for heir, several in ended_into(ids, today).items():
        for ended in several:
            heirs.setdefault(ended, []).append(heir)
    given = _given([*ids, *heirs], list(days))
    found: dict[int, dict[int, Tally]] = {}
    for year, day in days.items():
        exempt = {person for person, since, until in freed if since <= day < until}
        has = {
            (person, place): reviewed
            for person, cell, of, reviewed in given
            if of == year
            for place in heirs.get(cell, [cell])
        }
        counts: dict[int, list[int]] = {}
        for person, cell, since, until in stayed:
            if since <= day < until:
                own = counts.setdefault(cell, [0, 0, 0])
                own[0] += person not in exempt or (person, cell) in has
                own[1] += (person, cell) in has
                own[2] += has.get((person, cell), False)
        found[year] = {cell: Tally(*own) for cell, own in counts.items()}
    return found


def _given(cells: list[int], years: list[int]) -> list[tuple[int, int, int, bool]]:
    """The work in force: whose, at which cell, of which year, and whether it was reviewed."""
    works = Entrusted.objects.filter(organisation__in=cells, year__in=years, replaced_by=None)
    reviews = Reviewed.objects.filter(entrusted=OuterRef("pk"), corrected_by=None)
    rows = works.exclude(content="").annotate(owner=owner(), reviewed=Exists(reviews))
    return list(rows.values_list("owner", "organisation", "year", "reviewed"))


def cells_of(branch: Organisation, on: date) -> list[int]:
    """The ids of a branch's organisations on a day."""
    return list(Under.objects.on(on).filter(above=branch).values_list("unit", flat=True))


def history_of(work: Entrusted) -> list[Entrusted]:
    """What stood before, newest first."""
    return histories_of([work])[work.pk]


def histories_of(works: Sequence[Entrusted]) -> dict[int, list[Entrusted]]:
    """What stood before each of these, by its id, newest first."""
    rows = Entrusted.objects.filter(person__in={work.person_id for work in works}).exclude(
        pk__in=[work.pk for work in works]
    )
    before: defaultdict[tuple[int, int, int], list[Entrusted]] = defaultdict(list)
    for old in rows.select_related("recorded_by").order_by("-pk"):
        before[old.person_id, old.organisation_id, old.year].append(old)
    return {work.pk: before[work.person_id, work.organisation_id, work.year] for work in works}

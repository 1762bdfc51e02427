"""Reading people: always through a scope, that is, a queryset that the gate gave."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from tochuc.kernel.known_dates import KnownDate
from tochuc.kernel.names import fold as fold_name
from tochuc.kernel.remembering import remembered
from tochuc.members.kinds import IN_PARTY, SYMPATHISER
from tochuc.members.models import Fact, Holds, MemberEvent, Membership, Person
from tochuc.org.models import Organisation, Under


def members_of(organisation: Organisation, on: date, *, standing: str = "") -> QuerySet[Membership]:
    """Who belongs to a branch on a day, sorted as Vietnamese names are."""
    standings = [standing] if standing else list(IN_PARTY)
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    return (
        Membership.objects.on(on)
        .filter(organisation__in=units, standing__in=standings)
        .select_related("person", "organisation")
        .order_by("person__sort_key", "person_id")
    )


def sympathisers_of(organisation: Organisation, on: date) -> QuerySet[Membership]:
    """Who is on the sympathisers' lists of a branch on a day."""
    return members_of(organisation, on, standing=SYMPATHISER)


@dataclass(frozen=True)
class Moment:
    """One line of a person's timeline: the event and, where it was corrected, by which and why."""

    event: MemberEvent
    correction: MemberEvent | None


def timeline(person: Person) -> list[Moment]:
    """Everything recorded of a person, newest first; what was corrected stays, marked."""
    events = list(
        person.events.select_related("organisation", "post", "recorded_by").order_by("-happened_on", "-id")
    )
    corrections = {e.corrects_id: e for e in events if e.corrects_id}
    return [Moment(e, corrections.get(e.pk)) for e in events]


@remembered
def facts_of(person: Person, *fields: str) -> list[Fact]:
    """The facts recorded of a person's fields (all of them, or these), in the order of recording."""
    own = person.facts.select_related("recorded_by").order_by("pk")
    return list(own.filter(field__in=fields) if fields else own)


def row_of(person: Person, table: str, number: int) -> Fact | None:
    """A row in force of one of a person's tables by its number; else None."""
    rows = person.facts.filter(field=table, pk=number, corrected_by=None, value__isnull=False)
    return rows.first()


@remembered
@remembered
def membership_on(person: Person, on: date) -> Membership | None:
    """Where a person stands on a day; None outside."""
    return Membership.objects.on(on).filter(person=person).select_related("organisation").first()


def posts_of(person: Person, on: date) -> QuerySet[Holds]:
    """The posts a person holds on a day."""
    return Holds.objects.on(on).filter(person=person).select_related("post", "post__organisation")


def holders_at(organisation: Organisation, on: date) -> QuerySet[Holds]:
    """Who holds the organisation's posts on a day."""
    return Holds.objects.on(on).filter(post__organisation=organisation).select_related("post", "person")


def joined_party(person: Person) -> tuple[date | None, date | None, date | None]:
    """Days of the admission decision, the ceremony and the recognition, as far as the ledger knows them.

    Before the ledger began they are in the opening entry. The first begins Party age, the second probation.
    """
    return joined(events_in_force(person))


@remembered
def events_in_force(person: Person) -> tuple[MemberEvent, ...]:
    """The entries of a person that nothing corrects, in order of time."""
    return tuple(person.events.filter(corrected_by=None).order_by("happened_on", "id"))


def joined(events: Iterable[MemberEvent]) -> tuple[date | None, date | None, date | None]:
    """The same from one person's events in force, in order of time.

    One admitted again keeps the first decision, and begins a new probation.
    """
    decided = ceremony = official = None
    for event in events:
        if event.kind in {"opening", "arrived"}:
            ceremony = _day(event.data.get("admitted_on")) or ceremony
            decided = _day(event.data.get("party_age_from")) or ceremony or decided
            official = _day(event.data.get("official_on")) or official
        elif event.kind in {"admitted", "readmitted"}:
            ceremony, official = event.happened_on, None
            decided = decided or event.decision_on or event.happened_on
        elif event.kind == "recognised":
            official = event.happened_on
        elif event.kind == "recognition_annulled":
            official = None
        elif event.kind == "admission_annulled":
            decided = ceremony = official = None
    return decided, ceremony, official


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def version_of(person: Person) -> str:
    """A word that changes with whatever is recorded of a person: events, fields of the record, rows of its tables."""
    last = person.events.aggregate(last=Max("pk"))["last"], person.facts.aggregate(last=Max("pk"))["last"]
    fields = [str(getattr(person, f.attname)) for f in Person._meta.concrete_fields]
    return hashlib.sha256("\x00".join([*map(str, last), *fields]).encode()).hexdigest()[:20]


def event_of(person: Person, number: int) -> MemberEvent | None:
    """One recorded event of a person by its number, if it can still be corrected; else None."""
    found = person.events.in_force().filter(pk=number)
    return found.select_related("organisation", "post").first()


def own_record(account: int) -> Person | None:
    """The person whose account this is."""
    return Person.objects.filter(account=account).first()


def merged_count(person: Person) -> int:
    """How many records were merged into this one."""
    return person.merged.count()


def readable(people: QuerySet[Person], refs: Iterable[str]) -> frozenset[str]:
    """Which of these people are among those one may read."""
    return frozenset(people.filter(ref__in=set(refs)).values_list("ref", flat=True))


def with_card(people: QuerySet[Person], number: str) -> Person | None:
    """The one among these people who has this Party card."""
    return people.filter(card_number=number, merged_into=None).select_related("home").first()


def namesakes(people: QuerySet[Person], full_name: str, born: KnownDate) -> list[Person]:
    """People of the same name, tones aside, who may have been born on that date."""
    span = born.span
    same = people.filter(fold=fold_name(full_name), merged_into=None).select_related("home")
    return [p for p in same if p.birth.span.overlaps(span)]

"""Lists of members: whom they hold, in which order, and what each line shows beside the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from tochuc.kernel.names import fold as fold_name
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Holds, MemberEvent, Membership, Person
from tochuc.members.queries import joined
from tochuc.org.kinds import LEADING_POSTS, POST_ORDER
from tochuc.org.models import Organisation, Post, Under

_JOINING = (
    *("opening", "arrived", "admitted", "readmitted", "recognised"),
    *("admission_annulled", "recognition_annulled"),
)


def named(rows: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    """Those whose name has all these words in any order, tones and case aside."""
    for part in fold_name(words).split():
        rows = rows.filter(Q(person__fold__startswith=part) | Q(person__fold__contains=" " + part))
    return rows


def members_now(
    people: QuerySet[Person], branch: Organisation, on: date, standings: Collection[str] = IN_PARTY
) -> QuerySet[Person]:
    """Those of these people who stand in a branch now, sorted as Vietnamese names are."""
    units = Under.objects.on(on).filter(above=branch).values("unit")
    return people.filter(home__in=units, standing__in=standings).order_by("sort_key", "pk")


@dataclass
class Beside:
    """What a list shows of one person beside name and birth: Party days and posts held."""

    decided: date | None = None
    ceremony: date | None = None
    official: date | None = None
    posts: list[str] = field(default_factory=list)


def beside(people: Iterable[int], on: date) -> dict[int, Beside]:
    """Party days and posts of many people (by id) in two queries."""
    ids = list(people)
    found: defaultdict[int, Beside] = defaultdict(Beside)
    events = MemberEvent.objects.filter(
        person__in=ids, kind__in=_JOINING, corrected_by=None, happened_on__lte=on
    )
    in_order = events.order_by("person_id", "happened_on", "id")
    for person, own in groupby(in_order, key=lambda event: event.person_id):
        one = found[person]
        one.decided, one.ceremony, one.official = joined(own)
    for held in Holds.objects.on(on).filter(person__in=ids).select_related("post"):
        found[held.person_id].posts.append(held.post.title)
    return found


@dataclass(frozen=True)
class Seat:
    """A post and who holds it, with ``readable`` saying whether the viewer may open the holder's record.

    ``ref`` is empty where nobody holds it.
    """

    title: str
    kind: str
    since: date | None
    ref: str
    name: str
    readable: bool

    @property
    def leading(self) -> bool:
        """Whether it leads the organisation."""
        return self.kind in LEADING_POSTS

    @property
    def many(self) -> bool:
        """Whether it is one of the many seats of a committee."""
        return self.kind == "committee_member"

    @property
    def vacant(self) -> bool:
        """Whether nobody holds the post (khuyết)."""
        return not self.ref


def seats(organisation: Organisation, on: date, people: QuerySet[Person]) -> list[Seat]:
    """The organisation's posts on a day with their holders, leaders first; vacant ones too."""
    holding = FilteredRelation("holders", condition=Q(holders__since__lte=on, holders__until__gt=on))
    rows = (
        Post.objects.on(on)
        .filter(organisation=organisation)
        .annotate(
            held=holding,
            readable=Exists(people.filter(pk=OuterRef("held__person"))),
        )
        .values_list(
            "kind",
            "title",
            "held__since",
            "held__person__ref",
            "held__person__full_name",
            "held__person__sort_key",
            "readable",
        )
    )
    in_order = sorted(rows, key=lambda row: (POST_ORDER[row[0]], row[1], row[5] or ""))
    return [
        Seat(title, kind, since, ref or "", name or "", readable)
        for kind, title, since, ref, name, _key, readable in in_order
    ]


@dataclass(frozen=True)
class Term:
    """One who holds or held a leading post of an organisation, from one day until another."""

    title: str
    name: str
    ref: str
    since: date
    until: date


def leaders_through_time(organisation: Organisation) -> list[Term]:
    """Who has led the organisation, the latest first."""
    rows = (
        Holds.objects.filter(post__organisation=organisation, post__kind__in=LEADING_POSTS)
        .select_related("post", "person")
        .order_by("-since", "-pk")
    )
    return [Term(r.post.title, r.person.full_name, r.person.ref, r.since, r.until) for r in rows]

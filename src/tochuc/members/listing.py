"""Lists of members: whom they hold, in which order, and what each line shows beside the name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from tochuc.kernel.names import fold as fold_name
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Holds, Membership, Person
from tochuc.org.kinds import LEADING_POSTS, POST_ORDER
from tochuc.org.models import Organisation, Post, Under


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

"""The posts of a branch on a day: who holds each, and which nobody holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Value, When

from tochuc.kernel.names import fold
from tochuc.members.models import Person
from tochuc.org.kinds import LEADING_POSTS, POST_ORDER
from tochuc.org.models import Organisation, Post, Under

LEADING, VACANT = "dung-dau", "khuyet"
_FIELDS = (
    "organisation__code",
    "organisation__name",
    "title",
    "kind",
    "held__since",
    "held__person__ref",
    "held__person__full_name",
    "held__person__birth_on__year",
    "readable",
    "code",
)


@dataclass(frozen=True)
class PostLine:
    """One post at one organisation with its holder; ``ref`` is empty where nobody holds it."""

    code: str
    organisation: str
    title: str
    kind: str
    since: date | None
    ref: str
    name: str
    born: int | None
    readable: bool
    post: str

    @property
    def vacant(self) -> bool:
        """Whether nobody holds it (khuyết)."""
        return not self.ref


def posts_in(
    organisation: Organisation, on: date, people: QuerySet[Person], *, which: str = "", words: str = ""
) -> QuerySet[Post, tuple[Any, ...]]:
    """The branch's posts by organisation, the leading ones first; ``which`` leaves the leading or the vacant.

    ``people`` are those whose record the viewer may open; ``words`` are of the post, the organisation or the holder.
    """
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    rows = (
        Post.objects.on(on)
        .filter(organisation__in=units)
        .annotate(
            held=FilteredRelation("holders", condition=Q(holders__since__lte=on, holders__until__gt=on)),
            readable=Exists(people.filter(pk=OuterRef("held__person"))),
            rank=Case(
                *(When(kind=kind, then=Value(place)) for kind, place in POST_ORDER.items()),
                output_field=IntegerField(),
            ),
        )
    )
    if which == LEADING:
        rows = rows.filter(kind__in=LEADING_POSTS)
    elif which == VACANT:
        rows = rows.filter(held=None)
    for part in fold(words).split():
        rows = rows.filter(
            Q(organisation__fold__contains=part)
            | Q(held__person__fold__contains=part)
            | Q(title__icontains=part)
        )
    return rows.order_by("organisation__fold", "rank", "title", "held__person__sort_key", "pk").values_list(
        *_FIELDS
    )


def posts_at(
    organisation: Organisation, on: date, people: QuerySet[Person]
) -> QuerySet[Post, tuple[Any, ...]]:
    """The same of the organisation alone, without what is below it."""
    return posts_in(organisation, on, people).filter(organisation=organisation)


def lines(rows: Any) -> list[PostLine]:
    """Rows of ``posts_in`` as posts."""
    return [
        PostLine(code, place, title, kind, since, ref or "", name or "", born, readable, post)
        for code, place, title, kind, since, ref, name, born, readable, post in rows
    ]


def vacancies(organisation: Organisation, on: date, people: QuerySet[Person]) -> int:
    """How many posts of the branch nobody holds on a day."""
    return posts_in(organisation, on, people, which=VACANT).count()

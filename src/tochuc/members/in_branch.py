"""Finding people of a large branch by name and birth year: only its own list is read (``branch_names``).

Words that a seventh of all people have are read in the order of names; all others are looked up in the index of words
that begins with the branch, and sorted.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Func, QuerySet

from tochuc.members.branch_models import branch_words
from tochuc.members.common_names import are_everywhere, looked_up
from tochuc.members.models import BranchName, Person
from tochuc.org.words import all_within, said

Row = tuple[str, int]
"""The key by which a person is sorted, and their id."""


def first(
    allowed: QuerySet[Person],
    branch: int,
    names: Sequence[str],
    years: Sequence[str],
    most: int,
    *,
    begun: bool = False,
) -> list[Row]:
    """The first of the allowed people listed in this branch (by id) who have these words and this birth year.

    The last word may be unfinished; with ``begun`` every word. The list holds all whom the branch may see on any day,
    so nearly all of those read are allowed; where some aren't, reading goes on.
    """
    rows = _listed(branch, names, years, begun=begun)
    found: list[Row] = []
    read, step = 0, most
    while len(found) < most:
        some = list(rows[read : read + step])
        seen = set(allowed.filter(pk__in=[pk for _key, pk in some]).values_list("pk", flat=True))
        found += [row for row in some if row[1] in seen]
        if len(some) < step:
            break
        read, step = read + step, step * 4
    return found[:most]


def _listed(
    branch: int, names: Sequence[str], years: Sequence[str], *, begun: bool
) -> QuerySet[BranchName, Row]:
    people = BranchName.objects.filter(branch=branch)
    if not years and not begun and are_everywhere(names):
        people = people.filter(fold__has_said=said(names[:-1], names[-1:])).order_by("sort_key", "person")
    else:
        whole, unfinished = [*([] if begun else names[:-1]), *years], names if begun else names[-1:]
        kept = looked_up(whole, unfinished)
        asked = all_within(branch, whole, kept)
        people = people.alias(words=branch_words()).filter(words__has=asked)
        if read := [word for word in unfinished if word not in kept]:
            people = people.filter(fold__has_said=said([], read))
        # In an order that no index has: those who answer are looked up and sorted, never the whole list read for them.
        in_order = Func(F("sort_key"), template="(%(expressions)s || '')")
        people = people.order_by(in_order, "person")
    return people.values_list("sort_key", "person")

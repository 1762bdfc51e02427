"""What the record says of an organisation for its posts: who holds which, how many may vote, when its term ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.declare import ABOVE, HERE
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.kernel.errors import NotInForce
from tochuc.members.kinds import OFFICIAL
from tochuc.members.ledger import headcount
from tochuc.members.models import Holds, Membership
from tochuc.org.congresses import congresses
from tochuc.org.kinds import COMMITTEE_POSTS, GRASSROOTS_KINDS, KINDS, POST_ORDER
from tochuc.org.models import Organisation, Post, Under
from tochuc.regulations.asking import asker_for
from tochuc.rules.limits import due_after

_MOST = 300


def organisation_facts(case: Case, on: date) -> dict[str, Any]:
    """The organisation of a case as the record knows it on the day."""
    here, above = place_of(case, HERE, on) or case.organisation, place_of(case, ABOVE, on)
    holders = Later(lambda: _holders(here, on))
    last = congresses(here).filter(happened_on__lte=on).first()
    official = Later(lambda: headcount(here, on).official if here.kind != "board" else 0)
    seated = holders.then(_seated)
    cell = KINDS[here.kind].holds_members
    facts: dict[str, Any] = {
        "kind": here.kind,
        "is_cell": cell,
        "official_members": official,
        "committee_members": seated,
        "voters": official if cell else seated,
        "above": above.name if above else "",
        "holders": holders.then(lambda found: {code: person for code, (_kind, person) in found.items()}),
    }
    if last is not None:
        facts["last_congress"] = last.happened_on
        facts["term_ends"] = term_ends(here, last.happened_on, on)
    return facts


def _seated(holders: dict[str, tuple[str, str]]) -> int | None:
    """How many sit on the committee; None where the record names none."""
    return len({person for kind, person in holders.values() if kind in COMMITTEE_POSTS}) or None


def _holders(here: Organisation, on: date) -> dict[str, tuple[str, str]]:
    """The holder of each post by its code, as (kind of post, name)."""
    rows = Holds.objects.on(on).filter(post__organisation=here).select_related("post", "person")
    return {row.post.code: (row.post.kind, row.person.full_name) for row in rows}


def term_ends(organisation: Organisation, congress: date, today: date) -> date | None:
    """The day on which the term that began with a congress ends, by the rule of that day."""
    rule_id = (
        "organisation.term_grassroots" if organisation.kind in GRASSROOTS_KINDS else "organisation.term_cell"
    )
    try:
        return due_after(asker_for(organisation, today)(rule_id, on=congress), congress)
    except NotInForce:
        return None


def posts_of(organisation: Organisation, on: date) -> list[Post]:
    """The posts of an organisation, the leading ones first."""
    rows = Post.objects.on(on).filter(organisation=organisation)
    return sorted(rows, key=lambda post: (POST_ORDER[post.kind], post.title, post.pk))


def posts_to_fill(case: Case, on: date) -> list[tuple[str, str]]:
    """Every post of the organisation with who holds it; the vacant ones first."""
    holders = _holders(case.organisation, on)
    posts = posts_of(case.organisation, on)
    words = [
        (p.code, f"{p.title}: {holders[p.code][1] if p.code in holders else 'đang khuyết'}") for p in posts
    ]
    return sorted(words, key=lambda one: one[0] in holders)


def posts_held(case: Case, on: date) -> list[tuple[str, str]]:
    """The posts of the organisation that somebody holds."""
    holders = _holders(case.organisation, on)
    return [
        (p.code, f"{p.title}: {holders[p.code][1]}")
        for p in posts_of(case.organisation, on)
        if p.code in holders
    ]


def candidates(case: Case, on: date) -> list[tuple[str, str]]:
    """Official members of the organisation, or of the base or superior it belongs to; of many, those who hold posts."""
    here, above = case.organisation, place_of(case, ABOVE, on)
    found = _members_below(here, on)
    if not found and above is not None:
        found = _members_below(above, on)
    return found


def _members_below(organisation: Organisation, on: date) -> list[tuple[str, str]]:
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    rows = Membership.objects.on(on).filter(organisation__in=units, standing=OFFICIAL)
    if rows.count() > _MOST:
        rows = rows.filter(person__in=Holds.objects.on(on).values("person"))
    rows = rows.select_related("person", "organisation").order_by("person__sort_key", "person_id")
    return [
        (row.person.ref, f"{row.person.full_name}, {row.person.birth_on.year}, {row.organisation.short_name}")
        for row in rows
    ]

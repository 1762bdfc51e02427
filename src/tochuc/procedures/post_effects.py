"""What a decision on posts does to the record: somebody takes a post, and whoever held it leaves it on the same day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tochuc.cases.declare import ABOVE
from tochuc.cases.places import place_of
from tochuc.cases.registry import Deed
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.models import Holds, MemberEvent, Person
from tochuc.org.kinds import COMMITTEE_POSTS
from tochuc.org.models import Organisation, Post


def decided_above(deed: Deed) -> Decision:
    """The decision of the committee directly above the organisation."""
    above = place_of(deed.case, ABOVE, deed.move.on)
    return Decision(str(deed.move.answers.get("number", "")), deed.move.on, above.name if above else "")


def fill(deed: Deed, post: Post, person: Person, on: date) -> list[MemberEvent]:
    """The person holds the post from the day on; nobody else does any more. Nothing where they hold it already."""
    held = list(Holds.objects.on(on).filter(post=post).select_related("person"))
    if any(one.person_id == person.pk for one in held):
        return []
    events = [leave(deed, post, one.person, on) for one in held]
    made = actions.append(
        person, "took_post", on=on, by=deed.by, today=deed.today, post=post, decision=decided_above(deed)
    )
    return [*events, made]


def leave(deed: Deed, post: Post, person: Person, on: date, why: str = "") -> MemberEvent:
    """The person holds the post no more."""
    data = {"why": why} if why else {}
    return actions.append(
        person,
        "left_post",
        on=on,
        by=deed.by,
        today=deed.today,
        post=post,
        decision=decided_above(deed),
        data=data,
    )


def seat(deed: Deed, results: Mapping[str, Mapping[str, Any]], on: date) -> list[MemberEvent]:
    """Whoever was elected holds their seats from the congress on; the rest of the former committee leaves."""
    here = deed.case.organisation
    posts = {post.code: post for post in _committee_posts(here, results, on)}
    former = Holds.objects.on(on).filter(post__in=posts.values()).select_related("post", "person")
    events = [
        leave(deed, one.post, one.person, on, "Hết nhiệm kỳ")
        for one in former
        if results.get(one.post.code, {}).get("person") != one.person.ref
    ]
    for code, result in results.items():
        events += fill(deed, posts[code], Person.objects.get(ref=result["person"]), on)
    return events


def _committee_posts(here: Organisation, results: Iterable[str], on: date) -> list[Post]:
    """The posts of the committee; a further seat that was filled becomes a post of its own."""
    posts = list(Post.objects.on(on).filter(organisation=here, kind__in=COMMITTEE_POSTS))
    for code in sorted(set(results) - {post.code for post in posts}):
        title = f"{'Chi ủy viên' if here.kind.endswith('cell') else 'Ủy viên'} {here.short_name}"
        posts.append(
            Post.objects.create(organisation=here, code=code, kind="committee_member", title=title, since=on)
        )
    return posts

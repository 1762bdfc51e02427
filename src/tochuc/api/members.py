"""Members: finding them in one's branch, one's record without what is sensitive, and its timeline."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, items_after, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Words
from tochuc.api.organisations import OrganisationName, named
from tochuc.members import queries
from tochuc.members.actions import note_read
from tochuc.members.kinds import EVENT_KINDS, STANDINGS
from tochuc.members.search import find


class MemberBrief(Schema):
    """A person as a list shows them; ``birth`` is as exact as it is known (dd/mm/yyyy, mm/yyyy or yyyy)."""

    ref: str
    full_name: str
    birth: str
    standing: str
    standing_label: str
    organisation: OrganisationName | None


class PostHeld(Schema):
    """A post that a person holds, and since when."""

    title: str
    organisation: OrganisationName
    since: date


class MemberOut(MemberBrief):
    """A person's record, without what is sensitive. Days are null where the ledger doesn't know them.

    ``version`` changes with whatever is recorded of the person; it is the answer's ETag too.
    """

    version: str
    posts: list[PostHeld]
    decided_on: date | None
    admitted_on: date | None
    official_on: date | None


class MomentOut(Schema):
    """One entry of a person's timeline; ``corrected`` when a later one took its place, ``why`` says why."""

    number: int
    on: date
    kind: str
    label: str
    organisation: OrganisationName | None
    decision_number: str
    decision_on: date | None
    corrected: bool
    why: str


@endpoint("GET", "members", name="member_search", needs="member.search")
def search(viewer: Viewer, q: Words = "", after: After = FIRST, size: Size = USUAL) -> Page[MemberBrief]:
    """People of one's branch by words of the name, tones aside, birth year, the end of the card number.

    What follows a comma is the cell.
    """
    people = find(gate.visible(viewer, "member.search", "person"), q).select_related("home")
    found, following = rows_after(people, ("sort_key", "pk"), after, size)
    return Page[MemberBrief](items=[MemberBrief(**brief(person)) for person in found], next=following)


@endpoint("GET", "members/<person:person>", name="member", needs="member.read")
def member(viewer: Viewer, person: Any) -> MemberOut:
    """One person's record; that it was opened is kept in the trail."""
    note_read(person, by=viewer.actor)
    decided, ceremony, official = queries.joined_party(person)
    posts = [
        PostHeld(title=h.post.title, organisation=named(h.post.organisation), since=h.since)
        for h in queries.posts_of(person, viewer.today)
    ]
    return MemberOut(
        **brief(person),
        version=queries.version_of(person),
        posts=posts,
        decided_on=decided,
        admitted_on=ceremony,
        official_on=official,
    )


@endpoint("GET", "members/<person:person>/timeline", name="member_timeline", needs="member.read")
def timeline(viewer: Viewer, person: Any, after: After = FIRST, size: Size = USUAL) -> Page[MomentOut]:
    """Everything recorded of a person, newest first; that it was opened is kept in the trail."""
    note_read(person, by=viewer.actor, part="timeline")
    moments, following = items_after(queries.timeline(person), _newest_first, "timeline", after, size)
    return Page[MomentOut](items=[moment_out(moment) for moment in moments], next=following)


def _newest_first(moment: queries.Moment) -> tuple[int, int]:
    return -moment.event.happened_on.toordinal(), -moment.event.pk


def moment_out(moment: queries.Moment) -> MomentOut:
    """One entry of the timeline as it goes out."""
    event = moment.event
    return MomentOut(
        number=event.pk,
        on=event.happened_on,
        kind=event.kind,
        label=EVENT_KINDS[event.kind].label,
        organisation=named(event.organisation) if event.organisation else None,
        decision_number=event.decision_number,
        decision_on=event.decision_on,
        corrected=moment.correction is not None,
        why=moment.correction.reason if moment.correction else "",
    )


def brief(person: Any) -> dict[str, Any]:
    """A person as a list shows them."""
    return {
        "ref": person.ref,
        "full_name": person.full_name,
        "birth": person.birth.vn,
        "standing": person.standing,
        "standing_label": STANDINGS[person.standing],
        "organisation": named(person.home) if person.home else None,
    }

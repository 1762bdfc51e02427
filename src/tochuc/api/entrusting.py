"""The year's work of a cell's members: who has which, giving and reviewing it, a branch's cells, a member's own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, items_after, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Day, Ref, Sent, Words, Year, at_lines, known
from tochuc.api.organisations import OrganisationName, named
from tochuc.entrusting import actions, queries
from tochuc.entrusting.actions import Found, Given
from tochuc.members.actions import note_read
from tochuc.org.queries import cells_under

Text = Annotated[Words, Field(max_length=actions.LONGEST)]
_MOST_LINES = 1000
_NOT_HERE = "Người này không sinh hoạt ở đây trong năm ấy."


class EntrustedOut(Schema):
    """Work of a year with how it was found done; ``result`` is empty while it wasn't reviewed."""

    content: str
    since: date
    until: date
    given_on: date
    number: str
    result: str
    note: str
    reviewed_on: date | None


class LineOut(Schema):
    """A member of the cell with the year's work; who is ``exempt`` needs none, who is ``missing`` should have some."""

    person: str
    full_name: str
    exempt: bool
    missing: bool
    work: EntrustedOut | None


class CellOut(Schema):
    """A cell's year: members who should have work, those who have, those whose work was reviewed."""

    organisation: OrganisationName
    members: int
    entrusted: int
    reviewed: int


class OwnWorkOut(EntrustedOut):
    """A year's work of a member, and the cell that gave it. ``reason`` says why it took the place of earlier work."""

    year: int
    organisation: OrganisationName
    reason: str


class MemberWorkOut(Schema):
    """A member's work through the years, newest first."""

    person: str
    items: list[OwnWorkOut]


class WorkIn(Sent):
    """A member's work of the year; empty takes away what was given."""

    person: Ref
    content: Text


class EntrustIn(Sent):
    """The cell's decision. Whoever isn't named keeps what they have; what stands is replaced with the ``reason``."""

    year: Year
    on: Day
    number: Annotated[Words, Field(max_length=60)] = ""
    reason: Annotated[Words, Field(max_length=300)] = ""
    work: Annotated[list[WorkIn], Field(min_length=1, max_length=_MOST_LINES)]


class ReviewLineIn(Sent):
    """How a member's work was found done, in the words of the rule."""

    person: Ref
    result: Annotated[Words, Field(max_length=60)]
    note: Text = ""


class ReviewIn(Sent):
    """The cell's review of a year's work, on a day."""

    year: Year
    on: Day
    found: Annotated[list[ReviewLineIn], Field(min_length=1, max_length=_MOST_LINES)]


class EntrustingOut(Schema):
    """Of how many members something was written; what was so already isn't written again."""

    written: int


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/entrusted",
    name="organisation_entrusted",
    needs="entrusted.read",
)
def entrusted(
    viewer: Viewer, organisation: Any, year: Year | None = None, after: After = FIRST, size: Size = USUAL
) -> Page[LineOut]:
    """A cell's members with their work of a year, this one where none is named; by name."""
    lines = queries.lines(organisation, year or viewer.today.year, viewer.today)
    found, following = items_after(
        lines, lambda line: (line.person.sort_key, line.person.pk), "entrusted", after, size
    )
    return Page[LineOut](items=[_line(line) for line in found], next=following)


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/entrusted/cells",
    name="entrusted_cells",
    needs="entrusted.read",
)
def cells(
    viewer: Viewer, organisation: Any, year: Year | None = None, after: After = FIRST, size: Size = USUAL
) -> Page[CellOut]:
    """The cells of a branch with how many of their members have work of a year, and how many were reviewed."""
    found, following = rows_after(cells_under(organisation, viewer.today), ("fold", "pk"), after, size)
    tallies = queries.tallies((cell.pk for cell in found), year or viewer.today.year, viewer.today)
    none = queries.Tally(0, 0, 0)
    return Page[CellOut](
        items=[
            CellOut(
                organisation=named(cell),
                members=tally.members,
                entrusted=tally.entrusted,
                reviewed=tally.reviewed,
            )
            for cell in found
            for tally in [tallies.get(cell.pk, none)]
        ],
        next=following,
    )


@endpoint(
    "POST",
    "organisations/<organisation:organisation>/entrusted",
    name="entrust",
    needs="entrusted.record",
    status=201,
)
def entrust(viewer: Viewer, organisation: Any, given: EntrustIn) -> EntrustingOut:
    """Record the work that a cell gave its members for a year, or say it differently."""
    refs = [one.person for one in given.work]
    with at_lines(refs, lines="work"):
        people = _people(viewer, organisation, given.year, refs, "work")
        done = actions.entrust(
            organisation,
            given.year,
            [Given(person, one.content) for person, one in zip(people, given.work, strict=True)],
            on=given.on,
            number=given.number,
            reason=given.reason,
            by=viewer.actor,
            today=viewer.today,
        )
    return EntrustingOut(written=done)


@endpoint(
    "POST",
    "organisations/<organisation:organisation>/entrusted/reviews",
    name="entrusted_review",
    needs="entrusted.record",
    status=201,
)
def review(viewer: Viewer, organisation: Any, given: ReviewIn) -> EntrustingOut:
    """Record how a year's work was found done."""
    refs = [one.person for one in given.found]
    with at_lines(refs, lines="found"):
        people = _people(viewer, organisation, given.year, refs, "found")
        done = actions.review(
            organisation,
            given.year,
            [Found(person, one.result, one.note) for person, one in zip(people, given.found, strict=True)],
            on=given.on,
            by=viewer.actor,
            today=viewer.today,
        )
    return EntrustingOut(written=done)


@endpoint("GET", "members/<person:person>/entrusted", name="member_entrusted", needs="member.read")
def member_entrusted(viewer: Viewer, person: Any) -> MemberWorkOut:
    """A member's work through the years; that another's was read is kept in the trail."""
    note_read(person, by=viewer.actor, part="entrusted")
    return MemberWorkOut(
        person=person.ref,
        items=[
            OwnWorkOut(
                **_work(work, review),
                year=work.year,
                organisation=named(work.organisation),
                reason=work.reason,
            )
            for work, review in queries.of_person(person)
        ],
    )


def _people(viewer: Viewer, cell: Any, year: int, refs: list[str], lines: str) -> list[Any]:
    people = {line.person.ref: line.person for line in queries.lines(cell, year, viewer.today)}
    return known(refs, people, lines=lines, code="entrusted.not_here", words=_NOT_HERE)


def _line(line: queries.Line) -> LineOut:
    return LineOut(
        person=line.person.ref,
        full_name=line.person.full_name,
        exempt=line.exempt,
        missing=line.missing,
        work=EntrustedOut(**_work(line.work, line.review)) if line.work else None,
    )


def _work(work: queries.Entrusted, review: queries.Reviewed | None) -> dict[str, Any]:
    return {
        "content": work.content,
        "since": work.since,
        "until": work.until,
        "given_on": work.given_on,
        "number": work.number,
        "result": review.result if review else "",
        "note": review.note if review else "",
        "reviewed_on": review.reviewed_on if review else None,
    }

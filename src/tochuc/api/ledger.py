"""The ledger of a branch: how many members, who they are, what moved, the statement; as of a day, as known on one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, cut, items_after, reached, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Day, moment_of, period
from tochuc.api.organisations import OrganisationName, named
from tochuc.members import known, known_lines, ledger, lines, listing, queries, statement_form
from tochuc.members.kinds import IN_PARTY, STANDINGS

Standing = Literal["official", "probationary", "sympathiser"]
InParty = Literal["official", "probationary"]
Side = Literal["in", "out", "shift"]
Reason = Annotated[
    str, Field(max_length=40, pattern=r"^[a-z_]+$", description="the code of a row of the statement")
]


class Heads(Schema):
    """Members by standing."""

    official: int
    probationary: int
    total: int


class HeadcountOut(Heads):
    """Members of a branch by standing on a day; ``known_on`` as in a statement."""

    on: date
    known_on: date | None


class Row(Heads):
    """A row of the statement. ``sum`` marks totals, ``confirmed`` that the rule's text names the row."""

    code: str
    label: str
    part: str
    sum: bool
    confirmed: bool


class StatementOut(Schema):
    """The movement statement of a branch over a period, both days included, in the order of the form.

    ``known_on`` is the day up to whose end the record was read; null for all that is recorded.
    """

    first: date
    last: date
    known_on: date | None
    rows: list[Row]
    reconciles: bool


class MemberLine(Schema):
    """One who stood in a branch on the day asked about: where, as what, since when in the Party.

    ``admitted_on`` and ``official_on`` are null where the ledger doesn't know them.
    """

    ref: str
    full_name: str
    birth: str
    gender: str
    standing: str
    standing_label: str
    organisation: OrganisationName
    admitted_on: date | None
    official_on: date | None
    posts: list[str]


class MovementOut(Schema):
    """A movement of the branch. ``side`` is in, out, or shift where only the standing changed.

    ``came_from`` and ``went_to`` name the places as they were called that day, or as the paper names those outside.
    """

    ref: str
    full_name: str
    birth: str
    on: date
    reason: str
    side: str
    standing: str
    came_from: str
    went_to: str
    decision_number: str


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/headcount",
    name="organisation_headcount",
    needs="ledger.read",
)
def headcount(
    viewer: Viewer, organisation: Any, on: Day | None = None, known_on: Day | None = None
) -> HeadcountOut:
    """Members of a branch by standing on a day, today where none is given."""
    day = on or viewer.today
    moment = moment_of(known_on)
    if moment is None:
        count = ledger.headcount(organisation, day)
    else:
        count = known.headcount(organisation, day, IN_PARTY, moment)
    return HeadcountOut(on=day, known_on=known_on, **_heads(count))


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/statement",
    name="organisation_statement",
    needs="ledger.read",
)
def statement(
    viewer: Viewer,
    organisation: Any,
    first: Day | None = None,
    last: Day | None = None,
    known_on: Day | None = None,
) -> StatementOut:
    """The movement statement of a branch over a period, as it was known at the end of a day."""
    since, until = period(first, last, viewer.today)
    found = ledger.statement(organisation, since, until, known=moment_of(known_on))
    rows = [
        Row(
            code=row.code,
            label=row.label,
            part=row.part,
            sum=row.total,
            confirmed=row.confirmed,
            **_heads(row.count),
        )
        for row in statement_form.rows(found)
    ]
    return StatementOut(first=since, last=until, known_on=known_on, rows=rows, reconciles=found.reconciles)


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/members",
    name="organisation_members",
    needs="member.list",
)
def members(
    viewer: Viewer,
    organisation: Any,
    on: Day | None = None,
    known_on: Day | None = None,
    standing: Standing | None = None,
    after: After = FIRST,
    size: Size = USUAL,
) -> Page[MemberLine]:
    """Who stood in a branch on a day, members unless a standing is named, sorted as Vietnamese names are."""
    day = on or viewer.today
    moment = moment_of(known_on)
    found: list[Any]
    if moment is None:
        rows = queries.members_of(organisation, day, standing=standing or "")
        found, following = rows_after(rows, ("person__sort_key", "person_id"), after, size)
    else:
        asked = frozenset({standing}) if standing else IN_PARTY
        stood = known.stood(organisation, day, asked, moment)
        # By place in the list: the database sorts the names, and their order isn't ours to compare.
        numbered = list(enumerate(stood))
        picked, following = items_after(numbered, lambda one: (one[0],), "stood", after, size)
        found = [one for _number, one in picked]
    beside = listing.beside((one.person.pk for one in found), day)
    return Page[MemberLine](items=[_line(one, beside) for one in found], next=following)


def _line(one: Any, beside: dict[int, listing.Beside]) -> MemberLine:
    person, more = one.person, beside[one.person.pk]
    return MemberLine(
        ref=person.ref,
        full_name=person.full_name,
        birth=person.birth.vn,
        gender=person.gender,
        standing=one.standing,
        standing_label=STANDINGS[one.standing],
        organisation=named(one.organisation),
        admitted_on=more.ceremony,
        official_on=more.official,
        posts=more.posts,
    )


@endpoint(
    "GET",
    "organisations/<organisation:organisation>/movements",
    name="organisation_movements",
    needs="ledger.read",
)
def movements(
    viewer: Viewer,
    organisation: Any,
    first: Day | None = None,
    last: Day | None = None,
    known_on: Day | None = None,
    reason: Reason | None = None,
    side: Side | None = None,
    standing: InParty | None = None,
    after: After = FIRST,
    size: Size = USUAL,
) -> Page[MovementOut]:
    """The movements behind a branch's statement in order of time, as they were known at the end of a day.

    ``reason`` (the code of a row), ``side`` and ``standing`` give those behind one figure.
    """
    since, until = period(first, last, viewer.today)
    asked = lines.Wanted(reason, side, standing)
    moment = moment_of(known_on)
    if moment is None:
        reach = reached(after, "movements") if after else None
        found = lines.lines_after(organisation, since, until, asked, after=reach, most=size + 1)  # type: ignore[arg-type]
        picked, following = cut(found, size, lambda one: one[0], "movements")
        shown = [line for _key, line in picked]
    else:
        entries = [e for e in known_lines.entries(organisation, since, until, moment) if asked.has(e)]
        chosen, following = items_after(entries, lambda one: one.key, "movements_known", after, size)
        shown = known_lines.told(chosen, moment)
    return Page[MovementOut](items=[_movement(line) for line in shown], next=following)


def _movement(line: ledger.Line) -> MovementOut:
    return MovementOut(
        ref=line.person_ref,
        full_name=line.person_name,
        birth=line.birth,
        on=line.on,
        reason=line.reason,
        side=line.side,
        standing=line.standing,
        came_from=line.from_name or (line.elsewhere if line.side == ledger.IN else ""),
        went_to=line.to_name or (line.elsewhere if line.side == ledger.OUT else ""),
        decision_number=line.decision,
    )


def _heads(count: ledger.Count) -> dict[str, int]:
    return {"official": count.official, "probationary": count.probationary, "total": count.total}

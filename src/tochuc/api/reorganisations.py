"""Plans of reorganisation: building one, its preview, carrying it out by a decision; what was carried out, undoing it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, rows_after
from tochuc.api.door import endpoint
from tochuc.api.given import Day, IfMatch, Sent, Words, at_version
from tochuc.api.organisations import OrganisationName, named
from tochuc.kernel.errors import Refused
from tochuc.members.ledger import Count
from tochuc.reorganise import actions, drafts
from tochuc.reorganise.bounds import check_within
from tochuc.reorganise.plan import Decision, Operation, RoleGoes
from tochuc.reorganise.preview import preview

_NEEDS = "organisation.arrange"


class PlanDecisionIn(Sent):
    """The decision that carries a plan out."""

    number: Annotated[Words, Field(min_length=1, max_length=60)]
    on: Day
    by: Annotated[Words, Field(min_length=1, max_length=160)]


class PlanIn(Sent):
    """A plan: what it is called, the first day of the new order, its operations. The decision may come later."""

    title: Annotated[Words, Field(min_length=1)]
    day: Day
    note: Words = ""
    decision: PlanDecisionIn | None = None
    operations: Annotated[list[Operation], Field(min_length=1, max_length=2000)]
    roles: Annotated[list[RoleGoes], Field(max_length=2000)] = []


class PlanOut(Schema):
    """A plan as it stands; ``version`` changes with it, ``carried_out`` names the reorganisation it became."""

    ref: str
    organisation: OrganisationName
    title: str
    day: date
    note: str
    version: str
    operations: list[dict[str, Any]]
    roles: list[dict[str, Any]]
    carried_out: str | None


class StandingHeads(Schema):
    """Members by standing."""

    official: int
    probationary: int


class OrganisationTurn(Schema):
    """An organisation's name before and after; null before it is founded, null after it ended."""

    code: str
    before: str | None
    after: str | None
    followed_by: list[str]


class Side(Schema):
    """Members of a branch around the day: before, came, went, after; ``reconciles`` when that adds up."""

    code: str
    name: str
    before: StandingHeads
    came: StandingHeads
    went: StandingHeads
    after: StandingHeads
    reconciles: bool


class PreviewOut(Schema):
    """What a plan would touch. ``balances`` when nobody is left nowhere and every side adds up."""

    organisations: list[OrganisationTurn]
    people: int
    posts: int
    roles: int
    tasks: int
    sides: list[Side]
    nowhere: list[str]
    below_minimum: list[str]
    balances: bool


class ReorganisationOut(Schema):
    """A plan that was carried out. ``state`` is open while it can be undone, then closed or undone."""

    ref: str
    organisation: OrganisationName | None
    title: str
    day: date
    decision_number: str
    decision_on: date
    decision_by: str
    state: str
    applied_at: datetime
    settled_at: datetime | None


class ReasonIn(Sent):
    """Why it is undone."""

    reason: Annotated[Words, Field(min_length=1)]


@endpoint(
    "POST", "organisations/<organisation:organisation>/plans", name="plan_begin", needs=_NEEDS, status=201
)
def begin(viewer: Viewer, organisation: Any, given: PlanIn) -> PlanOut:
    """Begin a plan for a branch. Nothing of the record changes until it is carried out."""
    paper = given.decision
    head = drafts.Head(
        given.title,
        given.day,
        paper.number if paper else "",
        paper.on if paper else None,
        paper.by if paper else "",
        given.note,
    )
    made = drafts.begin(
        organisation,
        head,
        by=viewer.actor,
        operations=[one.model_dump(mode="json") for one in given.operations],
        roles=[one.model_dump(mode="json") for one in given.roles],
    )
    return _plan(made)


@endpoint("GET", "organisations/<organisation:organisation>/plans", name="plans", needs=_NEEDS)
def plans(viewer: Viewer, organisation: Any, after: After = FIRST, size: Size = USUAL) -> Page[PlanOut]:
    """The plans that are being built for an organisation, the latest first."""
    rows = drafts.plans_of(organisation).select_related("organisation", "carried_out")
    found, following = rows_after(rows, ("-changed_at", "-pk"), after, size)
    return Page[PlanOut](items=[_plan(one) for one in found], next=following)


@endpoint("GET", "plans/<plan:plan>", name="plan", needs=_NEEDS)
def plan(viewer: Viewer, plan: Any) -> PlanOut:
    """One plan."""
    return _plan(plan)


@endpoint("GET", "plans/<plan:plan>/preview", name="plan_preview", needs=_NEEDS)
def look(viewer: Viewer, plan: Any) -> PreviewOut:
    """What carrying a plan out would touch, exactly; refused as carrying it out would be. Nothing is written."""
    if plan.carried_out is not None:
        raise Refused("settled", "Phương án này đã thực hiện.")
    asked = drafts.plan_of(plan)
    check_within(asked, gate.visible(viewer, _NEEDS, "organisation"))
    found = preview(asked, by=viewer.actor, today=viewer.today)
    return PreviewOut(
        organisations=[
            OrganisationTurn(
                code=one.code,
                before=one.before.name if one.before else None,
                after=one.after.name if one.after else None,
                followed_by=list(one.followed_by),
            )
            for one in found.organisations
        ],
        people=len(found.people),
        posts=len(found.posts),
        roles=len(found.roles),
        tasks=len(found.tasks),
        sides=[
            Side(
                code=one.code,
                name=one.name,
                before=_heads(one.before),
                came=_heads(one.came),
                went=_heads(one.went),
                after=_heads(one.after),
                reconciles=one.reconciles,
            )
            for one in found.sides
        ],
        nowhere=list(found.nowhere),
        below_minimum=list(found.below_minimum),
        balances=found.balances,
    )


@endpoint("POST", "plans/<plan:plan>/apply", name="plan_apply", needs=_NEEDS, status=201)
def apply(viewer: Viewer, plan: Any, given: PlanDecisionIn, if_match: IfMatch = None) -> ReorganisationOut:
    """Carry a plan out by a decision; with ``If-Match`` only as it was read."""
    at_version(if_match, lambda: str(plan.version))
    made = drafts.carry_out(
        plan,
        Decision(number=given.number, on=given.on, by=given.by),
        version=plan.version,
        mine=gate.visible(viewer, _NEEDS, "organisation"),
        today=viewer.today,
        by=viewer.actor,
    )
    return _reorganisation(made)


@endpoint("GET", "reorganisations", name="reorganisations", needs=_NEEDS)
def reorganisations(viewer: Viewer, after: After = FIRST, size: Size = USUAL) -> Page[ReorganisationOut]:
    """The reorganisations of one's branch, the latest day first."""
    seen = gate.visible(viewer, _NEEDS, "reorganisation").select_related("organisation")
    found, following = rows_after(seen, ("-day", "-pk"), after, size)
    return Page[ReorganisationOut](items=[_reorganisation(one) for one in found], next=following)


@endpoint("GET", "reorganisations/<reorganisation:reorganisation>", name="reorganisation", needs=_NEEDS)
def reorganisation(viewer: Viewer, reorganisation: Any) -> ReorganisationOut:
    """One reorganisation."""
    return _reorganisation(reorganisation)


@endpoint(
    "POST",
    "reorganisations/<reorganisation:reorganisation>/undo",
    name="reorganisation_undo",
    needs=_NEEDS,
)
def undo(viewer: Viewer, reorganisation: Any, given: ReasonIn) -> ReorganisationOut:
    """Undo a reorganisation as a whole; refused with what was recorded since and rests on it, and once closed."""
    actions.undo(reorganisation, by=viewer.actor, today=viewer.today, reason=given.reason)
    reorganisation.refresh_from_db()
    return _reorganisation(reorganisation)


@endpoint(
    "POST",
    "reorganisations/<reorganisation:reorganisation>/close",
    name="reorganisation_close",
    needs=_NEEDS,
)
def close(viewer: Viewer, reorganisation: Any) -> ReorganisationOut:
    """Close a reorganisation: from then on it can't be undone."""
    actions.close(reorganisation, by=viewer.actor)
    reorganisation.refresh_from_db()
    return _reorganisation(reorganisation)


def _plan(one: Any) -> PlanOut:
    return PlanOut(
        ref=one.ref,
        organisation=named(one.organisation),
        title=one.title,
        day=one.day,
        note=one.note,
        version=str(one.version),
        operations=one.said["operations"],
        roles=one.said["roles"],
        carried_out=one.carried_out.ref if one.carried_out else None,
    )


def _reorganisation(one: Any) -> ReorganisationOut:
    place = one.organisation
    return ReorganisationOut(
        ref=one.ref,
        organisation=named(place) if place else None,
        title=one.title,
        day=one.day,
        decision_number=one.decision_number,
        decision_on=one.decision_on,
        decision_by=one.decision_by,
        state=one.state,
        applied_at=one.applied_at,
        settled_at=one.settled_at,
    )


def _heads(count: Count) -> StandingHeads:
    return StandingHeads(official=count.official, probationary=count.probationary)

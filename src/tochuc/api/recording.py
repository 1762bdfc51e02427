"""Recording what happened to a person: what may be recorded now, a rehearsal, the record, a correction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Schema
from pydantic import Field

from tochuc.access.viewer import Viewer
from tochuc.api.door import endpoint
from tochuc.api.given import Day, IfMatch, Sent, Words, at_version
from tochuc.api.members import MomentOut, moment_out
from tochuc.kernel.errors import Refused
from tochuc.members import actions, queries, recording, transfers
from tochuc.members.actions import Decision
from tochuc.members.kinds import EVENT_KINDS
from tochuc.members.ledger import Count
from tochuc.members.recordable import Offer, offered
from tochuc.members.recording import Wish
from tochuc.org.queries import cell_by_code

Kind = Annotated[str, Field(max_length=40, description="a kind that the person's standing allows now")]
Code = Annotated[str, Field(max_length=64, description="an organisation's code")]

# What a kind is told beside its day and decision; whatever else is sent with it is refused, not dropped.
_FACTS: dict[str, tuple[str, ...]] = {
    "left_for": ("destination",),
    "arrived": ("origin", "standing", "admitted_on", "official_on"),
    "papers_out": ("destination",),
    "sent_temporarily": ("destination", "purpose", "until_on"),
    "temporary_extended": ("until_on",),
    "went_abroad": ("destination", "until_on"),
    "suspended": ("until_on",),
    "suspension_extended": ("until_on",),
    "exempted": ("until_on",),
    "opening": ("standing", "admitted_on", "official_on"),
}
_NEEDED = {"arrived": ("origin", "standing")} | dict.fromkeys(
    ("sent_temporarily", "temporary_extended", "suspended", "suspension_extended"), ("until_on",)
)


class MovementDecisionIn(Sent):
    """The paper an event rests on."""

    number: Annotated[Words, Field(max_length=60)] = ""
    on: Day | None = None
    by: Annotated[Words, Field(max_length=160)] = ""


class MovementIn(Sent):
    """What happened: its kind, day and paper, where to, and what the kind asks for besides."""

    kind: Kind
    on: Day
    decision: MovementDecisionIn = MovementDecisionIn()
    organisation: Code | None = None
    destination: Words | None = None
    origin: Words | None = None
    standing: Literal["official", "probationary"] | None = None
    purpose: Annotated[Words, Field(max_length=40)] | None = None
    admitted_on: Day | None = None
    official_on: Day | None = None
    until_on: Day | None = None


class ReplacementIn(MovementIn):
    """What should have been recorded in the place of an entry; its kind stays."""

    kind: Kind = ""


class CorrectionIn(Sent):
    """Why an entry is wrong, and what takes its place; without ``replacement`` it is struck out."""

    reason: Annotated[Words, Field(max_length=500)]
    replacement: ReplacementIn | None = None


class OfferOut(Schema):
    """A kind that may be recorded now, what it comes to, and what it asks for beside its day."""

    kind: str
    label: str
    about: str
    needs_decision: bool
    names_organisation: bool
    facts: list[str]


class Offers(Schema):
    """The kinds that may be recorded of a person now; ``version`` names the record they were read from."""

    version: str
    items: list[OfferOut]


class HeadsOut(Schema):
    """Members by standing."""

    official: int
    probationary: int


class CellChange(Schema):
    """A cell's members today, before and after."""

    name: str
    before: HeadsOut
    after: HeadsOut


class Place(Schema):
    """Where a person stands, in words."""

    standing: str
    cell: str


class EffectOut(Schema):
    """What a record would change; nothing was written."""

    before: Place
    after: Place
    cells: list[CellChange]


@endpoint("GET", "members/<person:person>/recordable", name="member_recordable", needs="member.record")
def recordable(viewer: Viewer, person: Any) -> Offers:
    """What may be recorded of a person now, by who asks."""
    items = [_offer(one) for one in offered(viewer, person)]
    return Offers(version=queries.version_of(person), items=items)


@endpoint(
    "POST",
    "members/<person:person>/movements/rehearsal",
    name="movement_rehearse",
    needs="member.record",
    writes=False,
)
def rehearse(viewer: Viewer, person: Any, given: MovementIn) -> EffectOut:
    """What recording this would change; refused as recording it would be. Nothing is written."""
    work = _recorded(viewer, person, given)
    effect = recording.rehearse(person, work, today=viewer.today)
    return EffectOut(
        before=_place(effect.before),
        after=_place(effect.after),
        cells=[
            CellChange(name=one.name, before=_heads(one.before), after=_heads(one.after))
            for one in effect.cells
        ],
    )


@endpoint(
    "POST", "members/<person:person>/movements", name="movement_record", needs="member.record", status=201
)
def record(viewer: Viewer, person: Any, given: MovementIn, if_match: IfMatch = None) -> MomentOut:
    """Record what happened to a person; with ``If-Match`` only if nothing was recorded since it was read."""
    at_version(if_match, lambda: queries.version_of(actions.held(person)))
    made = _recorded(viewer, person, given)()
    return moment_out(queries.Moment(made, None))


@endpoint(
    "POST",
    "members/<person:person>/movements/<int:event>/correction",
    name="movement_correct",
    needs="member.correct",
    status=201,
)
def correct(
    viewer: Viewer, person: Any, event: int, given: CorrectionIn, if_match: IfMatch = None
) -> MomentOut:
    """Strike an entry of a person's ledger out, or record it anew; the wrong one stays readable with the reason."""
    wrong = queries.event_of(person, event)
    if wrong is None:
        raise Http404
    at_version(if_match, lambda: queries.version_of(actions.held(person)))
    instead = None
    if given.replacement is not None:
        if given.replacement.kind not in {"", wrong.kind}:
            raise Refused("kind_stays", "Đính chính giữ nguyên loại biến động.", "replacement.kind")
        facts, said = _facts(wrong.kind, given.replacement), given.replacement.model_fields_set
        instead = {
            "on": given.replacement.on,
            "decision": _decision(wrong.kind, given.replacement.decision),
            # What the replacement names takes the place of what stood; what it names as empty goes.
            "data": {k: v for k, v in wrong.data.items() if k not in said} | facts,
        }
        if given.replacement.organisation is not None:
            place = _organisation(given.replacement.organisation, viewer.today)
            if EVENT_KINDS[wrong.kind].place and place != wrong.organisation:
                transfers.check_answers_for(viewer, place)
            instead["organisation"] = place
    made = actions.correct(
        wrong, by=viewer.actor, today=viewer.today, reason=given.reason, replacement=instead
    )
    return moment_out(queries.Moment(made, None))


def _recorded(viewer: Viewer, person: Any, given: MovementIn) -> Callable[[], Any]:
    """The writing of what is given, which is refused where the person's standing or one's rights don't allow it."""
    if given.kind not in {one.kind.code for one in offered(viewer, person)}:
        raise Refused("not_now", "Với tư cách hiện nay, không ghi được việc này cho người này.", "kind")
    wish = Wish(
        given.kind,
        given.on,
        _decision(given.kind, given.decision),
        _organisation(given.organisation, viewer.today) if given.organisation is not None else None,
        _facts(given.kind, given),
    )
    if EVENT_KINDS[given.kind].place:
        transfers.check_answers_for(viewer, wish.organisation)
    return lambda: recording.write(person, wish, by=viewer.actor, today=viewer.today)


def _decision(kind: str, given: MovementDecisionIn) -> Decision:
    if EVENT_KINDS[kind].needs_decision:
        for name, value in (("number", given.number.strip()), ("on", given.on), ("by", given.by.strip())):
            if not value:
                raise Refused(
                    "decision_incomplete", "Cần đủ số, ngày ký và nơi ban hành.", f"decision.{name}"
                )
    return Decision(given.number, given.on, given.by)


def _organisation(code: str, today: date) -> Any:
    """The cell with this code, of any branch: one may be sent to where one can't look."""
    found = cell_by_code(code, today)
    if found is None:
        raise Refused("organisation_unknown", "Không có chi bộ mang mã này trong sổ.", "organisation")
    return found.organisation


def _facts(kind: str, given: MovementIn) -> dict[str, Any]:
    """What the kind is told besides, as the ledger keeps it."""
    sent = given.model_dump(
        mode="json", exclude={"kind", "on", "decision", "organisation"}, exclude_none=True
    )
    takes = _FACTS.get(kind, ())
    for name in sent:
        if name not in takes:
            raise Refused("not_of_this_kind", "Loại biến động này không có mục này.", name)
    for name in _NEEDED.get(kind, ()):
        if not str(sent.get(name, "")).strip():
            raise Refused("missing", "Cần điền mục này.", name)
    return {name: value for name, value in sent.items() if value != ""}


def _offer(one: Offer) -> OfferOut:
    kind = one.kind
    return OfferOut(
        kind=kind.code,
        label=kind.label,
        about=one.about,
        needs_decision=kind.needs_decision,
        names_organisation=kind.code == "transferred",
        facts=list(_FACTS.get(kind.code, ())),
    )


def _place(stand: recording.Stand) -> Place:
    return Place(standing=stand.standing, cell=stand.cell)


def _heads(count: Count) -> HeadsOut:
    return HeadsOut(official=count.official, probationary=count.probationary)

"""What is due for the one who asks: the list of *Việc cần làm*."""

from __future__ import annotations

from datetime import date

from ninja import Schema

from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, items_after
from tochuc.api.door import endpoint
from tochuc.duties.duty import Duty, collect


class Fact(Schema):
    """A fact that a duty was computed from."""

    name: str
    value: str


class WhyOut(Schema):
    """Why something is due. ``confirmed`` when the rule behind it was read in its own text."""

    sentence: str
    source: str
    facts: list[Fact]
    confirmed: bool


class DutyOut(Schema):
    """Something to do by a day. ``key`` is the ref of what it concerns, ``organisation`` a code."""

    kind: str
    what: str
    whom: str
    organisation: str
    key: str
    due_on: date
    until: str
    group: str
    why: WhyOut


@endpoint("GET", "duties", name="duties", needs="home.read")
def duties(viewer: Viewer, after: After = FIRST, size: Size = USUAL) -> Page[DutyOut]:
    """What is due for oneself, the most overdue first."""
    found, following = items_after(sorted(collect(viewer), key=_order), _order, "duties", after, size)
    return Page[DutyOut](items=[_out(duty, viewer.today) for duty in found], next=following)


def _order(duty: Duty) -> tuple[int, str, str]:
    return duty.due_on.toordinal(), duty.kind, duty.key


def _out(duty: Duty, today: date) -> DutyOut:
    why = WhyOut(
        sentence=duty.why.sentence,
        source=duty.why.source,
        facts=[Fact(name=name, value=value) for name, value in duty.why.facts],
        confirmed=duty.why.confirmed,
    )
    return DutyOut(
        kind=duty.kind,
        what=duty.what,
        whom=duty.whom,
        organisation=duty.organisation,
        key=duty.key,
        due_on=duty.due_on,
        until=duty.words(today),
        group=duty.group(today),
        why=why,
    )

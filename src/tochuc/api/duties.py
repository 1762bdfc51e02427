"""What is due for the one who asks: the list of *Việc cần làm*."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.api.cursor import FIRST, USUAL, After, Page, Size, cut, reached
from tochuc.api.door import endpoint
from tochuc.api.given import Words
from tochuc.duties.asking import look
from tochuc.duties.duty import Duty
from tochuc.duties.sifting import Asked, Key
from tochuc.duties.slips import Slip


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
    """Something to do by a day. ``key`` is the ref of what it concerns, ``organisation`` a code.

    What no rule sets a day for has no ``due_on`` and is never overdue: it waits (group ``waiting``) since a day.
    """

    kind: str
    what: str
    whom: str
    organisation: str
    key: str
    due_on: date | None
    waiting_since: date | None
    until: str
    group: str
    why: WhyOut


Group = Literal["", "overdue", "this_week", "this_month", "later", "waiting"]
# Names the order of the list too: a mark of another order can't be read here.
_NAME = "duties, what waits last"


@endpoint("GET", "duties", name="duties", needs="home.read")
def duties(
    viewer: Viewer,
    kind: Words = "",
    group: Group = "",
    organisation: Words = "",
    q: Words = "",
    after: After = FIRST,
    size: Size = USUAL,
) -> Page[DutyOut]:
    """What is due for oneself, the most overdue first: of a kind, of a group, of an organisation (by code) and all
    below it, with these words.
    """
    asked = Asked(kind=kind, group=group, branch=_branch(viewer, organisation), words=q)
    found = look(viewer, asked, size=size + 1, after=_place(after) if after else None)
    shown, following = cut(list(found.slips), size, _mark, _NAME)
    return Page[DutyOut](items=[_out(duty, viewer.today) for duty in found.duties(shown)], next=following)


def _branch(viewer: Viewer, code: str) -> int | None:
    """The id of the organisation with this code; 0, which none has, where it is out of reach."""
    if not code:
        return None
    visible = gate.visible(viewer, "organisation.read", "organisation").filter(code=code)
    return visible.values_list("pk", flat=True).first() or 0


def _place(after: str) -> Key:
    waits, day, kind, key = reached(after, _NAME)
    return bool(waits), date.fromordinal(int(day or 1)), str(kind), str(key)


def _mark(slip: Slip) -> tuple[int, int, str, str]:
    return int(slip.waits), slip.due_on.toordinal(), slip.kind, slip.key


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
        due_on=None if duty.waits else duty.due_on,
        waiting_since=duty.due_on if duty.waits else None,
        until=duty.words(today),
        group=duty.group(today),
        why=why,
    )

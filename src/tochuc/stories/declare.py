"""The shape of a story file. ``docs/stories.md`` is its reference; unknown keys are mistakes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import parse_day


def _many(raw: Any) -> Any:
    """One thing where several may stand."""
    return raw if isinstance(raw, list) else [raw]


def _text(raw: Any) -> Any:
    """A birth year or a date, as YAML may have read it, back as text."""
    return str(raw) if isinstance(raw, int | date) and not isinstance(raw, bool) else raw


def as_day(raw: Any) -> Any:
    """A day as people write it (20/4/2023) beside YAML's own (2023-04-20); what can't be read stays as it is."""
    if not isinstance(raw, str):
        return raw
    try:
        return parse_day(raw)
    except DomainError:
        return raw


Several = Annotated[list[str], BeforeValidator(_many)]
Written = Annotated[str, BeforeValidator(_text)]
Day = Annotated[date, BeforeValidator(as_day)]


class _Told(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Place(_Told):
    """An organisation of the story."""

    code: str
    name: str
    kind: str
    cell_kind: str = ""
    under: str | None = None
    since: Day = date(2000, 1, 1)


class Seat(_Told):
    """A post at an organisation of the story."""

    code: str
    kind: str
    at: str
    title: str = ""
    since: Day = date(2000, 1, 1)


class Someone(_Told):
    """A person of the story; ``count`` makes as many unnamed ones.

    ``since`` is the day from which they stand so. ``admitted`` and ``official`` are the days of the ceremony and of the
    recognition, ``decided`` that of the decision
    to admit, from which Party age counts (the ceremony where left out); ``discipline`` rows of the record, with what
    and on which day it was decided; ``card`` the number of the Party card.
    """

    name: str = ""
    birth: Written = "1980"
    gender: Literal["male", "female"] = "male"
    cell: str | None = None
    standing: Literal["outside", "sympathiser", "probationary", "official"] = "official"
    since: Day | None = None
    decided: Day | None = None
    admitted: Day | None = None
    official: Day | None = None
    count: int = 1
    post: str = ""
    card: Written = ""
    discipline: dict[str, Day] = {}


class Vote(_Told):
    """A vote as the minutes give it; ``entitled`` defaults to those present."""

    present: int
    agree: int
    against: int = 0
    abstain: int = 0
    entitled: int | None = None


class DueExpected(_Told):
    """Until when a step is expected to be due, and the place the rule stands in."""

    on: Day
    article: str = ""


class Refusal(_Told):
    """A refusal that is expected: its code, the place of its rule, words of its message."""

    code: str = ""
    article: str = ""
    says: str = ""


class Stands(_Told):
    """Where a person is expected to stand; what is left out isn't looked at."""

    standing: str = ""
    cell: str = ""
    since: Day | None = None


class Listed(_Told):
    """A row of the due list of who works for an organisation: words of what is due, whom it concerns, until when.

    ``place``: words of the document and article behind it. ``there: false``: no such row.
    """

    at: str
    what: str = ""
    whom: str = ""
    on: Day | None = None
    place: str = ""
    there: bool = True


class Expected(_Told):
    """What is expected after a move. ``open`` names all open steps that aren't optional, in any order."""

    open: list[str] | None = None
    due: dict[str, DueExpected | None] = {}
    refused: Refusal | None = None
    doubts: list[str] | None = None
    result: str | None = None
    standing: dict[str, Stands | str] = {}
    forms: dict[str, str] = {}
    recorded: dict[str, str] = {}
    card: dict[str, Written] = {}
    holds: dict[str, Several] = {}
    age: dict[str, str] = {}
    listed: list[Listed] = []


class Happens(_Told):
    """One move: a case is opened, a step taken, more time given, a step taken back, an event recorded or struck out,
    organisations changed (operations as in a plan file), a cell's regular meeting or its dues of the month recorded, or
    only a look.
    """

    on: Day
    open: str = ""
    for_: str = Field("", alias="for")
    at: str = ""
    to: str = ""
    step: str = ""
    outcome: str = ""
    extend: str = ""
    take_back: str = ""
    event: str = ""
    void: str = ""
    reorganise: list[dict[str, Any]] = []
    meeting: str = ""
    dues: str = ""
    absent: Several = []
    excused: dict[str, str] = {}
    look: bool = False
    case: str = ""
    with_: dict[str, Any] = Field(default_factory=dict, alias="with")
    papers: Several | None = None
    without: Several = []
    ballot: Vote | None = None
    expect: Expected = Expected()


KINDS_OF_MOVE = (
    "open",
    "step",
    "extend",
    "take_back",
    "event",
    "void",
    "reorganise",
    "meeting",
    "dues",
    "look",
)


class Story(_Told):
    """A whole story. ``tells`` names the procedures it explains, ``rules`` the parameters it rests on."""

    story: Annotated[str, Field(min_length=5)]
    tells: Several
    about: str = ""
    rules: list[str] = []
    organisations: list[Place] = []
    posts: list[Seat] = []
    people: dict[str, Someone] = {}
    moves: Annotated[list[Happens], Field(min_length=1)]

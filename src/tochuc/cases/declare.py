"""What a procedure is made of: steps, who acts, papers, votes, time limits, conditions. Data, and nothing runs here.

A time limit, a vote's share or a form is named by the id of its rule, never written out; the engine asks the
rules for the day concerned, so the same declaration serves every edition of a regulation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal, Protocol

from tochuc.cases.clocks import NotBefore, StillValid, Within
from tochuc.kernel.days import FOREVER
from tochuc.rules.ruled import Ruled


class Ask(Protocol):
    """How rules are asked: for the branch the case belongs to, on a day."""

    def __call__(self, rule_id: str, /, *, on: date) -> Ruled: ...


@dataclass(frozen=True)
class Actor:
    """A role at a named place of the case: the secretary of the cell, the committee that decides."""

    role: str
    place: str


@dataclass(frozen=True)
class Role:
    """A role of the policy's; ``SECRETARY @ CELL`` is an actor."""

    code: str

    def __matmul__(self, place: str) -> Actor:
        return Actor(self.code, place)


# The places a case can name. What each is on a day is looked up by `cases.places`.
SUBJECT = "subject"
CELL = "cell"
BASE = "base"
COMPETENT = "competent"
TO = "to"
TO_BASE = "to_base"
HERE = "here"
ABOVE = "above"
PROVINCE = "province"

PLACE_WORDS = {
    SUBJECT: "đương sự",
    CELL: "chi bộ",
    BASE: "đảng ủy cơ sở",
    COMPETENT: "cấp ủy có thẩm quyền",
    TO: "tổ chức nơi nhận",
    TO_BASE: "đảng ủy cơ sở nơi đến",
    HERE: "tổ chức có hồ sơ",
    ABOVE: "cấp ủy cấp trên trực tiếp",
    PROVINCE: "cấp ủy trực thuộc Trung ương",
}


@dataclass(frozen=True)
class Paper:
    """A paper of a step by the id of its form; ``when``: for which cases, ``unless``: the outcomes that do without it."""

    form: str
    required: bool = True
    when: Callable[[Mapping[str, Any]], bool] | None = None
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ballot:
    """A vote. ``rule`` is the share it needs, ``base`` the fact that says of how many the share is taken.

    ``passes`` names the outcome that only a passed vote can have, ``fails`` the one of a vote that fell short.
    ``shares`` names the rules of further outcomes that need a share of their own.
    ``base_is_sure``: the record names everyone who may vote, so minutes that count more are wrong.
    """

    rule: str
    base: str
    passes: str
    fails: str
    base_is_sure: bool = True
    shares: Mapping[str, str] = field(default_factory=dict)

    @property
    def rules(self) -> dict[str, str]:
        """The outcomes that only a passed vote can have, each with the rule of its share."""
        return {self.passes: self.rule, **self.shares}


AnswerKind = Literal[
    "day",
    "text",
    "long",
    "number",
    "choice",
    "some",
    "person",
    "people",
    "organisation",
    "flag",
    "seats",
]


@dataclass(frozen=True)
class Question:
    """Something asked when a step is taken, in the words of the form. ``choices``: code → words.

    ``seats`` are the posts of a committee by their codes, each with the person elected and the votes.
    ``offers`` names what the record gives to choose from instead, one (``choice``) or several (``some``);
    ``among`` names the people for the ``seats`` that it offers.
    """

    name: str
    title: str
    kind: AnswerKind = "text"
    hint: str = ""
    required: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)
    offers: str = ""
    among: str = ""

    @property
    def offered(self) -> tuple[str, ...]:
        """The names of everything that the record gives to choose from."""
        return tuple(name for name in (self.offers, self.among) if name)


@dataclass(frozen=True)
class Objection:
    """Something that speaks against a step: what, by which rule, and the field to mend.

    ``warns``: never refuses, whatever the rule; for what a person has to weigh.
    """

    code: str
    message: str
    rule: Ruled | None = None
    field: str | None = None
    warns: bool = False

    @property
    def refuses(self) -> bool:
        """Whether it refuses; a rule that wasn't read in its text only warns."""
        return not self.warns and (self.rule is None or self.rule.may_refuse)


Condition = Callable[["Taken"], "list[Objection]"]

EXITS = frozenset(
    {"died", "expelled", "removed", "departed", "left_for", "admission_annulled", "sympathiser_closed"}
)
"""Kinds of entry in the ledger after which nobody's case runs on, unless the case itself made the entry."""


@dataclass(frozen=True)
class Outcome:
    """How a step can end. ``closes`` ends the case with this result; ``again`` leaves the step to be taken anew.

    ``effect`` names what it does to the record; the procedure maps the name to an action.
    """

    code: str
    title: str
    closes: str = ""
    again: bool = False
    effect: str = ""


DONE = Outcome("done", "Đã xong")


@dataclass(frozen=True)
class Step:
    """One step: what, by whom, after what, until when, with which papers, vote, questions and conditions.

    ``after``: each entry is a step, or ``step:outcome``, or several joined by ``|`` of which one is enough.
    A step alone means any outcome of it that neither closes the case nor asks for another try, and none
    that another step waits for by name. ``when`` leaves the step out of cases it doesn't concern.
    ``once_late``: it is due only when its time has run out, so that others are asked what became of theirs.
    """

    code: str
    title: str
    by: tuple[Actor, ...]
    about: str = ""
    after: tuple[str, ...] = ()
    within: Within | None = None
    not_before: tuple[NotBefore, ...] = ()
    valid: tuple[StillValid, ...] = ()
    papers: tuple[Paper, ...] = ()
    ballot: Ballot | None = None
    questions: tuple[Question, ...] = ()
    conditions: tuple[Condition, ...] = ()
    outcomes: tuple[Outcome, ...] = (DONE,)
    when: Callable[[Mapping[str, Any]], bool] | None = None
    optional: bool = False
    once_late: bool = False
    most_tries: str = ""

    def outcome(self, code: str) -> Outcome | None:
        """The outcome of this code."""
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)


@dataclass(frozen=True)
class Procedure:
    """A procedure as it runs from one day until another: steps, and what it is about.

    ``begins``: conditions on opening a case. ``excludes``: codes of procedures that can't run beside it for
    the same person. ``several``: one person may have more than one at a time. ``send``: what
    the button says that opens one. ``closed_file``: only those who
    act in it may see it. ``rules``: further rules it rests on. ``of_organisation``: it is about an organisation,
    not a person. ``by_list``: committees take its steps for a whole list at once, so the due list has a row for
    the list instead of one for each case. ``stopped_by``: kinds of entry in the ledger that
    end it when they are made outside the case.
    """

    code: str
    title: str
    about: str
    rules: tuple[str, ...]
    steps: tuple[Step, ...]
    opened_by: tuple[Actor, ...]
    questions: tuple[Question, ...] = ()
    begins: tuple[Condition, ...] = ()
    excludes: tuple[str, ...] = ()
    several: bool = False
    send: str = "Mở hồ sơ"
    stopped_by: frozenset[str] = EXITS
    closed_file: bool = False
    of_organisation: bool = False
    by_list: bool = False
    since: date = date(2011, 1, 19)
    until: date = FOREVER

    @cached_property
    def waited_for(self) -> frozenset[str]:
        """Every ``step:outcome`` that some step waits for by name."""
        entries = (one for step in self.steps for entry in step.after for one in entry.split("|"))
        return frozenset(one for one in entries if ":" in one)

    def shuts_out(self, other: Procedure) -> bool:
        """Whether the two can't run side by side for one person; either may say so."""
        return other.code in self.excludes or self.code in other.excludes

    def step(self, code: str) -> Step:
        """The step of this code; ``LookupError`` for none."""
        for step in self.steps:
            if step.code == code:
                return step
        raise LookupError(f"{self.code} has no step {code!r}")


@dataclass(frozen=True)
class Count:
    """A vote as the minutes give it. ``entitled`` is of how many the share is taken."""

    entitled: int
    present: int
    agree: int
    against: int = 0
    abstain: int = 0


@dataclass(frozen=True)
class Move:
    """One step taken: when, with which outcome, papers, vote and answers."""

    step: str
    on: date
    outcome: str = DONE.code
    count: Count | None = None
    papers: frozenset[str] = frozenset()
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stopped:
    """The record says something after which the case can't run on: when, and what in words."""

    on: date
    words: str


@dataclass(frozen=True)
class Told:
    """What a case is: opened when, what the record says of it on the day asked, the moves so far in order.

    ``extended``: steps that were given the longer time their rule allows. ``stopped``: by what the record says.
    """

    opened_on: date
    facts: Mapping[str, Any]
    moves: tuple[Move, ...] = ()
    extended: frozenset[str] = frozenset()
    stopped: Stopped | None = None

    def last(self, step: str) -> Move | None:
        """The latest move of a step."""
        return next((move for move in reversed(self.moves) if move.step == step), None)


@dataclass(frozen=True)
class Taken:
    """A step about to be taken, as conditions see it."""

    case: Told
    move: Move
    ask: Ask

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the record says on the day of the step."""
        return self.case.facts

    def rule(self, rule_id: str) -> Ruled:
        """The rule on the day of the step."""
        return self.ask(rule_id, on=self.move.on)

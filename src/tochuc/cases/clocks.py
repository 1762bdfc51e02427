"""Days and times as a procedure declares them: what starts a clock, until when, not before when, what must still be valid.

A time is named by the id of its rule; the engine asks the rule for the day concerned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Since:
    """The day a step was taken."""

    step: str


@dataclass(frozen=True)
class Answered:
    """A day that was given when a step was taken: of a certificate, of the receipt of a decision."""

    step: str
    name: str


@dataclass(frozen=True)
class Fact:
    """A day that the record gives: the end of probation, the day a member was told."""

    name: str


OPENED = Fact("opened_on")


@dataclass(frozen=True)
class ByRule:
    """The rule itself says which day starts the clock: its text chooses among these."""

    rule: str
    choices: Mapping[str, Since | Answered | Fact | Latest]


@dataclass(frozen=True)
class Latest:
    """The latest of several days, as far as they are known: papers made anew start their clock anew."""

    of: tuple[Since | Answered | Fact, ...]


Anchor = Since | Answered | Fact | ByRule | Latest


@dataclass(frozen=True)
class Within:
    """Until when: the rule's time after the anchor; on the anchor's own day where no rule is named.

    ``longer`` names the rule of a possible extension. ``before``: the time lies before the anchor, not after it.
    """

    rule: str
    anchor: Anchor
    longer: str = ""
    before: bool = False


@dataclass(frozen=True)
class NotBefore:
    """A step that may not be dated before a day; ``strictly`` means not on it either. The rules say why."""

    anchor: Anchor
    rule: str
    words: str
    strictly: bool = False


@dataclass(frozen=True)
class Remind:
    """That a paper will lapse is said so long before as the rule ``lead`` has it, in the words of ``what``.

    ``until`` names the step (or several, joined by ``|``) up to which it is needed, where that isn't the checking one.
    """

    lead: str
    what: str
    until: str = ""


@dataclass(frozen=True)
class StillValid:
    """A paper of an earlier step that must not be older than its rule allows on the day of this step."""

    anchor: Anchor
    rule: str
    words: str
    remind: Remind | None = None

"""What a plan does to one organisation: what it is before and after. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tochuc.kernel.days import FOREVER
from tochuc.reorganise.plan import NewPost, Operation, Split


@dataclass(frozen=True)
class Unit:
    """An organisation as it stands on the day before the plan's.

    ``changed_on`` is the last day on which anything is recorded to have happened to it; ``people`` how many
    stand in it on the plan's day, sympathisers included.
    """

    code: str
    name: str
    short_name: str
    kind: str
    cell_kind: str
    parent: str | None
    since: date
    until: date = FOREVER
    changed_on: date = date.min
    people: int = 0


@dataclass
class Change:
    """What happens to one organisation. ``after`` None: it ends. ``ground``: the operations that say so."""

    code: str
    before: Unit | None
    after: Unit | None
    successors: list[str] = field(default_factory=list)
    members_to: str | None = None
    split: Split | None = None
    follows: tuple[str, ...] = ()
    posts_end: bool = False
    roles_follow: bool = True
    new_posts: list[NewPost] = field(default_factory=list)
    symbol: str = ""
    ground: list[Operation] = field(default_factory=list)

    @property
    def ends(self) -> bool:
        """Whether the organisation is no longer there."""
        return self.after is None

    @property
    def founded(self) -> bool:
        """Whether the plan sets it up."""
        return self.before is None

    @property
    def receivers(self) -> tuple[str, ...]:
        """Where its members go, itself included when it keeps some."""
        if self.split is None:
            return (self.members_to,) if self.members_to else ()
        parts = [part.to for part in self.split.parts] + ([self.split.rest] if self.split.rest else [])
        return tuple(dict.fromkeys(parts))

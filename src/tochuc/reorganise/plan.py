"""A plan of reorganisation (phương án sắp xếp): one decision, one day, operations that take effect together.

The operations are a set, not a sequence: what one of them founds another may fill. Organisations are named by
their code. What the decision doesn't say and the plan supposes carries its ground in ``presumed``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tochuc.kernel.errors import BadInput, DomainError
from tochuc.kernel.names import tidy
from tochuc.org.naming import why_not_named

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Fate = Literal["continue", "end"]


def _listed(raw: Any) -> Any:
    return (raw,) if isinstance(raw, str) else raw


def _tidied(raw: Any) -> Any:
    return tidy(raw) if isinstance(raw, str) else raw


Name = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(_tidied)]
ShortName = Annotated[str, Field(min_length=1, max_length=120), BeforeValidator(_tidied)]
Codes = Annotated[tuple[Code, ...], BeforeValidator(_listed)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
SomeCodes = Annotated[tuple[Code, ...], BeforeValidator(_listed), Field(min_length=1)]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Decision(_Said):
    """The decision that the plan carries out: number as printed, day signed, who decided."""

    number: Annotated[str, Field(min_length=1, max_length=60)]
    on: date
    by: Annotated[str, Field(min_length=1, max_length=160)]


class NewPost(_Said):
    """A post that begins with the plan. It goes to whoever held ``holder_of`` the day before: the first of
    these posts whose holder stands in the right place; to nobody where none does.
    """

    code: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    kind: str
    title: Annotated[str, Field(min_length=1, max_length=160)]
    holder_of: Texts = ()


class _Operation(_Said):
    presumed: str = ""
    line: int = Field(default=0, repr=False)


class Found(_Operation):
    """Set up an organisation (thành lập); ``follows`` names those whose work it takes on without their members."""

    op: Literal["found"]
    code: Code
    name: Name
    short_name: ShortName
    kind: str
    under: Code | None
    cell_kind: str = ""
    symbol: Annotated[str, Field(max_length=24)] = ""
    follows: Codes = ()
    posts: tuple[NewPost, ...] = ()


class Rename(_Operation):
    """Give an organisation another name (đổi tên); posts titled by the old name are renewed with their holders."""

    op: Literal["rename"]
    of: Code
    name: Name
    short_name: ShortName
    posts: Fate = "continue"


class Move(_Operation):
    """Put organisations under another superior, with all below them (chuyển về trực thuộc)."""

    op: Literal["move"]
    of: SomeCodes
    to: Code
    posts: Fate = "continue"


class Convert(_Operation):
    """Make organisations another kind (chuyển loại hình).

    Named by ``of``, or all that stand directly ``below`` some after the plan and were of a kind (``was``) or a
    kind of cell (``was_cell_kind``).
    """

    op: Literal["convert"]
    of: Codes = ()
    below: Codes = ()
    was: str = ""
    was_cell_kind: str = ""
    kind: str = ""
    cell_kind: str = ""
    posts: Fate = "continue"


class Merge(_Operation):
    """End organisations whose members and units go to one (sáp nhập, hợp nhất): an old one or one just founded."""

    op: Literal["merge"]
    of: SomeCodes
    into: Code
    roles: Literal["follow", "end"] = "follow"
    posts: tuple[NewPost, ...] = ()


class Part(_Said):
    """Who goes to one place of a split: named people, those who live somewhere, those who came from a cell."""

    to: Code
    people: Texts = ()
    residence: Texts = ()
    before: Codes = ()


class Split(_Operation):
    """Divide the members of cells among others (chia, tách). ``rest`` takes those that no part names.

    A cell that is itself the rest or a part goes on; others end.
    """

    op: Literal["split"]
    of: SomeCodes
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    rest: Code | None = None
    roles: Literal["follow", "end"] = "follow"


class Dissolve(_Operation):
    """End organisations (giải thể, kết thúc hoạt động): members and units go to named places."""

    op: Literal["dissolve"]
    of: SomeCodes
    members_to: Code | None = None
    units_to: Code | None = None
    followed_by: Codes = ()
    roles: Literal["follow", "end"] = "follow"


Operation = Annotated[Found | Rename | Move | Convert | Merge | Split | Dissolve, Field(discriminator="op")]


class RoleGoes(_Said):
    """Where accounts with a role at an organisation go, against the usual: to these organisations instead.

    ``account`` limits it to one log-in name.
    """

    role: str
    of: Code
    to: Codes
    account: str = ""
    line: int = Field(default=0, repr=False)


class Plan(_Said):
    """The whole plan. ``day`` is the first day of the new order; ``source`` the file it was read from."""

    title: Text
    decision: Decision
    day: date
    note: str = ""
    operations: Annotated[tuple[Operation, ...], Field(min_length=1)]
    roles: tuple[RoleGoes, ...] = ()
    source: str = ""

    @property
    def eve(self) -> date:
        """The last day of the old order."""
        return self.day - timedelta(days=1)

    def where(self, said: _Operation | RoleGoes) -> str:
        """File and line of an operation, to begin a sentence with; empty where they aren't known."""
        return _where(said, self.source)

    @staticmethod
    def codes_of(said: _Operation | RoleGoes) -> frozenset[str]:
        """Every organisation that an operation names."""
        return frozenset(_codes(said))

    def named(self) -> frozenset[str]:
        """Every organisation the plan names, those it founds included."""
        return frozenset(code for said in (*self.operations, *self.roles) for code in _codes(said))


def _where(said: _Operation | RoleGoes, source: str) -> str:
    return f"{source}, dòng {said.line}: " if source and said.line else ""


def _codes(said: _Said) -> Iterable[str]:
    match said:
        case Found():
            yield from (said.code, *said.follows)
            yield from (said.under,) if said.under else ()
        case Rename():
            yield said.of
        case Move() | RoleGoes():
            yield from said.of if isinstance(said, Move) else (said.of,)
            yield from (said.to,) if isinstance(said, Move) else said.to
        case Convert():
            yield from (*said.of, *said.below)
        case Merge():
            yield from (*said.of, said.into)
        case Split():
            yield from (*said.of, *(part.to for part in said.parts))
            yield from (code for part in said.parts for code in part.before)
            yield from (said.rest,) if said.rest else ()
        case Dissolve():
            yield from (*said.of, *said.followed_by)
            yield from (code for code in (said.members_to, said.units_to) if code)


def misnamed(operations: Iterable[Operation], source: str = "") -> list[DomainError]:
    """The objections to names that no organisation can have, each with its place in the plan's file."""
    return [
        BadInput("not_a_name", _where(one, source) + why, "operations")
        for one in operations
        if isinstance(one, Found | Rename)
        for name in (one.name, one.short_name)
        if (why := why_not_named(name))
    ]


def rearranged(said: Operation) -> frozenset[str]:
    """The organisations that an operation changes, not those that it founds or that only take others in."""
    match said:
        case Found():
            return frozenset(said.follows)
        case Rename():
            return frozenset({said.of})
        case Convert():
            return frozenset({*said.of, *said.below})
    return frozenset(said.of)

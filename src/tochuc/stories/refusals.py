"""Every refusal that a procedure can give, by its code: what reference and tests of stories are held against.

What a condition can refuse is read from its source, the functions it calls included: codes are written out there.
What is asked of every step alike (papers, answers, days, order, votes) isn't listed.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tochuc.cases.declare import Objection, Step
from tochuc.cases.registry import Running, every_edition, running
from tochuc.kernel.errors import DomainError

OPENING = "open"


@dataclass(frozen=True, order=True)
class Refusal:
    """A way in which a procedure says no: at its opening or at a step, by code; ``*`` in it stands for several."""

    procedure: str
    place: str
    code: str
    by_rule: bool = False

    def __str__(self) -> str:
        return f"{self.procedure}.{self.place}: {self.code}"


def declared() -> set[Refusal]:
    """Every refusal of every edition of every procedure."""
    return {one for told in every_edition() for one in refusals_of(running(told.code, told.since))}


def refusals_of(run: Running) -> Iterator[Refusal]:
    """Every refusal of one procedure."""
    procedure = run.procedure
    for code, by_rule in _codes(procedure.begins):
        yield Refusal(procedure.code, OPENING, code, by_rule)
    for step in procedure.steps:
        effects = [run.effects[one.effect] for one in step.outcomes if one.effect]
        for code, by_rule in {*_by_the_step(step), *_codes([*step.conditions, *effects])}:
            yield Refusal(procedure.code, step.code, code, by_rule)


def _by_the_step(step: Step) -> Iterator[tuple[str, bool]]:
    """What the step itself demands: its earliest day, how old its papers may be, how often it may be tried."""
    if step.not_before:
        yield "too_early", True
    if step.valid:
        yield "expired", True
    if step.most_tries:
        yield "too_many_tries", True


def _codes(functions: Iterable[Callable[..., Any]]) -> set[tuple[str, bool]]:
    found: set[tuple[str, bool]] = set()
    seen: set[Callable[..., Any]] = set()
    for function in functions:
        found |= _codes_in(function, seen)
    return found


def _codes_in(function: Callable[..., Any], seen: set[Callable[..., Any]]) -> set[tuple[str, bool]]:
    if function in seen:
        return set()
    seen.add(function)
    names = {**function.__globals__, **inspect.getclosurevars(function).nonlocals}
    found: set[tuple[str, bool]] = set()
    for node in ast.walk(_source(function)):
        meant = _meant(node, names)
        if inspect.isfunction(meant) and meant.__module__.startswith("tochuc.procedures"):
            found |= _codes_in(meant, seen)
        if isinstance(node, ast.Call) and _meant(node.func, names) in _REFUSING and not _warns(node):
            found.add((_written(node.args[0]), len(node.args) > _BEFORE_THE_RULE))
    return found


def _subclasses(of: type[Any]) -> Iterator[type[Any]]:
    yield of
    for one in of.__subclasses__():
        yield from _subclasses(one)


_BEFORE_THE_RULE = 2
_REFUSING = {Objection, *_subclasses(DomainError)}


def _warns(call: ast.Call) -> bool:
    return any(
        word.arg == "warns" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in call.keywords
    )


def _written(code: ast.expr) -> str:
    """The code as it is written; what a text leaves open becomes a star."""
    if isinstance(code, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in code.values)
    assert isinstance(code, ast.Constant), f"a refusal whose code isn't written out: {ast.unparse(code)}"
    return str(code.value)


@cache
def _source(function: Callable[..., Any]) -> ast.Module:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except SyntaxError:  # a lambda amid an expression: it refuses nothing
        return ast.parse("")


def _meant(node: ast.AST, names: dict[str, Any]) -> Any:
    """The function or class that a name, or a name in a module, stands for."""
    found = None
    if isinstance(node, ast.Name):
        found = names.get(node.id)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        home = names.get(node.value.id)
        found = getattr(home, node.attr, None) if inspect.ismodule(home) else None
    return found if inspect.isfunction(found) or inspect.isclass(found) else None

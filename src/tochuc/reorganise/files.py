"""Reading a plan file: YAML, strictly. What is unknown or misspelt is refused with the file and the line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tochuc.kernel.errors import BadInput, DomainError, raise_all
from tochuc.reorganise.plan import Plan, misnamed
from tochuc.rules.strict_yaml import Place, YamlMistake, lines_in, read_yaml

_OPERATIONS = frozenset({"found", "rename", "move", "convert", "merge", "split", "dissolve"})
_WORDS = {
    "extra_forbidden": "khóa này không có",
    "missing": "thiếu khóa này",
    "string_pattern_mismatch": "chỉ dùng chữ thường không dấu, chữ số và gạch nối",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá",
    "too_short": "cần ít nhất một mục",
    "literal_error": "giá trị này không có",
    "date_type": "cần một ngày, viết như 2025-07-01",
    "date_from_datetime_parsing": "cần một ngày, viết như 2025-07-01",
    "date_parsing": "cần một ngày, viết như 2025-07-01",
    "string_type": "cần là chữ",
}


def read_plan(path: Path) -> Plan:
    """The plan in a file. Raises ``BadInput`` for a mistake, ``Refusals`` for several, each with file and line."""
    try:
        raw = read_yaml(path)
    except (YamlMistake, OSError) as mistake:
        raise BadInput(
            "plan.unreadable", f"{path.name}, dòng {getattr(mistake, 'line', 1)}: {mistake}."
        ) from mistake
    if not isinstance(raw, dict):
        raise BadInput("plan.unreadable", f"{path.name}: cần là một phương án, gồm các khóa và giá trị.")
    lines = lines_in(path)
    mistakes: list[DomainError] = []
    operations = [
        _operation(one, ("operations", n), path, lines, mistakes)
        for n, one in enumerate(_list(raw.get("operations")))
    ]
    roles = [
        {**one, "line": lines.get(("roles", n), 0)} if isinstance(one, dict) else one
        for n, one in enumerate(_list(raw.get("roles")))
    ]
    raise_all(mistakes)
    said = raw | {"source": path.name, "operations": operations, "roles": roles}
    if "source" in raw:
        raise BadInput("plan.mistake", f"{path.name}, dòng {lines['source',]}: source: khóa này không có.")
    try:
        plan = Plan.model_validate(said)
    except ValidationError as wrong:
        raise_all([_mistake(path, lines, error) for error in _own_errors(wrong)])
        raise
    raise_all(misnamed(plan.operations, plan.source))
    return plan


def _own_errors(wrong: ValidationError) -> list[Any]:
    """The errors, less those that only follow from one further in: a list isn't short because an item is wrong."""
    errors = wrong.errors()
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not any(place != error["loc"] and place[: len(error["loc"])] == error["loc"] for place in places)
    ]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _operation(
    one: Any, place: Place, path: Path, lines: dict[Place, int], mistakes: list[DomainError]
) -> dict[str, Any]:
    """``- merge: {…}`` as the plan has it: the kind of operation among its keys."""
    name = next(iter(one)) if isinstance(one, dict) and len(one) == 1 else None
    if name not in _OPERATIONS or not isinstance(one[name], dict) or {"op", "line"} & one[name].keys():
        listed = ", ".join(sorted(_OPERATIONS))
        where = f"{path.name}, dòng {lines.get(place, 0)}"
        mistakes.append(
            BadInput("plan.mistake", f"{where}: mỗi mục là một thao tác trong các loại {listed}.")
        )
        return {}
    return {"op": name, **one[name], "line": lines.get(place, 0)}


def _mistake(path: Path, lines: dict[Place, int], error: Any) -> BadInput:
    place: Place = error["loc"]
    known = next((place[:n] for n in range(len(place), 0, -1) if place[:n] in lines), ())
    words = _WORDS.get(error["type"], error["msg"])
    key = place[-1] if place else ""
    return BadInput("plan.mistake", f"{path.name}, dòng {lines.get(known, 1)}: {key}: {words}.")

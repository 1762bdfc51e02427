"""A plan file that somebody sends: held to a size before it is read, so that no file can stop the system."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml

from tochuc.documents.reading.names import safe_name
from tochuc.kernel.errors import BadInput
from tochuc.reorganise.files import read_plan
from tochuc.reorganise.plan import Plan

LIMIT = 1_000_000
_MOST_NODES = 60_000
_DEEPEST = 30


def plan_from(raw: bytes, name: str) -> Plan:
    """The plan in a file that was sent. Raises ``BadInput``, or ``Refusals`` for several mistakes, each with its line."""
    called = safe_name(name) or "phuong-an.yaml"
    if len(raw) > LIMIT:
        raise BadInput("plan.too_large", f"{called}: tệp lớn hơn 1 MB, không phải một phương án.", "file")
    _check_shape(raw, called)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / called
        path.write_bytes(raw)
        return read_plan(path)


def _check_shape(raw: bytes, called: str) -> None:
    """A few lines of YAML can stand for millions by repeating themselves; such a file is refused unread."""
    try:
        root = yaml.compose(raw.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        where = getattr(wrong, "problem_mark", None)
        line = f", dòng {where.line + 1}" if where else ""
        raise BadInput(
            "plan.unreadable", f"{called}{line}: không đọc được tệp này như một phương án.", "file"
        ) from wrong
    sizes: dict[int, int] = {}
    if root is not None and _size(root, sizes, 0) > _MOST_NODES:
        raise BadInput("plan.too_large", f"{called}: phương án có quá nhiều mục.", "file")


def _size(node: yaml.Node, sizes: dict[int, int], depth: int) -> int:
    """How many values a node stands for, those it repeats counted each time; too deep or in a circle: too many."""
    if depth > _DEEPEST:
        return _MOST_NODES + 1
    if id(node) not in sizes:
        sizes[id(node)] = _MOST_NODES + 1
        inside = []
        if isinstance(node, yaml.MappingNode):
            inside = [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            inside = node.value
        sizes[id(node)] = 1 + sum(_size(one, sizes, depth + 1) for one in inside)
    return sizes[id(node)]

"""YAML as rule files use it: a key given twice is an error, and only `true`/`false` are truth values.

YAML 1.1 silently keeps the last of two equal keys and reads the key `on` as a truth value; either would change a
regulation without anyone noticing. Every mistake is told with the line it stands on.
"""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

_PROGRAM = Path(__file__).parents[1]
_LIBYAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOL, _DAY = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"
_NAMED_BY = ("id", "form", "day", "code")
_LINE = ", dòng "

Place = tuple[str | int, ...]
"""Where something stands in a file: `("values", 0, "from")`."""


class YamlMistake(Exception):
    """A file that isn't YAML, or holds a key twice; the text says where, `line` (from 1) too where it is known."""

    def __init__(self, words: str, line: int = 1) -> None:
        super().__init__(words)
        self.line = line


class _Strict(SafeConstructor):
    """Refuses duplicate keys, and days that no calendar has."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: dict[object, int] = {}
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, Hashable):
                raise YamlMistake(f"khóa ở dòng {line} phải là chữ", line)
            if key in seen:
                raise YamlMistake(f"{key}: khóa này đã có ở trên (dòng {seen[key]})", line)
            seen[key] = line
        return SafeConstructor.construct_mapping(self, node, deep=deep)

    def construct_day(self, node: yaml.ScalarNode) -> Any:
        """A day, or words for one that the calendar doesn't have."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError as error:
            words = f"không phải YAML hợp lệ: không có ngày {node.value}"
            raise YamlMistake(words, node.start_mark.line + 1) from error


_Strict.yaml_constructors = SafeConstructor.yaml_constructors | {_DAY: _Strict.construct_day}
_RESOLVERS = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _OwnLoader(_Strict, _LIBYAML):
    """For the hundreds of files that ship with the program: libyaml, ten times as fast."""

    yaml_implicit_resolvers = _RESOLVERS


class _AnyLoader(_Strict, yaml.SafeLoader):
    """For a stranger's file: libyaml breaks the whole program when it is nested too deep."""

    yaml_implicit_resolvers = _RESOLVERS


def read_yaml(path: Path) -> Any:
    """The content of one YAML file; raises YamlMistake."""
    loader = _OwnLoader if path.is_relative_to(_PROGRAM) else _AnyLoader
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: bytes that aren't UTF-8
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        words = f"không phải YAML hợp lệ: {what}; xem lại dấu ngoặc, dấu hai chấm và thụt đầu dòng"
        raise YamlMistake(words, mark.line + 1 if mark else 1) from error


def lines_in(path: Path) -> dict[Place, int]:
    """The line on which each key and each item of a readable file begins, by its place."""
    found: dict[Place, int] = {}
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)

    def walk(node: yaml.Node, place: Place) -> None:
        found.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                found[(*place, key.value)] = key.start_mark.line + 1
                walk(value, (*place, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for n, value in enumerate(node.value):
                walk(value, (*place, n))

    if root is not None:
        walk(root, ())
    return found


def line_of(lines: dict[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest thing around it that the file has."""
    return next((lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines), 1)


def key_words(place: Place) -> str:
    """A place as it is said: `values[0].from`; `tệp` for the whole file."""
    key = ""
    for step in place:
        key += f"[{step}]" if isinstance(step, int) else f".{step}" if key else step
    return key or "tệp"


def with_lines(path: Path, problems: list[str]) -> list[str]:
    """Each mistake (`file: key: words`) with its line: `file, dòng 7: key: words`.

    The file is only read again once there is a mistake; one that says its line already stays as it is.
    """
    if not path.exists() or all(_LINE in problem.partition(": ")[0] for problem in problems):
        return problems
    lines, entries = lines_in(path), _entries(path)
    said = []
    for problem in problems:
        file, _, rest = problem.partition(": ")
        line = "" if _LINE in file else f"{_LINE}{line_of(lines, _place(rest, lines, entries))}"
        said.append(f"{file}{line}: {rest}")
    return said


def _entries(path: Path) -> dict[str, int]:
    """Where the entries of a file that is a list stand in it, by what they are called."""
    raw = read_yaml(path)
    named: dict[str, int] = {}
    for at, entry in enumerate(raw if isinstance(raw, list) else []):
        for key in _NAMED_BY:
            if isinstance(entry, dict) and key in entry:
                named[str(entry[key])] = at
    return named


def _place(text: str, lines: dict[Place, int], entries: dict[str, int]) -> Place:
    """The place that a mistake's words begin with, as far as the file has it."""
    name = max((one for one in entries if re.match(rf"{re.escape(one)}[.:\[]", text)), key=len, default="")
    place: Place = (entries[name],) if name else ()
    for step in re.findall(r"[^.\[\]]+", text.removeprefix(name).partition(": ")[0]):
        longer = (*place, int(step) if step.isdigit() else step)
        if longer not in lines:
            break
        place = longer
    return place

"""Which parameters the program asks for, read from its own source: one nobody asks for, or one asked for that isn't there.

A parameter that is read ahead of the part that will use it says so (``kept_for`` in its file).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tochuc.rules.declare import Parameter
from tochuc.rules.strict_yaml import read_yaml, with_lines

PROGRAM = Path(__file__).parents[1]

_QUOTED = re.compile(r'"([a-z_]+\.[a-z_0-9]+)"')
_BEGUN = re.compile(r'f"([a-z_]+\.[a-z_0-9]*)\{')
_ENDED = re.compile(r'f"\{[a-z_.]+\}(\.[a-z_0-9]+)"')
_ASKED = re.compile(r'\b_?(?:rule|ask|asked|ruled|history)\((?:[a-z_.]+, )?"([a-z_]+\.[a-z_0-9]+)"')


@dataclass(frozen=True)
class Usage:
    """The ids that stand in the program: whole, begun (`badge.bonus_…`), ended (`….appeal_deadline`), and asked for by name."""

    whole: frozenset[str]
    begun: frozenset[str]
    ended: frozenset[str]
    asked: Mapping[str, str]

    def uses(self, rule_id: str) -> bool:
        """Whether the program asks for this parameter."""
        return (
            rule_id in self.whole
            or any(rule_id.startswith(one) for one in self.begun)
            or any(rule_id.endswith(one) for one in self.ended)
        )


@cache
def usage(program: Path = PROGRAM) -> Usage:
    """What the program below this folder asks for."""
    whole, begun, ended, asked = set[str](), set[str](), set[str](), dict[str, str]()
    for path in sorted(program.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        whole |= set(_QUOTED.findall(text))
        begun |= set(_BEGUN.findall(text))
        ended |= set(_ENDED.findall(text))
        asked |= {name: str(path.relative_to(program)) for name in _ASKED.findall(text)}
    return Usage(frozenset(whole), frozenset(begun), frozenset(ended), asked)


def usage_problems(root: Path) -> list[str]:
    """What is wrong with the use of the parameters below a folder of rule files that are otherwise in order."""
    used, names, problems = usage(), set[str](), list[str]()
    for path in sorted((root / "params").rglob("*.yaml")):
        parameter = Parameter.model_validate(read_yaml(path))
        names.add(parameter.id)
        shown = f"{path.parent.name}/{path.name}"
        problems += with_lines(path, [f"{shown}: {text}" for text in unused(parameter, used)])
    return problems + list(undefined(names, used))


def unused(parameter: Parameter, used: Usage) -> Iterator[str]:
    """A file whose parameter nobody asks for, unless it says what it is kept for; and one that says so in vain."""
    if used.uses(parameter.id) and parameter.kept_for is not None:
        yield "kept_for: chương trình đã dùng tham số này; bỏ khóa kept_for"
    elif not used.uses(parameter.id) and parameter.kept_for is None:
        yield (
            "id: chương trình không hỏi tham số này ở đâu; xóa tệp, hoặc ghi ở khóa kept_for nó chờ phần việc nào"
        )


def undefined(parameters: Collection[str], used: Usage) -> Iterator[str]:
    """Parameters that the program asks for by a name that no file has."""
    for name, where in sorted(used.asked.items()):
        if name not in parameters:
            yield f"{where}: hỏi tham số {name}, không có tệp quy định nào như vậy"

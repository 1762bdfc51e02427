"""Reading the register of documents and the rule files, strictly.

Whatever is not exactly as declared is a problem, named by file and key; rules are only given out when there is
none. `declare.py` tells what may stand in a rule file, `checks.py` what must hold of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tochuc.kernel.days import FOREVER
from tochuc.rules.checks import check_examples, check_source, check_value, frozen_value
from tochuc.rules.declare import Cite, Parameter, Source, Value
from tochuc.rules.mistakes import mistakes
from tochuc.rules.ruled import Ruled
from tochuc.rules.strict_yaml import YamlMistake, key_words, read_yaml, with_lines
from tochuc.rules.units import UNITS_OF

RULES = Path(__file__).parent

Declared = TypeVar("Declared", bound=BaseModel)


class BrokenRules(Exception):
    """Rule files that can't be used; `problems` has one line for each mistake, with file and key."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All documents by id, and for each parameter its answers over time, oldest first."""

    sources: Mapping[str, Source]
    parameters: Mapping[str, tuple[Ruled, ...]]


@cache
def rule_book() -> RuleBook:
    """The rules that ship with Tochuc, read once."""
    return load_rules(RULES)


def load_rules(root: Path) -> RuleBook:
    """Read `sources.yaml` and `params/` below `root`; raises BrokenRules with everything that is wrong."""
    if not root.is_dir():
        raise BrokenRules([f"{root}: không có thư mục này"])
    sources, problems = read_sources(root / "sources.yaml")
    paths = sorted((root / "params").rglob("*.yaml"))
    if not paths:
        problems.append("params: thư mục này không có tệp quy định nào")
    parameters: dict[str, tuple[Ruled, ...]] = {}
    for path in paths:
        answers, found = read_parameter(path, sources)
        problems += found
        if answers:
            parameters[answers[0].id] = answers
    if problems:
        raise BrokenRules(problems)
    return RuleBook(sources, parameters)


def read_sources(path: Path) -> tuple[dict[str, Source], list[str]]:
    """The register of documents by id, and what is wrong with it."""
    entries, problems = read_list(path, Source)
    sources: dict[str, Source] = {}
    identities: set[tuple[str, str | None, str, str]] = set()
    for source in entries:
        if source.id in sources:
            problems.append(f"{path.name}: {source.id}: mã này đã dùng cho văn bản khác")
        if source.identity in identities:
            problems.append(f"{path.name}: {source.id}: văn bản này đã có (trùng loại, số, cơ quan và ngày)")
        identities.add(source.identity)
        sources[source.id] = source
    for source in entries:
        problems += [f"{path.name}: {source.id}.{text}" for text in check_source(source, sources)]
    return sources, with_lines(path, problems)


def read_parameter(path: Path, sources: Mapping[str, Source]) -> tuple[tuple[Ruled, ...], list[str]]:
    """The answers of one rule file over time, oldest first, and what is wrong with it (then no answers)."""
    shown = f"{path.parent.name}/{path.name}"
    parameter, problems = _declared(path, shown, Parameter)
    if parameter is None:
        return (), problems
    found = list(_parameter_problems(parameter, f"{path.parent.name}.{path.stem}", sources))
    if found:
        return (), with_lines(path, [f"{shown}: {text}" for text in found])
    answers = tuple(_answers(parameter, sources))
    doubts = [f"{shown}: {text}" for text in check_examples(parameter, answers)]
    return answers, with_lines(path, doubts)


def read_list(path: Path, kind: type[Declared]) -> tuple[list[Declared], list[str]]:
    """The entries of a file that is one list, and what is wrong with it."""
    try:
        raw = read_yaml(path)
    except OSError as missing:
        return [], [f"{path.name}: không đọc được tệp này ({missing.strerror})"]
    except YamlMistake as mistake:
        return [], [f"{path.name}, dòng {mistake.line}: {mistake}"]
    if not isinstance(raw, list):
        return [], [f"{path.name}: phải là một danh sách"]
    entries: list[Declared] = []
    problems: list[str] = []
    for at, item in enumerate(raw):
        named = item.get("id", item.get("form", at)) if isinstance(item, dict) else at
        try:
            entries.append(kind.model_validate(item))
        except ValidationError as error:
            problems += _told(error, kind, path.name, f"{named}.")
    return entries, with_lines(path, problems)


def _declared(path: Path, shown: str, kind: type[Declared]) -> tuple[Declared | None, list[str]]:
    try:
        return kind.model_validate(read_yaml(path)), []
    except YamlMistake as mistake:
        return None, [f"{shown}, dòng {mistake.line}: {mistake}"]
    except ValidationError as error:
        return None, with_lines(path, _told(error, kind, shown))


def _told(error: ValidationError, kind: type[BaseModel], shown: str, before: str = "") -> list[str]:
    """Each mistake as file, key path and words."""
    return [f"{shown}: {before}{key_words(place)}: {words}" for place, words in mistakes(error, kind)]


def _parameter_problems(
    parameter: Parameter, expected_id: str, sources: Mapping[str, Source]
) -> Iterator[str]:
    if parameter.id != expected_id:
        yield f"id: là {parameter.id} nhưng đường dẫn tệp đòi {expected_id}"
    if parameter.unit not in UNITS_OF[parameter.kind]:
        units = ", ".join(sorted(UNITS_OF[parameter.kind]))
        yield f"unit: {parameter.unit} không phải đơn vị của loại {parameter.kind}; dùng được: {units}"
    for at, value in enumerate(parameter.values):
        key = f"values[{at}]"
        yield from (f"{key}.{text}" for text in check_value(parameter, value))
        yield from (f"{key}.{text}" for text in _cite_problems(value, _end(parameter, at), sources))
    for at, (earlier, later) in enumerate(pairwise(parameter.values)):
        yield from (f"values[{at}].{text}" for text in _join_problems(earlier, later, at))


def _join_problems(earlier: Value, later: Value, at: int) -> Iterator[str]:
    """How one value passes to the next: in order, without overlap, a gap only when stated."""
    if later.from_ <= earlier.from_:
        yield f"from: {earlier.from_} phải trước values[{at + 1}].from {later.from_}"
    elif earlier.until and earlier.until > later.from_:
        yield f"until: {earlier.until} chồng lên values[{at + 1}].from {later.from_}; sửa cho hai ngày bằng nhau"
    elif earlier.until and earlier.until < later.from_ and not earlier.gap:
        yield f"until: khoảng trống đến {later.from_} phải được giải thích ở khóa gap, hoặc lấp bằng một giá trị"
    elif earlier.gap and (not earlier.until or earlier.until == later.from_):
        yield "gap: không có khoảng trống nào sau giá trị này"


def _cite_problems(value: Value, end: date, sources: Mapping[str, Source]) -> Iterator[str]:
    """A value may only rest on a document that is in the register and in force all that time."""
    source = sources.get(value.cite.source)
    if source is None:
        near = get_close_matches(value.cite.source, sources, n=1)
        hint = f"; có phải {near[0]}?" if near else "; hãy thêm văn bản vào đó trước"
        yield f"cite.source: không có văn bản {value.cite.source} trong sources.yaml{hint}"
        return
    if source.in_force_from and value.from_ < source.in_force_from:
        yield f"from: {value.from_} sớm hơn ngày {source.id} có hiệu lực ({source.in_force_from})"
    if source.in_force_until and end > source.in_force_until:
        still = "mãi" if end == FOREVER else str(end)
        mend = f"thêm giá trị từ {source.in_force_until}"
        mend += f" theo {source.replaced_by}" if source.replaced_by else " hoặc ghi until"
        yield (
            f"cite.source: {source.id} hết hiệu lực từ {source.in_force_until}, giá trị còn dùng đến {still}; "
            f"{mend}"
        )


def _end(parameter: Parameter, at: int) -> date:
    following = parameter.values[at + 1].from_ if at + 1 < len(parameter.values) else FOREVER
    return parameter.values[at].until or following


def _answers(parameter: Parameter, sources: Mapping[str, Source]) -> Iterator[Ruled]:
    for at, value in enumerate(parameter.values):
        yield Ruled(
            id=parameter.id,
            title=parameter.title,
            kind=parameter.kind,
            value=frozen_value(value.value),
            unit=value.unit or parameter.unit,
            cite=Cite(sources[value.cite.source], value.cite.article),
            confidence=value.confidence,
            since=value.from_,
            until=_end(parameter, at),
            note=_joined(parameter.note, value.note),
            lasting_note=parameter.note,
            kept_for=parameter.kept_for,
        )


def _joined(*notes: Any) -> str | None:
    return " ".join(note for note in notes if note) or None

"""A mistake in a rule file is named by file and key, and the rules aren't given out.

Each file below `rules_broken/` holds one mistake; its first line says what must be told.
"""

from pathlib import Path

import pytest

from tochuc.rules.calendar import read_overlay
from tochuc.rules.load import RULES, BrokenRules, load_rules, read_parameter, read_sources, rule_book
from tochuc.rules.tables import read_movement_reasons

BROKEN = Path(__file__).parent.parent / "rules_broken"
FILES = sorted(BROKEN.rglob("*.yaml"))


def problems_of(path: Path) -> list[str]:
    sources = rule_book().sources
    match path.parent.name:
        case "params":
            return read_parameter(path, sources)[1]
        case "sources":
            return read_sources(path)[1]
        case "tables":
            return read_movement_reasons(path, sources)[1]
        case "holidays":
            return read_overlay(path)[1]
    raise LookupError(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_one_mistake_is_told_with_file_and_key(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expect: ")
    problems = problems_of(path)
    assert any(path.name in problem and expected in problem for problem in problems), problems


def test_every_kind_of_file_has_broken_examples() -> None:
    assert {path.parent.name for path in FILES} == {"params", "sources", "tables", "holidays"}


def test_one_broken_file_stops_all_rules(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_bytes((RULES / "sources.yaml").read_bytes())
    chapter = tmp_path / "params" / "params"
    chapter.mkdir(parents=True)
    for path in BROKEN.glob("params/*.yaml"):
        (chapter / path.name).write_bytes(path.read_bytes())
    with pytest.raises(BrokenRules) as caught:
        load_rules(tmp_path)
    named = {problem.split(",")[0] for problem in caught.value.problems}
    assert named == {f"params/{path.name}" for path in BROKEN.glob("params/*.yaml")}

"""`tochuc regulation check`: every mistake of a pack with its file, its line and how to mend it; unused and undefined parameters."""

import json
import shutil
from pathlib import Path

import pytest

from tochuc.rules.command import main
from tochuc.rules.load import RULES
from tochuc.rules.usage import Usage, undefined

PARAMETER = """id: {chapter}.{name}
title: Tuổi đời tối thiểu
kind: duration
unit: years
{more}values:
  - from: 2011-01-19
    value: 18
    cite: {{source: dieu-le-2011, article: "Điều 1 khoản 2"}}
    confidence: text
examples:
  - {{on: 2011-01-18, raises: NotInForce}}
  - {{on: 2023-04-11, gives: 18}}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder of rules that is in order: one parameter that the program asks for."""
    shutil.copy(RULES / "sources.yaml", tmp_path)
    _write(tmp_path, "admission", "age_minimum")
    return tmp_path


def _write(pack: Path, chapter: str, name: str, more: str = "") -> None:
    folder = pack / "params" / chapter
    folder.mkdir(parents=True, exist_ok=True)
    text = PARAMETER.format(chapter=chapter, name=name, more=more)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def problems(pack: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    code = main(["check", str(pack), "--format", "json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["passed"] is (code == 0)
    # The small pack lacks what the program asks for beside; that is told without a file of the pack.
    return [one for one in answer["problems"] if one["line"] is not None]


def test_a_pack_in_order_has_no_problem_of_its_own(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert problems(pack, capsys) == []


def test_a_parameter_that_nobody_asks_for_is_told_with_its_line(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(pack, "admission", "height_minimum")
    (found,) = problems(pack, capsys)
    assert (found["file"], found["line"]) == ("admission/height_minimum.yaml", 1)
    assert "kept_for" in str(found["message"])


def test_a_parameter_may_say_what_it_waits_for(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(pack, "admission", "height_minimum", "kept_for: Phần việc sẽ làm.\n")
    assert problems(pack, capsys) == []


def test_one_that_is_used_does_not_say_that_it_waits(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(pack, "admission", "age_minimum", "kept_for: Phần việc sẽ làm.\n")
    (found,) = problems(pack, capsys)
    assert found["line"] == 5


def test_a_parameter_asked_for_that_no_file_has_is_told_with_the_module() -> None:
    used = Usage(frozenset(), frozenset(), frozenset(), {"admission.colour": "procedures/admission.py"})
    (found,) = undefined({"admission.age_minimum"}, used)
    assert found.startswith("procedures/admission.py: hỏi tham số admission.colour")


def test_a_folder_without_a_register_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "sources.yaml: không đọc được tệp này" in told
    assert "params: thư mục này không có tệp quy định nào" in told


def test_a_folder_that_is_not_there_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "khong")]) == 1
    assert "không có thư mục này" in capsys.readouterr().out

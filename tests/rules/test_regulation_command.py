"""`tochuc regulation`: one question, one answer, one exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tochuc.rules.command import main, problems_in


def test_show_says_value_place_dates_and_confidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "admission.decision_deadline", "--on", "11/4/2023"]) == 0
    told = capsys.readouterr().out
    assert "60 ngày làm việc" in told
    assert (
        "điểm 4.3.1, Quy định số 24-QĐ/TW, ngày 30/07/2021 của Ban Chấp hành Trung ương thi hành Điều lệ"
        in told
    )
    assert "từ 30/07/2021 đến trước 20/01/2025" in told
    assert "đã đọc trong nguyên văn" in told


def test_show_as_json_is_plain_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "probation.length", "--on", "2023-04-11", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["value"], answer["unit"], answer["since"], answer["until"]) == (
        12,
        "months",
        "2011-01-19",
        None,
    )
    assert answer["cite"]["source"] == "dieu-le-2011"
    assert answer["may_refuse"] is True


def test_a_decimal_stays_exact_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "allowances.committee_commune", "--on", "11/4/2023", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == "0.3"


def test_what_is_not_confirmed_says_it_may_only_remind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "documents.margin_left", "--on", "11/4/2023"]) == 0
    assert "chưa xác minh: chỉ nhắc, không dùng để từ chối" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["show", "probation.length", "--on", "1/1/2000"], 1, "Ngày 01/01/2000 không có quy định nào"),
        (["show", "probation.lenght", "--on", "1/1/2023"], 2, "Có phải: probation.length"),
        (["show", "probation.length", "--on", "31/2/2023"], 2, "Không có ngày 31/02/2023"),
        (["show", "probation.length", "--on", "2023"], 2, "chưa đủ ngày, tháng, năm"),
    ],
)
def test_a_question_without_answer_is_told_on_the_error_line(
    arguments: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""


def test_without_a_day_today_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "probation.length"]) == 0
    assert "12 tháng" in capsys.readouterr().out


def test_list_has_one_line_for_each_rule_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--on", "11/4/2023"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len({line.split("\t")[0] for line in lines}) == len(lines)
    assert any(line.startswith("probation.length\t12 tháng\t") for line in lines)
    assert not any(line.startswith("review.excellent_points\t") for line in lines)


def test_the_rules_that_ship_hold_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert problems_in() == []
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("Đạt: ")


def test_problems_are_found_in_rules_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("- id: x\n", encoding="utf-8")
    assert any(problem.startswith("sources.yaml, dòng 1: x.") for problem in problems_in(tmp_path))


def test_asking_the_rules_needs_no_framework() -> None:
    program = (
        "import sys; from tochuc.rules.command import main; "
        "main(['check']); sys.exit(any(name.split('.')[0] in ('django', 'ninja') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0

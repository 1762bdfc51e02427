"""Every story that ships reads as prose: each move a sentence, each refusal with its place, no code of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tochuc.cases.registry import procedures
from tochuc.stories import prose
from tochuc.stories.reading import read_story
from tochuc.stories.shelf import shelf, stories_of


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    return path


CODE = re.compile(r"[a-z]+_[a-z]+|\b(done|outcome|step)\b")


@pytest.mark.parametrize("name", sorted(shelf()))
def test_each_move_is_told_in_words(name: str):
    story = shelf()[name]
    told = prose.lines(story)
    assert len(told) == len(story.moves)
    for line in told:
        assert line.what.endswith(".")
        assert not CODE.search(" ".join([line.what, *line.details])), line
    assert [line.refused for line in told] == [move.expect.refused is not None for move in story.moves]


@pytest.mark.parametrize(
    "code",
    [
        "admission",
        "readmission",
        "recognition",
        "transfer",
        "temporary_transfer",
        "abroad",
        "exemption",
        "removal",
    ],
)
def test_each_procedure_of_a_member_has_a_story_that_refuses_something(code: str):
    titles = [one.code for one in procedures(max(m.on for s in shelf().values() for m in s.moves))]
    assert code in titles
    refusals = [m for s in stories_of(code).values() for m in s.moves if m.expect.refused is not None]
    assert refusals


def test_meetings_dues_and_what_is_struck_out_are_told_as_what_they_are(tmp_path: Path):
    told = prose.lines(
        read_story(
            written(
                tmp_path,
                "story: Một tháng của chi bộ\ntells: removal\n"
                "people: {lan: {name: Bùi Thị Lan, cell: chi-bo-thon}, minh: {name: Lê Minh, cell: chi-bo-thon}}\n"
                "moves:\n"
                "- {on: 2023-02-03, meeting: chi-bo-thon, absent: lan, excused: {minh: đi viện}}\n"
                "- {on: 2023-02-10, dues: chi-bo-thon}\n"
                "- {on: 2023-02-11, event: exempted, for: lan, with: {number: 1-QĐ/CB}}\n"
                "- {on: 2023-02-12, void: exempted, for: lan, with: {reason: Ghi nhầm người}}\n"
                "- {on: 2023-02-13, look: true, for: lan}\n",
            )
        )
    )
    assert [line.what for line in told] == [
        "Chi bộ thôn họp thường kỳ; vắng: Bùi Thị Lan; vắng, có lý do: Lê Minh (đi viện).",
        "Chi bộ thôn thu đảng phí tháng 02/2023; đóng đủ.",
        "Bùi Thị Lan: sổ đảng viên ghi «Miễn công tác và sinh hoạt đảng».",
        "Bùi Thị Lan: hủy mục «Miễn công tác và sinh hoạt đảng» đã ghi trong sổ đảng viên (Ghi nhầm người).",
        "Bùi Thị Lan: xem lại hồ sơ.",
    ]

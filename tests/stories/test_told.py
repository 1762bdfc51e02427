"""The stories that ship with Tochuc are the tests of the procedures: each is played and must go as it tells.

On the way everything that would be wrong at its steps is tried, and must be refused.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import tochuc.stories
from stories.tempting import tempt
from tochuc.stories.play import play
from tochuc.stories.reading import UnreadableStory, read_story

TOLD = sorted((Path(tochuc.stories.__file__).parent / "told").rglob("*.yaml"))


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_the_story_goes_as_it_is_told(empty_record: None, path: Path, monkeypatch: pytest.MonkeyPatch):
    let_pass = tempt(monkeypatch)
    assert play(read_story(path)).failures == []
    assert let_pass == []


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_expectation_that_fails_is_said(db: None, tmp_path: Path):
    told = next(path for path in TOLD if path.stem == "ket-nap-dung-han").read_text(encoding="utf-8")
    wrong = told.replace("on: 2023-07-28, article: điểm 4.3.1", "on: 2023-07-27, article: điểm 4.3.1")
    assert wrong != told
    assert play(read_story(written(tmp_path, wrong))).failures == [
        "20/05/2023 step propose: decide có hạn 2023-07-28, dự kiến 2023-07-27"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("story: Một chuyện\ntells: admission\n", "dòng 1: moves: thiếu khóa này"),
        (
            "story: Một chuyện\ntells: admission\nmoves: [{on: 2023-01-01, look: true, x: 1}]\n",
            "dòng 3: moves[0].x: không có khóa nào tên như vậy",
        ),
        ("story: Một chuyện\ntells: admission\nmoves: [{on: 2023-01-01}]\n", "cần đúng một trong"),
        (
            "story: Một chuyện\ntells: admission\nmoves: [{on: 2023-01-01, open: admission, for: ai}]\n",
            "dòng 3: moves[0].for: không có người nào tên «ai»",
        ),
        (
            "story: Một chuyện\ntells: admission\n"
            "moves: [{on: 2023-02-01, look: true}, {on: 2023-01-01, look: true}]\n",
            "theo thứ tự ngày",
        ),
        (
            "story: Một chuyện\ntells: admision\nmoves: [{on: 2023-02-01, look: true}]\n",
            "dòng 2: tells[0]: không có quy trình nào tên «admision»; có phải admission?",
        ),
        (
            "story: Một chuyện\ntells: admission\npeople: {an: {cell: chi-bo-thon, standing: outside}}\nmoves:\n"
            "- {on: 2023-02-01, open: admission, for: an, with: {route: members}}\n"
            "- {on: 2023-02-01, step: lits}\n",
            "dòng 6: moves[1].step: không có bước (admission) nào tên «lits»; có phải list?",
        ),
        (
            "story: Một chuyện\ntells: admission\npeople: {an: {cell: chi-bo-thon, standing: outside}}\nmoves:\n"
            "- {on: 2023-02-01, open: admission, for: an, with: {route: nobody}}\n",
            "dùng được: members, youth_union, trade_union",
        ),
        (
            "story: Một chuyện\ntells: admission\norganisations:\n"
            "- {code: xa, name: Đảng bộ xã, kind: commune_committee}\n"
            "- {code: thon, name: Chi bộ thôn, kind: cell, under: xa}\n"
            "moves: [{on: 2026-02-01, look: true}]\n",
            "dòng 5: organisations[1].kind: Chi bộ trực thuộc không đặt trực tiếp dưới Đảng bộ xã cấp trên cơ sở. "
            "Đặt được ở đó: grassroots_committee, grassroots_cell, board",
        ),
        (
            "story: Một chuyện\ntells: admission\npeople:\n  an: {cell: dang-bo-xa}\n"
            "moves: [{on: 2023-02-01, look: true}]\n",
            "dòng 4: people.an.cell: dang-bo-xa không phải chi bộ; dùng được: chi-bo-thon",
        ),
        (
            "story: Một chuyện\ntells: complaint\npeople: {an: {cell: chi-bo-thon}}\nmoves:\n"
            "- {on: 2023-02-01, open: complaint, for: an, with: {addressee: base, subject: life, content: Việc}}\n"
            "- {on: 2023-02-01, step: receive}\n",
            "dòng 6: moves[1].outcome: cần một trong: received, not_ours",
        ),
        (
            "story: Một chuyện\ntells: cell_election\npeople: {an: {cell: chi-bo-thon}}\nmoves:\n"
            "- {on: 2023-02-01, open: cell_election, at: chi-bo-thon}\n"
            "- {on: 2023-02-02, step: congress, outcome: elected, with: {results: [{person: an, votes: 9}]}}\n",
            "dòng 6: moves[1].with.results: phải là chức vụ → người và số phiếu, ví dụ {bi-thu: {person: lan, votes: 9}}",
        ),
        (
            "story: Một chuyện\ntells: exemption\npeople: {an: {cell: chi-bo-thon}}\nmoves:\n"
            "- {on: 2023-02-01, open: exemption, for: an, with: {ground: [mobile]}}\n",
            "dòng 5: moves[0].with.ground: phải là chữ",
        ),
        (
            "story: Một chuyện\ntells: complaint\npeople: {an: {cell: chi-bo-thon}}\n"
            "moves: [{on: 2023-02-01, look: true, expect: {standing: {an: {cell: chi-bo}}}}]\n",
            "moves[0].expect.standing.an.cell: không có tổ chức nào tên «chi-bo»; có phải chi-bo-thon?",
        ),
    ],
)
def test_a_file_that_is_no_story_is_refused_with_the_place(tmp_path: Path, text: str, said: str):
    with pytest.raises(UnreadableStory) as refused:
        read_story(written(tmp_path, text))
    assert said in str(refused.value)


def test_a_story_older_than_the_record_begins_with_its_people_there(db: None, tmp_path: Path):
    told = (
        "story: Một chuyện năm 2012\ntells: exemption\npeople: {an: {cell: chi-bo-thon}, binh: {count: 4, cell: chi-bo-thon}}\n"
        "moves:\n- {on: 1/2/2012, open: exemption, for: an, with: {ground: treatment, until_on: 1/8/2012}, expect: {open: [request]}}\n"
        "- {on: 2/2/2012, step: request, expect: {standing: {an: {cell: chi-bo-thon}}}}\n"
    )
    assert play(read_story(written(tmp_path, told))).failures == []


def test_words_are_found_whichever_letters_are_capitals(db: None, tmp_path: Path):
    told = (
        "story: Một chuyện\ntells: exemption\npeople: {an: {cell: chi-bo-thon}}\nmoves:\n"
        "- {on: 2023-02-01, open: exemption, for: an, with: {ground: mobile}, expect: {refused: {says: CẦN GHI}}}\n"
        "- {on: 2023-02-01, open: exemption, for: an, with: {ground: mobile}, expect: {refused: {says: nói khác}}}\n"
    )
    (failure,) = play(read_story(written(tmp_path, told))).failures
    assert "bị từ chối vì lý do khác (no_end: " in failure


def test_who_stands_outside_is_in_no_cell(db: None, tmp_path: Path):
    told = (
        "story: Một chuyện\ntells: complaint\npeople: {an: {cell: chi-bo-thon, standing: outside}}\n"
        "moves: [{on: 2023-02-01, look: true, expect: {standing: {an: {cell: chi-bo-thon}}}}]\n"
    )
    (failure,) = play(read_story(written(tmp_path, told))).failures
    assert "an ở ngoài mọi chi bộ, dự kiến chi-bo-thon" in failure


def test_two_posts_of_one_code_are_refused(tmp_path: Path):
    told = (
        "story: Một chuyện\ntells: exemption\npeople: {an: {cell: chi-bo-thon}}\n"
        "posts: [{code: bt, kind: secretary, at: chi-bo-thon, title: Bí thư}, {code: bt, kind: secretary, at: chi-bo-thon}]\n"
        "moves: [{on: 2023-02-01, look: true}]\n"
    )
    with pytest.raises(UnreadableStory) as refused:
        read_story(written(tmp_path, told))
    assert "mã bt đã dùng ở trên" in str(refused.value)


def test_a_story_leaves_nothing_behind(db: None):
    from tochuc.cases.models import Case

    play(read_story(TOLD[0]))
    assert not Case.objects.exists()

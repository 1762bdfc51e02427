"""Every story that ships reads as prose: each move a sentence, each refusal with its place, no code of ours."""

from __future__ import annotations

import re

import pytest

from tochuc.cases.registry import procedures
from tochuc.stories import prose
from tochuc.stories.shelf import shelf, stories_of

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

"""Within a stretch of reading the same question is asked once; outside it, and after it, anew each time."""

from __future__ import annotations

import pytest

from tochuc.kernel.remembering import asking_anew, reading, remembered


class Counter:
    """A question that counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

        @remembered
        def ask(who: str, *, day: int = 1) -> tuple[str, int, int]:
            self.times += 1
            return who, day, self.times

        self.ask = ask


def test_the_same_question_is_asked_once_while_reading() -> None:
    one = Counter()
    with reading():
        assert one.ask("a") is one.ask("a")
        assert one.ask("a", day=2) == ("a", 2, 2)
        assert one.ask("b") == ("b", 1, 3)
    assert one.times == 3


def test_it_is_asked_anew_outside_and_in_the_next_stretch() -> None:
    one = Counter()
    for _ in range(2):
        one.ask("a")
    with reading():
        one.ask("a")
    with reading():
        one.ask("a")
    assert one.times == 4


def test_a_stretch_within_another_is_the_same_one() -> None:
    one = Counter()
    with reading():
        one.ask("a")
        with reading():
            one.ask("a")
        one.ask("a")
    assert one.times == 1


def test_a_stretch_that_fails_leaves_nothing_behind() -> None:
    one = Counter()

    def fails() -> None:
        with reading():
            one.ask("a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    one.ask("a")
    assert one.times == 2


def test_what_is_tried_and_taken_back_leaves_no_answer_to_the_reading_around_it() -> None:
    one = Counter()
    with reading():
        before = one.ask("a")
        with asking_anew():
            assert one.ask("a") != before
            one.ask("b")
        assert one.ask("a") is before
        assert one.ask("b") == ("b", 1, 4)

"""Who may be entered twice: which likenesses count, and that blocks lose none that comparing everyone would find."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from tochuc.desk.likeness import Known, pairs, reasons
from tochuc.kernel.known_dates import parse_known_date
from tochuc.kernel.names import fold


def _known(number: int, name: str, birth: str, **more: Any) -> Known:
    said = {"gender": "male", "place": number} | more
    return Known(number, name, fold(name), birth=parse_known_date(birth), **said)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (("Lê Văn Tám", "02/09/1960"), ("Lê Văn Tám", "02/09/1960"), "Họ tên giống nhau, cùng ngày sinh"),
        (("Lê Văn Tám", "02/09/1960"), ("Lê Văn Tâm", "02/09/1960"), "Họ tên chỉ khác dấu"),
        (("Lê Văn Tám", "02/09/1960"), ("Tám Lê Văn", "02/09/1960"), "Họ tên đảo thứ tự"),
        (("Lê Văn Tám", "02/09/1960"), ("Lê Tám", "02/09/1960"), "Họ tên hơn kém nhau một chữ"),
        (("Lê Văn Sơn", "02/09/1960"), ("Lê Văn Xơn", "02/09/1960"), "Họ tên khác nhau một chữ cái"),
        (("Lê Văn Tám", "02/09/1960"), ("Lê Văn Tám", "09/02/1960"), "ngày và tháng sinh đảo nhau"),
    ],
)
def test_a_likeness_is_named(one: tuple[str, str], other: tuple[str, str], words: str):
    (found,) = pairs([_known(1, *one), _known(2, *other)])
    assert words in found.reasons[0].words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Lê Văn Tám", "02/09/1960"), ("Lê Văn Tám", "03/09/1960")),
        (("Lê Văn Tám", "02/09/1960"), ("Trần Văn Tám", "02/09/1960")),
        (("Lê Văn Sơn", "1960"), ("Lê Văn Xơn", "1960")),
        (("Lê Văn Tám", "1960"), ("Lê Văn Tám", "1961")),
    ],
)
def test_what_two_people_have_in_common_by_chance_does_not_count(
    one: tuple[str, str], other: tuple[str, str]
):
    assert pairs([_known(1, *one), _known(2, *other)]) == []


def test_a_birth_known_to_the_year_counts_only_beside_the_same_home_or_committee():
    one, far = _known(1, "Lê Văn Tám", "1960"), _known(2, "Lê Văn Tám", "02/09/1960")
    assert pairs([one, far]) == []
    near = _known(3, "Lê Văn Tám", "02/09/1960", place=1)
    assert "không mâu thuẫn" in pairs([one, near])[0].reasons[0].words
    home = _known(4, "Lê Văn Tám", "1960", hometown="duy xuyen")
    assert pairs([home, _known(5, "Lê Văn Tám", "02/09/1960", hometown="duy xuyen")])


def test_the_same_identity_number_or_card_counts_whatever_the_name():
    one = _known(1, "Lê Văn Tám", "1960", identity=b"x", card="49.012345")
    other = _known(2, "Nguyễn Thị Chín", "1971", identity=b"x", card="49 012345")
    assert [reason.words for reason in pairs([one, other])[0].reasons] == [
        "Cùng số căn cước",
        "Cùng số thẻ đảng viên, viết khác nhau",
    ]


def test_a_man_and_a_woman_with_almost_one_name_are_two():
    one = _known(1, "Lê Văn An", "02/09/1960")
    assert pairs([one, _known(2, "Lê Văn Anh", "02/09/1960", gender="female")]) == []


def test_the_surest_stand_first():
    people = [
        _known(1, "Lê Văn Sơn", "02/09/1960"),
        _known(2, "Lê Văn Xơn", "02/09/1960"),
        _known(3, "Hồ Thị Ba", "1950", identity=b"x"),
        _known(4, "Hồ Thị Tư", "1951", identity=b"x"),
    ]
    assert [pair.weight for pair in pairs(people)] == [3, 1]


@pytest.mark.parametrize("seed", range(8))
def test_blocks_lose_no_pair_that_comparing_everyone_finds(seed: int):
    chance = random.Random(seed)
    words = ["Lê", "Lý", "Ly", "Văn", "Van", "Tám", "Tâm", "Tam", "Sơn", "Xơn", "An", "Anh"]
    people = []
    for number in range(120):
        name = " ".join(chance.sample(words, chance.randint(2, 4)))
        born = date(chance.choice((1960, 1961)), chance.randint(1, 3), chance.randint(1, 3))
        birth = chance.choice((f"{born:%d/%m/%Y}", f"{born:%m/%Y}", f"{born:%Y}"))
        more = {
            "place": chance.randint(1, 3),
            "identity": chance.choice((b"", b"", bytes([chance.randint(1, 90)]))),
        }
        people.append(_known(number, name, birth, **more))
    found = {(pair.low, pair.high) for pair in pairs(people)}
    assert found == {(a.person, b.person) for a, b in combinations(people, 2) if reasons(a, b)}
    assert found

"""Vietnamese names: as written, as searched, as ordered."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tochuc.kernel.names import clean_name, fold, sort_key, split_name
from tochuc.kernel.slugs import slug

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
VOWELS = "aăâeêioôơuưy"

letters = st.sampled_from(LETTERS + LETTERS.upper())
words = st.text(st.one_of(letters, st.sampled_from("fjwz" + "".join(TONES))), min_size=1, max_size=8)
names = st.lists(words, min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        ("  trần   thị\tánh ", "Trần Thị Ánh"),
        ("nGuyễn văN đỨC", "Nguyễn Văn Đức"),
        ("h’hen niê", "H'Hen Niê"),
        ("y-bhuốt êban", "Y-Bhuốt Êban"),
        ("K'sor Blơk", "K'Sor Blơk"),
        ("Ðặng Văn Ðông", "Đặng Văn Đông"),
        ("Lê\u200b Thị\u00a0Hoa", "Lê Thị Hoa"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_a_name_is_written_properly_whatever_was_typed(typed: str, clean: str) -> None:
    assert clean_name(typed) == clean


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_name(text)
    assert clean_name(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(names)
def test_composed_and_decomposed_names_are_one(name: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)
    assert clean_name(composed) == clean_name(decomposed)
    assert fold(composed) == fold(decomposed)
    assert sort_key(composed) == sort_key(decomposed)


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Nguyễn Thị Minh Khai", ("Nguyễn", "Thị Minh", "Khai")),
        ("Trần An", ("Trần", "", "An")),
        ("Ánh", ("", "", "Ánh")),
        ("", ("", "", "")),
    ],
)
def test_family_name_first_given_name_last(full: str, parts: tuple[str, str, str]) -> None:
    assert split_name(full) == parts


@given(names)
def test_folded_text_has_no_marks_capitals_or_d_with_a_stroke(name: str) -> None:
    folded = fold(name)
    assert folded.isascii()
    assert folded == folded.lower()
    assert fold(folded) == folded


def test_search_ignores_tones_case_and_the_stroke_of_d() -> None:
    assert fold("ĐẶNG  Thị Hòa") == fold("đặng thị hoà") == "dang thi hoa"


@pytest.mark.parametrize(("before", "after"), list(pairwise(LETTERS)))
def test_letters_follow_the_vietnamese_alphabet(before: str, after: str) -> None:
    assert sort_key(f"Lê {before}") < sort_key(f"Lê {after}")
    assert sort_key(f"Lê {before}y") < sort_key(f"Lê {after}")


@pytest.mark.parametrize("vowel", VOWELS)
def test_tones_follow_ngang_huyen_hoi_nga_sac_nang(vowel: str) -> None:
    keys = [sort_key(f"Lê b{vowel}{tone}") for tone in TONES]
    assert all(earlier < later for earlier, later in pairwise(keys))


def test_letters_weigh_more_than_tones() -> None:
    ordered = ["Lê An", "Lê Án", "Lê Anh", "Lê Ánh", "Lê Ảnh", "Lê Ân", "Lê Bá"]
    expected = ["Lê An", "Lê Án", "Lê Anh", "Lê Ảnh", "Lê Ánh", "Lê Ân", "Lê Bá"]
    assert sorted(ordered, key=sort_key) == expected


def test_given_name_then_family_then_middle() -> None:
    ordered = ["Trần Thị An", "Lê Văn Anh", "Nguyễn An", "Nguyễn Thị An", "Nguyễn Văn An", "Bùi Bình", "An"]
    assert sorted(ordered, key=sort_key) == [
        "An",
        "Nguyễn An",
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Trần Thị An",
        "Lê Văn Anh",
        "Bùi Bình",
    ]


def test_where_the_tone_mark_stands_makes_no_difference() -> None:
    assert sort_key("Lê Hoà") == sort_key("Lê Hòa")
    assert sort_key("Lê Thuý") == sort_key("Lê Thúy")


@given(names, names)
def test_the_key_sorts_the_same_as_bytes_and_as_text(a: str, b: str) -> None:
    assert sort_key(a).isascii()
    assert (sort_key(a) < sort_key(b)) == (sort_key(a).encode() < sort_key(b).encode())


@given(st.text(st.sampled_from(LETTERS), min_size=1, max_size=6), st.lists(words, max_size=3).map(" ".join))
def test_a_given_name_that_continues_another_comes_after_it(short: str, rest: str) -> None:
    assert sort_key(f"{rest} {short}") < sort_key(f"Bùi {short}b")


@given(st.text(max_size=60))
def test_any_text_has_a_key(text: str) -> None:
    assert sort_key(text).isascii()


def test_addresses_are_plain() -> None:
    assert slug("Chi bộ thôn Trà Đông") == "chi-bo-thon-tra-dong"
    assert slug("Đảng bộ xã Duy Vinh (cũ) – 2024") == "dang-bo-xa-duy-vinh-cu-2024"
    assert slug("—") == ""


@given(st.text(max_size=60))
def test_an_address_part_is_lower_case_latin_digits_and_single_hyphens(text: str) -> None:
    part = slug(text)
    assert set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert part == slug(part)
    assert "--" not in part

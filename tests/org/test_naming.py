"""What may be the name of an organisation, held at every door; what its kind and its committee are called by it."""

from __future__ import annotations

import doctest
from typing import Any

import pytest

from cast import TODAY, Cast
from reorganise.plans import apply, found
from tochuc.kernel.errors import DomainError, Refused
from tochuc.kernel.names import tidy
from tochuc.org import actions, kinds, naming
from tochuc.org.models import Organisation
from tochuc.org.naming import why_not_named

REAL = (
    "Chi bộ 3",
    "Khối phố 2",
    "Tổ dân phố số 5",
    "Chi bộ Trường THCS Trần Cao Vân",
    "Chi bộ Quân sự",
    "Đảng bộ Công ty TNHH MTV 27/7",
    "Chi bộ Công ty cổ phần «Việt & Á»",
    "Chi bộ thôn Bh'Hôồng 1 – Sông Kôn",
)
NO_NAME = (
    "-5",
    "5",
    "3.2",
    "…",
    "—",
    "12/2023",
    "a",
    "٣٤",
    "«»",
    "Chi bộ <b>",
    "Chi bộ 😀",
    "Chi bộ | thôn",
    "$$ Chi",
)


@pytest.mark.parametrize("module", [naming, kinds])
def test_the_examples_in_the_descriptions_hold(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


def test_names_as_decisions_have_them_are_good() -> None:
    assert [why_not_named(name) for name in REAL] == [""] * len(REAL)


def test_what_is_no_name_is_refused_by_every_way_to_found_and_rename(cast: Cast) -> None:
    good: dict[str, Any] = {"kind": "cell", "parent": cast.commune_a, "on": TODAY, "by": cast.actor()}
    for name in NO_NAME:
        with pytest.raises(Refused, match="Tên tổ chức"):
            actions.found(code="moi", name=name, short_name="Mới", **good)
        with pytest.raises(Refused, match="Tên tổ chức"):
            actions.found(code="moi", name="Chi bộ Mới", short_name=name, **good)
        with pytest.raises(DomainError, match="Tên tổ chức"):
            apply(cast, found("moi", "cell", "xa-a", name=name))
        with pytest.raises(DomainError, match="Tên tổ chức"):
            apply(cast, {"op": "rename", "of": "xa-a-thon-tay", "name": "Chi bộ Tây", "short_name": name})
    assert not Organisation.objects.filter(code="moi").exists()


def test_a_name_is_kept_composed_and_with_single_spaces(cast: Cast) -> None:
    typed = " Chi bo\u0302\u0323  thôn\u00a0\u200bMới "
    apply(cast, found("moi", "cell", "xa-a", name=typed, short_name=typed))
    made = Organisation.objects.get(code="moi")
    assert (made.name, made.short_name) == ("Chi bộ thôn Mới", "Chi bộ thôn Mới")
    assert tidy(typed) == "Chi bộ thôn Mới"


@pytest.mark.parametrize(
    "operations",
    [
        [found("moi", "cell", "xa-a", name="chi bộ  Thôn Tây")],
        [{"op": "rename", "of": "xa-a-thon-dong", "name": "Chi bộ thôn Tây", "short_name": "Thôn Tây"}],
        [found("moi", "cell", "xa-a", name="Chi bộ Mới"), found("moi-2", "cell", "xa-a", name="Chi bộ Mới")],
    ],
)
def test_two_directly_under_one_superior_are_not_called_alike(cast: Cast, operations: list[Any]) -> None:
    with pytest.raises(Refused, match="Đã có tổ chức khác trực thuộc Đảng bộ xã An Hòa tên"):
        apply(cast, *operations)
    elsewhere = {"op": "rename", "of": "xa-b-khoi-ha", "name": "Chi bộ thôn Tây", "short_name": "Thôn Tây"}
    assert apply(cast, elsewhere).state == "open"


def test_names_are_exchanged_on_one_day(cast: Cast) -> None:
    apply(
        cast,
        {"op": "rename", "of": "xa-a-thon-dong", "name": "Chi bộ thôn Tây", "short_name": "Thôn Tây"},
        {"op": "rename", "of": "xa-a-thon-tay", "name": "Chi bộ thôn Đông", "short_name": "Thôn Đông"},
    )
    assert Organisation.objects.get(code="xa-a-thon-dong").name == "Chi bộ thôn Tây"


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("province_committee", "Đảng bộ tỉnh Quảng Nam", "Đảng bộ tỉnh"),
        ("province_committee", "Đảng bộ thành phố Đà Nẵng", "Đảng bộ thành phố trực thuộc Trung ương"),
        ("district_committee", "Đảng bộ thành phố Tam Kỳ", "Đảng bộ thành phố thuộc tỉnh"),
        ("district_committee", "Đảng bộ thị xã Điện Bàn", "Đảng bộ thị xã"),
        ("commune_committee", "Đảng bộ phường Hội An", "Đảng bộ phường cấp trên cơ sở"),
        ("commune_committee", "Đảng bộ xã Nam Phước", "Đảng bộ xã cấp trên cơ sở"),
    ],
)
def test_a_kind_is_called_by_the_place_that_the_name_says(kind: str, name: str, words: str) -> None:
    assert kinds.kind_words(kind, name) == words

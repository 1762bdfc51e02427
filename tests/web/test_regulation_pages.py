"""The rules on pages: what each says today and said before, a branch's own, and who may add or confirm."""

from __future__ import annotations

import pytest

from cast import Cast
from tochuc.regulations.models import Confirmation, LocalValue
from web.browsing import entered, errors, field_error, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")

RULE = "probation.recognise_cell_deadline"
PAGE = f"/quy-dinh/{RULE}/"
OWN = {
    "value": "20",
    "since": "1/1/2023",
    "number": "04-QĐi/HU",
    "signed_on": "20/12/2022",
    "issuer": "Huyện ủy Thu Giang",
    "title": "Quy định về công nhận đảng viên chính thức",
    "article": "Điều 3",
}


def test_every_rule_is_listed_with_its_place_and_found_without_tones(cast: Cast) -> None:
    client = entered(cast.member_a1)
    assert "30 ngày làm việc điểm 4.2a, Quy định số 24-QĐ/TW" in words(client.get("/quy-dinh/"))
    found = words(client.get("/quy-dinh/", {"q": "cong nhan"}))
    assert "Thời hạn chi bộ xét công nhận" in found
    assert "Thời gian tối thiểu để chuyển sinh hoạt đảng tạm thời" not in found


def test_what_held_on_a_past_day_is_shown_for_that_day(cast: Cast) -> None:
    client = entered(cast.member_a1)
    then = client.get("/quy-dinh/", {"ngay": "1/1/2020", "q": "chi bo"})
    assert "Quy định số 29-QĐ/TW" in words(then)
    assert ("q", "chi bo") in then.context["asof"]["hidden"]
    assert "Chưa xem được ngày ấy" in words(client.get("/quy-dinh/", {"ngay": "32/1/2020"}))


def test_a_rule_that_there_is_not_is_not_found(cast: Cast) -> None:
    assert entered(cast.officer).get("/quy-dinh/khong.co/").status_code == 404


def test_an_officer_adds_a_value_of_the_branch_seen_before_it_is_written(cast: Cast) -> None:
    client, path = entered(cast.officer), f"/to-chuc/huyen/quy-dinh/{RULE}/them/"
    looked = client.post(path, filled(client.get(path), **OWN))
    assert "Không có bước đang mở nào đổi hạn" in words(looked)
    assert not LocalValue.objects.exists()
    answer = client.post(path, filled(looked, step="confirm"), follow=True)
    assert "Đã thêm quy định riêng" in words(answer)
    assert "20 ngày làm việc" in words(entered(cast.cell_a1).get(PAGE))


def test_what_is_wrong_is_said_at_its_field_and_stays_typed(cast: Cast) -> None:
    client, path = entered(cast.officer), f"/to-chuc/huyen/quy-dinh/{RULE}/them/"
    answer = client.post(path, filled(client.get(path), **(OWN | {"value": "hai mươi"})))
    assert "Cần một số nguyên" in errors(answer)
    assert filled(answer)["value"] == ["hai mươi"]


@pytest.mark.parametrize(("typed", "said"), [("4.5", "Cần một số nguyên"), ("99.999.999", "quá lớn")])
def test_a_value_that_no_time_limit_has_is_refused(cast: Cast, typed: str, said: str) -> None:
    client, path = entered(cast.officer), f"/to-chuc/huyen/quy-dinh/{RULE}/them/"
    assert said in errors(client.post(path, filled(client.get(path), **(OWN | {"value": typed}))))


def test_an_officer_confirms_what_was_only_second_hand(cast: Cast) -> None:
    client = entered(cast.officer)
    path = "/to-chuc/huyen/quy-dinh/transfer.present_deadline/xac-minh/"
    answer = client.post(path, filled(client.get(path), article="mục II.4"), follow=True)
    assert "Đã xác minh" in words(answer)
    assert Confirmation.objects.get().article == "mục II.4"


def test_a_cell_neither_adds_nor_confirms(cast: Cast) -> None:
    client = entered(cast.cell_a1)
    assert client.get(f"/to-chuc/xa-a-thon-dong/quy-dinh/{RULE}/them/").status_code == 403
    assert "Thêm quy định riêng" not in words(client.get(PAGE))


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("dues.rate_pension", "NaN"),
        ("dues.rate_pension", "vô cùng"),
        (RULE, "9" * 30),
        (RULE, "26001"),
        ("badge.years", "30; bốn mươi"),
        ("badge.years", ""),
    ],
)
def test_a_value_with_which_nothing_can_be_reckoned_is_refused_beside_it(
    cast: Cast, rule: str, value: str
) -> None:
    client, path = entered(cast.officer), f"/to-chuc/huyen/quy-dinh/{rule}/them/"
    answer = client.post(path, filled(client.get(path), **OWN | {"value": value}, step="confirm"))
    assert field_error(answer, "value")
    assert not LocalValue.objects.exists()


def test_a_list_of_numbers_is_kept_as_numbers(cast: Cast) -> None:
    client, path = entered(cast.officer), "/to-chuc/huyen/quy-dinh/badge.years/them/"
    client.post(path, filled(client.get(path), **OWN | {"value": "30; 40"}, step="confirm"))
    assert LocalValue.objects.get().value == [30, 40]

"""Figures: numbers in the Vietnamese convention, each under its indicator."""

import pytest

from tochuc.documents.extract.record import extract


def figures(text: str) -> set[tuple[str, float]]:
    return {(one.indicator, one.value) for one in extract(text).figures}


@pytest.mark.parametrize(
    ("written", "value"),
    [("1.450", 1450), ("hơn 4,5 ngàn", 4500), ("gần 6 nghìn", 6000), ("05", 5), ("33.503", 33503)],
)
def test_numbers_follow_the_vietnamese_convention(written: str, value: float) -> None:
    assert figures(f"Toàn tỉnh đã kết nạp {written} đảng viên.") == {("admitted", value)}


def test_a_fraction_without_a_noun_is_one_of_a_target_unless_it_may_be_a_day() -> None:
    assert figures("Trong quý kết nạp 5 đồng chí, nâng tổng số kết nạp 9 tháng lên 19/25 (76%).") == {
        ("admitted", 5),
        ("admitted", 19),
        ("admission_target", 25),
        ("target_pct", 76),
    }
    assert figures("Tại lễ kết nạp 19/5, chi bộ kết nạp 2 đảng viên.") == {("admitted", 2)}


def test_a_fraction_of_a_target_is_three_figures() -> None:
    assert figures("Toàn huyện kết nạp 20/50 chỉ tiêu (đạt 40%).") == {
        ("admitted", 20),
        ("admission_target", 50),
        ("target_pct", 40),
    }


def test_what_exceeds_a_target_is_counted_from_a_hundred() -> None:
    assert ("target_pct", 130) in figures("Huyện kết nạp 196 đảng viên mới, vượt trên 30% so với nghị quyết.")


def test_a_share_of_the_membership_is_a_rate() -> None:
    assert figures("Phấn đấu mỗi năm kết nạp từ 3% trở lên so với tổng số đảng viên.") == {
        ("admission_rate_pct", 3)
    }


def test_the_denominator_is_a_total_only_of_the_whole_body() -> None:
    assert figures("Đảng bộ có 7/9 chi bộ có cấp ủy.") == {("cells_total", 9), ("other", 7)}
    assert figures("21/25 đảng bộ, chi bộ cơ sở được chọn làm điểm.") == {("other", 21)}


def test_what_a_body_consists_of_is_its_totals() -> None:
    assert figures("Đảng bộ huyện có 52 tổ chức cơ sở đảng, 310 chi bộ trực thuộc với 6.700 đảng viên.") == {
        ("grassroots_orgs_total", 52),
        ("cells_total", 310),
        ("members_total", 6700),
    }


def test_kinds_of_discipline() -> None:
    text = "Thi hành kỷ luật 19 đảng viên (khiển trách 11, cảnh cáo 6, khai trừ 2); xóa tên 3 đảng viên, 4 đảng viên xin ra khỏi Đảng."
    assert figures(text) == {
        ("disciplined", 19),
        ("other", 11),
        ("other", 6),
        ("expelled", 2),
        ("removed", 3),
        ("left", 4),
    }


def test_training_recognition_and_transfer() -> None:
    text = "Mở 2 lớp bồi dưỡng nhận thức về Đảng cho 214 quần chúng, công nhận chính thức 74 đồng chí, chuyển sinh hoạt cho 60 đảng viên."
    assert figures(text) == {("sympathisers_trained", 214), ("official_recognised", 74), ("transferred", 60)}


def test_parts_of_a_count_are_other_figures() -> None:
    text = "Đã kết nạp 137 đảng viên, trong đó nữ 61 đồng chí, dân tộc thiểu số 18 đồng chí (13,1%)."
    assert figures(text) == {("admitted", 137), ("other", 61), ("other", 18), ("other", 13.1)}


def test_an_aim_is_a_target() -> None:
    assert figures("Năm 2019, Đảng bộ phấn đấu kết nạp 150 đảng viên.") == {("admission_target", 150)}
    assert figures("Đại hội đề ra mỗi năm kết nạp từ 1.800 đến 2.000 đảng viên.") == {
        ("admission_target", 1800),
        ("admission_target", 2000),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hộ nghèo giảm còn 9,5%, thu ngân sách đạt 575 tỷ đồng.",
        "Có 14 xã, thị trấn và 7 bài tham luận.",
        "Thực hiện Chỉ thị 05 đảng viên phải nêu gương.",
        "Giai đoạn 2015-2020 Đảng bộ tỉnh có nhiều cố gắng.",
        "Trong 2,5 ngày làm việc, lần thứ 18, quý 3, Điều 5.",
        "Năm 2019 đảng viên trong huyện hăng hái.",
    ],
)
def test_numbers_that_count_nothing_of_the_party_are_left_out(text: str) -> None:
    assert figures(text) == set()

"""A task's own words give its due date, where they name one."""

from datetime import date

import pytest

from tochuc.documents.extract.deadline import deadline_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("đối chiếu danh sách đảng viên, hoàn thành trước ngày 31/3/2023", date(2023, 3, 31)),
        ("gửi báo cáo chậm nhất là ngày 5.7.2023", date(2023, 7, 5)),
        ("nộp trước ngày 5 tháng 7 năm 2023", date(2023, 7, 5)),
        ("hoàn thành trong tháng 2/2024", date(2024, 2, 29)),
        ("mở lớp trong quý II/2023", date(2023, 6, 30)),
        ("xong trong tháng 12 năm 2023", date(2023, 12, 31)),
    ],
)
def test_a_deadline_is_read_from_the_task(text: str, day: date):
    assert deadline_in(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "báo cáo trước ngày 15 hằng tháng",
        "theo Quy định số 213-QĐ/TW, ngày 02/01/2020 của Bộ Chính trị",
        "hoàn thành trước ngày 31/02/2023",
        "nâng cao chất lượng sinh hoạt chi bộ",
        "trong tháng 13/2023",
    ],
)
def test_what_names_no_deadline_gives_none(text: str):
    assert deadline_in(text) is None

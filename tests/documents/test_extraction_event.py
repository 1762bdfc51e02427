"""Day, host and chair: the sentence orders of Party news."""

import pytest

from tochuc.documents.extract.record import extract


@pytest.mark.parametrize(
    ("sentence", "host"),
    [
        ("Sáng 5/4/2023, Huyện ủy Đại Lộc tổ chức hội nghị giao ban.", "Huyện ủy Đại Lộc"),
        ("Hội nghị giao ban do Huyện ủy Đại Lộc tổ chức sáng 5/4/2023.", "Huyện ủy Đại Lộc"),
        ("Hội nghị giao ban được Huyện ủy Đại Lộc tổ chức sáng 5/4/2023.", "Huyện ủy Đại Lộc"),
        ("Ngày 5/4/2023, Ban Tổ chức Tỉnh ủy họp giao ban.", "Ban Tổ chức Tỉnh ủy"),
        (
            "Hội nghị diễn ra chiều 5/4/2023 của Đảng ủy Khối các cơ quan tỉnh bàn nhiều việc.",
            "Đảng ủy Khối các cơ quan tỉnh",
        ),
        (
            "Ngày 5/4/2023, Đại hội đại biểu Đảng bộ huyện Gia Lâm lần thứ XXII khai mạc.",
            "Đảng bộ huyện Gia Lâm",
        ),
        (
            "Ngày 5/4/2023, Huyện ủy Đại Lộc phối hợp với Trường Chính trị tỉnh khai giảng lớp bồi dưỡng.",
            "Huyện ủy Đại Lộc",
        ),
        (
            "Chiều 5/4/2023, Sở Lao động, Thương binh và Xã hội mở hội nghị.",
            "Sở Lao động, Thương binh và Xã hội",
        ),
        ("Sáng 5/4/2023, Chi bộ Trung tâm Khuyến công sinh hoạt chuyên đề.", "Chi bộ Trung tâm Khuyến công"),
    ],
)
def test_the_host_is_the_body_said_to_hold_the_event(sentence: str, host: str) -> None:
    assert extract(sentence).host == host


@pytest.mark.parametrize(
    "sentence",
    [
        "Trong năm, Huyện ủy Đại Lộc kết nạp 196 đảng viên.",
        "Hằng năm, Huyện ủy Đại Lộc tổ chức hội nghị tổng kết.",
        "Kinh nghiệm được nêu tại hội nghị cụm miền Trung.",
        "Số liệu nêu tại một hội nghị của tỉnh Lào Cai.",
    ],
)
def test_a_body_that_holds_no_reported_event_is_no_host(sentence: str) -> None:
    assert extract(sentence).host is None


@pytest.mark.parametrize(
    "written",
    ["11/4/2023", "11-4-2023", "11.4.2023", "11/04/2023", "11 tháng 4 năm 2023", "11 tháng 4, năm 2023"],
)
def test_a_day_is_read_in_every_notation(written: str) -> None:
    assert str(extract(f"Sáng ngày {written}, Huyện ủy tổ chức hội nghị.").event_date) == "2023-04-11"


def test_the_first_day_of_a_range_counts() -> None:
    assert (
        str(extract("Trong hai ngày 24 và 25-6-2020, Đại hội Đảng bộ huyện Vĩnh Bình diễn ra.").event_date)
        == "2020-06-24"
    )


def test_the_year_comes_from_the_line_of_publication() -> None:
    line = "Thứ Tư, 03/01/2018, 08:11 [GMT+7]\n"
    assert str(extract(f"{line}Chiều 28/12, Huyện ủy Đại Lộc tổ chức hội nghị.").event_date) == "2017-12-28"


def test_the_year_comes_from_the_period_of_the_work() -> None:
    december = "Chiều 30/12, Ban Tổ chức Trung ương họp giao ban, kiểm lại công tác quý IV năm 2020."
    january = "Chiều 12/1, Huyện ủy Đại Lộc tổ chức hội nghị tổng kết công tác năm 2021."
    assert str(extract(december).event_date) == "2020-12-30"
    assert str(extract(january).event_date) == "2022-01-12"


@pytest.mark.parametrize("mark", ["nhiệm kỳ 2020 - 2025", "theo Nghị quyết số 05-NQ/TU ngày 2/3/2021"])
def test_a_term_or_a_cited_document_does_not_fix_the_year(mark: str) -> None:
    record = extract(f"Sáng 26/5, Đảng bộ huyện Gia Lâm tổ chức Đại hội, {mark}.")
    assert (record.event_date, record.event_date_partial) == (None, "--05-26")


@pytest.mark.parametrize(
    "sentence",
    [
        "Tính đến 30-6-2020, toàn tỉnh kết nạp 603 đảng viên.",
        "Quy định có hiệu lực từ ngày 30/8/2025.",
        "Ngày 18/4/2022, Ban Bí thư đã ban hành Hướng dẫn mới.",
        "Nghị quyết ra đời ngày 16-1-2012 tại Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XI.",
        "Sáng 31/2/2023, Huyện ủy tổ chức hội nghị.",
    ],
)
def test_a_day_of_signing_or_counting_is_no_event(sentence: str) -> None:
    assert extract(sentence).event_date is None


@pytest.mark.parametrize(
    ("sentence", "chair"),
    [
        ("Đồng chí Nguyễn Văn An, Bí thư Huyện ủy chủ trì hội nghị.", "Nguyễn Văn An"),
        ("Người chủ trì là đồng chí Đặng Trung Thái – Bí thư Chi bộ.", "Đặng Trung Thái"),
        ("Hội nghị diễn ra dưới sự chủ trì của bà Trần Thị Bình.", "Trần Thị Bình"),
        (
            "Tổng Bí thư Nguyễn Phú Trọng và Thường trực Ban Bí thư Lê Hồng Anh chủ trì.",
            "Nguyễn Phú Trọng; Lê Hồng Anh",
        ),
        (
            "Các đồng chí: Lường Văn Hùng, Trưởng ban; Nguyễn Thị Mai, Phó Trưởng ban đồng chủ trì.",
            "Lường Văn Hùng; Nguyễn Thị Mai",
        ),
        ("Dự có ông Lê Văn Cường; đồng chí Vi Ngọc Bích, Chủ nhiệm chủ trì.", "Vi Ngọc Bích"),
    ],
)
def test_the_chair_is_who_chairs(sentence: str, chair: str) -> None:
    assert extract(sentence).chair == chair


def test_a_speech_is_not_chairing_and_a_body_has_no_name() -> None:
    assert extract("Đồng chí Nguyễn Văn An phát biểu chỉ đạo hội nghị.").chair is None
    assert extract("Ban Tổ chức Tỉnh ủy chủ trì tham mưu đề án.").chair is None


def test_the_post_of_the_chair_is_kept() -> None:
    record = extract("Đồng chí Nguyễn Văn An, Tỉnh ủy viên, Bí thư Huyện ủy chủ trì hội nghị.")
    assert record.chair_post == "Tỉnh ủy viên, Bí thư Huyện ủy"

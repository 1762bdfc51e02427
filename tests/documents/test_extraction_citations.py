"""Citation grammar: one test per rule of the label scheme, with the notations Party texts use."""

import unicodedata

import pytest

from tochuc.documents.extract.record import extract


def keys(text: str) -> list[str]:
    return [one.key for one in extract(text).citations]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nghị quyết số 21 – NQ/TW", "21-NQ/TW"),
        ("Chỉ thị 28 -CT/TW", "28-CT/TW"),
        ("chỉ thị số: 05-CT/TW", "05-CT/TW"),
        ("Chỉ thị 05 CT/TW", "05-CT/TW"),
        ("Quy định số 04-QĐi/HU", "04-QĐi/HU"),
        ("theo 99-HD/BTGTW", "99-HD/BTGTW"),
        ("Hướng dẫn số 31 - HD/BTCTW ngày 23/4/2025", "31-HD/BTCTW"),
        ("Công văn số 12/CV-BCĐ", "12/CV-BCĐ"),
        ("QD 377-QD/TW", "377-QD/TW"),
        ("Nghi quyet so 21-NQ/TW", "21-NQ/TW"),
    ],
)
def test_a_printed_symbol_is_kept_with_dashes_and_blanks_unified(text: str, key: str) -> None:
    assert keys(text) == [key]


def test_a_number_below_ten_has_two_digits() -> None:
    assert keys("Chỉ thị số 5-CT/TW") == ["05-CT/TW"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Chỉ thị 77 của Bộ Chính trị", "77-CT/TW"),
        ("Hướng dẫn số 33 do Ban Chấp hành Trung ương Đảng ban hành", "33-HD/TW"),
        ("Quyết định 05 ngày 28-8-2018 của Ban Bí thư", "05-QĐ/TW"),
        ("Kế hoạch số 79 của Huyện uỷ Sơn Tịnh", "79-KH/HU"),
        ("Đề án 5155 của Tỉnh ủy", "5155-ĐA/TU"),
        ("Thông báo 12 của Ban Thường vụ Thành ủy", "12-TB/TU"),
        ("Hướng dẫn số 7 của Ban Tổ chức Tỉnh ủy", "07-HD/BTCTU"),
        ("Kế hoạch 3 của Đảng ủy Khối Doanh nghiệp", "03-KH/ĐUK"),
        ("Nghị quyết số 9 của Đảng ủy xã Tam Hải", "09-NQ/ĐU"),
        ("Kế hoạch số 527 của Đảng đoàn Quốc hội", "527-KH/ĐĐQH"),
        ("Kết luận số 21 khóa XIII", "21-KL/TW"),
        ("Chương trình hành động số 8 của Tỉnh ủy", "08-CTHĐ/TU"),
        ("Bộ Chính trị vừa ban hành Chỉ thị 50 về sinh hoạt chi bộ", "50-CT/TW"),
        ("Chỉ thị số 35 về đại hội đảng bộ các cấp của Bộ Chính trị", "35-CT/TW"),
    ],
)
def test_a_short_form_is_completed_from_the_stated_issuer(text: str, key: str) -> None:
    assert keys(text) == [key]


def test_a_short_form_without_issuer_keeps_a_question_mark() -> None:
    assert keys("Quy định 777 nêu rõ") == ["777-QĐ/?"]


def test_a_short_form_that_repeats_a_document_is_no_new_entry() -> None:
    assert keys("Chỉ thị 28-CT/TW đã rõ. Điểm 4 của Chỉ thị 28 yêu cầu rà soát.") == ["28-CT/TW"]
    assert keys("NQ21\nNghị quyết số 21 – NQ/TW (gọi tắt NQ21)") == ["21-NQ/TW"]


def test_numbers_listed_together_share_what_is_printed_or_said_once() -> None:
    assert keys("Nghị quyết số 18, 19-NQ/TW") == ["18-NQ/TW", "19-NQ/TW"]
    assert keys("Nghị quyết số 77, 78 của Bộ Chính trị") == ["77-NQ/TW", "78-NQ/TW"]


def test_a_document_of_the_same_day_has_the_same_issuer() -> None:
    text = "Kết luận số 21, ngày 25/10/2021 của Ban Chấp hành Trung ương khóa XIII và Quy định số 37 ban hành cùng ngày"
    assert keys(text) == ["21-KL/TW", "37-QĐ/TW"]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết Trung ương 6 (khóa XII)",
        "NQ TW6 khóa XII",
        "NQTW6 khoá XII",
        "Nghị quyết T.Ư 6, khóa XII",
        "Nghị quyết Trung ương VI khóa XII",
        "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII",
        "Nghị quyết Hội nghị lần thứ 6, BCH Trung ương (Khóa XII)",
        "nghị quyết Hội nghị trung ương 6 khóa XII",
    ],
)
def test_a_plenum_resolution_is_named_by_plenum_and_term(text: str) -> None:
    assert keys(text) == ["NQTW6-XII"]


@pytest.mark.parametrize(
    "text", ["(khóa XI, XII)", "khóa XI và XII", "(khóa XI), (khóa XII)", "khóa XI, khóa XII"]
)
def test_two_terms_are_two_resolutions(text: str) -> None:
    assert keys(f"Nghị quyết Trung ương 4 {text} về xây dựng Đảng") == ["NQTW4-XI", "NQTW4-XII"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nghị quyết Đại hội XIII của Đảng", "NQĐH-XIII"),
        ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "NQĐH-XIII"),
        ("Nghị quyết Đại hội Đảng toàn quốc lần thứ 13", "NQĐH-XIII"),
        ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XXX", "NQĐH/T-XXX"),
        ("Nghị quyết Đại hội XV Đảng bộ tỉnh chỉ đề ra", "NQĐH/T-XV"),
        ("Nghị quyết Đại hội đại biểu Đảng bộ huyện Gia Lâm lần thứ XXII", "NQĐH/H-XXII"),
        ("Nghị quyết Đại hội lần thứ XX Đảng bộ xã Hòa Tiến", "NQĐH/X-XX"),
        ("Nghị quyết Đại hội Đảng bộ Khối Doanh nghiệp tỉnh lần thứ IV", "NQĐH/K-IV"),
        ("Nghị quyết Đại hội Đảng bộ Công an Trung ương lần thứ VII", "NQĐH/CATW-VII"),
        ("Nghị quyết Đại hội Đảng bộ Công an tỉnh lần thứ XIX", "NQĐH/CAT-XIX"),
        ("Nghị quyết Đại hội Đảng bộ Đồng Nai lần thứ XI", "NQĐH/T-XI"),
    ],
)
def test_a_congress_resolution_is_named_by_level_and_ordinal(text: str, key: str) -> None:
    assert keys(text) == [key]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nghị định số 33/2023/NĐ-CP", "33/2023/NĐ-CP"),
        ("Quyết định 1847/QĐ-TTg", "1847/QĐ-TTg"),
        ("Luật số 58/2014/QH13", "58/2014/QH13"),
        ("Nghị quyết 1211/2016/UBTVQH13", "1211/2016/UBTVQH13"),
        ("Chỉ thị 77 của Thủ tướng Chính phủ", "77/CT-TTg"),
        ("Nghị quyết 77/2031/NQ-HĐND", "77/2031/NQ-HĐND"),
    ],
)
def test_state_documents_keep_their_form(text: str, key: str) -> None:
    assert keys(text) == [key]


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị lần thứ chín Ban Chấp hành Trung ương Đảng khóa XIII",
        "trình Đại hội XIV của Đảng",
        "Nghị quyết Đại hội Đảng bộ tỉnh nhiệm kỳ 2020 - 2025",
        "Điều lệ Đảng",
        "Kết luận 4 tổ chức đảng có vi phạm",
        "Kế hoạch 6 tháng cuối năm",
        "Nghị quyết 2018 đề ra",
        "Hướng dẫn 12 chi bộ làm hồ sơ",
        "đảng viên 213 góp ý",
        "Quyết định 3 nội dung quan trọng",
    ],
)
def test_what_has_no_identifier_is_no_citation(text: str) -> None:
    assert keys(text) == []


def test_decomposed_accents_are_read_like_composed_ones() -> None:
    text = "Chỉ thị 05 của Bộ Chính trị, Nghị quyết Trung ương 4 khoá XII"
    assert keys(unicodedata.normalize("NFD", text)) == keys(text) == ["05-CT/TW", "NQTW4-XII"]


def test_date_and_issuer_of_a_citation_are_kept() -> None:
    one = extract(
        "Quy định số 24-QĐ/TW ngày 30/7/2021 của Ban Chấp hành Trung ương Đảng (khóa XIII)"
    ).citations[0]
    assert (str(one.date), one.term, one.type) == ("2021-07-30", "XIII", "Quy định")
    assert one.issuer == "Ban Chấp hành Trung ương Đảng (khóa XIII)"

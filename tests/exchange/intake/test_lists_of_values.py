"""Cells as people fill them: dates in many forms, numbers that lost their zeros, marks, names in pieces."""

from datetime import date
from itertools import pairwise

from exchange.intake.books import Formula, In, Page, xlsx
from exchange.intake.clerk import assert_read, head, person, read

SHORT = ("STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức")


def test_birth_in_three_columns_and_names_in_two_all_in_capitals() -> None:
    page = (
        Page()
        .merge("A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:H1")
        .row(1, "Số TT", "HỌ VÀ TÊN ĐỆM", "TÊN", "NGÀY SINH", None, None, "VÀO ĐẢNG")
        .row(2, "Ngày", "Tháng", "Năm", "Dự bị", "Chính thức", at="D")
        .row(3, 1, "  NGUYỄN  THỊ MINH ", "KHAI", 1, 11, 1970, "19/05/1995", "19/05/1996")
        .row(4, 2, "TÔN NỮ", "HỶ", None, 4, 1962, "1988", "1989")
        .row(5, 3, "Y BLÔ", "NIÊ", None, None, 1958, "10/1980", "10/1981")
        .row(6, 4, "ĐÀO DUY", "TỪ", 31, 4, 1977, "2/2000", "02/2001")
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 1, "B full_name, C full_name, D birth, E birth, F birth, G admitted_on, H official_on",
             people=4, rows_read=4),
        person(3, "Nguyễn Thị Minh Khai", birth="1970-11-01", admitted_on="1995-05-19", official_on="1996-05-19"),
        person(4, "Tôn Nữ Hỷ", birth="1962-04", admitted_on="1988", official_on="1989"),
        person(5, "Y Blô Niê", birth="1958", admitted_on="1980-10", official_on="1981-10"),
        person(6, "Đào Duy Từ", admitted_on="2000-02", official_on="2001-02", errors="D unreadable_date"),
    )  # fmt: skip


def test_dates_as_the_program_keeps_them() -> None:
    page = (
        Page()
        .row(1, *SHORT)
        .row(2, 1, "Lê Lợi", date(1975, 4, 1), In(date(2001, 5, 1), "mm/yyyy"), In(date(2002, 1, 1), "yyyy"))
        .row(3, 2, "Lê Lai", 27486, 37030, "37395")
        .row(4, 3, "Nguyễn Xí", In(1962, "dd/mm/yyyy"), In(date(1985, 5, 19), "mm/yyyy"), 19861905)
        .row(5, 4, "Đinh Liệt", 4.1975, 2092001, "ngày 2 tháng 9 năm 2002")
        .row(6, 5, "Trần Nguyên Hãn", "00/00/1950", "Tháng 6 năm 1970", "__/6/1971")
        .row(7, 6, "Lưu Nhân Chú", "1975-04-02 00:00:00", "2/9/1996 (tại Quân khu 5)", "chưa")
        .row(8, 7, "Bùi Quốc Hưng", Formula("=1/0", "#DIV/0!"), "không nhớ", "-")
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 1, "B full_name, C birth, D admitted_on, E official_on", people=7, rows_read=7),
        person(2, "Lê Lợi", birth="1975-04-01", admitted_on="2001-05", official_on="2002"),
        person(3, "Lê Lai", birth="1975-04-02", admitted_on="2001-05-19", official_on="2002-05-19"),
        person(4, "Nguyễn Xí", birth="1962", admitted_on="1985-05-19", errors="E unreadable_date"),
        person(5, "Đinh Liệt", birth="1975-04", admitted_on="2001-09-02", official_on="2002-09-02"),
        person(6, "Trần Nguyên Hãn", birth="1950", admitted_on="1970-06", official_on="1971-06"),
        person(7, "Lưu Nhân Chú", birth="1975-04-02", admitted_on="1996-09-02"),
        person(8, "Bùi Quốc Hưng", errors="C unreadable_date"),
    )  # fmt: skip


def test_workbook_whose_days_count_from_1904() -> None:
    page = Page().row(1, *SHORT).row(2, 1, "Lê Thạch", date(1975, 4, 2), 35568, In(2003, "dd/mm/yyyy"))
    assert_read(
        xlsx(page, date_1904=True),
        head("Sheet1", 1, "B full_name, C birth, D admitted_on, E official_on", people=1, rows_read=1),
        person(2, "Lê Thạch", birth="1975-04-02", admitted_on="2001-05-19", official_on="2003"),
    )


def test_only_a_column_with_a_month_first_date_is_in_doubt() -> None:
    page = (
        Page()
        .row(1, *SHORT)
        .row(2, 1, "Phan Bội Châu", "04/25/1975", "03/02/1999", "03/02/2000")
        .row(3, 2, "Phan Chu Trinh", "05/06/1976", "04/03/1999", "04/03/2000")
        .row(4, 3, "Huỳnh Thúc Kháng", "07/07/1977", "5/5/1999", "5/5/2000")
        .row(5, 4, "Trần Quý Cáp", "25/12/1978", "6/10/2001", "6/10/2002")
        .row(6, 5, "Nguyễn Thành", "13/13/1979", "6/10/2002", "6/10/2003")
        .row(7, 6, "Châu Thượng Văn", "ngày 5 tháng 6 năm 1980", "6/10/2004", "6/10/2005")
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 1, "B full_name, C birth, D admitted_on, E official_on", people=6, rows_read=6),
        person(2, "Phan Bội Châu", birth="1975-04-25", admitted_on="1999-02-03", official_on="2000-02-03",
               doubts="C day_month_ambiguous"),
        person(3, "Phan Chu Trinh", birth="1976-06-05", admitted_on="1999-03-04", official_on="2000-03-04",
               doubts="C day_month_ambiguous"),
        person(4, "Huỳnh Thúc Kháng", birth="1977-07-07", admitted_on="1999-05-05", official_on="2000-05-05"),
        person(5, "Trần Quý Cáp", birth="1978-12-25", admitted_on="2001-10-06", official_on="2002-10-06"),
        person(6, "Nguyễn Thành", admitted_on="2002-10-06", official_on="2003-10-06", errors="C unreadable_date"),
        person(7, "Châu Thượng Văn", birth="1980-06-05", admitted_on="2004-10-06", official_on="2005-10-06"),
    )  # fmt: skip


def test_two_digit_years_take_the_century_that_keeps_the_order_of_a_life() -> None:
    page = (
        Page()
        .row(1, *SHORT)
        .row(2, 1, "Võ Duy Dương", "02/4/45", "3/2/65", "3/2/66")
        .row(3, 2, "Võ Thị Sáu", "05", "26/3/23", "26/3/24")
        .row(4, 3, "Võ Văn Tần", "1920", "46", "47")
        .row(5, 4, "Võ Văn Kiệt", "5/78", "19/5/1999", "19.5.00")
        .row(6, 5, "Võ Trường Toản", 52, "3-2-72", None)
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 1, "B full_name, C birth, D admitted_on, E official_on", people=5, rows_read=5),
        person(2, "Võ Duy Dương", birth="1945-04-02", admitted_on="1965-02-03", official_on="1966-02-03",
               doubts="C two_digit_year, D two_digit_year, E two_digit_year"),
        person(3, "Võ Thị Sáu", birth="2005", admitted_on="2023-03-26", official_on="2024-03-26",
               doubts="C two_digit_year, D two_digit_year, E two_digit_year"),
        person(4, "Võ Văn Tần", birth="1920", admitted_on="1946", official_on="1947",
               doubts="D two_digit_year, E two_digit_year"),
        person(5, "Võ Văn Kiệt", birth="1978-05", admitted_on="1999-05-19", official_on="2000-05-19",
               doubts="C two_digit_year, E two_digit_year"),
        person(6, "Võ Trường Toản", birth="1952", admitted_on="1972-02-03",
               doubts="C two_digit_year, D two_digit_year"),
    )  # fmt: skip


def test_errors_refuse_a_row_only_when_certain() -> None:
    first = (
        Page("Một")
        .row(1, *SHORT)
        .row(2, 1, "Trương Công Định", "1/1/1980", "1/1/2005", "31/12/2004")
        .row(3, 2, "Thủ Khoa Huân", "1980", "2005", "2005")
        .row(4, 3, "Đỗ Trình Thoại", "2/9/1990", "1/9/2008", "1/9/2009")
        .row(5, 4, "Nguyễn Trung Trực", "1990", "2008", "2009")
        .row(6, 5, None, "3/3/1970", "3/3/1990", "3/3/1991")
        .row(7, 6, "Hồ Huấn Nghiệp", "31/02/1960", "3/3/1990")
        .row(8, 7, "Âu Dương Lân", "5/5/1985", "1/1/2030")
        .row(9, 8, "Thủ khoa Huân", "1980", "2006")
    )
    second = (
        Page("Hai")
        .row(1, *SHORT)
        .row(2, 1, "THỦ KHOA HUÂN", 1980, "2005")
        .row(3, 2, "Trương Công Định", "1980", "2010")
        .row(4, 3, "Thủ Khoa Huấn", "1980", "2005")
    )
    columns = "B full_name, C birth, D admitted_on, E official_on"
    assert_read(
        xlsx(first, second),
        head("Một", 1, columns, people=8, rows_read=8),
        person(2, "Trương Công Định", birth="1980-01-01", admitted_on="2005-01-01", official_on="2004-12-31",
               errors="E official_before_admitted"),
        person(3, "Thủ Khoa Huân", birth="1980", admitted_on="2005", official_on="2005"),
        person(4, "Đỗ Trình Thoại", birth="1990-09-02", admitted_on="2008-09-01", official_on="2009-09-01",
               errors="D under_age_at_admission"),
        person(5, "Nguyễn Trung Trực", birth="1990", admitted_on="2008", official_on="2009"),
        person(6, birth="1970-03-03", admitted_on="1990-03-03", official_on="1991-03-03", errors="B missing_name"),
        person(7, "Hồ Huấn Nghiệp", admitted_on="1990-03-03", errors="C unreadable_date"),
        person(8, "Âu Dương Lân", birth="1985-05-05", admitted_on="2030-01-01", doubts="D future_date"),
        person(9, "Thủ Khoa Huân", birth="1980", admitted_on="2006", errors="B duplicate_in_file"),
        head("Hai", 1, columns, people=3, rows_read=3),
        person(2, "Thủ Khoa Huân", birth="1980", admitted_on="2005", errors="B duplicate_in_file"),
        person(3, "Trương Công Định", birth="1980", admitted_on="2010"),
        person(4, "Thủ Khoa Huấn", birth="1980", admitted_on="2005"),
    )  # fmt: skip


def test_numbers_of_papers_that_a_spreadsheet_took_for_numbers() -> None:
    page = (
        Page()
        .row(1, "TT", "Họ tên", "Số CCCD/CMND", "Điện thoại", "Số thẻ đảng", "Số LLĐV", "Học vấn")
        .row(2, 1, "Trần Cao Vân", 48075001234, 905123456, 49.012345, 12345, In(date(2024, 12, 10), "d/m"))
        .row(
            3,
            2,
            "Thái Phiên",
            4.9075001235e10,
            "+84 905 123 457",
            "49 012 346",
            "012346 QNa",
            In(date(2024, 10, 10), "dd/mm/yyyy"),
        )
        .row(4, 3, "Lê Ngung", "049 075 001 236", "0235.3877.123", In(49012347, "00\\.000000"), None, "12/12")
        .row(5, 4, "Phan Thành Tài", 20123456, "0905 111 222 - 0235 3 877 123", None, None, 12)
        .row(6, 5, "Lê Đình Dương", "4907500123", 84905123461)
        .row(7, 6, "Lê Cơ", 4907500123, "Không có")
        .row(8, 7, "Tiểu La", "201234567", "'0905123462")
        .row(9, 8, "Đỗ Đăng Tuyển", 123456)
        .row(10, 9, "Châu Văn", In(49075001240, "000000000000"))
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 1,
             "B full_name, C national_id, D phone, E card_number, F member_number, G education",
             people=9, rows_read=9),
        person(2, "Trần Cao Vân", national_id="048075001234", phone="0905123456", card_number="49.012345",
               member_number="12345", education="10/12"),
        person(3, "Thái Phiên", national_id="049075001235", phone="0905123457", card_number="49012346",
               member_number="012346 QNa", education="10/10"),
        person(4, "Lê Ngung", national_id="049075001236", phone="02353877123", card_number="49.012347",
               education="12/12"),
        person(5, "Phan Thành Tài", national_id="020123456", phone="0905111222", education="12"),
        person(6, "Lê Đình Dương", national_id="4907500123", phone="0905123461", doubts="C id_length"),
        person(7, "Lê Cơ", national_id="004907500123"),
        person(8, "Tiểu La", national_id="201234567", phone="0905123462"),
        person(9, "Đỗ Đăng Tuyển", national_id="123456", doubts="C id_length"),
        person(10, "Châu Văn", national_id="049075001240"),
    )  # fmt: skip


def test_marks_and_words_for_sex_theory_and_exemption() -> None:
    page = (
        Page()
        .merge("C1:D1", "A1:A2", "B1:B2", "E1:E2", "F1:F2", "G1:G2", "H1:H2")
        .row(
            1,
            "TT",
            "Họ và tên",
            "Giới tính",
            None,
            "Năm sinh",
            "Lý luận chính trị",
            "Miễn sinh hoạt",
            "Ghi chú",
        )
        .row(2, "Nam", "Nữ", at="C")
        .row(3, 1, "An Dương Vương", "x", None, 1950, "CC LLCT", "x", None)
        .row(4, 2, "Mỵ Châu", None, True, 1970, "Cử nhân chính trị", None, "Miễn CT, SH từ 2020")
        .row(5, 3, "Cao Lỗ", "X", "X", 1960, "Trung cấp LLCT-HC", "Không", "Miễn đảng phí")
        .row(6, 4, "Trọng Thủy", None, None, 1961, "Chưa qua đào tạo", 1, "Không được miễn sinh hoạt")
        .row(7, 5, "Lý Ông Trọng", "✓", None, 1962, "Sơ cấp", date(2019, 5, 5))
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 1,
             "B full_name, C gender, D gender, E birth, F political_theory, G exempt, H note", people=5, rows_read=5),
        person(3, "An Dương Vương", birth="1950", gender="male", political_theory="advanced", exempt=True),
        person(4, "Mỵ Châu", birth="1970", gender="female", political_theory="bachelor", exempt=True,
               note="Miễn CT, SH từ 2020"),
        person(5, "Cao Lỗ", birth="1960", political_theory="intermediate", note="Miễn đảng phí",
               doubts="C gender_unclear"),
        person(6, "Trọng Thủy", birth="1961", exempt=True, note="Không được miễn sinh hoạt",
               doubts="C gender_unclear"),
        person(7, "Lý Ông Trọng", birth="1962", gender="male", political_theory="elementary", exempt=True),
    )  # fmt: skip


def test_columns_that_only_look_like_a_members_own() -> None:
    page = (
        Page()
        .merge("C1:D1", "K1:L1")
        .row(1, "TT", "Họ và tên", "Vợ (chồng)", None, "Họ và tên cha", "Nơi sinh", "Ngày cấp thẻ", "Năm sinh",
             "Số quyết định", "Ngày vào Đoàn", "Quyết định kết nạp", None, "Người giới thiệu", "Tuổi đảng",
             "Ngày kết nạp", "Nghề nghiệp trước khi vào Đảng", "Nghề nghiệp hiện nay", "Ngày chuyển đi",
             "Ngày về chi bộ", "Tên thường gọi", "Email", "Họ tên con")
        .row(2, "Họ và tên", "Năm sinh", at="C")
        .row(2, "Số", "Ngày", at="K")
        .row(3, 1, "Lê Hồng Phong", "Nguyễn Thị Minh", 1975, "Lê Huy", "Nghệ An", "3/2/2005", 1972,
             "12-QĐ/HU", "26/3/1988", "45-QĐ/HU", "1/1/1998", "Trần Phú", "25", "3/2/1998", "Học sinh", "Nông dân",
             None, "1/7/2010", "Tám", "a@b.vn", "Lê Nam")
    )  # fmt: skip
    assert_read(
        xlsx(page),
        head("Sheet1", 1, "B full_name, H birth, O admitted_on, Q occupation, S joined_cell_on",
             ignored="C D E F G I J K L M N P R T U V", people=1, rows_read=1),
        person(3, "Lê Hồng Phong", birth="1972", occupation="Nông dân", admitted_on="1998-02-03",
               joined_cell_on="2010-07-01"),
    )  # fmt: skip


def test_decomposed_letters_broken_lines_and_remarks_beside_names() -> None:
    import unicodedata

    page = (
        Page()
        .row(
            4,
            "S\nT\nT",
            "HỌ VÀ TÊN\n(Họ và tên khai sinh)",
            "NGÀY,\nTHÁNG,\nNĂM SINH",
            "DÂN\nTỘC",
            "QUÊ QUÁN",
            "CHỖ Ở\nHIỆN NAY",
        )
        .row(
            5,
            "1.",
            unicodedata.normalize("NFD", "Đ/c NGUYỄN THỊ HƯỜNG"),
            "02/04/1975",
            "Kinh",
            "Duy  Sơn,\nDuy Xuyên",
            "Trà\nKiệu",
        )
        .row(
            6,
            "2.",
            "Trần Phú\n(Trần Văn Phú)",
            "1/5/1974",
            "-",
            unicodedata.normalize("NFD", "Đức Thọ"),
            None,
        )
        .row(7, "3.", "Lê Quang Đạo (dự bị)", "8/8/1981", "Cơ Tu")
        .row(8, "4.", "Hà Huy Tập - Bí thư", "24/4/1976")
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 4, "B full_name, C birth, D ethnicity, E hometown, F residence", people=4, rows_read=4),
        person(5, "Nguyễn Thị Hường", birth="1975-04-02", ethnicity="Kinh", hometown="Duy Sơn, Duy Xuyên",
               residence="Trà Kiệu"),
        person(6, "Trần Phú", birth="1974-05-01", hometown="Đức Thọ"),
        person(7, "Lê Quang Đạo", birth="1981-08-08", ethnicity="Cơ Tu"),
        person(8, "Hà Huy Tập", birth="1976-04-24"),
    )  # fmt: skip


def test_what_the_record_already_holds_is_asked_about() -> None:
    page = (
        Page().row(1, *SHORT).row(2, 1, "Tôn Đức Thắng", "20/8/1958").row(3, 2, "Bùi Bằng Đoàn", "19/9/1959")
    )
    asked = []

    def known(name: str, birth: str | None, card: str | None) -> bool:
        asked.append((name, birth, card))
        return name == "Bùi Bằng Đoàn"

    found = read(
        xlsx(page), known=known, match=lambda fields: "same" if fields["birth"] == "1958-08-20" else "change"
    )
    assert asked == [("Tôn Đức Thắng", "1958-08-20", None), ("Bùi Bằng Đoàn", "1959-09-19", None)]
    assert [(one["action"], [doubt["code"] for doubt in one["doubts"]]) for one in found[1:]] == [
        ("same", []),
        ("change", ["known_person"]),
    ]


def test_a_finding_says_where_what_and_how_to_mend_it() -> None:
    page = Page().row(1, *SHORT).row(2, 1, "Lê Duẩn", "31/02/1960", "3/2/85")
    _, row = read(xlsx(page))
    assert row["errors"] == [
        {
            "column": "C",
            "field": "birth",
            "code": "unreadable_date",
            "value": "31/02/1960",
            "message": "Không đọc được ngày “31/02/1960”. Ngày này không có trong lịch.",
        }
    ]
    assert (
        row["doubts"][0]["message"]
        == "Năm viết hai chữ số “3/2/85” được hiểu là 03/02/1985. Xin kiểm tra lại."
    )


def test_fields_come_in_the_order_of_the_contract() -> None:
    from tochuc.exchange.intake.fields import IN_ORDER

    page = Page().row(1, "Ghi chú", "Số thẻ", "Ngày sinh", "Họ và tên").row(2, "a", "1", "1970", "Lê Văn Ba")
    fields = list(read(xlsx(page))[1]["fields"])
    assert all(IN_ORDER.index(first) < IN_ORDER.index(second) for first, second in pairwise(fields))

"""Lists written down before anyone looked at how they are read: names under one heading in two columns, lists in pairs."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_a_name_in_two_columns_below_one_heading_over_both() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                DANH SÁCH TRÍCH NGANG ĐẢNG VIÊN CHI BỘ THÔN AN LƯƠNG
                TT|Họ và tên||Năm sinh||Dân tộc|Ngày vào Đảng|
                |Họ đệm|Tên|Nam|Nữ||Dự bị|Chính thức
                n:1|NGUYỄN VĂN|HÙNG|12/5/1961||Kinh|03/2/1985|03-02-1986
                n:2|Đỗ thị thu|hà||n:1970|Cơ Tu|19.5.2001|19.5.2002
                """,
                merges="B2:C2 D2:E2 G2:H2",
            ),
        ),
        on(
            "Sheet1",
            4,
            "Nguyễn Văn Hùng",
            "birth 1961-05-12 · gender male · ethnicity Kinh · admitted_on 1985-02-03 · official_on 1986-02-03 · cell Chi bộ thôn An Lương",
        ),
        on(
            "Sheet1",
            5,
            "Đỗ Thị Thu Hà",
            "birth 1970 · gender female · ethnicity Cơ Tu · admitted_on 2001-05-19 · official_on 2002-05-19 · cell Chi bộ thôn An Lương",
        ),
    )


def test_two_lists_side_by_side_each_below_the_name_of_its_cell() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                Chi bộ thôn A||||Chi bộ thôn B
                TT|Họ và tên|Năm sinh||TT|Họ và tên|Năm sinh
                n:1|Lê Một|1950||n:1|Mai Một|1960.0
                Tổ đảng số 2
                n:2|Lê Hai|1951||n:2|Mai Hai|1961
                """,
            ),
        ),
        on("Sheet1", 3, "Lê Một", "birth 1950 · cell Chi bộ thôn A"),
        on("Sheet1", 3, "Mai Một", "birth 1960 · cell Chi bộ thôn B"),
        on("Sheet1", 5, "Lê Hai", "birth 1951 · cell Chi bộ thôn A"),
        on("Sheet1", 5, "Mai Hai", "birth 1961 · cell Chi bộ thôn B"),
    )


def test_short_headings_of_residence_card_and_remarks() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                S TT|Họ & tên|N.sinh|GT|Nơi TT|Số TĐ|Sinh hoạt tại CB|Đảng viên đã được miễn CT, SHĐ|G/c
                n:1|Tạ Thị Kim|1/1/1970|Nữ|Duy Hải|12.345678|CB thôn Trung Phường|X|QĐ số 5
                """,
            ),
        ),
        on(
            "Sheet1",
            2,
            "Tạ Thị Kim",
            "birth 1970-01-01 · gender female · residence Duy Hải · card_number 12.345678 · cell Chi bộ thôn Trung Phường · exempt yes · note QĐ số 5",
        ),
    )

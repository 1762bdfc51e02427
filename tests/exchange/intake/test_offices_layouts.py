"""Lists that were written down before anyone looked at how they are read: how they lie on the sheet."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, assert_read, head, on, person


def test_a_list_of_each_cell_below_the_other_each_signed() -> None:
    assert_people(
        xlsx(
            grid(
                "Toàn xã",
                """
                ĐẢNG ỦY XÃ DUY CHÂU
                CHI BỘ THÔN AN LƯƠNG
                DANH SÁCH ĐẢNG VIÊN
                STT|Họ và tên|Ngày sinh|Vào Đảng|Chính thức
                1|Lê Hữu Trác|1/2/1960|3/2/1985|3/2/1986
                2|Hải Thượng|1961|3/2/1985|3/2/1986
                Tổng cộng: 02 đảng viên
                |||TM. CHI BỘ
                |||BÍ THƯ
                |||(Ký, ghi rõ họ tên)
                |
                |||Lê Hữu Trác
                |
                ĐẢNG ỦY XÃ DUY CHÂU
                CHI BỘ THÔN TÂN THỌ
                DANH SÁCH ĐẢNG VIÊN
                STT|Họ và tên|Ngày sinh|Vào Đảng|Chính thức
                1|Chu Văn An|1/2/1962|3/2/1987|3/2/1988
                Tổng cộng: 01 đảng viên
                |||BÍ THƯ
                |||Chu Văn An
                """,
            ),
        ),
        on(
            "Toàn xã",
            5,
            "Lê Hữu Trác",
            "birth 1960-02-01 · admitted_on 1985-02-03 · official_on 1986-02-03 · cell Chi bộ thôn An Lương",
        ),
        on(
            "Toàn xã",
            6,
            "Hải Thượng",
            "birth 1961 · admitted_on 1985-02-03 · official_on 1986-02-03 · cell Chi bộ thôn An Lương",
        ),
        on(
            "Toàn xã",
            18,
            "Chu Văn An",
            "birth 1962-02-01 · admitted_on 1987-02-03 · official_on 1988-02-03 · cell Chi bộ thôn Tân Thọ",
        ),
    )


def test_everything_a_head_says() -> None:
    assert_read(
        xlsx(
            grid(
                "Trà Đông",
                """
                CHI BỘ THÔN TRÀ ĐÔNG

                DANH SÁCH ĐẢNG VIÊN
                STT|Họ và tên|Ngày, tháng, năm|||Giới tính||Đảng tịch||Email|Ghi chú
                ||Ngày|Tháng|Năm sinh|Nam|Nữ|Ngày vào|Chính thức||
                (1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)|(9)|(10)|(11)
                A|ĐẢNG VIÊN CHÍNH THỨC
                1|NGUYỄN THỊ LAN|n:2|n:4|n:1975||x|19/5/2001|19/5/2002|lan@x.vn|
                2|TRẦN VĂN BẢY|||n:1960|x||3/2/1985|3/2/1986||
                B|ĐẢNG VIÊN DỰ BỊ
                1|LÊ VĂN TÁM|n:31|n:4|n:2000|x||1/7/2026|||
                |CỘNG|||n:3|n:2|n:1|||
                ||||||||TM. CHI ỦY
                """,
                merges="C4:E4 F4:G4 H4:I4",
            ),
        ),
        head(
            "Trà Đông",
            4,
            "B full_name, C birth, D birth, E birth, F gender, G gender, H admitted_on, I official_on, K note",
            ignored="J",
            people=3,
            rows_read=8,
            skipped={
                "6": "column numbers",
                "7": "group row",
                "10": "group row",
                "12": "total row",
                "13": "signature block",
            },
        ),
        person(
            8,
            "Nguyễn Thị Lan",
            birth="1975-04-02",
            gender="female",
            admitted_on="2001-05-19",
            official_on="2002-05-19",
            cell="CHI BỘ THÔN TRÀ ĐÔNG",
        ),
        person(
            9,
            "Trần Văn Bảy",
            birth="1960",
            gender="male",
            admitted_on="1985-02-03",
            official_on="1986-02-03",
            cell="CHI BỘ THÔN TRÀ ĐÔNG",
        ),
        person(
            11,
            "Lê Văn Tám",
            gender="male",
            admitted_on="2026-07-01",
            cell="CHI BỘ THÔN TRÀ ĐÔNG",
            errors="C unreadable_date",
        ),
    )


def test_names_numbered_in_their_own_column() -> None:
    assert_people(
        xlsx(
            grid(
                "CB 3",
                """
                DANH SÁCH ĐẢNG VIÊN THAM GIA SINH HOẠT
                Họ tên đảng viên|Sinh năm|Vào Đảng năm|Nơi ở|Đt
                * Chi bộ thôn Cổ Tháp:
                1. Đinh Văn Tả|1950|1975|Cổ Tháp|0905111000
                2/ Ngô Thị Cẩm|1955|1980||905111001
                3- Từ Văn Tư|55|80||
                * Chi bộ thôn Thanh Châu (3)
                1) Cao Hành|1956|1981||
                Tổng cộng có 4 đồng chí
                """,
            ),
        ),
        on(
            "CB 3",
            4,
            "Đinh Văn Tả",
            "birth 1950 · admitted_on 1975 · residence Cổ Tháp · phone 0905111000 · cell Chi bộ thôn Cổ Tháp",
        ),
        on(
            "CB 3",
            5,
            "Ngô Thị Cẩm",
            "birth 1955 · admitted_on 1980 · phone 0905111001 · cell Chi bộ thôn Cổ Tháp",
        ),
        on(
            "CB 3",
            6,
            "Từ Văn Tư",
            "birth 1955 · admitted_on 1980 · cell Chi bộ thôn Cổ Tháp",
            doubts="B two_digit_year, C two_digit_year",
        ),
        on("CB 3", 8, "Cao Hành", "birth 1956 · admitted_on 1981 · cell Chi bộ thôn Thanh Châu"),
    )


def test_a_workbook_with_a_cover_a_count_and_numbered_sheets() -> None:
    table = """
        {title}
        STT|HỌ VÀ TÊN|NGÀY SINH|NỮ|NGÀY VÀO ĐẢNG|NGÀY CHÍNH THỨC
        1|{one}|n:1970|{mark}|n:1995|n:1996
        TỔNG: 1
        """
    assert_people(
        xlsx(
            grid("Bia", "HỒ SƠ ĐẢNG VIÊN\nNĂM 2026"),
            grid(
                "Tong hop",
                """
                STT|Chi bộ|Bí thư|Phó Bí thư|Tổng số ĐV|Nữ|Dự bị
                1|Chi bộ 1|Nguyễn Văn A|Lê Văn B|1|1|0
                2|Chi bộ 2|Trần Văn C|Lê Văn D|1|0|0
                Cộng||||2|1|0
                """,
            ),
            grid("1", table.format(title="CHI BỘ 1 - DANH SÁCH ĐẢNG VIÊN", one="VŨ THỊ MỘT", mark="X")),
            grid("2", table.format(title="DANH SÁCH ĐẢNG VIÊN (CHI BỘ 2)", one="VŨ VĂN HAI", mark="")),
            grid("3", table.format(title="Chi bộ 3", one="VŨ THỊ BA", mark="x"), hidden=True),
        ),
        on(
            "1",
            3,
            "Vũ Thị Một",
            "birth 1970 · gender female · admitted_on 1995 · official_on 1996 · cell Chi bộ 1",
        ),
        on(
            "2",
            3,
            "Vũ Văn Hai",
            "birth 1970 · gender male · admitted_on 1995 · official_on 1996 · cell Chi bộ 2",
        ),
    )


def test_letters_with_their_marks_apart() -> None:
    import unicodedata

    page = grid(
        "Chi bộ Hợp tác xã",
        """
        STT|Họ và tên|Ngày sinh|Giới tính|Lý luận chính trị|Miễn công tác và sinh hoạt Đảng|Ngày vào Đảng
        1|NGUYỄN HỮU THỌ|10/7/1950|Nam|Cao cấp|Có|16/10/1975
        2|PHẠM NGỌC THẢO|14/02/1962|Nữ|Sơ cấp|Không|16/10/1990
        """,
    )
    page.cells = {
        at: unicodedata.normalize("NFD", value) if isinstance(value, str) else value
        for at, value in page.cells.items()
    }
    assert_people(
        xlsx(page),
        on(
            "Chi bộ Hợp tác xã",
            2,
            "Nguyễn Hữu Thọ",
            "birth 1950-07-10 · gender male · political_theory advanced · exempt yes · admitted_on 1975-10-16 · cell Chi bộ Hợp tác xã",
        ),
        on(
            "Chi bộ Hợp tác xã",
            3,
            "Phạm Ngọc Thảo",
            "birth 1962-02-14 · gender female · political_theory elementary · admitted_on 1990-10-16 · cell Chi bộ Hợp tác xã",
        ),
    )


def test_lists_beside_each_other_and_a_legend() -> None:
    assert_people(
        xlsx(
            grid(
                "Tổ đảng",
                """
                DANH SÁCH PHÂN CÔNG TỔ ĐẢNG - CHI BỘ THÔN PHÚ NHUẬN
                Tổ đảng số 1||||Tổ đảng số 2|||
                STT|Họ và tên|Năm sinh|Điện thoại|STT|Họ và tên|Năm sinh|Điện thoại
                1|Phan Đình Phùng|1960|n:905000001|1|Cao Thắng|1970|n:905000004
                2|Phan Kế Bính|1961|n:905000002|2|Cao Xuân Dục|1971|
                3|Phan Huy Chú|1962|n:905000003|||
                """,
            ),
        ),
        on("Tổ đảng", 4, "Phan Đình Phùng", "birth 1960 · phone 0905000001 · cell Chi bộ thôn Phú Nhuận"),
        on("Tổ đảng", 4, "Cao Thắng", "birth 1970 · phone 0905000004 · cell Chi bộ thôn Phú Nhuận"),
        on("Tổ đảng", 5, "Phan Kế Bính", "birth 1961 · phone 0905000002 · cell Chi bộ thôn Phú Nhuận"),
        on("Tổ đảng", 5, "Cao Xuân Dục", "birth 1971 · cell Chi bộ thôn Phú Nhuận"),
        on("Tổ đảng", 6, "Phan Huy Chú", "birth 1962 · phone 0905000003 · cell Chi bộ thôn Phú Nhuận"),
    )

"""Lists that were written down before anyone looked at how they are read: odd cells."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_dates_with_words_around_them() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                STT|Họ và tên|Năm sinh|Năm vào Đảng|Năm chính thức
                1|Trần Thị A|Sinh năm 1970|tháng 5/1995|5/1996
                2|Trần Thị B|'72|ngày 03 tháng 02 năm 1997|03-02-98
                3|Trần Thị C|1973 (Quý Sửu)|đầu năm 1999|2000
                4|Trần Thị D|19/8|2001|2002
                5|Trần Thị E|29/02/1975|2001|2002
                6|Trần Thị F|n:27395|n:36526|1/1/2001
                7|Trần Thị G|d:1976-03-04|20010519|20/05/02
                """,
            ),
        ),
        on("Sheet1", 2, "Trần Thị A", "birth 1970 · admitted_on 1995-05 · official_on 1996-05"),
        on(
            "Sheet1",
            3,
            "Trần Thị B",
            "birth 1972 · admitted_on 1997-02-03 · official_on 1998-02-03",
            doubts="C two_digit_year, E two_digit_year",
        ),
        on("Sheet1", 4, "Trần Thị C", "birth 1973 · official_on 2000", errors="D unreadable_date"),
        on("Sheet1", 5, "Trần Thị D", "admitted_on 2001 · official_on 2002", errors="C unreadable_date"),
        on("Sheet1", 6, "Trần Thị E", "admitted_on 2001 · official_on 2002", errors="C unreadable_date"),
        on("Sheet1", 7, "Trần Thị F", "birth 1975-01-01 · admitted_on 2000-01-01 · official_on 2001-01-01"),
        on(
            "Sheet1",
            8,
            "Trần Thị G",
            "birth 1976-03-04 · admitted_on 2001-05-19 · official_on 2002-05-20",
            doubts="E two_digit_year",
        ),
    )


def test_names_with_numbers_titles_and_remarks() -> None:
    assert_people(
        xlsx(
            grid(
                "Chi bộ Thôn Đông",
                """
                DANH SÁCH ĐẢNG VIÊN
                Họ tên|Sinh|Giới tính
                1. Nguyễn  Văn   Một|1950|Nam
                2) đ/c Lê Thị Hai|1951|Nữ
                3/ Trần Văn Ba (Ba Râu)|1952|Nam
                4- PHAN THỊ BỐN - PBT|1953|Nữ
                5.Võ Năm|1954|Nam
                Đồng chí Đỗ Sáu|1955|Nam
                Công Tằng Tôn Nữ Bảy|1956|Nữ
                Tổng Văn Tám|1957|Nam
                """,
            ),
        ),
        on("Chi bộ Thôn Đông", 3, "Nguyễn Văn Một", "birth 1950 · gender male · cell Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 4, "Lê Thị Hai", "birth 1951 · gender female · cell Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 5, "Trần Văn Ba", "birth 1952 · gender male · cell Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 6, "Phan Thị Bốn", "birth 1953 · gender female · cell Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 7, "Võ Năm", "birth 1954 · gender male · cell Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 8, "Đỗ Sáu", "birth 1955 · gender male · cell Chi bộ Thôn Đông"),
        on(
            "Chi bộ Thôn Đông",
            9,
            "Công Tằng Tôn Nữ Bảy",
            "birth 1956 · gender female · cell Chi bộ Thôn Đông",
        ),
        on("Chi bộ Thôn Đông", 10, "Tổng Văn Tám", "birth 1957 · gender male · cell Chi bộ Thôn Đông"),
    )


def test_births_under_nam_and_nu_without_a_heading_above() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                TT|Ho va ten|Nam|Nu|Ngay vao Dang|Ghi chu
                1|Le Van Nam|1960||3/2/1985|
                2|Le Thi Nu||1962|3/2/1987|
                """,
            ),
        ),
        on("Sheet1", 2, "Le Van Nam", "birth 1960 · gender male · admitted_on 1985-02-03"),
        on("Sheet1", 3, "Le Thi Nu", "birth 1962 · gender female · admitted_on 1987-02-03"),
    )


def test_marks_for_kinds_of_members_are_no_dates() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                |BIỂU TỔNG HỢP ĐẢNG VIÊN CHI BỘ CÔNG AN XÃ
                TT|Họ tên|Nữ|Sinh năm|ĐV chính thức|ĐV dự bị|Trình độ LLCT||||Trình độ CM|Đảng viên được miễn công tác, SHĐ
                ||||||SC|TC|CC|CN||
                1|Nguyễn Văn Trỗi||1985|x|||x|||Đại học|
                2|Phan Thị Quyên|x|1987|x||x||||Trung cấp CA|
                3|Mai Văn Ánh||2000||x|||||Đại học|
                4|Cụ Bá||1931|x|||||||x
                ||1||3|1|1|1
                """,
                merges="A2:A3 B2:B3 C2:C3 D2:D3 E2:E3 F2:F3 G2:J2 K2:K3 L2:L3",
            ),
        ),
        on(
            "Sheet1",
            4,
            "Nguyễn Văn Trỗi",
            "gender male · birth 1985 · political_theory intermediate · qualification Đại học · cell Chi bộ Công an xã",
        ),
        on(
            "Sheet1",
            5,
            "Phan Thị Quyên",
            "gender female · birth 1987 · political_theory elementary · qualification Trung cấp CA · cell Chi bộ Công an xã",
        ),
        on(
            "Sheet1",
            6,
            "Mai Văn Ánh",
            "gender male · birth 2000 · qualification Đại học · cell Chi bộ Công an xã",
        ),
        on("Sheet1", 7, "Cụ Bá", "gender male · birth 1931 · exempt yes · cell Chi bộ Công an xã"),
    )


def test_the_new_identity_number_counts_before_the_old() -> None:
    assert_people(
        xlsx(
            grid(
                "CB Trường THPT",
                """
                Số TT|Họ và tên|Ngày sinh|Số CMND (9 số)|Số CCCD (12 số)|Ngày cấp CCCD|Nơi cấp|Số điện thoại di động|Email|Dân tộc|Tôn giáo|Trình độ học vấn|Trình độ chuyên môn|Học vị|Lý luận chính trị|Ngoại ngữ|Tin học
                1|Lương Đình Của|16/8/1980|201000111|n:49080000111|1/1/2021|Cục CS|0905000222|x@y.vn|Kinh|Không theo|12/12|ĐHSP Toán|Thạc sĩ|Trung cấp|B1|A
                2|Hồ Đắc Di|11/5/1979||'049079000222|||0905000223||Tày|Tin Lành|12/12|ĐHSP Văn||Sơ cấp||
                """,
            ),
        ),
        on(
            "CB Trường THPT",
            2,
            "Lương Đình Của",
            "birth 1980-08-16 · national_id 049080000111 · phone 0905000222 · ethnicity Kinh · religion none · education 12/12 · qualification ĐHSP Toán · political_theory intermediate · cell Chi bộ Trường THPT",
        ),
        on(
            "CB Trường THPT",
            3,
            "Hồ Đắc Di",
            "birth 1979-05-11 · national_id 049079000222 · phone 0905000223 · ethnicity Tày · religion Tin Lành · education 12/12 · qualification ĐHSP Văn · political_theory elementary · cell Chi bộ Trường THPT",
        ),
    )


def test_pages_with_their_titles_repeated() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                DANH SÁCH ĐẢNG VIÊN XÃ
                STT|Họ và tên|Năm sinh|Ngày vào Đảng
                A|KHỐI NÔNG THÔN
                |Chi bộ thôn Bàn Sơn
                1|Lê Cảnh Tuân|1955|1/1/1980
                2|Lê Thúc Trực|1956|1/1/1981
                |Trang 1
                DANH SÁCH ĐẢNG VIÊN XÃ
                STT|HỌ VÀ TÊN|NĂM SINH|NGÀY VÀO ĐẢNG
                3|Lê Văn Miến|1957|1/1/1982
                B|KHỐI TRƯỜNG HỌC
                |Chi bộ Trường THCS Trần Cao Vân:|02 đảng viên
                4|Lê Trí Viễn|1958|1/1/1983
                Tổng số đảng viên trong danh sách: 4
                Ngày 20 tháng 10 năm 2024
                Người lập danh sách|||Xác nhận của Đảng ủy
                Lê Trí Viễn|||Bí thư
                """,
            ),
        ),
        on("Sheet1", 5, "Lê Cảnh Tuân", "birth 1955 · admitted_on 1980-01-01 · cell Chi bộ thôn Bàn Sơn"),
        on("Sheet1", 6, "Lê Thúc Trực", "birth 1956 · admitted_on 1981-01-01 · cell Chi bộ thôn Bàn Sơn"),
        on("Sheet1", 10, "Lê Văn Miến", "birth 1957 · admitted_on 1982-01-01 · cell Chi bộ thôn Bàn Sơn"),
        on(
            "Sheet1",
            13,
            "Lê Trí Viễn",
            "birth 1958 · admitted_on 1983-01-01 · cell Chi bộ Trường THCS Trần Cao Vân",
        ),
    )


def test_a_form_and_the_family_are_not_the_list() -> None:
    assert_people(
        xlsx(
            grid(
                "Lý lịch",
                """
                Họ và tên:|Nguyễn Văn A
                Ngày sinh:|1/1/1980
                Quê quán:|Duy Sơn
                """,
            ),
            grid(
                "ĐV",
                """
                TT|Họ tên|Ngày, tháng năm sinh|Nơi sinh|Ngày và nơi kết nạp|Ngày kết nạp|Họ tên bố|Họ tên mẹ|Năm sinh mẹ|Họ và tên vợ (hoặc chồng)|Số con
                1|Nguyễn Văn A|1/1/1980|Huế|1/1/2005, Huế|1/1/2005|Nguyễn B|Lê C|1950|Trần D|2
                """,
            ),
        ),
        on("ĐV", 2, "Nguyễn Văn A", "birth 1980-01-01 · admitted_on 2005-01-01"),
    )

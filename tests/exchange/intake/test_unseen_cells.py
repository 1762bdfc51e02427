"""Lists that were written down before anyone looked at how they are read: odd cells."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_a_column_for_the_cell_that_is_not_always_filled() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                STT|Họ & tên|Ngày/tháng/năm sinh|GT|Đang sinh hoạt tại chi bộ|Ngày vào ĐCSVN|Ngày CN chính thức|Miễn SHĐ (x)|CV Đảng|CV chính quyền|Ngày chuyển về
                1|Ngô Gia Tự|3-12-1968|Nam|Chi bộ Văn phòng|1-6-1994|1-6-1995||Bí thư chi bộ|Chánh Văn phòng|01/7/2025
                2|Nguyễn Thị Định|15.3.1970|Nữ||19.5.1996|19.5.1997|x|||
                3|Đào Văn Tập|1966|M|CB Dân vận|1990|1991||Phó bí thư||1/7/2025
                """,
            ),
        ),
        on(
            "Sheet1",
            2,
            "Ngô Gia Tự",
            birth="1968-12-03",
            gender="male",
            cell="Chi bộ Văn phòng",
            admitted_on="1994-06-01",
            official_on="1995-06-01",
            party_post="Bí thư chi bộ",
            post="Chánh Văn phòng",
            joined_cell_on="2025-07-01",
        ),
        on(
            "Sheet1",
            3,
            "Nguyễn Thị Định",
            birth="1970-03-15",
            gender="female",
            admitted_on="1996-05-19",
            official_on="1997-05-19",
            exempt=True,
        ),
        on(
            "Sheet1",
            4,
            "Đào Văn Tập",
            birth="1966",
            gender="male",
            cell="Chi bộ Dân vận",
            admitted_on="1990",
            official_on="1991",
            party_post="Phó bí thư",
            joined_cell_on="2025-07-01",
        ),
    )


def test_a_list_that_begins_in_the_third_column_with_fees_beside() -> None:
    assert_people(
        xlsx(
            grid(
                "DS CB Trường Mầm non",
                """
                |

                ||Biểu số 3
                ||DANH SÁCH ĐẢNG VIÊN

                ||STT|Họ và tên|Sinh ngày, tháng, năm|Quê quán (xã, huyện, tỉnh)|Chức vụ, đơn vị công tác|Ngày vào Đảng|Đảng phí/tháng|Trình độ|||Khen thưởng
                ||||||||| VH|CMNV|LLCT|
                ||1|2|3|4|5|6|7|8|9|10|11
                ||1|Đặng Thùy Trâm|26/11/1982|Huế|Hiệu trưởng|27/9/2008|150.000|12/12|ĐH Mầm non|Trung cấp|
                ||2|Phạm Thị Tư Hậu|1990 |Bình Sơn, Quảng Ngãi|Giáo viên|8/3/2018|120.000|12/12|CĐ|Sơ cấp|Giấy khen
                ||Cộng||||||270.000
                """,
                merges="C6:C7 D6:D7 E6:E7 F6:F7 G6:G7 H6:H7 I6:I7 J6:L6 M6:M7",
            ),
        ),
        on(
            "DS CB Trường Mầm non",
            9,
            "Đặng Thùy Trâm",
            birth="1982-11-26",
            hometown="Huế",
            post="Hiệu trưởng",
            admitted_on="2008-09-27",
            education="12/12",
            qualification="ĐH Mầm non",
            political_theory="intermediate",
            cell="Chi bộ Trường Mầm non",
        ),
        on(
            "DS CB Trường Mầm non",
            10,
            "Phạm Thị Tư Hậu",
            birth="1990",
            hometown="Bình Sơn, Quảng Ngãi",
            post="Giáo viên",
            admitted_on="2018-03-08",
            education="12/12",
            qualification="CĐ",
            political_theory="elementary",
            cell="Chi bộ Trường Mầm non",
        ),
    )


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
        on("Sheet1", 2, "Trần Thị A", birth="1970", admitted_on="1995-05", official_on="1996-05"),
        on(
            "Sheet1",
            3,
            "Trần Thị B",
            birth="1972",
            admitted_on="1997-02-03",
            official_on="1998-02-03",
            doubts="C two_digit_year, E two_digit_year",
        ),
        on("Sheet1", 4, "Trần Thị C", birth="1973", official_on="2000", errors="D unreadable_date"),
        on("Sheet1", 5, "Trần Thị D", admitted_on="2001", official_on="2002", errors="C unreadable_date"),
        on("Sheet1", 6, "Trần Thị E", admitted_on="2001", official_on="2002", errors="C unreadable_date"),
        on("Sheet1", 7, "Trần Thị F", birth="1975-01-01", admitted_on="2000-01-01", official_on="2001-01-01"),
        on(
            "Sheet1",
            8,
            "Trần Thị G",
            birth="1976-03-04",
            admitted_on="2001-05-19",
            official_on="2002-05-20",
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
        on("Chi bộ Thôn Đông", 3, "Nguyễn Văn Một", birth="1950", gender="male", cell="Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 4, "Lê Thị Hai", birth="1951", gender="female", cell="Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 5, "Trần Văn Ba", birth="1952", gender="male", cell="Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 6, "Phan Thị Bốn", birth="1953", gender="female", cell="Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 7, "Võ Năm", birth="1954", gender="male", cell="Chi bộ Thôn Đông"),
        on("Chi bộ Thôn Đông", 8, "Đỗ Sáu", birth="1955", gender="male", cell="Chi bộ Thôn Đông"),
        on(
            "Chi bộ Thôn Đông",
            9,
            "Công Tằng Tôn Nữ Bảy",
            birth="1956",
            gender="female",
            cell="Chi bộ Thôn Đông",
        ),
        on("Chi bộ Thôn Đông", 10, "Tổng Văn Tám", birth="1957", gender="male", cell="Chi bộ Thôn Đông"),
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
        on("Sheet1", 2, "Le Van Nam", birth="1960", gender="male", admitted_on="1985-02-03"),
        on("Sheet1", 3, "Le Thi Nu", birth="1962", gender="female", admitted_on="1987-02-03"),
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
            gender="male",
            birth="1985",
            political_theory="intermediate",
            qualification="Đại học",
            cell="Chi bộ Công an xã",
        ),
        on(
            "Sheet1",
            5,
            "Phan Thị Quyên",
            gender="female",
            birth="1987",
            political_theory="elementary",
            qualification="Trung cấp CA",
            cell="Chi bộ Công an xã",
        ),
        on(
            "Sheet1",
            6,
            "Mai Văn Ánh",
            gender="male",
            birth="2000",
            qualification="Đại học",
            cell="Chi bộ Công an xã",
        ),
        on("Sheet1", 7, "Cụ Bá", gender="male", birth="1931", exempt=True, cell="Chi bộ Công an xã"),
    )

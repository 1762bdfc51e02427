"""Lists that were written down before anyone looked at how they are read: registers and odd shapes."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_a_head_whose_upper_row_only_joins_columns() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                ĐẢNG ỦY XÃ THU BỒN
                *
                Số: 15-DS/ĐU
                ||||Thu Bồn, ngày 20 tháng 11 năm 2025

                DANH SÁCH
                Đảng viên sinh hoạt tại Chi bộ Trạm Y tế
                -----

                ||Ngày, tháng, năm||||Trình độ
                TT|Họ và tên|Sinh|Vào Đảng|Chính thức|Dân tộc|Văn hóa|Chuyên môn|LLCT|Chức vụ|Ghi chú
                1|Văn Phú Quốc|20/4/1978|22/12/2003|22/12/2004|Kinh|12/12|Bác sĩ CKI|Trung cấp|Trưởng trạm|
                2|Hứa Thị Lành|6/6/1986|19/8/2014|19/8/2015|Kinh|12/12|Y sĩ||Nhân viên|Nghỉ thai sản
                Danh sách này gồm 02 đảng viên
                """,
                merges="C10:E10 G10:I10",
            ),
        ),
        on(
            "Sheet1",
            12,
            "Văn Phú Quốc",
            "birth 1978-04-20 · admitted_on 2003-12-22 · official_on 2004-12-22 · ethnicity Kinh · education 12/12 · qualification Bác sĩ CKI · political_theory intermediate · post Trưởng trạm · cell Chi bộ Trạm Y tế",
        ),
        on(
            "Sheet1",
            13,
            "Hứa Thị Lành",
            "birth 1986-06-06 · admitted_on 2014-08-19 · official_on 2015-08-19 · ethnicity Kinh · education 12/12 · qualification Y sĩ · post Nhân viên · note Nghỉ thai sản · cell Chi bộ Trạm Y tế",
        ),
    )


def test_people_of_whom_only_the_name_is_known() -> None:
    assert_people(
        xlsx(
            grid(
                "CB Thôn Phú Đa",
                """
                Họ tên|Ngày sinh|Ngày vào đảng
                A. Đảng viên
                Đặng Ngọc Sáu|1/1/1950|1/1/1970

                Huỳnh Thị Bảy||
                Phạm Tám|1955|5/5/1980
                B. Dự bị
                Trương Văn Chín|2002|6/6/2025
                Người lập
                Đặng Ngọc Sáu
                """,
            ),
        ),
        on(
            "CB Thôn Phú Đa",
            3,
            "Đặng Ngọc Sáu",
            "birth 1950-01-01 · admitted_on 1970-01-01 · cell Chi bộ Thôn Phú Đa",
        ),
        on("CB Thôn Phú Đa", 5, "Huỳnh Thị Bảy", "cell Chi bộ Thôn Phú Đa"),
        on("CB Thôn Phú Đa", 6, "Phạm Tám", "birth 1955 · admitted_on 1980-05-05 · cell Chi bộ Thôn Phú Đa"),
        on(
            "CB Thôn Phú Đa",
            8,
            "Trương Văn Chín",
            "birth 2002 · admitted_on 2025-06-06 · cell Chi bộ Thôn Phú Đa",
        ),
    )


def test_two_lists_with_different_columns_on_one_sheet() -> None:
    assert_people(
        xlsx(
            grid(
                "S",
                """
                I. CHI BỘ ĐÔNG YÊN
                TT|Họ và tên|Năm sinh|Chức vụ
                1|Cù Chính Lan|1970|Bí thư
                2|La Văn Cầu|1972|
                II. CHI BỘ TÂY YÊN
                TT|Họ và tên|Giới tính|Năm sinh|Ngày vào Đảng
                1|Phan Đình Giót|Nam|1971|1/1/2000
                2|Tô Vĩnh Diện|Nam|1973|1/1/2001
                """,
            ),
        ),
        on("S", 3, "Cù Chính Lan", "birth 1970 · post Bí thư · cell CHI BỘ ĐÔNG YÊN"),
        on("S", 4, "La Văn Cầu", "birth 1972 · cell CHI BỘ ĐÔNG YÊN"),
        on(
            "S",
            7,
            "Phan Đình Giót",
            "gender male · birth 1971 · admitted_on 2000-01-01 · cell CHI BỘ TÂY YÊN",
        ),
        on("S", 8, "Tô Vĩnh Diện", "gender male · birth 1973 · admitted_on 2001-01-01 · cell CHI BỘ TÂY YÊN"),
    )


def test_ages_orders_and_days_that_are_possible_only_in_part() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                TT|Họ và tên|Ngày sinh|Ngày vào Đảng dự bị|Ngày vào Đảng chính thức|Ngày chuyển sinh hoạt về chi bộ
                1|Trần Thị Lý|20/12/1933|01/1948|01/1949|2010
                2|Lê Thị Hồng Gấm|d:2010-05-05|d:2026-01-01||
                3|Mạc Thị Bưởi|1927|1949|1948|
                4|Nguyễn Thị Chiên|1930|6/1950|5/1950|30/2/2001
                5|Kan Lịch|8/8/1943|19/5/1965|19/5/2065|
                6|Tạ Thị Kiều|38|62|62|
                """,
            ),
        ),
        on(
            "Sheet1",
            2,
            "Trần Thị Lý",
            "birth 1933-12-20 · admitted_on 1948-01 · official_on 1949-01 · joined_cell_on 2010",
            errors="D under_age_at_admission",
        ),
        on(
            "Sheet1",
            3,
            "Lê Thị Hồng Gấm",
            "birth 2010-05-05 · admitted_on 2026-01-01",
            errors="D under_age_at_admission",
        ),
        on(
            "Sheet1",
            4,
            "Mạc Thị Bưởi",
            "birth 1927 · admitted_on 1949 · official_on 1948",
            errors="E official_before_admitted",
        ),
        on(
            "Sheet1",
            5,
            "Nguyễn Thị Chiên",
            "birth 1930 · admitted_on 1950-06 · official_on 1950-05",
            errors="F unreadable_date, E official_before_admitted",
        ),
        on(
            "Sheet1",
            6,
            "Kan Lịch",
            "birth 1943-08-08 · admitted_on 1965-05-19 · official_on 2065-05-19",
            doubts="E future_date",
        ),
        on(
            "Sheet1",
            7,
            "Tạ Thị Kiều",
            "birth 1938 · admitted_on 1962 · official_on 1962",
            doubts="C two_digit_year, D two_digit_year, E two_digit_year",
        ),
    )


def test_a_ward_list_with_both_dates_in_one_cell() -> None:
    assert_people(
        xlsx(
            grid(
                "Danh sach",
                """
                ĐẢNG BỘ PHƯỜNG AN THẮNG
                DANH SÁCH ĐẢNG VIÊN TOÀN ĐẢNG BỘ ĐẾN 30/6/2025
                STT|HỌ VÀ TÊN|NĂM SINH||DÂN TỘC|TÔN GIÁO|NGÀY VÀO ĐẢNG, NGÀY CHÍNH THỨC|SỐ THẺ|TRÌNH ĐỘ|||GHI CHÚ
                ||NAM|NỮ|||||VĂN HÓA|C.MÔN|CHÍNH TRỊ|
                I|CHI BỘ KHỐI PHỐ PHONG NHỊ (03 ĐV)
                1|PHẠM PHÚ THỨ|1952||Kinh|Không|3/2/1975\\n3/2/1976|49.000111|10/10||Cao cấp|Hưu trí
                2|HUỲNH THỊ CẨM||02/9/1958|Kinh|Phật|19/5/1982 - 19/5/1983|49.000112|12/12|Đại học|Trung cấp|
                3|TRẦN VĂN DƯ|1960||Kinh|Không|1985|49.000113|7/10|||miễn SH và công tác
                II|CHI BỘ KHỐI PHỐ PHONG NGŨ (01 ĐV)
                1|NGÔ TRUY||1970|Kinh||||9/12|||
                TỔNG CỘNG|04 ĐẢNG VIÊN
                """,
                merges="A3:A4 B3:B4 C3:D3 E3:E4 F3:F4 G3:G4 H3:H4 I3:K3 L3:L4",
            ),
        ),
        on(
            "Danh sach",
            6,
            "Phạm Phú Thứ",
            "birth 1952 · gender male · ethnicity Kinh · religion none · admitted_on 1975-02-03 · official_on 1976-02-03 · card_number 49.000111 · education 10/10 · political_theory advanced · note Hưu trí · cell Chi bộ khối phố Phong Nhị",
        ),
        on(
            "Danh sach",
            7,
            "Huỳnh Thị Cẩm",
            "birth 1958-09-02 · gender female · ethnicity Kinh · religion Phật · admitted_on 1982-05-19 · official_on 1983-05-19 · card_number 49.000112 · education 12/12 · qualification Đại học · political_theory intermediate · cell Chi bộ khối phố Phong Nhị",
        ),
        on(
            "Danh sach",
            8,
            "Trần Văn Dư",
            "birth 1960 · gender male · ethnicity Kinh · religion none · admitted_on 1985 · card_number 49.000113 · education 7/10 · note miễn SH và công tác · exempt yes · cell Chi bộ khối phố Phong Nhị",
        ),
        on(
            "Danh sach",
            10,
            "Ngô Truy",
            "birth 1970 · gender female · ethnicity Kinh · education 9/12 · cell Chi bộ khối phố Phong Ngũ",
        ),
    )


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
            "birth 1968-12-03 · gender male · cell Chi bộ Văn phòng · admitted_on 1994-06-01 · official_on 1995-06-01 · party_post Bí thư chi bộ · post Chánh Văn phòng · joined_cell_on 2025-07-01",
        ),
        on(
            "Sheet1",
            3,
            "Nguyễn Thị Định",
            "birth 1970-03-15 · gender female · admitted_on 1996-05-19 · official_on 1997-05-19 · exempt yes",
        ),
        on(
            "Sheet1",
            4,
            "Đào Văn Tập",
            "birth 1966 · gender male · cell Chi bộ Dân vận · admitted_on 1990 · official_on 1991 · party_post Phó bí thư · joined_cell_on 2025-07-01",
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
            "birth 1982-11-26 · hometown Huế · post Hiệu trưởng · admitted_on 2008-09-27 · education 12/12 · qualification ĐH Mầm non · political_theory intermediate · cell Chi bộ Trường Mầm non",
        ),
        on(
            "DS CB Trường Mầm non",
            10,
            "Phạm Thị Tư Hậu",
            "birth 1990 · hometown Bình Sơn, Quảng Ngãi · post Giáo viên · admitted_on 2018-03-08 · education 12/12 · qualification CĐ · political_theory elementary · cell Chi bộ Trường Mầm non",
        ),
    )

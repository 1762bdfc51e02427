"""Lists that were written down before anyone looked at how they are read: headings in other words."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_headings_with_hints_in_brackets_and_numbers() -> None:
    assert_people(
        xlsx(
            grid(
                "Phụ lục 1",
                """
                Phụ lục 1
                DANH SÁCH ĐẢNG VIÊN CỦA CHI BỘ THÔN BÌNH TÚY
                (Ban hành kèm theo Công văn số 15-CV/BTCĐU, ngày 5/10/2026)
                TT\\n(1)|Họ, tên đệm và tên\\n(viết chữ in hoa có dấu)\\n(2)|Ngày, tháng, năm sinh (ghi đủ ngày/tháng/năm)\\n(3)|Giới tính (Nam/Nữ)\\n(4)|Dân tộc (5)|Tôn giáo (nếu có) (6)|Trình độ giáo dục phổ thông (7)|Trình độ chuyên môn cao nhất (8)|Lý luận chính trị (SC, TC, CC) (9)|Ngày vào Đảng lần 1 (10)|Ngày chính thức lần 1 (11)|Số định danh cá nhân (12)|Số điện thoại liên hệ (13)|Chi bộ đang sinh hoạt (14)
                n:1|LÊ ĐÌNH DƯƠNG|07/05/1960|Nam|Kinh|không|12/12|Trung cấp Nông nghiệp|SC|03/02/1990|03/02/1991|049060000123|0905000001|Chi bộ thôn Bình Túy
                n:2|NGUYỄN THỊ GIANG|9/12/1970|Nữ|Kinh|Phật giáo|12/12|Đại học Luật|TC|19/05/2000|19/05/2001|049170000124|0905000002|Chi bộ thôn Bình Túy
                n:3|ĐỖ QUANG|31/11/1980|Nam|Kinh|Không||||19/05/2005|19/05/2006|04918000012|0905000003|Chi bộ thôn Bình Túy
                """,
            ),
        ),
        on(
            "Phụ lục 1",
            5,
            "Lê Đình Dương",
            "birth 1960-05-07 · gender male · ethnicity Kinh · religion none · education 12/12 · qualification Trung cấp Nông nghiệp · political_theory elementary · admitted_on 1990-02-03 · official_on 1991-02-03 · national_id 049060000123 · phone 0905000001 · cell Chi bộ thôn Bình Túy",
        ),
        on(
            "Phụ lục 1",
            6,
            "Nguyễn Thị Giang",
            "birth 1970-12-09 · gender female · ethnicity Kinh · religion Phật giáo · education 12/12 · qualification Đại học Luật · political_theory intermediate · admitted_on 2000-05-19 · official_on 2001-05-19 · national_id 049170000124 · phone 0905000002 · cell Chi bộ thôn Bình Túy",
        ),
        on(
            "Phụ lục 1",
            7,
            "Đỗ Quang",
            "gender male · ethnicity Kinh · religion none · admitted_on 2005-05-19 · official_on 2006-05-19 · national_id 04918000012 · phone 0905000003 · cell Chi bộ thôn Bình Túy",
            errors="C unreadable_date",
            doubts="L id_length",
        ),
    )


def test_headings_in_two_languages() -> None:
    assert_people(
        xlsx(
            grid(
                "CB Cty TNHH",
                """
                STT / No.|Họ và tên / Full name|Giới tính / Sex|Ngày sinh / Date of birth|Dân tộc / Ethnicity|Ngày vào Đảng / Admitted|Ngày chính thức / Official|Chức vụ / Position|Điện thoại / Phone
                1|Nguyễn Thị Út|Nữ / F|01/01/1990|Kinh|01/01/2015|01/01/2016|Tổ trưởng|0905.000.001
                2|Út Tịch|F|1992|Khmer|||Công nhân|905000002
                """,
            ),
        ),
        on(
            "CB Cty TNHH",
            2,
            "Nguyễn Thị Út",
            "gender female · birth 1990-01-01 · ethnicity Kinh · admitted_on 2015-01-01 · official_on 2016-01-01 · post Tổ trưởng · phone 0905000001 · cell Chi bộ Cty TNHH",
        ),
        on(
            "CB Cty TNHH",
            3,
            "Út Tịch",
            "gender female · birth 1992 · ethnicity Khmer · post Công nhân · phone 0905000002 · cell Chi bộ Cty TNHH",
        ),
    )


def test_the_birth_behind_the_name() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                CHI BỘ THÔN TÂN THÀNH
                TT|Họ và tên, năm sinh|Nam/ Nữ|Ngày vào Đảng\\nNgày chính thức|Chức vụ
                |Đảng viên chính thức (3 đ/c)
                1|Từ Văn Ất, 1970|Nam|19/05/1990\\n19/05/1991|Trưởng thôn
                2|TỪ THỊ BÍNH\\nSinh năm 3/1971|Nữ|3/2/2000 - 3/2/2001|
                3|Từ Đinh (31/02/1972)|Nam|2001|
                4|Từ Mậu|Nam|2002|
                Tổng cộng: 4
                """,
            ),
        ),
        on(
            "Sheet1",
            4,
            "Từ Văn Ất",
            "birth 1970 · gender male · admitted_on 1990-05-19 · official_on 1991-05-19 · post Trưởng thôn · cell Chi bộ thôn Tân Thành",
        ),
        on(
            "Sheet1",
            5,
            "Từ Thị Bính",
            "birth 1971-03 · gender female · admitted_on 2000-02-03 · official_on 2001-02-03 · cell Chi bộ thôn Tân Thành",
        ),
        on(
            "Sheet1",
            6,
            "Từ Đinh",
            "gender male · admitted_on 2001 · cell Chi bộ thôn Tân Thành",
            errors="B unreadable_date",
        ),
        on("Sheet1", 7, "Từ Mậu", "gender male · admitted_on 2002 · cell Chi bộ thôn Tân Thành"),
    )


def test_headings_that_look_alike() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                CHI BỘ TỔ DÂN PHỐ CHÂU HIỆP
                TT|Họ tên cha|Họ tên mẹ|Họ tên đảng viên|Bí danh|Ngày sinh|Ngày sinh (giấy khai sinh con)|Nơi sinh|Quê quán|Dân tộc vợ|Dân tộc|Ngày vào Đoàn|Ngày vào Đảng|Ngày tuyển dụng|Ngày chuyển Đảng chính thức|Ngày cấp thẻ đảng|Số thẻ đảng|Số BHXH|Chức vụ cao nhất đã qua|Tuổi đời|Tuổi đảng|Huy hiệu Đảng|Ngày nhập ngũ
                1|Lê A|Trần B|Lê Văn Đức|Tư Đức|3/2/1960|1/1/1990|Đà Nẵng|Duy Trinh|Tày|Kinh|26/3/1976|2/9/1985|1/1/1980|2/9/1986|7/11/1990|49.100001|4900|Trưởng phòng|66|41|40|1978
                2|||Phạm Thị Hoa||1970||||||||||||||||||
                """,
            ),
        ),
        on(
            "Sheet1",
            3,
            "Lê Văn Đức",
            "birth 1960-02-03 · hometown Duy Trinh · ethnicity Kinh · admitted_on 1985-09-02 · official_on 1986-09-02 · card_number 49.100001 · cell Chi bộ Tổ dân phố Châu Hiệp",
        ),
        on("Sheet1", 4, "Phạm Thị Hoa", "birth 1970 · cell Chi bộ Tổ dân phố Châu Hiệp"),
    )


def test_names_as_people_write_them() -> None:
    assert_people(
        xlsx(
            grid(
                "ds",
                """
                STT|Tên đảng viên|Năm sinh|GT|Ngày vào đảng|Ghi chú
                1|  nguyễn   văn  an |1960|nam|1985|
                2|NGUYỄN  THỊ\\nBÉ BA|1961|nữ|1986|Miễn SHĐ từ 2020
                3|Đ/c Trần Quý Cáp|1962|Nam|1987|
                4|Ông: Lê Bá Trinh|1963|Nam|1988|
                5|Bà Phan Thị Châu Trinh|1964|Nữ|1989|đã miễn sinh hoạt và công tác
                6|y BHĂM ÊBAN|1965|Nam|1990|
                7|H' HEN NIÊ|1992|Nữ|2016|
                8|HOÀNG PHỦ NGỌC-TƯỜNG|1937|Nam|1970|
                9|Nguyễn Văn An|1960|nam|1985|
                10|Nguyễn Văn An|1960-01|nam|1985|
                11|.|1966|Nam|1990|
                """,
            ),
        ),
        on("ds", 2, "Nguyễn Văn An", "birth 1960 · gender male · admitted_on 1985"),
        on(
            "ds",
            3,
            "Nguyễn Thị Bé Ba",
            "birth 1961 · gender female · admitted_on 1986 · note Miễn SHĐ từ 2020 · exempt yes",
        ),
        on("ds", 4, "Trần Quý Cáp", "birth 1962 · gender male · admitted_on 1987"),
        on("ds", 5, "Lê Bá Trinh", "birth 1963 · gender male · admitted_on 1988"),
        on(
            "ds",
            6,
            "Phan Thị Châu Trinh",
            "birth 1964 · gender female · admitted_on 1989 · note đã miễn sinh hoạt và công tác · exempt yes",
        ),
        on("ds", 7, "Y Bhăm Êban", "birth 1965 · gender male · admitted_on 1990"),
        on("ds", 8, "H' Hen Niê", "birth 1992 · gender female · admitted_on 2016"),
        on("ds", 9, "Hoàng Phủ Ngọc-Tường", "birth 1937 · gender male · admitted_on 1970"),
        on(
            "ds",
            10,
            "Nguyễn Văn An",
            "birth 1960 · gender male · admitted_on 1985",
            errors="B duplicate_in_file",
        ),
        on("ds", 11, "Nguyễn Văn An", "birth 1960-01 · gender male · admitted_on 1985"),
        on("ds", 12, "", "birth 1966 · gender male · admitted_on 1990", errors="B missing_name"),
    )


def test_dates_at_the_edge_of_what_is_certain() -> None:
    assert_people(
        xlsx(
            grid(
                "ds",
                """
                STT|Họ và tên|Ngày sinh|Ngày kết nạp|Ngày chính thức|Ngày chuyển đến
                1|Phan Văn Một|1985|2003|2004|
                2|Phan Văn Hai|1986|2003|2004|
                3|Phan Văn Ba|15/6/1985|14/6/2003|14/6/2004|
                4|Phan Văn Bốn|15/6/1985|15/6/2003|15/6/2003|
                5|Phan Văn Năm|6/1985|6/2003|5/2003|
                6|Phan Văn Sáu|1980|5/2001|2001|1/1/2027
                7|Phan Văn Bảy|1980|1/1/2027||
                8|Phan Văn Tám|45|68|69|
                9|Phan Văn Chín|3/2/30|19/5/49|19/5/50|
                10|Phan Văn Mười|03/02/05|19/05/25|19/05/26|
                11|Trần Văn Một|29/02/1999|3/2/2020|3/2/2021|
                12|Trần Văn Hai|00/00/1960|3/2/1985|3/2/1986|
                13|Trần Văn Ba|1/13/1960|3/2/1985|3/2/1986|
                14|Trần Văn Bốn|ngày 02 tháng 9 năm 1961|Tháng 9 năm 1985|9.1986|
                15|Trần Văn Năm|5/7/1961|1985 |x|
                16|Trần Văn Sáu|?|3-2-1985|3.2.1986.|
                """,
            ),
        ),
        on("ds", 2, "Phan Văn Một", "birth 1985 · admitted_on 2003 · official_on 2004"),
        on(
            "ds",
            3,
            "Phan Văn Hai",
            "birth 1986 · admitted_on 2003 · official_on 2004",
            errors="D under_age_at_admission",
        ),
        on(
            "ds",
            4,
            "Phan Văn Ba",
            "birth 1985-06-15 · admitted_on 2003-06-14 · official_on 2004-06-14",
            errors="D under_age_at_admission",
        ),
        on("ds", 5, "Phan Văn Bốn", "birth 1985-06-15 · admitted_on 2003-06-15 · official_on 2003-06-15"),
        on(
            "ds",
            6,
            "Phan Văn Năm",
            "birth 1985-06 · admitted_on 2003-06 · official_on 2003-05",
            errors="E official_before_admitted",
        ),
        on(
            "ds",
            7,
            "Phan Văn Sáu",
            "birth 1980 · admitted_on 2001-05 · official_on 2001 · joined_cell_on 2027-01-01",
            doubts="F future_date",
        ),
        on("ds", 8, "Phan Văn Bảy", "birth 1980 · admitted_on 2027-01-01", doubts="D future_date"),
        on(
            "ds",
            9,
            "Phan Văn Tám",
            "birth 1945 · admitted_on 1968 · official_on 1969",
            doubts="C two_digit_year, D two_digit_year, E two_digit_year",
        ),
        on(
            "ds",
            10,
            "Phan Văn Chín",
            "birth 1930-02-03 · admitted_on 1949-05-19 · official_on 1950-05-19",
            doubts="C two_digit_year, C day_month_ambiguous, D two_digit_year, E two_digit_year",
        ),
        on(
            "ds",
            11,
            "Phan Văn Mười",
            "birth 2005-02-03 · admitted_on 2025-05-19 · official_on 2026-05-19",
            doubts="C two_digit_year, C day_month_ambiguous, D two_digit_year, E two_digit_year",
        ),
        on(
            "ds",
            12,
            "Trần Văn Một",
            "admitted_on 2020-02-03 · official_on 2021-02-03",
            errors="C unreadable_date",
        ),
        on("ds", 13, "Trần Văn Hai", "birth 1960 · admitted_on 1985-02-03 · official_on 1986-02-03"),
        on(
            "ds",
            14,
            "Trần Văn Ba",
            "birth 1960-01-13 · admitted_on 1985-02-03 · official_on 1986-02-03",
            doubts="C day_month_ambiguous",
        ),
        on("ds", 15, "Trần Văn Bốn", "birth 1961-09-02 · admitted_on 1985-09 · official_on 1986-09"),
        on(
            "ds",
            16,
            "Trần Văn Năm",
            "birth 1961-07-05 · admitted_on 1985",
            doubts="C day_month_ambiguous",
        ),
        on("ds", 17, "Trần Văn Sáu", "admitted_on 1985-02-03 · official_on 1986-02-03"),
    )

"""Lists that were written down before anyone looked at how they are read: what is easily mistaken."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_dates_in_three_columns_twice() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                ĐẢNG BỘ XÃ NAM PHƯỚC
                CHI BỘ: ..............
                DANH SÁCH ĐẢNG VIÊN CHI BỘ THÔN MỸ HẠT XÃ NAM PHƯỚC
                Đến 31/12/2025
                STT|Họ và tên|Giới tính||Năm sinh|Ngày vào Đảng|||Ngày chính thức|||Trình độ||Nơi ở||Ghi chú
                ||Nam|Nữ||Ngày|Tháng|Năm|Ngày|Tháng|Năm|VH|LL chính trị|Thôn|Xã|
                1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16
                n:1|Đinh Y Sốp|x||n:1975|n:3|n:2|n:2001|n:3|n:2|n:2002|12/12|Sơ cấp|Mỹ Hạt|Nam Phước|
                n:2|A Ting||x|n:1980|||n:2005|||n:2006|9/12||Mỹ Hạt|Nam Phước|
                n:3|Rơ Châm H'Yéo||x|n:1990|31|2|2015||||12/12||Mỹ Hạt|Nam Phước|Mới chuyển về
                ||n:1|n:2
                |||||||||||||TM CHI ỦY
                ||||||||||||||Bí thư
                ||||||||||||||Đinh Y Sốp
                """,
                merges="A5:A6 B5:B6 C5:D5 E5:E6 F5:H5 I5:K5 L5:M5 N5:O5 P5:P6",
            ),
        ),
        on(
            "Sheet1",
            8,
            "Đinh Y Sốp",
            "gender male · birth 1975 · admitted_on 2001-02-03 · official_on 2002-02-03 · education 12/12 · political_theory elementary · residence Mỹ Hạt, Nam Phước · cell Chi bộ thôn Mỹ Hạt",
        ),
        on(
            "Sheet1",
            9,
            "A Ting",
            "gender female · birth 1980 · admitted_on 2005 · official_on 2006 · education 9/12 · residence Mỹ Hạt, Nam Phước · cell Chi bộ thôn Mỹ Hạt",
        ),
        on(
            "Sheet1",
            10,
            "Rơ Châm H'Yéo",
            "gender female · birth 1990 · education 12/12 · residence Mỹ Hạt, Nam Phước · note Mới chuyển về · cell Chi bộ thôn Mỹ Hạt",
            errors="F unreadable_date",
        ),
    )


def test_a_school_cell_whose_dates_are_partly_marks() -> None:
    assert_people(
        xlsx(
            grid(
                "Chi bộ Trường MN Hoa Sen (2)",
                """
                Họ và tên:|Lê Thị A (người lập)

                TT|HỌ TÊN ĐẢNG VIÊN|SINH NĂM|QUÊ QUÁN|TRÌNH ĐỘ CHUYÊN MÔN|NGÀY VÀO ĐẢNG DB|NGÀY VÀO ĐẢNG CT|SỐ THẺ ĐẢNG VIÊN|NGÀY CẤP THẺ|SỐ SLL|CĂN CƯỚC|ĐIỆN THOẠI|CHỨC VỤ ĐẢNG|MIỄN SH
                1|Nguyễn Thị Ngọc Ánh|15/02/1988|Hội An|ĐHSP MN|20/11/2015|20/11/2016|49.098765|03/02/2017|123456|049188000123|0905.1.2.3.456|Bí thư|
                2|Lê Thị Mỹ Lệ|1992|Duy Xuyên|CĐSP|x|x|49.098766|||49192000124|0905123457||
                """,
            ),
        ),
        on(
            "Chi bộ Trường MN Hoa Sen (2)",
            4,
            "Nguyễn Thị Ngọc Ánh",
            "birth 1988-02-15 · hometown Hội An · qualification ĐHSP MN · admitted_on 2015-11-20 · official_on 2016-11-20 · card_number 49.098765 · member_number 123456 · national_id 049188000123 · phone 0905123456 · party_post Bí thư · cell Chi bộ Trường MN Hoa Sen",
        ),
        on(
            "Chi bộ Trường MN Hoa Sen (2)",
            5,
            "Lê Thị Mỹ Lệ",
            "birth 1992 · hometown Duy Xuyên · qualification CĐSP · card_number 49.098766 · national_id 49192000124 · phone 0905123457 · cell Chi bộ Trường MN Hoa Sen",
            doubts="K id_length",
        ),
    )


def test_days_as_digits_in_a_row() -> None:
    assert_people(
        xlsx(
            grid(
                "ds",
                """
                STT|HỌ VÀ TÊN|NGÀY SINH|CHI BỘ|NGÀY VÀO ĐẢNG
                1|TRẦN ĐỨC THẢO|n:19750402|CHI BỘ 1|n:36964
                2|TRẦN ĐẠI NGHĨA|n:4041976|Chi bộ 1|2001-05-19
                3|TÔN THẤT TÙNG|04/04/76|chi bộ 2|05/01
                4|ĐẶNG VĂN NGỮ|04-Apr-1977|chi bộ 2|2001/05/19
                5|HỒ ĐẮC DI|4 - 4 - 1978|chi bộ 2|19 tháng 5 năm 01
                6|PHẠM NGỌC THẠCH|1979-04|chi bộ 2|19052001
                """,
            ),
        ),
        on("ds", 2, "Trần Đức Thảo", "birth 1975-04-02 · cell chi bộ 1 · admitted_on 2001-03-14"),
        on("ds", 3, "Trần Đại Nghĩa", "birth 1976-04-04 · cell chi bộ 1 · admitted_on 2001-05-19"),
        on(
            "ds",
            4,
            "Tôn Thất Tùng",
            "birth 1976-04-04 · cell chi bộ 2",
            errors="E unreadable_date",
            doubts="C two_digit_year",
        ),
        on("ds", 5, "Đặng Văn Ngữ", "birth 1977-04-04 · cell chi bộ 2 · admitted_on 2001-05-19"),
        on(
            "ds",
            6,
            "Hồ Đắc Di",
            "birth 1978-04-04 · cell chi bộ 2 · admitted_on 2001-05-19",
            doubts="E two_digit_year",
        ),
        on("ds", 7, "Phạm Ngọc Thạch", "birth 1979-04 · cell chi bộ 2 · admitted_on 2001-05-19"),
    )


def test_one_sheet_a_cell_behind_a_summary_of_cells() -> None:
    assert_people(
        xlsx(
            grid(
                "TH các chi bộ",
                """
                BIỂU TỔNG HỢP
                STT|Chi bộ|Họ tên Bí thư|Số ĐV|Nữ
                1|Chi bộ 1|Nguyễn Văn A|20|5
                """,
            ),
            grid(
                "1. Chi bộ 1",
                """
                |DANH SÁCH|
                TT|Họ và tên|NS|DT|TG|Quê|ĐT|VĐ|CT
                1|Nguyễn Văn A|1970|Kinh|Ko|Huế|0905111222|3/2/00|3/2/01
                2|Nguyễn Thị B|1971|Hoa|Phật giáo|Huế||2000|
                Cộng|2
                """,
            ),
            grid(
                "2. Chi bộ 2",
                """
                TT|Họ và tên|NS|DT|TG|Quê|ĐT|VĐ|CT
                1|Nguyễn Văn A|1970|Kinh|Không|Huế||2000|
                2|Nguyễn Văn C|1972||||||
                """,
            ),
        ),
        on(
            "1. Chi bộ 1",
            3,
            "Nguyễn Văn A",
            "birth 1970 · ethnicity Kinh · religion none · hometown Huế · phone 0905111222 · admitted_on 2000-02-03 · official_on 2001-02-03 · cell Chi bộ 1",
            doubts="H two_digit_year, I two_digit_year",
        ),
        on(
            "1. Chi bộ 1",
            4,
            "Nguyễn Thị B",
            "birth 1971 · ethnicity Hoa · religion Phật giáo · hometown Huế · admitted_on 2000 · cell Chi bộ 1",
        ),
        on(
            "2. Chi bộ 2",
            2,
            "Nguyễn Văn A",
            "birth 1970 · ethnicity Kinh · religion none · hometown Huế · admitted_on 2000 · cell Chi bộ 2",
            errors="B duplicate_in_file",
        ),
        on("2. Chi bộ 2", 3, "Nguyễn Văn C", "birth 1972 · cell Chi bộ 2"),
    )


def test_an_attendance_sheet_with_posts() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                ||||Mẫu số 02
                DANH SÁCH ĐẢNG VIÊN DỰ HỌP CHI BỘ
                Chi bộ Tổ dân phố số 5
                STT|Họ và tên đồng chí|Năm sinh|Chức danh trong Đảng|Số điện thoại|Địa chỉ|Ký nhận
                1|Đ/c: Vương Thừa Vũ|1970|Bí thư|0983.000.111|TDP số 5|
                2|Đ/c. Song Hào|1965|PBT|0983.000.112|TDP số 5|
                3|Đ/c Thị Nở (Cô Nở)|1990|CUV|983000113||
                ||||||
                |Tổng số có mặt: 3/3||||
                |Thư ký|||Chủ trì
                |Song Hào|||Vương Thừa Vũ
                """,
            ),
        ),
        on(
            "Sheet1",
            5,
            "Vương Thừa Vũ",
            "birth 1970 · party_post Bí thư · phone 0983000111 · residence TDP số 5 · cell Chi bộ Tổ dân phố số 5",
        ),
        on(
            "Sheet1",
            6,
            "Song Hào",
            "birth 1965 · party_post PBT · phone 0983000112 · residence TDP số 5 · cell Chi bộ Tổ dân phố số 5",
        ),
        on(
            "Sheet1",
            7,
            "Thị Nở",
            "birth 1990 · party_post CUV · phone 0983000113 · cell Chi bộ Tổ dân phố số 5",
        ),
    )


def test_kinds_of_members_beside_days_of_admission() -> None:
    assert_people(
        xlsx(
            grid(
                "CB Khối phố Châu Hiệp",
                """
                TT|Họ và tên|Ngày, tháng, năm sinh||Dân tộc|Đảng viên||Ngày vào Đảng||LLCT|||Ghi chú
                ||Nam|Nữ||CT|DB|Dự bị|Chính thức|SC|TC|CC|
                1|Phạm Văn Đồng|1/3/1966||Kinh|x||3/2/1990|3/2/1991|x|x||
                2|Lê Thị Trung||20/10/1980|Kinh||x|2/9/2025||||x|Được miễn sinh hoạt đảng
                II. Chuyển đến
                3|Hà Văn Lâu||||x|||||||
                """,
                merges="A1:A2 B1:B2 C1:D1 E1:E2 F1:G1 H1:I1 J1:L1 M1:M2",
            ),
        ),
        on(
            "CB Khối phố Châu Hiệp",
            3,
            "Phạm Văn Đồng",
            "birth 1966-03-01 · gender male · ethnicity Kinh · admitted_on 1990-02-03 · official_on 1991-02-03 · political_theory intermediate · cell Chi bộ Khối phố Châu Hiệp",
        ),
        on(
            "CB Khối phố Châu Hiệp",
            4,
            "Lê Thị Trung",
            "birth 1980-10-20 · gender female · ethnicity Kinh · admitted_on 2025-09-02 · political_theory advanced · note Được miễn sinh hoạt đảng · exempt yes · cell Chi bộ Khối phố Châu Hiệp",
        ),
        on(
            "CB Khối phố Châu Hiệp",
            6,
            "Hà Văn Lâu",
            "cell Chi bộ Khối phố Châu Hiệp",
            doubts="C gender_unclear",
        ),
    )


def test_a_section_above_the_head_and_one_date_month_first() -> None:
    assert_people(
        xlsx(
            grid(
                "S1",
                """
                I|CHI BỘ THÔN AN LƯƠNG
                STT|HỌ VÀ TÊN|NGÀY SINH|CCCD|NGÀY VÀO ĐẢNG
                1|LÊ TỰ NHẤT|01/01/1950|049050000001|03/02/1970
                2|LÊ TỰ NHÌ|1/13/1951|49051000002|03/02/1971
                II|CHI BỘ THÔN AN LẠC
                3|LÊ TỰ TAM|05/06/1952|04905200003|13/02/1972
                4|LÊ TỰ NHẤT|1/1/1950||
                Cộng hai chi bộ: 4 đảng viên
                """,
            ),
        ),
        on(
            "S1",
            3,
            "Lê Tự Nhất",
            "birth 1950-01-01 · national_id 049050000001 · admitted_on 1970-02-03 · cell CHI BỘ THÔN AN LƯƠNG",
        ),
        on(
            "S1",
            4,
            "Lê Tự Nhì",
            "birth 1951-01-13 · national_id 49051000002 · admitted_on 1971-02-03 · cell CHI BỘ THÔN AN LƯƠNG",
            doubts="C day_month_ambiguous, D id_length",
        ),
        on(
            "S1",
            6,
            "Lê Tự Tam",
            "birth 1952-06-05 · national_id 04905200003 · admitted_on 1972-02-13 · cell CHI BỘ THÔN AN LẠC",
            doubts="C day_month_ambiguous, D id_length",
        ),
        on("S1", 7, "Lê Tự Nhất", "birth 1950-01-01 · cell CHI BỘ THÔN AN LẠC", errors="B duplicate_in_file"),
    )

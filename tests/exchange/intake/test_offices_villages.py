"""Lists that were written down before anyone looked at how they are read: villages, hamlets and wards."""

from exchange.intake.books import In, grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_a_village_list_with_groups_counted_beside_their_names() -> None:
    assert_people(
        xlsx(
            grid(
                "Danh sách ĐV",
                """
                ĐẢNG ỦY XÃ QUẾ PHÚ
                VĂN PHÒNG
                |||THỐNG KÊ ĐẢNG VIÊN TOÀN ĐẢNG BỘ
                |||(Số liệu tính đến 31/10/2026)

                STT|Họ và tên đảng viên|Giới|Ngày, tháng, năm sinh|Ngày vào Đảng (dự bị)|Ngày vào Đảng (chính thức)|Số thẻ ĐV|Nơi thường trú|Tình trạng sức khỏe|Miễn CT,SH|Số CMND/CCCD
                I|Chi bộ thôn Hương Quế Đông|||||||||n:2
                n:1|PHẠM ĐÌNH HỔ|Nam|02/09/1945|19/05/1966|19/05/1967|49.000.001|Xóm 1|Yếu|x|n:200123456
                n:2|ĐOÀN THỊ ĐIỂM|Nữ|10/10/1958|3/2/1990|3/2/1991|49 000 002|Xóm 2|Tốt||n:49158000222
                II|CB Trường THCS Quế Phú (2 đ/c)|||||||||
                n:1|NGÔ THÌ NHẬM|Nam|25/10/1980|01/07/2010|01/07/2011|49000003|||Không|
                n:2|BÙI HUY BÍCH||1983|26/3/2012|26/3/2013|49000004||||
                III|Đảng viên đi làm ăn xa|||||||||
                n:1|PHAN HUY ÍCH|Nam|1975|2000|2001|||||
                |TỔNG SỐ|n:5
                """,
                merges="A1:C1 A2:C2",
            ),
        ),
        on(
            "Danh sách ĐV",
            8,
            "Phạm Đình Hổ",
            "gender male · birth 1945-09-02 · admitted_on 1966-05-19 · official_on 1967-05-19 · card_number 49.000.001 · residence Xóm 1 · exempt yes · national_id 200123456 · cell Chi bộ thôn Hương Quế Đông",
        ),
        on(
            "Danh sách ĐV",
            9,
            "Đoàn Thị Điểm",
            "gender female · birth 1958-10-10 · admitted_on 1990-02-03 · official_on 1991-02-03 · card_number 49000002 · residence Xóm 2 · national_id 049158000222 · cell Chi bộ thôn Hương Quế Đông",
        ),
        on(
            "Danh sách ĐV",
            11,
            "Ngô Thì Nhậm",
            "gender male · birth 1980-10-25 · admitted_on 2010-07-01 · official_on 2011-07-01 · card_number 49000003 · cell Chi bộ Trường THCS Quế Phú",
        ),
        on(
            "Danh sách ĐV",
            12,
            "Bùi Huy Bích",
            "birth 1983 · admitted_on 2012-03-26 · official_on 2013-03-26 · card_number 49000004 · cell Chi bộ Trường THCS Quế Phú",
        ),
        on(
            "Danh sách ĐV",
            14,
            "Phan Huy Ích",
            "gender male · birth 1975 · admitted_on 2000 · official_on 2001 · cell Chi bộ Trường THCS Quế Phú",
        ),
    )


def test_a_heading_broken_over_two_rows_without_merging() -> None:
    assert_people(
        xlsx(
            grid(
                "CB KP 4",
                """
                ĐẢNG CỘNG SẢN VIỆT NAM
                DANH SÁCH ĐẢNG VIÊN CHI BỘ KHU PHỐ 4
                Số|Họ và tên|Ngày tháng|Giới|Dân|Tôn|Ngày vào|Ngày|Trình độ|Số
                TT||năm sinh|tính|tộc|giáo|Đảng|chính thức|học vấn|điện thoại
                1|Trịnh Hoài Đức|1/1/1965|Nam|Hoa|Phật|22.12.1989|22.12.1990|12/12|n:913000111
                2|Lý Tế Xuyên|5-1966|nam|Kinh|KHÔNG|1991|1992|10/12|0913.000.112
                3|Sương Nguyệt Anh|8/3/1968|nữ|Kinh|0|26-3-1993|26-3-1994|12/12|+84913000113
                """,
            ),
        ),
        on(
            "CB KP 4",
            5,
            "Trịnh Hoài Đức",
            "birth 1965-01-01 · gender male · ethnicity Hoa · religion Phật · admitted_on 1989-12-22 · official_on 1990-12-22 · education 12/12 · phone 0913000111 · cell Chi bộ Khu phố 4",
        ),
        on(
            "CB KP 4",
            6,
            "Lý Tế Xuyên",
            "birth 1966-05 · gender male · ethnicity Kinh · religion none · admitted_on 1991 · official_on 1992 · education 10/12 · phone 0913000112 · cell Chi bộ Khu phố 4",
        ),
        on(
            "CB KP 4",
            7,
            "Sương Nguyệt Anh",
            "birth 1968-03-08 · gender female · ethnicity Kinh · religion none · admitted_on 1993-03-26 · official_on 1994-03-26 · education 12/12 · phone 0913000113 · cell Chi bộ Khu phố 4",
        ),
    )


def test_cells_merged_down_the_left_side() -> None:
    page = grid(
        "Sheet1",
        """
        DANH SÁCH ĐẢNG VIÊN PHƯỜNG AN THẮNG
        Chi bộ|TT|Họ lót|Tên|Năm sinh|Địa chỉ|Ngày vào Đảng|Chức vụ trong Đảng
        Chi bộ Khối phố Phong Nhị|n:1|Lê Quang|Sung|n:1960|Khối phố Phong Nhị|d:1985-02-03|Bí thư
        |n:2|Trần Thị|Lý|n:1964||d:1988-05-19|Phó Bí thư
        |n:3|Nguyễn|Hoàng|n:1970||d:1999-05-19|
        Chi bộ Khối phố Phong Lục|n:4|Trương Định|Của|n:1971|Khối phố Phong Lục|d:2001-01-06|Bí thư
        |n:5|Võ Duy|Dương|n:1980||d:2011-01-06|
        """,
        merges="A3:A5 A6:A7 F3:F5 F6:F7",
    )
    assert_people(
        xlsx(page),
        on(
            "Sheet1",
            3,
            "Lê Quang Sung",
            "birth 1960 · residence Khối phố Phong Nhị · admitted_on 1985-02-03 · party_post Bí thư · cell Chi bộ Khối phố Phong Nhị",
        ),
        on(
            "Sheet1",
            4,
            "Trần Thị Lý",
            "birth 1964 · residence Khối phố Phong Nhị · admitted_on 1988-05-19 · party_post Phó Bí thư · cell Chi bộ Khối phố Phong Nhị",
        ),
        on(
            "Sheet1",
            5,
            "Nguyễn Hoàng",
            "birth 1970 · residence Khối phố Phong Nhị · admitted_on 1999-05-19 · cell Chi bộ Khối phố Phong Nhị",
        ),
        on(
            "Sheet1",
            6,
            "Trương Định Của",
            "birth 1971 · residence Khối phố Phong Lục · admitted_on 2001-01-06 · party_post Bí thư · cell Chi bộ Khối phố Phong Lục",
        ),
        on(
            "Sheet1",
            7,
            "Võ Duy Dương",
            "birth 1980 · residence Khối phố Phong Lục · admitted_on 2011-01-06 · cell Chi bộ Khối phố Phong Lục",
        ),
    )


def test_two_tables_of_different_columns_under_each_other() -> None:
    assert_people(
        xlsx(
            grid(
                "CB thôn Lệ Bắc",
                """
                CHI BỘ THÔN LỆ BẮC
                A. ĐẢNG VIÊN CHÍNH THỨC
                STT|Họ và tên|Ngày sinh|Ngày vào Đảng|Ngày chính thức|Ghi chú
                1|Hồ Nghinh|15/02/1953|3/2/1976|3/2/1977|Được miễn sinh hoạt, công tác Đảng
                2|Trần Thị Kỷ|1960|3/2/1980|3/2/1981|
                Cộng: 2 đồng chí
                B. ĐẢNG VIÊN DỰ BỊ
                STT|Họ và tên|Giới tính|Ngày sinh|Ngày kết nạp|Người giới thiệu
                1|Phan Thị Nể|Nữ|20/12/2000|26/3/2026|Hồ Nghinh
                2|Hồ Hảo Hớn|Nam|01/02/1999|19/5/2026|Trần Thị Kỷ
                Cộng: 2 đồng chí
                Tổng cộng: 4 đồng chí
                """,
            ),
        ),
        on(
            "CB thôn Lệ Bắc",
            4,
            "Hồ Nghinh",
            "birth 1953-02-15 · admitted_on 1976-02-03 · official_on 1977-02-03 · note Được miễn sinh hoạt, công tác Đảng · exempt yes · cell Chi bộ thôn Lệ Bắc",
        ),
        on(
            "CB thôn Lệ Bắc",
            5,
            "Trần Thị Kỷ",
            "birth 1960 · admitted_on 1980-02-03 · official_on 1981-02-03 · cell Chi bộ thôn Lệ Bắc",
        ),
        on(
            "CB thôn Lệ Bắc",
            9,
            "Phan Thị Nể",
            "gender female · birth 2000-12-20 · admitted_on 2026-03-26 · cell Chi bộ thôn Lệ Bắc",
        ),
        on(
            "CB thôn Lệ Bắc",
            10,
            "Hồ Hảo Hớn",
            "gender male · birth 1999-02-01 · admitted_on 2026-05-19 · cell Chi bộ thôn Lệ Bắc",
        ),
    )


def test_years_of_birth_under_men_and_women_with_odd_formats() -> None:
    page = grid(
        "Sheet1",
        """
        TỈNH ỦY QUẢNG NAM||||Biểu 2a
        DANH SÁCH ĐẢNG VIÊN
        CHI BỘ THÔN 2, ĐẢNG BỘ XÃ TIÊN CẢNH
        STT|Họ tên|Ngày tháng năm sinh||Vào Đảng|Chính thức|Trình độ|||LLCT||||Ghi chú
        ||Nam|Nữ|||Học vấn|Chuyên môn|Ngoại ngữ|SC|TC|CC|CN|
        n:1|Huỳnh Thúc Kháng||||3/2/1985|12/12|||x||||
        n:2|Lê Cơ|||3/2/1986|3/2/1987|12/12|Kỹ sư|Anh B||x|||
        n:3|Võ Thị Hoán|||3/2/1986|3/2/1987||||||X||Chuyển đến 2025
        n:4|Lê Vĩnh Huy|x|x|1990|1991|||||||x|
        n:5|Trần Huỳnh|||1990|1991||||||||
        """,
        merges="A4:A5 B4:B5 C4:D4 E4:E5 F4:F5 G4:I4 J4:M4 N4:N5 A3:N3",
    )
    from datetime import date

    page.row(6, In(date(1960, 4, 1), "mm/yyyy"), at="C").row(6, In(date(1984, 1, 1), "yyyy"), at="E")
    page.row(7, In(date(1961, 4, 2), "d-m-yy"), at="C")
    page.row(8, In(1962, "0"), at="D")
    assert_people(
        xlsx(page),
        on(
            "Sheet1",
            6,
            "Huỳnh Thúc Kháng",
            "birth 1960-04 · gender male · admitted_on 1984 · official_on 1985-02-03 · education 12/12 · political_theory elementary · cell Chi bộ thôn 2",
        ),
        on(
            "Sheet1",
            7,
            "Lê Cơ",
            "birth 1961-04-02 · gender male · admitted_on 1986-02-03 · official_on 1987-02-03 · education 12/12 · qualification Kỹ sư · political_theory intermediate · cell Chi bộ thôn 2",
        ),
        on(
            "Sheet1",
            8,
            "Võ Thị Hoán",
            "birth 1962 · gender female · admitted_on 1986-02-03 · official_on 1987-02-03 · political_theory advanced · note Chuyển đến 2025 · cell Chi bộ thôn 2",
        ),
        on(
            "Sheet1",
            9,
            "Lê Vĩnh Huy",
            "admitted_on 1990 · official_on 1991 · political_theory bachelor · cell Chi bộ thôn 2",
            doubts="C gender_unclear",
        ),
        on(
            "Sheet1",
            10,
            "Trần Huỳnh",
            "admitted_on 1990 · official_on 1991 · cell Chi bộ thôn 2",
            doubts="C gender_unclear",
        ),
    )

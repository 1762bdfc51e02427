"""Lists that were written down before anyone looked at how they are read: of villages, schools and communes."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_a_list_of_a_school_cell_with_long_headings() -> None:
    assert_people(
        xlsx(
            grid(
                "DSĐV",
                """
                ĐẢNG BỘ XÃ ĐẠI LÃNH||||ĐẢNG CỘNG SẢN VIỆT NAM
                CHI BỘ TRƯỜNG TIỂU HỌC NGUYỄN DU||||Đại Lãnh, ngày 15 tháng 5 năm 2024
                *
                DANH SÁCH TRÍCH NGANG ĐẢNG VIÊN

                Số\\nTT|Họ và tên khai sinh|Sinh ngày|Giới tính|Quê quán|Nơi đăng ký HK thường trú|Dân tộc|Tôn giáo|Trình độ VH|Trình độ chuyên môn nghiệp vụ|Trình độ LLCT|Ngày kết nạp Đảng|Ngày công nhận ĐV chính thức|Số thẻ Đảng|Chức vụ (Đảng, CQ, ĐT)
                n:1|Trần Thị Thu Hà|12/08/1979|Nữ|Xã Đại Hưng, huyện Đại Lộc, tỉnh Quảng Nam|Thôn Hà Nha, xã Đại Đồng|Kinh|Không|12/12|ĐHSP Tiểu học|Trung cấp|03/02/2006|03/02/2007|4901.2345|Hiệu trưởng
                n:2|Đoàn Ngọc Minh|d:1985-10-20|Nam|Đại Lộc|Thôn Tịnh Đông Tây|Kinh|Không|12/12|CĐSP|SC|d:2012-05-19|d:2013-05-19|49.034567|
                n:3|Bh'Nướch Thị Mai|1990|nữ|Nam Giang||Cơ Tu|Thiên chúa giáo|12/12|||19.5.2022|||Giáo viên
                Danh sách có 3 đảng viên./.
                |||||||||||T/M CHI BỘ
                |||||||||||BÍ THƯ

                |||||||||||Trần Thị Thu Hà
                """,
                merges="A4:O4",
            ),
        ),
        on(
            "DSĐV",
            7,
            "Trần Thị Thu Hà",
            "birth 1979-08-12 · gender female · hometown Xã Đại Hưng, huyện Đại Lộc, tỉnh Quảng Nam · residence Thôn Hà Nha, xã Đại Đồng · ethnicity Kinh · religion none · education 12/12 · qualification ĐHSP Tiểu học · political_theory intermediate · admitted_on 2006-02-03 · official_on 2007-02-03 · card_number 4901.2345 · post Hiệu trưởng · cell Chi bộ Trường Tiểu học Nguyễn Du",
        ),
        on(
            "DSĐV",
            8,
            "Đoàn Ngọc Minh",
            "birth 1985-10-20 · gender male · hometown Đại Lộc · residence Thôn Tịnh Đông Tây · ethnicity Kinh · religion none · education 12/12 · qualification CĐSP · political_theory elementary · admitted_on 2012-05-19 · official_on 2013-05-19 · card_number 49.034567 · cell Chi bộ Trường Tiểu học Nguyễn Du",
        ),
        on(
            "DSĐV",
            9,
            "Bh'Nướch Thị Mai",
            "birth 1990 · gender female · hometown Nam Giang · ethnicity Cơ Tu · religion Thiên chúa giáo · education 12/12 · admitted_on 2022-05-19 · post Giáo viên · cell Chi bộ Trường Tiểu học Nguyễn Du",
        ),
    )


def test_a_list_with_every_heading_shortened() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                DANH SÁCH ĐẢNG VIÊN CHI BỘ 7 NĂM 2023
                TT|Họ đệm|Tên|Sinh năm||Ngày vào Đ|Ngày c.thức|T.độ|||Q.quán|D.tộc|Đ.thoại|G.chú
                |||Nam|Nữ|||VH|CM|LLCT||||
                I|Đảng viên chính thức
                n:1|Lê Thành|Long|n:1954||3/2/79|3/2/80|7/10||SC|Duy Trung|Kinh|n:905111222|Miễn SH
                n:2|Võ Thị Kim|Anh||12/1965|19.5.1990|19.5.1991|10/12|TC Y||Duy Tân|Kinh||
                n:3|Nguyễn|Tấn|x||1985|1986||||||0905 123 456|
                II|Đảng viên dự bị
                n:4|Bùi Lê Na|Na||n:2001|1/7/2024|||ĐH||||
                |Cộng|| n:2|n:2
                """,
                merges="A2:A3 B2:B3 C2:C3 D2:E2 F2:F3 G2:G3 H2:J2 K2:K3 L2:L3 M2:M3 N2:N3",
            ),
        ),
        on(
            "Sheet1",
            5,
            "Lê Thành Long",
            "birth 1954 · gender male · admitted_on 1979-02-03 · official_on 1980-02-03 · education 7/10 · political_theory elementary · hometown Duy Trung · ethnicity Kinh · phone 0905111222 · note Miễn SH · exempt yes · cell Chi bộ 7",
            doubts="F two_digit_year, G two_digit_year",
        ),
        on(
            "Sheet1",
            6,
            "Võ Thị Kim Anh",
            "birth 1965-12 · gender female · admitted_on 1990-05-19 · official_on 1991-05-19 · education 10/12 · qualification TC Y · hometown Duy Tân · ethnicity Kinh · cell Chi bộ 7",
        ),
        on(
            "Sheet1",
            7,
            "Nguyễn Tấn",
            "gender male · admitted_on 1985 · official_on 1986 · phone 0905123456 · cell Chi bộ 7",
        ),
        on(
            "Sheet1",
            9,
            "Bùi Lê Na Na",
            "birth 2001 · gender female · admitted_on 2024-07-01 · qualification ĐH · cell Chi bộ 7",
        ),
    )


def test_a_list_in_capitals_without_tones_and_the_birth_in_three_columns() -> None:
    assert_people(
        xlsx(
            grid(
                "DS",
                """
                DANG BO XA QUE AN
                DANH SACH DANG VIEN CHI BO THON 4
                STT|HO VA TEN|NGAY|THANG|NAM SINH|GIOI TINH|CHUC VU DANG|SO THE DV|NGAY VAO DANG|NGAY CHINH THUC|DIA CHI|HO TEN VO/CHONG|DIEN THOAI|GHI CHU
                1|NGUYEN VAN A|5|6|1960|NAM|BI THU|49.001|05/06/1985|05/06/1986|TO 1|LE THI B|0905000111|
                2|LE THI NAM||6|1962|NU||49.002|1988|1989|TO 2||0905000112|MIEN CONG TAC VA SINH HOAT
                3|TONG VAN CONG|30|2|1970|NAM|||12/11/1999|12/11/2000|||
                TONG CONG: 3 DANG VIEN
                """,
            ),
        ),
        on(
            "DS",
            4,
            "Nguyen Van A",
            "birth 1960-06-05 · gender male · party_post BI THU · card_number 49.001 · admitted_on 1985-06-05 · official_on 1986-06-05 · residence TO 1 · phone 0905000111 · cell CHI BO THON 4",
        ),
        on(
            "DS",
            5,
            "Le Thi Nam",
            "birth 1962-06 · gender female · card_number 49.002 · admitted_on 1988 · official_on 1989 · residence TO 2 · phone 0905000112 · note MIEN CONG TAC VA SINH HOAT · exempt yes · cell CHI BO THON 4",
        ),
        on(
            "DS",
            6,
            "Tong Van Cong",
            "gender male · admitted_on 1999-11-12 · official_on 2000-11-12 · cell CHI BO THON 4",
            errors="C unreadable_date",
        ),
    )


def test_a_list_with_a_column_for_the_cell_beside_summary_and_hidden_sheets() -> None:
    assert_people(
        xlsx(
            grid(
                "Đảng viên",
                """
                STT|Mã ĐV|Họ và tên|Ngày tháng năm sinh|Nữ|Chi bộ|Ngày vào Đảng|Ngày chính thức|Số CCCD|Tình trạng
                n:1|DV01|HOÀNG VĂN THỤ|4/11/1969||Chi bộ Công an|6/1/1995|6/1/1996|n:49069001111|Đang sinh hoạt
                n:2|DV02|NGUYỄN THỊ THẬP|10/10/1968|x|CB Quân sự|1/1/1993|1/1/1994|049168001112|Miễn công tác, sinh hoạt
                n:3|DV03|HOÀNG VĂN THỤ|04-11-1969||Chi bộ Công an|6/1/1995|6/1/1996||
                n:4|DV04||1/1/1980|||2/2/2002||201555666|
                """,
            ),
            grid(
                "Bảng tổng hợp",
                """
                TT|Đơn vị|Số đảng viên|Trong đó nữ
                1|Chi bộ Công an|12|1
                """,
            ),
            grid(
                "Danh mục",
                """
                Mã|Tên dân tộc
                1|Kinh
                2|Tày
                """,
                hidden=True,
            ),
        ),
        on(
            "Đảng viên",
            2,
            "Hoàng Văn Thụ",
            "birth 1969-11-04 · gender male · cell Chi bộ Công an · admitted_on 1995-01-06 · official_on 1996-01-06 · national_id 049069001111",
        ),
        on(
            "Đảng viên",
            3,
            "Nguyễn Thị Thập",
            "birth 1968-10-10 · gender female · cell Chi bộ Quân sự · admitted_on 1993-01-01 · official_on 1994-01-01 · national_id 049168001112 · exempt yes",
        ),
        on(
            "Đảng viên",
            4,
            "Hoàng Văn Thụ",
            "birth 1969-11-04 · gender male · cell Chi bộ Công an · admitted_on 1995-01-06 · official_on 1996-01-06",
            errors="C duplicate_in_file",
        ),
        on(
            "Đảng viên",
            5,
            "",
            "birth 1980-01-01 · gender male · admitted_on 2002-02-02 · national_id 201555666",
            errors="C missing_name",
        ),
    )


def test_columns_written_month_first() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                STT|Họ tên|DOB|Gender|Ngày KN|Ngày CT
                n:1|Le Van Sy|12/30/1960|Nam|03/15/1985|03/16/1986
                n:2|Tran Van On|01/02/1961|Nữ|05/05/1986|06/07/1987
                n:3|Pham Hung|30/12/1962|Khác|1/1/1987|
                """,
            ),
        ),
        on(
            "Sheet1",
            2,
            "Le Van Sy",
            "birth 1960-12-30 · gender male · admitted_on 1985-03-15 · official_on 1986-03-16",
            doubts="C day_month_ambiguous, E day_month_ambiguous, F day_month_ambiguous",
        ),
        on(
            "Sheet1",
            3,
            "Tran Van On",
            "birth 1961-02-01 · gender female · admitted_on 1986-05-05 · official_on 1987-07-06",
            doubts="C day_month_ambiguous, F day_month_ambiguous",
        ),
        on("Sheet1", 4, "Pham Hung", "birth 1962-12-30 · admitted_on 1987-01-01", doubts="D gender_unclear"),
    )


def test_a_commune_list_in_numbered_groups_with_a_letter_head_and_addressees() -> None:
    assert_people(
        xlsx(
            grid(
                "TH",
                """
                DANH SÁCH ĐẢNG VIÊN ĐẢNG BỘ PHƯỜNG ĐIỆN BÀN BẮC
                (Kèm theo Báo cáo số 12-BC/ĐU ngày 10/6/2025 của Đảng ủy phường)

                TT|Họ, chữ đệm và tên|Ngày sinh|Phái|Ngày, tháng, năm vào Đảng|Ngày, tháng, năm vào Đảng chính thức|Số lý lịch|Học vấn|Lý luận chính trị
                A|B|1|2|3|4|5|6|7
                1. CHI BỘ KHỐI PHỐ 1 (Bí thư: Nguyễn Văn X)
                1|Nguyễn Văn Xuân|1/1/1961|Nam|2/2/1990|2/2/1991|QN 012345|12/12|Sơ cấp
                2|Đỗ Thị Hạ|1963|Nữ|2/2/1992|2/2/1993||10/12|Chưa
                2. Chi bộ Khối phố 2 - 2 đồng chí
                1|Lê Văn Thu|1965|Nam|2/2/1994|2/2/1995|||Trung cấp
                2|Đinh Thị Đông|1967|Nữ|2/2/1996|2/2/1997|||Cử nhân
                Cộng: 2 đ/c
                3- Chi bộ Công ty TNHH MTV Hoàng Gia: 01 đ/c
                1|Ngô Văn Giáp|1980|Nam|2/2/2010|2/2/2011|||Cao cấp lý luận chính trị
                * Tổng số đảng viên: 5 đ/c, trong đó:
                - Nữ: 2 đ/c
                - Dự bị: 0
                Nơi nhận:|||||TM. ĐẢNG ỦY
                - Như trên;|||||PHÓ BÍ THƯ
                - Lưu VP.

                |||||Phan Văn Đông
                """,
                merges="A6:I6 A9:I9 A13:I13",
            ),
        ),
        on(
            "TH",
            7,
            "Nguyễn Văn Xuân",
            "birth 1961-01-01 · gender male · admitted_on 1990-02-02 · official_on 1991-02-02 · member_number QN 012345 · education 12/12 · political_theory elementary · cell CHI BỘ KHỐI PHỐ 1",
        ),
        on(
            "TH",
            8,
            "Đỗ Thị Hạ",
            "birth 1963 · gender female · admitted_on 1992-02-02 · official_on 1993-02-02 · education 10/12 · cell CHI BỘ KHỐI PHỐ 1",
        ),
        on(
            "TH",
            10,
            "Lê Văn Thu",
            "birth 1965 · gender male · admitted_on 1994-02-02 · official_on 1995-02-02 · political_theory intermediate · cell Chi bộ Khối phố 2",
        ),
        on(
            "TH",
            11,
            "Đinh Thị Đông",
            "birth 1967 · gender female · admitted_on 1996-02-02 · official_on 1997-02-02 · political_theory bachelor · cell Chi bộ Khối phố 2",
        ),
        on(
            "TH",
            14,
            "Ngô Văn Giáp",
            "birth 1980 · gender male · admitted_on 2010-02-02 · official_on 2011-02-02 · political_theory advanced · cell Chi bộ Công ty TNHH MTV Hoàng Gia",
        ),
    )


def test_the_official_register() -> None:
    assert_people(
        xlsx(
            grid(
                "So DV",
                """
                SỔ DANH SÁCH ĐẢNG VIÊN
                Số TT|HỌ VÀ TÊN\\nHọ và tên khai sinh|Ngày sinh|Nam, nữ|Quê quán|Văn hoá, lý luận, CMNV, ngoại ngữ|Nghề nghiệp trước khi vào Đảng, Nghề nghiệp hiện nay|Ngày vào Đảng|Ngày chính thức|Số thẻ đảng viên|Bộ đội, công an, hưu trí|Ngày chuyển đi, đến đảng bộ cơ sở|Ngày chuyển đến, ở đảng bộ cơ sở nào đến|Ngày từ trần\\nLý do|Ngày ra khỏi Đảng, hình thức ra Đảng|Ghi chú
                1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16
                1|TRẦN VĂN ƠN\\nTrần Văn Ớn|9/1/1950|Nam|Quế Sơn|7/10|Nông dân|3/2/1975|3/2/1976|001234|Hưu trí|||||
                2|LÊ THỊ RIÊNG|1955|Nữ|Hiệp Đức|10/10, TC|Y tá|19/5/1980|19/5/1981|001235||||||Miễn sinh hoạt đảng
                """,
            ),
        ),
        on(
            "So DV",
            4,
            "Trần Văn Ơn",
            "birth 1950-01-09 · gender male · hometown Quế Sơn · admitted_on 1975-02-03 · official_on 1976-02-03 · card_number 001234",
        ),
        on(
            "So DV",
            5,
            "Lê Thị Riêng",
            "birth 1955 · gender female · hometown Hiệp Đức · admitted_on 1980-05-19 · official_on 1981-05-19 · card_number 001235 · note Miễn sinh hoạt đảng · exempt yes",
        ),
    )

"""Lists that were written down before anyone looked at how they are read: registers of committees and of years."""

from exchange.intake.books import grid, ods, text, xlsx
from exchange.intake.clerk import assert_people, on


def test_a_committee_register_with_numbers_in_roman_and_cells_in_capitals() -> None:
    assert_people(
        xlsx(
            grid(
                "TONG HOP DV 2025",
                """
                ĐẢNG BỘ PHƯỜNG HỘI AN ĐÔNG
                DANH SÁCH ĐẢNG VIÊN TOÀN PHƯỜNG
                Tính đến ngày 31 tháng 12 năm 2025

                STT|Họ và tên|Ngày tháng năm sinh||Quê quán|Ngày, tháng, năm||Trình độ|||Đang hưởng chế độ|Số ĐT
                ||Nam|Nữ||Vào Đảng|Chính thức|VH|CM|LL||
                |CHI BỘ KHỐI SƠN PHONG (3 ĐẢNG VIÊN)||||||||||
                1|TRẦN VĂN THẮM|10/10/1949||Điện Bàn|19/5/1968|19/5/1969|7/10||SC|Thương binh 3/4|0905 111 001
                2|HUỲNH THỊ BÔNG||1952|Hội An|03/02/1979|03/02/1980|10/10|Y sĩ|TC|Hưu|
                3|LÊ TỰ NHẤT|29/2/1962||Hội An|3/2/1987|3/2/1988|12/12|ĐH|CC||0905.111.003
                |CHI BỘ TRƯỜNG THPT TRẦN QUÝ CÁP: 2||||||||||
                1|PHAN VĂN HỚN|1975||Huế|2005|2006|12/12|ThS|TC||
                2|ĐINH THỊ VÂN||31/6/1980|Huế|2008|2009|12/12|ĐH|SC||
                |Cộng: 05 đảng viên (nam 03, nữ 02)
                """,
                merges="A5:A6 B5:B6 C5:D5 E5:E6 F5:G5 H5:J5 K5:K6 L5:L6",
            ),
        ),
        on(
            "TONG HOP DV 2025",
            8,
            "Trần Văn Thắm",
            "birth 1949-10-10 · gender male · hometown Điện Bàn · admitted_on 1968-05-19 · official_on 1969-05-19 · education 7/10 · political_theory elementary · phone 0905111001 · cell Chi bộ Khối Sơn Phong",
        ),
        on(
            "TONG HOP DV 2025",
            9,
            "Huỳnh Thị Bông",
            "birth 1952 · gender female · hometown Hội An · admitted_on 1979-02-03 · official_on 1980-02-03 · education 10/10 · qualification Y sĩ · political_theory intermediate · cell Chi bộ Khối Sơn Phong",
        ),
        on(
            "TONG HOP DV 2025",
            10,
            "Lê Tự Nhất",
            "hometown Hội An · admitted_on 1987-02-03 · official_on 1988-02-03 · education 12/12 · qualification ĐH · political_theory advanced · phone 0905111003 · gender male · cell Chi bộ Khối Sơn Phong",
            errors="C unreadable_date",
        ),
        on(
            "TONG HOP DV 2025",
            12,
            "Phan Văn Hớn",
            "birth 1975 · gender male · hometown Huế · admitted_on 2005 · official_on 2006 · education 12/12 · qualification ThS · political_theory intermediate · cell Chi bộ Trường THPT Trần Quý Cáp",
        ),
        on(
            "TONG HOP DV 2025",
            13,
            "Đinh Thị Vân",
            "gender female · hometown Huế · admitted_on 2008 · official_on 2009 · education 12/12 · qualification ĐH · political_theory elementary · cell Chi bộ Trường THPT Trần Quý Cáp",
            errors="D unreadable_date",
        ),
    )


def test_a_list_of_those_exempt_and_one_of_new_members() -> None:
    assert_people(
        xlsx(
            grid(
                "Miễn SH",
                """
                CHI BỘ THÔN VĨNH NAM
                DANH SÁCH ĐẢNG VIÊN ĐƯỢC MIỄN CÔNG TÁC VÀ SINH HOẠT
                TT|Họ và tên|Năm sinh|Ngày vào Đảng|Lý do|Số QĐ miễn|Ghi chú
                1|Võ Như Hưng|1940|3/2/1965|Già yếu|12-QĐ/ĐU|
                2|Trần Thị Tâm|1/5/1943|19/5/1967|Bệnh|13-QĐ/ĐU|Miễn công tác và sinh hoạt từ 2015
                """,
            ),
            grid(
                "Kết nạp 2026",
                """
                CHI BỘ THÔN VĨNH NAM
                DANH SÁCH KẾT NẠP ĐẢNG VIÊN NĂM 2026
                TT|Họ và tên|Ngày sinh|Giới tính|Nghề nghiệp|Trình độ học vấn|Ngày kết nạp|Đảng viên hướng dẫn
                1|Võ Thị Nhã|20/11/2003|Nữ|Sinh viên|12/12|19/05/2026|Võ Như Hưng
                """,
            ),
        ),
        on("Miễn SH", 4, "Võ Như Hưng", "birth 1940 · admitted_on 1965-02-03 · cell Chi bộ thôn Vĩnh Nam"),
        on(
            "Miễn SH",
            5,
            "Trần Thị Tâm",
            "birth 1943-05-01 · admitted_on 1967-05-19 · note Miễn công tác và sinh hoạt từ 2015 · exempt yes · cell Chi bộ thôn Vĩnh Nam",
        ),
        on(
            "Kết nạp 2026",
            4,
            "Võ Thị Nhã",
            "birth 2003-11-20 · gender female · occupation Sinh viên · education 12/12 · admitted_on 2026-05-19 · cell Chi bộ thôn Vĩnh Nam",
        ),
    )


def test_an_open_document_without_tones_and_with_dashes() -> None:
    assert_people(
        ods(
            grid(
                "CB 5",
                """
                Danh sach dang vien Chi bo 5 - Dang bo Cong ty Cap nuoc
                Stt|Ho va ten|Gioi tinh|Ngay thang nam sinh|Ngay vao Dang|Ngay chinh thuc|Trinh do LLCT|So the DV|Chuc vu Dang|Chuc vu CQ|So CCCD|SDT
                1|Nguyen Huu Canh|Nam|01-01-1970|03-02-1995|03-02-1996|Cao cap|49.200001|Bi thu|Giam doc|049070000001|0905-200-001
                2|Mac Thi Buoi|Nu|1980|-|-|-|-|-|-|-|-
                """,
            )
        ),
        on(
            "CB 5",
            3,
            "Nguyen Huu Canh",
            "gender male · birth 1970-01-01 · admitted_on 1995-02-03 · official_on 1996-02-03 · political_theory advanced · card_number 49.200001 · party_post Bi thu · post Giam doc · national_id 049070000001 · phone 0905200001 · cell Chi bo 5",
        ),
        on("CB 5", 4, "Mac Thi Buoi", "gender female · birth 1980 · cell Chi bo 5"),
        name="cb5.ods",
    )


def test_a_text_file_with_a_blank_head_column_and_page_numbers() -> None:
    assert_people(
        text(
            grid(
                "x",
                """
                Trang 1
                ;|
                STT|Họ và tên|Ngày sinh|Tổ|Ngày vào Đảng|Chi bộ
                1|Hà Văn Lâu|09/12/1958|1|3/2/1980|Chi bộ 1
                2|Đồng Văn Cống|1958|2|1981|
                Trang 2
                STT|Họ và tên|Ngày sinh|Tổ|Ngày vào Đảng|Chi bộ
                3|Trang Thị Hai|1960|1|1982|Chi bộ 2
                4|Tổng Văn Ba|1961|1|1983|Chi bộ 2
                """,
            ),
            ";",
        ).encode("utf-8"),
        on(None, 4, "Hà Văn Lâu", "birth 1958-12-09 · admitted_on 1980-02-03 · cell Chi bộ 1"),
        on(None, 5, "Đồng Văn Cống", "birth 1958 · admitted_on 1981"),
        on(None, 8, "Trang Thị Hai", "birth 1960 · admitted_on 1982 · cell Chi bộ 2"),
        on(None, 9, "Tổng Văn Ba", "birth 1961 · admitted_on 1983 · cell Chi bộ 2"),
        name="trang.csv",
    )

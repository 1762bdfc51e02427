"""Lists as cells and communes keep them: each read as a careful clerk would enter it."""

from datetime import date

from exchange.intake.books import Page, xlsx
from exchange.intake.clerk import assert_read, head, person


def test_village_list_with_heads_on_three_rows() -> None:
    page = (
        Page()
        .merge("A1:D1", "F1:N1", "A2:D2", "A3:N3", "A5:A7", "B5:C7", "D5:E5", "D6:D7", "E6:E7", "F5:G5")
        .merge("F6:F7", "G6:G7", "H5:M5", "H6:H7", "I6:I7", "J6:M6", "N5:N7")
        .row(1, "ĐẢNG BỘ XÃ DUY SƠN", None, None, None, None, "ĐẢNG CỘNG SẢN VIỆT NAM")
        .row(2, "CHI BỘ THÔN CHÁNH LỘC")
        .row(3, "DANH SÁCH ĐẢNG VIÊN\n(Tính đến ngày 31/12/2024)")
        .row(5, "TT", "Họ và tên", None, "Ngày tháng năm sinh", None, "Ngày vào Đảng", None, "Trình độ")
        .row(5, "Ghi chú", at="N")
        .row(6, "Nam", "Nữ", "Dự bị", "Chính thức", "Học vấn", "Chuyên môn", "LLCT", at="D")
        .row(7, "Sơ cấp", "Trung cấp", "Cao cấp", "Cử nhân", at="J")
        .row(
            8,
            "(1)",
            "(2)",
            None,
            "(3)",
            "(4)",
            "(5)",
            "(6)",
            "(7)",
            "(8)",
            "(9)",
            "(10)",
            "(11)",
            "(12)",
            "(13)",
        )
        .row(
            9,
            1,
            "NGUYỄN VĂN",
            "AN",
            "02/4/1975",
            None,
            "19/05/2001",
            "19/05/2002",
            "12/12",
            "Luật",
            None,
            "x",
        )
        .row(10, 2, "Lê Thị", "Hoa", None, "1960", "03/2/1985", "3/2/1986", "10/10", None, "X")
        .row(10, "Miễn công tác và sinh hoạt đảng", at="N")
        .row(11, 3, "Trần Quốc", "Bảo", date(1990, 7, 5), None, date(2023, 9, 2), None, "12/12", "Đại học")
        .row(12, "Tổng cộng: 3 đồng chí")
        .row(14, "Duy Sơn, ngày 02 tháng 01 năm 2025", at="I")
        .row(15, "NGƯỜI LẬP", None, None, None, None, None, None, "T/M CHI ỦY", at="B")
        .row(16, "BÍ THƯ", at="I")
        .row(19, "Lê Văn Mười", None, None, None, None, None, None, "Nguyễn Văn Chín", at="B")
    )
    cell = "CHI BỘ THÔN CHÁNH LỘC"
    assert_read(
        xlsx(page),
        head(
            "Sheet1", 5,
            "B full_name, C full_name, D birth, E birth, F admitted_on, G official_on, H education, I qualification, "
            "J political_theory, K political_theory, L political_theory, M political_theory, N note",
            people=3, rows_read=12,
            skipped={"8": "column numbers", "12": "total row", **dict.fromkeys(("14", "15", "16", "19"), "signature block")},
        ),
        person(
            9, "Nguyễn Văn An", birth="1975-04-02", gender="male", education="12/12", qualification="Luật",
            political_theory="intermediate", admitted_on="2001-05-19", official_on="2002-05-19", cell=cell,
        ),
        person(
            10, "Lê Thị Hoa", birth="1960", gender="female", education="10/10", political_theory="elementary",
            admitted_on="1985-02-03", official_on="1986-02-03", exempt=True, cell=cell,
            note="Miễn công tác và sinh hoạt đảng",
        ),
        person(
            11, "Trần Quốc Bảo", birth="1990-07-05", gender="male", education="12/12", qualification="Đại học",
            admitted_on="2023-09-02", cell=cell,
        ),
    )  # fmt: skip


def test_commune_list_in_groups_with_subtotals_and_the_head_repeated_on_each_page() -> None:
    headings = (
        "STT",
        "Họ và tên",
        "Năm sinh",
        "Nữ",
        "Ngày vào Đảng",
        "Ngày chính thức",
        "Số thẻ ĐV",
        "Đơn vị",
    )
    page = (
        Page("DS chung")
        .row(1, "DANH SÁCH ĐẢNG VIÊN CÁC CHI BỘ TRỰC THUỘC ĐẢNG ỦY XÃ")
        .row(3, *headings)
        .row(4, "I", "Chi bộ thôn Trà Đông (2 đ/c)")
        .row(5, 1, "Phạm Văn Tư", 1958, None, "3/2/1980", "3/2/1981", "49.012345", "Thôn")
        .row(6, 2, "Võ Thị Năm", 1962, "x", "19/5/1985", "19/5/1986", "49 . 012346", "Thôn")
        .row(7, None, "Cộng chi bộ:", None, 1)
        .row(8, "II. Chi bộ Trường THCS Lê Quý Đôn: 1 đồng chí")
        .row(9, *headings)
        .row(10, 3, "Đinh Công Tráng", 1985, None, "20/11/2010", "20/11/2011", "49.012347", "Trường")
        .row(11, "III", "CHI BỘ CƠ QUAN XÃ")
        .row(12, "a)", "Đảng viên dự bị")
        .row(13, 4, "Ông Thị Bích", 1999, "X", "2/9/2024", None, None, "UBND xã")
        .row(15, None, "Tổng cộng toàn Đảng bộ: 4", None, 2)
        .row(16, None, "Trong đó: nữ", 2)
    )
    assert_read(
        xlsx(page),
        head(
            "DS chung", 3,
            "B full_name, C birth, D gender, E admitted_on, F official_on, G card_number", ignored="H",
            people=4, rows_read=13,
            skipped={
                "4": "group row", "7": "total row", "8": "group row", "9": "repeated header", "11": "group row",
                "12": "group row", "15": "total row", "16": "total row",
            },
        ),
        person(5, "Phạm Văn Tư", birth="1958", gender="male", admitted_on="1980-02-03", official_on="1981-02-03",
               card_number="49.012345", cell="Chi bộ thôn Trà Đông"),
        person(6, "Võ Thị Năm", birth="1962", gender="female", admitted_on="1985-05-19", official_on="1986-05-19",
               card_number="49.012346", cell="Chi bộ thôn Trà Đông"),
        person(10, "Đinh Công Tráng", birth="1985", gender="male", admitted_on="2010-11-20",
               official_on="2011-11-20", card_number="49.012347", cell="Chi bộ Trường THCS Lê Quý Đôn"),
        person(13, "Ông Thị Bích", birth="1999", gender="female", admitted_on="2024-09-02",
               cell="CHI BỘ CƠ QUAN XÃ"),
    )  # fmt: skip


def test_several_lists_below_one_another_each_with_its_own_title_and_signatures() -> None:
    headings = ("TT", "HỌ TÊN", "NGÀY SINH", "GT", "NGÀY KẾT NẠP")
    page = (
        Page("Tong hop")
        .row(1, "CHI BỘ THÔN PHÚ NHUẬN")
        .row(2, "Danh sách đảng viên năm 2024")
        .row(3, *headings)
        .row(4, 1, "TRẦN ĐÌNH TÚ", "12/12/1970", "Nam", "03/02/1998")
        .row(5, 2, "BÙI THỊ ÁI", "08-3-1972", "Nữ", "03-02-2000")
        .row(7, "TM. CHI BỘ", at="D")
        .row(8, "BÍ THƯ", at="D")
        .row(11, "Trần Đình Tú", at="D")
        .row(14, "CHI BỘ THÔN LỆ AN")
        .row(15, "Danh sách đảng viên năm 2024")
        .row(16, *headings)
        .row(17, 1, "HỒ VĂN LỘC", "1/1/1965", "nam", "7/5/1990")
        .row(19, "T/M CHI ỦY", at="D")
        .row(22, "Hồ Văn Lộc", at="D")
    )
    assert_read(
        xlsx(page),
        head(
            "Tong hop", 3, "B full_name, C birth, D gender, E admitted_on", people=3, rows_read=19,
            skipped={
                **dict.fromkeys(("7", "8", "11", "14", "15"), "signature block"), "16": "repeated header",
                **dict.fromkeys(("19", "22"), "signature block"),
            },
        ),
        person(4, "Trần Đình Tú", birth="1970-12-12", gender="male", admitted_on="1998-02-03",
               cell="CHI BỘ THÔN PHÚ NHUẬN"),
        person(5, "Bùi Thị Ái", birth="1972-03-08", gender="female", admitted_on="2000-02-03",
               cell="CHI BỘ THÔN PHÚ NHUẬN"),
        person(17, "Hồ Văn Lộc", birth="1965-01-01", gender="male", admitted_on="1990-05-07",
               cell="CHI BỘ THÔN LỆ AN"),
    )  # fmt: skip


def test_one_sheet_for_each_cell_beside_hidden_and_summary_sheets() -> None:
    headings = ("STT", "Họ tên đảng viên", "Ngày, tháng, năm sinh", "Chức vụ Đảng", "Chức vụ chính quyền")
    first = (
        Page("Chi bộ 1")
        .row(1, "Danh sách đảng viên")
        .row(2, *headings)
        .row(3, "01", "Lý Thị Cúc", "5/1968", "Bí thư", "Trưởng thôn")
        .row(4, "02", "Ngô Văn Dũng", "1971", "Đảng viên")
    )
    second = (
        Page("CB 2 (3 đc)").row(1, *headings).row(2, 1, "Ngô Văn Dũng", "12/3/1971", None, "Phó Chủ tịch")
    )
    old = Page("Cũ", hidden=True).row(1, *headings).row(2, 1, "Lý Thị Cúc", "5/1968")
    summary = (
        Page("Tổng hợp")
        .row(1, "STT", "Tên chi bộ", "Tổng số đảng viên", "Nam", "Nữ")
        .row(2, 1, "Chi bộ 1", 2, 1, 1)
        .row(3, 2, "Chi bộ 2", 1, 1, 0)
    )
    columns = "B full_name, C birth, D party_post, E post"
    assert_read(
        xlsx(summary, first, old, second, Page("Sheet4").row(9, "")),
        head("Chi bộ 1", 2, columns, people=2, rows_read=2,
             skipped={"Tổng hợp": "summary sheet", "Cũ": "hidden sheet", "Sheet4": "empty sheet"}),
        person(3, "Lý Thị Cúc", birth="1968-05", party_post="Bí thư", post="Trưởng thôn", cell="Chi bộ 1"),
        person(4, "Ngô Văn Dũng", birth="1971", party_post="Đảng viên", cell="Chi bộ 1"),
        head("CB 2 (3 đc)", 1, columns, people=1, rows_read=1),
        person(2, "Ngô Văn Dũng", birth="1971-03-12", post="Phó Chủ tịch", cell="Chi bộ 2"),
    )  # fmt: skip


def test_list_made_on_a_phone_without_tones() -> None:
    page = (
        Page()
        .row(
            1, "ho va ten", "nam sinh", "gioi tinh", "dan toc", "ton giao", "que quan", "ngay vao dang", "sdt"
        )
        .row(2, "nguyen van binh", 1980, "nam", "kinh", "khong", "dien ban, quang nam", "3.2.2005", 905123456)
        .row(3, "tong thi hanh", 1984, "nu", "kinh", "Phật giáo", "hoi an", "19.5.2010", "84 905 123 457")
        .row(4, "truong cong minh", 1979, "Nam", "Co Tu", "K", "nam giang", "2.9.2003", "0905.123.458")
        .row(5, "tong cong: 3")
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 1, "A full_name, B birth, C gender, D ethnicity, E religion, F hometown, G admitted_on, H phone",
             people=3, rows_read=4, skipped={"5": "total row"}),
        person(2, "Nguyen Van Binh", birth="1980", gender="male", ethnicity="kinh", religion=None,
               hometown="dien ban, quang nam", admitted_on="2005-02-03", phone="0905123456"),
        person(3, "Tong Thi Hanh", birth="1984", gender="female", ethnicity="kinh", religion="Phật giáo",
               hometown="hoi an", admitted_on="2010-05-19", phone="0905123457"),
        person(4, "Truong Cong Minh", birth="1979", gender="male", ethnicity="Co Tu", religion=None,
               hometown="nam giang", admitted_on="2003-09-02", phone="0905123458"),
    )  # fmt: skip


def test_upload_form_of_the_national_database() -> None:
    page = (
        Page("Mau nhap")
        .merge(
            "A1:A2",
            "B1:B2",
            "C1:C2",
            "D1:D2",
            "E1:E2",
            "F1:F2",
            "G1:G2",
            "H1:J1",
            "K1:L1",
            "M1:M2",
            "N1:N2",
            "O1:O2",
        )
        .row(
            1,
            "STT",
            "Họ và tên\n(*)",
            "Tên khác",
            "Giới tính (*)",
            "Ngày sinh (*)",
            "Số định danh cá nhân (*)",
        )
        .row(
            1,
            "Số thẻ đảng viên (*)\n(12 số)",
            "Quê quán (theo mô hình 2 cấp)",
            None,
            None,
            "Thẻ đảng",
            None,
            at="G",
        )
        .row(1, "Ngày vào Đảng (*)", "Ngày chính thức (*)", "Số CMND cũ", at="M")
        .row(2, "Quốc gia (*)", "Tỉnh/Thành phố (*)", "Xã/Phường/Đặc khu (*)", "Nơi cấp", "Ngày cấp", at="H")
        .row(3, None, "Nhập đầy đủ, viết hoa", None, "Chọn Nam/Nữ", "dd/mm/yyyy", "12 chữ số", at="A")
        .row(4, 1, "PHAN THỊ ÁNH TUYẾT", "Sáu", "Nữ", "30/04/1975", 49175001234, "049012345678", "Việt Nam")
        .row(
            4,
            "Đà Nẵng",
            "Duy Nghĩa",
            "Quảng Nam",
            "03/02/2010",
            "19/5/2000",
            "19/5/2001",
            "201234567",
            at="I",
        )
        .row(5, 2, "TRƯƠNG CÔNG ĐỊNH", None, "Nam", "1970", "049070001235", "049012345679", "Việt Nam")
        .row(5, "Đà Nẵng", "Nam Phước", None, None, date(1992, 2, 3), date(1993, 2, 3), at="I")
    )
    assert_read(
        xlsx(page),
        head(
            "Mau nhap", 1,
            "B full_name, D gender, E birth, F national_id, G card_number, I hometown, J hometown, M admitted_on, N official_on",
            ignored="C H K L O", people=2, rows_read=3, skipped={"3": "hint row"},
        ),
        person(4, "Phan Thị Ánh Tuyết", birth="1975-04-30", gender="female", hometown="Duy Nghĩa, Đà Nẵng",
               admitted_on="2000-05-19", official_on="2001-05-19", card_number="049012345678",
               national_id="049175001234"),
        person(5, "Trương Công Định", birth="1970", gender="male", hometown="Nam Phước, Đà Nẵng",
               admitted_on="1992-02-03", official_on="1993-02-03", card_number="049012345679",
               national_id="049070001235"),
    )  # fmt: skip


def test_two_lists_side_by_side_on_one_page() -> None:
    page = (
        Page()
        .row(1, "CHI BỘ KHỐI PHỐ XUYÊN ĐÔNG")
        .row(2, "TT", "Họ và tên", "Năm sinh", None, "TT", "Họ và tên", "Năm sinh")
        .row(3, 1, "Cao Bá Quát", 1955, None, 3, "Mai Thúc Loan", 1961)
        .row(4, 2, "Bùi Thị Xuân", 1959, None, 4, "Lê Chân", 1963)
        .row(5, None, None, None, None, 5, "Tô Hiến Thành", 1970)
    )
    cell = "CHI BỘ KHỐI PHỐ XUYÊN ĐÔNG"
    assert_read(
        xlsx(page),
        head("Sheet1", 2, "B full_name, C birth, F full_name, G birth", people=5, rows_read=3),
        person(3, "Cao Bá Quát", birth="1955", cell=cell),
        person(3, "Mai Thúc Loan", birth="1961", cell=cell),
        person(4, "Bùi Thị Xuân", birth="1959", cell=cell),
        person(4, "Lê Chân", birth="1963", cell=cell),
        person(5, "Tô Hiến Thành", birth="1970", cell=cell),
    )  # fmt: skip


def test_cell_column_merged_over_its_members_and_people_written_over_two_rows() -> None:
    page = (
        Page()
        .merge("A3:A4", "B3:B4", "C3:C4", "D3:D6", "D7:D8")
        .row(2, "STT", "Họ và tên", "Ngày sinh", "Sinh hoạt tại chi bộ", "Quá trình công tác", "Ghi chú")
        .row(3, 1, "Huỳnh Văn Nghệ", "1/2/1964", "Chi bộ Trạm Y tế", "1990-2000: bộ đội")
        .row(4, "2000 đến nay: y sĩ", at="E")
        .row(5, 2, "Đặng Thị Nhu", "5/6/1980", None, "Y tá")
        .row(6, 3, "Đặng Văn Ngữ", "7/8/1982", None, "Bác sĩ")
        .row(7, 4, "Tạ Quang Bửu", "9/9/1969", "Chi bộ Quân sự")
        .row(8, 5, "Trương Định", "10/10/1971", None, None, "Chuyển đến")
    )
    assert_read(
        xlsx(page),
        head("Sheet1", 2, "B full_name, C birth, D cell, F note", ignored="E", people=5, rows_read=6,
             skipped={"4": "continued row"}),
        person(3, "Huỳnh Văn Nghệ", birth="1964-02-01", cell="Chi bộ Trạm Y tế"),
        person(5, "Đặng Thị Nhu", birth="1980-06-05", cell="Chi bộ Trạm Y tế"),
        person(6, "Đặng Văn Ngữ", birth="1982-08-07", cell="Chi bộ Trạm Y tế"),
        person(7, "Tạ Quang Bửu", birth="1969-09-09", cell="Chi bộ Quân sự"),
        person(8, "Trương Định", birth="1971-10-10", cell="Chi bộ Quân sự", note="Chuyển đến"),
    )  # fmt: skip

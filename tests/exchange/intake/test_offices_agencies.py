"""Lists that were written down before anyone looked at how they are read: agencies, schools and firms."""

from datetime import date

from exchange.intake.books import Formula, In, grid, ods, text, xlsx
from exchange.intake.clerk import assert_people, on


def test_columns_named_as_a_database_names_them() -> None:
    assert_people(
        text(
            grid(
                "x",
                """
                id|ho_ten|ngay_sinh|gioi_tinh|dan_toc|ton_giao|que_quan|ngay_vao_dang|ngay_chinh_thuc|so_the_dang|so_cccd|so_dien_thoai|chi_bo|email
                1|Nguyễn Bá Ngọc|1952-03-05|Nam|Kinh|Không|Quảng Xương|1980-02-03|1981-02-03|27.001234|038052000111|0912000111|Chi bộ 1|a@b.vn
                2|Nguyễn Bá Ngọc|1952-03-05 00:00:00|Nam|Kinh|Không||||||||
                3|Kơ Pa Kơ Lơng|1990|Nam|Gia Rai|Không||2018|2019||38052000112|912000113|chi bộ 1|
                """,
            ),
            ",",
        ).encode("utf-8-sig"),
        on(
            None,
            2,
            "Nguyễn Bá Ngọc",
            "birth 1952-03-05 · gender male · ethnicity Kinh · religion none · hometown Quảng Xương · admitted_on 1980-02-03 · official_on 1981-02-03 · card_number 27.001234 · national_id 038052000111 · phone 0912000111 · cell Chi bộ 1",
        ),
        on(
            None,
            3,
            "Nguyễn Bá Ngọc",
            "birth 1952-03-05 · gender male · ethnicity Kinh · religion none",
            errors="B duplicate_in_file",
        ),
        on(
            None,
            4,
            "Kơ Pa Kơ Lơng",
            "birth 1990 · gender male · ethnicity Gia Rai · religion none · admitted_on 2018 · official_on 2019 · national_id 038052000112 · phone 0912000113 · cell Chi bộ 1",
        ),
        name="dang_vien.csv",
    )


def test_a_firm_list_with_formulas_and_error_cells() -> None:
    page = grid(
        "Cty CP May 29-3",
        """
        CÔNG TY CP MAY 29-3
        CHI BỘ PHÂN XƯỞNG CẮT
        DANH SÁCH ĐẢNG VIÊN NĂM 2026
        STT|Họ|Tên|Họ và tên|Ngày sinh|Bộ phận|Ngày vào Đảng|Tuổi Đảng|SĐT
        |Lê Thị|Thu|||Tổ 1|19/5/2015||n:935111222
        |Mai|Xuân|||Tổ 2|19/5/2016||
        |Đỗ Văn|Đông|||Tổ 2|19/5/2016||
        """,
    )
    for row, name, born in ((5, "Lê Thị Thu", date(1990, 5, 6)), (6, "Mai Xuân", date(1991, 1, 1))):
        page.row(row, Formula(f'=B{row}&" "&C{row}', name), In(born, "dd/mm/yyyy"), at="D")
        page.row(row, Formula("=2026-2015", 11), at="H").row(row, Formula(f"=ROW()-{4}", row - 4))
    page.row(7, Formula("=ROW()-4", 3)).row(7, Formula('=B7&" "&C7', "Đỗ Văn Đông"), at="D")
    page.row(7, Formula("=1/0", "#DIV/0!"), at="H")
    assert_people(
        xlsx(page),
        on(
            "Cty CP May 29-3",
            5,
            "Lê Thị Thu",
            "birth 1990-05-06 · admitted_on 2015-05-19 · phone 0935111222 · cell Chi bộ Phân xưởng cắt",
        ),
        on(
            "Cty CP May 29-3",
            6,
            "Mai Xuân",
            "birth 1991-01-01 · admitted_on 2016-05-19 · cell Chi bộ Phân xưởng cắt",
        ),
        on("Cty CP May 29-3", 7, "Đỗ Văn Đông", "admitted_on 2016-05-19 · cell Chi bộ Phân xưởng cắt"),
    )


def test_an_agency_counting_its_days_from_1904() -> None:
    page = grid(
        "CB Công an xã",
        """
        ST T|Cấp bậc|Họ và tên|Sinh năm|Ngày tháng năm kết nạp|Ngày tháng năm chính thức|Chức vụ|Ngày vào ngành|Số hiệu CAND
        n:1|Trung tá|Trần Quốc Hoàn|n:1975|d:1998-09-02|d:1999-09-02|Trưởng CAX|d:1995-09-01|123-456
        n:2|Đại úy|Phạm Hùng||d:2012-08-19|d:2013-08-19|Phó Trưởng CAX||
        """,
    )
    page.row(3, In(date(1988, 2, 29), "[$-42A]dd mmmm yyyy"), at="D")
    assert_people(
        xlsx(page, date_1904=True),
        on(
            "CB Công an xã",
            2,
            "Trần Quốc Hoàn",
            "birth 1975 · admitted_on 1998-09-02 · official_on 1999-09-02 · post Trưởng CAX · cell Chi bộ Công an xã",
        ),
        on(
            "CB Công an xã",
            3,
            "Phạm Hùng",
            "birth 1988-02-29 · admitted_on 2012-08-19 · official_on 2013-08-19 · post Phó Trưởng CAX · cell Chi bộ Công an xã",
        ),
    )


def test_a_text_file_of_a_school_in_windows_letters() -> None:
    page = grid(
        "x",
        """
        TRƯỜNG THPT SÀO NAM;
        DANH SÁCH ĐẢNG VIÊN CHI BỘ GIÁO VIÊN
        TT|Họ đệm|Tên|Phái|Ngày sinh|Trình độ chuyên môn|Lý luận|Vào Đảng|Vào chính thức|Số thẻ|Tổ bộ môn
        1|Phan Thị|Hiền|nữ|6.7.1984|Thạc sĩ Toán|TC|20.11.2010|20.11.2011|49.055555|Toán - Tin
        2|Bùi Xuân|Phái|nam|1/9/80|ĐH Mỹ thuật|SC|3/2/05|3/2/06||Năng khiếu
        3|Trần Tế|Xương||30/02/1979|||3/2/2005|||Văn
        """,
    )
    body = text(page).replace("\r\n", "\n")
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    written = ""
    for letter in body:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((one for one in parts if one in tones), "")
        written += unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts) + tone
    assert_people(
        written.encode("cp1258"),
        on(
            None,
            4,
            "Phan Thị Hiền",
            "gender female · birth 1984-07-06 · qualification Thạc sĩ Toán · political_theory intermediate · admitted_on 2010-11-20 · official_on 2011-11-20 · card_number 49.055555 · cell Chi bộ Giáo viên",
        ),
        on(
            None,
            5,
            "Bùi Xuân Phái",
            "gender male · birth 1980-09-01 · qualification ĐH Mỹ thuật · political_theory elementary · admitted_on 2005-02-03 · official_on 2006-02-03 · cell Chi bộ Giáo viên",
            doubts="E two_digit_year, H two_digit_year, I two_digit_year",
        ),
        on(
            None,
            6,
            "Trần Tế Xương",
            "admitted_on 2005-02-03 · cell Chi bộ Giáo viên",
            errors="E unreadable_date",
        ),
        name="gv.csv",
    )


def test_an_open_document_with_one_sheet_for_each_cell() -> None:
    book = ods(
        grid("Bìa", "ĐẢNG BỘ CƠ QUAN ĐẢNG ỦY\nNăm 2026"),
        grid(
            "Chi bộ Văn phòng",
            """
            STT|Họ và tên|Nam|Nữ|Ngày sinh|Chức vụ Đảng|Chức vụ chính quyền|LLCT|Ngày vào Đảng|Ngày CT
            1|Lương Khắc Ninh|1||d:1976-08-08|Chi ủy viên|Chánh VP|Cao cấp|d:2002-02-03|d:2003-02-03
            2|Sương Thị Thu||1|d:1986-01-01||Văn thư|Trung cấp|2014|2015
            3|Ngô Tùng Châu|1|1|1988||||2014|2015
            """,
        ),
        grid(
            "Chi bộ Mặt trận",
            """
            STT|Họ và tên|Nam|Nữ|Ngày sinh|Chức vụ Đảng|Chức vụ chính quyền|LLCT|Ngày vào Đảng|Ngày CT
            1|Sương Thị  Thu||√|01/01/1986||||2014|2015
            2|Lê Văn Khôi|✓||12/1950|||||
            """,
        ),
        grid("Nháp", "STT|Họ và tên|Ngày sinh\n1|Ai Đó|1990", hidden=True),
    )
    assert_people(
        book,
        on(
            "Chi bộ Văn phòng",
            2,
            "Lương Khắc Ninh",
            "gender male · birth 1976-08-08 · party_post Chi ủy viên · post Chánh VP · political_theory advanced · admitted_on 2002-02-03 · official_on 2003-02-03 · cell Chi bộ Văn phòng",
        ),
        on(
            "Chi bộ Văn phòng",
            3,
            "Sương Thị Thu",
            "gender female · birth 1986-01-01 · post Văn thư · political_theory intermediate · admitted_on 2014 · official_on 2015 · cell Chi bộ Văn phòng",
        ),
        on(
            "Chi bộ Văn phòng",
            4,
            "Ngô Tùng Châu",
            "birth 1988 · admitted_on 2014 · official_on 2015 · cell Chi bộ Văn phòng",
            doubts="C gender_unclear",
        ),
        on(
            "Chi bộ Mặt trận",
            2,
            "Sương Thị Thu",
            "gender female · birth 1986-01-01 · admitted_on 2014 · official_on 2015 · cell Chi bộ Mặt trận",
            errors="B duplicate_in_file",
        ),
        on("Chi bộ Mặt trận", 3, "Lê Văn Khôi", "gender male · birth 1950-12 · cell Chi bộ Mặt trận"),
        name="cqdu.ods",
    )


def test_a_text_file_as_excel_saves_unicode() -> None:
    raw = text(
        grid(
            "x",
            """
            Danh sách đảng viên Chi bộ Bệnh viện Đa khoa
            STT|Họ và tên|Giới tính|Ngày sinh|Dân tộc|Nghề nghiệp|Ngày vào Đảng CSVN lần đầu|Ngày công nhận chính thức|Số CCCD|Ngày cấp|Nơi cấp|Quê quán
            1|TÔN THẤT TÙNG|Nam|10-5-1972|Kinh|Bác sĩ CKII|3-2-2000|3-2-2001|"046072000111"|10-5-2021|Cục CS QLHC|Huế
            2|ĐẶNG THÙY TRÂM|Nữ|26-11-1982|Kinh|Bác sĩ|27-9-2008|27-9-2009|46182000112|||Huế
            """,
        ),
        "\t",
    ).replace('"""', '"')
    assert_people(
        raw.encode("utf-16"),
        on(
            None,
            3,
            "Tôn Thất Tùng",
            "gender male · birth 1972-05-10 · ethnicity Kinh · occupation Bác sĩ CKII · admitted_on 2000-02-03 · official_on 2001-02-03 · national_id 046072000111 · hometown Huế · cell Chi bộ Bệnh viện Đa khoa",
        ),
        on(
            None,
            4,
            "Đặng Thùy Trâm",
            "gender female · birth 1982-11-26 · ethnicity Kinh · occupation Bác sĩ · admitted_on 2008-09-27 · official_on 2009-09-27 · national_id 046182000112 · hometown Huế · cell Chi bộ Bệnh viện Đa khoa",
        ),
        name="bv.csv",
    )

"""Lists that were written down before anyone looked at how they are read: what stands in their cells."""

from datetime import date

from exchange.intake.books import In, grid, text, xlsx
from exchange.intake.clerk import assert_people, assert_read, head, on, person


def test_a_dump_of_a_program_with_codes_and_times() -> None:
    page = grid(
        "DanhSachDangVien",
        """
        #|MaDangVien|HoVaTen|TenKhac|NgaySinh|GioiTinh|DanToc|TonGiao|QueQuan|NoiOHienNay|TrinhDoVanHoa|TrinhDoChuyenMon|LyLuanChinhTri|NgayVaoDang|NgayChinhThuc|SoTheDang|SoCCCD|TenChiBo|TrangThai
        n:1|DV0001|Ngô Quyền|||1|Kinh|Không|Đường Lâm|Cổ Loa|12/12|Đại học|03 - Cao cấp|||n:490001|n:1070000123|Chi bộ thôn 1|Đang sinh hoạt
        n:2|DV0002|Lê Chân|||2. Nữ|Kinh|Phật giáo|An Biên|Hải Tần|10/12||01 - Sơ cấp|||n:490002|n:31170000124|Chi bộ thôn 1|Miễn sinh hoạt
        n:3|DV0003|Phùng Hưng|||Nam|Mường|Không||||||||490003|31.070.000.125|Chi bộ thôn 2|Đang sinh hoạt
        """,
    )
    page.row(2, In(date(1970, 1, 5), "dd/mm/yyyy hh:mm"), at="E")
    page.row(2, In(date(1995, 3, 2), "m/d/yyyy"), In(date(1996, 3, 2), "m/d/yyyy"), at="N")
    page.row(3, "05/01/1970 00:00:00", at="E").row(3, "2/3/1995 12:00:00 AM", "1996-03-02T00:00:00", at="N")
    page.row(4, In(1970, "General"), at="E").row(4, 34760, "34 760", at="N")
    assert_people(
        xlsx(page),
        on(
            "DanhSachDangVien",
            2,
            "Ngô Quyền",
            "birth 1970-01-05 · ethnicity Kinh · religion none · hometown Đường Lâm · residence Cổ Loa · education 12/12 · qualification Đại học · political_theory advanced · admitted_on 1995-03-02 · official_on 1996-03-02 · card_number 490001 · national_id 001070000123 · cell Chi bộ thôn 1",
            doubts="F gender_unclear",
        ),
        on(
            "DanhSachDangVien",
            3,
            "Lê Chân",
            "birth 1970-01-05 · gender female · ethnicity Kinh · religion Phật giáo · hometown An Biên · residence Hải Tần · education 10/12 · political_theory elementary · admitted_on 1995-03-02 · official_on 1996-03-02 · card_number 490002 · national_id 031170000124 · exempt yes · cell Chi bộ thôn 1",
        ),
        on(
            "DanhSachDangVien",
            4,
            "Phùng Hưng",
            "birth 1970 · gender male · ethnicity Mường · religion none · admitted_on 1995-03-02 · card_number 490003 · national_id 31.070.000.125 · cell Chi bộ thôn 2",
            errors="O unreadable_date",
            doubts="Q id_length",
        ),
    )


def test_a_text_file_with_semicolons_lines_inside_and_no_numbering() -> None:
    raw = (
        "DANH SÁCH ĐẢNG VIÊN;;;;\r\n"
        '"Họ và tên\nkhai sinh";"Ngày, tháng,\nnăm sinh";Giới tính;"Nơi ở; thôn, tổ";Ghi chú\r\n'
        '"Lê Lai";1/3/1960;Nam;"Tổ 1;\nthôn Lam Sơn";"được miễn SH;\nyếu"\r\n'
        "\r\n"
        "Nguyễn Xí;29/2/1960;Nam;;\r\n"
        "Đinh Lễ;31/4/1961;Nam;;\r\n"
        "Trần Nguyên Hãn;;Năm;;\r\n"
        "Cộng: 4;;;;\r\n"
    )
    assert_read(
        raw.encode("utf-8"),
        head(
            None,
            2,
            "A full_name, B birth, C gender, D residence, E note",
            people=4,
            rows_read=6,
            skipped={"8": "total row"},
        ),
        person(
            3,
            "Lê Lai",
            birth="1960-03-01",
            gender="male",
            residence="Tổ 1; thôn Lam Sơn",
            note="được miễn SH; yếu",
            exempt=True,
        ),
        person(5, "Nguyễn Xí", birth="1960-02-29", gender="male"),
        person(6, "Đinh Lễ", gender="male", errors="B unreadable_date"),
        person(7, "Trần Nguyên Hãn", doubts="C gender_unclear"),
        name="lam-son.csv",
    )


def test_marks_and_words_of_nothing() -> None:
    assert_people(
        xlsx(
            grid(
                "ds",
                """
                TT|Họ và tên|Ngày sinh|Nữ|Tôn giáo|LLCT|Miễn CT và SHĐ|Ngày chính thức|Ngày vào Đảng|Điện thoại|Chức vụ Đảng|Ghi chú
                1|Tô Hiến Thành|1/1/1960|-|Ko|Chưa học|x|chưa|3/2/1985|không có|-|Đã miễn sinh hoạt năm 2020
                2|Bùi Thị Xuân|1/1/1961|Nữ|Không theo đạo|SC LLCT||Dự bị|3/2/2026|0905.111.222 (con)|Chi ủy viên|không được miễn sinh hoạt
                3|Trần Thủ Độ|1/1/1962||Cao Đài|Đang học TC|không|//|3/2/1987|(0235) 3 877 123|P. Bí thư|Miễn đảng phí
                """,
            ),
        ),
        on(
            "ds",
            2,
            "Tô Hiến Thành",
            "birth 1960-01-01 · gender male · religion none · exempt yes · admitted_on 1985-02-03 · note Đã miễn sinh hoạt năm 2020",
        ),
        on(
            "ds",
            3,
            "Bùi Thị Xuân",
            "birth 1961-01-01 · gender female · religion none · political_theory elementary · admitted_on 2026-02-03 · phone 0905111222 · party_post Chi ủy viên · note không được miễn sinh hoạt",
        ),
        on(
            "ds",
            4,
            "Trần Thủ Độ",
            "birth 1962-01-01 · gender male · religion Cao Đài · admitted_on 1987-02-03 · phone 02353877123 · party_post P. Bí thư · note Miễn đảng phí",
        ),
    )


def test_three_columns_for_a_name_and_a_month_of_birth() -> None:
    assert_people(
        text(
            grid(
                "x",
                """
                STT|Họ|Chữ lót|Tên|Ngày|Tháng|Năm sinh|Thôn|Xã|Kết nạp
                1|Đặng|Thị Thu|Hà|05|09|1971|Thôn 2|Duy Sơn|03.02.1995
                2|Võ||Tánh||9|71|||1996
                """,
            ),
            "\t",
        ).encode("utf-8"),
        on(None, 2, "Đặng Thị Thu Hà", "birth 1971-09-05 · admitted_on 1995-02-03"),
        on(None, 3, "Võ Tánh", "birth 1971-09 · admitted_on 1996", doubts="F two_digit_year"),
        name="ds.csv",
    )

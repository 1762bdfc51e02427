"""Lists that were written down before anyone looked at how they are read: odd pages."""

from exchange.intake.books import grid, xlsx
from exchange.intake.clerk import assert_people, on


def test_the_new_identity_number_counts_before_the_old() -> None:
    assert_people(
        xlsx(
            grid(
                "CB Trường THPT",
                """
                Số TT|Họ và tên|Ngày sinh|Số CMND (9 số)|Số CCCD (12 số)|Ngày cấp CCCD|Nơi cấp|Số điện thoại di động|Email|Dân tộc|Tôn giáo|Trình độ học vấn|Trình độ chuyên môn|Học vị|Lý luận chính trị|Ngoại ngữ|Tin học
                1|Lương Đình Của|16/8/1980|201000111|n:49080000111|1/1/2021|Cục CS|0905000222|x@y.vn|Kinh|Không theo|12/12|ĐHSP Toán|Thạc sĩ|Trung cấp|B1|A
                2|Hồ Đắc Di|11/5/1979||'049079000222|||0905000223||Tày|Tin Lành|12/12|ĐHSP Văn||Sơ cấp||
                """,
            ),
        ),
        on(
            "CB Trường THPT",
            2,
            "Lương Đình Của",
            birth="1980-08-16",
            national_id="049080000111",
            phone="0905000222",
            ethnicity="Kinh",
            religion=None,
            education="12/12",
            qualification="ĐHSP Toán",
            political_theory="intermediate",
            cell="Chi bộ Trường THPT",
        ),
        on(
            "CB Trường THPT",
            3,
            "Hồ Đắc Di",
            birth="1979-05-11",
            national_id="049079000222",
            phone="0905000223",
            ethnicity="Tày",
            religion="Tin Lành",
            education="12/12",
            qualification="ĐHSP Văn",
            political_theory="elementary",
            cell="Chi bộ Trường THPT",
        ),
    )


def test_pages_with_their_titles_repeated() -> None:
    assert_people(
        xlsx(
            grid(
                "Sheet1",
                """
                DANH SÁCH ĐẢNG VIÊN XÃ
                STT|Họ và tên|Năm sinh|Ngày vào Đảng
                A|KHỐI NÔNG THÔN
                |Chi bộ thôn Bàn Sơn
                1|Lê Cảnh Tuân|1955|1/1/1980
                2|Lê Thúc Trực|1956|1/1/1981
                |Trang 1
                DANH SÁCH ĐẢNG VIÊN XÃ
                STT|HỌ VÀ TÊN|NĂM SINH|NGÀY VÀO ĐẢNG
                3|Lê Văn Miến|1957|1/1/1982
                B|KHỐI TRƯỜNG HỌC
                |Chi bộ Trường THCS Trần Cao Vân:|02 đảng viên
                4|Lê Trí Viễn|1958|1/1/1983
                Tổng số đảng viên trong danh sách: 4
                Ngày 20 tháng 10 năm 2024
                Người lập danh sách|||Xác nhận của Đảng ủy
                Lê Trí Viễn|||Bí thư
                """,
            ),
        ),
        on("Sheet1", 5, "Lê Cảnh Tuân", birth="1955", admitted_on="1980-01-01", cell="Chi bộ thôn Bàn Sơn"),
        on("Sheet1", 6, "Lê Thúc Trực", birth="1956", admitted_on="1981-01-01", cell="Chi bộ thôn Bàn Sơn"),
        on("Sheet1", 10, "Lê Văn Miến", birth="1957", admitted_on="1982-01-01", cell="Chi bộ thôn Bàn Sơn"),
        on(
            "Sheet1",
            13,
            "Lê Trí Viễn",
            birth="1958",
            admitted_on="1983-01-01",
            cell="Chi bộ Trường THCS Trần Cao Vân",
        ),
    )


def test_a_form_and_the_family_are_not_the_list() -> None:
    assert_people(
        xlsx(
            grid(
                "Lý lịch",
                """
                Họ và tên:|Nguyễn Văn A
                Ngày sinh:|1/1/1980
                Quê quán:|Duy Sơn
                """,
            ),
            grid(
                "ĐV",
                """
                TT|Họ tên|Ngày, tháng năm sinh|Nơi sinh|Ngày và nơi kết nạp|Ngày kết nạp|Họ tên bố|Họ tên mẹ|Năm sinh mẹ|Họ và tên vợ (hoặc chồng)|Số con
                1|Nguyễn Văn A|1/1/1980|Huế|1/1/2005, Huế|1/1/2005|Nguyễn B|Lê C|1950|Trần D|2
                """,
            ),
        ),
        on("ĐV", 2, "Nguyễn Văn A", birth="1980-01-01", admitted_on="2005-01-01"),
    )

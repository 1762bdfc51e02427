"""The parts of a headed document, and what ends a part in running news."""

from tochuc.documents.extract.record import extract

NOTICE = """ĐẢNG BỘ TỈNH HƯNG LONG
HUYỆN ỦY KIM SƠN
*
Số 112-TB/HU
Kim Sơn, ngày 20 tháng 4 năm 2023

THÔNG BÁO KẾT LUẬN
của đồng chí Bí thư Huyện ủy tại Hội nghị giao ban quý I năm 2023

Ngày 18/4/2023, Ban Thường vụ Huyện ủy Kim Sơn tổ chức Hội nghị giao ban. Đồng chí Trần Văn Bình, Bí thư Huyện ủy chủ trì.
Thành phần dự: Thường trực Huyện ủy; lãnh đạo các ban xây dựng Đảng.

I. ĐÁNH GIÁ KẾT QUẢ
1. Các chi bộ duy trì nền nếp sinh hoạt định kỳ.
2. Toàn huyện kết nạp 35 đảng viên, đạt 23% kế hoạch.
II. TỒN TẠI, HẠN CHẾ
- Một số chi bộ thôn chưa tạo được nguồn phát triển đảng viên.
- Hồ sơ đảng viên còn thiếu, chậm bổ sung.
III. NHIỆM VỤ TRỌNG TÂM
1. Ban Tổ chức Huyện ủy hướng dẫn các đảng ủy xã rà soát nguồn kết nạp, xong trước ngày 30/5/2023.
2. Các đảng ủy xã, thị trấn báo cáo kết quả theo Quy định số 04-QĐi/HU.
Nơi nhận:
- Thường trực Tỉnh ủy (để báo cáo),
"""


def test_a_notice_is_read_by_its_headings() -> None:
    record = extract(NOTICE)
    assert (record.title or "").startswith("THÔNG BÁO KẾT LUẬN của đồng chí Bí thư")
    assert [one.text.split()[0] for one in record.delegates] == ["Thường", "lãnh"]
    assert [one.text.split()[0] for one in record.results] == ["Các", "Toàn"]
    assert [one.text.split()[0] for one in record.limitations] == ["Một", "Hồ"]
    assert [one.text.split()[0] for one in record.tasks] == ["Ban", "Các"]
    assert (str(record.event_date), record.host) == ("2023-04-18", "Ban Thường vụ Huyện ủy Kim Sơn")


def test_the_day_of_signing_of_a_notice_is_not_its_event() -> None:
    assert extract(NOTICE.replace("Ngày 18/4/2023, ", "")).event_date is None


def test_what_is_asked_for_is_a_task_and_who_attended_ends_it() -> None:
    text = "Bí thư Huyện ủy yêu cầu các cấp ủy rà soát hồ sơ; tạo nguồn kết nạp. Dự có đại diện Ban Tổ chức Tỉnh ủy."
    record = extract(text)
    assert [one.text for one in record.tasks] == [
        "Bí thư Huyện ủy yêu cầu các cấp ủy rà soát hồ sơ",
        "tạo nguồn kết nạp",
    ]
    assert [one.text for one in record.delegates] == ["đại diện Ban Tổ chức Tỉnh ủy"]


def test_a_word_for_demand_that_is_no_demand_opens_nothing() -> None:
    assert extract("Đội ngũ cán bộ đáp ứng yêu cầu nhiệm vụ trong giai đoạn mới.").tasks == ()


def test_lists_on_lines_of_their_own_continue_what_introduced_them() -> None:
    text = "Hội nghị đề nghị các chi bộ thực hiện các nhiệm vụ sau:\n- Rà soát hồ sơ đảng viên.\n- Tạo nguồn kết nạp ở thôn."
    assert [one.text for one in extract(text).tasks][-2:] == [
        "Rà soát hồ sơ đảng viên",
        "Tạo nguồn kết nạp ở thôn",
    ]


def test_the_event_of_this_morning_is_on_the_day_of_publication() -> None:
    text = "10:20, 21/11/2018\nSáng nay, Huyện ủy Đại Lộc tổ chức hội nghị giao ban."
    assert str(extract(text).event_date) == "2018-11-21"
    assert str(extract(text.replace("Sáng nay", "Hôm qua")).event_date) == "2018-11-20"

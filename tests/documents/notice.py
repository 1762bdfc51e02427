"""A notice of conclusions with invented people, and the layout in force on its day, for the tests of drafting."""

from datetime import date

from tochuc.documents.drafting.conclusion import ConclusionNotice, NoticeTask
from tochuc.documents.drafting.document import Letterhead, Signature
from tochuc.documents.drafting.layout import Layout
from tochuc.rules.ask import rule

ISSUED = date(2023, 4, 14)
LAYOUT = Layout.from_rules(lambda rule_id: rule(rule_id, on=ISSUED).value)

NOTICE = ConclusionNotice(
    letterhead=Letterhead("Huyện ủy Duy Xuyên", "Ban Tổ chức", 7, "TB/BTCHU", "Duy Xuyên", ISSUED),
    meeting="Hội nghị triển khai chương trình công tác tổ chức xây dựng Đảng năm 2023",
    held_on=date(2023, 4, 11),
    part_of_day="sáng",
    held_at="Hội trường Huyện ủy",
    host="Ban Tổ chức Huyện ủy",
    chair_name="Trần Thị Minh Châu",
    chair_post="Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện ủy",
    attendance=(
        "đại diện lãnh đạo các cơ quan tham mưu, giúp việc Huyện ủy",
        "lãnh đạo Phòng Nội vụ",
        "bí thư, phó bí thư thường trực 14 xã, thị trấn",
    ),
    results=(
        "Tham mưu Ban Thường vụ Huyện ủy cụ thể hóa các quy định, hướng dẫn của cấp trên; "
        "kiện toàn chức danh lãnh đạo tại các xã, thị trấn, cơ quan của huyện",
        "Công tác quy hoạch, đào tạo, bồi dưỡng cán bộ được chú trọng",
    ),
    limitations=(
        "Một số chi bộ thôn, khối phố còn bị động trong tạo nguồn cảm tình Đảng",
        "Việc đánh giá chất lượng sinh hoạt chi bộ chưa thực hiện đều ở các chi bộ",
    ),
    tasks=(
        NoticeTask(
            "Sơ kết giữa nhiệm kỳ việc thực hiện nghị quyết đại hội nhiệm kỳ 2020-2025",
            ("Đảng ủy các xã, thị trấn",),
            date(2023, 6, 30),
        ),
        NoticeTask(
            "Rà soát nguồn phát triển đảng viên ở chi bộ thôn, khối phố, lập danh sách quần chúng ưu tú",
            (
                "Đảng ủy xã Duy Phước",
                "Đảng ủy xã Duy Vinh",
                "Đảng ủy xã Duy Hải",
                "Đảng ủy xã Duy Nghĩa",
                "Đảng ủy thị trấn Nam Phước",
            ),
            date(2023, 5, 31),
        ),
        NoticeTask(
            "Chấn chỉnh việc nhận xét đảng viên đang công tác tại nơi cư trú, thống nhất thời gian nhận xét",
            ("Đảng ủy các xã, thị trấn", "Ban Tổ chức Huyện ủy"),
            date(2023, 10, 31),
        ),
    ),
    recipients=(
        "Thường trực Huyện ủy (báo cáo)",
        "Các cơ quan tham mưu, giúp việc Huyện ủy",
        "Đảng ủy các xã, thị trấn",
        "Lưu Ban Tổ chức Huyện ủy",
    ),
    signature=Signature("Trưởng ban", "Trần Thị Minh Châu"),
)

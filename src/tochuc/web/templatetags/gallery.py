"""Examples for the gallery of parts: invented people, real kinds of name and length, few rows and many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms, template
from django.core.paginator import Paginator

register = template.Library()

TODAY = date(2023, 4, 11)
_FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Huỳnh", "Đặng", "Bùi", "Hồ", "Phan", "Dương", "Lý"]
_MIDDLE = ["Văn", "Thị", "Thị Thúy", "Đức", "Thị Ngọc", "Quang", "Hữu", "Thị Kim", "Công Tằng Tôn Nữ Thị"]
_GIVEN = [
    "An",
    "Bình",
    "Cúc",
    "Dũng",
    "Én",
    "Giang",
    "Hồng",
    "Khánh",
    "Lựu",
    "Mẫn",
    "Ngà",
    "Oanh",
    "Phượng",
    "Quý",
    "Sửu",
    "Thủy",
    "Uyển",
    "Vượng",
    "Xuyến",
    "Yến",
]
_CELLS = (
    "Chi bộ thôn Trà Đông",
    "Chi bộ Trường Trung học cơ sở Nguyễn Thành Hãn",
    "Chi bộ khối phố Long Xuyên 1",
    "Chi bộ Quân sự thị trấn Nam Phước",
    "Chi bộ Hợp tác xã Nông nghiệp kinh doanh dịch vụ tổng hợp xã Duy Phước",
)
LONG_NAME = "Đảng ủy các cơ quan chuyên trách tham mưu, giúp việc Huyện ủy và Ban Tổ chức Huyện ủy Duy Xuyên"
STANDING = (("Chính thức", "good"), ("Dự bị, đến 12/03/2024", "wait"), ("Quá hạn công nhận 14 ngày", "late"))


@register.simple_tag
def examples() -> dict[str, Any]:
    """Everything that ``gallery.html`` shows."""
    checked = ExampleForm({"when": "31/2/2023", "kind": "", "note": "Chưa rõ", "once": ""})
    checked.is_valid()
    return {
        "long_name": LONG_NAME,
        "form": ExampleForm(initial={"when": date(2023, 4, 1), "kind": "out"}),
        "wrong_form": checked,
        "columns": COLUMNS,
        "rows_1": rows(1),
        "rows_15": rows(15),
        "rows_300": rows(300),
        "page": Paginator(range(300), 15).page(7),
        "tasks": TASKS,
        "facts": FACTS,
        "timeline": TIMELINE,
        "steps": STEPS,
        "changes": CHANGES,
        "groups": [{"label": "Tăng trong kỳ", "span": 4}, {"label": "Giảm trong kỳ", "span": 5}],
        "figure_columns": [{"label": label} for label in FIGURES],
        "figures": statement_rows(),
        "text": TEXT,
        "spans": spans(),
        "files": FILES,
        "found": FOUND,
        "tabs": TABS,
        "breadcrumb": BREADCRUMB,
        "filters": FILTERS,
        "asof": ASOF,
    }


def person(number: int) -> str:
    """An invented full name; each number has its own."""
    return " ".join(
        (
            _FAMILY[number % len(_FAMILY)],
            _MIDDLE[number % len(_MIDDLE)],
            _GIVEN[number * 7 % len(_GIVEN)],
        )
    )


def rows(count: int) -> list[dict[str, Any]]:
    """A list of members as the table part takes it."""
    listed = []
    for i in range(count):
        words, kind = STANDING[0 if i % 5 else i % 3]
        admitted = TODAY - timedelta(days=97 * (i + 3) % 15000)
        listed.append(
            {
                "url": f"/dang-vien/{i}/",
                "key": str(i),
                "name": person(i),
                "under": f"sinh {1950 + i * 13 % 50}",
                "quiet": i == 8,
                "cells": [
                    {"text": words, "status": kind},
                    {"text": _CELLS[i % len(_CELLS)], "url": "/to-chuc/dx-nam-phuoc/"},
                    admitted,
                    (TODAY - admitted).days // 365,
                    i * 1234,
                ],
            }
        )
    return listed


def statement_rows() -> list[dict[str, Any]]:
    """A year's movements by unit, with a total and its parts."""
    listed = []
    for i, name in enumerate(("Đảng bộ huyện Duy Xuyên", "Đảng bộ thị trấn Nam Phước", *_CELLS)):
        scale = (4812, 614, 48, 31, 55, 22, 17)[i]
        moves = [scale, *(scale // part for part in (40, 90, 400, 41, 300, 120, 95, 500, 60))]
        closing = scale + sum(moves[1:4]) - sum(moves[5:])
        cells = [{"value": n, "url": f"/dang-vien/?so={n}"} for n in (*moves, closing)]
        listed.append(
            {"label": name, "url": "/to-chuc/dx/", "total": i == 0, "level": min(i, 2), "cells": cells}
        )
    return listed


def spans() -> list[dict[str, Any]]:
    """Where the items of the draft come from in the example text."""
    wanted = (
        "sáng ngày 14/3/2023",
        "đồng chí Trần Thị Kim Oanh",
        "Kết luận ngày 02/3/2023",
        "trước ngày 30/6/2023",
    )
    return [
        {"start": TEXT.index(w), "end": TEXT.index(w) + len(w), "id": i, "label": f"Mục {i}"}
        for i, w in enumerate(wanted, 1)
    ]


class ExampleForm(forms.Form):
    """Every control that a page may need."""

    title = forms.CharField(label="Tên hội nghị", max_length=200, help_text="Như ghi trong giấy mời")
    when = forms.DateField(
        label="Ngày diễn ra",
        help_text="ví dụ 1/4/2023",
        input_formats=["%d/%m/%Y"],
        error_messages={"invalid": "Không có ngày 31/02/2023: tháng 2 năm 2023 chỉ có 28 ngày."},
    )
    kind = forms.ChoiceField(
        label="Lý do chuyển",
        choices=[
            ("", "---------"),
            ("out", "Chuyển sinh hoạt ra ngoài đảng bộ"),
            ("in", "Trong nội bộ đảng bộ"),
        ],
        error_messages={"required": "Cần chọn lý do chuyển."},
    )
    unit = forms.ChoiceField(
        label="Đơn vị", required=False, choices=[("", "---------")] + [(str(i), person(i)) for i in range(14)]
    )
    parts = forms.MultipleChoiceField(
        label="Thành phần dự",
        required=False,
        choices=list(enumerate(_CELLS[:3])),
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label="Nội dung", widget=forms.Textarea, help_text="Ghi ngắn gọn, đúng như đã nói tại hội nghị"
    )
    agreed = forms.BooleanField(label="Đã đối chiếu với quyết định bản giấy", required=False)
    paper = forms.FileField(
        label="Bản chụp quyết định",
        required=False,
        help_text="Tệp PDF, Word hoặc ảnh, không quá 10 MB",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.png"}),
    )


COLUMNS: list[dict[str, Any]] = [
    {"label": "Họ và tên", "sort_url": "?xep=ten", "sorted": "ascending"},
    {"label": "Tình trạng", "fact": True},
    {"label": "Chi bộ", "sort_url": "?xep=chi-bo"},
    {"label": "Ngày kết nạp", "sort_url": "?xep=ket-nap"},
    {"label": "Tuổi Đảng", "number": True},
    {"label": "Đảng phí năm (đồng)", "number": True},
]
TASKS: list[dict[str, Any]] = [
    {
        "what": "Báo cáo kết quả rà soát, sàng lọc đảng viên quý I",
        "whom": "Đảng bộ thị trấn Nam Phước",
        "until": "quá hạn 3 ngày",
        "late": True,
        "url": "/nhiem-vu/1/",
        "action": "Báo cáo",
        "why": {
            "sentence": "Hội nghị ngày 14/3/2023 giao 14 đảng ủy xã, thị trấn báo cáo kết quả trước ngày 08/04/2023.",
            "source": "Kết luận hội nghị ngày 14/03/2023 của Huyện ủy, mục 3",
            "source_url": "/van-ban/ket-luan/",
            "confirmed": False,
            "facts": [("Giao ngày", "14/03/2023"), ("Hạn", "08/04/2023"), ("Đã báo cáo", "chưa có lần nào")],
        },
    },
    {
        "what": "Góp ý dự thảo chương trình công tác của cấp ủy về xây dựng tổ chức cơ sở đảng trong doanh nghiệp",
        "whom": _CELLS[4],
        "until": "hôm nay",
        "url": "/nhiem-vu/2/",
    },
    {
        "what": "Công nhận đảng viên chính thức",
        "whom": person(8),
        "until": "còn 12 ngày, đến 23/04/2023",
        "url": "/dang-vien/8/",
        "action": "Mở",
        "why": {"sentence": "Thời gian dự bị của đồng chí kết thúc ngày 23/04/2023."},
    },
]
FACTS: list[dict[str, Any]] = [
    {"label": "Ngày sinh", "value": date(1975, 4, 1), "change_url": "/sua/"},
    {"label": "Chi bộ đang sinh hoạt", "value": _CELLS[4], "url": "/to-chuc/x/"},
    {"label": "Tình trạng", "value": "Đảng viên chính thức", "status": "good"},
    {"label": "Số thẻ đảng viên", "value": None},
    {"label": "Chức vụ", "value": "Phó Bí thư Thường trực", "note": "từ 01/07/2020, nhiệm kỳ 2020–2025"},
]
TIMELINE: list[dict[str, Any]] = [
    {
        "day": date(2023, 4, 3),
        "title": "Chuyển sinh hoạt về Chi bộ thôn Trà Đông",
        "decision": "Quyết định ngày 01/04/2023 của Đảng ủy",
        "decision_url": "/van-ban/45/",
        "by": "Ghi bởi Trần Thị Kim Oanh, 03/04/2023",
    },
    {
        "day": date(2022, 9, 2),
        "title": "Được tặng Huy hiệu 30 năm tuổi Đảng",
        "corrected": True,
        "explanation": "Ghi nhầm người. Đính chính ngày 10/09/2022 theo công văn của Đảng ủy.",
    },
    {"day": "05/1993", "title": "Kết nạp Đảng", "detail": "Tại Chi bộ khối phố Long Xuyên 1"},
]
STEPS: list[dict[str, Any]] = [
    {"label": "Đảng viên có đơn", "state": "done", "words": "Đã xong 12/03/2024", "url": "/b/1/"},
    {
        "label": "Chi bộ xét và biểu quyết",
        "state": "now",
        "words": "Đang chờ Chi bộ thôn Trà Đông, đến 26/04/2024",
        "url": "/b/2/",
        "note": "Cần ít nhất hai phần ba đảng viên chính thức tán thành",
    },
    {"label": "Đảng ủy ra quyết định", "state": "later", "words": "Chưa tới"},
]
CHANGES: list[dict[str, Any]] = [
    {"label": "Hạn hoàn thành", "before": date(2023, 6, 30), "after": date(2023, 9, 30)},
    {"label": "Người phụ trách", "before": None, "after": person(6), "note": "Bí thư Đảng ủy xã Duy Phước"},
    {"label": "Nội dung", "before": "Rà soát đảng viên bỏ sinh hoạt", "same": True},
    {"label": "Ghi chú", "before": "Làm trong quý II", "after": ""},
]
FIGURES = (
    "Đầu kỳ",
    "Kết nạp",
    "Chuyển đến trong tỉnh",
    "Chuyển đến ngoài tỉnh",
    "Phục hồi đảng tịch",
    "Từ trần",
    "Khai trừ",
    "Xóa tên",
    "Xin ra khỏi Đảng",
    "Chuyển đi",
    "Cuối kỳ",
)
TEXT = (
    "Huyện ủy tổ chức hội nghị sơ kết công tác xây dựng Đảng\n\n"
    "Vừa qua, sáng ngày 14/3/2023, Ban Tổ chức Huyện ủy tổ chức hội nghị triển khai nhiệm vụ quý II. "
    "Chủ trì hội nghị có đồng chí Trần Thị Kim Oanh, Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức.\n\n"
    "Hội nghị quán triệt Kết luận ngày 02/3/2023 của Huyện ủy; thảo luận những hạn chế trong sinh hoạt chi bộ "
    "và việc rà soát, sàng lọc đảng viên ở cơ sở.\n\n"
    "Các đảng ủy xã, thị trấn báo cáo kết quả trước ngày 30/6/2023."
)
FILES: list[dict[str, Any]] = [
    {
        "url": "/tep/1/",
        "name": "Bao-cao-ket-qua-ra-soat-sang-loc-dang-vien-quy-I-nam-2023-thi-tran-Nam-Phuoc.docx",
        "size": 482_133,
        "note": "gửi 08/04/2023",
        "remove_url": "/tep/1/go/",
    },
    {"url": "/tep/2/", "name": "Biên bản.pdf", "size": 1_204_133},
]
FOUND: list[dict[str, Any]] = [
    {"value": str(i), "label": person(i), "hint": f"sinh {1960 + i}, {_CELLS[i % 3]}"} for i in (3, 15, 27)
]
TABS: list[dict[str, Any]] = [
    {"label": "Tổng quan", "url": "/t/", "current": True},
    {"label": "Đảng viên", "url": "/t/dang-vien/", "count": 1614},
    *(
        {"label": w, "url": f"/t/{i}/"}
        for i, w in enumerate(("Biến động", "Sinh hoạt", "Nhiệm vụ", "Lịch sử"))
    ),
]
BREADCRUMB: list[dict[str, str]] = [
    {"label": "Đảng bộ huyện Duy Xuyên", "url": "/to-chuc/dx/"},
    {"label": "Đảng bộ thị trấn Nam Phước", "url": "/to-chuc/dx-np/"},
    {"label": _CELLS[4], "url": ""},
]
FILTERS: list[dict[str, Any]] = [
    {"kind": "text", "name": "q", "label": "Tên, không cần gõ dấu", "value": "nguyen"},
    {
        "kind": "select",
        "name": "st",
        "label": "Tình trạng",
        "value": "1",
        "choices": [("", "Tất cả"), ("1", "Dự bị")],
    },
    {"kind": "date", "name": "tu", "label": "Kết nạp từ ngày", "value": None},
]
ASOF: dict[str, Any] = {
    "words": "Số liệu đến ngày 31/12/2022, theo hồ sơ biết đến ngày 10/01/2023",
    "name": "ngay",
    "value": date(2022, 12, 31),
    "known_name": "biet_den",
    "known_value": date(2023, 1, 10),
    "hidden": [("xep", "ten")],
}

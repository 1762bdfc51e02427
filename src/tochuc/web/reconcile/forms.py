"""The forms of reconciling a list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tochuc.web.fields import Line, Words
from tochuc.web.forms import Form
from tochuc.web.imports.forms import ListForm


class OriginForm(ListForm):
    """A list from elsewhere: the file, the day it speaks of, and where it comes from."""

    origin = Line(
        label="Danh sách lấy từ đâu",
        help_text="Ví dụ: Cơ sở dữ liệu đảng viên, xuất ngày 10/04/2023.",
        longest=160,
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(today, *args, **kwargs)
        self.fields["as_of"].help_text = "Ngày danh sách được lập hoặc xuất ra."
        self.order_fields(["file", "origin", "as_of"])


class DecideForm(Form):
    """What is decided of the chosen claims, and on which ground."""

    does = forms.ChoiceField(
        label="Quyết định",
        choices=[
            ("accept", "Chấp nhận theo danh sách, ghi vào hồ sơ"),
            ("refuse", "Giữ theo sổ"),
            ("ask", "Hỏi chi bộ"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một cách xử lý."},
    )
    ground = Words(
        label="Căn cứ, hoặc điều cần hỏi chi bộ",
        help_text="Ví dụ: đã xem giấy khai sinh; theo căn cước.",
        longest=500,
        rows=2,
    )


class AnswerForm(Form):
    """A cell's answer: which of two is right, and how it knows."""

    right = forms.ChoiceField(
        label="Bên nào đúng?",
        choices=[("list", "Danh sách đúng"), ("record", "Sổ của Tochuc đúng")],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn bên đúng."},
    )
    words = Words(
        label="Chi bộ biết bằng cách nào?",
        help_text="Ví dụ: đã xem căn cước của đồng chí.",
        longest=500,
        rows=2,
    )

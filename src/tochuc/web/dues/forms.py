"""Forms of dues: the day and receipt of a collection, a member's category, a relief, one month put right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tochuc.dues.categories import CATEGORY_CHOICES
from tochuc.kernel.amounts import whole_number
from tochuc.kernel.errors import DomainError
from tochuc.kernel.months import month_vn, parse_month
from tochuc.web.fields import Line
from tochuc.web.forms import DayField, Form


def read_sum(text: str) -> int | None:
    """A sum of đồng as people type it (15.000, 15 000 đ); None where it can't be one."""
    return whole_number(text.strip().casefold().removesuffix("đồng").removesuffix("đ"))


class MonthField(forms.CharField):
    """A month in one text box: 3/2023."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Tháng/năm, ví dụ 3/2023")
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "class": "date"}

    def prepare_value(self, value: Any) -> Any:
        return month_vn(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_month(text)
        except DomainError as bad:
            raise forms.ValidationError(bad.message, code=bad.code) from bad


class SumField(forms.CharField):
    """A sum of đồng."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Đồng, ví dụ 15.000")
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        read = read_sum(text)
        if read is None:
            raise forms.ValidationError(f"Không đọc được số tiền “{text}”: ghi như 15.000.")
        return read


class CollectForm(Form):
    """When it was collected, and under which receipt."""

    paid_on = DayField(label="Ngày thu")
    receipt = Line(label="Số phiếu thu, nếu có", longest=40, required=False)


class BasisForm(Form):
    """A member's category from a month on."""

    category = forms.ChoiceField(label="Nhóm đối tượng", choices=CATEGORY_CHOICES, widget=forms.RadioSelect)
    base = SumField(
        label="Tiền lương, lương hưu hoặc trợ cấp một tháng",
        help_text="Đồng; bỏ trống với người không có lương, học sinh, sinh viên",
        required=False,
    )
    since = MonthField(label="Áp dụng từ tháng")
    ground = Line(label="Căn cứ", longest=300, required=False, help_text="Ví dụ: đảng viên tự kê khai")


class ReliefForm(Form):
    """Exemption, or a part less."""

    percent = forms.TypedChoiceField(
        label="Miễn, giảm", coerce=int, widget=forms.RadioSelect, choices=[(100, "Miễn đảng phí")]
    )
    since = MonthField(label="Từ tháng")
    until = MonthField(label="Đến hết tháng")
    ground = Line(label="Lý do", longest=300)
    number = Line(label="Số quyết định hoặc nghị quyết", longest=60, required=False)
    decided_on = DayField(label="Ngày quyết định", required=False)

    def __init__(self, steps: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].choices = [  # type: ignore[attr-defined]
            (100, "Miễn đảng phí"),
            *((step, f"Giảm {step}%") for step in steps),
            (0, "Thôi miễn, giảm"),
        ]


class SettleForm(Form):
    """What is so of one month: paid, not paid for a good reason, or nothing."""

    kind = forms.ChoiceField(label="Tháng này", widget=forms.RadioSelect, choices=[("", "")])
    amount = SumField(label="Số tiền đã nộp", required=False)
    paid_on = DayField(label="Ngày nộp", required=False)
    reason = Line(label="Lý do", longest=300, required=False)

    def __init__(self, kinds: list[tuple[str, str]], *args: Any, asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["reason"].help_text = (
            "Vì sao sửa điều đã ghi, hoặc vì sao chưa nộp" if asks_reason else "Cần ghi nếu chưa nộp"
        )

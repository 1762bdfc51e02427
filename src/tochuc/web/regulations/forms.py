"""Forms for a branch's own regulation, and for confirming a value of the packs."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms

from tochuc.kernel.amounts import whole_number
from tochuc.kernel.days import FOREVER
from tochuc.rules.ruled import Ruled
from tochuc.web.fields import Line, Words
from tochuc.web.forms import DayField, Form

_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?")
_WHOLE = frozenset({"duration", "count", "measure", "money"})


class LocalForm(Form):
    """A value of the branch's own, from when, and the document it stands in."""

    value = Line(label="Giá trị", longest=600)
    since = DayField(label="Có hiệu lực từ ngày")
    until = DayField(label="Đến trước ngày", required=False)
    number = Line(label="Số, ký hiệu văn bản", longest=60, help_text="Ví dụ 04-QĐi/HU")
    signed_on = DayField(label="Ngày ký")
    issuer = Line(label="Cơ quan ban hành", longest=160)
    title = Line(label="Trích yếu", longest=300)
    article = Line(label="Điều, khoản, điểm", longest=120)

    def __init__(self, like: Ruled, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.like = like
        hints = {
            "rate": "Số phần trăm, ví dụ 0,5.",
            "share": "Phân số, ví dụ 2/3 hoặc >1/2",
            "list": "Mỗi mục cách nhau bằng dấu chấm phẩy",
            "text": "",
        }
        now = f"Hiện nay: {like.words}."
        self.fields["value"].help_text = f"{hints.get(like.kind, 'Một số nguyên')} {now}".strip()

    def clean_value(self) -> Any:
        """The value as its kind is kept: a whole number, a fraction, a list, a text."""
        text: str = self.cleaned_data["value"]
        if self.like.kind in _WHOLE:
            number = whole_number(text)
            if number is None:
                raise forms.ValidationError("Cần một số nguyên, ví dụ 45.")
            return number
        if self.like.kind == "rate":
            percent = text.removesuffix("%").strip().replace(",", ".")
            if not _PERCENT.fullmatch(percent):
                raise forms.ValidationError("Cần một số phần trăm, ví dụ 0,5.")
            return Decimal(percent)
        if self.like.kind == "list":
            items = [item.strip() for item in text.split(";") if item.strip()]
            numbered = all(isinstance(one, int) for one in self.like.items)
            return [int(one) if numbered and one.isdecimal() else one for one in items]
        return text.strip()

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        clean = self.cleaned_data
        return {**clean, "until": clean["until"] or FOREVER}


class ConfirmForm(Form):
    """Where in the document the value was read."""

    article = Line(label="Đã đọc ở điều, khoản, điểm", longest=120)
    note = Words(label="Ghi chú", rows=2, longest=500, required=False)


class WithdrawForm(Form):
    """Why a value is withdrawn."""

    reason = Words(label="Lý do rút", rows=3, longest=500)

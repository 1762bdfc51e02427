"""The forms of importing a list and of undoing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from tochuc.documents.reading.refused import size_words
from tochuc.kernel.known_dates import day_vn
from tochuc.web.fields import Words
from tochuc.web.forms import DayField, Form


class ListForm(Form):
    """A list of members to be looked at: the file, and the day it speaks of."""

    file = forms.FileField(
        label="Tệp danh sách",
        help_text="Bảng tính .xlsx, .xls, .ods hoặc .csv, không quá 10 MB. Để nguyên như cơ quan đang dùng, không cần sửa tiêu đề.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        error_messages={"required": "Hãy chọn tệp danh sách."},
    )
    as_of = DayField(
        label="Danh sách tính đến ngày",
        help_text="Ngày lập danh sách, ví dụ 31/12/2022. Người mới được ghi vào sổ từ ngày này.",
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["as_of"].initial = today
        self.fields["file"].error_messages["required"] = "Hãy chọn tệp danh sách."

    def clean_file(self) -> Any:
        """A file too large is refused unread."""
        given = self.cleaned_data["file"]
        if (given.size or 0) > settings.UPLOAD_LIMIT:
            most = size_words(settings.UPLOAD_LIMIT)
            raise forms.ValidationError(
                f"Tệp lớn hơn {most}. Hãy tách danh sách thành nhiều tệp rồi nhập lần lượt."
            )
        return given

    def clean_as_of(self) -> date:
        """A day that hasn't come can't be that of a list."""
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError(f"Ngày {day_vn(day)} chưa tới.")
        return day


class TableForm(ListForm):
    """A list of movements, organisations or posts; the day is asked only where rows without one take it."""

    def __init__(self, today: date, dated: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(today, *args, **kwargs)
        if not dated:
            del self.fields["as_of"]
            return
        self.fields["as_of"].label = dated
        self.fields["as_of"].help_text = "Ví dụ 31/12/2022."


class ConfirmForm(Form):
    """That what was shown shall be written."""

    as_of = DayField(widget=forms.HiddenInput())
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput())
    sealed = forms.CharField(max_length=32, widget=forms.HiddenInput())


class UndoForm(Form):
    """Why an import is undone."""

    reason = Words(
        label="Lý do hoàn tác", help_text="Ví dụ: nhập nhầm tệp của chi bộ khác.", longest=500, rows=2
    )

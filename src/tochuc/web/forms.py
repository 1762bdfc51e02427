"""Forms as Tochuc shows them: dates as people type them, refusals put at the field that mends them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from tochuc.kernel.errors import DomainError, Refusals
from tochuc.kernel.known_dates import OTHER_PIVOT, KnownDate, day_vn, parse_day, parse_known_date

T = TypeVar("T")

MESSAGES = {
    "required": "Cần điền mục này.",
    "invalid_choice": "Lựa chọn này không có trong danh sách; hãy chọn lại.",
    "max_length": "Nội dung dài quá %(limit_value)d ký tự (đang có %(show_value)d).",
    "min_value": "Số này phải từ %(limit_value)s trở lên.",
    "max_value": "Số này nhiều nhất là %(limit_value)s.",
}


class DayField(forms.CharField):
    """A full date in one text box that understands what people type (1/4/2023, 01.04.23)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Ngày/tháng/năm, ví dụ 1/4/2023")
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "class": "date"}

    def prepare_value(self, value: Any) -> Any:
        return day_vn(value) if hasattr(value, "year") else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_day(text)
        except DomainError as bad:
            raise forms.ValidationError(bad.message, code=bad.code) from bad


class KnownDateField(forms.CharField):
    """A date of which perhaps only the month or the year is known; ``pivot`` as ``parse_known_date`` takes it."""

    def __init__(self, *, pivot: int = OTHER_PIVOT, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Ví dụ 2/4/1975; chỉ nhớ tháng: 4/1975; chỉ nhớ năm: 1975")
        super().__init__(**kwargs)
        self.pivot = pivot
        self.widget.attrs |= {"autocomplete": "off", "class": "date"}

    def prepare_value(self, value: Any) -> Any:
        return value.vn if isinstance(value, KnownDate) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_known_date(text, pivot=self.pivot)
        except DomainError as bad:
            raise forms.ValidationError(bad.message, code=bad.code) from bad


def _say(field: forms.Field) -> None:
    """Let a field say what is wrong in Tochuc's words where it has only the library's."""
    ordinary: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        ordinary |= getattr(kind, "default_error_messages", {})
    number = {"invalid": "Cần một số nguyên."} if isinstance(field, forms.IntegerField) else {}
    for code, words in (MESSAGES | number).items():
        if code != "max_length" and field.error_messages.get(code) == ordinary.get(code):
            field.error_messages[code] = words


class Form(forms.Form):
    """A form with Tochuc's messages and a token that keeps it from being taken in twice."""

    required_css_class = ""
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Look at what was sent; every field says what is wrong in the same words, those it was given aside."""
        for field in self.fields.values():
            _say(field)
        super().full_clean()

    @property
    def once(self) -> str:
        """The form's token: the one it was sent with, else a new one."""
        sent = self.data.get("once") if self.is_bound else None
        return str(sent or uuid.uuid4())

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Do the form's work; a refusal becomes an error at its field and gives None."""
        try:
            return work()
        except Refusals as several:
            for one in several.errors:
                self._refuse(one)
        except DomainError as one:
            self._refuse(one)
        return None

    def _refuse(self, error: DomainError) -> None:
        field = error.field if error.field in self.fields else None
        self.add_error(field, forms.ValidationError(error.message, code=error.code))

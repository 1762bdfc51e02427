"""The form that confirms a cited document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tochuc.web.fields import Line, Words
from tochuc.web.forms import DayField, Form


class VerifyForm(Form):
    """What a person reads in the document itself: what it is about, who issued it, when."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = Words(
        label="Trích yếu", help_text="Ghi đúng như trên văn bản, bắt đầu bằng “về …”.", rows=3, longest=500
    )
    issuer_name = Line(label="Cơ quan ban hành", help_text="Ví dụ Bộ Chính trị, Ban Bí thư.", longest=160)
    issued_on = DayField(label="Ngày ban hành")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_issued_on(self) -> date:
        """Not a day to come: nobody can have read such a document."""
        day: date = self.cleaned_data["issued_on"]
        if day > self.today:
            raise forms.ValidationError("Ngày ban hành chưa tới; hãy xem lại.")
        return day

"""Forms of an organisation's pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tochuc.kernel.known_dates import BIRTH_PIVOT, KnownDate
from tochuc.web.fields import Line
from tochuc.web.forms import DayField, Form, KnownDateField

GENDERS = [("male", "Nam"), ("female", "Nữ")]


class SympathiserForm(Form):
    """A person whom a cell puts on its list of sympathisers, in the order of the personal record."""

    full_name = Line(
        label="Họ và tên khai sinh",
        longest=120,
        help_text="Viết đủ họ, tên đệm, tên, có dấu",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    gender = forms.ChoiceField(label="Giới tính", choices=GENDERS, widget=forms.RadioSelect)
    birth = KnownDateField(label="Ngày sinh", pivot=BIRTH_PIVOT)
    hometown = Line(label="Quê quán", required=False, help_text="Xã, huyện, tỉnh")
    residence = Line(label="Nơi cư trú", required=False)
    occupation = Line(label="Nghề nghiệp hiện nay", longest=120, required=False)
    listed_on = DayField(label="Ngày chi bộ đưa vào danh sách cảm tình đảng")
    other_person = forms.BooleanField(
        label="Tôi đã xem, đây là người khác",
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        """One is born before being listed."""
        clean = super().clean() or {}
        born, listed = clean.get("birth"), clean.get("listed_on")
        if born and listed and born.first >= listed:
            self.add_error("birth", f"Ngày sinh {born.vn} phải trước ngày vào danh sách.")
        return clean

    def ask_whether_another(self) -> None:
        """Show the box that says the namesake found is someone else."""
        self.fields["other_person"].widget = forms.CheckboxInput()

    def details(self) -> dict[str, Any]:
        """The fields of the record beside name, gender and birth."""
        return {name: self.cleaned_data[name] for name in ("hometown", "residence", "occupation")}

    @property
    def born(self) -> KnownDate:
        """The date of birth as it is known."""
        born: KnownDate = self.cleaned_data["birth"]
        return born

    @property
    def day(self) -> date:
        """The day of listing."""
        day: date = self.cleaned_data["listed_on"]
        return day

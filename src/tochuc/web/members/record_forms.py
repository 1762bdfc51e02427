"""Forms made from the declaration of a record's fields: a section of the form, a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tochuc.members.record_fields import CHOICE, DATE, HIDDEN, LONG, Field, Section, Table
from tochuc.web.fields import Line, Words
from tochuc.web.forms import Form, KnownDateField

_SEEN = "seen_"
"""Before the name of an input that says what stood there when the page was opened."""
_MOST = 5_000
_UNKNOWN = "-"
"""The choice that says nothing; an empty value isn't one that a browser's list can hold."""


def input_of(field: Field, *, required: bool = False) -> forms.Field:
    """The input of one field, in the words of the form."""
    said: dict[str, Any] = {"label": field.label, "required": required}
    if field.hint:
        said["help_text"] = field.hint
    if field.kind == CHOICE:
        choices = [*field.choices] if field.code == "gender" else [(_UNKNOWN, "Chưa ghi"), *field.choices]
        return forms.TypedChoiceField(choices=choices, widget=forms.RadioSelect, coerce=_known, **said)
    if field.kind == LONG:
        return Words(rows=8, longest=field.longest, **said)
    return Line(longest=max(field.longest, 40) if field.kind == DATE else field.longest, **said)


def editable(section: Section) -> list[Field]:
    """The fields of a section that its page asks for; an identity number has a page of its own."""
    return [field for field in section.fields if field.kind != HIDDEN]


def shown_in_form(field: Field, value: str) -> str:
    """A value as its input holds it."""
    return (value or _UNKNOWN) if field.kind == CHOICE else field.shown(value)


def _known(choice: str) -> str:
    return "" if choice == _UNKNOWN else choice


class SectionForm(Form):
    """The fields of a section, since when the change holds, and what it rests on."""

    section: Section

    def __init__(self, section: Section, values: Mapping[str, str], data: Any = None) -> None:
        self.section, self.values = section, values
        fields = editable(section)
        initial = {field.code: shown_in_form(field, values.get(field.code, "")) for field in fields}
        super().__init__(data, initial=initial | {_SEEN + code: value for code, value in initial.items()})
        for field in fields:
            self._add(field.code, input_of(field))
            seen = forms.CharField(required=False, max_length=_MOST, strip=False, widget=forms.HiddenInput())
            self._add(_SEEN + field.code, seen)
        if any(field.dated for field in fields):
            since = KnownDateField(
                label="Thay đổi từ ngày",
                required=False,
                help_text="Để trống nếu chỉ sửa chỗ trước đây ghi sai hoặc ghi thiếu",
            )
            self._add("since", since)
        ground = Line(
            label="Căn cứ",
            longest=300,
            help_text="Giấy tờ, văn bản hoặc lời khai làm căn cứ; ghi được ngày thì ghi",
        )
        self._add("ground", ground)

    def _add(self, name: str, field: forms.Field) -> None:
        field.error_messages["required"] = "Cần điền mục này."
        self.fields[name] = field

    @property
    def wishes(self) -> dict[str, str]:
        """What was typed otherwise than it stood there when the page was opened."""
        clean = self.cleaned_data
        return {
            field.code: clean[field.code]
            for field in editable(self.section)
            if _same(clean[field.code]) != _same(clean[_SEEN + field.code])
        }

    def overtaken(self) -> bool:
        """Whether a field one changes was changed by someone else meanwhile; says so at the field."""
        wishes, clean = self.wishes, dict(self.cleaned_data)
        late = False
        for field in editable(self.section):
            now = shown_in_form(field, self.values.get(field.code, ""))
            if field.code in wishes and _same(clean[_SEEN + field.code]) != _same(now):
                words = (
                    f"Mục này vừa được người khác sửa thành «{field.shown(now) or 'bỏ trống'}». Hãy xem lại."
                )
                self.add_error(field.code, words)
                late = True
        return late


def _same(text: str) -> str:
    return _known(" ".join(str(text or "").split()))


class RowForm(Form):
    """One row of a table, and what it rests on."""

    def __init__(self, table: Table, row: Mapping[str, str], data: Any = None) -> None:
        initial = {column.code: column.shown(row.get(column.code, "")) for column in table.columns}
        super().__init__(data, initial=initial)
        for column in table.columns:
            self.fields[column.code] = input_of(column, required=column.asked)
        self.fields["ground"] = Line(label="Căn cứ", longest=300, required=False)
        for field in self.fields.values():
            field.error_messages["required"] = "Cần điền mục này."

    def row(self, columns: Iterable[Field]) -> dict[str, str]:
        """What was typed, by column."""
        return {column.code: self.cleaned_data.get(column.code, "") for column in columns}


class StrikeForm(Form):
    """Striking a row out asks only why."""

    ground = Line(label="Lý do bỏ dòng này", longest=300)

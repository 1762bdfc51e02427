"""The form in which it is said what a file's columns hold, which sheets are read, and where headers stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from tochuc.exchange.intake.kinds import SeenSheet
from tochuc.web.forms import Form
from tochuc.web.imports import wording

NOT_USED = "khong"
_LAST_ROW = 1_000_000


@dataclass(frozen=True)
class Part:
    """One sheet as the form shows it."""

    sheet: SeenSheet
    reads: Any
    row: Any
    columns: list[Any]


class ColumnsForm(Form):
    """What each column holds, of the sheets as they are seen now."""

    def __init__(self, sheets: Sequence[SeenSheet], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        choices = [(NOT_USED, "Không dùng"), *wording.FIELDS.items()]
        for place, sheet in enumerate(sheets):
            self.fields[f"doc_{place}"] = forms.BooleanField(
                label="Đọc bảng này", required=False, initial=sheet.read
            )
            self.fields[f"dong_{place}"] = forms.IntegerField(
                label="Tiêu đề ở dòng số",
                required=False,
                initial=sheet.header_row,
                min_value=1,
                max_value=_LAST_ROW,
                help_text="Dòng có các chữ như «Họ và tên», «Ngày sinh».",
                error_messages={"invalid": "Hãy ghi số của dòng, ví dụ 5."},
            )
            for column in sheet.columns:
                self.fields[f"cot_{place}_{column.letter}"] = forms.ChoiceField(
                    label=f"Cột {column.letter}" + (f": {column.heading}" if column.heading else ""),
                    help_text=f"Trong tệp: {'; '.join(column.samples)}" if column.samples else "Cột trống",
                    choices=choices,
                    initial=column.field or NOT_USED,
                )

    @property
    def parts(self) -> list[Part]:
        """The sheets with their fields."""
        return [
            Part(
                sheet,
                self[f"doc_{place}"],
                self[f"dong_{place}"],
                [self[f"cot_{place}_{column.letter}"] for column in sheet.columns],
            )
            for place, sheet in enumerate(self.sheets)
        ]

    def clean(self) -> dict[str, Any]:
        """At least one sheet is read, and each that is has a header."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"doc_{place}") for place in range(len(self.sheets))):
            self.add_error(None, "Hãy chọn ít nhất một bảng để đọc.")
        for place, sheet in enumerate(self.sheets):
            if not cleaned.get(f"doc_{place}"):
                continue
            row = cleaned.get(f"dong_{place}")
            if row is None and f"dong_{place}" not in self.errors:
                self.add_error(f"dong_{place}", "Hãy ghi số của dòng tiêu đề.")
            elif row == sheet.header_row and "full_name" not in self._fields_of(place, sheet, cleaned):
                first = f"cot_{place}_{sheet.columns[0].letter}"
                self.add_error(first, "Hãy cho biết cột nào là «Họ và tên».")
        return cleaned

    @staticmethod
    def _fields_of(place: int, sheet: SeenSheet, cleaned: dict[str, Any]) -> set[str]:
        return {cleaned.get(f"cot_{place}_{column.letter}", "") for column in sheet.columns}

    @property
    def only(self) -> list[str]:
        """The sheets that shall be read; none named where they are those that would be anyway."""
        chosen = [
            one.name or "" for place, one in enumerate(self.sheets) if self.cleaned_data[f"doc_{place}"]
        ]
        return [] if chosen == [one.name or "" for one in self.sheets if one.read] else chosen

    @property
    def header_rows(self) -> dict[str, int]:
        """Rows of headers that are said to be elsewhere than found, by sheet."""
        said = {
            one.name or "": self.cleaned_data.get(f"dong_{place}") for place, one in enumerate(self.sheets)
        }
        return {
            one.name or "": row
            for one in self.sheets
            if (row := said[one.name or ""]) is not None and row != one.header_row
        }

    @property
    def columns(self) -> dict[str, dict[str, str]]:
        """What the columns of each kind of list that is read hold."""
        return {
            sheet.fingerprint: {
                column.letter: "" if (said := self._said(place, column.letter)) == NOT_USED else said
                for column in sheet.columns
            }
            for place, sheet in enumerate(self.sheets)
            if sheet.fingerprint and self.cleaned_data[f"doc_{place}"]
        }

    def _said(self, place: int, letter: str) -> str:
        said: str = self.cleaned_data[f"cot_{place}_{letter}"]
        return said

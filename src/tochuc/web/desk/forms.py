"""The forms of the clean-data desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from tochuc.desk.merging import Choice
from tochuc.web.fields import Words
from tochuc.web.forms import Form

_STAYS, _GOES = "stays", "goes"


class MergeForm(Form):
    """Which value of each field that differs stays, and on which ground the two records are of one person."""

    def __init__(self, choices: Iterable[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = []
        for one in choices:
            if one.same:
                continue
            name = f"f_{one.field}"
            self.chosen.append((name, one.field))
            self.fields[name] = forms.ChoiceField(
                label=one.label,
                choices=[(_STAYS, one.stays or "bỏ trống"), (_GOES, one.goes or "bỏ trống")],
                initial=_GOES if one.proposed else _STAYS,
                widget=forms.RadioSelect,
            )
        self.fields["reason"] = Words(
            label="Căn cứ để biết đây là một người",
            help_text="Ví dụ: đã đối chiếu căn cước, hai chi bộ cùng xác nhận.",
            longest=500,
            rows=2,
        )

    @property
    def differing(self) -> list[Any]:
        """The fields to choose, in the order of the record."""
        return [self[name] for name, _ in self.chosen]

    @property
    def taken(self) -> set[str]:
        """The fields whose value comes from the record that goes."""
        return {field for name, field in self.chosen if self.cleaned_data[name] == _GOES}


class TwoForm(Form):
    """Why two records that look alike are of two people."""

    why_two = Words(
        label="Vì sao biết đây là hai người",
        help_text="Ví dụ: anh em sinh đôi; đã gặp cả hai.",
        longest=500,
        rows=2,
    )


class CorrectForm(Form):
    """How it was found that a value is correct though a check asks about it."""

    reason = Words(
        label="Đã kiểm tra thế nào?",
        help_text="Ví dụ: đã xem giấy khai sinh, đúng như đã ghi.",
        longest=500,
        rows=2,
    )

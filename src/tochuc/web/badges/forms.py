"""The forms of a badge list: whom to open cases for, and a step taken for those chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from tochuc.cases.declare import Step
from tochuc.lists.badge_rounds import Due, Entry
from tochuc.web.cases.forms import StepForm
from tochuc.web.forms import DayField, Form

_NOBODY = "Chưa chọn ai; hãy đánh dấu ít nhất một người."


def _chosen(label: str, choices: list[tuple[str, str]]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _NOBODY},
        help_text="Bỏ đánh dấu người chưa đề nghị đợt này",
    )


class OpenForm(Form):
    """Opening cases for those who come to their years by the occasion."""

    on = DayField(label="Ngày lập hồ sơ")

    def __init__(self, due: Iterable[Due], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due = {f"{one.person.ref}-{one.years}": one for one in due}
        choices = [
            (key, f"{one.person.full_name}, {one.years} năm, {one.cell.short_name}")
            for key, one in self.due.items()
        ]
        self.fields["chosen"] = _chosen("Lập hồ sơ cho", choices)
        self.initial.setdefault("chosen", list(self.due))

    @property
    def chosen(self) -> list[Due]:
        """Those marked."""
        return [self.due[key] for key in self.cleaned_data["chosen"]]


class ListStepForm(StepForm):
    """A step taken for all those chosen at once."""

    def __init__(
        self,
        step: Step,
        papers: Mapping[str, str],
        entries: Iterable[Entry],
        *args: Any,
        for_others: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(step, papers, [], *args, for_others=for_others, **kwargs)
        self.entries = {str(one.case.ref): one for one in entries}
        choices = [(key, _words(one)) for key, one in self.entries.items()]
        self.fields["chosen"] = _chosen("Ghi cho", choices)
        self.initial.setdefault("chosen", list(self.entries))

    @property
    def chosen(self) -> list[Entry]:
        """Those marked."""
        return [self.entries[key] for key in self.cleaned_data["chosen"]]


def _words(entry: Entry) -> str:
    person = entry.case.person
    name = person.full_name if person else ""
    return f"{name}, {entry.years} năm, {entry.case.organisation.short_name}"

"""The form of what papers ask: each paper's own fields, kept apart by its place on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms

from tochuc.cases.declare import Question
from tochuc.kernel.known_dates import FIRST_YEAR, LAST_YEAR
from tochuc.papers.asking import Asked, fill_of
from tochuc.papers.drafting import Paper
from tochuc.papers.vocabulary import PEOPLE_KINDS
from tochuc.web.attachments import AttachmentField
from tochuc.web.cases.forms import NOTHING_OFFERED, Offered, answer_field
from tochuc.web.fields import Line, Words
from tochuc.web.forms import DayField, Form

_LONGEST = 4000
_MOST = 100_000


class DraftForm(Form):
    """What is typed for the papers of a step. Nothing is required here: what is missing is said of each paper."""

    def __init__(
        self,
        papers: Sequence[Paper],
        people: Callable[[], list[tuple[str, str]]],
        *args: Any,
        offered: Offered = NOTHING_OFFERED,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [paper.asked for paper in papers]
        kinds = {one.question.kind for asked in self.asked for one in asked if one.question}
        offered_people = people() if kinds & PEOPLE_KINDS else []
        for at, asked in enumerate(self.asked):
            for one in asked:
                self.fields[field_name(at, one.name)] = _field(one, offered_people, offered)

    def group(self, at: int) -> list[dict[str, Any]]:
        """The bound fields of one paper, each with whether the paper can do without."""
        return [{"field": self[field_name(at, one.name)], "optional": one.optional} for one in self.asked[at]]

    def fill(self, at: int) -> dict[str, str]:
        """What was typed for one paper, as its sheet takes it; before anything is sent, what it begins with."""
        if not self.is_bound:
            return {one.name: one.begins for one in self.asked[at]}
        given = {one.name: self.cleaned_data.get(field_name(at, one.name)) for one in self.asked[at]}
        return fill_of(self.asked[at], {name: _plain(value) for name, value in given.items()})

    def day(self, at: int) -> date | None:
        """The day that stands on one paper."""
        return self.cleaned_data.get(field_name(at, "day")) if self.is_bound else None


def field_name(at: int, name: str) -> str:
    """The name of a field on the page."""
    return f"g{at}_{name.replace('.', '_')}"


def _plain(value: Any) -> Any:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def _field(one: Asked, people: list[tuple[str, str]], offered: Offered) -> forms.Field:
    common: dict[str, Any] = {"label": one.words, "required": False, "help_text": one.hint}
    if one.question is not None:
        return _answer(one.question, people, offered)
    if one.kind == "day":
        field = DayField(**{**common, "help_text": one.hint or "Ngày/tháng/năm, ví dụ 1/4/2023"})
        field.initial = date.fromisoformat(one.begins) if one.begins else None
        return field
    if one.kind == "year":
        wrong = {"invalid": "Cần ghi năm bằng bốn chữ số, ví dụ 2023."}
        return forms.IntegerField(
            min_value=FIRST_YEAR,
            max_value=LAST_YEAR,
            initial=one.begins or None,
            error_messages=wrong,
            **common,
        )
    if one.kind == "number":
        wrong = {"invalid": "Cần ghi một số nguyên, ví dụ 12."}
        begins = one.begins or None
        return forms.IntegerField(
            min_value=0, max_value=_MOST, initial=begins, error_messages=wrong, **common
        )
    if one.kind == "choice":
        choices = [*one.choices.items()]
        begins = choices[0][0] if len(choices) == 1 else None
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, initial=begins, **common)
    if one.kind == "long":
        return Words(rows=4, longest=_LONGEST, initial=one.begins, **common)
    return Line(initial=one.begins, longest=300, **common)


def _answer(question: Question, people: list[tuple[str, str]], offered: Offered) -> forms.Field:
    field = answer_field(question, people, offered)
    field.required = False
    return field


class ScanForm(Form):
    """The signed scan of a paper."""

    scan = AttachmentField(
        label="Bản quét đã ký",
        help_text="PDF hoặc ảnh chụp (.jpg, .png); không quá 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    _KEPT = frozenset({"application/pdf", "image/jpeg", "image/png"})

    def clean_scan(self) -> Any:
        """A scan or a photograph; a Word file isn't signed."""
        scan = self.cleaned_data["scan"]
        if scan is None:
            raise forms.ValidationError("Hãy chọn tệp quét hoặc ảnh chụp bản đã ký.")
        if scan["content_type"] not in self._KEPT:
            raise forms.ValidationError(
                "Bản đã ký phải là PDF hoặc ảnh (.jpg, .png), không phải tệp soạn thảo."
            )
        return scan

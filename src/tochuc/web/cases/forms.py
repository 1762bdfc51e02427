"""The form of a step, made from its declaration: day, outcome, vote, questions, papers, in the order of the minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from tochuc.access.clock import today
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.declare import Count, Question, Step
from tochuc.members.kinds import ANY_ORGANISATION
from tochuc.org.queries import receiver_by_code
from tochuc.web.attachments import AttachmentField
from tochuc.web.cases.seats import is_seat, seat_fields, seats_given
from tochuc.web.fields import Line, Words
from tochuc.web.forms import DayField, Form

_VOTE = (
    ("entitled", "Số người có quyền biểu quyết"),
    ("present", "Có mặt"),
    ("agree", "Tán thành"),
    ("against", "Không tán thành"),
    ("abstain", "Không có ý kiến, phiếu không hợp lệ"),
)
_NEEDED_OF_A_VOTE = ("entitled", "present", "agree")
_MOST_VOTES = 100_000
_LONGEST = 4000

Offered = Mapping[str, Sequence[tuple[str, str]]]
"""What the record gives to choose from, by the name that questions use."""
NOTHING_OFFERED: Offered = {}


class StepForm(Form):
    """What a step asks. ``people`` are the members to choose from, as (address, words)."""

    on = DayField(label="Ngày làm bước này")

    def __init__(
        self,
        step: Step,
        papers: Mapping[str, str],
        people: list[tuple[str, str]],
        *args: Any,
        offered: Offered = NOTHING_OFFERED,
        for_others: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.papers = step, papers
        if len(step.outcomes) > 1:
            self.fields["outcome"] = forms.ChoiceField(
                label="Kết quả",
                choices=[(one.code, one.title) for one in step.outcomes],
                widget=forms.RadioSelect,
            )
        if step.ballot is not None:
            for name, label in _VOTE:
                self.fields[name] = forms.IntegerField(
                    label=label, min_value=0, max_value=_MOST_VOTES, required=False
                )
        for question in step.questions:
            if question.kind == "seats":
                self.fields |= seat_fields(question, offered)
            # With nothing to choose from there is nothing to ask.
            elif question.required or not question.offers or offered.get(question.offers):
                self.fields[question.name] = answer_field(question, people, offered)
        for form_id, title in papers.items():
            self.fields[_have(form_id)] = forms.BooleanField(label=f"Có bản giấy: {title}", required=False)
            self.fields[_scan(form_id)] = AttachmentField(label=f"Bản quét: {title}")
        if for_others:
            self.fields["acted_by"] = Line(
                label="Ghi thay cho", help_text="Họ tên, chức vụ người đã làm bước này", required=False
            )

    @property
    def groups(self) -> dict[str, list[Any]]:
        """The bound fields by the part of the form they stand in: head, vote, answers, seats, papers, tail."""
        votes = {name for name, _ in _VOTE}
        placed: dict[str, list[Any]] = {
            part: [] for part in ("head", "vote", "answers", "seats", "papers", "tail")
        }
        for field in self.visible_fields():
            if field.name in ("on", "outcome"):
                placed["head"].append(field)
            elif is_seat(field.name):
                placed["seats"].append(field)
            elif self.step.ballot is not None and field.name in votes:
                placed["vote"].append(field)
            elif field.name == "acted_by":
                placed["tail"].append(field)
            elif field.name.startswith(("have_", "scan_")):
                placed["papers"].append(field)
            else:
                placed["answers"].append(field)
        return placed

    def clean(self) -> dict[str, Any]:
        """A vote is given whole or not at all."""
        given = super().clean() or {}
        if self.step.ballot is not None and any(given.get(name) is not None for name, _ in _VOTE):
            for name in _NEEDED_OF_A_VOTE:
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, "Cần ghi số này theo biên bản.")
        return given

    def given(self, keep: Any) -> Given:
        """The step as the action takes it; ``keep`` stores a scan and gives its row."""
        clean = self.cleaned_data
        papers = {}
        for form_id in self.papers:
            scan = clean.get(_scan(form_id))
            if scan:
                papers[form_id] = PaperGiven(file=keep(scan))
            elif clean.get(_have(form_id)):
                papers[form_id] = PaperGiven(kept_at="bản giấy")
        answers = {
            question.name: seats_given(question, clean)
            if question.kind == "seats"
            else _stored(clean.get(question.name))
            for question in self.step.questions
        }
        return Given(
            on=clean["on"],
            outcome=clean.get("outcome") or self.step.outcomes[0].code,
            count=self._count(),
            papers=papers,
            answers={name: value for name, value in answers.items() if value not in (None, "", [], {})},
            acted_by=clean.get("acted_by", ""),
        )

    def _count(self) -> Count | None:
        if self.step.ballot is None or self.cleaned_data.get("agree") is None:
            return None
        return Count(*(self.cleaned_data.get(name) or 0 for name, _ in _VOTE))


class ReasonForm(Form):
    """Why a step is taken back, or given more time."""

    reason = Words(label="Lý do", rows=3, longest=500)


class BeginForm(Form):
    """What opening a case asks: the day, and the procedure's own questions."""

    finds = ANY_ORGANISATION

    on = DayField(label="Ngày mở hồ sơ")

    def __init__(
        self,
        questions: tuple[Question, ...],
        people: list[tuple[str, str]],
        *args: Any,
        offered: Offered = NOTHING_OFFERED,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.name] = answer_field(question, people, offered)

    def clean_organisation(self) -> Any:
        """The cell or committee chosen from those found, where the procedure asks for one."""
        code = self.cleaned_data["organisation"]
        if not code:
            return None
        span = receiver_by_code(code, today())
        if span is None:
            raise forms.ValidationError(
                "Tổ chức này không hoạt động hoặc không có trong sổ; hãy tìm rồi chọn trong danh sách."
            )
        return span.organisation

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, as the case keeps it."""
        asked = [question.name for question in self.questions if question.kind != "organisation"]
        given = {name: _stored(self.cleaned_data.get(name)) for name in asked}
        return {name: value for name, value in given.items() if value not in (None, "", [])}


def answer_field(
    question: Question, people: list[tuple[str, str]], offered: Offered = NOTHING_OFFERED
) -> forms.Field:
    """The field of one question. Required ones are held by the action, which says what is missing."""
    choices = list(offered.get(question.offers, question.choices.items()))
    common: dict[str, Any] = {
        "label": question.title,
        "help_text": question.hint,
        "required": question.required,
    }
    match question.kind:
        case "day":
            return DayField(**{**common, "help_text": question.hint or "Ngày/tháng/năm, ví dụ 1/4/2023"})
        case "number":
            return forms.IntegerField(min_value=0, max_value=_MOST_VOTES, **common)
        case "some":
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case "choice":
            if not question.required:
                choices = [("", "Không ghi"), *choices]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case "person":
            some = list(offered.get(question.offers, people))
            return forms.ChoiceField(choices=[("", "Chọn…"), *some], widget=forms.Select, **common)
        case "people":
            return forms.MultipleChoiceField(choices=people, widget=forms.CheckboxSelectMultiple, **common)
        case "flag":
            return forms.BooleanField(**{**common, "required": False})
        case "organisation":
            return forms.CharField(max_length=64, **common)
        case "long":
            return Words(rows=5, longest=_LONGEST, **common)
        case "text":
            return Line(**common)
    raise TypeError(question.kind)


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _have(form_id: str) -> str:
    return "have_" + form_id.replace(".", "_")


def _scan(form_id: str) -> str:
    return "scan_" + form_id.replace(".", "_")

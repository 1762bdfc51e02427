"""The forms of changing many people at once: one for each kind of change, in the words of the papers it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tochuc.lists.bulk import Act, Happen, Rewrite
from tochuc.members.actions import Decision
from tochuc.members.kinds import OWN_CELL
from tochuc.members.recording import Wish
from tochuc.web.fields import Line
from tochuc.web.forms import DayField, Form
from tochuc.web.members.forms import cell_field, organisation_chosen

_FIELDS = (
    ("residence", "Nơi cư trú"),
    ("hometown", "Quê quán"),
    ("occupation", "Nghề nghiệp"),
    ("ethnicity", "Dân tộc"),
    ("religion", "Tôn giáo"),
    ("education", "Trình độ phổ thông"),
    ("qualification", "Trình độ chuyên môn"),
)


class _ReasonedForm(Form):
    """What every change of many asks: why."""

    reason = forms.CharField(
        label="Lý do, căn cứ", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    finds = OWN_CELL
    """What the finder of its field ``organisation``, if it has one, looks for."""

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.order_fields([name for name in self.fields if name != "reason"])


class RewriteForm(_ReasonedForm):
    """Writing one field of the record, whole or only some words in it."""

    field = forms.ChoiceField(label="Mục cần đổi", choices=_FIELDS)
    words = Line(
        label="Cụm chữ cần thay",
        longest=120,
        required=False,
        help_text="Ví dụ «xã Duy Trinh, huyện Duy Xuyên». Để trống thì ghi lại cả mục.",
    )
    value = Line(label="Ghi thành", longest=200)

    @property
    def act(self) -> Act:
        """The field and its words."""
        given = self.cleaned_data
        return Rewrite(given["field"], given["value"], self.today, given["words"], given["reason"])


class EventForm(_ReasonedForm):
    """An event that happens to everyone chosen."""

    kind = ""
    title = ""

    @property
    def act(self) -> Act:
        """The event, the same for everyone."""
        given = self.cleaned_data
        paper = Decision(given["decision_number"], given["decision_on"], given["decision_by"])
        organisation = given.get("organisation")
        title = f"{self.title} {organisation.name}" if organisation is not None else self.title
        return Happen(Wish(self.kind, given["on"], paper, organisation), title, given["reason"])


class TransferForm(EventForm):
    """Moving everyone to one cell, by one decision."""

    kind = "transferred"
    title = "Chuyển sinh hoạt đến"

    organisation = cell_field("Chi bộ nơi đến")
    on = DayField(label="Chuyển từ ngày")
    decision_number = forms.CharField(label="Quyết định hoặc giấy giới thiệu số", max_length=60)
    decision_on = DayField(label="Ngày ký")
    decision_by = forms.CharField(
        label="Nơi ban hành", max_length=160, help_text="Ví dụ Ban Thường vụ Huyện ủy"
    )

    def clean_organisation(self) -> Any:
        """The cell chosen from those found."""
        return organisation_chosen(self.finds, self.cleaned_data["organisation"], self.today)


class ExemptionForm(EventForm):
    """Exempting everyone from work and meetings, as their cell resolved."""

    kind = "exempted"
    title = "Miễn công tác và sinh hoạt đảng"

    on = DayField(label="Miễn từ ngày")
    decision_number = forms.CharField(label="Nghị quyết của chi bộ số", max_length=60)
    decision_on = DayField(label="Ngày ký")
    decision_by = forms.CharField(label="Nơi ban hành", max_length=160, required=False)


BulkForm = RewriteForm | EventForm
"""A form of a change of many; of a valid one ``act`` is what is to be done."""

FORMS: dict[str, tuple[str, str, type[BulkForm]]] = {
    "ho-so": (
        "Đổi một mục trong hồ sơ",
        "Ví dụ nơi cư trú sau khi xã sáp nhập: thay một cụm chữ hoặc ghi lại cả mục.",
        RewriteForm,
    ),
    "chuyen-sinh-hoat": (
        "Chuyển sinh hoạt đến một chi bộ",
        "Mọi người được chọn cùng chuyển theo một quyết định; chức vụ không tự kết thúc.",
        TransferForm,
    ),
    "mien-sinh-hoat": (
        "Miễn công tác và sinh hoạt",
        "Theo nghị quyết của chi bộ; người được miễn vẫn là đảng viên của chi bộ.",
        ExemptionForm,
    ),
}
"""By their part of the address: what is done, what it means, and what it asks."""

"""The forms of conferences, tasks and reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tochuc.documents.reading.names import safe_name
from tochuc.documents.reading.upload import read_upload
from tochuc.kernel.errors import DomainError
from tochuc.web.attachments import AttachmentField
from tochuc.web.fields import Line, Words
from tochuc.web.forms import DayField, Form
from tochuc.web.programme.wording import ITEM_LABELS, REPORT_STATUS
from tochuc.web.shown_again import resent

LONGEST_TEXT = 300_000
"""Characters of a text to draft from; a printed page has about 2,500."""
SHORTEST_TEXT = 80
LONGEST_NOTE = 8_000

ALL, SOME = "all", "some"


class ImportForm(Form):
    """A text to draft a conference from: pasted, or brought as a file."""

    organisation = forms.ChoiceField(label="Cơ quan tổ chức hội nghị", widget=forms.RadioSelect)
    text = Words(
        label="Dán nội dung tin hoặc thông báo",
        help_text="Cả bài, từ tiêu đề đến câu cuối.",
        required=False,
        rows=12,
        longest=LONGEST_TEXT,
    )
    file = forms.FileField(
        label="Hoặc tải tệp lên",
        help_text="Tệp .docx hoặc .txt, không quá 10 MB.",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )
    again = forms.BooleanField(label="Vẫn lập hồ sơ mới từ văn bản này", required=False)

    def __init__(self, organisations: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {o.code: o for o in organisations}
        choices = self.fields["organisation"]
        choices.choices = [(o.code, o.name) for o in organisations]  # type: ignore[attr-defined]
        if organisations:
            choices.initial = organisations[0].code

    def clean(self) -> dict[str, Any]:
        """Exactly one text, long enough to be one; it comes out as ``source`` with its ``name``."""
        given = super().clean() or {}
        text, upload = given.get("text", ""), given.get("file")
        if self.errors:
            return given
        if text.strip() and upload:
            self.add_error("file", "Đã dán nội dung thì không tải tệp nữa; hãy bỏ một trong hai.")
        elif upload:
            given["source"], given["name"] = self._read(upload), safe_name(upload.name or "")
            self._show_as_pasted(given["source"])
        elif text.strip():
            given["source"], given["name"] = text, ""
        else:
            self.add_error("text", "Hãy dán nội dung văn bản vào đây, hoặc tải tệp lên ở ô dưới.")
        if not self.errors:
            self._check_length(given["source"], "file" if upload else "text")
        return given

    def _read(self, upload: UploadedFile) -> str:
        if (upload.size or 0) > settings.UPLOAD_LIMIT:
            self.add_error("file", "Tệp lớn hơn 10 MB. Hãy chỉ lấy phần chữ, lưu lại rồi tải lên.")
            return ""
        try:
            return read_upload(upload.name or "", upload.read(), limit=settings.UPLOAD_LIMIT)
        except DomainError as bad:
            self.add_error("file", forms.ValidationError(bad.message, code=bad.code))
            return ""

    def _show_as_pasted(self, text: str) -> None:
        # A browser never sends a file twice: should the form come back, its text is in the box.
        if text and len(text) <= LONGEST_TEXT:
            resent(self, "text", text)

    def _check_length(self, text: str, field: str) -> None:
        shown = f"{len(text):,}".replace(",", ".")
        if len(text.strip()) < SHORTEST_TEXT:
            self.add_error(
                field, f"Văn bản chỉ có {shown} ký tự, quá ngắn để lập hồ sơ hội nghị; hãy đưa cả bài."
            )
        elif len(text) > LONGEST_TEXT:
            self.add_error(
                field, f"Văn bản có {shown} ký tự, dài hơn một hội nghị; hãy chỉ lấy phần nói về hội nghị."
            )


class HeadForm(Form):
    """The head of a conference's record."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = Words(label="Tên hội nghị", rows=2, longest=300)
    held_on = DayField(label="Ngày họp", required=False)
    host_name = Line(label="Cơ quan tổ chức", required=False)
    chair_name = Line(label="Người chủ trì", help_text="Họ và tên.", required=False)
    chair_post = Line(label="Chức vụ người chủ trì", required=False)
    place = Line(label="Địa điểm", required=False)
    delegates = Words(
        label="Thành phần dự",
        help_text="Mỗi dòng một nhóm đại biểu, theo chức vụ.",
        required=False,
        rows=6,
        longest=20_000,
    )

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_delegates(self) -> list[str]:
        """The groups, one a line."""
        groups = [" ".join(line.split()) for line in self.cleaned_data["delegates"].splitlines()]
        long = next((g for g in groups if len(g) > 400), None)
        if long:
            raise forms.ValidationError(f"Nhóm “{long[:60]}…” dài quá 400 ký tự; hãy tách thành nhiều dòng.")
        return [g for g in groups if g]

    def head(self) -> dict[str, Any]:
        """The fields of the conference itself."""
        return {
            k: self.cleaned_data[k]
            for k in ("title", "held_on", "host_name", "chair_name", "chair_post", "place")
        }


class ItemForm(Form):
    """One result, limitation, opinion or task."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = Words(label="Nội dung", rows=5)
    kind = forms.ChoiceField(label="Thuộc phần", choices=ITEM_LABELS, widget=forms.RadioSelect)


class AssignForm(Form):
    """Who carries a task out, until when."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = Words(label="Nội dung nhiệm vụ", rows=4)
    due_on = DayField(label="Thời hạn hoàn thành")
    who = forms.ChoiceField(label="Giao cho", widget=forms.RadioSelect)
    organisations = forms.MultipleChoiceField(
        label="Tổ chức thực hiện", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        communes: Sequence[Any],
        others: Sequence[Any],
        *args: Any,
        fixed_text: bool = False,
        due_needed: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.communes = {o.code: o for o in communes}
        self.others = {o.code: o for o in others}
        count = len(self.communes)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (ALL, f"Cả {count} xã, thị trấn"),
            (SOME, "Chỉ những tổ chức được chọn"),
        ]
        self.fields["organisations"].choices = [  # type: ignore[attr-defined]
            (code, o.short_name) for code, o in (self.communes | self.others).items()
        ]
        self.fields["due_on"].required = due_needed
        if fixed_text:
            del self.fields["text"]
        if not count:
            self.fields["who"].choices = [(SOME, "Những tổ chức được chọn")]  # type: ignore[attr-defined]
            self.fields["who"].initial = SOME

    def clean(self) -> dict[str, Any]:
        """``to``: the organisations that get the task."""
        given = super().clean() or {}
        known = self.communes | self.others
        chosen = [known[code] for code in given.get("organisations", [])]
        if given.get("who") == ALL:
            chosen = [*self.communes.values(), *(o for o in chosen if o.code in self.others)]
        if not chosen and not self.errors:
            self.add_error("organisations", "Cần chọn ít nhất một tổ chức thực hiện.")
        return given | {"to": chosen}


class CommonDueForm(Form):
    """A due date for all tasks of a conference that have none of their own."""

    common = DayField(
        label="Thời hạn chung",
        required=False,
        help_text="Dùng cho nhiệm vụ để trống thời hạn riêng. Ngày/tháng/năm, ví dụ 30/6/2023.",
    )


class IssueForm(Form):
    """What is asked before conclusions go out."""

    number = forms.IntegerField(
        label="Số văn bản",
        help_text="Số tiếp theo trong sổ của nhiệm kỳ; sửa nếu sổ giấy đã cấp số khác.",
        min_value=1,
        max_value=99_999,
        error_messages={
            "invalid": "Số văn bản là một số, ví dụ 12.",
            "min_value": "Số văn bản phải từ 1 trở lên.",
            "max_value": "Số văn bản lớn quá; hãy xem lại.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    place = Line(label="Địa danh", help_text="Ghi trước ngày ban hành, ví dụ Duy Xuyên.", longest=80)
    issued_on = DayField(label="Ngày ban hành")
    signer_name = Line(label="Người ký", help_text="Họ và tên.", longest=120)
    signer_post = Line(label="Chức vụ người ký")
    recipients = Words(
        label="Nơi nhận",
        help_text="Mỗi dòng một nơi; dòng cuối là nơi lưu.",
        rows=6,
        longest=8_000,
    )

    def clean_recipients(self) -> tuple[str, ...]:
        """The lines of the list."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["recipients"].splitlines())
        return tuple(line for line in lines if line)


class ReportForm(Form):
    """A report on an assigned task."""

    status = forms.ChoiceField(label="Tình hình thực hiện", choices=REPORT_STATUS, widget=forms.RadioSelect)
    note = Words(
        label="Kết quả, tiến độ",
        help_text="Đã làm được gì, còn vướng gì, việc tiếp theo.",
        rows=6,
        longest=LONGEST_NOTE,
    )
    file = AttachmentField(label="Tệp kèm theo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].error_messages["required"] = "Hãy chọn đang thực hiện hoặc đã hoàn thành."
        self.fields["note"].error_messages["required"] = "Hãy ghi kết quả hoặc tiến độ, một câu cũng được."

    def clean(self) -> dict[str, Any]:
        """A browser never sends a file twice, so a report that comes back says to choose it again."""
        given = super().clean() or {}
        if self.errors and given.get("file"):
            self.add_error("file", "Hãy chọn lại tệp: trình duyệt không giữ tệp khi báo cáo còn chỗ cần sửa.")
        return given

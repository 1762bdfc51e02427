"""The forms of plans: what a plan says beside its operations, one form for each operation, and carrying it out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from tochuc.kernel.names import tidy
from tochuc.kernel.slugs import slug
from tochuc.org.kinds import CELL_KIND_CHOICES, KINDS_OFFERED, MEMBER_KINDS
from tochuc.org.naming import why_not_named
from tochuc.reorganise.drafts import Head
from tochuc.web.fields import Line, Words
from tochuc.web.forms import DayField, Form
from tochuc.web.reorganise.picking import Offered, PickField

_FATES = [("continue", "Giữ nguyên người giữ chức vụ"), ("end", "Kết thúc các chức vụ, kiện toàn lại")]
_POSTS = [("secretary", "Bí thư"), ("deputy_secretary", "Phó Bí thư")]
_FIT = [("", "Không ghi"), *CELL_KIND_CHOICES]


class HeadForm(Form):
    """What a plan says beside its operations."""

    title = Line(label="Tên phương án", help_text="Ví dụ: Sáp nhập hai chi bộ thôn xã An Hòa")
    day = DayField(
        label="Ngày có hiệu lực", help_text="Ngày đầu của tổ chức mới. Ngày/tháng/năm, ví dụ 1/7/2025"
    )
    decision_number = Line(
        label="Số quyết định", longest=60, required=False, help_text="Có thể ghi sau, lúc thực hiện"
    )
    decision_on = DayField(label="Ngày ký", required=False)
    decision_by = Line(label="Cơ quan ban hành", longest=160, required=False)
    note = Words(label="Ghi chú", required=False, rows=3)

    def head(self) -> Head:
        """What was said."""
        given = self.cleaned_data
        return Head(
            given["title"],
            given["day"],
            given["decision_number"],
            given["decision_on"],
            given["decision_by"],
            given["note"],
        )


class DecisionForm(Form):
    """The decision by which a plan is carried out."""

    decision_number = Line(
        label="Số quyết định", longest=60, help_text="Ghi như trên văn bản, ví dụ 45-QĐ/HU"
    )
    decision_on = DayField(label="Ngày ký")
    decision_by = Line(label="Cơ quan ban hành", longest=160)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(Form):
    """A plan written in a file."""

    file = forms.FileField(
        label="Tệp phương án",
        help_text="Tệp .yaml theo mẫu trong hướng dẫn. Chưa thay đổi gì: phương án được mở ra để xem và sửa tiếp.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        error_messages={"required": "Hãy chọn tệp phương án."},
    )


class ReasonForm(Form):
    """Why a reorganisation is undone."""

    reason = Words(label="Lý do hủy", longest=500, rows=2)


class OperationForm(Form):
    """One operation of a plan. ``op`` is which; ``said`` gives it as a plan keeps it."""

    op = ""
    lead = ""

    def __init__(self, offered: Offered, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.offered = offered

    def keep_quiet(self) -> None:
        """Show what was typed so far without objecting to what isn't there yet."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def said(self) -> dict[str, Any]:
        """The operation as a plan keeps it."""
        kept = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {"op": self.op, **kept}


class NameField(Line):
    """What an organisation is to be called."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and (why := why_not_named(value)):
            raise forms.ValidationError(why)


class FoundForm(OperationForm):
    """Set an organisation up."""

    op = "found"
    lead = "Thành lập một tổ chức mới. Đảng viên được đưa vào bằng thao tác sáp nhập hoặc chia, tách."
    name = NameField(label="Tên đầy đủ", help_text="Ví dụ: Chi bộ thôn Trà Đông")
    short_name = NameField(
        label="Tên gọi ngắn", longest=120, help_text="Dùng trong danh sách, ví dụ: Thôn Trà Đông"
    )
    kind = forms.ChoiceField(label="Loại hình", choices=KINDS_OFFERED, widget=forms.RadioSelect)
    cell_kind = forms.ChoiceField(
        label="Loại chi bộ", choices=_FIT, required=False, help_text="Chỉ ghi với chi bộ"
    )
    under = PickField(label="Trực thuộc")
    follows = PickField(
        label="Kế tục công việc của",
        many=True,
        old=True,
        required=False,
        help_text="Tổ chức cũ mà tổ chức này tiếp nhận công việc, không kể nơi sáp nhập vào",
    )
    new_posts = forms.MultipleChoiceField(
        label="Lập sẵn chức vụ", choices=_POSTS, required=False, widget=forms.CheckboxSelectMultiple
    )

    def said(self) -> dict[str, Any]:
        """With a code of its own made of its name, and the posts chosen."""
        kept = super().said()
        wanted = kept.pop("new_posts")
        own = self.initial.get("code") or self._code(kept["under"], kept["short_name"])
        titles = dict(_POSTS)
        posts = [self._titled(post, kept["name"], titles) for post in self.initial.get("posts") or ()]
        there = {post["kind"] for post in posts}
        posts += [
            {
                "code": f"{own}-{slug(titles[kind])}"[:80],
                "kind": kind,
                "title": f"{titles[kind]} {kept['name']}"[:160],
            }
            for kind in wanted
            if kind not in there
        ]
        return {
            **kept,
            "code": own,
            "posts": [post for post in posts if post["kind"] in wanted or post["kind"] not in titles],
        }

    def _titled(self, post: dict[str, Any], name: str, titles: dict[str, str]) -> dict[str, Any]:
        """A post of the plan; one that is titled by the name given before is titled by the new one."""
        title = titles.get(post["kind"], "")
        if post["title"] == f"{title} {self.initial.get('name')}"[:160]:
            return {**post, "title": f"{title} {name}"[:160]}
        return post

    def _code(self, under: str, short_name: str) -> str:
        taken = {code for code, _name in self.offered.founded}
        base = f"{under}-{slug(short_name)}"[:56].strip("-")
        tried, n = base, 1
        while tried in taken or self.offered.taken(tried):
            n += 1
            tried = f"{base}-{n}"
        return tried


class RenameForm(OperationForm):
    """Give an organisation another name."""

    op = "rename"
    lead = "Những ngày trước vẫn giữ tên cũ."
    of = PickField(label="Tổ chức đổi tên", old=True)
    name = NameField(label="Tên mới")
    short_name = NameField(label="Tên gọi ngắn mới", longest=120)
    posts = forms.ChoiceField(label="Chức vụ", choices=_FATES, initial="continue", widget=forms.RadioSelect)


class MoveForm(OperationForm):
    """Put organisations under another superior."""

    op = "move"
    lead = "Chuyển cả tổ chức, với mọi tổ chức trực thuộc và đảng viên của nó."
    of = PickField(label="Tổ chức được chuyển", old=True, many=True)
    to = PickField(label="Về trực thuộc")
    posts = forms.ChoiceField(label="Chức vụ", choices=_FATES, initial="continue", widget=forms.RadioSelect)


class ConvertForm(OperationForm):
    """Make organisations another kind."""

    op = "convert"
    lead = "Đổi loại hình tổ chức hoặc loại chi bộ."
    of = PickField(label="Tổ chức chuyển loại hình", old=True, many=True)
    kind = forms.ChoiceField(
        label="Loại hình mới",
        choices=[("", "Giữ nguyên"), *KINDS_OFFERED],
        required=False,
        widget=forms.RadioSelect,
    )
    cell_kind = forms.ChoiceField(
        label="Loại chi bộ mới", choices=[("", "Giữ nguyên"), *CELL_KIND_CHOICES], required=False
    )
    posts = forms.ChoiceField(label="Chức vụ", choices=_FATES, initial="continue", widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        """Something must change."""
        clean = super().clean() or {}
        if not clean.get("kind") and not clean.get("cell_kind"):
            self.add_error("kind", "Cần chọn loại hình mới hoặc loại chi bộ mới.")
        return clean


class MergeForm(OperationForm):
    """Let organisations go into one."""

    op = "merge"
    lead = "Các tổ chức nhập vào thì kết thúc; đảng viên và tổ chức trực thuộc chuyển về nơi tiếp nhận."
    of = PickField(label="Tổ chức nhập vào", old=True, many=True)
    into = PickField(label="Nhập vào", help_text="Tổ chức đang có, hoặc vừa thành lập trong phương án này")


class DissolveForm(OperationForm):
    """End organisations."""

    op = "dissolve"
    lead = "Đảng viên và tổ chức trực thuộc cần có nơi chuyển đến."
    of = PickField(label="Tổ chức kết thúc hoạt động", old=True, many=True)
    members_to = PickField(label="Đảng viên về chi bộ", required=False)
    units_to = PickField(label="Tổ chức trực thuộc về", required=False)
    followed_by = PickField(label="Công việc do tổ chức nào tiếp nhận", many=True, required=False)


class SplitForm(OperationForm):
    """Divide the members of cells: by name, by where they live, the others together."""

    op = "split"
    lead = "Chọn chi bộ và các nơi đến trước; sau đó nêu ai về đâu, theo nơi cư trú hoặc từng người."
    of = PickField(label="Chi bộ được chia", old=True, many=True, kinds=MEMBER_KINDS)
    to = PickField(label="Các nơi đến", many=True, help_text="Chi bộ cũ còn hoạt động thì chọn cả chi bộ đó")
    rest = forms.ChoiceField(label="Những người còn lại về", required=False)

    def __init__(self, offered: Offered, *args: Any, people: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(offered, *args, **kwargs)
        self.people = list(people)
        value = self["to"].value() or []
        to = self.fields["to"]
        assert isinstance(to, PickField)
        names = {row["value"]: row["label"] for row in to.rows(codes=value)} if value else {}
        self.places = list(names.items())
        rest = self.fields["rest"]
        assert isinstance(rest, forms.ChoiceField)
        rest.choices = [("", "Không có: mọi người đều được nêu nơi đến"), *self.places]
        parts = {part["to"]: part for part in self.initial.get("parts") or ()}
        for n, (code, name) in enumerate(self.places):
            self.fields[f"residence_{n}"] = Words(
                label=f"Về {name}: người cư trú ở",
                rows=2,
                required=False,
                help_text="Mỗi dòng một nơi, như trong hồ sơ, ví dụ: thôn Đông",
                initial="\n".join(parts.get(code, {}).get("residence", ())),
            )
        chosen = {ref: code for code, part in parts.items() for ref in part.get("people", ())}
        for one in self.people:
            self.fields[f"nguoi_{one.ref}"] = forms.ChoiceField(
                label=one.name,
                required=False,
                choices=[("", "Theo nơi cư trú"), *self.places],
                initial=chosen.get(one.ref, ""),
            )

    @property
    def rules(self) -> list[Any]:
        """The fields that say who goes where by residence."""
        return [self[f"residence_{n}"] for n in range(len(self.places))]

    @property
    def persons(self) -> list[Any]:
        """The fields that say where each person goes, with the words of their residence."""
        return [(self[f"nguoi_{one.ref}"], one.residence) for one in self.people]

    def said(self) -> dict[str, Any]:
        """One part for each place that takes somebody by name or by rule."""
        given = self.cleaned_data
        before = {part["to"]: part.get("before", ()) for part in self.initial.get("parts") or ()}
        parts = []
        for n, (code, _name) in enumerate(self.places):
            homes = [line.strip() for line in given[f"residence_{n}"].splitlines() if line.strip()]
            people = [one.ref for one in self.people if given.get(f"nguoi_{one.ref}") == code]
            if homes or people or before.get(code):
                parts.append(
                    {"to": code, "people": people, "residence": homes, "before": list(before.get(code, ()))}
                )
        return {"op": "split", "of": given["of"], "parts": parts, "rest": given["rest"] or None}

    def clean(self) -> dict[str, Any]:
        """Somebody goes somewhere."""
        clean = super().clean() or {}
        if self.errors or not self.places:
            return clean
        if not self.said()["parts"]:
            raise forms.ValidationError("Cần nêu ít nhất một nơi đến theo nơi cư trú, hoặc chọn từng người.")
        return clean


FORMS: dict[str, type[OperationForm]] = {
    form.op: form
    for form in (FoundForm, RenameForm, MoveForm, ConvertForm, MergeForm, SplitForm, DissolveForm)
}
ADDRESSES = {
    "thanh-lap": "found",
    "doi-ten": "rename",
    "chuyen": "move",
    "chuyen-loai-hinh": "convert",
    "sap-nhap": "merge",
    "chia-tach": "split",
    "giai-the": "dissolve",
}
"""What addresses call the operations."""

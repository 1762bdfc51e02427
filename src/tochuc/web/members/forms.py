"""Forms for what happened to a person, in the order of the official records; one layout for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from tochuc.members.actions import Decision
from tochuc.members.kinds import EVENT_KINDS, OFFICIAL, PROBATIONARY, STANDINGS
from tochuc.members.recording import Wish
from tochuc.org.queries import cell_by_code
from tochuc.web.forms import DayField, Form

_DECISION, _PAPER = "Quyết định số", "Giấy giới thiệu hoặc quyết định số"


@dataclass(frozen=True)
class Layout:
    """How a kind of event is asked for: its part of the address, the words of its day, which fields it has.

    ``paper`` names its decision; ``extra`` are fields beside day and decision, shown first.
    """

    slug: str
    day: str
    button: str
    paper: str = _DECISION
    extra: tuple[str, ...] = ()


LAYOUTS = {
    "admitted": Layout(
        "ket-nap", "Ngày tổ chức lễ kết nạp tại chi bộ", "Ghi kết nạp", "Quyết định kết nạp số"
    ),
    "readmitted": Layout("ket-nap-lai", "Ngày tổ chức lễ kết nạp lại", "Ghi kết nạp lại"),
    "recognised": Layout(
        "cong-nhan",
        "Ngày công nhận đảng viên chính thức",
        "Ghi công nhận chính thức",
        "Quyết định công nhận số",
    ),
    "transferred": Layout(
        "chuyen-sinh-hoat",
        "Chuyển từ ngày",
        "Ghi chuyển sinh hoạt",
        _PAPER,
        ("organisation",),
    ),
    "left_for": Layout("chuyen-di", "Chuyển đi từ ngày", "Ghi chuyển đi", _PAPER, ("destination",)),
    "arrived": Layout(
        "chuyen-den",
        "Chuyển đến từ ngày",
        "Ghi chuyển đến",
        _PAPER,
        ("origin", "standing", "admitted_on", "official_on"),
    ),
    "exempted": Layout("mien-sinh-hoat", "Miễn từ ngày", "Ghi miễn sinh hoạt", "Nghị quyết của chi bộ số"),
    "exemption_ended": Layout(
        "thoi-mien", "Trở lại sinh hoạt từ ngày", "Ghi trở lại sinh hoạt", "Nghị quyết của chi bộ số"
    ),
    "died": Layout("tu-tran", "Ngày từ trần", "Ghi từ trần", ""),
    "departed": Layout("ra-khoi-dang", "Ra khỏi Đảng từ ngày", "Ghi ra khỏi Đảng"),
    "removed": Layout("xoa-ten", "Xóa tên từ ngày", "Ghi xóa tên"),
    "expelled": Layout("khai-tru", "Khai trừ từ ngày", "Ghi khai trừ"),
    "restored": Layout("phuc-hoi", "Phục hồi từ ngày", "Ghi phục hồi"),
    "sympathiser_listed": Layout(
        "cam-tinh", "Ngày chi bộ đưa vào danh sách", "Đưa vào danh sách", "Nghị quyết của chi bộ số"
    ),
    "sympathiser_closed": Layout(
        "thoi-cam-tinh", "Ngày đưa ra khỏi danh sách", "Đưa ra khỏi danh sách", "Nghị quyết của chi bộ số"
    ),
    "opening": Layout("lap-so", "Ngày lập sổ", "Ghi lại", "", ("standing", "admitted_on", "official_on")),
    "reorganised": Layout("sap-xep", "Chuyển từ ngày", "Ghi lại"),
    "took_post": Layout("nhan-chuc", "Nhận chức vụ từ ngày", "Ghi lại"),
    "left_post": Layout("thoi-chuc", "Thôi chức vụ từ ngày", "Ghi lại"),
}
KIND_OF_SLUG = {layout.slug: code for code, layout in LAYOUTS.items()}


def _organisation(label: str) -> forms.Field:
    return forms.CharField(
        label=label,
        max_length=64,
        help_text="Gõ tên chi bộ hoặc tên xã, không cần dấu, rồi chọn trong danh sách",
        # Asked for in `clean_organisation`, which knows to say that one has to choose.
        required=False,
    )


def _extra(name: str) -> forms.Field:
    if name == "organisation":
        return _organisation("Chi bộ nơi đến")
    if name == "standing":
        choices = [(code, STANDINGS[code]) for code in (OFFICIAL, PROBATIONARY)]
        return forms.ChoiceField(label="Khi đó là", choices=choices, widget=forms.RadioSelect)
    if name in {"admitted_on", "official_on"}:
        label = "Ngày vào Đảng (lễ kết nạp)" if name == "admitted_on" else "Ngày công nhận chính thức"
        return DayField(label=label, required=False)
    label = "Tổ chức đảng nơi đến" if name == "destination" else "Chuyển đến từ tổ chức đảng"
    return forms.CharField(label=label, max_length=200, help_text="Ghi rõ chi bộ, đảng bộ cơ sở, huyện, tỉnh")


def _decision(paper: str, *, required: bool) -> dict[str, forms.Field]:
    return {
        "decision_number": forms.CharField(label=paper, max_length=60, required=required),
        "decision_on": DayField(label="Ngày ký", required=required),
        "decision_by": forms.CharField(
            label="Nơi ban hành",
            max_length=160,
            required=required,
            help_text="Ví dụ Ban Thường vụ Huyện ủy",
        ),
    }


class EventForm(Form):
    """What the layout of a kind asks for, beside ``on``. Made by ``form_for``."""

    kind: str
    today: date

    def clean_organisation(self) -> Any:
        """The cell chosen from those found."""
        code = self.cleaned_data["organisation"]
        if not code:
            raise forms.ValidationError("Cần tìm rồi chọn một chi bộ trong danh sách.", code="required")
        span = cell_by_code(code, self.today)
        if span is None:
            raise forms.ValidationError("Chi bộ này không có trong sổ; hãy tìm rồi chọn trong danh sách.")
        return span.organisation

    @property
    def wish(self) -> Wish:
        """What is to be recorded, of a valid form."""
        clean = self.cleaned_data
        return Wish(self.kind, clean["on"], self.decision, clean.get("organisation"), self.facts)

    @property
    def decision(self) -> Decision:
        """The paper it rests on."""
        clean = self.cleaned_data
        number, by = clean.get("decision_number", ""), clean.get("decision_by", "")
        return Decision(number, clean.get("decision_on"), by)

    @property
    def facts(self) -> dict[str, Any]:
        """What the event keeps beside its day and paper, as the ledger stores it."""
        names = [name for name in LAYOUTS[self.kind].extra if name != "organisation"]
        kept = {name: self.cleaned_data.get(name) for name in names}
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in kept.items() if v}


def form_for(kind: str, today: date, *, correcting: bool = False) -> type[EventForm]:
    """The form of a kind of event; to correct one it also asks its cell and the reason."""
    layout, rule = LAYOUTS[kind], EVENT_KINDS[kind]
    fields: dict[str, Any] = {name: _extra(name) for name in layout.extra}
    if correcting and rule.place:
        fields["organisation"] = _organisation("Chi bộ")
    fields["on"] = DayField(label=layout.day)
    if layout.paper:
        fields |= _decision(layout.paper, required=rule.needs_decision)
    if correcting:
        fields["reason"] = reason_field()
    return type("EventForm", (EventForm,), {**fields, "kind": kind, "today": today})


def reason_field() -> forms.Field:
    """Why a record is corrected."""
    return forms.CharField(
        label="Lý do đính chính",
        max_length=500,
        help_text="Sai ở đâu, căn cứ giấy tờ nào",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VoidForm(Form):
    """Striking a record out asks only why."""

    reason = reason_field()

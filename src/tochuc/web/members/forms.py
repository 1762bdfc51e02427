"""Forms for what happened to a person, in the order of the official records; one layout for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from tochuc.members.actions import Decision
from tochuc.members.kinds import (
    ANY_ORGANISATION,
    CELL,
    DISCIPLINES,
    EVENT_KINDS,
    EXPULSION,
    OFFICIAL,
    OWN_CELL,
    PROBATIONARY,
    STANDINGS,
    WORDS,
)
from tochuc.members.recording import Wish
from tochuc.members.temporary import PURPOSE_CHOICES
from tochuc.org.queries import Organisation, OrganisationSpan, cell_by_code, receiver_by_code
from tochuc.web.forms import DayField, Form

_DECISION, _PAPER = "Quyết định số", "Giấy giới thiệu hoặc quyết định số"


@dataclass(frozen=True)
class Layout:
    """How a kind of event is asked for: its part of the address, the words of its day, which fields it has.

    ``paper`` names its decision; ``extra`` are fields beside day and decision, shown first; ``after`` those that
    come after the day; ``words`` are labels of this kind alone; ``needed`` are fields that must be filled in.
    """

    slug: str
    day: str
    button: str
    paper: str = _DECISION
    extra: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()

    def label(self, name: str) -> str:
        """What a field is called in this form."""
        return self.words.get(name) or _LABELS[name]


_LABELS = {
    "organisation": "Chi bộ nơi đến",
    "destination": "Tổ chức đảng nơi đến",
    "origin": "Chuyển đến từ tổ chức đảng",
    "standing": "Khi đó là",
    "admitted_on": "Ngày vào Đảng (lễ kết nạp)",
    "official_on": "Ngày công nhận chính thức",
    "purpose": "Lý do",
    "until_on": "Đến ngày",
    "why": "Lý do không chuyển nữa",
    "form": "Hình thức kỷ luật",
}
DAYS = frozenset({"admitted_on", "official_on", "until_on"})
"""The fields that hold a day."""
_OUTSIDE_OUR_RECORDS = "Nếu nơi đến ở ngoài sổ này: tên tổ chức đảng nơi đến"

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
    "papers_out": Layout(
        "giay-gioi-thieu",
        "Ngày cấp giấy giới thiệu",
        "Ghi giấy giới thiệu",
        "Giấy giới thiệu số",
        ("organisation", "destination"),
        words={"organisation": "Tổ chức đảng nơi đến", "destination": _OUTSIDE_OUR_RECORDS},
    ),
    "papers_returned": Layout(
        "thu-lai-giay",
        "Thu lại từ ngày",
        "Ghi thu lại giấy giới thiệu",
        "",
        ("why",),
        needed=frozenset({"why"}),
    ),
    "sent_temporarily": Layout(
        "sinh-hoat-tam-thoi",
        "Sinh hoạt tạm thời từ ngày",
        "Ghi sinh hoạt tạm thời",
        "Giấy giới thiệu số",
        ("organisation", "destination", "purpose"),
        ("until_on",),
        {"organisation": "Chi bộ nơi sinh hoạt tạm thời", "destination": _OUTSIDE_OUR_RECORDS},
        frozenset({"until_on"}),
    ),
    "temporary_extended": Layout(
        "gia-han-tam-thoi",
        "Gia hạn từ ngày",
        "Ghi gia hạn",
        _PAPER,
        after=("until_on",),
        needed=frozenset({"until_on"}),
    ),
    "temporary_ended": Layout("het-tam-thoi", "Trở về từ ngày", "Ghi trở về", _PAPER),
    "went_abroad": Layout(
        "ra-nuoc-ngoai",
        "Ra nước ngoài từ ngày",
        "Ghi ra nước ngoài",
        _PAPER,
        ("destination",),
        ("until_on",),
        {"destination": "Nước đến và việc làm ở đó", "until_on": "Dự kiến về ngày"},
    ),
    "abroad_ended": Layout("ve-nuoc", "Về nước từ ngày", "Ghi về nước", ""),
    "suspended": Layout(
        "dinh-chi",
        "Đình chỉ từ ngày",
        "Ghi đình chỉ",
        after=("until_on",),
        needed=frozenset({"until_on"}),
    ),
    "suspension_extended": Layout(
        "gia-han-dinh-chi",
        "Gia hạn từ ngày",
        "Ghi gia hạn",
        after=("until_on",),
        needed=frozenset({"until_on"}),
    ),
    "suspension_ended": Layout("het-dinh-chi", "Trở lại sinh hoạt từ ngày", "Ghi hết đình chỉ"),
    "disciplined": Layout(
        "ky-luat",
        "Ngày công bố quyết định",
        "Ghi lại",
        "Quyết định kỷ luật số",
        ("form",),
        ("until_on",),
        {"until_on": "Hết hiệu lực ngày"},
    ),
    "discipline_ended": Layout("het-ky-luat", "Hết hiệu lực từ ngày", "Ghi lại", ""),
    "exempted": Layout(
        "mien-sinh-hoat",
        "Miễn từ ngày",
        "Ghi miễn sinh hoạt",
        "Nghị quyết của chi bộ số",
        after=("until_on",),
        words={"until_on": "Nếu chỉ tạm miễn: đến ngày"},
    ),
    "exemption_ended": Layout(
        "thoi-mien", "Trở lại sinh hoạt từ ngày", "Ghi trở lại sinh hoạt", "Nghị quyết của chi bộ số"
    ),
    "died": Layout("tu-tran", "Ngày từ trần", "Ghi từ trần", ""),
    "departed": Layout("ra-khoi-dang", "Ra khỏi Đảng từ ngày", "Ghi ra khỏi Đảng"),
    "removed": Layout("xoa-ten", "Xóa tên từ ngày", "Ghi xóa tên"),
    "expelled": Layout("khai-tru", "Khai trừ từ ngày", "Ghi khai trừ"),
    "restored": Layout("phuc-hoi", "Phục hồi từ ngày", "Ghi phục hồi"),
    "reconnected": Layout("noi-lai-sinh-hoat", "Nối lại từ ngày", "Ghi nối lại sinh hoạt"),
    "admission_annulled": Layout("huy-ket-nap", "Hủy từ ngày", "Ghi hủy kết nạp"),
    "recognition_annulled": Layout("huy-cong-nhan", "Hủy từ ngày", "Ghi hủy công nhận"),
    "sympathiser_listed": Layout(
        "cam-tinh", "Ngày chi bộ đưa vào danh sách", "Đưa vào danh sách", "Nghị quyết của chi bộ số"
    ),
    "sympathiser_closed": Layout(
        "thoi-cam-tinh", "Ngày đưa ra khỏi danh sách", "Đưa ra khỏi danh sách", "Nghị quyết của chi bộ số"
    ),
    "opening": Layout("lap-so", "Ngày lập sổ", "Ghi lại", "", ("standing", "admitted_on", "official_on")),
    "reorganised": Layout("sap-xep", "Chuyển từ ngày", "Ghi lại"),
    "badge_awarded": Layout("tang-huy-hieu", "Ngày quyết định tặng", "Ghi lại"),
    "badge_reissued": Layout("cap-lai-huy-hieu", "Ngày quyết định cấp lại", "Ghi lại"),
    "card_issued": Layout("phat-the", "Ngày phát thẻ", "Ghi lại"),
    "card_exchanged": Layout("doi-the", "Ngày đổi thẻ", "Ghi lại"),
    "card_reissued": Layout("cap-lai-the", "Ngày cấp lại thẻ", "Ghi lại"),
    "card_withdrawn": Layout("thu-hoi-the", "Ngày thu hồi thẻ", "Ghi lại", ""),
    "took_post": Layout("nhan-chuc", "Nhận chức vụ từ ngày", "Ghi lại"),
    "left_post": Layout("thoi-chuc", "Thôi chức vụ từ ngày", "Ghi lại"),
}
KIND_OF_SLUG = {layout.slug: code for code, layout in LAYOUTS.items()}


_FIND_CELL = "Gõ tên chi bộ hoặc tên xã, không cần dấu, rồi chọn trong danh sách"
_FIND_ANY = "Gõ tên chi bộ hoặc đảng bộ, không cần dấu, rồi chọn trong danh sách"


def cell_field(label: str, *, finds: str = CELL) -> forms.Field:
    """A place found by typing, one chosen from a list."""
    return forms.CharField(
        label=label,
        max_length=64,
        help_text=_FIND_CELL if finds == CELL else _FIND_ANY,
        # Asked for in `clean_organisation`, which knows to say that one has to choose.
        required=False,
    )


def _field(kind: str, name: str) -> forms.Field:
    """One field beside day and decision."""
    layout, rule = LAYOUTS[kind], EVENT_KINDS[kind]
    label, needed = layout.label(name), name in layout.needed
    if name == "organisation":
        return cell_field(label, finds=rule.elsewhere or CELL)
    if name == "standing":
        choices = [(code, STANDINGS[code]) for code in (OFFICIAL, PROBATIONARY)]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if name == "form":
        # Expulsion ends membership: it is a kind of its own.
        choices = [(code, words) for code, words in DISCIPLINES.items() if code != EXPULSION]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if name == "purpose":
        return forms.ChoiceField(label=label, choices=PURPOSE_CHOICES, widget=forms.RadioSelect)
    if name in DAYS:
        return DayField(label=label, required=needed)
    hint = "" if rule.elsewhere == WORDS or name == "why" else "Ghi rõ chi bộ, đảng bộ cơ sở, huyện, tỉnh"
    elsewhere_too = rule.elsewhere not in {"", WORDS}
    return forms.CharField(label=label, max_length=200, help_text=hint, required=not elsewhere_too)


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
        if not code and "destination" in self.fields:
            # Where it may be told in words instead, the ledger asks for one of the two.
            return None
        return organisation_chosen(self.finds, code, self.today)

    @property
    def finds(self) -> str:
        """What its finder looks for: cells, or any organisation that may receive members."""
        return EVENT_KINDS[self.kind].elsewhere or OWN_CELL

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
        kept = {name: self.cleaned_data.get(name) for name in self._own_fields}
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in kept.items() if v}

    def facts_over(self, earlier: Mapping[str, Any]) -> dict[str, Any]:
        """The same for an entry recorded anew: what the form doesn't ask stays as it was, what was emptied goes."""
        return {k: v for k, v in earlier.items() if k not in self._own_fields} | self.facts

    @property
    def _own_fields(self) -> list[str]:
        layout = LAYOUTS[self.kind]
        return [name for name in (*layout.extra, *layout.after) if name != "organisation"]


def form_for(kind: str, today: date, *, correcting: bool = False) -> type[EventForm]:
    """The form of a kind of event; to correct one it also asks its cell and the reason."""
    layout, rule = LAYOUTS[kind], EVENT_KINDS[kind]
    fields: dict[str, Any] = {name: _field(kind, name) for name in layout.extra}
    if correcting and rule.place:
        fields["organisation"] = cell_field("Chi bộ")
    fields["on"] = DayField(label=layout.day)
    fields |= {name: _field(kind, name) for name in layout.after}
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


def organisation_chosen(finds: str, code: str, today: date) -> Organisation:
    """The organisation of this code; ``ValidationError`` where none is chosen or it isn't one to choose."""
    if not code:
        raise forms.ValidationError("Cần tìm rồi chọn một chi bộ trong danh sách.", code="required")
    span = chosen(finds, code, today)
    if span is None:
        raise forms.ValidationError("Nơi này không có trong sổ; hãy tìm rồi chọn trong danh sách.")
    return span.organisation


def chosen(finds: str, code: str, today: date) -> OrganisationSpan | None:
    """The organisation chosen in a finder, where it is one that the finder looks for."""
    return receiver_by_code(code, today) if finds == ANY_ORGANISATION else cell_by_code(code, today)


class VoidForm(Form):
    """Striking a record out asks only why."""

    reason = reason_field()

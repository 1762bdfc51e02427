"""Forms about one's own account."""

from __future__ import annotations

from typing import Any

from django import forms

from tochuc.access.viewer import Viewer
from tochuc.web.forms import Form

READ, WRITE = "doc", "ghi"
_REACHES = [
    (READ, "Chỉ đọc: xem tổ chức, đảng viên, số liệu trong phạm vi của tôi"),
    (WRITE, "Đọc và ghi: làm được những việc tôi được làm trong phần mềm"),
]
_DAYS = [("30", "30 ngày"), ("90", "90 ngày"), ("180", "180 ngày"), ("365", "1 năm")]


def _password(hint: str) -> forms.Field:
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    return forms.CharField(label="Mật khẩu của đồng chí", widget=widget, strip=False, help_text=hint)


class PasswordForm(Form):
    """That it is really the account's owner who asks, and not somebody at an open window."""

    password = _password("Hỏi lại để chắc chắn chính đồng chí yêu cầu")

    def __init__(self, viewer: Viewer, *args: Any) -> None:
        super().__init__(*args)
        self.viewer = viewer

    def clean_password(self) -> str:
        """The account's own password."""
        given: str = self.cleaned_data["password"]
        if not self.viewer.account.check_password(given):
            raise forms.ValidationError("Mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt.")
        return given


class FactorForm(PasswordForm):
    """A code from the telephone, to show that it makes the right ones."""

    code = forms.CharField(
        label="Mã 6 số đang hiện trên điện thoại",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class TokenForm(PasswordForm):
    """What a new token is for, what it may do, until when."""

    name = forms.CharField(
        label="Mã này dùng cho", max_length=60, help_text="Ví dụ: phần mềm báo cáo của Văn phòng"
    )
    reach = forms.ChoiceField(label="Được làm gì", choices=_REACHES, initial=READ, widget=forms.RadioSelect)
    days = forms.ChoiceField(label="Hết hạn sau", choices=_DAYS, initial="90", widget=forms.RadioSelect)

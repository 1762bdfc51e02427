"""Forms about one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm
from django import forms

from tochuc.access.viewer import Viewer
from tochuc.web.forms import MESSAGES, Form

READ, WRITE = "doc", "ghi"
_REACHES = [
    (READ, "Chỉ đọc: xem tổ chức, đảng viên, số liệu trong phạm vi của tôi"),
    (WRITE, "Đọc và ghi: làm được những việc tôi được làm trong phần mềm"),
]
_DAYS = [("30", "30 ngày"), ("90", "90 ngày"), ("180", "180 ngày"), ("365", "1 năm")]

_WRONG_PASSWORD = "Mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt."


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
            raise forms.ValidationError(_WRONG_PASSWORD)
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


class NewPassword(ChangePasswordForm):
    """The library's form of a new password, which has no Vietnamese of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("oldpassword", "Mật khẩu đang dùng"),
            ("password1", "Mật khẩu mới"),
            ("password2", "Nhập lại mật khẩu mới"),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = MESSAGES["required"]

    def clean_oldpassword(self) -> str:
        """The password in use."""
        given: str = self.cleaned_data["oldpassword"]
        if not self.user.check_password(given):
            raise forms.ValidationError(_WRONG_PASSWORD)
        return given

    def clean(self) -> dict[str, Any]:
        """The new password is typed twice alike."""
        given: dict[str, Any] = forms.Form.clean(self) or {}
        first, again = given.get("password1"), given.get("password2")
        if first and again and first != again:
            self.add_error("password2", "Hai lần nhập mật khẩu mới chưa giống nhau.")
        return given

"""Log-in by allauth: no sign-up, one plain message for every failure, each attempt in the trail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tochuc.access.models import Account
from tochuc.audit.record import Actor, record


class Adapter(DefaultAccountAdapter):
    """What Tochuc decides differently from allauth's defaults."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt.",
        "too_many_login_attempts": "Đã thử sai nhiều lần. Vì an toàn, xin chờ 5 phút rồi đăng nhập lại.",
        "account_inactive": "Tài khoản đã ngừng dùng. Xin liên hệ Ban Tổ chức cấp trên.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by the Organisation Board, never by visitors."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, unless a page asked for was named."""
        return reverse("home")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing on log-in and log-out: the page itself shows it."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure for throttling and leave a trace, without the password."""
        super().authentication_failed(request, **credentials)
        name = str(credentials.get("username", ""))[:60]
        record(Actor(None, name, _request_id(request)), "account.login_failed", kind="account", key=name)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Leave a trace of a log-in."""
        actor = Actor(user.pk, user.full_name, _request_id(request))
        record(actor, "account.logged_in", kind="account", key=user.username)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def clean_password(self, password: str, user: Account | None = None) -> str:
        """Check a new password; refusals in Vietnamese come from Django's own translations."""
        try:
            checked: str = super().clean_password(password, user=user)
        except ValidationError as refused:
            raise ValidationError(list(refused.messages)) from refused
        return checked


def _request_id(request: HttpRequest) -> str:
    return getattr(request, "request_id", "")

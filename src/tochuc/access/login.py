"""Log-in by allauth: no sign-up, one plain message for every failure, each attempt in the trail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tochuc.access.models import Account
from tochuc.audit.record import Actor, record

_NO_SUCH_NAME = "(tên không có tài khoản)"


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

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer scripts as pages are answered: our own code tells by the redirect that a form succeeded."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing on log-in and log-out: the page itself shows it."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures by name alone: by default the Host header is part of it, which a visitor chooses."""
        return str(credentials.get("username", "")).lower()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Find the account of a name and password; a closed one is told so, and only to who knows both."""
        found: Account | None = super().authenticate(request, **credentials)
        if found is not None and not found.is_active:
            self.authentication_failed(request, **credentials)
            raise self.validation_error("account_inactive")
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave a trace, without the password: a name that no account has may be one typed a field too early."""
        super().authentication_failed(request, **credentials)
        typed = str(credentials.get("username", ""))
        known = Account.objects.filter(username__iexact=typed).values_list("username", flat=True).first()
        actor = Actor(None, known or _NO_SUCH_NAME, _request_id(request))
        with transaction.atomic():
            record(actor, "account.login_failed", kind="account", key=known or "")

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Leave a trace of a log-in."""
        actor = Actor(user.pk, user.full_name, _request_id(request))
        with transaction.atomic():
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

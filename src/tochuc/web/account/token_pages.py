"""One's tokens (mã truy cập): those there are, making one, which is shown once, and revoking one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tochuc.access import tokens
from tochuc.access.clock import now
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.web import errors
from tochuc.web.account.forms import WRITE, TokenForm
from tochuc.web.door import page

_TITLE = "Mã truy cập"
_COLUMNS = (
    {"label": "Dùng cho"},
    {"label": "Còn hạn", "fact": True},
    {"label": "Được làm gì"},
    {"label": "Mã bắt đầu bằng"},
    {"label": "Tạo ngày"},
    {"label": "Dùng lần cuối"},
    {"label": "Thu hồi"},
)


@page("ma-truy-cap/", name="tokens", needs="token.manage")
def token_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The tokens of one's account that weren't revoked, newest first."""
    at = now()
    context = {
        "page_title": _TITLE,
        "columns": _COLUMNS,
        "rows": [_row(token, at) for token in tokens.of(viewer.account)],
    }
    return render(request, "account/tokens.html", context)


def _row(token: Any, at: datetime) -> dict[str, Any]:
    over = token.expires_at <= at
    until = {"text": "Đã hết hạn", "status": "late"} if over else f"Đến {day_vn(token.last_day)}"
    cells = [
        until,
        "Đọc và ghi" if token.may_write else "Chỉ đọc",
        f"{token.hint}…",
        _day(token.made_at),
        _day(token.used_at) if token.used_at else "Chưa dùng",
        {"text": "Thu hồi", "url": reverse("token_revoke", args=[token.ref])},
    ]
    return {"name": token.name, "cells": cells}


def _day(moment: datetime) -> Any:
    return timezone.localtime(moment).date()


@page("ma-truy-cap/moi/", name="token_new", needs="token.manage", post="token.manage", keeps_count=True)
def token_new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Make a token. The page that follows is the only one ever to show it, so it isn't sent elsewhere for it."""
    sent = request.method == "POST"
    # Whoever finds a session open may not try passwords here.
    if sent and not ratelimit.consume(request, action="reauthenticate", user=viewer.account):
        return errors.too_many(request)
    form = TokenForm(viewer, request.POST) if sent else TokenForm(viewer)
    made = form.attempt(lambda: _make(viewer, form)) if sent and form.is_valid() else None
    if made is None:
        context = {
            "page_title": "Tạo mã truy cập",
            "breadcrumb": _breadcrumb("Tạo mã"),
            "form": form,
            "back": reverse("tokens"),
        }
        return render(request, "account/token_new.html", context, status=422 if sent else 200)
    token, secret = made
    context = {
        "page_title": "Mã truy cập mới",
        "breadcrumb": _breadcrumb("Mã mới"),
        "token": token,
        "secret": secret,
        "until": token.last_day,
        "back": reverse("tokens"),
    }
    return render(request, "account/token_made.html", context)


def _make(viewer: Viewer, form: TokenForm) -> tuple[Any, str]:
    given = form.cleaned_data
    return tokens.make(
        viewer.account,
        name=given["name"],
        may_write=given["reach"] == WRITE,
        days=int(given["days"]),
        at=now(),
        by=viewer.actor,
    )


@page("ma-truy-cap/<token:token>/thu-hoi/", name="token_revoke", needs="token.manage", post="token.manage")
def token_revoke(request: HttpRequest, viewer: Viewer, token: Any) -> HttpResponse:
    """Revoke a token; whatever uses it is refused from that moment on."""
    if request.method == "POST":
        tokens.revoke(token, at=now(), by=viewer.actor)
        messages.success(request, f"Đã thu hồi mã «{token.name}».")
        return redirect("tokens")
    context = {
        "page_title": f"Thu hồi mã «{token.name}»",
        "breadcrumb": _breadcrumb("Thu hồi"),
        "token": token,
        "used": _day(token.used_at) if token.used_at else None,
        "back": reverse("tokens"),
    }
    return render(request, "account/token_revoke.html", context)


def _breadcrumb(here: str) -> list[dict[str, str]]:
    return [{"label": _TITLE, "url": reverse("tokens")}, {"label": here}]

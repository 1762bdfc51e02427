"""The entrance: log-in, log-out, password, and work that a session's end interrupted."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render

from tochuc.access import tokens
from tochuc.access.clock import now
from tochuc.access.viewer import Viewer
from tochuc.audit.record import record
from tochuc.reminders import actions as reminders
from tochuc.web import held
from tochuc.web.door import page, public, viewer_of

HELD = "held"
"""Where the session keeps what was held while a code is asked for."""


class Entrance(LoginView):
    """allauth's log-in with our page; what was typed before the session ended comes back after it."""

    template_name = "login.html"

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        if not self.request.user.is_authenticated:
            # A code is asked for next; what was held waits for it.
            self.request.session[HELD] = self.request.POST.get("held", "")
        return resume(self.request, self.request.POST.get("held", "")) or answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kept = self.request.POST.get("held", "")
        return context | {"held": kept if held.release(kept) else "", "page_title": "Đăng nhập"}


_login = Entrance.as_view()
_logout = LogoutView.as_view()
_password = PasswordChangeView.as_view(template_name="password.html")


@public("dang-nhap/", name="account_login")
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in; one who did so in another window meanwhile goes on with what was held."""
    return resume(request, request.POST.get("held", "")) or _login(request)


@public("dang-xuat/", name="account_logout")
def log_out(request: HttpRequest) -> HttpResponse:
    """Log out; only by a form, so that no link elsewhere can do it."""
    if request.method != "POST":
        return redirect("home" if request.user.is_authenticated else "account_login")
    if request.user.is_authenticated:
        viewer = viewer_of(request)
        with transaction.atomic():
            record(viewer.actor, "account.logged_out", kind="account", key=viewer.account.username)
    return _logout(request)


@page(
    "mat-khau/", name="account_change_password", needs="account.self", post="account.self", keeps_count=True
)
def change_password(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Change one's own password; every session of the account ends with it, and every token."""
    answer = _password(request)
    if request.method == "POST" and answer.status_code == 302:
        with transaction.atomic():
            record(viewer.actor, "account.password_changed", kind="account", key=viewer.account.username)
            tokens.revoke_all(viewer.account, at=now(), by=viewer.actor)
            reminders.close_calendar(viewer.account, by=viewer.actor)
    return answer


@page("noi-lam-viec/", name="workplace", needs="account.self", post="account.self")
def choose_workplace(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Choose which of one's organisations the masthead names."""
    code = request.POST.get("workplace", "")
    if any(o.code == code for o in viewer.workplaces):
        request.session["workplace"] = code
    return redirect("home")


@public("suc-khoe/", name="health")
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the machine: the program answers and reaches its database."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def resume(request: HttpRequest, word: str) -> HttpResponse | None:
    """Offer to send what was held under a word, once somebody is in; None where there is nothing to offer."""
    kept = held.release(word)
    if kept is None or not request.user.is_authenticated:
        return None
    path, fields = kept
    get_token(request)
    context = {"path": path, "fields": fields, "shown": held.shown(fields)}
    return render(request, "errors/resume.html", context)

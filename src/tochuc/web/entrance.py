"""The entrance: log-in, log-out, password, and work that a session's end interrupted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tochuc.access.viewer import Viewer
from tochuc.audit.record import record
from tochuc.web.door import page, public, viewer_of

_SALT = "held"
_HELD_SECONDS = 24 * 3600
_NEVER_HELD = {"csrfmiddlewaretoken", "password", "login", "oldpassword", "password1", "password2"}


class Entrance(LoginView):
    """allauth's log-in with our page; what was typed before the session ended comes back after it."""

    template_name = "login.html"

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        held = _read_held(self.request.POST.get("held", ""))
        if held is None or not self.request.user.is_authenticated:
            return answer
        path, fields = held
        get_token(self.request)
        return render(self.request, "errors/resume.html", {"path": path, "fields": fields})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        held = self.request.POST.get("held", "")
        return context | {"held": held if _read_held(held) else "", "page_title": "Đăng nhập"}


_login = Entrance.as_view()
_logout = LogoutView.as_view()
_password = PasswordChangeView.as_view(template_name="password.html")


@public("dang-nhap/", name="account_login")
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in."""
    return _login(request)


@public("dang-xuat/", name="account_logout")
def log_out(request: HttpRequest) -> HttpResponse:
    """Log out; only by a form, so that no link elsewhere can do it."""
    if request.method != "POST":
        return redirect("home" if request.user.is_authenticated else "account_login")
    if request.user.is_authenticated:
        viewer = viewer_of(request)
        record(viewer.actor, "account.logged_out", kind="account", key=viewer.account.username)
    return _logout(request)


@page("mat-khau/", name="account_change_password", needs="account.self", post="account.self")
def change_password(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Change one's own password."""
    answer = _password(request)
    if request.method == "POST" and answer.status_code == 302:
        record(viewer.actor, "account.password_changed", kind="account", key=viewer.account.username)
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


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page; a form on its way is held in the page itself until one is in again."""
    if request.method != "POST":
        asked = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_login')}?{asked}")
    fields = [(k, v) for k, vs in request.POST.lists() if k not in _NEVER_HELD for v in vs]
    held = signing.dumps({"path": request.get_full_path(), "fields": fields}, salt=_SALT, compress=True)
    context = {"held": held, "fields": _shown(fields), "had_files": bool(request.FILES)}
    return render(request, "errors/expired.html", context, status=401)


def _read_held(held: str) -> tuple[str, list[tuple[str, str]]] | None:
    if not held:
        return None
    try:
        kept = signing.loads(held, salt=_SALT, max_age=_HELD_SECONDS)
    except signing.BadSignature:
        return None
    if not url_has_allowed_host_and_scheme(kept["path"], allowed_hosts=None):
        return None
    return kept["path"], [(k, v) for k, v in kept["fields"]]


def _shown(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a person typed, without the form's own marks."""
    return [(k, v) for k, v in fields if v.strip() and k not in {"once", "version"}]

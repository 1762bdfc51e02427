"""The second factor of one's account: turning it on with a telephone, turning it off; and being asked for a code."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tochuc.access import factors
from tochuc.access.viewer import Viewer
from tochuc.web import entrance, errors
from tochuc.web.account.forms import FactorForm, PasswordForm
from tochuc.web.door import page, public

_TITLE = "Xác thực hai bước"
_SECRET = "factor_secret"
_asked = AuthenticateView.as_view(template_name="account/code.html")


@page("xac-thuc-hai-buoc/", name="factor", needs="account.self", post="account.self", keeps_count=True)
def factor(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Turn the second factor on or off; the codes for the loss of the telephone are shown once, here."""
    sent = request.method == "POST"
    if sent and not ratelimit.consume(request, action="reauthenticate", user=viewer.account):
        return errors.too_many(request)
    if factors.is_on(viewer.account):
        return _off(request, viewer, sent=sent)
    return _on(request, viewer, sent=sent)


def _on(request: HttpRequest, viewer: Viewer, *, sent: bool) -> HttpResponse:
    # Kept from the page to its answer, sealed: the session lies in the database.
    adapter = factors.Adapter(request)
    if not sent or _SECRET not in request.session:
        request.session[_SECRET] = adapter.encrypt(factors.new_secret())
    secret = adapter.decrypt(request.session[_SECRET])
    form = FactorForm(viewer, request.POST) if sent else FactorForm(viewer)
    codes = None
    if sent and form.is_valid():
        codes = form.attempt(
            lambda: factors.turn_on(viewer.account, secret, form.cleaned_data["code"], by=viewer.actor)
        )
    if codes is not None:
        del request.session[_SECRET]
        shown = [f"{code[:4]} {code[4:]}" for code in codes]
        return render(request, "account/factor_codes.html", {"page_title": "Mã dự phòng", "codes": shown})
    context = {
        "page_title": _TITLE,
        "form": form,
        "picture": factors.picture(viewer.account, secret),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "owed": factors.required(viewer),
    }
    return render(request, "account/factor_on.html", context, status=422 if sent else 200)


def _off(request: HttpRequest, viewer: Viewer, *, sent: bool) -> HttpResponse:
    form = PasswordForm(viewer, request.POST) if sent else PasswordForm(viewer)
    kept = factors.required(viewer)
    if sent and not kept and form.is_valid():
        factors.turn_off(viewer.account, by=viewer.actor)
        messages.success(request, "Đã tắt xác thực hai bước.")
        return redirect("factor")
    context: dict[str, Any] = {"page_title": _TITLE, "form": form, "kept": kept}
    return render(request, "account/factor_off.html", context, status=422 if sent else 200)


@public("dang-nhap/ma/", name="mfa_authenticate")
def code(request: HttpRequest) -> HttpResponse:
    """The code, after the password was right; what was held when a session ended comes back after it."""
    if request.method == "POST" and "code" not in request.POST:
        return redirect("mfa_authenticate")
    answer = _asked(request)
    if request.method == "POST" and request.user.is_authenticated:
        return entrance.resume(request, request.session.pop(entrance.HELD, "")) or answer
    return answer

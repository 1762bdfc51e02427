"""Where one is reminded outside the pages: the weekly message, and the calendar at a secret address."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access.clock import now, today
from tochuc.access.viewer import Viewer
from tochuc.reminders import actions, queries
from tochuc.reminders.calendar import calendar_for
from tochuc.web.door import page, public
from tochuc.web.forms import Form

_TITLE = "Nhắc việc"


class AddressForm(Form):
    """The address of the weekly message."""

    email = forms.CharField(
        label="Địa chỉ thư điện tử",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Để trống thì không gửi. Thư chỉ đếm việc theo loại và ngày hạn, không nêu tên người.",
    )


@page("nhac-viec/", name="reminders", needs="account.self", post="account.self")
def reminders(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The address of one's weekly message, and whether one has a calendar."""
    wishes = queries.wishes_of(viewer.account)
    sent = request.method == "POST"
    form = AddressForm(request.POST if sent else None, initial={"email": wishes.email})
    if sent and form.is_valid():
        given = form.cleaned_data["email"]

        def keep() -> bool:
            actions.set_address(viewer.account, given, by=viewer.actor)
            return True

        if form.attempt(keep):
            said = "Đã ghi địa chỉ thư." if given.strip() else "Từ nay không gửi thư nhắc việc."
            messages.success(request, said)
            return redirect("reminders")
    context = {
        "page_title": _TITLE,
        "breadcrumb": [{"label": "Việc cần làm", "url": reverse("home")}, {"label": _TITLE}],
        "form": form,
        "wishes": wishes,
        "latest": queries.latest_message(viewer.account),
    }
    return render(request, "account/reminders.html", context, status=422 if sent else 200)


@page(
    "nhac-viec/lich/",
    name="reminder_calendar_open",
    needs="account.self",
    post="account.self",
    keeps_count=True,
)
def open_calendar(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Make a new address for the calendar. Only the page that follows ever shows it."""
    if request.method != "POST":
        return redirect("reminders")
    secret = actions.open_calendar(viewer.account, at=now(), by=viewer.actor)
    context = {
        "page_title": "Địa chỉ lịch nhắc việc",
        "breadcrumb": [{"label": _TITLE, "url": reverse("reminders")}, {"label": "Địa chỉ lịch"}],
        "address": request.build_absolute_uri(reverse("reminder_calendar", args=[secret])),
        "back": reverse("reminders"),
    }
    return render(request, "account/calendar_made.html", context)


@page("nhac-viec/lich/huy/", name="reminder_calendar_close", needs="account.self", post="account.self")
def close_calendar(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """End the calendar's address at once."""
    if request.method == "POST":
        actions.close_calendar(viewer.account, by=viewer.actor)
        messages.success(request, "Địa chỉ lịch đã hết hiệu lực.")
    return redirect("reminders")


@public("lich/<str:secret>.ics", name="reminder_calendar")
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar that a secret opens, for programs that can't log in."""
    account = queries.calendar_owner(secret)
    if account is None:
        raise Http404
    file = calendar_for(account, today=today(), at=now(), address=request.build_absolute_uri(reverse("home")))
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="viec-can-lam.ics"'
    return answer

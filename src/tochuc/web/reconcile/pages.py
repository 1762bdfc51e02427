"""Reconciling a list with the record of a branch: the file, the claims, and deciding them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tochuc.access.viewer import Viewer
from tochuc.exchange.imports import upload
from tochuc.jobs.queue import Job
from tochuc.org.queries import Organisation
from tochuc.reconcile import deciding, queries, reading
from tochuc.web.door import page
from tochuc.web.organisations.asked import address, one_of
from tochuc.web.organisations.place import page_of, place_of
from tochuc.web.reconcile import jobs, shown
from tochuc.web.reconcile.forms import DecideForm, OriginForm

_PER_PAGE = 50
_HERE = "Đối chiếu"
_KINDS = (
    ("different", "Khác nhau từng mục"),
    ("ledger", "Khác với sổ biến động"),
    ("new", "Chỉ có trong danh sách"),
    ("missing", "Chỉ có trong sổ"),
    ("unread", "Chưa đối chiếu được"),
)


@page(
    "to-chuc/<organisation:organisation>/doi-chieu/",
    name="organisation_reconcile",
    needs="member.reconcile",
    post="member.reconcile",
)
def organisation_reconcile(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Choose a list from elsewhere; see those reconciled before."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OriginForm(viewer.today, *sent)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def read() -> Any:
            kept = upload.bring(
                given["file"].name or "",
                given["file"].read(),
                limit=settings.UPLOAD_LIMIT,
                organisation=organisation,
                today=viewer.today,
                by=viewer.actor,
            )
            if jobs.is_large(kept):
                return jobs.read(viewer, kept, organisation, given["origin"], given["as_of"])
            return reading.read(
                kept,
                organisation=organisation,
                origin=given["origin"],
                as_of=given["as_of"],
                today=viewer.today,
                by=viewer.actor,
            )

        made = form.attempt(read)
        if made is not None:
            return redirect("job" if isinstance(made, Job) else "reconciliation", made.ref)
    earlier = Paginator(queries.within(organisation, viewer.today), _PER_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "page_title": f"Đối chiếu danh sách: {organisation.name}",
        "breadcrumb": place_of(viewer, organisation).breadcrumb(_HERE),
        "organisation": organisation,
        "form": form,
        "columns": [{"label": "Danh sách"}, {"label": "Còn chờ", "fact": True}, {"label": "Ngày đọc"}],
        "rows": [_earlier(one) for one in earlier.object_list],
        "page": earlier,
        "back": page_of(organisation, "organisation_desk"),
    }
    return render(request, "reconcile/choose.html", context)


def _earlier(one: Any) -> dict[str, Any]:
    return {
        "name": one.origin,
        "under": f"{one.file_name}; {one.organisation.short_name}",
        "url": reverse("reconciliation", args=[one.ref]),
        "cells": [f"{one.waiting} điểm" if one.waiting else "đã xong", timezone.localdate(one.made_at)],
    }


@page(
    "doi-chieu/<reconciliation:reconciliation>/",
    name="reconciliation",
    needs="member.reconcile",
    post="member.reconcile",
)
def reconciliation(request: HttpRequest, viewer: Viewer, reconciliation: Any) -> HttpResponse:
    """The claims of a list, by kind; choose some and decide them, each with its ground."""
    counted = queries.counts(reconciliation)
    kind = one_of(request, "loai", [code for code, _ in _KINDS], next(iter(_waiting(counted)), "different"))
    pending = request.GET.get("ca") != "1"
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        numbers, given = _chosen(request, reconciliation, kind), form.cleaned_data
        if given["does"] == "accept" and len(numbers) > jobs.LARGE:
            return redirect("job", jobs.accept(viewer, reconciliation, numbers, given["ground"]).ref)
        done = form.attempt(lambda: _decide(reconciliation, numbers, given, viewer))
        if done is not None:
            messages.success(request, shown.decided(done))
            if done.left:
                messages.warning(request, shown.left(done))
            return redirect(reverse("reconciliation", args=[reconciliation.ref]) + address(loai=kind))
    rows = queries.claims_of(reconciliation, kind=kind, pending=pending)
    shown_page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page_title": f"Đối chiếu: {reconciliation.origin}",
        "breadcrumb": place_of(viewer, reconciliation.organisation).breadcrumb(
            (_HERE, page_of(reconciliation.organisation, "organisation_reconcile")), reconciliation.file_name
        ),
        "made": reconciliation,
        "tabs": [_tab(code, words, counted, kind) for code, words in _KINDS if code in counted],
        "columns": [
            {"label": "Đảng viên"},
            {"label": "Danh sách và sổ", "fact": True},
            {"label": "Quyết định"},
            {"label": "Loại"},
        ],
        "rows": [
            shown.row(claim) | {"picked": str(claim.pk) in request.POST.getlist("chon")}
            for claim in shown_page.object_list
        ],
        "all_picked": bool(request.POST.get("chon_all")),
        "page": shown_page,
        "pending": pending,
        "other_url": address(loai=kind, ca="1" if pending else ""),
        "form": form,
    }
    return render(request, "reconcile/reconciliation.html", context)


def _waiting(counted: dict[str, tuple[int, int]]) -> list[str]:
    return [code for code, _ in _KINDS if counted.get(code, (0, 0))[1]]


def _tab(code: str, words: str, counted: dict[str, tuple[int, int]], current: str) -> dict[str, Any]:
    n, waiting = counted[code]
    return {"label": words, "url": address(loai=code), "current": code == current, "count": waiting or n}


def _chosen(request: HttpRequest, made: Any, kind: str) -> list[int]:
    if request.POST.get("chon_all"):
        return list(queries.claims_of(made, kind=kind, pending=True).values_list("pk", flat=True))
    return [
        int(key) for key in request.POST.getlist("chon") if key.isascii() and key.isdigit() and len(key) < 19
    ]


def _decide(made: Any, numbers: list[int], given: dict[str, Any], viewer: Viewer) -> deciding.Decided:
    ground, by = given["ground"], viewer.actor
    if given["does"] == "accept":
        return deciding.accept(made, numbers, ground=ground, by=by, today=viewer.today)
    if given["does"] == "refuse":
        return deciding.refuse(made, numbers, ground=ground, by=by)
    return deciding.ask(made, numbers, ground=ground, by=by)

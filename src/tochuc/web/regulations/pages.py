"""The rules: each parameter with its history, source, where it is used, and whether it is confirmed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.resting import procedures_with, shifts
from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.names import fold
from tochuc.org.queries import Organisation
from tochuc.regulations import actions, queries
from tochuc.regulations.asking import Asker, as_ruled, asker_for
from tochuc.rules.ask import UnknownRule, history, replacement
from tochuc.rules.ruled import Ruled
from tochuc.rules.used_by import parts_using
from tochuc.web.door import page
from tochuc.web.fields import asked
from tochuc.web.organisations.asked import day_asked
from tochuc.web.organisations.place import asof
from tochuc.web.regulations.forms import ConfirmForm, LocalForm, WithdrawForm

_MARKS = {
    "text": ("good", "Đã đọc nguyên văn"),
    "second_hand": ("wait", "Theo nguồn gián tiếp, chỉ nhắc"),
    "unconfirmed": ("wait", "Chưa xác minh, chỉ nhắc"),
}
_COLUMNS = (
    {"label": "Tham số"},
    {"label": "Giá trị", "fact": True},
    {"label": "Căn cứ"},
    {"label": "Độ tin cậy"},
)


@page("quy-dinh/", name="regulations", needs="home.read")
def regulations(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every parameter as it is on a day for the viewer's branch, by chapter; searchable without tones."""
    words, day = asked(request, "q"), day_asked(request, "ngay", viewer.today)
    ask = asker_for(viewer.workplace, day.day)
    chapters: dict[str, list[dict[str, Any]]] = {}
    for rule_id, title in queries.titles().items():
        chapter = queries.chapter_of(rule_id)
        if all(word in fold(f"{title} {chapter}") for word in fold(words).split()):
            chapters.setdefault(chapter, []).append(_row(rule_id, title, ask, day.day))
    context = {
        "page_title": "Quy định",
        "breadcrumb": [{"label": "Quy định", "url": ""}],
        "asof": asof(day, viewer.today, [("q", words)]),
        "words": words,
        "day": day,
        "columns": _COLUMNS,
        "chapters": sorted(chapters.items()),
        "found": sum(len(rows) for rows in chapters.values()),
    }
    return render(request, "regulations/regulations.html", context)


def _row(rule_id: str, title: str, ask: Asker, day: Any) -> dict[str, Any]:
    url = reverse("regulation", args=[rule_id])
    try:
        said = ask(rule_id, on=day)
    except NotInForce:
        return {"name": title, "url": url, "cells": ["Không có hiệu lực ngày này", "", ""]}
    mark, words = _MARKS[said.confidence]
    return {"name": title, "url": url, "cells": [said.words, said.cite.vn, {"text": words, "status": mark}]}


@page("quy-dinh/<str:rule>/", name="regulation", needs="home.read")
def regulation(request: HttpRequest, viewer: Viewer, rule: str) -> HttpResponse:
    """One parameter: what it has said when, by which document; where it is used; the branch's own."""
    answers = _history(rule)
    mine = gate.visible(viewer, "regulation.edit", "organisation")
    above = viewer.workplace if viewer.workplace and mine.filter(pk=viewer.workplace.pk).exists() else None
    ask = asker_for(viewer.workplace, viewer.today)
    visible = gate.visible(viewer, "organisation.read", "organisation")
    context = {
        "page_title": answers[-1].title,
        "breadcrumb": [
            {"label": "Quy định", "url": reverse("regulations")},
            {"label": queries.chapter_of(rule), "url": ""},
        ],
        "rule": rule,
        "note": _note(rule, ask, viewer),
        "now": _row(rule, "", ask, viewer.today),
        "history": [_edition(said, ask, viewer.today) for said in reversed(answers)],
        "locals": _locals(rule, visible, mine),
        "used": procedures_with(rule, viewer.today),
        "parts": parts_using(rule),
        "kept_for": answers[-1].kept_for,
        "add_url": reverse("regulation_add", args=[above.code, rule]) if above else "",
        "confirm_url": _confirm_url(above, rule, ask, viewer),
    }
    return render(request, "regulations/regulation.html", context)


def _note(rule: str, ask: Asker, viewer: Viewer) -> str:
    """What is to be known of the value in force today."""
    try:
        return ask(rule, on=viewer.today).note or ""
    except NotInForce:
        return ""


def _history(rule: str) -> tuple[Ruled, ...]:
    try:
        return history(rule)
    except UnknownRule as unknown:
        raise Http404 from unknown


def _edition(said: Ruled, ask: Asker, today: date) -> dict[str, Any]:
    confirmed = ask.confirmed.get((said.id, said.since))
    mark, words = _MARKS["text" if confirmed else said.confidence]
    return {
        "since": said.since,
        "until": None if said.until == FOREVER else said.until - timedelta(days=1),
        "now": said.since <= today < said.until,
        "words": said.words,
        "cite": said.cite.vn,
        "replaced": _replaced(said),
        "mark": mark,
        "confidence": f"Đã xác minh tại {confirmed}" if confirmed else words,
    }


def _replaced(said: Ruled) -> str:
    """By which document that of the value was replaced, and since when."""
    source = said.cite.source
    later = replacement(source)
    if later is None:
        return ""
    until = source.in_force_until
    return f"{later.short} ngày {later.issued.vn} thay thế{f' từ {day_vn(until)}' if until else ''}"


def _locals(rule: str, visible: QuerySet[Organisation], mine: QuerySet[Organisation]) -> list[dict[str, Any]]:
    """The values of branches of one's own; those of organisations that are ``mine`` can be withdrawn."""
    found = list(queries.local_values(rule, visible))
    own = set(mine.filter(pk__in=[one.organisation_id for one in found]).values_list("pk", flat=True))
    return [_local(one, editable=one.organisation_id in own) for one in found]


def _local(value: Any, *, editable: bool) -> dict[str, Any]:
    said = as_ruled(value)
    undone = getattr(value, "withdrawn_by", None)
    withdraw = reverse("regulation_withdraw", args=[value.organisation.code, value.parameter, value.pk])
    return {
        "organisation": value.organisation.name,
        "since": value.since,
        "until": None if value.until == FOREVER else value.until,
        "words": said.words,
        "cite": said.cite.vn,
        "withdrawn": undone.reason if undone else "",
        "url": withdraw if editable and not undone else "",
    }


def _confirm_url(above: Any, rule: str, ask: Asker, viewer: Viewer) -> str:
    if above is None:
        return ""
    try:
        said = ask(rule, on=viewer.today)
    except NotInForce:
        return ""
    return "" if said.may_refuse else reverse("regulation_confirm", args=[above.code, rule])


@page(
    "to-chuc/<organisation:organisation>/quy-dinh/<str:rule>/them/",
    name="regulation_add",
    needs="regulation.edit",
    post="regulation.edit",
)
def regulation_add(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, rule: str
) -> HttpResponse:
    """A value of the branch's own: filled in, then what it would change for whom, then written."""
    like = _history(rule)[-1]
    form = LocalForm(like, request.POST or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        added = form.attempt(lambda: _add(viewer, organisation, rule, form))
        if added is not None and request.POST.get("step") == "confirm":
            messages.success(
                request, f"Đã thêm quy định riêng của {organisation.name}: {as_ruled(added).words}."
            )
            return redirect("regulation", rule)
        if added is not None:
            cases = gate.visible(viewer, "case.read", "case").filter(
                organisation__in=queries.units_of(organisation, viewer.today)
            )
            # Answered without going on, so what was just added is taken back (``door``).
            preview = {
                "said": as_ruled(added),
                "shifts": _shown(shifts(rule, as_ruled(added), cases, viewer.today)),
            }
    context = {
        "page_title": f"Quy định riêng: {like.title}",
        "breadcrumb": _below(rule, like, "Thêm quy định riêng"),
        "organisation": organisation,
        "form": form,
        "preview": preview,
        "back": reverse("regulation", args=[rule]),
    }
    return render(request, "regulations/add.html", context)


def _add(viewer: Viewer, organisation: Organisation, rule: str, form: LocalForm) -> Any:
    return actions.add_local(rule, organisation=organisation, by=viewer.actor, **form.given)


def _shown(found: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{shift.case.whom}: {shift.title}",
            "before": day_vn(shift.before) if shift.before else "không có hạn",
            "after": day_vn(shift.after) if shift.after else "không có hạn",
        }
        for shift in found
    ]


def _below(rule: str, like: Ruled, here: str) -> list[dict[str, str]]:
    return [
        {"label": "Quy định", "url": reverse("regulations")},
        {"label": like.title, "url": reverse("regulation", args=[rule])},
        {"label": here, "url": ""},
    ]


@page(
    "to-chuc/<organisation:organisation>/quy-dinh/<str:rule>/xac-minh/",
    name="regulation_confirm",
    needs="regulation.edit",
    post="regulation.edit",
)
def regulation_confirm(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, rule: str
) -> HttpResponse:
    """Saying that the value in force today was read in the text, and where."""
    like = _history(rule)[-1]

    def work() -> Any:
        clean = form.cleaned_data
        return actions.confirm(
            rule,
            on=viewer.today,
            article=clean["article"],
            note=clean["note"],
            organisation=organisation,
            by=viewer.actor,
        )

    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.attempt(work) is not None:
        messages.success(request, f"Đã xác minh «{like.title}»; từ nay quy định này được dùng để từ chối.")
        return redirect("regulation", rule)
    context = {
        "page_title": f"Xác minh: {like.title}",
        "breadcrumb": _below(rule, like, "Xác minh"),
        "about": "Chỉ xác minh khi đã đọc nguyên văn. Sau khi xác minh, bước trái quy định này bị từ chối chứ không chỉ được nhắc.",
        "form": form,
        "button": "Đã đọc nguyên văn",
        "back": reverse("regulation", args=[rule]),
    }
    return render(request, "regulations/short.html", context)


@page(
    "to-chuc/<organisation:organisation>/quy-dinh/<str:rule>/rut/<int:number>/",
    name="regulation_withdraw",
    needs="regulation.edit",
    post="regulation.edit",
)
def regulation_withdraw(
    request: HttpRequest, viewer: Viewer, organisation: Organisation, rule: str, number: int
) -> HttpResponse:
    """Withdrawing a value that was entered wrongly."""
    like, row = _history(rule)[-1], queries.local_value(organisation, rule, number)
    if row is None:
        raise Http404

    def work() -> bool:
        actions.withdraw(row, reason=form.cleaned_data["reason"], by=viewer.actor)
        return True

    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.attempt(work):
        messages.success(request, "Đã rút quy định riêng; quy định chung được áp dụng.")
        return redirect("regulation", rule)
    context = {
        "page_title": f"Rút quy định riêng: {like.title}",
        "breadcrumb": _below(rule, like, "Rút"),
        "about": f"{as_ruled(row).words}, theo {row.document_number}.",
        "form": form,
        "button": "Rút",
        "back": reverse("regulation", args=[rule]),
    }
    return render(request, "regulations/short.html", context)

"""Editing the record of a conference while it is a draft: its head, its items one by one, their order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from tochuc.access.viewer import Viewer
from tochuc.kernel.errors import DomainError
from tochuc.kernel.known_dates import day_vn
from tochuc.programme import actions
from tochuc.web.door import page
from tochuc.web.programme.forms import HeadForm, ItemForm
from tochuc.web.programme.record import HEAD
from tochuc.web.programme.trail import trail
from tochuc.web.programme.wording import ITEM_LABELS, SECTIONS, TASK
from tochuc.web.shown_again import catch_up, clashed, comparison

_LABELS = dict(ITEM_LABELS)


@page(
    "hoi-nghi/<conference:conference>/sua/",
    name="conference_edit",
    needs="conference.edit",
    post="conference.edit",
)
def conference_edit(request: HttpRequest, viewer: Viewer, conference: Any) -> HttpResponse:
    """Edit what stands at the head: title, day, host, chair, place and the groups of delegates."""
    if closed := _closed(request, conference):
        return closed
    changes: list[dict[str, Any]] = []
    form = HeadForm(request.POST or None, initial=_head_of(conference) | {"version": conference.version})
    if request.method == "POST" and form.is_valid():
        saved = form.attempt(
            lambda: actions.change_conference(
                conference,
                version=form.cleaned_data["version"],
                fields=form.head(),
                delegates=form.cleaned_data["delegates"],
                by=viewer.actor,
            )
        )
        if saved is not None:
            messages.success(request, "Đã lưu phần đầu hồ sơ hội nghị.")
            return redirect("conference", conference.ref)
        if clashed(form):
            changes = _head_changes(form, _head_of(conference))
            catch_up(form, conference.version)
    context = _frame(conference, "Sửa phần đầu hồ sơ") | {"form": form, "changes": changes}
    return render(request, "programme/conference_edit.html", context)


def _head_of(conference: Any) -> dict[str, Any]:
    groups = "\n".join(d.text for d in conference.delegates.all())
    return {field: getattr(conference, field) for field, _ in HEAD} | {"delegates": groups}


def _head_changes(form: HeadForm, kept: dict[str, Any]) -> list[dict[str, Any]]:
    typed = form.cleaned_data | {"delegates": "\n".join(form.cleaned_data["delegates"])}
    labels = (*HEAD, ("delegates", "Thành phần dự"))
    return comparison((label, _words(kept[field]), _words(typed[field])) for field, label in labels)


def _words(value: Any) -> str:
    return day_vn(value) if hasattr(value, "year") else str(value or "")


@page(
    "hoi-nghi/<conference:conference>/them/",
    name="item_add",
    needs="conference.edit",
    post="conference.edit",
)
def item_add(request: HttpRequest, viewer: Viewer, conference: Any) -> HttpResponse:
    """Add a result, limitation, opinion or task that the text doesn't say or that wasn't recognised."""
    if closed := _closed(request, conference):
        return closed
    asked = request.GET.get("loai", TASK)
    kind = asked if asked in SECTIONS else TASK
    form = ItemForm(request.POST or None, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        item = form.attempt(
            lambda: actions.add_item(conference, kind=given["kind"], text=given["text"], by=viewer.actor)
        )
        if item is not None:
            messages.success(request, f"Đã thêm vào phần “{_LABELS[given['kind']]}”.")
            return _back_to(item)
    context = _frame(conference, SECTIONS[kind][1]) | {"form": form}
    return render(request, "programme/item.html", context)


@page("muc-hoi-nghi/<item:item>/sua/", name="item_edit", needs="conference.edit", post="conference.edit")
def item_edit(request: HttpRequest, viewer: Viewer, item: Any) -> HttpResponse:
    """Reword one item of a draft, or move it to another part of the record."""
    if closed := _closed(request, item.conference):
        return closed
    changes: list[dict[str, Any]] = []
    kept = {"text": item.text, "kind": item.kind, "version": item.version}
    form = ItemForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = form.attempt(
            lambda: actions.change_item(
                item,
                version=given["version"] or 0,
                kind=given["kind"],
                text=given["text"],
                by=viewer.actor,
            )
        )
        if saved is not None:
            messages.success(request, f"Đã lưu mục trong phần “{_LABELS[given['kind']]}”.")
            return _back_to(saved)
        if clashed(form):
            changes = comparison(
                (
                    ("Nội dung", item.text, given["text"]),
                    ("Thuộc phần", _LABELS[item.kind], _LABELS[given["kind"]]),
                )
            )
            catch_up(form, item.version)
    context = _frame(item.conference, f"Sửa mục: {_LABELS[item.kind]}") | {
        "form": form,
        "item": item,
        "changes": changes,
        "quote": _quote(item),
    }
    return render(request, "programme/item.html", context)


def _quote(item: Any) -> str:
    """The words of the text that the item was read from, where they differ from its own."""
    if item.start is None or item.conference.source_id is None:
        return ""
    said: str = item.conference.source.text[item.start : item.end]
    return "" if " ".join(said.split()).casefold() == item.text.casefold() else said


@page("muc-hoi-nghi/<item:item>/xoa/", name="item_drop", needs="conference.edit", post="conference.edit")
def item_drop(request: HttpRequest, viewer: Viewer, item: Any) -> HttpResponse:
    """Take one item out of a draft, after showing what goes with it."""
    conference = item.conference
    if closed := _closed(request, conference):
        return closed
    refusal = ""
    if request.method == "POST":
        try:
            actions.drop_item(item, by=viewer.actor)
        except DomainError as refused:
            refusal = refused.message
        else:
            messages.success(
                request, f"Đã bỏ một mục khỏi phần “{_LABELS[item.kind]}”. Văn bản gốc vẫn còn nguyên."
            )
            return redirect("conference", conference.ref)
    context = _frame(conference, "Bỏ một mục khỏi hồ sơ") | {
        "item": item,
        "section": _LABELS[item.kind],
        "is_task": item.kind == TASK,
        "refusal": [{"id": "", "message": refusal}] if refusal else [],
    }
    return render(request, "programme/item_drop.html", context)


@page("muc-hoi-nghi/<item:item>/chuyen/", name="item_move", needs="conference.edit", post="conference.edit")
def item_move(request: HttpRequest, viewer: Viewer, item: Any) -> HttpResponse:
    """Move one item up or down in its part; opened by itself it leads back to the record."""
    if request.method == "POST":
        try:
            actions.move_item(item, up=request.POST.get("huong") == "len", by=viewer.actor)
        except DomainError as refused:
            messages.error(request, refused.message)
    return _back_to(item)


def _closed(request: HttpRequest, conference: Any) -> HttpResponse | None:
    """A record whose conclusions went out opens no form; a form already filled in is answered by the refusal."""
    if request.method == "POST" or conference.status == "draft":
        return None
    messages.warning(request, "Kết luận đã phát hành nên hồ sơ hội nghị chỉ còn để xem.")
    return redirect("conference", conference.ref)


def _back_to(item: Any) -> HttpResponseRedirect:
    return redirect(f"{reverse('conference', args=[item.conference.ref])}#muc-{item.pk}")


def _frame(conference: Any, here: str) -> dict[str, Any]:
    return {
        "page_title": here,
        "conference": conference,
        "back": reverse("conference", args=[conference.ref]),
        "breadcrumb": trail(conference, here),
    }

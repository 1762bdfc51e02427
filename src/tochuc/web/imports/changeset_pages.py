"""A change set looked at whole, and undone as one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.changes import actions, queries
from tochuc.changes.since import label, looked_at, standing
from tochuc.kernel.known_dates import day_vn
from tochuc.members.queries import readable
from tochuc.web.door import page
from tochuc.web.imports import shown
from tochuc.web.imports.forms import UndoForm
from tochuc.web.organisations.place import page_of, place_of, record_of

_PER_PAGE = 50
_KEPT_SHOWN = 100
_NAMED = frozenset(label(field) for field in ("full_name", "birth"))
"""What stands beside a name anyway."""


@page("thay-doi/<changeset:changeset>/", name="changeset", needs="changeset.read")
def changeset(request: HttpRequest, viewer: Viewer, changeset: Any) -> HttpResponse:
    """What an import created and changed, person by person, and what has happened to each since."""
    changes = queries.changes_of(changeset).select_related("changeset")
    pages = Paginator(changes, _PER_PAGE).get_page(request.GET.get("trang"))
    rows = list(pages.object_list)
    seen = readable(gate.visible(viewer, "member.read", "person"), (one.person.ref for one in rows))
    pending = standing(changeset.changes.all()).exists()
    may_undo = pending and gate.may(viewer, "members.import", "changeset", changeset)
    context = {
        **_head(viewer, changeset),
        "facts": _facts(changeset),
        "columns": [
            {"label": "Họ và tên"},
            {"label": "Lần nhập này", "fact": True},
            {"label": "Đã ghi"},
            {"label": "Từ đó đến nay"},
        ],
        "rows": [_row(one, seen) for one in looked_at(rows)],
        "page": pages,
        "undo_url": reverse("changeset_undo", args=[changeset.ref]) if may_undo else "",
        "partly": changeset.undone_at is not None and pending,
    }
    return render(request, "imports/changeset.html", context)


def _head(viewer: Viewer, changeset: Any, *here: str) -> dict[str, Any]:
    organisation = changeset.organisation
    own = reverse("changeset", args=[changeset.ref])
    steps: list[Any] = [("Nhập danh sách", page_of(organisation, "import_members"))]
    steps += [(changeset.file_name, own), *here] if here else [changeset.file_name]
    return {
        "page_title": f"Lần nhập {changeset.file_name}",
        "changeset": changeset,
        "breadcrumb": place_of(viewer, organisation).breadcrumb(*steps),
        "back": own,
    }


def _facts(changeset: Any) -> list[dict[str, Any]]:
    summary = changeset.summary
    by = changeset.made_by.full_name if changeset.made_by else "Hệ thống"
    facts = [
        {"label": "Tổ chức", "value": changeset.organisation.name},
        {"label": "Danh sách tính đến", "value": changeset.as_of},
        {"label": "Đã nhập", "value": f"{_moment(changeset.made_at)}, {by}"},
        {
            "label": "Kết quả",
            "value": f"{summary.get('create', 0)} tạo mới, {summary.get('change', 0)} thay đổi, "
            f"{summary.get('same', 0)} giữ nguyên, {summary.get('refuse', 0)} từ chối",
        },
    ]
    if changeset.undone_at:
        who = changeset.undone_by.full_name if changeset.undone_by else "Hệ thống"
        note = f"Lý do: {changeset.undo_reason}"
        facts.append(
            {"label": "Đã hoàn tác", "value": f"{_moment(changeset.undone_at)}, {who}", "note": note}
        )
    return facts


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%H:%M} ngày {day_vn(timezone.localtime(at).date())}"


def _row(one: Any, seen: frozenset[str]) -> dict[str, Any]:
    change, person = one.change, one.change.person
    wrote = shown.fields({name: (change.before.get(name, ""), after) for name, after in change.after.items()})
    created = change.what == "created"
    wrote = [w for w in wrote if not created or w["label"] not in _NAMED]
    words = "; ".join(
        f"{w['label']}: {w['after'] or 'bỏ trống'}" if created or not w["before"] else _turned(w)
        for w in wrote
    )
    return {
        "name": person.full_name,
        "url": record_of(person.ref) if person.ref in seen else "",
        "under": f"{person.birth}. {_place(change.row)}",
        "cells": [change.get_what_display(), words, shown.since(one)],
    }


def _place(row: str) -> str:
    sheet, _, number = row.rpartition(": ")
    return f"Dòng {number}, bảng {sheet}" if sheet else f"Dòng {number}"


def _turned(wrote: dict[str, str]) -> str:
    return f"{wrote['label']}: {wrote['before']} → {wrote['after'] or 'bỏ trống'}"


def _back_to(free: list[Any]) -> str:
    created = sum(change.what == "created" for change in free)
    parts = [f"{created} người đã tạo mới ra khỏi sổ"] * bool(created)
    parts += [f"{len(free) - created} người trở lại thông tin cũ"] * (created < len(free))
    return ", ".join(parts)


@page(
    "thay-doi/<changeset:changeset>/hoan-tac/",
    name="changeset_undo",
    needs="members.import",
    post="members.import",
)
def changeset_undo(request: HttpRequest, viewer: Viewer, changeset: Any) -> HttpResponse:
    """See what undoing would put back and what stands against it; give the reason and undo."""
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        undone = form.attempt(
            lambda: actions.undo(changeset, by=viewer.actor, reason=form.cleaned_data["reason"])
        )
        if undone is not None:
            kept = f" {len(undone.kept)} hồ sơ giữ nguyên vì đã thay đổi sau lần nhập." if undone.kept else ""
            messages.success(request, f"Đã hoàn tác {undone.people} hồ sơ.{kept}")
            return redirect("changeset", changeset.ref)
    pending = list(looked_at(list(standing(changeset.changes.select_related("changeset")))))
    kept_rows = [one for one in pending if one.conflicts]
    free = [one.change for one in pending if not one.conflicts]
    context = {
        **_head(viewer, changeset, "Hoàn tác"),
        "page_title": "Hoàn tác lần nhập",
        "form": form,
        "back_to": _back_to(free),
        "free": len(free),
        "kept": kept_rows[:_KEPT_SHOWN],
        "kept_count": len(kept_rows),
    }
    return render(request, "imports/undo.html", context)

"""A change set as its pages show it, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tochuc.access.clock import now
from tochuc.audit.record import Actor
from tochuc.changes import made as taken_back
from tochuc.changes.actions import Undone
from tochuc.changes.queries import Reorganisation
from tochuc.changes.since import Since, label, looked_at, shown, standing
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.known_dates import day_vn
from tochuc.members.queries import MemberEvent
from tochuc.web.members.record_card import title as happened
from tochuc.web.organisations.place import page_of, record_of

_NAMED = frozenset(label(field) for field in ("full_name", "birth"))
"""What stands beside a name anyway."""
_KEPT_SHOWN = 100


def moment(at: Any) -> str:
    """A moment as a sentence names it."""
    local = timezone.localtime(at)
    return f"{local:%H:%M} ngày {day_vn(local.date())}"


def undone(done: Undone) -> str:
    """What undoing came to."""
    kept = f" {len(done.kept)} hồ sơ giữ nguyên vì đã thay đổi sau đó." if done.kept else ""
    parts = [f"{done.people} hồ sơ"] * bool(done.people)
    parts += [f"{done.made} tổ chức, chức vụ"] * bool(done.made)
    return f"Đã hoàn tác {' và '.join(parts)}.{kept}"


def undoing(changeset: Any, *, by: Actor, tell: Tell = silent) -> dict[str, Any]:
    """What undoing a change set would put back and what stands against it, of texts and numbers only: a job keeps it."""
    pending = list(looked_at(list(standing(changeset.changes.all())), tell))
    kept_rows = [one for one in pending if one.conflicts]
    free = [one for one in pending if not one.conflicts]
    if kept_rows and changeset.whole:
        free = []
    own = taken_back.standing(changeset)
    return {
        "back_to": back_to(one.change for one in free),
        "free": len(free),
        "made": len(own),
        "against": taken_back.against(changeset, by=by, at=now()) if own else [],
        "opened": any(one.change.what == "created" for one in free),
        "later": [
            {"name": one.change.person.full_name, "words": "; ".join(one.later)} for one in free if one.later
        ][:_KEPT_SHOWN],
        "kept": [
            {
                "name": one.change.person.full_name,
                "birth": str(one.change.person.birth),
                "why": list(one.conflicts),
            }
            for one in kept_rows[:_KEPT_SHOWN]
        ],
        "kept_count": len(kept_rows),
    }


def who(account: Any) -> str:
    """Whoever did it; nobody is the system itself."""
    return account.full_name if account else "Hệ thống"


def in_brief(changeset: Any) -> str:
    """What a change set comes to, in a line."""
    said = changeset.summary
    if changeset.kind == "import":
        return f"{said.get('create', 0)} tạo mới, {said.get('change', 0)} thay đổi"
    return f"{said.get('people', 0)} hồ sơ"


def facts(changeset: Any) -> list[dict[str, Any]]:
    """What stands above the people of a change set."""
    said = changeset.summary
    found = [
        {"label": "Loại", "value": changeset.get_kind_display()},
        {"label": "Tổ chức", "value": changeset.organisation.name},
        {"label": "Thực hiện", "value": f"{moment(changeset.made_at)}, {who(changeset.made_by)}"},
    ]
    if changeset.file_name:
        found.append({"label": "Tệp", "value": changeset.file_name})
    if changeset.kind in {"import", "claims"}:
        found.append({"label": "Danh sách tính đến", "value": changeset.as_of})
    result = in_brief(changeset)
    if changeset.kind == "import":
        result += f", {said.get('same', 0)} giữ nguyên, {said.get('refuse', 0)} từ chối"
    found.append({"label": "Kết quả", "value": result})
    if changeset.reason:
        found.append({"label": "Lý do", "value": changeset.reason})
    if changeset.undone_at:
        note = f"Lý do: {changeset.undo_reason}"
        words = f"{moment(changeset.undone_at)}, {who(changeset.undone_by)}"
        found.append({"label": "Đã hoàn tác", "value": words, "note": note})
    return found


def listed(changesets: Iterable[Any]) -> list[dict[str, Any]]:
    """Change sets as rows of a list."""
    return [
        {
            "name": one.name,
            "url": reverse("changeset", args=[one.ref]),
            "under": one.organisation.short_name,
            "cells": [
                {"text": "Đã hoàn tác", "status": "plain"} if one.undone_at else in_brief(one),
                one.get_kind_display(),
                timezone.localdate(one.made_at),
                who(one.made_by),
            ],
        }
        for one in changesets
    ]


def reorganised(plans: Iterable[Reorganisation], open_: Collection[int]) -> list[dict[str, Any]]:
    """Plans of reorganisation as rows of a list; those that may be opened (by number) lead to their own page."""
    return [
        {
            "name": one.title,
            "url": reverse("reorganisation", args=[one.ref]) if one.pk in open_ else "",
            "under": f"Quyết định số {one.decision_number} ngày {day_vn(one.decision_on)}",
            "cells": [one.get_state_display(), one.day, who(one.applied_by)],
        }
        for one in plans
    ]


def row(one: Since, events: list[MemberEvent], seen: frozenset[str]) -> dict[str, Any]:
    """One person of a change set: what was done, what it wrote, what has happened since."""
    change, person = one.change, one.change.person
    parts = [_wrote(change), *(happened(event) for event in events if event.kind != "void")]
    voided = sum(event.kind == "void" for event in events)
    if voided:
        parts.append(f"{voided} mục trong sổ được đính chính")
    if change.said.get("why"):
        parts.append(str(change.said["why"]))
    place = _place(change.row)
    return {
        "name": person.full_name,
        "url": record_of(person.ref) if person.ref in seen else "",
        "under": f"{person.birth}. {place}" if place else str(person.birth),
        "cells": [change.get_what_display(), "; ".join(filter(None, parts)), since(one)],
    }


def _wrote(change: Any) -> str:
    created = change.what == "created"
    words = []
    for field, after in change.after.items():
        name, before = label(field), "" if created else shown(field, change.before.get(field, ""))
        if created and name in _NAMED:
            continue
        value = shown(field, after) or "bỏ trống"
        words.append(f"{name}: {before} → {value}" if before else f"{name}: {value}")
    return "; ".join(words)


def _place(row: str) -> str:
    if not row:
        return ""
    sheet, _, number = row.rpartition(": ")
    return f"Dòng {number}, bảng {sheet}" if sheet else f"Dòng {number}"


def since(one: Since) -> dict[str, Any]:
    """Where a change stands today: it holds, was undone, or has been built upon."""
    if one.change.undone_at is not None:
        return {"text": "Đã hoàn tác", "status": "plain"}
    if one.conflicts:
        return {"text": "; ".join(one.conflicts), "status": "wait"}
    if one.later:
        return {"text": f"Từ đó có thêm: {'; '.join(one.later)}", "status": "good"}
    return {"text": "Chưa có gì khác", "status": "good"}


def made(changeset: Any) -> list[dict[str, Any]]:
    """The organisations and posts of a change set as rows of a table."""
    rows = changeset.made.select_related("organisation", "post__organisation").order_by("pk")
    return [
        {
            "name": one.organisation.name if one.organisation else one.post.title,
            "under": "" if one.organisation else one.post.organisation.name,
            "url": page_of(one.organisation, "organisation")
            if one.organisation and not one.undone_at
            else "",
            "cells": [
                one.organisation.get_kind_display() if one.organisation else "Chức vụ",
                {"text": "Đã hoàn tác", "status": "plain"}
                if one.undone_at
                else {"text": "Còn trong sổ", "status": "good"},
            ],
        }
        for one in rows
    ]


def back_to(free: Iterable[Any]) -> str:
    """What undoing these changes comes to, in a line."""
    changes = list(free)
    created = sum(change.what == "created" for change in changes)
    merged = sum(change.what == "merged" for change in changes)
    rest = len(changes) - created - merged
    parts = [f"{created} người đã tạo mới ra khỏi sổ"] * bool(created)
    parts += [f"{rest} người trở lại như trước"] * bool(rest)
    parts += [f"{merged} hồ sơ đã gộp đứng riêng trở lại"] * bool(merged)
    return ", ".join(parts)

"""Claims as the pages show them, in words."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tochuc.changes.since import label, shown
from tochuc.kernel.known_dates import day_vn
from tochuc.web.imports import wording

_STATUS = {"open": "wait", "asked": "wait", "accepted": "good", "refused": "plain"}
_MOST_LEFT = 50
_ANSWERS = {"list": "danh sách đúng", "record": "sổ đúng"}


def decided(done: Any) -> str:
    """What deciding came to."""
    if done.changeset is not None:
        return (
            f"Đã ghi {done.claims} điểm vào hồ sơ thành một đợt thay đổi; hoàn tác được ở trang Đợt thay đổi."
        )
    return f"Đã ghi quyết định cho {done.claims} điểm."


def left(done: Any) -> str:
    """What was left open, with why; empty where nothing was."""
    return f"Chưa xử lý được: {' '.join(done.left[:_MOST_LEFT])}" if done.left else ""


def row(claim: Any) -> dict[str, Any]:
    """One claim as a row of the list."""
    return {
        "name": claim.name,
        "key": str(claim.pk),
        "under": "; ".join(filter(None, [claim.cell.short_name if claim.cell else "", _place(claim.row)])),
        "cells": [says(claim), state(claim), claim.get_kind_display()],
    }


def says(claim: Any) -> str:
    """What the list says otherwise than the record."""
    if claim.kind == "different":
        if claim.field == "national_id":
            return "Số căn cước trong danh sách khác với hồ sơ, hoặc hồ sơ chưa ghi."
        before = shown(claim.field, claim.before) or "chưa ghi"
        return f"{label(claim.field)}: sổ ghi {before}, danh sách ghi {shown(claim.field, claim.after) or 'bỏ trống'}"
    if claim.kind == "new":
        said = {name: value for name, value in claim.said.items() if value and name in wording.FIELDS}
        told = ("birth", "gender", "card_number", "admitted_on")
        return "; ".join(
            f"{wording.FIELDS[name]} {_value(name, said[name])}" for name in told if name in said
        )
    if claim.kind == "ledger" and claim.field:
        return f"{wording.FIELDS.get(claim.field, '')}: {claim.after}"
    return str(claim.after)


def _value(name: str, value: Any) -> str:
    if name in {"birth", "admitted_on"}:
        return "/".join(reversed(str(value).split("-")))
    return wording.VALUES.get(str(value), str(value))


def state(claim: Any) -> dict[str, str]:
    """What was decided, on which ground, and what the cell answered."""
    words = claim.get_state_display()
    undone = claim.state == "accepted" and claim.pending
    if undone:
        words = "Đã chấp nhận rồi hoàn tác, chờ quyết định lại"
    if claim.ground:
        words += f": {claim.ground}"
    if claim.answer:
        words += f". Chi bộ trả lời {day_vn(timezone.localdate(claim.answered_at))}: {_ANSWERS[claim.answer]}, {claim.answer_words}"
    return {"text": words, "status": "wait" if undone else _STATUS[claim.state]}


def _place(row: str) -> str:
    if not row:
        return ""
    sheet, _, number = row.rpartition(": ")
    return f"dòng {number}, bảng {sheet}" if sheet else f"dòng {number}"

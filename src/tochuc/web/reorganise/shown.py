"""A preview as its page draws it: tables of what changes, nothing of what lies outside the viewer's branch."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.org.kinds import CELL_KINDS, kind_words
from tochuc.org.queries import codes_among, names_of
from tochuc.reorganise.preview import BEGINS, LEFT, OrganisationChange, Preview
from tochuc.web.organisations.place import record_of

_NAMED = 40
_ROWS = 300


def preview(found: Preview, viewer: Viewer) -> dict[str, Any]:
    """What the page of a preview reads, of texts and numbers only: a job keeps it."""
    sides = codes_among(
        gate.visible(viewer, "organisation.read", "organisation"), [side.code for side in found.sides]
    )
    founded = {one.code for one in found.organisations if one.before is None}
    return {
        "balances": found.balances,
        "nowhere": list(found.nowhere),
        "below_minimum": list(found.below_minimum),
        "changing": len(found.organisations),
        "moving": len(found.people),
        "seal": found.seal,
        "counts": _counts(found),
        "organisations": organisations(found.organisations),
        "organisation_columns": [{"label": "Tổ chức"}, {"label": "Trước"}, {"label": "Sau", "fact": True}],
        "pairs": _pairs(found),
        "pair_columns": [
            {"label": "Từ"},
            {"label": "Đến"},
            {"label": "Người", "number": True, "fact": True},
        ],
        "people": _people(found) if len(found.people) <= _NAMED else [],
        "people_columns": [
            {"label": "Họ và tên"},
            {"label": "Tư cách"},
            {"label": "Từ"},
            {"label": "Đến", "fact": True},
        ],
        "posts": [_post(post) for post in found.posts[:_ROWS]],
        "post_columns": [
            {"label": "Chức vụ"},
            {"label": "Tổ chức"},
            {"label": "Thay đổi", "fact": True},
            {"label": "Người giữ"},
        ],
        "roles": [
            {
                "name": f"{role.full_name} ({role.username})",
                "cells": [role.role, role.organisation, _begins(role.what)],
            }
            for role in found.roles[:_ROWS]
        ],
        "role_columns": [
            {"label": "Tài khoản"},
            {"label": "Vai trò"},
            {"label": "Tại"},
            {"label": "Thay đổi", "fact": True},
        ],
        "tasks": [
            {"name": task.text, "cells": [task.frm, task.to, day_vn(task.due_on)]}
            for task in found.tasks[:_ROWS]
        ],
        "task_columns": [
            {"label": "Nhiệm vụ"},
            {"label": "Từ"},
            {"label": "Nơi tiếp nhận", "fact": True},
            {"label": "Hạn"},
        ],
        "papers": [{"name": one.name, "cells": [one.documents, one.conferences]} for one in found.papers],
        "paper_columns": [
            {"label": "Tổ chức kết thúc"},
            {"label": "Văn bản", "number": True, "fact": True},
            {"label": "Hội nghị", "number": True},
        ],
        "running": [
            {"name": one.label, "cells": [one.organisation, one.number, one.goes_on]} for one in found.running
        ],
        "running_columns": [
            {"label": "Việc đang chạy"},
            {"label": "Tại"},
            {"label": "Số", "number": True, "fact": True},
            {"label": "Sau sắp xếp"},
        ],
        "sides": [
            {
                "name": side.name,
                "cells": [
                    *(count.total for count in (side.before, side.came, side.went, side.after)),
                    "Khớp" if side.reconciles else "Không khớp",
                ],
            }
            for side in found.sides
            if side.code in sides | founded
        ],
        "side_columns": [
            {"label": "Tổ chức"},
            *({"label": label, "number": True} for label in ("Trước", "Tăng", "Giảm")),
            {"label": "Sau", "number": True, "fact": True},
            {"label": "Đối chiếu"},
        ],
        "cut": max(len(found.posts), len(found.roles), len(found.tasks)) > _ROWS,
    }


def carried_out(made: Any) -> str:
    """What was done and what next, when a plan was carried out."""
    return (
        f"Đã thực hiện phương án «{made.title}», có hiệu lực từ ngày {day_vn(made.day)}. "
        "Hãy xem lại các tổ chức; còn hủy được cho đến khi khóa phương án."
    )


def undone(made: Any) -> str:
    """What was done and what next, when a reorganisation was undone."""
    return (
        f"Đã hủy phương án «{made.title}». Tổ chức và đảng viên trở lại như trước. "
        "Muốn làm lại, hãy lập hoặc tải phương án khác."
    )


def _counts(found: Preview) -> list[tuple[int, str]]:
    return [
        (len(found.organisations), "tổ chức thay đổi"),
        (len(found.people), "người chuyển chi bộ"),
        (len(found.posts), "chức vụ"),
        (len(found.roles), "vai trò tài khoản"),
        (len(found.tasks), "nhiệm vụ chuyển tiếp"),
        *((n, label.lower()) for label, n in _running(found).items()),
    ]


def _running(found: Preview) -> dict[str, int]:
    counted: defaultdict[str, int] = defaultdict(int)
    for one in found.running:
        counted[one.label] += one.number
    return counted


def organisations(changes: tuple[OrganisationChange, ...]) -> list[dict[str, Any]]:
    """Organisations before and after, those founded first."""
    names = names_of({unit.parent for c in changes for unit in (c.before, c.after) if unit and unit.parent})
    names |= {one.code: one.after.name for one in changes if one.after}
    return [
        {
            "name": one.name,
            "under": "; ".join(f"Giả định: {ground}" for ground in one.presumed),
            "cells": [
                _unit(one.before, names) if one.before else "Chưa có",
                _after(one, names),
            ],
        }
        for one in changes
    ]


def _after(one: OrganisationChange, names: dict[str, str]) -> str:
    if one.after is None:
        to = f", về {', '.join(one.followed_by)}" if one.followed_by else ""
        return f"Kết thúc hoạt động{to}"
    if one.after == one.before:
        return "Tiếp tục như trước, có người chuyển đến hoặc đi"
    return _unit(one.after, names)


def _unit(unit: Any, names: dict[str, str]) -> str:
    kind = kind_words(unit.kind, unit.name)
    if unit.cell_kind:
        kind += f", {CELL_KINDS[unit.cell_kind].lower()}"
    above = f"; trực thuộc {names.get(unit.parent, unit.parent)}" if unit.parent else ""
    return f"{unit.name}: {kind}{above}"


def _pairs(found: Preview) -> list[dict[str, Any]]:
    pairs = Counter((person.frm, person.to) for person in found.people)
    return [{"name": frm, "cells": [to, n]} for (frm, to), n in pairs.items()]


def _people(found: Preview) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "url": record_of(one.ref), "cells": [one.standing, one.frm, one.to]}
        for one in found.people
    ]


def _post(post: Any) -> dict[str, Any]:
    return {
        "name": post.title,
        "cells": [
            post.organisation,
            "Người giữ thôi, chuyển chi bộ" if post.what == LEFT else _begins(post.what),
            post.holder or "Không có",
        ],
    }


def _begins(what: str) -> str:
    return "Bắt đầu" if what == BEGINS else "Kết thúc"

"""The operations of a plan in sentences, as a decision would say them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tochuc.org.kinds import CELL_KINDS, KINDS, kind_words

LABELS = {
    "found": "Thành lập",
    "rename": "Đổi tên",
    "move": "Chuyển về trực thuộc",
    "convert": "Chuyển loại hình",
    "merge": "Sáp nhập, hợp nhất",
    "split": "Chia, tách chi bộ",
    "dissolve": "Giải thể, kết thúc hoạt động",
}
_NAMED = 6

Names = Mapping[str, str]


def sentence(one: Mapping[str, Any], names: Names) -> str:
    """What an operation does; ``one`` as a plan keeps it, ``names`` what organisations are called, by code."""
    return f"{_SENTENCES[one['op']](one, names)}."


def notes(one: Mapping[str, Any], names: Names) -> list[str]:
    """What else it says: posts, who goes where, what is supposed."""
    said = [f"Lập chức vụ {post['title']}" for post in one.get("posts") or () if isinstance(post, dict)]
    if one.get("posts") == "end":
        said.append("Các chức vụ đang giữ thì kết thúc")
    if one.get("roles") == "end":
        said.append("Vai trò của các tài khoản ở đó thì kết thúc")
    said += [f"{_name(part['to'], names)}: {_part(part, names)}" for part in one.get("parts") or ()]
    if one.get("presumed"):
        said.append(f"Giả định: {one['presumed']}")
    return said


def codes(one: Mapping[str, Any]) -> set[str]:
    """Every organisation it names."""
    found: set[str] = set()
    for key in (
        "of",
        "under",
        "to",
        "into",
        "members_to",
        "units_to",
        "followed_by",
        "follows",
        "below",
        "rest",
    ):
        value = one.get(key)
        found |= set(_list(value))
    for part in one.get("parts") or ():
        found |= {part["to"], *_list(part.get("before"))}
    return found


def _found(one: Mapping[str, Any], names: Names) -> str:
    kind = kind_words(one["kind"], one["name"]) if one["kind"] in KINDS else one["kind"]
    if one.get("cell_kind"):
        kind += f", {CELL_KINDS.get(one['cell_kind'], one['cell_kind']).lower()}"
    under = f", trực thuộc {_name(one['under'], names)}" if one.get("under") else ""
    follows = f"; kế tục {_names(one['follows'], names)}" if one.get("follows") else ""
    return f"Thành lập {one['name']} ({kind}){under}{follows}"


def _rename(one: Mapping[str, Any], names: Names) -> str:
    return f"Đổi tên {_names(one['of'], names)} thành {one['name']}"


def _move(one: Mapping[str, Any], names: Names) -> str:
    return f"Chuyển {_names(one['of'], names)} về trực thuộc {_name(one['to'], names)}"


def _convert(one: Mapping[str, Any], names: Names) -> str:
    chosen = _names(one.get("of") or (), names)
    if one.get("below"):
        was = KINDS[one["was"]].label.lower() if one.get("was") in KINDS else "tổ chức"
        cell = CELL_KINDS.get(one.get("was_cell_kind", ""), "").lower()
        among = f"mọi {was} {cell}".strip() + f" trực thuộc {_names(one['below'], names)}"
        chosen = f"{chosen}, {among}" if chosen else among
    to = [KINDS[one["kind"]].label] if one.get("kind") in KINDS else []
    to += [CELL_KINDS[one["cell_kind"]].lower()] if one.get("cell_kind") in CELL_KINDS else []
    return f"Chuyển {chosen} thành {', '.join(to)}"


def _merge(one: Mapping[str, Any], names: Names) -> str:
    return f"Sáp nhập {_names(one['of'], names)} vào {_name(one['into'], names)}"


def _split(one: Mapping[str, Any], names: Names) -> str:
    to = [part["to"] for part in one["parts"]]
    rest = f"; số còn lại về {_name(one['rest'], names)}" if one.get("rest") else ""
    return f"Chia đảng viên của {_names(one['of'], names)} về {_names(dict.fromkeys(to), names)}{rest}"


def _dissolve(one: Mapping[str, Any], names: Names) -> str:
    said = f"Kết thúc hoạt động của {_names(one['of'], names)}"
    for key, words in (("members_to", "đảng viên về"), ("units_to", "tổ chức trực thuộc về")):
        if one.get(key):
            said += f"; {words} {_name(one[key], names)}"
    if one.get("followed_by"):
        said += f"; công việc do {_names(one['followed_by'], names)} tiếp nhận"
    return said


_SENTENCES = {
    "found": _found,
    "rename": _rename,
    "move": _move,
    "convert": _convert,
    "merge": _merge,
    "split": _split,
    "dissolve": _dissolve,
}


def _part(part: Mapping[str, Any], names: Names) -> str:
    said = []
    if part.get("people"):
        said.append(f"{len(part['people'])} người nêu tên")
    if part.get("residence"):
        said.append(f"người ở {'; '.join(part['residence'])}")
    if part.get("before"):
        said.append(f"người từ {_names(part['before'], names)}")
    return ", ".join(said) or "chưa nêu ai"


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _names(value: Any, names: Names) -> str:
    listed = _list(value)
    shown = ", ".join(_name(code, names) for code in listed[:_NAMED])
    more = len(listed) - _NAMED
    return f"{shown} và {more} tổ chức khác" if more > 0 else shown


def _name(code: str, names: Names) -> str:
    return names.get(code, f"«{code}»")


def founded_names(operations: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What the organisations that a plan founds are to be called, by code."""
    return {one["code"]: one["name"] for one in operations if one["op"] == "found"}

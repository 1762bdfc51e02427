"""What the tests of access send to an address, where an empty form would say nothing of the right to send it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from access.addresses import Address
from access.scene_meetings import RECORDED_MONTHLY

_PLAN: dict[str, Any] = {
    "title": "Phương án thử",
    "day": "2023-04-20",
    "operations": [{"op": "rename", "of": "xa-a", "name": "Xã Thử", "short_name": "Thử"}],
}

_FIELDS: dict[str, Any] = {"values": {"languages": "Tiếng Anh"}, "ground": "Lý lịch"}

# (address, method): what is sent where an empty form would say nothing of the right to send it
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("api:assignment_report", "POST"): {"status": "in_progress", "note": "Đang làm."},
    ("api:movement_rehearse", "POST"): {"kind": "exempted", "on": "2023-04-01"},
    ("api:movement_record", "POST"): {"kind": "exempted", "on": "2023-04-01"},
    ("api:movement_correct", "POST"): {"reason": "Ghi nhầm người."},
    ("api:sympathiser_list", "POST"): {
        "full_name": "Hoàng Thị Thử",
        "gender": "female",
        "birth": "1999",
        "listed_on": "2023-04-01",
    },
    # One path, two operations by name.
    ("api:plans", "POST"): _PLAN,
    ("api:plan_begin", "POST"): _PLAN,
    ("api:plan_apply", "POST"): {"number": "9-QĐ/HU", "on": "2023-04-19", "by": "Huyện ủy"},
    ("api:reorganisation_undo", "POST"): {"reason": "Chưa thực hiện."},
    ("api:changeset_undo", "POST"): {"reason": "Nhập nhầm tệp."},
    ("api:case_begin", "POST"): {"procedure": "exemption", "on": "2023-04-19"},
    **{
        (f"api:{prefix}case_step{tail}", "POST"): {"on": "2023-04-19"}
        for prefix in ("", "closed_")
        for tail in ("", "_rehearse")
    },
    ("api:member_record_fields", "POST"): _FIELDS,
    ("api:member_write_fields", "POST"): _FIELDS,
    ("api:member_identity_number", "POST"): {"national_id": "049175000123"},
    ("api:member_identity_write", "POST"): {"national_id": "049175000123"},
}
BODIES |= RECORDED_MONTHLY
# addresses that take a list of members as a file
LISTS = {"api:import_rehearse", "api:import_members"}
LIST = "Họ và tên,Ngày sinh,Giới tính,Ngày vào Đảng\nHoàng Thị Thử,03/02/1990,Nữ,19/05/2015\n"


def sending(address: Address, method: str) -> dict[str, Any]:
    """What the test browser is told to send to an address: the body, and how it is written."""
    if address.name in LISTS and method == "POST":
        return {"data": {"file": SimpleUploadedFile("danh-sach.csv", LIST.encode())}}
    found: dict[str, Any] = {"data": BODIES.get((address.name, method), {})}
    if address.is_api and method == "POST":
        found["content_type"] = "application/json"
    return found

"""What a cell records: a meeting that the cell of the place held, and bodies that say what is recorded monthly and yearly."""

from __future__ import annotations

from typing import Any

from cast import Cast
from tochuc.meetings.models import Meeting

# (address, method): of nobody whom a cell knows, so that who may record is refused for that and nothing else.
RECORDED_MONTHLY: dict[tuple[str, str], dict[str, Any]] = {
    ("api:dues_collect", "POST"): {
        "paid_on": "2023-04-05",
        "payments": [{"person": "khong-co", "month": "2023-03", "amount": 6000}],
    },
    ("api:member_dues_settle", "POST"): {"kind": "paid", "amount": 6000, "paid_on": "2023-04-05"},
    ("api:member_dues_basis", "POST"): {"category": "student", "since": "2023-03"},
    ("api:member_dues_relieve", "POST"): {
        "percent": 50,
        "since": "2023-03",
        "until": "2023-05",
        "ground": "Khó khăn",
    },
    ("api:meeting_hold", "POST"): {"held_on": "2023-04-05", "kind": "regular", "attendance": []},
    ("api:meeting_correct", "POST"): {
        "attendance": [{"person": "khong-co", "state": "present"}],
        "why": "Ghi nhầm",
    },
    ("api:meeting_withdraw", "POST"): {"reason": "Không họp"},
    ("api:entrust", "POST"): {
        "year": 2023,
        "on": "2023-01-10",
        "work": [{"person": "khong-co", "content": "Phụ trách tổ"}],
    },
    ("api:entrusted_review", "POST"): {
        "year": 2023,
        "on": "2023-04-05",
        "found": [{"person": "khong-co", "result": "hoàn thành"}],
    },
}


def meeting_at(cast: Cast, place: str, held_on: Any) -> Meeting:
    """A meeting at the place; of a commune one of its school's cell."""
    cell = {"commune_a": cast.a3}.get(place) or getattr(cast, place)
    return Meeting.objects.create(organisation=cell, held_on=held_on, kind="regular")

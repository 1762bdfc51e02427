"""How long a temporary transfer of Party activity (chuyển sinh hoạt tạm thời) may last, by the rules."""

from __future__ import annotations

from datetime import date

from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce, Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.rules.ask import rule
from tochuc.rules.ruled import Ruled

STUDY, WORK = "study", "work"
PURPOSE_CHOICES = [(WORK, "Thay đổi nơi công tác, nơi cư trú"), (STUDY, "Học tập trung trong nước")]
PURPOSES = dict(PURPOSE_CHOICES)


def limits(on: date, purpose: str = "") -> list[Ruled]:
    """The least and the longest time that the rules set on a day, for a purpose or for each."""
    wanted = ["transfer.temp_min"]
    wanted += ["transfer.temp_max_work"] * (purpose != STUDY) + ["transfer.temp_max_study"] * (
        purpose != WORK
    )
    return [found for found in (_asked(rule_id, on) for rule_id in wanted) if found is not None]


def check(on: date, until: date, purpose: str) -> None:
    """Refuse a length that the rules don't allow, where their text says so; else it is only shown."""
    for limit in limits(on, purpose or WORK):
        if not limit.may_refuse or _keeps(limit, on, until):
            continue
        raise Refused(
            "temporary_length",
            f"Từ {day_vn(on)} đến {day_vn(until)} không đúng thời gian sinh hoạt tạm thời. "
            f"{limit.title}: {limit.words} ({limit.cite.vn}).",
            "until_on",
        )


def _keeps(limit: Ruled, on: date, until: date) -> bool:
    bound = add_months(on, limit.number)
    if limit.id == "transfer.temp_min":
        return until >= bound
    # Studying may take the whole time; other stays must be shorter.
    return until <= bound if limit.id == "transfer.temp_max_study" else until < bound


def _asked(rule_id: str, on: date) -> Ruled | None:
    try:
        return rule(rule_id, on=on)
    except NotInForce:
        return None

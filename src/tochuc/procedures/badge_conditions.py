"""What the rules ask of who is to get a Party badge: the years, the occasion, illness, death, discipline."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.declare import Objection, Taken
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import OFFICIAL
from tochuc.rules.ruled import Ruled

FULL, EARLY, POSTHUMOUS = "full", "early", "posthumous"
_LONG_YEARS = 70
_HELD_BACK = frozenset({"postponed", "refused"})
"""Outcomes by which somebody doesn't get the badge this time."""
# Which form of discipline of the record each rule is about, by the words a decision has.
_BLOCKS = (("cảnh cáo", "badge.block_warning"), ("cách chức", "badge.block_removal"))


def of_the_standing(taken: Taken) -> list[Objection]:
    """A badge is for an official member; a posthumous one for whoever died as one."""
    manner = taken.facts.get("manner")
    died = _day(taken.facts.get("died_on"))
    if manner == POSTHUMOUS:
        if died is not None:
            return []
        return [
            Objection("not_deceased", "Truy tặng là cho đảng viên đã từ trần; hồ sơ chưa ghi ngày từ trần.")
        ]
    if taken.facts.get("standing") == OFFICIAL:
        return []
    if died is not None:
        return [Objection("deceased", "Đảng viên này đã từ trần; hãy chọn truy tặng.", field="manner")]
    return [Objection("standing", "Huy hiệu Đảng tặng cho đảng viên chính thức đang sinh hoạt.")]


def a_mark(taken: Taken) -> list[Objection]:
    """The years are one of those at which there is a badge."""
    ruled = _ruled(taken, "badge.years", taken.move.on)
    years = _years(taken)
    if ruled is None or years in ruled.items:
        return []
    message = f"Không có Huy hiệu Đảng {years} năm; các mốc là {ruled.words} ({ruled.cite.vn})."
    return [Objection("no_such_mark", message, ruled, "years")]


def an_occasion(taken: Taken) -> list[Objection]:
    """The day is one of the yearly occasions; another one needs a decision of the level above, so it only warns."""
    occasion = _occasion(taken)
    ruled = _ruled(taken, "badge.occasions", taken.move.on)
    if occasion is None or ruled is None or f"{occasion:%d-%m}" in ruled.items:
        return []
    message = (
        f"Ngày {day_vn(occasion)} không phải đợt trao thường lệ ({ruled.words}; {ruled.cite.vn}); "
        "đợt khác do ban thường vụ cấp ủy cấp tỉnh quyết định."
    )
    return [Objection("not_an_occasion", message, ruled, "occasion", warns=True)]


def reached(taken: Taken) -> list[Objection]:
    """The years are full by the occasion, or early by no more than the rules allow to the gravely ill and the dead."""
    on, occasion = _day(taken.facts.get("reached_on")), _occasion(taken)
    if occasion is None:
        return []
    if on is None:
        message = (
            "Hồ sơ chưa có ngày vào Đảng hoặc ngày chính thức nên chưa tính được tuổi đảng; hãy ghi đủ trước."
        )
        return [Objection("age_unknown", message)]
    manner, died = taken.facts.get("manner"), _day(taken.facts.get("died_on"))
    until = died if manner == POSTHUMOUS and died else occasion
    if on <= until:
        return []
    years = _years(taken)
    ruled, latest = _early(taken, str(manner), years, until)
    if latest is not None and on <= latest:
        return []
    said = f"Đủ {years} năm tuổi đảng ngày {day_vn(on)}, sau ngày {day_vn(until)}"
    if manner == FULL:
        limit = _ruled(taken, "badge.years", taken.move.on)
        place = f" ({limit.cite.vn})" if limit else ""
        message = f"{said}; chưa được xét tặng đợt này{place}."
        return [Objection("not_reached", message, limit, "years")]
    allowed = f"được sớm nhiều nhất {ruled.words} ({ruled.cite.vn})" if ruled else "chưa có quy định được sớm"
    return [Objection("too_early_for_badge", f"{said}; {allowed}.", ruled, "years")]


def _early(taken: Taken, manner: str, years: int, until: date) -> tuple[Ruled | None, date | None]:
    """By which rule it may be early, and until which day the years must be full."""
    if manner == FULL:
        return None, None
    early = "badge.early_to_65" if years < _LONG_YEARS else "badge.early_from_70"
    ruled = _ruled(taken, "badge.early_posthumous" if manner == POSTHUMOUS else early, taken.move.on)
    return ruled, add_months(until, ruled.number) if ruled else None


def not_awarded(taken: Taken) -> list[Objection]:
    """The badge isn't in the record yet."""
    years = _years(taken)
    if years not in taken.facts.get("awarded", ()) or taken.move.outcome in _HELD_BACK:
        return []
    return [Objection("awarded_before", f"Hồ sơ đã ghi tặng Huy hiệu Đảng {years} năm.", field="years")]


def not_under_discipline(taken: Taken) -> list[Objection]:
    """After a warning or a dismissal there is a time in which no badge is considered; it is the ground for putting one off."""
    occasion, found = _occasion(taken), []
    held_back = taken.move.outcome in _HELD_BACK
    for what, decided in taken.facts.get("disciplines", ()):
        for words, rule_id in _BLOCKS:
            ruled = _ruled(taken, rule_id, decided) if words in what.lower() else None
            if ruled is None or occasion is None:
                continue
            ends = add_months(decided, ruled.number)
            if decided <= occasion < ends:
                message = (
                    f"Bị kỷ luật {words} ngày {day_vn(decided)}; chưa xét tặng trong {ruled.words}, "
                    f"đến ngày {day_vn(ends)} ({ruled.cite.vn})."
                )
                found.append(Objection("under_discipline", message, ruled, warns=held_back))
    return found


def _ruled(taken: Taken, rule_id: str, on: date) -> Ruled | None:
    try:
        return taken.ask(rule_id, on=on)
    except NotInForce:
        return None


def _years(taken: Taken) -> int:
    return int(taken.facts.get("years") or 0)


def _occasion(taken: Taken) -> date | None:
    return _day(taken.facts.get("occasion"))


def _day(raw: Any) -> date | None:
    return date.fromisoformat(raw) if isinstance(raw, str) and raw else raw or None

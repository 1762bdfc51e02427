"""What a percentage is a share of: an admission target, the membership, or something else of the Party's work."""

import re
from dataclasses import dataclass
from functools import lru_cache

from tochuc.documents.extract.counts import Count, _units
from tochuc.documents.extract.grammar import either, words

_NEAR = 110  # characters
_REACH = 400  # characters back to the word for the target
_ADMISSION = frozenset({"admitted", "admission_target", "target_pct"})
_CHANGE = re.compile(r"(?<!\w)(?:chiếm|tăng|giảm|cao hơn|thấp hơn|trong đó)(?:\s\w+){0,3}\s$")
_SHARE_OF = re.compile(
    r"(?:đạt|bằng|tỷ lệ|\(|hoàn thành)(?:\s(?:tỷ lệ|đạt|trên|gần|hơn|là|khoảng|chiếm|tới)){0,3}[\s:(]{0,3}$"
)
_AFTER_NAME = re.compile(r"[^\W\d]\s\($")
_FIRST_OF_LIST = re.compile(r":\s(?:[^\W\d]+\s){1,8}$")
_CLAUSE_END = re.compile(r"\s?(?:[.,;)\n]|$)")
_OF_PROPOSED = re.compile(r"giới thiệu[^.;\d]{0,40}\d[^;]{0,80}kết nạp[^;]{0,60}$")
_RATE = re.compile(r"tỷ lệ(?:\s\w+){0,4}\s?$")
_TARGETS = re.compile(
    r"(?:vượt|đạt|hoàn thành|thực hiện|giao)[^.;]{0,25}(?:chỉ tiêu|kế hoạch|mục tiêu)|\d chỉ tiêu|(?:chỉ tiêu|kế hoạch|theo chương trình)[^.;]{0,25}(?:đạt|vượt)"
)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    data = words("figures")
    about = rf"(?:(?:{either(data['about'])})\s{{1,2}}){{0,3}}"
    return {
        "party": re.compile(rf"(?<!\w)(?:{data['share_of_party']})(?!\w)"),
        "elsewhere": re.compile(rf"(?<!\w)(?:{data['not_of_party']})(?!\w)"),
        "rate": re.compile(
            rf"(?<!\w)(?:{data['admission_rate']}|tỷ lệ kết nạp[^.;,]{{0,60}}tổng số đảng viên[^.;,\d]{{0,20}})\s{{0,2}}{about}$"
        ),
        "members": re.compile(data["of_membership"]),
        "target": re.compile(data["target_named"]),
    }


@dataclass(frozen=True, slots=True)
class ShareContext:
    """What came before a percentage: the ``last`` figure's indicator in its sentence, whether sentences before told
    of ``targets`` of admissions, and whether it goes on a list of names with the share of the target each reached."""

    last: str | None
    targets: bool
    listed: bool


def share_indicator(low: str, start: int, end: int, count: Count, context: ShareContext) -> str | None:
    """Indicator of a percentage in the sentence ``start:end``; None if it is no figure of the Party's work (economy,
    poverty)."""
    last = context.last
    before = low[max(start, count.start - _NEAR) : count.start]
    after = low[count.end : min(end, count.end + _NEAR)]
    clause = before[max(before.rfind(";"), before.rfind("(") - 40, 0) :] + after[:40].split(";")[0]
    if _patterns()["elsewhere"].search(before[-45:]) or _patterns()["elsewhere"].search(after[:25]):
        return None
    unit = _units().match(low, count.end, end)
    if unit and "chỉ tiêu" not in unit.group():
        return "other"
    if _CHANGE.search(before):
        return "other" if last or _patterns()["party"].search(clause) else None
    if count.exceeds:
        return "target_pct"
    if _patterns()["rate"].search(before) or (_patterns()["members"].match(after) and "kết nạp" in before):
        return _rate_or_target(count)
    if _patterns()["target"].match(after):
        return "target_pct"
    if context.listed or (context.targets and last is None and _reached(low, count, before)):
        return "target_pct"
    return _by_last(low, start, count, before, clause, last)


def _reached(low: str, count: Count, before: str) -> bool:
    """Whether the share stands in brackets after a name, or is said to be reached and no more."""
    if _AFTER_NAME.search(before) or _FIRST_OF_LIST.search(before):
        return True
    return before.rstrip().endswith(("đạt", "bằng")) and _CLAUSE_END.match(low, count.end) is not None


def _by_last(low: str, start: int, count: Count, before: str, clause: str, last: str | None) -> str | None:
    if last == "admitted" and _OF_PROPOSED.search(low, start, count.start):
        return "other"
    if last in _ADMISSION and _SHARE_OF.search(before):
        return _rate_or_target(count) if _RATE.search(before) else "target_pct"
    if (
        last in (None, "target_pct")
        and _AFTER_NAME.search(before)
        and _TARGETS.search(low, max(0, count.start - _REACH), count.start)
    ):
        return "target_pct"
    aims = _TARGETS.search(low, max(start, count.start - _REACH), count.start)
    if (
        aims
        and before.rstrip().endswith(("(", "đạt", "(đạt", "bằng"))
        and (last is None or last == "target_pct" or "đạt" in before[-8:])
    ):
        return "target_pct"
    return "other" if last or _patterns()["party"].search(clause) else None


def _rate_or_target(count: Count) -> str:
    return "admission_rate_pct" if count.values[0] < words("figures")["highest_rate"] else "target_pct"

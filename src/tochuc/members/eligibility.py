"""What the rules ask of a person at admission and recognition: ages and the end of probation.

Each finding carries its rule, so that a screen can show why. Only what was read in the text of a rule
refuses; the rest warns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tochuc.kernel.days import add_months, months_between
from tochuc.kernel.errors import NotInForce, Refused
from tochuc.kernel.known_dates import KnownDate, day_vn
from tochuc.members.models import MemberEvent, Person
from tochuc.members.queries import joined
from tochuc.rules.ask import rule
from tochuc.rules.ruled import Ruled


@dataclass(frozen=True)
class Finding:
    """One thing a rule asks: whether it is met, in words, and the rule."""

    met: bool
    words: str
    rule: Ruled


def ages(birth: KnownDate, on: date) -> list[Finding]:
    """What the admission ages say of one born then, on a day.

    Both count by the month. The lower limit is tested on the latest age one can have had, the birth being known to the
    year or month only; the upper on the earliest: who has completed it and a month more is over it. Over the upper
    limit another level decides: a warning, never a refusal.
    """
    oldest, youngest = months_between(birth.first, on), months_between(birth.last, on)
    found = []
    for rule_id, met in (
        ("admission.age_minimum", lambda limit: oldest >= 12 * limit),
        ("admission.age_maximum", lambda limit: youngest <= 12 * limit),
    ):
        asked = _asked(rule_id, on)
        if asked is not None:
            found.append(Finding(met(asked.number), _age_words(oldest, youngest), asked))
    return found


def _age_words(oldest: int, youngest: int) -> str:
    if oldest == youngest:
        return f"{oldest // 12} tuổi" + (f" {oldest % 12} tháng" if oldest % 12 else "")
    since, until = youngest // 12, oldest // 12
    return f"{until} tuổi" if since == until else f"{since}–{until} tuổi"


def check_admission(person: Person, on: date) -> None:
    """Refuse an admission below the least age, where the text of the rule says so."""
    for finding in ages(person.birth, on):
        if finding.rule.id == "admission.age_minimum" and not finding.met and finding.rule.may_refuse:
            raise Refused(
                "too_young",
                f"Chưa thể ghi kết nạp: ngày {day_vn(on)} người này mới {finding.words}, "
                f"cần đủ {finding.rule.words.lower()} ({finding.rule.cite.vn}).",
                "on",
            )


@dataclass(frozen=True)
class ProbationEnd:
    """When a probation began and ends, by which rule."""

    began: date
    ends: date
    length: Ruled
    exactly: Ruled | None


def probation_end(events: Iterable[MemberEvent]) -> ProbationEnd | None:
    """The end of the latest probation, from one person's events in force; None where its start isn't known."""
    _decided, began, official = joined(events)
    if began is None or official is not None:
        return None
    length = _asked("probation.length", began)
    if length is None:
        return None
    ends = add_months(began, length.number)
    return ProbationEnd(began, ends, length, _asked("probation.recognised_on", ends))


def check_recognition(end: ProbationEnd | None, on: date) -> None:
    """Refuse a recognition dated otherwise than the day probation ended, where the text of the rule says so."""
    if end is None or on == end.ends or end.exactly is None:
        return
    if end.exactly.may_refuse and end.length.may_refuse:
        raise Refused(
            "not_the_day",
            f"Ngày công nhận là {end.exactly.value}, tức {day_vn(end.ends)} ({end.exactly.cite.vn}); "
            "ngày ký quyết định ghi ở ô khác.",
            "on",
        )


def _asked(rule_id: str, on: date) -> Ruled | None:
    try:
        return rule(rule_id, on=on)
    except NotInForce:
        return None

"""What the rules ask of a case of discipline: forms by standing, time limits, days in order, what the cell may decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.declare import Condition, Objection, Taken
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import DISCIPLINES, DISMISSAL, EXPULSION, PROBATIONARY, WARNING
from tochuc.procedures.disciplining import LIMITS, announced_on
from tochuc.rules.limits import due_after
from tochuc.rules.ruled import Ruled

STATE = "state"


def asked(taken: Taken, rule_id: str) -> Ruled | None:
    """The rule on the day of the step; None where none held."""
    try:
        return taken.rule(rule_id)
    except NotInForce:
        return None


def day_given(said: Any) -> date | None:
    """A day as an answer keeps it."""
    return date.fromisoformat(str(said)) if said else None


def days_in_order(taken: Taken) -> list[Objection]:
    """The violation comes before the conclusion about it, and that before the case."""
    violated, concluded = (day_given(taken.facts.get(one)) for one in ("violated_on", "concluded_on"))
    found = []
    if violated and concluded and violated > concluded:
        message = f"Ngày xảy ra vi phạm {day_vn(violated)} không thể sau ngày kết luận {day_vn(concluded)}."
        found.append(Objection("violated_after", message, field="violated_on"))
    if concluded and concluded > taken.move.on:
        message = f"Ngày kết luận {day_vn(concluded)} không thể sau ngày mở hồ sơ {day_vn(taken.move.on)}."
        found.append(Objection("concluded_after", message, field="concluded_on"))
    return found


def only_the_gravest_left(taken: Taken) -> list[Objection]:
    """Where the longest limit has run out, whoever opens the case is told that only expulsion remains."""
    if _overdue(taken, LIMITS[WARNING]) is None:
        return []
    message = (
        "Vi phạm đã quá thời hiệu của mọi hình thức trừ khai trừ; chỉ xem xét nếu đến mức phải khai trừ, "
        "hoặc thuộc trường hợp không áp dụng thời hiệu."
    )
    return [Objection("only_expulsion", message, warns=True)]


def within(limits: Mapping[str, str]) -> Condition:
    """No form whose time limit ran out before the conclusion that discipline is due."""

    def condition(taken: Taken) -> list[Objection]:
        form = taken.move.outcome.removeprefix("up_")
        past = _overdue(taken, limits[form]) if form in limits else None
        if past is None:
            return []
        rule, last = past
        message = (
            f"Đã quá thời hiệu {DISCIPLINES[form].lower()}: {rule.words} kể từ ngày vi phạm, tức đến ngày "
            f"{day_vn(last)}; kết luận ngày {day_vn(_end_of_clock(taken))} ({rule.cite.vn})."
        )
        return [Objection("limit_over", message, rule, "outcome")]

    return condition


within_the_limit = within(LIMITS)


def _overdue(taken: Taken, rule_id: str) -> tuple[Ruled, date] | None:
    """The rule and its last day where the conclusion came after it."""
    violated, rule = day_given(taken.facts.get("violated_on")), asked(taken, rule_id)
    if violated is None or rule is None or taken.facts.get("unlimited"):
        return None
    last = due_after(rule, violated)
    return (rule, last) if _end_of_clock(taken) > last else None


def _end_of_clock(taken: Taken) -> date:
    """The clock of the limit runs until the competent body concludes that discipline is due."""
    return day_given(taken.facts.get("concluded_on")) or taken.move.on


def form_of_the_standing(taken: Taken) -> list[Objection]:
    """A probationary member can only have the forms that the Charter names for them."""
    form = taken.move.outcome.removeprefix("up_")
    if form not in DISCIPLINES:
        return []
    probationary = taken.facts.get("standing") == PROBATIONARY
    rule = asked(taken, f"discipline.forms_{'probationary' if probationary else 'official'}")
    if rule is None or DISCIPLINES[form].lower() in rule.items:
        return []
    message = (
        f"Đảng viên dự bị không có hình thức {DISCIPLINES[form].lower()}; chỉ có {rule.words} ({rule.cite.vn}). "
        "Nếu không đủ tư cách, xem xét xóa tên."
    )
    return [Objection("form_not_of_standing", message, rule, "outcome")]


def dismissed_from_a_post(taken: Taken) -> list[Objection]:
    """Dismissal is from a post: whoever holds none can't be dismissed."""
    if taken.move.outcome.removeprefix("up_") != DISMISSAL or taken.facts.get("holds_post"):
        return []
    rule = asked(taken, "discipline.forms_official")
    place = f" ({rule.cite.vn})" if rule else ""
    message = f"Theo sổ, đảng viên này không giữ chức vụ nào vào ngày {day_vn(taken.move.on)}; không có hình thức cách chức{place}."
    return [Objection("no_post", message, rule, "outcome")]


def within_its_power(taken: Taken) -> list[Objection]:
    """What the committee at the base decides goes as far as the rule says; expulsion only where it may admit."""
    rule = asked(taken, "discipline.power_base")
    form = taken.move.outcome
    if rule is None or form not in DISCIPLINES or DISCIPLINES[form].lower() in rule.items:
        return []
    if form == EXPULSION and taken.move.answers.get("empowered") == "yes":
        return []
    message = (
        f"Đảng ủy cơ sở quyết định đến {rule.words}; khai trừ chỉ khi được ủy quyền quyết định kết nạp "
        f"({rule.cite.vn})."
    )
    return [Objection("beyond_power", message, rule, "outcome")]


def told_in_time(taken: Taken) -> list[Objection]:
    """An authority of the State tells the Party soon after it punished a member; a late notice is worth noting."""
    rule = asked(taken, "discipline.state_notice")
    concluded, told = (day_given(taken.facts.get(one)) for one in ("concluded_on", "told_on"))
    if rule is None or taken.facts.get("basis") != STATE or concluded is None or told is None:
        return []
    last = due_after(rule, concluded)
    if told <= last:
        return []
    message = f"Cơ quan xử lý báo ngày {day_vn(told)}, chậm hơn {rule.words}, tức ngày {day_vn(last)} ({rule.cite.vn})."
    return [Objection("told_late", message, rule, "told_on", warns=True)]


def ground_of_the_rule(taken: Taken) -> list[Objection]:
    """A case is put off on the grounds that a rule names; where none did on the day, that is worth noting."""
    if asked(taken, "discipline.postponed_when") is not None:
        return []
    message = f"Chưa có quy định nào đã đọc nêu trường hợp tạm hoãn vào ngày {day_vn(taken.move.on)}."
    return [Objection("no_rule_to_postpone", message, warns=True)]


def announced_in_order(taken: Taken) -> list[Objection]:
    """Announced on the day of the vote or after it, and not after the step itself."""
    said, on = day_given(taken.move.answers.get("announced_on")), taken.facts.get("decided_on")
    if said is None or on is None or on <= said <= taken.move.on:
        return []
    message = (
        f"Ngày công bố {day_vn(said)} phải từ ngày quyết định {day_vn(on)} đến ngày {day_vn(taken.move.on)}."
    )
    return [Objection("announced_out_of_order", message, field="announced_on")]


def posts_named(taken: Taken) -> list[Objection]:
    """A decision of dismissal says from which posts."""
    if taken.facts.get("form") != DISMISSAL or taken.move.answers.get("posts"):
        return []
    return [Objection("posts_missing", "Cần chọn chức vụ bị cách.", field="posts")]


def received_in_order(taken: Taken) -> list[Objection]:
    """Nobody receives a decision before it was announced, nor after the day of the step."""
    said, since = day_given(taken.move.answers.get("received_on")), announced_on(taken.facts)
    if said is None or since is None or since <= said <= taken.move.on:
        return []
    message = (
        f"Ngày nhận {day_vn(said)} phải từ ngày công bố {day_vn(since)} đến ngày {day_vn(taken.move.on)}."
    )
    return [Objection("received_out_of_order", message, field="received_on")]


def time_to_appeal_over(rule_id: str) -> Condition:
    """Nobody may write that no appeal came before the time for it, by this rule, is over, nor while one is settled."""

    def condition(taken: Taken) -> list[Objection]:
        return _appeal_still_possible(taken, rule_id)

    return condition


def _appeal_still_possible(taken: Taken, rule_id: str) -> list[Objection]:
    if taken.move.outcome != "passed":
        return []
    if taken.facts.get("appeal_open"):
        return [Objection("appeal_open", "Đang có khiếu nại về quyết định này; chờ giải quyết.")]
    deliver = taken.facts["taken"].get("deliver")
    received = day_given(deliver.answers.get("received_on")) if deliver else None
    if received is None:
        return []
    try:
        rule = taken.ask(rule_id, on=received)
    except NotInForce:
        return []
    last = due_after(rule, received)
    if taken.move.on > last:
        return []
    message = (
        f"Đương sự được khiếu nại đến hết ngày {day_vn(last)} ({rule.words} từ ngày nhận, {rule.cite.vn})."
    )
    return [Objection("appeal_time_runs", message, rule, "on")]


def year_is_over(taken: Taken) -> list[Objection]:
    """A decision ends of itself when its year is over, not before."""
    since = taken.facts.get("effective_on") or announced_on(taken.facts)
    if taken.move.outcome != "ended" or since is None:
        return []
    try:
        rule = taken.ask("discipline.expiry", on=since)
    except NotInForce:
        return []
    last = due_after(rule, since)
    if taken.move.on >= last:
        return []
    message = f"Kỷ luật tính từ ngày {day_vn(since)} tự hết hiệu lực sau {rule.words}, tức ngày {day_vn(last)} ({rule.cite.vn})."
    return [Objection("too_early_to_end", message, rule, "on")]

"""What the rules ask of an appeal: in time, of one's own decision, not above the last level, a named ground to turn it away."""

from __future__ import annotations

from datetime import date

from tochuc.cases.declare import Condition, Objection, Taken
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.procedures.discipline_conditions import asked, day_given
from tochuc.rules.limits import due_after
from tochuc.rules.ruled import Ruled


def of_the_person(taken: Taken) -> list[Objection]:
    """Nobody appeals for another, nor against what isn't decided: the decision stands in the person's own record."""
    if taken.facts.get("disputed"):
        return []
    message = "Trong hồ sơ của người này không có quyết định như vậy; chỉ khiếu nại quyết định về chính mình."
    return [Objection("not_ones_own", message, field="against")]


def received_before(taken: Taken) -> list[Objection]:
    """A decision is received on the day it was made or later, and before one appeals."""
    received, decided = day_given(taken.facts.get("received_on")), taken.facts.get("decided_on")
    if received is None or (received <= taken.move.on and (decided is None or received >= decided)):
        return []
    since = f"từ ngày ra quyết định {day_vn(decided)} " if decided else ""
    message = f"Ngày nhận {day_vn(received)} phải {since}đến ngày khiếu nại {day_vn(taken.move.on)}."
    return [Objection("received_out_of_order", message, field="received_on")]


def in_time(rule_id: str) -> Condition:
    """The time to appeal runs from the day the decision was received, by the rule of that day."""

    def condition(taken: Taken) -> list[Objection]:
        received = _received(taken)
        rule = _on(taken, rule_id, received) if received else None
        if received is None or rule is None:
            return []
        last = due_after(rule, received)
        if taken.move.on <= last:
            return []
        message = (
            f"Đã hết thời hạn khiếu nại: nhận quyết định ngày {day_vn(received)}, được khiếu nại đến hết ngày "
            f"{day_vn(last)} ({rule.words}, {rule.cite.vn})."
        )
        return [Objection("appealed_late", message, rule, "received_on")]

    return condition


def _received(taken: Taken) -> date | None:
    """What the case of the decision says goes before what is written now."""
    known: date | None = taken.facts.get("known_received_on")
    return known or day_given(taken.facts.get("received_on"))


def _on(taken: Taken, rule_id: str, day: date) -> Ruled | None:
    try:
        return taken.ask(rule_id, on=day)
    except NotInForce:
        return None


def not_twice(taken: Taken) -> list[Objection]:
    """One decision is appealed once at a level; after the answer one goes on to the level above."""
    if not taken.facts.get("appealed_before"):
        return []
    message = (
        "Quyết định này đã có khiếu nại; chờ kết quả, hoặc khiếu nại tiếp kết quả giải quyết lên cấp trên."
    )
    return [Objection("appealed_before", message, field="against")]


def not_above_the_last(rule_id: str) -> Condition:
    """The rule names the last level; after its answer there is no further appeal."""

    def condition(taken: Taken) -> list[Objection]:
        rule = asked(taken, rule_id)
        if rule is None or not taken.facts.get("answered_by_the_last"):
            return []
        message = f"Cấp cuối cùng đã giải quyết: {rule.words} ({rule.cite.vn})."
        return [Objection("last_level", message, rule, "against")]

    return condition


def ground_named(taken: Taken) -> list[Objection]:
    """Whoever turns an appeal away says on which of the rule's grounds."""
    if taken.move.outcome != "rejected" or taken.move.answers.get("ground"):
        return []
    return [
        Objection(
            "ground_missing", "Cần chọn lý do không giải quyết để báo cho người khiếu nại.", field="ground"
        )
    ]


def late_is_late(rule_id: str) -> Condition:
    """Lateness is a ground only for an appeal that came late."""

    def condition(taken: Taken) -> list[Objection]:
        received, opened = _received(taken), taken.case.opened_on
        rule = _on(taken, rule_id, received) if received else None
        if taken.move.answers.get("ground") != "late" or received is None or rule is None:
            return []
        last = due_after(rule, received)
        if opened > last:
            return []
        message = (
            f"Khiếu nại ngày {day_vn(opened)} còn trong thời hạn, đến hết ngày {day_vn(last)} "
            f"({rule.words}, {rule.cite.vn}); không thể lấy lý do quá hạn."
        )
        return [Objection("not_late", message, rule, "ground")]

    return condition


def number_given(taken: Taken) -> list[Objection]:
    """An answer is a decision with its number; only a vote that came to nothing has none."""
    if taken.move.outcome == "short" or taken.move.answers.get("number"):
        return []
    return [Objection("answer_missing", "Cần ghi «Số quyết định giải quyết».", field="number")]


def another_form(taken: Taken) -> list[Objection]:
    """A changed form is another one than the decided."""
    if taken.move.outcome != taken.facts.get("disputed_form"):
        return []
    return [
        Objection(
            "same_form", "Hình thức này trùng hình thức đã quyết định; hãy chọn giữ nguyên.", field="outcome"
        )
    ]


def further_time_over(rule_id: str) -> Condition:
    """Nobody may write that an answer was accepted before the time to go further is over."""

    def condition(taken: Taken) -> list[Objection]:
        deliver = taken.facts["taken"].get("deliver")
        received = day_given(deliver.answers.get("received_on")) if deliver else None
        rule = _on(taken, rule_id, received) if received else None
        if taken.move.outcome != "ended" or received is None or rule is None:
            return []
        last = due_after(rule, received)
        if taken.move.on > last:
            return []
        message = f"Còn được khiếu nại tiếp đến hết ngày {day_vn(last)} ({rule.words} từ ngày nhận, {rule.cite.vn})."
        return [Objection("appeal_time_runs", message, rule, "on")]

    return condition


def posts_decided(taken: Taken) -> list[Objection]:
    """An appeal that lightened a decision doesn't end before it is decided what becomes of the posts lost by that."""
    if taken.move.outcome != "ended" or not taken.facts.get("posts_lost") or "posts" in taken.facts["taken"]:
        return []
    return [Objection("posts_undecided", "Chưa quyết định về chức vụ đã mất; hãy ghi bước đó trước.")]

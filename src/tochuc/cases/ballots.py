"""A vote as its minutes give it: whether the numbers can be, and whether the share the rule asks was reached."""

from __future__ import annotations

from tochuc.cases.declare import Ballot, Count, Objection, Taken
from tochuc.kernel.errors import NotInForce
from tochuc.rules.ruled import Ruled


def count_objections(ballot: Ballot, taken: Taken) -> list[Objection]:
    """What is wrong with a vote: no numbers, impossible ones, or an outcome that the numbers don't bear."""
    count = taken.move.count
    if count is None:
        if taken.move.outcome in {*ballot.rules, ballot.fails}:
            return [Objection("count_missing", "Cần ghi kết quả biểu quyết theo biên bản.", field="agree")]
        return []
    return _impossible(count) or _share(ballot, count, taken)


def _impossible(count: Count) -> list[Objection]:
    if min(count.entitled, count.present, count.agree, count.against, count.abstain) < 0:
        return [Objection("count_negative", "Số phiếu không được âm.", field="agree")]
    if count.present > count.entitled:
        return [
            Objection(
                "present_over_entitled",
                f"Có mặt {count.present} người, nhiều hơn {count.entitled} người có quyền biểu quyết.",
                field="present",
            )
        ]
    cast = count.agree + count.against + count.abstain
    if cast > count.present:
        return [
            Objection(
                "votes_over_present",
                f"Biên bản ghi {cast} phiếu, nhiều hơn {count.present} người có mặt; kiểm tra lại các số.",
                field="agree",
            )
        ]
    return []


def _share(ballot: Ballot, count: Count, taken: Taken) -> list[Objection]:
    found = _entitled(ballot, count, taken)
    if taken.move.outcome not in {*ballot.rules, ballot.fails}:
        return found
    try:
        rule = _asked_for(ballot, count, taken)
    except NotInForce:
        message = "Hệ thống chưa có quy định về tỷ lệ cho ngày này; hãy đối chiếu văn bản có hiệu lực khi ấy."
        return [*found, Objection("share_unknown", message, warns=True)]
    needed = rule.threshold.needed(count.entitled)
    if taken.move.outcome in ballot.rules and count.agree < needed:
        return [
            *found,
            Objection(
                "share_not_reached",
                f"Chưa đủ tỷ lệ: {count.entitled} người có quyền biểu quyết, cần ít nhất {needed} phiếu tán thành "
                f"({rule.threshold.words}, {rule.cite.vn}), biên bản ghi {count.agree}.",
                rule,
                "agree",
            ),
        ]
    if taken.move.outcome == ballot.fails and count.agree >= needed:
        return [
            *found,
            Objection(
                "share_reached",
                f"Biên bản ghi {count.agree} phiếu tán thành, đủ {needed} phiếu cần có "
                f"({rule.threshold.words}, {rule.cite.vn}); kết quả phải là tán thành.",
                rule,
                "outcome",
            ),
        ]
    return found


def _asked_for(ballot: Ballot, count: Count, taken: Taken) -> Ruled:
    """The rule of the share that the outcome needs; for one that fell short the strictest of all it could have had."""
    named = ballot.rules.get(taken.move.outcome)
    if named is not None:
        return taken.rule(named)
    rules = [taken.rule(one) for one in dict.fromkeys(ballot.rules.values())]
    return max(rules, key=lambda rule: rule.threshold.needed(count.entitled))


def _entitled(ballot: Ballot, count: Count, taken: Taken) -> list[Objection]:
    """Whether the minutes count those who may vote as the record does.

    Fewer is only a doubt, since the text doesn't say how those excused are counted; so is any difference
    where the record may not name everyone (a committee whose members aren't all entered).
    """
    known = taken.facts.get(ballot.base)
    if not isinstance(known, int) or count.entitled == known:
        return []
    message = f"Theo sổ, ngày này có {known} người có quyền biểu quyết; biên bản ghi {count.entitled}."
    warns = not ballot.base_is_sure or count.entitled < known
    return [Objection("entitled_differs", message, field="entitled", warns=warns)]

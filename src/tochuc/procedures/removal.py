"""Removal from the list of members: grounds that rest on recorded facts, help first, the member heard, votes counted.

Removal is no discipline but the end of membership of one who no longer lives up to it.
Sources: Điều lệ Đảng, Điều 8; the regulation on applying it, section 8; the guidance, point 11.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.clocks import Answered, Within
from tochuc.cases.declare import Ballot, Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import BadInput, NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.months import month_vn, parse_month
from tochuc.lapses.grounds import ABSENCE, FEES, RULES
from tochuc.lapses.months import kept, lapses_of
from tochuc.members import actions
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import MemberEvent
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.committee_steps import (
    EMPOWERED,
    OWN,
    SHORT_OF_SHARE,
    base_is_committee,
    decided_above,
    own_decision,
)
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.decisions import AT_THE_BASE, decider, decision_in
from tochuc.procedures.discipline_conditions import time_to_appeal_over
from tochuc.procedures.questions import NUMBER, RESOLUTION, VOTE_METHOD
from tochuc.procedures.record_facts import being_appealed, member_case_facts
from tochuc.rules.ruled import Ruled

CARD = "card"
NO_PROGRESS, UNFIT, POLITICAL, PROBATION = "no_progress", "unfit", "political", "probation"
GROUNDS = {
    ABSENCE: "Bỏ sinh hoạt không có lý do chính đáng",
    FEES: "Không đóng đảng phí không có lý do chính đáng",
    CARD: "Tự ý trả thẻ hoặc tự hủy thẻ đảng viên",
    NO_PROGRESS: "Giảm sút ý chí phấn đấu, đã được giáo dục mà không tiến bộ",
    UNFIT: "Hai năm liền vi phạm tư cách đảng viên",
    POLITICAL: "Không bảo đảm tiêu chuẩn chính trị",
    PROBATION: "Đảng viên dự bị không đủ tư cách",
}
_MONTHS = RULES
_FIRST_YEAR = 1930
"""The Party's first year: an earlier one is mistyped."""
_HELPED_FIRST = frozenset({NO_PROGRESS})


def _months_counted(taken: Taken) -> list[Objection]:
    """Absence and unpaid fees count by months of one year, each named; fewer than the rule asks is no ground."""
    rule_id = _MONTHS.get(str(taken.facts.get("ground")))
    if rule_id is None:
        return []
    try:
        rule = taken.rule(rule_id)
    except NotInForce:
        return []
    try:
        named = months_named(taken.facts)
    except BadInput as bad:
        return [Objection("months_unreadable", bad.message, field="months")]
    if len(named) < rule.number:
        message = f"Mới ghi {len(named)} tháng, căn cứ này cần {rule.words} trong năm ({rule.cite.vn})."
        return [Objection("too_few_months", message, rule, "months")]
    if len({month.year for month in named}) > 1:
        message = f"Các tháng phải trong cùng một năm ({rule.cite.vn})."
        return [Objection("months_of_two_years", message, rule, "months")]
    return _borne_out(taken, named, rule)


def _borne_out(taken: Taken, named: list[date], rule: Ruled) -> list[Objection]:
    """The record must bear the months out: one it contradicts is no ground, one it is silent of is a doubt."""
    counted, told = taken.facts.get("counted_months", ()), taken.facts.get("told_months", ())
    what = GROUNDS[str(taken.facts["ground"])].lower()
    found = []
    if against := [month_vn(month) for month in named if month in told and month not in counted]:
        message = (
            f"Theo sổ đã ghi, tháng {', '.join(against)} không phải tháng {what}; hãy xem lại điểm danh, đảng phí "
            f"đã ghi ({rule.cite.vn})."
        )
        found.append(Objection("not_borne_out", message, rule, "months"))
    if silent := [month_vn(month) for month in named if month not in told]:
        message = (
            f"Sổ chưa ghi gì về tháng {', '.join(silent)}; căn cứ cần giấy tờ chứng minh ({rule.cite.vn})."
        )
        found.append(Objection("not_recorded", message, rule, "months", warns=True))
    return found


def _educated_long_enough(taken: Taken) -> list[Objection]:
    """Who was helped has the rule's time to mend before the cell may consider removal."""
    since = taken.facts.get("helped_since")
    if taken.facts.get("ground") not in _HELPED_FIRST:
        return []
    if not since:
        return [
            Objection("not_helped", "Cần ghi ngày chi bộ bắt đầu giáo dục, giúp đỡ.", field="helped_since")
        ]
    try:
        rule = taken.rule("removal.no_progress_months")
    except NotInForce:
        return []
    earliest = add_months(date.fromisoformat(str(since)), rule.number)
    if taken.move.on >= earliest:
        return []
    message = (
        f"Chi bộ giáo dục từ ngày {day_vn(date.fromisoformat(str(since)))}; sau {rule.words}, "
        f"tức từ ngày {day_vn(earliest)}, mà không tiến bộ thì mới xét ({rule.cite.vn})."
    )
    return [Objection("too_soon", message, rule, "helped_since")]


def _two_years_running(taken: Taken) -> list[Objection]:
    """Breaches of a member's standing count by years, each named, one after the other."""
    if taken.facts.get("ground") != UNFIT:
        return []
    try:
        rule = taken.rule("removal.unfit_years")
    except NotInForce:
        return []
    words = str(taken.facts.get("years") or "").replace(",", " ").split()
    if any(not word.isdecimal() or not _FIRST_YEAR <= int(word) <= taken.move.on.year for word in words):
        message = "Ghi các năm như 2021 2022, không sau năm mở hồ sơ."
        return [Objection("years_unreadable", message, field="years")]
    named = sorted({int(word) for word in words})
    if len(named) < rule.number:
        message = f"Mới ghi {len(named)} năm, căn cứ này cần {rule.words} liền ({rule.cite.vn})."
        return [Objection("too_few_years", message, rule, "years")]
    if named[-1] - named[0] >= len(named):
        message = f"Các năm phải liền nhau ({rule.cite.vn})."
        return [Objection("years_not_running", message, rule, "years")]
    return []


def _probation_ground(taken: Taken) -> list[Objection]:
    if taken.facts.get("ground") != PROBATION or taken.facts.get("standing") == PROBATIONARY:
        return []
    return [Objection("not_probationary", "Căn cứ này chỉ dành cho đảng viên dự bị.", field="ground")]


def _heard_or_asked_often(taken: Taken) -> list[Objection]:
    """The member's own review is read; after the asked-for number of requests the cell goes on without it."""
    if taken.move.outcome != "not_made":
        return []
    try:
        rule = taken.rule("removal.self_review_requests")
    except NotInForce:
        return []
    asked = int(taken.move.answers.get("requests") or 0)
    if asked >= rule.number:
        return []
    message = f"Chi ủy mới yêu cầu {asked} lần; sau {rule.words} mà không viết thì chi bộ mới xét vắng ({rule.cite.vn})."
    return [Objection("asked_too_few", message, rule, "requests")]


_DECIDED = (
    Outcome("removed", "Quyết định xóa tên", effect="remove"),
    Outcome("refused", "Không xóa tên", closes="kept"),
)

PROCEDURE = Procedure(
    code="removal",
    title="Xóa tên trong danh sách đảng viên",
    about="Chỉ xét khi có căn cứ đã ghi nhận; đảng viên được biết, được trình bày, được khiếu nại.",
    rules=(
        "removal.grounds",
        "removal.absence_months",
        "removal.fee_months",
        "removal.no_progress_months",
        "removal.unfit_years",
        "removal.self_review_requests",
    ),
    opened_by=(THE_CELL, THE_BASE),
    questions=(
        Question("ground", "Căn cứ", kind="choice", choices=GROUNDS),
        Question(
            "months",
            "Các tháng vắng hoặc không đóng đảng phí",
            hint="Ví dụ 3/2023 4/2023 5/2023; bỏ trống với căn cứ khác",
            required=False,
        ),
        Question(
            "years",
            "Các năm vi phạm tư cách",
            hint="Ví dụ 2021 2022; bỏ trống với căn cứ khác",
            required=False,
        ),
        Question("helped_since", "Ngày chi bộ bắt đầu giáo dục, giúp đỡ", kind="day", required=False),
    ),
    begins=(
        stands_as(PROBATIONARY, OFFICIAL),
        _months_counted,
        _educated_long_enough,
        _two_years_running,
        _probation_ground,
    ),
    excludes=("recognition", "transfer", "departure", "discipline"),
    closed_file=True,
    steps=(
        Step(
            "tell",
            "Báo cho đảng viên biết căn cứ và ngày chi bộ xét",
            by=(THE_CELL,),
            papers=(Paper("removal.evidence"),),
            questions=(Question("meeting_on", "Ngày chi bộ sẽ xét", kind="day"),),
        ),
        Step(
            "self_review",
            "Đảng viên tự kiểm điểm",
            by=(ONESELF, THE_CELL),
            after=("tell",),
            questions=(Question("requests", "Số lần chi ủy đã yêu cầu", kind="number", required=False),),
            papers=(Paper("removal.self_review", required=False),),
            conditions=(_heard_or_asked_often,),
            outcomes=(
                Outcome("made", "Đã viết bản tự kiểm điểm"),
                Outcome("not_made", "Đã yêu cầu nhiều lần mà không viết"),
            ),
        ),
        Step(
            "resolve",
            "Chi bộ xét, biểu quyết",
            by=(THE_CELL,),
            after=("self_review",),
            about="Đọc bản tự kiểm điểm, nghe đảng viên trình bày rồi mới biểu quyết; bỏ phiếu kín hay giơ thẻ do hội nghị chọn.",
            ballot=Ballot("removal.vote_cell", "official_members", passes="agreed", fails="short"),
            questions=(
                Question(
                    "heard",
                    "Đảng viên đã được trình bày",
                    kind="choice",
                    choices={"yes": "Có", "absent": "Vắng mặt, đã mời"},
                ),
                VOTE_METHOD,
                RESOLUTION,
            ),
            papers=(Paper("removal.cell_resolution"),),
            outcomes=(
                Outcome("agreed", "Đề nghị xóa tên, đủ tỷ lệ"),
                Outcome("short", "Không đủ tỷ lệ, báo cáo cấp ủy có thẩm quyền xem xét"),
                Outcome("helped", "Tiếp tục giáo dục, giúp đỡ, chưa xóa tên", closes="kept"),
            ),
        ),
        Step(
            "propose",
            "Đảng ủy cơ sở biểu quyết đề nghị",
            by=(THE_BASE,),
            after=("resolve",),
            ballot=Ballot(
                "removal.vote_grassroots_committee",
                "committee_members",
                passes="agreed",
                fails="short",
                base_is_sure=False,
            ),
            questions=(RESOLUTION,),
            papers=(Paper("removal.base_resolution", unless=(OWN,)),),
            outcomes=(
                Outcome("agreed", "Đề nghị xóa tên, đủ tỷ lệ"),
                SHORT_OF_SHARE,
                EMPOWERED,
            ),
            when=base_is_committee,
        ),
        Step(
            "decide",
            "Cấp ủy có thẩm quyền quyết định",
            by=(THE_COMPETENT,),
            after=("propose",),
            ballot=Ballot(
                "removal.vote_standing_committee",
                "competent_members",
                passes="removed",
                fails="refused",
                base_is_sure=False,
            ),
            questions=(NUMBER,),
            papers=(Paper("removal.decision"),),
            outcomes=_DECIDED,
            when=decided_above,
        ),
        own_decision(
            "Đảng ủy cơ sở được ủy quyền quyết định",
            "removal.decision_base",
            _DECIDED,
            rule="removal.vote_grassroots_committee",
        ),
        Step(
            "deliver",
            "Trao quyết định cho đương sự",
            by=(THE_CELL, THE_BASE),
            after=("decide:removed|decide_base:removed",),
            questions=(Question("received_on", "Ngày đương sự nhận quyết định", kind="day"),),
            outcomes=(Outcome("delivered", "Đã trao"),),
        ),
        Step(
            "wait",
            "Hết thời hạn khiếu nại",
            by=(THE_CELL, THE_BASE),
            after=("deliver",),
            within=Within("removal.appeal_deadline", Answered("deliver", "received_on")),
            about="Trong thời hạn này đương sự được khiếu nại; khiếu nại là một hồ sơ riêng.",
            conditions=(time_to_appeal_over("removal.appeal_deadline"),),
            outcomes=(
                Outcome("passed", "Không khiếu nại", closes="removed"),
                Outcome("appealed", "Đã khiếu nại, chuyển sang hồ sơ khiếu nại", closes="appealed"),
            ),
        ),
    ),
)


def _remove(deed: Deed) -> MemberEvent:
    case = deed.case
    if case.person is None:
        raise LookupError("a removal is of a person")
    decision = decision_in(case, deed.move.step, deed.move.answers["number"], deed.move.on)
    body = decider(case, deed.move.step, deed.move.on)
    return actions.append(
        case.person,
        "removed",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=decision,
        data={"decider": body.code} if body else {},
    )


def months_named(facts: Mapping[str, Any]) -> list[date]:
    """The months that a case names, once each; raises ``BadInput`` for one that can't be read."""
    named = facts.get("months") or ""
    written = " ".join(str(one) for one in named) if isinstance(named, list) else str(named)
    words = written.replace(",", " ").replace(";", " ").split()
    return sorted({parse_month(word) for word in words})


def _facts(case: Case, on: date) -> dict[str, Any]:
    """The usual facts; for the grounds that months bear out, which of those named the record tells of and counts."""
    open_appeal = Later(lambda: being_appealed(case, "decide", AT_THE_BASE))
    facts = {**member_case_facts(case, on), "appeal_open": open_appeal}
    person, ground = case.person, case.answers.get("ground")
    if person is None or ground not in _MONTHS:
        return facts
    try:
        named = months_named(case.answers)
    except BadInput:
        return facts
    counted = Later(
        lambda: {
            month
            for year in {month.year for month in named}
            for month in lapses_of(person, year, on).get(ground, ())
        }
    )
    told = counted.then(lambda found: {one for one in named if one in found or kept(person, ground, one)})
    return {**facts, "counted_months": counted, "told_months": told}


RUNNING = Running(PROCEDURE, _facts, {"remove": _remove})

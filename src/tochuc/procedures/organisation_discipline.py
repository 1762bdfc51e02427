"""Discipline of an organisation: reprimand and warning by the committee above, dissolution by the competent one.

What a dissolution leaves is done before the case ends: the members are moved, the end of the organisation recorded.
Sources: Điều lệ Đảng, Điều 35, 38, 39; the regulations on discipline of organisations in their editions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.clocks import Answered, Fact, Since, Within
from tochuc.cases.declare import (
    ABOVE,
    COMPETENT,
    HERE,
    Ballot,
    Move,
    Objection,
    Outcome,
    Paper,
    Procedure,
    Question,
    Step,
    Taken,
)
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.cases.registry import Running
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import REPRIMAND, WARNING
from tochuc.members.ledger import headcount
from tochuc.procedures import discipline_conditions as asks
from tochuc.procedures.actors import BOARD, COMMITTEE, SECRETARY
from tochuc.procedures.disciplining import NONE, SHORT
from tochuc.procedures.questions import NUMBER, RESOLUTION
from tochuc.procedures.record_facts import seated

DISSOLUTION = "dissolution"
ITSELF = (SECRETARY @ HERE, COMMITTEE @ HERE)
THE_ONE_ABOVE = (COMMITTEE @ ABOVE, BOARD @ ABOVE)
THE_COMPETENT = (BOARD @ COMPETENT,)
STANDS = "|".join(("wait:passed", "settled:upheld", f"settled:{REPRIMAND}", f"settled:{WARNING}"))
"""After which the decision, or what took its place, is carried on."""
LIMITS = {
    REPRIMAND: "discipline.limit_organisation_reprimand",
    WARNING: "discipline.limit_organisation_warning",
}
FORMS = {REPRIMAND: "Khiển trách", WARNING: "Cảnh cáo", DISSOLUTION: "Giải tán"}
BASES = {
    "inspection": "Kết luận kiểm tra, giám sát",
    "denunciation": "Kết luận giải quyết tố cáo",
    "state": "Kết luận, bản án của cơ quan có thẩm quyền",
}


def comes_to(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Which form was decided, by which step and on which day; as what it stands after appeals, and since when."""
    taken: Mapping[str, Move] = facts["taken"]
    for step in ("decide", "resolve"):
        move = taken.get(step)
        if move is not None and move.outcome in FORMS:
            decided = step == "decide" or move.outcome != DISSOLUTION
            form = _after_appeal(taken, move.outcome)
            return {
                "decided_form": move.outcome,
                "form": form,
                "deciding_step": step,
                "decided_on": move.on if decided else None,
                "effective_on": _effective_on(taken, move.outcome, form),
            }
    return {"decided_form": "", "form": "", "deciding_step": "", "decided_on": None, "effective_on": None}


def _after_appeal(taken: Mapping[str, Move], decided: str) -> str:
    settled = taken.get("settled")
    return settled.outcome if settled is not None and settled.outcome in FORMS else decided


def _effective_on(taken: Mapping[str, Move], decided: str, form: str) -> date | None:
    """From when its year counts: from the announcement; what took the place of a dissolution, from the answer."""
    settled, issued = taken.get("settled"), taken.get("issue")
    if settled is not None and decided == DISSOLUTION != form:
        return settled.on
    said = issued.answers.get("announced_on") if issued is not None else None
    return date.fromisoformat(str(said)) if said else None


def _to_be_dissolved(facts: Mapping[str, Any]) -> bool:
    """Whether it is to be dissolved."""
    return facts.get("form") == DISSOLUTION


def _goes_up(facts: Mapping[str, Any]) -> bool:
    """Whether its dissolution was proposed."""
    return _to_be_dissolved(facts) or "decide" in facts.get("taken", ())


def _lives_on(facts: Mapping[str, Any]) -> bool:
    """Whether it isn't to be dissolved."""
    return not _to_be_dissolved(facts)


def _nobody_left(taken: Taken) -> list[Objection]:
    """Every member has been moved before this is written."""
    left = taken.facts.get("members_left")
    if not left:
        return []
    message = (
        f"Theo sổ, ngày {day_vn(taken.move.on)} còn {left} đảng viên; hãy ghi chuyển sinh hoạt của họ trước."
    )
    return [Objection("members_left", message)]


def _has_ended(taken: Taken) -> list[Objection]:
    """The record says that the organisation is no more."""
    if not taken.facts.get("stands"):
        return []
    return [
        Objection(
            "still_stands", "Sổ tổ chức chưa ghi tổ chức này kết thúc; hãy ghi ở trang Sắp xếp tổ chức trước."
        )
    ]


PROCEDURE = Procedure(
    code="organisation_discipline",
    title="Kỷ luật tổ chức đảng",
    about="Tổ chức tự kiểm điểm, được nghe; cấp trên quyết định khiển trách, cảnh cáo. Giải tán thì chuyển đảng viên trước.",
    rules=(
        "discipline.forms_organisation",
        "discipline.decider_organisation",
        "discipline.limit_organisation_reprimand",
        "discipline.limit_organisation_warning",
        "discipline.limit_start",
        "discipline.secret_vote",
        "discipline.hearing",
    ),
    opened_by=(*THE_ONE_ABOVE, *THE_COMPETENT),
    questions=(
        Question("basis", "Vi phạm được xác định bằng", kind="choice", choices=BASES),
        Question("basis_number", "Số, cơ quan ban hành văn bản đó"),
        Question("what", "Nội dung vi phạm theo văn bản đó", kind="long"),
        Question("violated_on", "Ngày xảy ra vi phạm", kind="day"),
        Question("concluded_on", "Ngày kết luận phải xem xét kỷ luật", kind="day"),
    ),
    begins=(asks.days_in_order,),
    closed_file=True,
    of_organisation=True,
    steps=(
        Step(
            "tell",
            "Báo cho tổ chức đảng biết nội dung vi phạm, căn cứ và ngày xét",
            by=THE_ONE_ABOVE,
            papers=(Paper("discipline.organisation_evidence"),),
            questions=(Question("meeting_on", "Ngày sẽ xét", kind="day"),),
        ),
        Step(
            "self_review",
            "Tổ chức đảng tự kiểm điểm, tự nhận hình thức kỷ luật",
            by=ITSELF,
            after=("tell",),
            outcomes=(
                Outcome("made", "Đã tự kiểm điểm"),
                Outcome("refused", "Từ chối tự kiểm điểm; vẫn tiếp tục xem xét"),
            ),
        ),
        Step(
            "hear",
            "Nghe đại diện tổ chức đảng trình bày",
            by=THE_ONE_ABOVE,
            after=("self_review",),
            papers=(Paper("discipline.organisation_hearing", required=False),),
        ),
        Step(
            "resolve",
            "Cấp ủy cấp trên trực tiếp xét, bỏ phiếu kín",
            by=THE_ONE_ABOVE,
            after=("hear",),
            ballot=Ballot(
                "discipline.vote",
                "members_above",
                passes=REPRIMAND,
                fails=SHORT,
                base_is_sure=False,
                shares={WARNING: "discipline.vote", DISSOLUTION: "discipline.vote_expulsion_proposed"},
            ),
            questions=(RESOLUTION,),
            papers=(Paper("discipline.organisation_minutes"),),
            conditions=(asks.within(LIMITS),),
            outcomes=(
                Outcome(REPRIMAND, "Khiển trách"),
                Outcome(WARNING, "Cảnh cáo"),
                Outcome(DISSOLUTION, "Đề nghị giải tán"),
                Outcome(SHORT, "Không hình thức nào đủ tỷ lệ, bàn lại", again=True),
                Outcome(NONE, "Không thi hành kỷ luật", closes="not_disciplined"),
            ),
        ),
        Step(
            "decide",
            "Cấp ủy có thẩm quyền xét, bỏ phiếu kín",
            by=THE_COMPETENT,
            after=("resolve",),
            ballot=Ballot(
                "discipline.vote_expulsion_decided",
                "competent_members",
                passes=DISSOLUTION,
                fails=NONE,
                base_is_sure=False,
                shares={WARNING: "discipline.vote"},
            ),
            papers=(Paper("discipline.organisation_minutes"),),
            conditions=(asks.within(LIMITS),),
            outcomes=(
                Outcome(DISSOLUTION, "Quyết định giải tán"),
                Outcome(WARNING, "Quyết định cảnh cáo"),
                Outcome(NONE, "Không thi hành kỷ luật", closes="not_disciplined"),
            ),
            when=_goes_up,
        ),
        Step(
            "issue",
            "Công bố, ban hành quyết định kỷ luật",
            by=(*THE_ONE_ABOVE, *THE_COMPETENT),
            after=("decide",),
            questions=(NUMBER, Question("announced_on", "Ngày công bố", kind="day")),
            papers=(Paper("discipline.organisation_decision"),),
            conditions=(asks.announced_in_order,),
            outcomes=(Outcome("issued", "Đã ban hành"),),
        ),
        Step(
            "deliver",
            "Trao quyết định cho tổ chức đảng",
            by=THE_ONE_ABOVE,
            after=("issue",),
            questions=(Question("received_on", "Ngày tổ chức đảng nhận", kind="day"),),
            conditions=(asks.received_in_order,),
            outcomes=(Outcome("delivered", "Đã trao"),),
        ),
        Step(
            "wait",
            "Thời hạn khiếu nại quyết định kỷ luật",
            by=(*ITSELF, *THE_ONE_ABOVE),
            after=("deliver",),
            about="Trong khi chờ giải quyết khiếu nại vẫn chấp hành quyết định.",
            within=Within("discipline.appeal_deadline", Answered("deliver", "received_on")),
            conditions=(asks.time_to_appeal_over("discipline.appeal_deadline"),),
            outcomes=(
                Outcome("passed", "Hết thời hạn, không khiếu nại"),
                Outcome("appealed", "Đã khiếu nại"),
            ),
        ),
        Step(
            "settled",
            "Kết quả giải quyết khiếu nại",
            by=THE_ONE_ABOVE,
            after=("wait:appealed",),
            about="Tự ghi khi hồ sơ khiếu nại được giải quyết; chỉ ghi ở đây khi giải quyết ngoài sổ này.",
            optional=True,
            outcomes=(
                Outcome("upheld", "Giữ nguyên quyết định", again=True),
                Outcome(REPRIMAND, "Thay bằng khiển trách", again=True),
                Outcome(WARNING, "Thay bằng cảnh cáo", again=True),
                Outcome("annulled", "Hủy quyết định kỷ luật", closes="annulled"),
            ),
        ),
        Step(
            "expire",
            "Hết thời hạn, quyết định kỷ luật tự hết hiệu lực",
            by=THE_ONE_ABOVE,
            after=(STANDS,),
            within=Within("discipline.expiry", Fact("effective_on")),
            conditions=(asks.year_is_over,),
            outcomes=(
                Outcome("ended", "Đã hết hiệu lực", closes="discipline_ended"),
                Outcome("relapsed", "Có vi phạm mới, xem xét ở hồ sơ khác", closes="relapsed"),
            ),
            when=_lives_on,
        ),
        Step(
            "rehome",
            "Chuyển đảng viên sang tổ chức đảng khác",
            by=THE_ONE_ABOVE,
            after=("issue",),
            within=Within("transfer.dissolution_deadline", Since("issue")),
            conditions=(_nobody_left,),
            when=_to_be_dissolved,
        ),
        Step(
            "end",
            "Kết thúc hoạt động của tổ chức đảng",
            by=THE_ONE_ABOVE,
            after=("rehome", STANDS),
            about="Ghi ở trang Sắp xếp tổ chức theo quyết định giải tán; bước này xác nhận đã ghi.",
            conditions=(_has_ended,),
            outcomes=(Outcome("ended", "Đã kết thúc", closes="dissolved"),),
            when=_to_be_dissolved,
        ),
    ),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    stands = case.organisation.exists_on(on)
    return {
        "members_left": Later(lambda: headcount(case.organisation, on).total if stands else 0),
        "stands": stands,
        "members_above": Later(lambda: seated(place_of(case, ABOVE, on), on)),
        "competent_members": Later(lambda: seated(place_of(case, COMPETENT, on), on)),
        "appeal_open": case.pk is not None and _appealed(case),
    }


def _appealed(case: Case) -> bool:
    """Whether an appeal against the decision of this case is being settled."""
    return Case.objects.filter(closed_on=None, answers__against=f"decision:{case.ref}").exists()


RUNNING = Running(PROCEDURE, _facts, comes_to=comes_to)

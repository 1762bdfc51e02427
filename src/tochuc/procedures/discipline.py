"""Discipline of a member: facts that a paper establishes, the member heard, a secret vote, the decision of who is competent.

A decision of the cell has effect when it is announced; a graver form goes up. Whoever is disciplined may appeal,
and after its year a decision ends of itself. Sources: Điều lệ Đảng, Điều 35 to 39; the regulations on inspection
and discipline in their editions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.clocks import Answered, Fact, Within
from tochuc.cases.declare import Ballot, Outcome, Paper, Procedure, Question, Step
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.registry import Running
from tochuc.members.kinds import DISMISSAL, EXPULSION, OFFICIAL, PROBATIONARY, REPRIMAND, WARNING
from tochuc.procedures import discipline_conditions as asks
from tochuc.procedures import discipline_effects as effects
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.conditions import stands_as
from tochuc.procedures.disciplining import (
    NONE,
    POSTPONED,
    PROPOSES_DISMISSAL,
    PROPOSES_EXPULSION,
    SHORT,
    UNLIMITED,
    comes_to,
    decided,
)
from tochuc.procedures.questions import NUMBER, RESOLUTION
from tochuc.procedures.record_facts import being_appealed, member_case_facts

BASES = {
    "inspection": "Kết luận kiểm tra, giám sát",
    "denunciation": "Kết luận giải quyết tố cáo",
    "judgment": "Bản án, quyết định của Tòa án",
    asks.STATE: "Quyết định xử lý của cơ quan nhà nước, đoàn thể",
    "minutes": "Biên bản kiểm điểm tại chi bộ",
}
LEADERS = (THE_CELL, THE_BASE, THE_COMPETENT)
EXPELS = "discipline.vote_expulsion_decided"
_ANNOUNCED = Answered("issue", "announced_on")


def _can_be_postponed(facts: Mapping[str, Any]) -> bool:
    """Whether nothing was decided yet, and the case isn't postponed."""
    return not decided(facts) and not _postponed(facts)


def _postponed(facts: Mapping[str, Any]) -> bool:
    """Whether the case was postponed."""
    return bool(facts.get("postponed"))


def _goes_up(facts: Mapping[str, Any]) -> bool:
    """Whether the committee at the base takes part: the cell didn't decide, and isn't the base itself."""
    return facts.get("deciding_step") != "resolve" and not facts.get("base_is_cell")


def _goes_higher(facts: Mapping[str, Any]) -> bool:
    """Whether neither the cell nor the committee at the base decided."""
    return facts.get("deciding_step") not in ("resolve", "propose")


def _expelled(facts: Mapping[str, Any]) -> bool:
    """Whether the person was expelled."""
    return facts.get("form") == EXPULSION


def _stays_a_member(facts: Mapping[str, Any]) -> bool:
    """Whether the person was not expelled."""
    return not _expelled(facts)


HEARING = (
    Step(
        "tell",
        "Báo cho đảng viên biết nội dung vi phạm, căn cứ và ngày xét",
        by=LEADERS,
        papers=(Paper("discipline.evidence"),),
        questions=(Question("meeting_on", "Ngày chi bộ sẽ xét", kind="day"),),
    ),
    Step(
        "postpone",
        "Tạm hoãn xem xét",
        by=LEADERS,
        after=("tell",),
        optional=True,
        questions=(
            Question("ground", "Trường hợp", kind="choice", choices=POSTPONED),
            Question("until_on", "Dự kiến đến ngày", kind="day"),
        ),
        conditions=(asks.ground_of_the_rule,),
        outcomes=(Outcome("postponed", "Tạm hoãn", again=True),),
        when=_can_be_postponed,
    ),
    Step(
        "resume",
        "Hết lý do tạm hoãn, tiếp tục xem xét",
        by=LEADERS,
        within=Within("", Answered("postpone", "until_on")),
        outcomes=(Outcome("resumed", "Tiếp tục xem xét", again=True),),
        when=_postponed,
    ),
    Step(
        "self_review",
        "Đảng viên tự kiểm điểm trước chi bộ, tự nhận hình thức kỷ luật",
        by=(ONESELF, THE_CELL),
        after=("tell", "resume"),
        papers=(Paper("discipline.self_review", required=False),),
        outcomes=(
            Outcome("made", "Đã tự kiểm điểm"),
            Outcome("refused", "Từ chối tự kiểm điểm; vẫn tiếp tục xem xét"),
        ),
    ),
    Step(
        "hear",
        "Đại diện tổ chức đảng có thẩm quyền nghe đảng viên trình bày",
        by=LEADERS,
        after=("self_review", "resume"),
        papers=(Paper("discipline.hearing", required=False),),
        outcomes=(
            Outcome("heard", "Đã nghe trình bày"),
            Outcome("declined", "Đã mời mà đảng viên không trình bày"),
        ),
    ),
)

VOTES = (
    Step(
        "resolve",
        "Chi bộ xét, bỏ phiếu kín",
        by=(THE_CELL,),
        after=("hear", "resume"),
        about="Chi bộ quyết định khiển trách, cảnh cáo; cách chức, khai trừ thì đề nghị lên. Chỉ ghi số phiếu.",
        ballot=Ballot(
            "discipline.vote",
            "official_members",
            passes=REPRIMAND,
            fails=SHORT,
            shares={
                WARNING: "discipline.vote",
                DISMISSAL: "discipline.vote",
                EXPULSION: "discipline.vote_expulsion_proposed",
            },
        ),
        questions=(RESOLUTION,),
        papers=(Paper("discipline.minutes"),),
        conditions=(asks.form_of_the_standing, asks.dismissed_from_a_post, asks.within_the_limit),
        outcomes=(
            Outcome(REPRIMAND, "Khiển trách"),
            Outcome(WARNING, "Cảnh cáo"),
            Outcome(DISMISSAL, "Đề nghị cách chức"),
            Outcome(EXPULSION, "Đề nghị khai trừ"),
            Outcome(SHORT, "Không hình thức nào đủ tỷ lệ, báo cáo cấp trên"),
            Outcome(NONE, "Không thi hành kỷ luật", closes="not_disciplined"),
        ),
    ),
    Step(
        "propose",
        "Đảng ủy cơ sở xét, bỏ phiếu kín",
        by=(THE_BASE,),
        after=("resolve", "resume"),
        ballot=Ballot(
            "discipline.vote",
            "committee_members",
            passes=REPRIMAND,
            fails=SHORT,
            base_is_sure=False,
            shares={
                WARNING: "discipline.vote",
                DISMISSAL: "discipline.vote",
                EXPULSION: EXPELS,
                PROPOSES_DISMISSAL: "discipline.vote",
                PROPOSES_EXPULSION: "discipline.vote_expulsion_proposed",
            },
        ),
        questions=(
            RESOLUTION,
            Question(
                "empowered",
                "Đảng ủy cơ sở được ủy quyền quyết định kết nạp",
                kind="choice",
                required=False,
                choices={"yes": "Được ủy quyền", "no": "Không được ủy quyền"},
            ),
        ),
        papers=(Paper("discipline.minutes"),),
        conditions=(
            asks.form_of_the_standing,
            asks.dismissed_from_a_post,
            asks.within_the_limit,
            asks.within_its_power,
        ),
        outcomes=(
            Outcome(REPRIMAND, "Quyết định khiển trách"),
            Outcome(WARNING, "Quyết định cảnh cáo"),
            Outcome(DISMISSAL, "Quyết định cách chức"),
            Outcome(EXPULSION, "Quyết định khai trừ"),
            Outcome(PROPOSES_DISMISSAL, "Đề nghị cấp trên cách chức"),
            Outcome(PROPOSES_EXPULSION, "Đề nghị cấp trên khai trừ"),
            Outcome(SHORT, "Không hình thức nào đủ tỷ lệ, báo cáo cấp trên"),
            Outcome(NONE, "Không thi hành kỷ luật", closes="not_disciplined"),
        ),
        when=_goes_up,
    ),
    Step(
        "decide",
        "Cấp ủy có thẩm quyền xét, bỏ phiếu kín",
        by=(THE_COMPETENT,),
        after=("propose", "resume"),
        ballot=Ballot(
            "discipline.vote",
            "competent_members",
            passes=REPRIMAND,
            fails=NONE,
            base_is_sure=False,
            shares={WARNING: "discipline.vote", DISMISSAL: "discipline.vote", EXPULSION: EXPELS},
        ),
        papers=(Paper("discipline.minutes"),),
        conditions=(asks.form_of_the_standing, asks.dismissed_from_a_post, asks.within_the_limit),
        outcomes=(
            Outcome(REPRIMAND, "Quyết định khiển trách"),
            Outcome(WARNING, "Quyết định cảnh cáo"),
            Outcome(DISMISSAL, "Quyết định cách chức"),
            Outcome(EXPULSION, "Quyết định khai trừ"),
            Outcome(NONE, "Không thi hành kỷ luật", closes="not_disciplined"),
        ),
        when=_goes_higher,
    ),
)

AFTERWARDS = (
    Step(
        "issue",
        "Công bố, ban hành quyết định kỷ luật",
        by=LEADERS,
        after=("decide",),
        within=Within("discipline.paper_deadline", Fact("cell_decided_on")),
        questions=(
            NUMBER,
            Question(
                "announced_on",
                "Ngày công bố",
                kind="day",
                hint="Chi bộ quyết định thì là ngày công bố kết quả biểu quyết",
            ),
            Question("posts", "Chức vụ bị cách", kind="some", offers="posts", required=False),
        ),
        papers=(Paper("discipline.decision"),),
        conditions=(asks.announced_in_order, asks.posts_named),
        outcomes=(Outcome("issued", "Đã ban hành", effect="discipline"),),
    ),
    Step(
        "deliver",
        "Trao quyết định cho đảng viên",
        by=LEADERS,
        after=("issue",),
        within=Within("discipline.paper_deadline", Fact("cell_decided_on")),
        questions=(Question("received_on", "Ngày đảng viên nhận, hoặc từ chối nhận", kind="day"),),
        conditions=(asks.received_in_order,),
        outcomes=(
            Outcome("delivered", "Đã trao"),
            Outcome("refused", "Từ chối nhận, đã lập biên bản"),
        ),
    ),
    Step(
        "wait",
        "Thời hạn khiếu nại quyết định kỷ luật",
        by=(ONESELF, THE_CELL, THE_BASE),
        after=("deliver",),
        about="Không đồng ý thì khiếu nại lên cấp trên; trong khi chờ vẫn chấp hành quyết định.",
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
        by=LEADERS,
        after=("wait:appealed",),
        about="Tự ghi khi hồ sơ khiếu nại được giải quyết; chỉ ghi ở đây khi giải quyết ngoài sổ này.",
        optional=True,
        outcomes=(
            Outcome("upheld", "Giữ nguyên quyết định", again=True),
            Outcome("changed", "Thay đổi hình thức", again=True),
            Outcome("annulled", "Hủy quyết định kỷ luật", closes="annulled"),
        ),
    ),
    Step(
        "expire",
        "Hết thời hạn, quyết định kỷ luật tự hết hiệu lực",
        by=(THE_CELL, THE_BASE),
        after=("wait:passed|settled:upheld|settled:changed",),
        within=Within("discipline.expiry", _ANNOUNCED),
        conditions=(asks.year_is_over,),
        outcomes=(
            Outcome("ended", "Đã hết hiệu lực", closes="discipline_ended", effect="end"),
            Outcome("relapsed", "Có vi phạm mới, xem xét ở hồ sơ khác", closes="relapsed"),
        ),
        when=_stays_a_member,
    ),
    Step(
        "file",
        "Lưu hồ sơ khai trừ",
        by=LEADERS,
        after=("wait:passed|settled:upheld",),
        outcomes=(Outcome("filed", "Đã lưu", closes="expelled"),),
        when=_expelled,
    ),
)

PROCEDURE = Procedure(
    code="discipline",
    title="Kỷ luật đảng viên",
    about="Chỉ xét vi phạm đã có văn bản kết luận; đảng viên được báo, tự kiểm điểm, được nghe, được khiếu nại.",
    rules=(
        "discipline.forms_official",
        "discipline.forms_probationary",
        "discipline.limit_reprimand",
        "discipline.limit_warning_or_dismissal",
        "discipline.limit_start",
        "discipline.no_limit",
        "discipline.postponed_when",
        "discipline.self_review",
        "discipline.hearing",
        "discipline.secret_vote",
        "discipline.power_cell",
        "discipline.power_base",
        "discipline.effect_cell",
        "discipline.no_confirmation",
        "discipline.state_notice",
        "discipline.appeal_obeyed",
    ),
    opened_by=LEADERS,
    questions=(
        Question("basis", "Vi phạm được xác định bằng", kind="choice", choices=BASES),
        Question("basis_number", "Số, cơ quan ban hành văn bản đó"),
        Question("what", "Nội dung vi phạm theo văn bản đó", kind="long"),
        Question("violated_on", "Ngày xảy ra vi phạm", kind="day"),
        Question("concluded_on", "Ngày kết luận phải xem xét kỷ luật", kind="day"),
        Question(
            "told_on", "Ngày cơ quan nhà nước, đoàn thể báo cho tổ chức đảng", kind="day", required=False
        ),
        Question(
            "unlimited",
            "Thuộc trường hợp không áp dụng thời hiệu",
            kind="choice",
            choices=UNLIMITED,
            required=False,
        ),
        Question(
            "beyond_cell",
            "Vi phạm khi thực hiện nhiệm vụ cấp trên giao, chi bộ chỉ đề nghị",
            kind="flag",
            required=False,
        ),
    ),
    begins=(
        stands_as(PROBATIONARY, OFFICIAL),
        asks.days_in_order,
        asks.only_the_gravest_left,
        asks.told_in_time,
    ),
    excludes=("removal", "departure", "transfer"),
    closed_file=True,
    steps=(*HEARING, *VOTES, *AFTERWARDS),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    return {
        **member_case_facts(case, on),
        "holds_post": Later(lambda: bool(effects.posts_held(case, on))),
        "appeal_open": Later(lambda: being_appealed(case, "issue")),
    }


RUNNING = Running(
    PROCEDURE,
    _facts,
    {"discipline": effects.discipline, "end": effects.end},
    comes_to=comes_to,
    offers={"posts": effects.posts_held},
)

"""Admission: from the cell's list of sympathisers to the ceremony and the new member's file.

Sources: Điều lệ Đảng, Điều 4; the regulation and the guidance on applying it, sections 1 to 4, in their editions.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.declare import (
    EXITS,
    Answered,
    Ballot,
    ByRule,
    Outcome,
    Paper,
    Procedure,
    Question,
    Since,
    Step,
    StillValid,
    Within,
)
from tochuc.cases.models import Case
from tochuc.cases.places import cell_of
from tochuc.cases.registry import Deed, Running
from tochuc.members import actions
from tochuc.members.kinds import OUTSIDE, SYMPATHISER
from tochuc.members.models import MemberEvent
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.committee_steps import appraisal, proposal
from tochuc.procedures.conditions import helper_is_official, introducers, of_age, stands_as
from tochuc.procedures.decisions import decision_above
from tochuc.procedures.questions import HELPER, NUMBER, RESOLUTION, VOTE_METHOD
from tochuc.procedures.record_facts import member_case_facts

ROUTES = {
    "members": "Hai đảng viên chính thức",
    "youth_union": "Một đảng viên chính thức và Ban Chấp hành Đoàn cơ sở",
    "trade_union": "Một đảng viên chính thức và Ban Chấp hành Công đoàn cơ sở",
}


def _route(route: str) -> Any:
    return lambda facts: facts.get("route") == route


PROCEDURE = Procedure(
    code="admission",
    title="Kết nạp đảng viên",
    about="Từ danh sách cảm tình đảng đến lễ kết nạp và hồ sơ đảng viên mới.",
    rules=(
        "admission.age_minimum",
        "admission.age_maximum",
        "admission.introducers",
        "admission.introducer_common_time",
    ),
    opened_by=(THE_CELL, THE_BASE),
    questions=(Question("route", "Ai giới thiệu vào Đảng", kind="choice", choices=ROUTES),),
    begins=(stands_as(OUTSIDE, SYMPATHISER),),
    excludes=("readmission",),
    stopped_by=EXITS | {"admitted", "readmitted"},
    steps=(
        Step(
            "list",
            "Đưa vào danh sách cảm tình đảng",
            by=(THE_CELL,),
            about="Chi bộ đưa quần chúng ưu tú vào danh sách và phân công đảng viên chính thức giúp đỡ.",
            questions=(HELPER,),
            conditions=(helper_is_official,),
            outcomes=(Outcome("listed", "Đã đưa vào danh sách", effect="list"),),
            when=lambda facts: facts.get("standing") == OUTSIDE,
        ),
        Step(
            "course",
            "Học lớp bồi dưỡng nhận thức về Đảng",
            by=(THE_CELL, THE_BASE),
            after=("list",),
            questions=(Question("issued_on", "Ngày cấp giấy chứng nhận", kind="day"),),
            papers=(Paper("admission.certificate"),),
        ),
        Step(
            "apply",
            "Đơn xin vào Đảng và lý lịch tự khai",
            by=(ONESELF, THE_CELL),
            after=("course",),
            about="Người xin vào Đảng tự tay viết, không tẩy xóa.",
            papers=(Paper("admission.application"), Paper("admission.curriculum_vitae")),
        ),
        Step(
            "verify",
            "Thẩm tra lý lịch",
            by=(THE_BASE,),
            after=("apply",),
            about="Đảng ủy cơ sở thẩm tra, kết luận, chứng nhận, ký tên, đóng dấu vào lý lịch.",
            within=Within("admission.verification_reply_domestic", Since("apply")),
            papers=(Paper("admission.verification"),),
            outcomes=(
                Outcome("qualified", "Đủ tiêu chuẩn chính trị"),
                Outcome("unqualified", "Không đủ tiêu chuẩn chính trị", closes="not_admitted"),
            ),
        ),
        Step(
            "introduce",
            "Giới thiệu người vào Đảng",
            by=(THE_CELL,),
            after=("apply",),
            questions=(
                Question("introducers", "Đảng viên chính thức giới thiệu", kind="people"),
                Question("route", "Ai giới thiệu vào Đảng", kind="choice", choices=ROUTES, required=False),
            ),
            conditions=(introducers,),
            papers=(
                Paper("admission.introduction"),
                Paper("admission.youth_union", when=_route("youth_union")),
                Paper("admission.trade_union", when=_route("trade_union")),
            ),
        ),
        Step(
            "opinions",
            "Lấy ý kiến đoàn thể và nơi cư trú",
            by=(THE_CELL,),
            after=("apply",),
            papers=(Paper("admission.opinions"),),
        ),
        Step(
            "resolve",
            "Chi bộ xét, biểu quyết đề nghị kết nạp",
            by=(THE_CELL,),
            after=("verify", "introduce", "opinions"),
            about="Xét từng người; nghị quyết của chi bộ gửi đảng ủy cơ sở.",
            within=Within("admission.file_validity", Since("apply")),
            valid=(
                StillValid(
                    Answered("course", "issued_on"), "admission.certificate_validity", "Giấy chứng nhận cấp"
                ),
            ),
            ballot=Ballot("admission.vote_cell", "official_members", passes="agreed", fails="short"),
            questions=(VOTE_METHOD, RESOLUTION),
            conditions=(of_age,),
            papers=(Paper("admission.cell_resolution"),),
            outcomes=(
                Outcome("agreed", "Tán thành đủ tỷ lệ"),
                Outcome("short", "Chưa đủ tỷ lệ, xét lại sau", again=True),
                Outcome("reported", "Báo cáo cấp ủy có thẩm quyền xem xét"),
            ),
            most_tries="admission.votes_maximum",
        ),
        appraisal("admission.appraisal"),
        proposal("Đảng ủy cơ sở ra nghị quyết đề nghị kết nạp", "admission.base_resolution"),
        Step(
            "decide",
            "Cấp ủy có thẩm quyền quyết định",
            by=(THE_COMPETENT,),
            after=("propose",),
            within=Within(
                "admission.decision_deadline", Since("resolve"), longer="admission.decision_extension"
            ),
            ballot=Ballot(
                "admission.vote_standing_committee",
                "competent_members",
                passes="decided",
                fails="refused",
                base_is_sure=False,
            ),
            questions=(NUMBER,),
            papers=(Paper("admission.decision"),),
            outcomes=(
                Outcome("decided", "Quyết định kết nạp"),
                Outcome("refused", "Không đồng ý kết nạp, đã thông báo chi bộ", closes="not_admitted"),
            ),
        ),
        Step(
            "receive",
            "Chi bộ nhận quyết định",
            by=(THE_CELL,),
            after=("decide:decided",),
        ),
        Step(
            "ceremony",
            "Tổ chức lễ kết nạp",
            by=(THE_CELL,),
            after=("receive",),
            about="Kết nạp từng người; ngày làm lễ bắt đầu thời gian dự bị. Chi bộ phân công đảng viên giúp đỡ.",
            within=Within(
                "admission.ceremony_deadline",
                ByRule(
                    "admission.ceremony_clock",
                    {
                        "ngày chi bộ nhận quyết định": Since("receive"),
                        "ngày cấp có thẩm quyền ban hành quyết định": Since("decide"),
                    },
                ),
            ),
            questions=(HELPER,),
            conditions=(helper_is_official,),
            papers=(Paper("admission.ceremony_minutes", required=False),),
            outcomes=(Outcome("held", "Đã kết nạp", effect="admit"),),
        ),
        Step(
            "profile",
            "Đảng viên mới khai lý lịch đảng viên, phiếu đảng viên",
            by=(ONESELF, THE_CELL),
            after=("ceremony",),
            within=Within("admission.profile_deadline", Since("ceremony")),
            outcomes=(Outcome("filed", "Đã có lý lịch và phiếu đảng viên", closes="admitted"),),
        ),
    ),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    return member_case_facts(case, on)


def _list(deed: Deed) -> MemberEvent:
    assert deed.case.person is not None
    return actions.list_sympathiser(
        deed.case.person, cell=cell_of(deed.case, deed.move.on), on=deed.move.on, by=deed.by, today=deed.today
    )


def _admit(deed: Deed) -> MemberEvent:
    case = deed.case
    assert case.person is not None
    decided = case.moves.filter(step="decide", outcome="decided", taken_back_by=None).latest("id")
    decision = decision_above(case, decided.answers["number"], decided.happened_on)
    cell = cell_of(case, deed.move.on)
    return actions.admit(
        case.person, cell=cell, on=deed.move.on, decision=decision, by=deed.by, today=deed.today
    )


RUNNING = Running(PROCEDURE, _facts, {"list": _list, "admit": _admit})

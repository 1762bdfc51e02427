"""The steps from the list of sympathisers to the new member's file, alike for who joins and who is admitted again.

Sources: Điều lệ Đảng, Điều 4; the regulation and the guidance on applying it, sections 1 to 4, in their editions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tochuc.cases.clocks import Answered, ByRule, Latest, Remind, Since, StillValid, Within
from tochuc.cases.declare import PROVINCE, Ballot, Objection, Outcome, Paper, Question, Step, Taken
from tochuc.cases.engine import due_of
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import OUTSIDE
from tochuc.procedures.actors import BOARD, ONESELF, THE_BASE, THE_CELL, THE_COMPETENT
from tochuc.procedures.committee_steps import appraisal, decided_above, own_decision, proposal
from tochuc.procedures.conditions import helper_is_official, introducers, introducers_long_here, of_age
from tochuc.procedures.questions import HELPER, NUMBER, RESOLUTION, VOTE_METHOD

ROUTES = {
    "members": "Hai đảng viên chính thức",
    "youth_union": "Một đảng viên chính thức và Ban Chấp hành Đoàn cơ sở",
    "trade_union": "Một đảng viên chính thức và Ban Chấp hành Công đoàn cơ sở",
}
LOWER_SECONDARY, PRIMARY, LITERATE, LESS = "lower_secondary", "primary", "literate", "less"
EDUCATION = {
    LOWER_SECONDARY: "Trung học cơ sở trở lên",
    PRIMARY: "Hoàn thành tiểu học, thuộc vùng hoặc nghề được xét",
    LITERATE: "Biết đọc, biết viết; là già làng, trưởng bản, người có uy tín",
    LESS: "Chưa tới các mức trên",
}
RULES = (
    "admission.age_minimum",
    "admission.age_maximum",
    "admission.over_age_decider",
    "admission.over_age_consent",
    "admission.education_minimum",
    "admission.education_exceptions",
    "admission.certificate_issuer",
    "admission.verification_subjects",
    "admission.verification_concluder",
    "admission.verification_reply_abroad",
    "admission.introducers",
    "admission.introducer_common_time",
    "admission.vote_method",
    "admission.vote_shortfall_rule",
    "admission.decision_notified",
    "admission.ceremony_late_rule",
    "probation.helper",
)
"""What the steps rest on beside the limits and votes that they name themselves."""


def _cell_still_considers(facts: Mapping[str, Any]) -> bool:
    """Whether the cell hasn't agreed yet."""
    resolved = facts.get("taken", {}).get("resolve")
    return resolved is None or resolved.outcome == "short"


def _not_listed(facts: Mapping[str, Any]) -> bool:
    """Whether the person isn't on a list of sympathisers when the case is opened."""
    return facts.get("standing") == OUTSIDE


def _not_decided(facts: Mapping[str, Any]) -> bool:
    """Whether nothing was decided yet."""
    return not {"decide", "decide_base"} & set(facts.get("taken", {}))


_REFUSED = Outcome("refused", "Không đồng ý kết nạp, đã thông báo chi bộ", closes="not_admitted")
_FILE_MADE = Latest((Since("apply"), Since("renew")))
_CERTIFIED = Latest((Answered("course", "issued_on"), Answered("course_again", "issued_on")))
_ISSUED = Question("issued_on", "Ngày cấp giấy chứng nhận", kind="day")

CEREMONY_IN_TIME = Within(
    "admission.ceremony_deadline",
    ByRule(
        "admission.ceremony_clock",
        {
            "ngày chi bộ nhận quyết định": Since("receive"),
            "ngày cấp có thẩm quyền ban hành quyết định": Latest((Since("decide"), Since("decide_base"))),
        },
    ),
)


def _route(route: str) -> Any:
    return lambda facts: facts.get("route") == route


def over_age(facts: Mapping[str, Any]) -> bool:
    """Whether the person is above the usual age, so that a higher committee agrees first."""
    return bool(facts.get("over_age"))


def _educated(taken: Taken) -> list[Objection]:
    """The least education; less is considered only where the guidance names it."""
    level = taken.move.answers.get("education")
    if level not in (PRIMARY, LITERATE, LESS):
        return []
    rule_id = "admission.education_minimum" if level == LESS else "admission.education_exceptions"
    try:
        rule = taken.rule(rule_id)
    except NotInForce:
        return []
    if level == LESS:
        message = f"Chưa đủ trình độ học vấn: người vào Đảng {rule.words} ({rule.cite.vn})."
        return [Objection("education", message, rule, "education")]
    message = f"Học vấn dưới trung học cơ sở chỉ xét trong các trường hợp: {rule.words} ({rule.cite.vn})."
    return [Objection("education_exception", message, rule, "education", warns=True)]


def _late_with_consent(taken: Taken) -> list[Objection]:
    """A ceremony after its time needs the consent of the committee above."""
    due = due_of(CEREMONY_IN_TIME, taken.case, taken.ask)
    if due is None or taken.move.on <= due.on or taken.move.answers.get("consent"):
        return []
    try:
        rule = taken.rule("admission.ceremony_late_rule")
    except NotInForce:
        return []
    message = (
        f"Quá hạn tổ chức lễ kết nạp (ngày {day_vn(due.on)}): {rule.words} ({rule.cite.vn}). "
        "Ghi số văn bản đồng ý."
    )
    # The limit itself may not have been read in its text; then this can only warn.
    weaker = rule if due.rule is None or due.rule.may_refuse else due.rule
    return [Objection("ceremony_late", message, weaker, "consent")]


def consent(form: str, when: Any = None) -> Step:
    """A committee above agrees in writing before the decision; whoever decides may record its paper."""
    return Step(
        "consent",
        "Cấp ủy trực thuộc Trung ương đồng ý bằng văn bản",
        by=(BOARD @ PROVINCE, THE_COMPETENT),
        after=("propose",),
        about="Văn bản đồng ý có trước khi cấp ủy có thẩm quyền ra quyết định.",
        questions=(Question("number", "Số văn bản"),),
        papers=(Paper(form),),
        outcomes=(
            Outcome("agreed", "Đồng ý"),
            Outcome("refused", "Không đồng ý", closes="not_admitted"),
        ),
        when=when,
    )


def steps(
    agreed_above: Step,
    decision: str = "admission.decision",
    at_the_base: str = "admission.decision_base",
) -> tuple[Step, ...]:
    """All steps, with the consent of a higher committee that this procedure asks for, and the form of its decision.

    ``at_the_base``: the form of the decision of an empowered committee at the base.
    """
    in_time = Within("admission.decision_deadline", Since("resolve"), longer="admission.decision_extension")
    return (
        Step(
            "list",
            "Đưa vào danh sách cảm tình đảng",
            by=(THE_CELL,),
            about="Chi bộ đưa quần chúng ưu tú vào danh sách và phân công đảng viên chính thức giúp đỡ.",
            questions=(HELPER,),
            conditions=(helper_is_official,),
            outcomes=(Outcome("listed", "Đã đưa vào danh sách", effect="list"),),
            when=_not_listed,
        ),
        Step(
            "course",
            "Học lớp bồi dưỡng nhận thức về Đảng",
            by=(THE_CELL, THE_BASE),
            after=("list",),
            questions=(_ISSUED,),
            papers=(Paper("admission.certificate"),),
        ),
        Step(
            "course_again",
            "Học lại lớp bồi dưỡng, khi giấy chứng nhận hết hiệu lực",
            by=(THE_CELL, THE_BASE),
            after=("course",),
            about="Giấy chứng nhận mới thay giấy cũ đã hết hoặc sắp hết hiệu lực.",
            questions=(_ISSUED,),
            papers=(Paper("admission.certificate"),),
            outcomes=(Outcome("certified", "Đã học lại", again=True),),
            when=_not_decided,
            optional=True,
        ),
        Step(
            "apply",
            "Đơn xin vào Đảng và lý lịch tự khai",
            by=(ONESELF, THE_CELL),
            after=("course",),
            about="Người xin vào Đảng tự tay viết, không tẩy xóa.",
            questions=(
                Question("education", "Trình độ học vấn", kind="choice", choices=EDUCATION, required=False),
            ),
            conditions=(_educated,),
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
                Outcome("issue", "Có vấn đề chính trị, cấp ủy có thẩm quyền kết luận"),
                Outcome("unqualified", "Không đủ tiêu chuẩn chính trị", closes="not_admitted"),
            ),
        ),
        Step(
            "conclude",
            "Cấp ủy có thẩm quyền kết luận, nếu có vấn đề chính trị",
            by=(THE_COMPETENT,),
            after=("verify:issue",),
            about="Kết luận trước khi xét kết nạp.",
            papers=(Paper("admission.political_conclusion"),),
            outcomes=(
                Outcome("clear", "Đủ tiêu chuẩn chính trị"),
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
            conditions=(introducers, introducers_long_here),
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
            "renew",
            "Làm lại giấy tờ của hồ sơ quá hạn",
            by=(THE_CELL,),
            after=("introduce", "opinions"),
            about="Khi chi bộ chưa đề nghị kết nạp trong thời hạn của hồ sơ: làm lại giấy giới thiệu, nghị quyết của "
            "đoàn thể, tổng hợp ý kiến; thẩm tra lại phần thay đổi trong lý lịch.",
            papers=(
                Paper("admission.introduction"),
                Paper("admission.youth_union", when=_route("youth_union")),
                Paper("admission.trade_union", when=_route("trade_union")),
                Paper("admission.opinions"),
                Paper("admission.verification", required=False),
            ),
            outcomes=(Outcome("renewed", "Đã làm lại", again=True),),
            when=_cell_still_considers,
            optional=True,
        ),
        Step(
            "resolve",
            "Chi bộ xét, biểu quyết đề nghị kết nạp",
            by=(THE_CELL,),
            after=("verify:qualified|conclude:clear", "introduce", "opinions"),
            about="Xét từng người; nghị quyết của chi bộ gửi đảng ủy cơ sở.",
            within=Within("admission.file_validity", _FILE_MADE),
            valid=(
                StillValid(
                    _FILE_MADE,
                    "admission.file_validity",
                    "Hồ sơ lập",
                    Remind("admission.file_reminder", "Hồ sơ xin vào Đảng hết hạn: chi bộ xét hoặc làm lại"),
                ),
                StillValid(
                    _CERTIFIED,
                    "admission.certificate_validity",
                    "Giấy chứng nhận cấp",
                    Remind(
                        "admission.certificate_reminder",
                        "Giấy chứng nhận bồi dưỡng nhận thức về Đảng hết hiệu lực: kết nạp trước hoặc học lại",
                        until="decide|decide_base",
                    ),
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
        agreed_above,
        Step(
            "decide",
            "Cấp ủy có thẩm quyền quyết định",
            by=(THE_COMPETENT,),
            after=("propose", "consent"),
            within=in_time,
            ballot=Ballot(
                "admission.vote_standing_committee",
                "competent_members",
                passes="decided",
                fails="refused",
                base_is_sure=False,
            ),
            questions=(NUMBER,),
            papers=(Paper(decision),),
            outcomes=(
                Outcome("decided", "Quyết định kết nạp"),
                _REFUSED,
            ),
            when=decided_above,
        ),
        own_decision(
            "Đảng ủy cơ sở được ủy quyền quyết định kết nạp",
            at_the_base,
            (Outcome("decided", "Quyết định kết nạp"), _REFUSED),
            after=("propose", "consent"),
            within=in_time,
        ),
        Step(
            "receive",
            "Chi bộ nhận quyết định",
            by=(THE_CELL,),
            after=("decide:decided|decide_base:decided",),
        ),
        Step(
            "ceremony",
            "Tổ chức lễ kết nạp",
            by=(THE_CELL,),
            after=("receive",),
            about="Kết nạp từng người; ngày làm lễ bắt đầu thời gian dự bị. Chi bộ phân công đảng viên giúp đỡ.",
            within=CEREMONY_IN_TIME,
            questions=(
                HELPER,
                Question(
                    "consent", "Số văn bản cấp trên đồng ý", hint="Chỉ ghi khi làm lễ quá hạn", required=False
                ),
            ),
            conditions=(helper_is_official, _late_with_consent),
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
    )

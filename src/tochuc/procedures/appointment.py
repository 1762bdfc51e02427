"""Filling a post between congresses: elected by the body itself, designated or appointed from above (kiện toàn).

The committee proposes, opinions are taken, the committee directly above agrees and decides; from then on the post
is held. Sources: Điều lệ Đảng, Điều 13; the regulation on applying it, section 24, for the ballots of a secretary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tochuc.cases.clocks import Since, Within
from tochuc.cases.declare import (
    ABOVE,
    HERE,
    Ballot,
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
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.known_dates import day_vn
from tochuc.members.models import Holds, MemberEvent, Person
from tochuc.org.models import Post
from tochuc.procedures.actors import BOARD, COMMITTEE, SECRETARY
from tochuc.procedures.conditions import official_on
from tochuc.procedures.election_conditions import ruled
from tochuc.procedures.post_effects import fill, leave
from tochuc.procedures.post_facts import candidates, organisation_facts, posts_held, posts_to_fill
from tochuc.procedures.questions import NUMBER

ELECT, DESIGNATE, APPOINT = "elect", "designate", "appoint"
MANNERS = {
    ELECT: "Bầu bổ sung",
    DESIGNATE: "Cấp trên chỉ định",
    APPOINT: "Bổ nhiệm",
}
THE_BODY = (SECRETARY @ HERE, COMMITTEE @ HERE, BOARD @ HERE)
THE_ONE_ABOVE = (COMMITTEE @ ABOVE, BOARD @ ABOVE)
CANDIDATE = Question("candidate", "Nhân sự", kind="person", offers="candidates")


def by_ballot(facts: Mapping[str, Any]) -> bool:
    """Whether the body itself elects."""
    return facts.get("manner") == ELECT


def _is_here(taken: Taken) -> list[Objection]:
    """The post is one of the organisation's; while somebody holds it, the page says what the decision will do."""
    code, holders = str(taken.facts.get("post")), taken.facts.get("holders", {})
    post = Post.objects.on(taken.move.on).filter(code=code).first()
    if post is None:
        return [Objection("no_post", "Chức danh này không có vào ngày nêu; hãy chọn lại.", field="post")]
    running = taken.facts.get("being_filled", ())
    if code in running:
        message = f"Đã có hồ sơ kiện toàn «{post.title}» đang làm; hãy làm tiếp hồ sơ đó."
        return [Objection("being_filled", message, field="post")]
    if code not in holders:
        return []
    message = f"{holders[code]} đang giữ «{post.title}»; khi có quyết định thì thôi giữ từ ngày đó."
    return [Objection("post_held", message, field="post", warns=True)]


def candidate_is_official(taken: Taken) -> list[Objection]:
    """Who leads is an official member on the day."""
    ref = str(taken.move.answers.get("candidate") or "")
    if not ref or official_on(ref, taken.move.on):
        return []
    name = Person.objects.filter(ref=ref).values_list("full_name", flat=True).first() or "Người được chọn"
    rule = ruled(taken, "probation.rights_excluded")
    place = f" ({rule.cite.vn})" if rule else ""
    message = f"{name} không phải đảng viên chính thức vào ngày {day_vn(taken.move.on)}{place}."
    return [Objection("candidate_not_official", message, rule, "candidate")]


def _rounds(taken: Taken) -> list[Objection]:
    """A secretary of a cell is designated only after the ballots that the rule names."""
    if taken.move.outcome != "given_up":
        return []
    tried = sum(1 for move in taken.case.moves if move.step == "elect")
    rule = ruled(taken, "organisation.secretary_ballots")
    # The ballot that is recorded now counts too.
    if rule is None or tried + 1 >= rule.number:
        return []
    message = f"Mới bầu {tried + 1} lần; bầu {rule.words} không đủ phiếu thì cấp trên mới chỉ định ({rule.cite.vn})."
    return [Objection("too_few_rounds", message, rule, "outcome")]


PROCEDURE = Procedure(
    code="appointment",
    title="Kiện toàn chức danh",
    about="Đề nghị nhân sự, lấy ý kiến, bầu khi phải bầu, cấp trên trực tiếp quyết định; chức danh có người giữ từ đó.",
    rules=(
        "organisation.vacant_seat",
        "organisation.secretary_ballots",
        "organisation.election_secret",
        "organisation.cell_committee_max",
        "organisation.cell_deputies",
        "probation.rights_excluded",
    ),
    opened_by=(*THE_BODY, *THE_ONE_ABOVE),
    of_organisation=True,
    several=True,
    questions=(
        Question("post", "Chức danh", kind="choice", offers="posts"),
        Question("manner", "Cách kiện toàn", kind="choice", choices=MANNERS),
        Question("ground", "Vì sao khuyết", required=False, hint="Ví dụ: nghỉ hưu, chuyển công tác"),
    ),
    begins=(_is_here,),
    steps=(
        Step(
            "propose",
            "Đề nghị nhân sự",
            by=(*THE_BODY, *THE_ONE_ABOVE),
            questions=(CANDIDATE,),
            papers=(Paper("appointment.proposal"), Paper("appointment.profile")),
            conditions=(candidate_is_official,),
        ),
        Step(
            "opinions",
            "Lấy ý kiến nơi công tác, nơi cư trú và cơ quan liên quan",
            by=(*THE_BODY, *THE_ONE_ABOVE),
            after=("propose",),
            papers=(Paper("appointment.opinions"),),
        ),
        Step(
            "agree",
            "Cấp ủy cấp trên trực tiếp xem xét, cho chủ trương",
            by=THE_ONE_ABOVE,
            after=("opinions",),
            outcomes=(
                Outcome("agreed", "Đồng ý nhân sự"),
                Outcome("another", "Đề nghị nhân sự khác", closes="another_candidate"),
            ),
        ),
        Step(
            "elect",
            "Hội nghị bầu, bỏ phiếu kín",
            by=THE_BODY,
            after=("agree",),
            ballot=Ballot(
                "organisation.election_majority",
                "voters",
                passes="elected",
                fails="short",
                base_is_sure=False,
            ),
            papers=(Paper("appointment.minutes"),),
            conditions=(_rounds,),
            outcomes=(
                Outcome("elected", "Trúng cử"),
                Outcome("short", "Chưa đủ phiếu, bầu lại", again=True),
                Outcome("given_up", "Bầu nhiều lần không đủ phiếu, đề nghị cấp trên chỉ định"),
            ),
            when=by_ballot,
        ),
        Step(
            "decide",
            "Cấp ủy cấp trên trực tiếp quyết định: chuẩn y, chỉ định hoặc bổ nhiệm",
            by=THE_ONE_ABOVE,
            after=("elect",),
            within=Within("organisation.election_confirmation", Since("elect")),
            questions=(NUMBER,),
            papers=(Paper("appointment.decision"),),
            outcomes=(
                Outcome("decided", "Quyết định", closes="post_filled", effect="fill"),
                Outcome("refused", "Không đồng ý", closes="refused"),
            ),
        ),
    ),
)

LEAVING = Procedure(
    code="leaving_post",
    title="Thôi giữ chức vụ",
    about="Nghỉ hưu, chuyển công tác, xin thôi hoặc miễn nhiệm: cấp trên trực tiếp quyết định, chức danh thành khuyết.",
    rules=("organisation.vacant_seat",),
    opened_by=(*THE_BODY, *THE_ONE_ABOVE),
    of_organisation=True,
    several=True,
    questions=(
        Question("post", "Chức danh", kind="choice", offers="held"),
        Question("ground", "Lý do", hint="Ví dụ: nghỉ hưu, chuyển công tác, xin thôi"),
    ),
    steps=(
        Step(
            "decide",
            "Cấp ủy cấp trên trực tiếp quyết định",
            by=THE_ONE_ABOVE,
            questions=(NUMBER,),
            papers=(Paper("appointment.decision"),),
            outcomes=(
                Outcome("decided", "Đồng ý thôi giữ", closes="post_left", effect="leave"),
                Outcome("refused", "Không đồng ý", closes="refused"),
            ),
        ),
    ),
)


def _facts(case: Case, on: Any) -> dict[str, Any]:
    others = Case.objects.filter(procedure=PROCEDURE.code, closed_on=None).exclude(pk=case.pk)
    running = others.filter(organisation=case.organisation).values_list("answers__post", flat=True)
    return organisation_facts(case, on) | {"being_filled": Later(lambda: tuple(running))}


def _fill(deed: Deed) -> list[MemberEvent]:
    post = Post.objects.get(code=deed.case.answers["post"])
    proposed = deed.facts["taken"]["propose"].answers["candidate"]
    return fill(deed, post, Person.objects.get(ref=proposed), deed.move.on)


def _leave(deed: Deed) -> list[MemberEvent]:
    post = Post.objects.get(code=deed.case.answers["post"])
    holder = Holds.objects.on(deed.move.on).filter(post=post).select_related("person").first()
    if holder is None:
        return []
    return [leave(deed, post, holder.person, deed.move.on, str(deed.case.answers["ground"]))]


RUNNING = (
    Running(
        PROCEDURE,
        _facts,
        {"fill": _fill},
        offers={"posts": posts_to_fill, "candidates": candidates},
    ),
    Running(LEAVING, organisation_facts, {"leave": _leave}, offers={"held": posts_held}),
)

"""Electing the committee of a cell or of a grassroots committee at its congress, approved above (chuẩn y).

Ballots are kept as counts only. From the congress on the elected hold their posts, and the next term is counted
from it. Source: Điều lệ Đảng, Điều 22, 24; the working rules on elections in the Party.
"""

from __future__ import annotations

from datetime import date

from tochuc.cases.clocks import Fact, Since, Within
from tochuc.cases.declare import Condition, Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.models import Case
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.known_dates import day_vn
from tochuc.members.models import MemberEvent
from tochuc.org.congresses import congresses, hold_congress, take_back
from tochuc.org.kinds import COMMITTEE_POSTS
from tochuc.procedures.appointment import THE_BODY, THE_ONE_ABOVE
from tochuc.procedures.election_conditions import (
    ballots_of_a_secretary,
    congress_in_its_time,
    number_of_seats,
    only_of_a_cell,
    quorum,
    results,
)
from tochuc.procedures.post_effects import decided_above, seat
from tochuc.procedures.post_facts import candidates, organisation_facts, posts_of
from tochuc.procedures.questions import NUMBER

FOR_KIND = {
    "cell": "cell_election",
    "grassroots_committee": "committee_election",
    "grassroots_cell": "committee_election",
    "commune_committee": "committee_election",
    "district_committee": "committee_election",
}
"""Which of the two procedures is for which kind of organisation."""
_FURTHER = 3
"""How many seats more than the record has posts for the form offers."""


def _of(code: str) -> tuple[Condition, ...]:
    def condition(taken: Taken) -> list[Objection]:
        if FOR_KIND.get(str(taken.facts.get("kind"))) == code:
            return []
        return [
            Objection("wrong_kind", "Quy trình này không dành cho loại tổ chức này; hãy chọn quy trình kia.")
        ]

    return (condition,)


def _no_congress_recorded(taken: Taken) -> list[Objection]:
    """The congress of that day isn't in the record already."""
    if taken.facts.get("last_congress") != taken.move.on:
        return []
    return [Objection("congress_recorded", f"Đại hội ngày {day_vn(taken.move.on)} đã được ghi.", field="on")]


def _steps(term: str, *, cell: bool) -> tuple[Step, ...]:
    committee = "chi ủy" if cell else "cấp ủy"
    return (
        Step(
            "plan",
            f"Chuẩn bị: số lượng, đề án nhân sự {committee}",
            by=THE_BODY,
            within=Within(term, Fact("last_congress")),
            questions=(
                Question("seats", f"Số {committee} viên cần bầu", kind="number"),
                Question("deputies", "Trong đó số phó bí thư", kind="number", required=False),
                Question("candidates", "Số người trong danh sách bầu cử", kind="number", required=False),
            ),
            papers=(Paper("election.scheme"),),
            conditions=(number_of_seats,),
        ),
        Step(
            "approve",
            "Cấp ủy cấp trên trực tiếp duyệt đề án, cho tổ chức đại hội",
            by=THE_ONE_ABOVE,
            after=("plan",),
            within=Within(term, Fact("last_congress")),
            papers=(Paper("election.approval"),),
            outcomes=(
                Outcome("approved", "Đồng ý"),
                Outcome("another", "Yêu cầu chuẩn bị lại", closes="another_plan"),
            ),
        ),
        Step(
            "congress",
            f"Đại hội bầu {committee}",
            by=THE_BODY,
            after=("approve",),
            about="Bỏ phiếu kín; chỉ ghi số phiếu của từng người trúng cử. Ngày làm bước này là ngày bế mạc.",
            within=Within(term, Fact("last_congress")),
            questions=(
                Question("summoned", "Số người được triệu tập", kind="number"),
                Question("present", "Số người dự", kind="number"),
                Question("rounds", "Số lần bầu bí thư", kind="number", required=False),
                Question(
                    "results",
                    "Người trúng cử",
                    kind="seats",
                    required=False,
                    offers="seats",
                    among="candidates",
                ),
            ),
            papers=(Paper("election.minutes"),),
            conditions=(
                _no_congress_recorded,
                congress_in_its_time,
                quorum,
                results,
                ballots_of_a_secretary,
                *(() if cell else (only_of_a_cell,)),
            ),
            outcomes=(
                Outcome("elected", "Bầu đủ số lượng"),
                Outcome("short", "Bầu chưa đủ số lượng, phần còn lại kiện toàn sau"),
                Outcome("no_secretary", "Chi bộ không bầu được bí thư, đề nghị cấp trên chỉ định"),
            ),
        ),
        Step(
            "report",
            "Báo cáo kết quả bầu cử lên cấp trên trực tiếp",
            by=THE_BODY,
            after=("congress",),
            within=Within("organisation.election_report", Since("congress")),
            papers=(Paper("election.report"),),
        ),
        Step(
            "confirm",
            "Cấp ủy cấp trên trực tiếp chuẩn y kết quả",
            by=THE_ONE_ABOVE,
            after=("report",),
            within=Within("organisation.election_confirmation", Since("report")),
            questions=(NUMBER,),
            papers=(Paper("election.confirmation"),),
            outcomes=(
                Outcome("confirmed", "Chuẩn y", closes="confirmed", effect="seat"),
                Outcome("refused", "Không chuẩn y", closes="not_confirmed"),
            ),
        ),
    )


_RULES = (
    "organisation.cell_committee_min_members",
    "organisation.cell_committee_max",
    "organisation.cell_deputies",
    "organisation.commune_committee_max",
    "organisation.commune_deputies",
    "organisation.congress_shift",
    "organisation.congress_quorum",
    "organisation.election_majority",
    "organisation.election_surplus",
    "organisation.election_secret",
    "organisation.secretary_ballots",
    "probation.rights_excluded",
)

OF_CELL = Procedure(
    code="cell_election",
    title="Đại hội chi bộ, bầu chi ủy",
    about="Chuẩn bị, cấp trên duyệt, đại hội bầu bằng phiếu kín, báo cáo, cấp trên chuẩn y; nhiệm kỳ mới tính từ đại hội.",
    rules=_RULES,
    opened_by=(*THE_BODY, *THE_ONE_ABOVE),
    of_organisation=True,
    begins=_of("cell_election"),
    steps=_steps("organisation.term_cell", cell=True),
)
OF_COMMITTEE = Procedure(
    code="committee_election",
    title="Đại hội đảng bộ, bầu cấp ủy",
    about="Của đảng bộ cơ sở, chi bộ cơ sở và cấp trên cơ sở: chuẩn bị, duyệt, bầu, báo cáo, chuẩn y.",
    rules=_RULES,
    opened_by=(*THE_BODY, *THE_ONE_ABOVE),
    of_organisation=True,
    begins=_of("committee_election"),
    steps=_steps("organisation.term_grassroots", cell=False),
)


def _seats(case: Case, on: date) -> list[tuple[str, str]]:
    """The posts of the committee, and a few seats more for one that grows."""
    here = case.organisation
    found = [(post.code, post.title) for post in posts_of(here, on) if post.kind in COMMITTEE_POSTS]
    taken = {code for code, _ in found}
    further = (f"{here.code}-ghe-{n}" for n in range(1, len(found) + _FURTHER + 1))
    new = [code for code in further if code not in taken][:_FURTHER]
    return found + [(code, f"Ghế thêm {n}") for n, code in enumerate(new, 1)]


def _seat(deed: Deed) -> list[MemberEvent]:
    """The congress begins a new term, and whoever it elected holds their posts from that day."""
    held = deed.facts["taken"]["congress"]
    hold_congress(
        deed.case.organisation,
        on=held.on,
        today=deed.today,
        by=deed.by,
        decision=decided_above(deed).number,
    )
    return seat(deed, held.answers.get("results") or {}, held.on)


def _unseat(deed: Deed) -> None:
    """The congress that was recorded with the confirmation is taken back with it."""
    last = congresses(deed.case.organisation).first()
    if last is not None:
        take_back(deed.case.organisation, last.pk, by=deed.by, reason="Rút lại bước chuẩn y ghi sai")


RUNNING = tuple(
    Running(
        procedure,
        organisation_facts,
        {"seat": _seat},
        {"seat": _unseat},
        offers={"seats": _seats, "candidates": candidates},
    )
    for procedure in (OF_CELL, OF_COMMITTEE)
)

"""Steps between the cell and the committee that decides, alike for admission, recognition and removal.

A committee at the base that was empowered to admit members decides itself, as a whole, instead of proposing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tochuc.cases.clocks import Within
from tochuc.cases.declare import Ballot, Outcome, Paper, Step
from tochuc.procedures.actors import THE_BASE
from tochuc.procedures.questions import NUMBER, RESOLUTION

OWN = "own"
EMPOWERED = Outcome(OWN, "Được ủy quyền quyết định kết nạp: đảng ủy cơ sở tự quyết định ở bước sau")
SHORT_OF_SHARE = Outcome("short", "Không đủ tỷ lệ, báo cáo cấp trên")


def _has_sectional(facts: Mapping[str, Any]) -> bool:
    """Whether the cell stands under a sectional committee."""
    return bool(facts.get("has_sectional"))


def base_is_committee(facts: Mapping[str, Any]) -> bool:
    """Whether the base has a committee above the cell."""
    return not facts.get("base_is_cell")


def decides_itself(facts: Mapping[str, Any]) -> bool:
    """Whether the committee at the base decides, being empowered to."""
    proposed = facts.get("taken", {}).get("propose")
    return proposed is not None and proposed.outcome == OWN


def decided_above(facts: Mapping[str, Any]) -> bool:
    """Whether the competent committee above the base decides."""
    return not decides_itself(facts)


def appraisal(form: str) -> Step:
    """The sectional committee appraises, where the cell stands under one."""
    return Step(
        "appraise",
        "Đảng ủy bộ phận thẩm định",
        by=(THE_BASE,),
        after=("resolve",),
        papers=(Paper(form),),
        when=_has_sectional,
    )


def proposal(title: str, form: str) -> Step:
    """The committee at the base proposes by its resolution, where the base isn't itself a cell."""
    return Step(
        "propose",
        title,
        by=(THE_BASE,),
        after=("appraise",),
        ballot=Ballot(
            "admission.vote_grassroots_committee",
            "committee_members",
            passes="agreed",
            fails="short",
            base_is_sure=False,
        ),
        questions=(RESOLUTION,),
        papers=(Paper(form, unless=(OWN,)),),
        outcomes=(
            Outcome("agreed", "Đồng ý đề nghị"),
            SHORT_OF_SHARE,
            EMPOWERED,
        ),
        when=base_is_committee,
    )


def own_decision(
    title: str,
    form: str,
    outcomes: tuple[Outcome, Outcome],
    *,
    rule: str = "admission.vote_grassroots_committee",
    after: tuple[str, ...] = ("propose",),
    within: Within | None = None,
) -> Step:
    """The empowered committee votes and decides; of its outcomes the first is the one that needs the share."""
    passes, fails = outcomes
    return Step(
        "decide_base",
        title,
        by=(THE_BASE,),
        after=after,
        about="Đảng ủy cơ sở được cấp ủy cấp trên ủy quyền; tập thể đảng ủy biểu quyết rồi ra quyết định.",
        within=within,
        ballot=Ballot(rule, "committee_members", passes=passes.code, fails=fails.code, base_is_sure=False),
        questions=(NUMBER,),
        papers=(Paper(form, unless=(fails.code,)),),
        outcomes=outcomes,
        when=decides_itself,
    )

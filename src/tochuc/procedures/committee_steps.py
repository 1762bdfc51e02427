"""Steps between the cell and the committee that decides, alike for admission and recognition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tochuc.cases.declare import Ballot, Outcome, Paper, Step
from tochuc.procedures.actors import THE_BASE
from tochuc.procedures.questions import RESOLUTION


def _has_sectional(facts: Mapping[str, Any]) -> bool:
    return bool(facts.get("has_sectional"))


def _base_is_committee(facts: Mapping[str, Any]) -> bool:
    return not facts.get("base_is_cell")


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
        papers=(Paper(form),),
        outcomes=(
            Outcome("agreed", "Đồng ý đề nghị"),
            Outcome("short", "Không đủ tỷ lệ, báo cáo cấp trên"),
        ),
        when=_base_is_committee,
    )

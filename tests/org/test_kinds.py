"""Which kind of organisation may stand directly under which: declared, held when one is founded and in every plan."""

from __future__ import annotations

from itertools import product

import pytest

from cast import TODAY, Cast
from reorganise.plans import apply, found
from tochuc.kernel.errors import DomainError, Refused
from tochuc.org import actions
from tochuc.org.kinds import CELL_KINDS, KINDS, MEMBER_KINDS
from tochuc.org.models import Organisation

# The Charter, chapters IV and V: who stands where.
STANDS = {
    "province_committee": set(),
    "district_committee": {"province_committee"},
    "commune_committee": {"province_committee"},
    "grassroots_committee": {"province_committee", "district_committee", "commune_committee"},
    "grassroots_cell": {"province_committee", "district_committee", "commune_committee"},
    "sectional_committee": {"grassroots_committee"},
    "subordinate_committee": {"grassroots_committee"},
    "cell": {"grassroots_committee", "sectional_committee", "subordinate_committee"},
    "board": {"province_committee", "district_committee", "commune_committee", "grassroots_committee"},
}


def test_every_kind_has_its_place() -> None:
    assert {kind.code: set(kind.under) for kind in KINDS.values()} == STANDS
    assert {"cell", "grassroots_cell"} == MEMBER_KINDS


@pytest.fixture
def one_of_each(cast: Cast) -> dict[str, Organisation]:
    """An organisation of every kind, beside the cast."""
    made: dict[str, Organisation] = {}
    for kind in KINDS:
        parent = next((made[above] for above in made if above in STANDS[kind]), None)
        made[kind] = actions.found(
            code=f"loai-{kind.replace('_', '-')}",
            name=f"Tổ chức {kind}",
            short_name=kind,
            kind=kind,
            parent=parent,
            on=cast.district.since,
            by=cast.actor(),
        )
    return made


def test_founding_holds_the_places_of_all_kinds(cast: Cast, one_of_each: dict[str, Organisation]) -> None:
    for number, (kind, above) in enumerate(product(KINDS, KINDS)):
        wanted = {
            "code": f"thu-{number}",
            "name": "Tổ chức thử",
            "short_name": "Thử",
            "kind": kind,
            "parent": one_of_each[above],
        }
        if above in STANDS[kind]:
            assert actions.found(**wanted, on=TODAY, by=cast.actor()).kind == kind
        else:
            with pytest.raises(Refused, match="không đặt trực tiếp dưới"):
                actions.found(**wanted, on=TODAY, by=cast.actor())


def test_a_plan_holds_the_places_of_all_kinds(cast: Cast, one_of_each: dict[str, Organisation]) -> None:
    for number, (kind, above) in enumerate(product(KINDS, KINDS)):
        said = found(f"thu-{number}", kind, one_of_each[above].code)
        if above in STANDS[kind]:
            assert apply(cast, said).state == "open"
        else:
            with pytest.raises(DomainError, match="không đặt trực tiếp dưới"):
                apply(cast, said)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in MEMBER_KINDS])
def test_only_a_cell_is_of_a_kind_of_cell(
    cast: Cast, one_of_each: dict[str, Organisation], kind: str
) -> None:
    above = next((one_of_each[code] for code in STANDS[kind]), None)
    with pytest.raises(Refused, match="không phải chi bộ"):
        actions.found(
            code="thu", name="Thử", short_name="Thử", kind=kind, cell_kind="school", parent=above,
            on=TODAY, by=cast.actor(),
        )  # fmt: skip


@pytest.mark.parametrize("cell_kind", CELL_KINDS)
def test_a_cell_is_of_any_kind_of_cell(cast: Cast, cell_kind: str) -> None:
    made = actions.found(
        code="thu", name="Thử", short_name="Thử", kind="cell", cell_kind=cell_kind, parent=cast.commune_a,
        on=TODAY, by=cast.actor(),
    )  # fmt: skip
    assert made.cell_kind == cell_kind

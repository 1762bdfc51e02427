"""Organisations through time: founding, names, the dated tree, and that no later act rewrites the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import TODAY, Cast
from org.moving import happened, told, walk_up
from side_by_side import at_once, committed, owner
from tochuc.audit.models import Entry
from tochuc.audit.record import NOBODY
from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import Refused
from tochuc.org import actions, queries, tree
from tochuc.org.models import Organisation, OrganisationEvent, OrganisationSpan, Under

MOVED = date(2022, 7, 1)
BEFORE = MOVED - timedelta(days=1)


@contextmanager
def refused(code: str, field: str) -> Iterator[None]:
    """Refused with this code beside this field, and nothing written."""
    counted = (Organisation, OrganisationEvent, OrganisationSpan, Under, Entry)
    before = [model._default_manager.count() for model in counted]
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.code, caught.value.field) == (code, field)
    assert [model._default_manager.count() for model in counted] == before


def codes(organisations: list[Organisation]) -> list[str]:
    return [o.code for o in organisations]


# --- founding ---------------------------------------------------------------------------------------------


def test_the_path_goes_from_the_topmost_to_itself(cast: Cast) -> None:
    assert codes(queries.path_of(cast.a1, TODAY)) == ["tinh", "huyen", "xa-a", "xa-a-thon-dong"]
    assert codes(queries.path_of(cast.province, TODAY)) == ["tinh"]


def test_a_branch_holds_itself_and_all_below_on_a_day(cast: Cast) -> None:
    commune = [cast.commune_b, cast.b1, cast.b2, cast.b3]
    assert set(queries.units_under(cast.commune_b, TODAY)) == {o.pk for o in commune}
    assert set(queries.units_under(cast.commune_b, date(2021, 6, 30))) == {o.pk for o in commune[:3]}
    assert set(queries.units_under(cast.b3, date(2021, 6, 30))) == set()
    assert set(queries.units_under(cast.other_district, TODAY)) == {
        cast.other_district.pk,
        cast.other_cell.pk,
    }


def test_children_are_those_directly_below(cast: Cast) -> None:
    assert {s.organisation.code for s in queries.children(cast.district, TODAY)} == {
        *("huyen-btc", "huyen-btg", "xa-a", "xa-b", "cq-ban-dang")
    }
    assert queries.parent_of(cast.a1, TODAY) == cast.commune_a
    assert queries.parent_of(cast.province, TODAY) is None


def _found(parent: Organisation | None, kind: str, on: date = MOVED, code: str = "moi") -> Organisation:
    return actions.found(
        code=code,
        name="Chi bộ Mới",
        short_name="Mới",
        kind=kind,
        parent=parent,
        on=on,
        by=NOBODY,
        decision="1-QĐ/HU",
    )


def test_one_founded_stands_under_its_superior_from_that_day(cast: Cast) -> None:
    new = _found(cast.commune_a, "cell")
    assert codes(queries.path_of(new, MOVED)) == ["tinh", "huyen", "xa-a", "moi"]
    assert queries.path_of(new, BEFORE) == []
    entry = Entry.objects.get(object_kind="organisation", object_key="moi")
    assert (entry.action, entry.stream, entry.data["on"]) == ("organisation.founded", "moi", "2022-07-01")
    assert new.events.get().decision == "1-QĐ/HU"


@pytest.mark.parametrize(
    ("parent", "kind"),
    [("district", "cell"), ("commune_a", "grassroots_cell"), ("a1", "cell"), ("organisation_board", "cell")],
)
def test_an_organisation_stands_only_where_its_kind_may(cast: Cast, parent: str, kind: str) -> None:
    with refused("wrong_parent", "parent"):
        _found(getattr(cast, parent), kind)


def test_a_kind_is_one_of_the_known(cast: Cast) -> None:
    with refused("kind_unknown", "kind"):
        _found(cast.district, "club")


def test_a_code_names_one_organisation(cast: Cast) -> None:
    with refused("code_taken", "code"):
        _found(cast.commune_a, "cell", code="xa-a-thon-dong")


def test_nothing_is_founded_under_a_superior_that_is_not_there_yet(cast: Cast) -> None:
    with refused("organisation_not_alive", "on"):
        _found(cast.commune_a, "cell", on=date(1976, 5, 18))
    _found(cast.commune_a, "cell", on=date(1976, 5, 19))


# --- names ------------------------------------------------------------------------------------------------


def test_a_new_name_holds_from_its_day_and_the_old_one_before(cast: Cast) -> None:
    actions.rename(
        cast.a1, name="Chi bộ thôn Đông Hòa", short_name="Đông Hòa", on=MOVED, by=NOBODY, decision="2-QĐ/ĐU"
    )
    assert queries.name_on(cast.a1, BEFORE) == "Chi bộ thôn Đông"
    assert queries.name_on(cast.a1, MOVED) == "Chi bộ thôn Đông Hòa"
    cast.a1.refresh_from_db()
    assert (cast.a1.name, cast.a1.fold) == ("Chi bộ thôn Đông Hòa", "chi bo thon dong hoa")
    assert codes(queries.path_of(cast.a1, TODAY)) == ["tinh", "huyen", "xa-a", "xa-a-thon-dong"]
    assert [e.kind for e in queries.history(cast.a1)] == ["renamed", "founded"]


def test_a_name_recorded_late_does_not_replace_a_later_one(cast: Cast) -> None:
    for name, on in (("Chi bộ Ba", MOVED), ("Chi bộ Hai", date(2000, 1, 1))):
        actions.rename(cast.a1, name=name, short_name=name, on=on, by=NOBODY, decision="2-QĐ/ĐU")
    names = [queries.name_on(cast.a1, day) for day in (date(1999, 12, 31), date(2000, 1, 1), BEFORE, MOVED)]
    assert names == ["Chi bộ thôn Đông", "Chi bộ Hai", "Chi bộ Hai", "Chi bộ Ba"]
    assert cast.a1.name == "Chi bộ Ba"


def test_one_not_founded_yet_is_not_renamed(cast: Cast) -> None:
    with refused("organisation_not_alive", "on"):
        actions.rename(
            cast.b3,
            name="Chi bộ thôn Tây An",
            short_name="Tây An",
            on=date(2021, 6, 30),
            by=NOBODY,
            decision="2-QĐ/ĐU",
        )


# --- moving -----------------------------------------------------------------------------------------------


def test_a_cell_that_moved_stands_under_each_superior_in_its_time(cast: Cast) -> None:
    happened(cast.a1, "moved", MOVED, cast.commune_b)
    assert codes(queries.path_of(cast.a1, BEFORE)) == ["tinh", "huyen", "xa-a", "xa-a-thon-dong"]
    assert codes(queries.path_of(cast.a1, MOVED)) == ["tinh", "huyen", "xa-b", "xa-a-thon-dong"]
    assert cast.a1.pk in queries.units_under(cast.commune_a, BEFORE)
    assert cast.a1.pk not in queries.units_under(cast.commune_a, MOVED)
    assert cast.a1.pk in queries.units_under(cast.commune_b, MOVED)
    # Under the district it stood throughout: one row, not one for each commune.
    assert Under.objects.filter(unit=cast.a1, above=cast.district).count() == 1


def test_a_committee_takes_its_cells_along(cast: Cast) -> None:
    happened(cast.commune_a, "moved", MOVED, cast.other_district)
    assert codes(queries.path_of(cast.a1, MOVED)) == ["tinh", "huyen-2", "xa-a", "xa-a-thon-dong"]
    assert codes(queries.path_of(cast.a1, BEFORE)) == ["tinh", "huyen", "xa-a", "xa-a-thon-dong"]
    assert cast.a1.pk not in queries.units_under(cast.district, MOVED)


def test_there_and_back_leaves_both_in_the_past(cast: Cast) -> None:
    back = date(2023, 1, 1)
    happened(cast.a1, "moved", MOVED, cast.commune_b)
    happened(cast.a1, "moved", back, cast.commune_a)
    spans = Under.objects.filter(unit=cast.a1, above=cast.commune_a).order_by("since")
    assert list(spans.values_list("since", "until")) == [(cast.a1.since, MOVED), (back, FOREVER)]


def test_a_move_that_was_corrected_never_happened(cast: Cast) -> None:
    wrong = happened(cast.a1, "moved", MOVED, cast.commune_b)
    right = happened(cast.a1, "moved", date(2022, 9, 1), cast.commune_b, corrects=wrong)
    assert queries.parent_of(cast.a1, date(2022, 8, 31)) == cast.commune_a
    assert queries.parent_of(cast.a1, date(2022, 9, 1)) == cast.commune_b
    assert queries.history(cast.a1).first() == right


def test_one_that_ended_is_in_the_tree_until_then(cast: Cast) -> None:
    happened(cast.a1, "ended", MOVED)
    assert cast.a1.pk in queries.units_under(cast.commune_a, BEFORE)
    assert cast.a1.pk not in queries.units_under(cast.commune_a, MOVED)
    assert queries.path_of(cast.a1, MOVED) == []
    assert (cast.a1.exists_on(BEFORE), cast.a1.exists_on(MOVED)) == (True, False)


# --- any sequence -------------------------------------------------------------------------------------------

_DAYS = [date(2022, 1, 1) + timedelta(days=30 * n) for n in range(12)]
_CELLS = ("a1", "a2", "b1", "b3")
_COMMUNES = ("commune_a", "commune_b")
_MOVES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(_CELLS), st.sampled_from(_COMMUNES), st.sampled_from(_DAYS)),
        st.tuples(
            st.sampled_from(_COMMUNES),
            st.sampled_from(("district", "other_district")),
            st.sampled_from(_DAYS),
        ),
        st.tuples(st.sampled_from(("a3", "b2")), st.just(""), st.sampled_from(_DAYS)),
    ),
    min_size=1,
    max_size=10,
)


@given(moves=_MOVES)
@settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_closure_is_what_a_walk_up_finds_on_any_day(
    cast: Cast, moves: list[tuple[str, str, date]]
) -> None:
    with transaction.atomic():
        for who, to, on in moves:
            organisation = Organisation.objects.get(pk=getattr(cast, who).pk)
            if organisation.exists_on(on):
                happened(organisation, "moved" if to else "ended", on, getattr(cast, to) if to else None)
        events = told()
        for day in sorted({*_DAYS, *(d - timedelta(days=1) for d in _DAYS), TODAY}):
            rows = Under.objects.on(day).order_by("unit", "-depth").values_list("unit", "above", "depth")
            found: dict[int, list[int]] = {}
            for unit, above, _ in rows:
                found.setdefault(unit, []).append(above)
            walked = {unit: path for unit in events if (path := walk_up(events, unit, day))}
            assert found == walked
        transaction.set_rollback(True)


# --- two at once ------------------------------------------------------------------------------------------


def _take_back(kind: str) -> None:
    """Undo committed events of a kind: as the owner, since the application can't."""
    with owner() as own:
        own.execute("DELETE FROM org_organisationevent WHERE kind = %s", [kind])
        own.execute("DELETE FROM audit_entry WHERE action = 'organisation.renamed'")


def test_two_new_names_at_once_leave_one_name_a_day(cast: Cast) -> None:
    def rename(name: str, on: date) -> None:
        actions.rename(cast.a1, name=name, short_name=name, on=on, by=NOBODY, decision="2-QĐ/ĐU")

    try:
        at_once(lambda: rename("Chi bộ Hai", date(2000, 1, 1)), lambda: rename("Chi bộ Ba", MOVED))
        spans = OrganisationSpan.objects.filter(organisation=cast.a1).order_by("since")
        assert list(spans.values_list("name", "until")) == [
            ("Chi bộ thôn Đông", date(2000, 1, 1)),
            ("Chi bộ Hai", MOVED),
            ("Chi bộ Ba", FOREVER),
        ]
    finally:
        _take_back("renamed")
        committed(lambda: actions.refold(Organisation.objects.get(pk=cast.a1.pk)))


def test_one_founded_while_its_superior_moves_goes_where_it_went(cast: Cast) -> None:
    def move() -> None:
        happened(Organisation.objects.get(pk=cast.commune_a.pk), "moved", MOVED, cast.other_district)

    try:
        _, new = at_once(move, lambda: _found(cast.commune_a, "cell", on=date(2022, 1, 1)))
        assert codes(queries.path_of(new, BEFORE)) == ["tinh", "huyen", "xa-a", "moi"]
        assert codes(queries.path_of(new, MOVED)) == ["tinh", "huyen-2", "xa-a", "moi"]
    finally:
        with owner() as own:
            for table, column in (("under", "unit_id"), ("organisationspan", "organisation_id")):
                own.execute(
                    f"DELETE FROM org_{table} WHERE {column} IN (SELECT id FROM org_organisation WHERE code = 'moi')"
                )
            own.execute(
                "DELETE FROM org_organisationevent WHERE kind = 'moved'"
                " OR organisation_id IN (SELECT id FROM org_organisation WHERE code = 'moi')"
            )
            own.execute("DELETE FROM org_organisation WHERE code = 'moi'")
            own.execute("DELETE FROM audit_entry WHERE object_key = 'moi'")
        committed(lambda: _fold_again(cast.commune_a))


def _fold_again(organisation: Organisation) -> None:
    with transaction.atomic():
        actions.refold(Organisation.objects.get(pk=organisation.pk))
        tree.refresh([organisation.pk])

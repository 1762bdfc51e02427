"""Each operation, carried out on the cast: organisations, people, posts, accounts, tasks and statements follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cast import TODAY, Cast
from reorganise.plans import DAY, apply, dissolve, found, merge, move, plan, split
from tochuc.access import gate
from tochuc.audit.models import Entry
from tochuc.kernel.errors import Refusals, Refused
from tochuc.members import actions as members
from tochuc.members import ledger, queries
from tochuc.members.branches import statements
from tochuc.members.invariants import violations
from tochuc.members.ledger import Count
from tochuc.members.models import Holds, MemberEvent, Membership, Person
from tochuc.org import queries as org
from tochuc.org.models import Organisation, Post
from tochuc.reorganise import actions
from tochuc.reorganise.queries import plan_of

EVE = DAY - timedelta(days=1)
YEAR = date(2023, 1, 1), date(2023, 12, 31)


@pytest.fixture(autouse=True)
def _whole(cast: Cast) -> object:
    """After every test the record is whole, and every organisation's statements add up over the day."""
    yield
    assert list(violations()) == []
    everywhere = Organisation.objects.all()
    for first, last in (YEAR, (DAY, DAY), (EVE, DAY)):
        found_ones, _ = statements(everywhere, first, last)
        assert all(one.reconciles for one in found_ones.values())


def stands(person: Person, on: date) -> str:
    stay = queries.membership_on(person, on)
    return stay.organisation.code if stay else ""


def codes(rows: object) -> set[str]:
    return {row.organisation.code for row in rows}  # type: ignore[attr-defined]


# --- found, rename, move, convert ---------------------------------------------------------------------------


def test_one_is_founded_with_posts_taken_over_from_those_before(cast: Cast) -> None:
    posts = [
        {
            "code": "moi-bi-thu",
            "kind": "secretary",
            "title": "Bí thư Đảng ủy Mới",
            "holder_of": ["secretary-a"],
        },
        {
            "code": "moi-pho",
            "kind": "deputy_secretary",
            "title": "Phó Bí thư Đảng ủy Mới",
            "holder_of": ["khong"],
        },
    ]
    apply(cast, found("moi", "grassroots_committee", "huyen", follows="xa-a", symbol="ĐU", posts=posts))
    new = org.by_code("moi")
    assert (new.since, new.symbol, org.parent_of(new, DAY)) == (DAY, "ĐU", cast.district)
    assert org.path_of(new, EVE) == []
    assert [s.predecessor for s in org.predecessors(new)] == [cast.commune_a]
    assert [(h.post.code, h.person, h.since) for h in queries.holders_at(new, DAY)] == [
        ("moi-bi-thu", cast.people["secretary_a"], DAY)
    ]
    assert {post.code for post in org.posts_at(new, DAY)} == {"moi-bi-thu", "moi-pho"}


def test_a_cells_post_goes_only_to_one_who_stands_in_it(cast: Cast) -> None:
    posts = [
        {"code": "p1", "kind": "secretary", "title": "Bí thư", "holder_of": ["secretary-b", "secretary-a1"]},
    ]
    apply(cast, found("moi", "cell", "xa-a", posts=posts), merge("xa-a-thon-dong", "moi"))
    assert [h.person for h in queries.holders_at(org.by_code("moi"), DAY)] == [cast.people["cell_a1"]]


def test_a_new_name_renews_the_posts_that_bear_the_old_one(cast: Cast) -> None:
    said = {
        "op": "rename",
        "of": "xa-a-thon-dong",
        "name": "Chi bộ thôn Đông Hòa",
        "short_name": "Thôn Đông Hòa",
    }
    apply(cast, said)
    assert (org.name_on(cast.a1, EVE), org.name_on(cast.a1, DAY)) == (
        "Chi bộ thôn Đông",
        "Chi bộ thôn Đông Hòa",
    )
    held = Holds.objects.filter(person=cast.people["cell_a1"]).select_related("post").order_by("since")
    assert [(h.post.title, h.until) for h in held] == [
        ("Bí thư Chi bộ thôn Đông", DAY),
        ("Bí thư Chi bộ thôn Đông Hòa", date(9999, 12, 31)),
    ]
    assert stands(cast.people["cell_a1"], DAY) == "xa-a-thon-dong"


def test_a_post_with_the_longest_code_is_renewed_too(cast: Cast) -> None:
    Post.objects.filter(code="secretary-a1").update(code="a" * 80)
    said = {"op": "rename", "of": "xa-a-thon-dong", "name": "Chi bộ thôn Đông Hòa", "short_name": "Đông Hòa"}
    apply(cast, said)
    assert Post.objects.get(title="Bí thư Chi bộ thôn Đông Hòa").code == "a" * 71 + f"-{DAY:%Y%m%d}"


def test_a_branch_that_moves_leaves_one_statement_and_enters_the_other(cast: Cast) -> None:
    apply(cast, move("xa-b", "huyen-2"))
    left, came = (ledger.statement(o, *YEAR) for o in (cast.district, cast.other_district))
    assert left.decreases["reorganisation_out"] == came.increases["reorganisation_in"] == Count(6, 1)
    assert not ledger.statement(cast.province, *YEAR).increases
    assert not ledger.statement(cast.commune_b, *YEAR).increases
    behind = [one for one in ledger.lines(cast.district, *YEAR) if one.reason == "reorganisation_out"]
    assert len(behind) == 7
    assert {(one.on, one.decision) for one in behind} == {(DAY, "12-QĐ/HU")}
    assert behind[0].from_name.endswith("Đảng bộ huyện Thu Giang")
    assert behind[0].to_name.endswith("Đảng bộ huyện Sông Bạc")
    assert not MemberEvent.objects.filter(kind="reorganised").exists()


def test_one_who_moved_that_very_day_is_counted_once(cast: Cast) -> None:
    members.transfer(cast.people["canary"], to=cast.b2, on=DAY, by=cast.actor(), today=TODAY)
    apply(cast, move("xa-b-khoi-ha", "xa-a"))
    assert ledger.statement(cast.commune_a, *YEAR).increases == {
        "reorganisation_in": Count(official=2),
        "transferred_in": Count(official=1),
    }
    assert ledger.statement(cast.commune_b, *YEAR).decreases == {
        "reorganisation_out": Count(official=2),
        "transferred_out": Count(official=1),
    }


def test_kinds_change_on_the_day(cast: Cast) -> None:
    apply(
        cast,
        found("xa-moi", "commune_committee", "tinh"),
        move(["xa-a-thon-dong", "xa-b-khoi-ha"], "xa-moi"),
        {"op": "convert", "below": "xa-moi", "was": "cell", "kind": "grassroots_cell"},
        {"op": "convert", "below": "xa-moi", "was_cell_kind": "quarter", "cell_kind": "village"},
    )
    spans = {s.organisation.code: (s.kind, s.cell_kind) for s in org.children(org.by_code("xa-moi"), DAY)}
    assert spans == {
        "xa-a-thon-dong": ("grassroots_cell", "village"),
        "xa-b-khoi-ha": ("grassroots_cell", "village"),
    }
    before = {s.organisation.code: (s.kind, s.cell_kind) for s in org.children(cast.commune_b, EVE)}
    assert before["xa-b-khoi-ha"] == ("cell", "quarter")


# --- merge --------------------------------------------------------------------------------------------------


def test_merged_cells_bring_everyone_with_them(cast: Cast) -> None:
    apply(cast, merge(["xa-b-thon-thuong", "xa-b-khoi-ha"], "xa-b-tram-y-te"))
    for key in ("canary", "member_b2", "probation_b1", "sympathiser_b1"):
        assert stands(cast.people[key], EVE) in {"xa-b-thon-thuong", "xa-b-khoi-ha"}
        assert stands(cast.people[key], DAY) == "xa-b-tram-y-te"
    assert ledger.headcount(cast.commune_b, EVE) == ledger.headcount(cast.commune_b, DAY)
    assert ledger.statement(cast.commune_b, *YEAR).increases == {}
    assert ledger.statement(cast.b1, *YEAR).decreases == {"reorganisation_out": Count(3, 1)}
    assert ledger.statement(cast.b3, *YEAR).increases == {"reorganisation_in": Count(5, 1)}
    event = MemberEvent.objects.get(person=cast.canary, kind="reorganised")
    assert (event.decision_number, event.decision_by) == ("12-QĐ/HU", "Ban Thường vụ Huyện ủy")
    assert {s.successor for s in org.successors(cast.b1)} == {cast.b3}
    assert [s.predecessor.code for s in org.predecessors(cast.b3)] == ["xa-b-khoi-ha", "xa-b-thon-thuong"]


def test_history_stays_under_the_old_names(cast: Cast) -> None:
    apply(cast, merge("xa-b-thon-thuong", "xa-b-khoi-ha"))
    assert [m.person for m in queries.members_of(cast.b1, EVE)].count(cast.canary) == 1
    assert not queries.members_of(cast.b1, DAY)
    assert org.path_of(cast.b1, EVE)[-1] == cast.b1
    assert org.name_on(cast.b1, TODAY) == "Chi bộ thôn Thượng"
    assert [e.kind for e in org.history(cast.b1)] == ["ended", "founded"]


def test_posts_of_what_ends_end_with_it(cast: Cast) -> None:
    apply(cast, merge("xa-b-thon-thuong", "xa-b-khoi-ha"))
    assert not queries.posts_of(cast.people["cell_b1"], DAY)
    assert queries.posts_of(cast.people["cell_b1"], EVE).get().post == cast.posts["secretary_b1"]
    assert not org.posts_at(cast.b1, DAY)
    assert queries.posts_of(cast.people["secretary_b"], DAY).get().post == cast.posts["secretary_b"]


def test_a_merged_committee_brings_its_cells(cast: Cast) -> None:
    apply(cast, merge(["xa-a", "xa-b"], "xa-moi"), found("xa-moi", "grassroots_committee", "huyen"))
    new = org.by_code("xa-moi")
    assert codes(org.children(new, DAY)) == {o.code for o in cast.cells[:6]}
    before = ledger.headcount(cast.commune_a, EVE) + ledger.headcount(cast.commune_b, EVE)
    assert ledger.headcount(new, DAY) == before
    assert ledger.statement(new, *YEAR).increases == {"reorganisation_in": before}
    assert ledger.statement(cast.district, *YEAR).increases == {}
    assert ledger.statement(cast.commune_a, *YEAR).closing == Count()


def test_roles_end_and_are_given_where_the_work_goes_on(cast: Cast) -> None:
    apply(cast, merge("xa-b-thon-thuong", "xa-a-thon-tay"), merge("xa-b", "xa-a"))
    held = [(a.role, a.organisation.code, a.since) for a in cast.viewer("cell_b1").assignments]
    assert held == [("cell_secretary", "xa-a-thon-tay", DAY), ("member", "xa-a-thon-tay", DAY)]
    earlier = [a.organisation.code for a in cast.viewer("cell_b1", EVE).assignments]
    assert earlier == ["xa-b-thon-thuong", "xa-b-thon-thuong"]
    assert gate.may(cast.viewer("secretary_b"), "member.read", "person", cast.people["member_a1"])
    assert not gate.may(cast.viewer("secretary_b", EVE), "member.read", "person", cast.people["member_a1"])


def test_roles_can_end_without_going_on_or_go_where_the_plan_says(cast: Cast) -> None:
    apply(
        cast,
        merge("xa-b-thon-thuong", "xa-b-khoi-ha", roles="end"),
        merge("xa-a-thon-dong", "xa-a-thon-tay"),
        roles=[
            {"role": "cell_secretary", "of": "xa-a-thon-dong", "to": ["xa-a-truong"], "account": "cell_a1"}
        ],
    )
    assert cast.viewer("cell_b1").assignments == ()
    held = {(a.role, a.organisation.code) for a in cast.viewer("cell_a1").assignments}
    assert held == {("cell_secretary", "xa-a-truong"), ("member", "xa-a-thon-tay")}


def test_whoever_left_from_an_ended_cell_stays_reachable(cast: Cast) -> None:
    former = cast.people["expelled_b3"]
    outside = [
        v
        for v in ("secretary_a", "cell_a1", "cell_a2")
        if gate.may(cast.viewer(v), "member.read", "person", former)
    ]
    assert outside == []
    apply(cast, merge("xa-b-tram-y-te", "xa-a-thon-dong"))
    assert former.home == cast.b3
    able = {name for name in cast.accounts if gate.may(cast.viewer(name), "member.read", "person", former)}
    # The successor's secretary and the levels above it; no longer the commune that the cell has left.
    assert able == {"officer", "cell_a1", "secretary_a"}
    assert gate.may(cast.viewer("cell_a1"), "organisation.read", "organisation", cast.b3)
    assert not gate.may(cast.viewer("cell_a1", EVE), "organisation.read", "organisation", cast.b3)


def test_one_that_nothing_follows_is_answered_for_by_the_level_above(cast: Cast) -> None:
    apply(cast, dissolve("huyen-btg"))
    assert org.successors(cast.propaganda_board).count() == 0
    assert gate.may(cast.viewer("officer"), "organisation.read", "organisation", cast.propaganda_board)
    assert not gate.may(
        cast.viewer("secretary_a"), "organisation.read", "organisation", cast.propaganda_board
    )


# --- split, dissolve ----------------------------------------------------------------------------------------


def _live(cast: Cast, **where: str) -> None:
    for key, residence in where.items():
        Person.objects.filter(pk=cast.people[key].pk).update(residence=residence)


def test_a_cell_is_divided_by_list_by_residence_and_by_former_cell(cast: Cast) -> None:
    _live(cast, member_a1="Thôn Đông Hạ, xã An Hòa", other_a1="Thôn Đông Thượng, xã An Hòa")
    apply(
        cast,
        found("moi", "cell", "xa-a"),
        split(
            "xa-a-thon-dong",
            {"to": "moi", "residence": ["thôn đông hạ"], "people": [cast.people["cell_a1"].ref]},
            {"to": "xa-a-truong", "before": ["xa-a-truong"]},
            rest="xa-a-thon-tay",
        ),
    )
    where = {
        key: stands(cast.people[key], DAY) for key in ("member_a1", "cell_a1", "moved_within_a", "other_a1")
    }
    assert where == {
        "member_a1": "moi",
        "cell_a1": "moi",
        "moved_within_a": "xa-a-truong",
        "other_a1": "xa-a-thon-tay",
    }
    assert {s.successor.code for s in org.successors(cast.a1)} == {"moi", "xa-a-truong", "xa-a-thon-tay"}
    # Accounts go with their people.
    assert {a.organisation.code for a in cast.viewer("cell_a1").assignments} == {"moi"}
    assert [a.organisation.code for a in cast.viewer("member_a1").assignments] == ["moi"]


def test_a_cell_that_keeps_the_rest_goes_on(cast: Cast) -> None:
    _live(cast, member_a1="Thôn Đông Hạ")
    apply(
        cast,
        found("moi", "cell", "xa-a"),
        split("xa-a-thon-dong", {"to": "moi", "residence": "thôn Đông Hạ"}, rest="xa-a-thon-dong"),
    )
    cast.a1.refresh_from_db()
    assert cast.a1.exists_on(TODAY)
    assert stands(cast.people["member_a1"], DAY) == "moi"
    assert stands(cast.people["cell_a1"], DAY) == "xa-a-thon-dong"
    assert MemberEvent.objects.filter(kind="reorganised").count() == 1
    assert queries.posts_of(cast.people["cell_a1"], DAY).exists()


def test_nobody_may_be_left_without_a_place_or_with_two(cast: Cast) -> None:
    _live(cast, member_a1="Thôn Đông Hạ")
    parts = [
        {"to": "xa-a-thon-tay", "residence": "thôn Đông"},
        {"to": "xa-a-truong", "residence": "thôn Đông Hạ"},
    ]
    with pytest.raises(Refusals) as refused:
        apply(cast, split("xa-a-thon-dong", *parts))
    assert {error.code for error in refused.value.errors} == {"no_place", "two_places"}
    assert any("Bùi Thị Lan" in error.message for error in refused.value.errors)


def test_names_that_stand_elsewhere_are_refused(cast: Cast) -> None:
    parts = {"to": "xa-a-thon-tay", "people": [cast.canary.ref]}
    with pytest.raises(Refused, match="Không có người mã"):
        apply(cast, split("xa-a-thon-dong", parts, rest="xa-a-truong"))


def test_a_dissolved_cells_members_go_to_the_named_place(cast: Cast) -> None:
    apply(cast, dissolve("xa-a-thon-tay", members_to="xa-a-thon-dong"))
    assert stands(cast.people["cell_a2"], DAY) == "xa-a-thon-dong"
    assert org.path_of(cast.a2, DAY) == []


def test_a_dissolved_committees_units_go_to_the_named_place(cast: Cast) -> None:
    apply(cast, dissolve("xa-b", units_to="xa-a", followed_by="huyen"))
    assert codes(org.children(cast.commune_a, DAY)) >= {"xa-b-thon-thuong", "xa-b-khoi-ha", "xa-b-tram-y-te"}
    assert {s.successor.code for s in org.successors(cast.commune_b)} == {"xa-a", "huyen"}


# --- refused by the record ----------------------------------------------------------------------------------


def test_a_plan_is_carried_out_only_once_its_day_has_come(cast: Cast) -> None:
    with pytest.raises(Refused, match="chưa tới"):
        apply(cast, move("xa-b", "huyen-2"), day=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="không thể sau ngày có hiệu lực"):
        apply(cast, move("xa-b", "huyen-2"), day=date(2023, 2, 1))


def test_what_is_recorded_after_the_day_and_contradicts_is_listed(cast: Cast) -> None:
    members.transfer(
        cast.people["canary"], to=cast.b3, on=DAY + timedelta(days=5), by=cast.actor(), today=TODAY
    )
    with pytest.raises(Refused, match="Kim Oanh Sơn Ca đã ghi đến Chi bộ Trạm Y tế ngày 06/03/2023"):
        apply(cast, merge("xa-b-tram-y-te", "xa-b-khoi-ha"))


def test_a_post_taken_after_the_day_is_listed(cast: Cast) -> None:
    members.append(
        cast.people["canary"], "took_post", on=DAY + timedelta(days=5), by=cast.actor(), today=TODAY,
        post=cast.posts["secretary_b1"],
    )  # fmt: skip
    with pytest.raises(Refused, match="Kim Oanh Sơn Ca nhận chức Bí thư Chi bộ thôn Thượng"):
        apply(cast, merge("xa-b-thon-thuong", "xa-b-khoi-ha"))


def test_a_code_of_a_post_names_one_post(cast: Cast) -> None:
    posts = [{"code": "secretary-a", "kind": "secretary", "title": "Bí thư"}]
    with pytest.raises(Refused, match="Mã chức vụ «secretary-a» đã dùng"):
        apply(cast, found("moi", "cell", "xa-a", posts=posts))


# --- the trail ----------------------------------------------------------------------------------------------


def test_there_is_one_entry_for_each_organisation_and_the_plan_is_kept(cast: Cast) -> None:
    made = apply(cast, merge("xa-b-thon-thuong", "xa-b-khoi-ha"), move("xa-b-tram-y-te", "xa-a"))
    entries = Entry.objects.filter(action="organisation.reorganised")
    assert sorted(entries.values_list("stream", flat=True)) == ["xa-b-thon-thuong", "xa-b-tram-y-te"]
    moved = entries.get(stream="xa-b-tram-y-te")
    assert (moved.data["before"]["parent"], moved.data["after"]["parent"]) == ("xa-b", "xa-a")
    assert moved.account_name == "Lê Thị Thu Hà"
    assert Entry.objects.get(action="reorganisation.applied").object_key == made.ref
    assert plan_of(made) == plan(merge("xa-b-thon-thuong", "xa-b-khoi-ha"), move("xa-b-tram-y-te", "xa-a"))


def test_a_closed_one_stays(cast: Cast) -> None:
    made = apply(cast, move("xa-b", "huyen-2"))
    actions.close(made, by=cast.actor())
    for again in (actions.close, lambda one, by: actions.undo(one, by=by, today=TODAY)):
        with pytest.raises(Refused, match="đã khóa"):
            again(made, by=cast.actor())


def test_two_reorganisations_follow_one_another(cast: Cast) -> None:
    apply(cast, merge("xa-b-thon-thuong", "xa-b-khoi-ha"))
    apply(cast, merge("xa-b-khoi-ha", "xa-b-tram-y-te"), day=date(2023, 4, 1))
    assert stands(cast.canary, date(2023, 3, 31)) == "xa-b-khoi-ha"
    assert stands(cast.canary, date(2023, 4, 1)) == "xa-b-tram-y-te"
    assert Membership.objects.filter(person=cast.canary).count() == 3
    assert gate.may(cast.viewer("secretary_b"), "organisation.read", "organisation", cast.b1)


def test_posts_of_a_moved_organisation_end_when_the_plan_says_so(cast: Cast) -> None:
    apply(cast, move("xa-b", "huyen-2", posts="end"))
    assert not org.posts_at(cast.commune_b, DAY)
    assert not queries.posts_of(cast.people["secretary_b"], DAY)
    assert Post.objects.get(code="secretary-b1").until == date(9999, 12, 31)

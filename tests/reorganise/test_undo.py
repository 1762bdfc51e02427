"""Undoing a reorganisation gives back every day as it was; what was known in between stays known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import PASSWORD, TODAY, Cast, decided, recorded_on
from reorganise.everything import standing, statements, there, written
from reorganise.plans import DAY, apply, dissolve, found, merge, move, plan, split
from tochuc.access import actions as access
from tochuc.audit.models import Entry
from tochuc.documents.models import Document
from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import actions as members
from tochuc.members.invariants import violations
from tochuc.members.models import Holds, MemberEvent
from tochuc.org import actions as org
from tochuc.org import queries as orgs
from tochuc.org.models import Organisation, Post
from tochuc.reorganise import actions
from tochuc.reorganise.models import UNDONE, Reorganisation
from tochuc.reorganise.preview import LEFT, preview
from tochuc.reorganise.undoing import ChangedSince

LATER = TODAY + timedelta(days=10)

RENAMED = {"op": "rename", "of": "xa-b-khoi-ha", "name": "Chi bộ thôn Hạ", "short_name": "Thôn Hạ"}
PLANS: dict[str, list[dict[str, Any]]] = {
    "found": [found("moi", "grassroots_committee", "huyen", posts=[
        {"code": "moi-bi-thu", "kind": "secretary", "title": "Bí thư", "holder_of": ["secretary-a"]}])],
    "rename": [RENAMED],
    "move": [move("xa-b", "huyen-2")],
    "merge": [merge(["xa-b-thon-thuong", "xa-b-khoi-ha"], "xa-b-tram-y-te")],
    "merge committees": [found("moi", "grassroots_committee", "huyen"), merge(["xa-a", "xa-b"], "moi")],
    "split": [found("moi", "cell", "xa-a"), split("xa-a-thon-dong", {"to": "moi"}, rest="xa-a-thon-tay")],
    "split off": [found("moi", "cell", "xa-a"), split("xa-a-thon-dong", {"to": "moi"}, rest="xa-a-thon-dong")],
    "convert": [{"op": "convert", "of": "xa-b-khoi-ha", "cell_kind": "village"}],
    "dissolve": [dissolve("xa-b", units_to="xa-a"), dissolve("xa-b-thon-thuong", members_to="xa-a-thon-dong")],
}  # fmt: skip


def on(year: int, month: int, day: int) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(date(year, month, day), time()))


def undo(cast: Cast, made: Reorganisation, today: date = LATER) -> None:
    with recorded_on(today):
        actions.undo(made, by=cast.actor(), today=today, reason="Thu hồi quyết định.")


@pytest.mark.parametrize("name", PLANS)
def test_every_day_is_as_it_was(cast: Cast, name: str) -> None:
    before = standing()
    made = apply(cast, *PLANS[name])
    assert standing() != before
    undo(cast, made)
    assert standing() == before
    assert list(violations()) == []
    made.refresh_from_db()
    assert (made.state, made.settled_by_id) == (UNDONE, cast.officer.pk)


@pytest.mark.parametrize("name", PLANS)
def test_what_was_known_in_between_stays_known(cast: Cast, name: str) -> None:
    with recorded_on(TODAY - timedelta(days=1)):
        earlier = on(2023, 4, 20)
        before = statements(there())
        watched = there()
        made = apply(cast, *PLANS[name])
    # The application of the plan is recorded on 19/04, its undoing ten days after the 20th.
    between = on(2023, 4, 25)
    known = statements(there())
    assert statements(there(), known=between) == known
    undo(cast, made)
    assert statements(watched, known=between) == {o.code: known[o.code] for o in watched}
    assert statements(watched, known=on(2023, 5, 30)) == before
    assert statements(watched, known=earlier - timedelta(days=2)) == before


def test_it_can_be_carried_out_again_with_the_same_codes(cast: Cast) -> None:
    plan = [
        *PLANS["found"],
        *PLANS["merge"],
        RENAMED | {"of": "xa-a-thon-dong", "name": "Chi bộ thôn Đông Hòa"},
    ]
    made = apply(cast, *plan)
    first = standing()
    undo(cast, made)
    with recorded_on(LATER):
        again = apply(cast, *plan)
    assert standing() == first
    undo(cast, again, LATER + timedelta(days=1))
    assert list(violations()) == []


def test_it_is_undone_once(cast: Cast) -> None:
    made = apply(cast, *PLANS["move"])
    undo(cast, made)
    with pytest.raises(Refused, match="đã hủy trước đó"):
        undo(cast, made)
    entries = Entry.objects.filter(action="organisation.restored")
    assert [(e.stream, e.reason) for e in entries] == [("xa-b", "Thu hồi quyết định.")]


def test_the_wrong_entries_stay_readable_with_the_reason(cast: Cast) -> None:
    made = apply(cast, *PLANS["merge"])
    undo(cast, made)
    event = MemberEvent.objects.get(person=cast.canary, kind="reorganised")
    assert (event.corrected_by.kind, event.corrected_by.reason) == ("void", "Thu hồi quyết định.")


def test_late_entries_taken_along_are_given_back_too(cast: Cast) -> None:
    made = apply(cast, *PLANS["merge"])
    members.transfer(cast.people["clerk"], to=cast.b1, on=date(2023, 2, 10), by=cast.actor(), today=TODAY)
    undo(cast, made)
    assert cast.people["clerk"].memberships.get(until=FOREVER).organisation == cast.b1
    assert list(violations()) == []


def test_entries_since_that_do_not_rest_on_it_stay(cast: Cast) -> None:
    made = apply(cast, *PLANS["merge committees"])
    members.append(cast.people["elder_a1"], "died", on=date(2023, 4, 2), by=cast.actor(), today=TODAY)
    members.transfer(cast.canary, to=cast.a1, on=date(2023, 4, 3), by=cast.actor(), today=TODAY)
    undo(cast, made)
    assert cast.canary.memberships.get(until=FOREVER).organisation == cast.a1
    assert not cast.people["elder_a1"].memberships.filter(until=FOREVER)
    assert list(violations()) == []


# --- what stands in the way ---------------------------------------------------------------------------------


@contextmanager
def in_the_way(cast: Cast, made: Reorganisation, *words: str) -> Iterator[None]:
    """Undoing is refused with these entries, and changes nothing."""
    yield
    counted, stood = written(), standing()
    with pytest.raises(ChangedSince) as refused:
        undo(cast, made)
    for word in words:
        assert any(word in entry for entry in refused.value.entries), refused.value.entries
        assert word in refused.value.message
    assert written() == counted
    assert standing() == stood


def test_someone_admitted_to_a_founded_cell_is_in_the_way(cast: Cast) -> None:
    made = apply(cast, *PLANS["split"])
    with in_the_way(cast, made, "Người Mới Vào: «Kết nạp đảng viên» ngày 05/04/2023"):
        birth = KnownDate(date(1990, 1, 1))
        person = members.register(full_name="Người Mới Vào", gender="male", birth=birth, by=cast.actor())
        day = date(2023, 4, 5)
        members.admit(
            person, cell=orgs.by_code("moi"), on=day, decision=decided(day), by=cast.actor(), today=TODAY
        )


def test_someone_who_came_to_an_organisation_that_would_end_then_is_in_the_way(cast: Cast) -> None:
    made = apply(cast, *PLANS["split off"])
    with in_the_way(cast, made, "Kim Oanh Sơn Ca: «Chuyển sinh hoạt đảng»"):
        new = orgs.by_code("moi")
        members.transfer(cast.canary, to=new, on=date(2023, 4, 3), by=cast.actor(), today=TODAY)


def test_a_new_name_or_a_new_unit_of_a_founded_one_is_in_the_way(cast: Cast) -> None:
    made = apply(cast, *PLANS["merge committees"])
    with in_the_way(cast, made, "Đảng bộ Mới: thay đổi ngày 10/04/2023", "Chi bộ Mới trực thuộc"):
        new = orgs.by_code("moi")
        day = date(2023, 4, 10)
        org.rename(new, name="Đảng bộ Mới", short_name="Mới", on=day, by=cast.actor(), decision="1")
        org.found(
            code="chi-bo-moi", name="Chi bộ Mới", short_name="Mới", kind="cell", parent=new, on=day, by=cast.actor()
        )  # fmt: skip


def test_a_later_reorganisation_is_in_the_way_until_it_is_undone(cast: Cast) -> None:
    before = standing()
    first = apply(cast, *PLANS["split"])
    second = apply(cast, merge("xa-a-truong", "moi"), day=date(2023, 4, 1))
    with in_the_way(cast, first, "Chuyển theo sắp xếp tổ chức"):
        pass
    undo(cast, second)
    undo(cast, first)
    assert standing() == before


def test_a_role_and_a_paper_of_a_founded_one_are_in_the_way(cast: Cast) -> None:
    made = apply(cast, *PLANS["found"])
    with in_the_way(cast, made, "9-QĐ/ĐU", "Ban Mới"):
        new = orgs.by_code("moi")
        account = access.open_account(username="moi", full_name="Ban Mới", password=PASSWORD, by=cast.actor())
        access.give_role(account, "commune_secretary", new, since=DAY, by=cast.actor())
        Document.objects.create(key="9-QĐ/ĐU", type_name="Quyết định", organisation=new)


def test_a_role_that_was_ended_since_is_in_the_way(cast: Cast) -> None:
    made = apply(cast, *PLANS["merge"])
    with in_the_way(cast, made, "Vai trò"):
        for role in cast.viewer("cell_b1").assignments:
            access.end_role(role, on=TODAY, by=cast.actor())


def test_a_post_left_since_in_a_founded_one_is_in_the_way(cast: Cast) -> None:
    made = apply(cast, *PLANS["found"])
    with in_the_way(cast, made, "Nguyễn Văn Thành: «Thôi chức vụ»"):
        new = orgs.posts_at(orgs.by_code("moi"), TODAY).get()
        members.append(
            cast.people["secretary_a"], "left_post", on=date(2023, 4, 4), by=cast.actor(), today=TODAY, post=new
        )  # fmt: skip


def test_roles_given_by_it_end_on_the_day_it_is_undone(cast: Cast) -> None:
    made = apply(cast, *PLANS["merge"])
    undo(cast, made)
    assert {a.organisation for a in cast.viewer("cell_b1", LATER).assignments} == {cast.b1}
    assert {a.organisation for a in cast.viewer("cell_b1", TODAY).assignments} == {cast.b1, cast.b3}


def test_an_organisation_whose_founding_was_taken_back_has_no_day(cast: Cast) -> None:
    made = apply(cast, *PLANS["found"])
    undo(cast, made)
    gone = Organisation.objects.get(code="moi")
    assert not any(gone.exists_on(day) for day in (DAY, TODAY, LATER))
    assert list(orgs.history(gone)) == []


def test_who_goes_to_another_cell_leaves_its_posts_and_has_them_again_once_undone(cast: Cast) -> None:
    secretary, before = cast.people["cell_a1"], standing()
    part = {"to": "xa-a-thon-tay", "people": [secretary.ref]}
    asked = split("xa-a-thon-dong", part, rest="xa-a-thon-dong")
    seen = preview(plan(asked), by=cast.actor(), today=TODAY)
    assert [(one.title, one.what, one.holder) for one in seen.posts] == [
        ("Bí thư Chi bộ thôn Đông", LEFT, "Võ Đình Cường")
    ]
    made = apply(cast, asked)
    held = Holds.objects.get(post=cast.posts["secretary_a1"], person=secretary)
    assert held.until == DAY
    assert cast.posts["secretary_a1"].until == FOREVER
    undo(cast, made)
    assert standing() == before


def test_what_an_undone_plan_had_made_is_in_no_later_plans_way(cast: Cast) -> None:
    renamed = {
        "op": "rename",
        "of": "xa-a-thon-dong",
        "name": "Chi bộ thôn Đông Mới",
        "short_name": "Đông Mới",
    }
    made = apply(cast, renamed)
    assert Post.objects.filter(title="Bí thư Chi bộ thôn Đông Mới").exists()
    undo(cast, made)
    earlier = DAY - timedelta(days=3)
    apply(cast, merge("xa-a-thon-dong", "xa-a-thon-tay"), day=earlier)
    assert not orgs.by_code("xa-a-thon-dong").exists_on(earlier)

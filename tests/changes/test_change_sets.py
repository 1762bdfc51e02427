"""A change set of any kind: what it did to each person, looked at whole, undone as one."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cast import TODAY, Cast
from reorganise.plans import apply as reorganise
from tochuc.audit.models import Entry
from tochuc.changes import actions
from tochuc.changes.models import BULK, MERGE, ChangeSet
from tochuc.changes.since import looked_at, standing
from tochuc.kernel.errors import Refused
from tochuc.members import actions as members
from tochuc.members.invariants import violations
from tochuc.members.models import Person
from tochuc.members.queries import membership_on
from web.browsing import address, entered, filled, own_folders, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

WHO = ("member_a1", "other_a1")


def _moved(cast: Cast, kind: str = BULK) -> ChangeSet:
    """Two members of a1 transferred to a2 by one act."""
    made = actions.begin(
        kind, cast.commune_a, title="Chuyển hai đảng viên", by=cast.actor(), as_of=TODAY, reason="Chia tổ"
    )
    for key in WHO:
        person = cast.people[key]
        event = members.transfer(person, to=cast.a2, on=TODAY, by=cast.actor(), today=TODAY)
        actions.note(made, person, events=[event])
    actions.finish(made, cast.actor())
    return made


def _cell(cast: Cast, key: str, on: date = TODAY) -> str:
    found = membership_on(cast.people[key], on)
    return found.organisation.code if found else ""


def test_undoing_takes_back_the_events_of_everyone(cast: Cast):
    made = _moved(cast)
    assert {_cell(cast, key) for key in WHO} == {cast.a2.code}
    undone = actions.undo(made, by=cast.actor(), reason="Ghi nhầm")
    assert (undone.people, undone.kept) == (2, ())
    assert {_cell(cast, key) for key in WHO} == {cast.a1.code}
    assert not list(violations())


def test_it_is_in_the_trail_with_its_reason_and_counts(cast: Cast):
    made = _moved(cast)
    entry = Entry.objects.get(action="changeset.bulk")
    assert (entry.object_key, entry.stream, entry.reason) == (made.ref, "xa-a", "Chia tổ")
    assert entry.data["people"] == 2


def test_fields_go_back_to_what_they_were(cast: Cast):
    made = actions.begin(BULK, cast.a1, title="Sửa nghề nghiệp", by=cast.actor(), as_of=TODAY)
    for key in WHO:
        actions.rewrite(made, cast.people[key], {"occupation": "Nông dân", "birth": "1990"})
    assert Person.objects.get(pk=cast.people["member_a1"].pk).birth.iso == "1990"
    actions.undo(made, by=cast.actor(), reason="Ghi nhầm")
    again = Person.objects.get(pk=cast.people["member_a1"].pk)
    assert (again.occupation, again.birth.iso) == ("", "1988-10-20")


def test_an_event_that_corrected_another_gives_way_to_the_first_again(cast: Cast):
    person = cast.people["moved_within_a"]
    first = person.events.get(kind="transferred")
    made = actions.begin(BULK, cast.commune_a, title="Sửa ngày chuyển", by=cast.actor(), as_of=TODAY)
    other = members.correct(
        first, by=cast.actor(), today=TODAY, reason="Sai ngày", replacement={"on": date(2022, 3, 20)}
    )
    actions.note(made, person, events=[other])
    assert _cell(cast, "moved_within_a", date(2022, 3, 17)) == cast.a3.code
    actions.undo(made, by=cast.actor(), reason="Ngày cũ đúng")
    assert _cell(cast, "moved_within_a", date(2022, 3, 17)) == cast.a1.code
    assert person.events.filter(corrected_by=None).exclude(kind="void").count() == 2


def test_a_void_is_taken_back_by_saying_the_event_again(cast: Cast):
    person = cast.people["moved_within_a"]
    made = actions.begin(BULK, cast.commune_a, title="Hủy", by=cast.actor(), as_of=TODAY)
    first = person.events.get(kind="transferred")
    void = members.correct(first, by=cast.actor(), today=TODAY, reason="Không có việc này")
    actions.note(made, person, events=[void])
    assert _cell(cast, "moved_within_a") == cast.a3.code
    actions.undo(made, by=cast.actor(), reason="Có việc này")
    assert _cell(cast, "moved_within_a") == cast.a1.code


def test_what_has_happened_since_and_does_not_rest_on_it_stays_and_is_told(cast: Cast):
    made = _moved(cast)
    members.append(cast.people["member_a1"], "exempted", on=TODAY, by=cast.actor(), today=TODAY)
    looked = {one.change.person_id: one for one in looked_at(list(standing(made.changes.all())))}
    one = looked[cast.people["member_a1"].pk]
    assert one.conflicts == ()
    assert "miễn" in one.later[0].lower()
    actions.undo(made, by=cast.actor(), reason="Ghi nhầm")
    assert _cell(cast, "member_a1") == cast.a1.code
    assert cast.people["member_a1"].conditions.count() == 1


def _back_to_a1(cast: Cast) -> None:
    members.transfer(cast.people["member_a1"], to=cast.a1, on=TODAY, by=cast.actor(), today=TODAY)


def test_one_whose_later_entry_rests_on_it_is_left_and_named(cast: Cast):
    made = _moved(cast)
    _back_to_a1(cast)
    undone = actions.undo(made, by=cast.actor(), reason="Ghi nhầm")
    assert undone.people == 1
    assert "Chuyển sinh hoạt" in undone.kept[0].conflicts[0]
    assert _cell(cast, "other_a1") == cast.a1.code


def test_a_kind_that_is_undone_whole_stays_when_one_of_its_people_cannot_be(cast: Cast):
    made = _moved(cast, MERGE)
    _back_to_a1(cast)
    with pytest.raises(Refused, match="Bùi Thị Lan"):
        actions.undo(made, by=cast.actor(), reason="Ghi nhầm")
    assert _cell(cast, "other_a1") == cast.a2.code


def test_one_corrected_since_is_left(cast: Cast):
    made = _moved(cast)
    event = cast.people["member_a1"].events.get(kind="transferred")
    members.correct(event, by=cast.actor(), today=TODAY, reason="Sai", replacement={"organisation": cast.a3})
    kept = actions.undo(made, by=cast.actor(), reason="Ghi nhầm").kept
    assert "đính chính" in kept[0].conflicts[0]


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def test_the_page_of_a_branch_lists_them_and_one_is_undone_from_its_own_page(cast: Cast, officer: Client):
    made = _moved(cast)
    listed = words(officer.get(address("organisation_changes", "huyen")))
    assert "Chuyển hai đảng viên" in listed
    assert "Thay đổi hàng loạt" in listed
    shown = words(officer.get(address("changeset", made.ref)))
    assert "Chuyển sinh hoạt đảng đến Chi bộ thôn Tây" in shown
    assert "Chia tổ" in shown
    url = address("changeset_undo", made.ref)
    answer = officer.post(url, filled(officer.get(url), reason="Ghi nhầm"), follow=True)
    assert "Đã hoàn tác 2 hồ sơ" in words(answer)


def test_without_a_reason_nothing_is_undone(cast: Cast, officer: Client):
    url = address("changeset_undo", _moved(cast).ref)
    officer.post(url, filled(officer.get(url), reason=" "))
    assert _cell(cast, "member_a1") == cast.a2.code


def test_the_list_of_another_branch_is_out_of_reach(cast: Cast):
    _moved(cast)
    stranger = entered(cast.secretary_b)
    assert stranger.get(address("organisation_changes", "xa-a")).status_code == 404
    assert "Chuyển hai đảng viên" not in words(stranger.get(address("organisation_changes", "xa-b")))


def test_a_reorganisation_stands_on_the_page_of_those_it_concerned(cast: Cast, officer: Client):
    rename = {"op": "rename", "of": cast.a1.code, "name": "Chi bộ Đông", "short_name": "Đông"}
    reorganise(cast, rename, title="Đổi tên thôn Đông")
    assert "Đổi tên thôn Đông" in words(officer.get(address("organisation_changes", "xa-a")))
    assert "Đổi tên thôn Đông" not in words(officer.get(address("organisation_changes", "xa-b")))

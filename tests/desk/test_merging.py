"""Merging two records of one person: both histories stay, what contradicts is refused, all of it can be undone."""

from __future__ import annotations

from datetime import date
from unittest.mock import Mock

import pytest
from django.test import Client

from cast import PASSWORD, TODAY, Cast, decided
from tochuc.changes.actions import undo
from tochuc.desk import duplicates, merging
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions, identity
from tochuc.members.invariants import violations
from tochuc.members.ledger import headcount
from tochuc.members.models import Person
from web.browsing import address, entered, errors, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

SINCE = date(2021, 6, 1)


@pytest.fixture
def twice(cast: Cast) -> Person:
    """The member Bùi Thị Lan of a1, entered once more in a2 with her card and telephone."""
    again = actions.register(
        full_name="Bùi Thị Lân",
        gender="female",
        birth=parse_known_date("20/10/1988"),
        by=cast.actor(),
        card_number="49.012345",
        phone="0905111222",
    )
    data = {"standing": "official", "admitted_on": "2014-03-26"}
    actions.append(again, "opening", on=SINCE, by=cast.actor(), today=TODAY, organisation=cast.a2, data=data)
    return again


def _merge(cast: Cast, goes: Person, take: tuple[str, ...] = ("card_number", "phone")):
    stays = cast.people["member_a1"]
    return merging.merge(stays, goes, take=take, by=cast.actor(), today=TODAY, reason="Cùng căn cước")


def _heads(cast: Cast) -> int:
    return headcount(cast.commune_a, TODAY).total


def test_one_entered_twice_is_found_with_the_reason(cast: Cast, twice: Person):
    (pair,) = duplicates.in_branch(cast.district, TODAY)
    assert {pair.low, pair.high} == {cast.people["member_a1"].pk, twice.pk}
    assert pair.reasons[0].words == "Họ tên chỉ khác dấu, cùng ngày sinh 20/10/1988"
    assert duplicates.in_branch(cast.commune_b, TODAY) == []


def test_the_same_identity_number_is_found_though_nothing_else_is_alike(cast: Cast):
    for key in ("canary", "member_b2"):
        identity.set_national_id(cast.people[key], "048092001234", by=cast.actor())
    (pair,) = duplicates.in_branch(cast.commune_b, TODAY)
    assert pair.reasons[0].words == "Cùng số căn cước"


def test_two_people_are_remembered_and_can_be_asked_about_again(cast: Cast, twice: Person):
    lan = cast.people["member_a1"]
    with pytest.raises(Refused):
        duplicates.say_two(twice, lan, by=cast.actor(), reason=" ")
    duplicates.say_two(twice, lan, by=cast.actor(), reason="Chị em họ")
    assert duplicates.in_branch(cast.district, TODAY) == []
    duplicates.forget_two(lan, twice, by=cast.actor())
    assert len(duplicates.in_branch(cast.district, TODAY)) == 1


def test_asking_again_is_written_with_its_trail_or_not_at_all(
    cast: Cast, twice: Person, monkeypatch: pytest.MonkeyPatch
):
    lan = cast.people["member_a1"]
    duplicates.say_two(twice, lan, by=cast.actor(), reason="Chị em họ")
    monkeypatch.setattr(duplicates, "record", Mock(side_effect=RuntimeError))
    with pytest.raises(RuntimeError):
        duplicates.forget_two(lan, twice, by=cast.actor())
    assert duplicates.said_two(lan, twice) is not None


def test_merging_counts_the_person_once_and_keeps_what_was_chosen(cast: Cast, twice: Person):
    before = _heads(cast)
    _merge(cast, twice)
    stays, goes = Person.objects.get(pk=cast.people["member_a1"].pk), Person.objects.get(pk=twice.pk)
    assert _heads(cast) == before - 1
    assert (stays.full_name, stays.card_number, stays.phone) == ("Bùi Thị Lan", "49.012345", "0905111222")
    assert (goes.merged_into, goes.card_number, goes.standing) == (stays, "", "outside")
    assert stays.home == goes.home == cast.a1
    assert goes.events.filter(kind="opening").exists()
    assert not list(violations())


def test_what_only_the_other_ledger_knows_joins_the_one_that_stays(cast: Cast, twice: Person):
    actions.append(twice, "exempted", on=date(2023, 1, 5), by=cast.actor(), today=TODAY)
    _merge(cast, twice)
    lan = cast.people["member_a1"]
    assert lan.conditions.get().since == date(2023, 1, 5)
    assert lan.events.get(kind="exempted").data["merged_from"] == twice.ref


def test_an_identity_number_only_the_other_has_comes_along_sealed_for_the_one_that_stays(
    cast: Cast, twice: Person
):
    identity.set_national_id(twice, "048188001234", by=cast.actor())
    made = _merge(cast, twice, ("national_id",))
    lan = Person.objects.select_related("identity").get(pk=cast.people["member_a1"].pk)
    assert identity.numbers_of([lan]) == {lan.pk: "048188001234"}
    undo(made, by=cast.actor(), reason="Gộp nhầm")
    assert Person.objects.get(pk=lan.pk).identity is None


def test_ledgers_that_contradict_are_refused_with_how_to_mend(cast: Cast):
    one, other = cast.people["probation_a1"], cast.people["recognised_a3"]
    with pytest.raises(Refused, match="Hãy đính chính mục sai ở một trong hai hồ sơ"):
        merging.merge(one, other, by=cast.actor(), today=TODAY, reason="Nhầm")
    assert Person.objects.get(pk=other.pk).merged_into is None


def test_the_record_with_an_account_stays(cast: Cast, twice: Person):
    with pytest.raises(Refused, match="tài khoản"):
        merging.merge(twice, cast.people["member_a1"], by=cast.actor(), today=TODAY, reason="Cùng người")
    assert PASSWORD


def test_a_merged_record_takes_no_further_entry_and_is_merged_no_more(cast: Cast, twice: Person):
    _merge(cast, twice)
    with pytest.raises(Refused, match="đã được gộp"):
        actions.append(twice, "died", on=TODAY, by=cast.actor(), today=TODAY)
    with pytest.raises(Refused, match="đã được gộp"):
        _merge(cast, twice)


def test_undoing_gives_both_records_and_ledgers_back(cast: Cast, twice: Person):
    before = _heads(cast)
    made = _merge(cast, twice)
    undo(made, by=cast.actor(), reason="Hai chị em")
    stays, goes = Person.objects.get(pk=cast.people["member_a1"].pk), Person.objects.get(pk=twice.pk)
    assert (stays.card_number, stays.phone) == ("", "")
    assert (goes.card_number, goes.merged_into, goes.home) == ("49.012345", None, cast.a2)
    assert _heads(cast) == before
    assert not list(violations())


def test_what_happened_since_to_the_one_that_stays_remains_after_undoing(cast: Cast, twice: Person):
    made = _merge(cast, twice)
    lan = cast.people["member_a1"]
    actions.transfer(lan, to=cast.a3, on=TODAY, by=cast.actor(), today=TODAY)
    assert Person.objects.get(pk=twice.pk).home == cast.a3
    undo(made, by=cast.actor(), reason="Hai chị em")
    assert Person.objects.get(pk=lan.pk).home == cast.a3
    assert Person.objects.get(pk=twice.pk).home == cast.a2


def test_the_whole_of_it_by_the_pages(cast: Cast, twice: Person):
    officer = entered(cast.officer)
    listed = officer.get(address("organisation_duplicates", "xa-a"))
    (url,) = shown(listed).xpath("//main//table//th/a/@href")
    page = officer.get(url)
    assert "Khác nhau" in words(page)
    assert "49.012345" in words(page)
    refused = officer.post(url, filled(page, form=0, reason=""))
    assert "Căn cứ" in errors(refused)
    done = officer.post(url, filled(page, form=0, reason="Đã đối chiếu căn cước"), follow=True)
    assert "Đã gộp hai hồ sơ" in words(done)
    gone = twice if Person.objects.get(pk=twice.pk).merged_into_id else cast.people["member_a1"]
    led = officer.get(address("member", gone.ref), follow=True)
    assert "Hồ sơ đã gộp vào đây" in words(led)
    (past,) = [u for u in shown(led).xpath("//main//a/@href") if u.endswith("ho-so-da-gop/")]
    assert "Ghi nhận khi lập sổ" in words(officer.get(past))
    assert "Không thấy hồ sơ nào trùng" in words(officer.get(address("organisation_duplicates", "xa-a")))


def test_saying_that_they_are_two_takes_them_off_the_list(cast: Cast, twice: Person):
    officer: Client = entered(cast.officer)
    url = address("organisation_duplicates", "xa-a")
    (pair,) = shown(officer.get(url)).xpath("//main//table//th/a/@href")
    officer.post(pair, filled(officer.get(pair), form=1, why_two="Hai chị em sinh đôi"))
    assert "Hai chị em sinh đôi" in words(officer.get(url))
    assert duplicates.in_branch(cast.commune_a, TODAY) == []


def test_one_of_another_branch_can_be_neither_seen_nor_merged(cast: Cast, twice: Person):
    client = entered(cast.secretary_b)
    path = f"/dang-vien/{cast.people['canary'].ref}/trung/{twice.ref}/"
    assert client.get(path).status_code == 404
    assert entered(cast.cell_a1).get(address("organisation_duplicates", cast.a1.code)).status_code == 403
    assert decided(TODAY)

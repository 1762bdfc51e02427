"""The clean-data desk: what checks find, what is remembered as correct, what is counted and shown to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from cast import TODAY, Cast
from tochuc.desk import answers, findings, monthly, rollup
from tochuc.desk.checks import CHECKS
from tochuc.duties.duty import collect
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions, identity
from tochuc.members.models import Person
from web.browsing import address, entered, errors, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

WHOLE = {"hometown": "Duy Xuyên", "residence": "Thôn Đông", "ethnicity": "Kinh", "card_number": "49.000001"}


@pytest.fixture
def clean(cast: Cast) -> Person:
    """The member of a1 with everything the forms ask for."""
    return _said(cast.people["member_a1"], **WHOLE)


def _said(person: Person, **values: Any) -> Person:
    Person.objects.filter(pk=person.pk).update(**values)
    return Person.objects.select_related("home").get(pk=person.pk)


def _codes(person: Person, today: date = TODAY) -> set[str]:
    return {one.check.code for one in findings.of_person(person, today) if not one.answered}


def test_a_whole_record_has_nothing_to_mend(clean: Person):
    assert _codes(clean) == set()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"full_name": "Lan"}, "name_one_word"),
        ({"full_name": "BÙI THỊ LAN"}, "name_capitals"),
        ({"full_name": "Bùi thị Lan"}, "name_capitals"),
        ({"hometown": "Hoa\u0300 Vang"}, "text_form"),
        ({"full_name": "Bùi  Thị Lan"}, "text_form"),
        ({"gender": "male"}, "gender_name"),
        ({"birth_on": date(1870, 1, 1)}, "birth_impossible"),
        ({"birth_on": date(2014, 4, 1)}, "admitted_before_birth"),
        ({"birth_on": date(1999, 4, 1)}, "admitted_young"),
        ({"hometown": ""}, "hometown_missing"),
        ({"ethnicity": ""}, "ethnicity_missing"),
        ({"card_number": ""}, "card_missing"),
        ({"card_number": "49.0001"}, "card_form"),
        ({"card_number": "49.00000A"}, "card_form"),
        ({"phone": "090511"}, "phone_form"),
    ],
)
def test_each_check_finds_what_it_is_for(clean: Person, values: dict[str, Any], code: str):
    assert code in _codes(_said(clean, **values))


def test_names_of_peoples_with_apostrophes_are_written_well(clean: Person):
    assert "name_capitals" not in _codes(_said(clean, full_name="H'Hen Niê"))


def test_what_only_later_forms_ask_for_is_asked_for_from_then_on(clean: Person):
    assert "identity_missing" not in _codes(clean)
    later = _codes(_said(clean, residence=""), date(2025, 6, 1))
    assert {"identity_missing", "residence_missing"} <= later


def test_a_card_of_twelve_digits_is_right_only_from_when_there_are_such(clean: Person):
    new = _said(clean, card_number="049000000001")
    assert "card_form" in _codes(new)
    assert "card_form" not in _codes(new, date(2025, 6, 1))


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("048188001234", set()),
        ("048088001234", {"identity_gender"}),
        ("048189001234", {"identity_year"}),
        ("048388001234", {"identity_year"}),
    ],
)
def test_an_identity_number_is_compared_with_gender_and_year_of_birth(
    cast: Cast, clean: Person, number: str, codes: set[str]
):
    identity.set_national_id(clean, number, by=cast.actor())
    assert _codes(clean) == codes
    assert all(not one.confirmed for one in findings.of_person(clean, TODAY))


def test_official_before_admission_is_wrong(cast: Cast, clean: Person):
    opening = clean.events.get(kind="opening")
    wrong = opening.data | {"official_on": "2013-03-26"}
    actions.correct(opening, by=cast.actor(), today=TODAY, reason="Thử", replacement={"data": wrong})
    assert _codes(clean) == {"official_early"}
    assert (
        "Ngày chính thức 26/03/2013 trước ngày vào Đảng 26/03/2014"
        in findings.of_person(clean, TODAY)[0].sentence
    )


def test_who_is_not_in_the_party_is_not_looked_at(cast: Cast):
    assert _codes(cast.people["removed_a"]) == set()
    assert _codes(cast.people["sympathiser_a1"]) == set()


def test_what_was_found_correct_is_not_asked_again_until_it_changes(cast: Cast, clean: Person):
    odd = _said(clean, gender="male")
    with pytest.raises(Refused):
        answers.say_correct(odd, "gender_name", by=cast.actor(), today=TODAY, reason=" ")
    answers.say_correct(odd, "gender_name", by=cast.actor(), today=TODAY, reason="Đã xem giấy khai sinh")
    assert _codes(odd) == set()
    assert findings.of_person(odd, TODAY)[0].answered == "Đã xem giấy khai sinh"
    assert "gender_name" in _codes(_said(odd, full_name="Bùi Thị Lành"))


def test_what_was_mended_meanwhile_can_not_be_said_correct(cast: Cast, clean: Person):
    with pytest.raises(Refused, match="đã được sửa"):
        answers.say_correct(clean, "gender_name", by=cast.actor(), today=TODAY, reason="Đúng")


def test_counts_of_a_branch_are_the_sums_of_its_cells(cast: Cast, clean: Person):
    whole = rollup.of(cast.commune_a, TODAY)
    cells = findings.by_cell([cast.a1.pk, cast.a2.pk, cast.a3.pk], TODAY)
    assert whole.whole.members == sum(one.members for one in cells.values()) == 13
    assert whole.whole.findings == sum(tally.findings for _, tally in whole.parts)
    assert whole.whole.findings == sum(n for _, n in whole.checks)
    listed = findings.of_cell(cast.a1, TODAY)
    assert cells[cast.a1.pk].members - cells[cast.a1.pk].clean == len(listed)
    assert clean.pk not in {person.pk for person, _ in listed}


def test_the_count_of_a_month_is_kept_once_and_shown_over_time(cast: Cast, clean: Person):
    call_command("clean_data")
    _said(cast.people["other_a1"], **WHOLE | {"card_number": "49.000002"})
    monthly.count(date(2023, 4, 28))
    monthly.count(date(2023, 5, 28))
    found = monthly.over_time(cast.a1)
    assert [one.on for one in found] == [date(2023, 5, 28), date(2023, 4, 28)]
    assert found[0].tally.clean == 2
    assert found[0].tally.share == "28 %"


def test_a_cell_is_reminded_only_while_something_is_left(cast: Cast, clean: Person):
    due = [duty for duty in collect(cast.viewer("cell_a1")) if duty.kind == "clean_data"]
    assert [duty.organisation for duty in due] == [cast.a1.code]
    assert not [duty for duty in collect(cast.viewer("officer")) if duty.kind == "clean_data"]
    for number, person in enumerate(Person.objects.filter(home=cast.a1), 10):
        for one in findings.of_person(person, TODAY):
            answers.say_correct(
                person, one.check.code, by=cast.actor(), today=TODAY, reason=f"Đã xem {number}"
            )
    assert not [duty for duty in collect(cast.viewer("cell_a1")) if duty.kind == "clean_data"]


def test_the_secretary_goes_from_person_to_person(cast: Cast, clean: Person):
    odd = _said(clean, gender="male")
    secretary: Client = entered(cast.cell_a1)
    listed = secretary.get(address("organisation_desk", cast.a1.code))
    assert "Bắt đầu:" in words(listed)
    page = secretary.get(address("member_desk", odd.ref))
    assert "Tên đệm là «Thị» mà giới tính ghi là nam" in words(page)
    (url,) = [u for u in shown(page).xpath("//main//a/@href") if "dung=gender_name" in u]
    asked = secretary.get(url)
    assert "Ghi đã" not in errors(asked)
    post = url.split("#")[0]
    assert errors(secretary.post(post, filled(asked, reason="")))
    done = secretary.post(post, filled(asked, reason="Đã xem giấy khai sinh"), follow=True)
    assert "Hồ sơ này đã sạch" in words(done)
    assert "Đã xem giấy khai sinh" in words(done)
    assert "Người tiếp theo" in words(done)


def test_each_field_leads_to_the_page_that_mends_it(cast: Cast, clean: Person):
    bad = _said(clean, full_name="Lan", hometown="", ethnicity="", card_number="4", phone="1", gender="male")
    secretary = entered(cast.cell_a1)
    links = shown(secretary.get(address("member_desk", bad.ref))).xpath("//main//section//a/@href")
    mending = {url for url in links if "/sua/" in url}
    assert len(mending) > 1
    assert {secretary.get(url).status_code for url in mending} == {200}


def test_an_officer_sees_the_share_of_each_organisation_below(cast: Cast, clean: Person):
    call_command("clean_data")
    said = words(entered(cast.officer).get(address("organisation_desk", "xa-a")))
    assert "Chi bộ thôn Đông" in said
    assert "Theo thời gian" in said
    assert "Ghi quê quán theo giấy khai sinh" in said


def test_the_desk_of_another_cell_is_out_of_reach(cast: Cast):
    assert entered(cast.cell_a1).get(address("organisation_desk", cast.a2.code)).status_code == 404
    assert entered(cast.cell_a1).get(address("member_desk", cast.canary.ref)).status_code == 404
    assert entered(cast.member_a1).get(address("organisation_desk", cast.a1.code)).status_code == 404


def test_every_check_says_what_to_do_in_sentences():
    for check in CHECKS:
        assert check.wrong.endswith("."), check.code
        assert check.mend.endswith("."), check.code
        assert set(check.seen), check.code
    assert parse_known_date("1960").precision == "year"

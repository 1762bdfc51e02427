"""Party cards in a branch: who has none, whose to take in, which were given; asked for a whole list at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import TODAY, Cast
from tochuc.access.viewer import Viewer
from tochuc.cases import actions
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.models import Case
from tochuc.duties.duty import collect
from tochuc.lists import card_lists
from tochuc.members.models import Fact, Person
from web.browsing import entered, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
PAGE = "/to-chuc/xa-a/the-dang-vien/"


@pytest.fixture
def recognised(cast: Cast) -> Person:
    """A member recognised in the ledger whose record has no card number."""
    person = cast.people["recognised_a3"]
    Person.objects.filter(pk=person.pk).update(card_number="")
    return Person.objects.get(pk=person.pk)


def test_who_was_recognised_without_a_card_is_on_the_list_and_is_due_at_the_base(
    cast: Cast, recognised: Person
) -> None:
    found = {one.person: one.since for one in card_lists.without_card(cast.commune_a, TODAY)}
    assert found[recognised] == recognised.events.get(kind="recognised").happened_on
    rows = [
        one for one in collect(Viewer(cast.accounts["secretary_a"], today=TODAY)) if one.kind == "card_issue"
    ]
    assert len(rows) == 1
    assert not rows[0].why.confirmed, "no rule says by when"


def test_cards_are_asked_for_a_list_and_given_each_with_its_number(cast: Cast, recognised: Person) -> None:
    client = entered(cast.secretary_a)
    answer = client.post(PAGE, filled(client.get(PAGE), chosen=[recognised.ref]), follow=True)
    assert "Đã lập hồ sơ phát thẻ cho 1 đảng viên." in words(answer)
    case = Case.objects.get()
    paper = PaperGiven(kept_at="Văn phòng")
    steps: list[tuple[str, str, dict[str, Any], str]] = [
        ("propose", "done", {}, "card.list"),
        ("decide", "decided", {"number": "9-QĐ/HU", "card_number": "55555555"}, "card.issue_decision"),
    ]
    for step, outcome, answers, form in steps:
        given = Given(on=TODAY, outcome=outcome, papers={form: paper}, answers=answers)
        actions.take(case, step, given, by=cast.actor(), today=TODAY)
    recognised.refresh_from_db()
    assert recognised.card_number == "55555555"
    assert Fact.objects.filter(person=recognised, field="card_number", value="55555555").exists()
    listed = card_lists.given(cast.commune_a, date(2023, 1, 1), TODAY)
    assert [(one.person, one.number, one.decision) for one in listed] == [(recognised, "55555555", "9-QĐ/HU")]
    assert "55555555" in words(client.get(PAGE))


def test_the_card_of_who_was_removed_is_to_be_taken_in_and_that_of_the_dead_is_not(cast: Cast) -> None:
    """Mục 7, Hướng dẫn 01-HD/TW: thu khi khai trừ, xóa tên, cho ra; gia đình người từ trần giữ thẻ."""
    for number, name in enumerate(("removed_a", "died_a")):
        Person.objects.filter(pk=cast.people[name].pk).update(card_number=f"6666666{number}")
    found = [one.person for one in card_lists.to_take_in(cast.commune_a, TODAY)]
    assert cast.people["removed_a"] in found
    assert cast.people["died_a"] not in found


def test_a_list_of_cards_of_another_branch_is_not_there(cast: Cast) -> None:
    assert entered(cast.secretary_b).get(PAGE).status_code in {403, 404}

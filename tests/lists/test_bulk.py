"""Changing many people of a list: before and after first, then as one change set that can be undone."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest

from cast import CANARY_NAME, TODAY, Cast
from tochuc.audit.models import Entry
from tochuc.changes import actions as changes
from tochuc.changes.models import ChangeSet
from tochuc.members import actions
from tochuc.members.models import Membership, Person
from web.browsing import entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
A = "/to-chuc/xa-a/dang-vien/"
PAPER = {
    "on": "01/04/2023",
    "decision_number": "12-QĐ/ĐU",
    "decision_on": "28/03/2023",
    "decision_by": "Đảng ủy xã An Hòa",
}
RESIDENCE = {"field": "residence", "value": "xã Nam An"}


def path(viec: str, *people: Person, **query: str) -> str:
    pairs = [*query.items(), *(("chon", person.ref) for person in people)]
    return f"{A}thay-doi/?{urlencode([*pairs, ('viec', viec)])}"


def seen(cast: Cast, where: str, account: Any = None, **given: str) -> Any:
    """The preview of a change."""
    return entered(account or cast.secretary_a).post(where, given)


def done(cast: Cast, where: str, account: Any = None, **given: str) -> Any:
    """The change, previewed and then confirmed as a person does."""
    client = entered(account or cast.secretary_a)
    preview = client.post(where, given)
    assert preview.status_code == 200, errors(preview)
    return client.post(where, filled(preview, step="confirm"))


def two(cast: Cast) -> tuple[Person, Person]:
    return cast.people["member_a1"], cast.people["other_a1"]


# Choosing


def test_whoever_may_change_members_chooses_them_in_the_list_and_across_pages(cast: Cast) -> None:
    page = shown(entered(cast.secretary_a).get(A + "?gioi=female"))
    form = page.xpath("//form[contains(@action, 'thay-doi')]")[0]

    assert form.xpath(".//input[@name='chon']")
    assert form.xpath(".//input[@name='chon_all']")
    assert ("gioi", "female") in form.form_values()


@pytest.mark.parametrize("query", ["?ngay=1/1/2022", "?biet=1/4/2023", "?in=1"])
def test_a_list_of_another_day_or_for_paper_offers_no_change(cast: Cast, query: str) -> None:
    assert not shown(entered(cast.secretary_a).get(A + query)).xpath("//input[@name='chon']")


def test_a_cells_secretary_is_offered_no_change_of_many(cast: Cast) -> None:
    client = entered(cast.cell_a1)

    assert not shown(client.get("/to-chuc/xa-a-thon-dong/dang-vien/")).xpath("//input[@name='chon']")
    assert client.get("/to-chuc/xa-a-thon-dong/dang-vien/thay-doi/").status_code == 403


def test_all_of_the_list_means_those_whom_its_conditions_leave(cast: Cast) -> None:
    client = entered(cast.secretary_a)
    women = client.get(A + "?gioi=female").context["page"].paginator.count

    page = client.get(A + "thay-doi/?gioi=female&chon_all=1")
    assert page.context["chosen"] == women
    assert f"{women} người, cả danh sách (Giới tính: Nữ)" in words(page)


def test_nobody_outside_the_branch_can_be_chosen(cast: Cast) -> None:
    where = path("ho-so", cast.canary)
    page = seen(cast, where, **RESIDENCE)

    assert page.status_code == 422
    assert "Chưa chọn ai" in errors(page)
    assert CANARY_NAME not in words(page)


# A field of the record


def test_the_preview_shows_before_and_after_of_each_and_writes_nothing(cast: Cast) -> None:
    one, other = two(cast)
    Person.objects.filter(pk=one.pk).update(residence="xã An Hòa")
    Person.objects.filter(pk=other.pk).update(residence="xã Nam An")
    page = seen(cast, path("ho-so", one, other), **RESIDENCE)

    assert [row["cells"][:2] for row in page.context["rows"]] == [["xã An Hòa", "xã Nam An"]]
    assert "1 người thay đổi, 1 người đã đúng như vậy" in words(page)
    one.refresh_from_db()
    assert one.residence == "xã An Hòa"
    assert not ChangeSet.objects.exists()
    assert not Entry.objects.filter(action="changeset.bulk").exists()


def test_a_changed_field_is_one_change_set_and_undone_as_one(cast: Cast) -> None:
    one, other = two(cast)
    Person.objects.filter(pk=one.pk).update(residence="thôn Đông, xã An Hòa")
    where = path("ho-so", one, other)
    answer = done(cast, where, **RESIDENCE, reason="Nghị quyết sáp nhập xã")

    changeset = ChangeSet.objects.get()
    assert answer["Location"].endswith(f"/{changeset.ref}/")
    assert (changeset.kind, changeset.summary["people"]) == ("bulk", 2)
    assert set(Person.objects.filter(pk__in=[one.pk, other.pk]).values_list("residence", flat=True)) == {
        "xã Nam An"
    }
    changes.undo(changeset, by=cast.actor(), reason="Ghi nhầm")
    one.refresh_from_db()
    assert one.residence == "thôn Đông, xã An Hòa"


def test_some_words_of_a_field_are_changed_and_whoever_has_them_not_is_named(cast: Cast) -> None:
    one, other = two(cast)
    Person.objects.filter(pk=one.pk).update(residence="thôn Đông, xã An Hòa, huyện Thu Giang")
    Person.objects.filter(pk=other.pk).update(residence="thôn Tây, xã Khác")
    where = path("ho-so", one, other)
    given = {"field": "residence", "words": "xã An Hòa, huyện Thu Giang", "value": "xã Nam An"}

    page = seen(cast, where, **given)
    assert [row["name"] for row in page.context["refused"]] == [other.full_name]
    assert "không có cụm chữ" in page.context["refused"][0]["cells"][0]
    done(cast, where, **given)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.residence, other.residence) == ("thôn Đông, xã Nam An", "thôn Tây, xã Khác")


def test_where_nobody_would_change_nothing_is_offered_to_be_written(cast: Cast) -> None:
    one, _other = two(cast)
    Person.objects.filter(pk=one.pk).update(residence="xã Nam An")
    page = seen(cast, path("ho-so", one), **RESIDENCE)

    assert page.status_code == 422
    assert "Không có ai thay đổi" in words(page)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"field": "card_number", "value": "1"}, "field"),
        ({"field": "residence", "value": " "}, "value"),
        ({"field": "residence", "value": "x" * 201}, "value"),
    ],
)
def test_a_field_or_value_that_cannot_be_written_is_refused_beside_it(
    cast: Cast, given: dict[str, str], field: str
) -> None:
    page = seen(cast, path("ho-so", two(cast)[0]), **given)

    assert page.status_code == 422
    assert field_error(page, field) or errors(page)


def test_what_is_changed_by_someone_else_between_preview_and_confirmation_is_shown_again(cast: Cast) -> None:
    one, other = two(cast)
    where = path("ho-so", one, other)
    client = entered(cast.secretary_a)
    preview = client.post(where, RESIDENCE)
    Person.objects.filter(pk=one.pk).update(residence="xã mới ghi")

    again = client.post(where, filled(preview, step="confirm"))
    assert again.status_code == 200
    assert "xin xem lại" in words(again)
    assert not ChangeSet.objects.exists()
    client.post(where, filled(again, step="confirm"))
    assert ChangeSet.objects.count() == 1


# Events


def test_a_transfer_of_many_moves_each_by_an_event_of_their_own_with_the_decision(cast: Cast) -> None:
    one, other = two(cast)
    where = path("chuyen-sinh-hoat", one, other)
    page = seen(cast, where, organisation="xa-a-thon-tay", **PAPER)

    assert {tuple(row["cells"][:2]) for row in page.context["rows"]} == {
        ("Chi bộ thôn Đông", "Chi bộ thôn Tây")
    }
    done(cast, where, organisation="xa-a-thon-tay", **PAPER)
    for person in (one, other):
        person.refresh_from_db()
        event = person.events.order_by("-pk")[0]
        assert person.home == cast.a2
        assert (event.kind, event.decision_number, event.happened_on) == (
            "transferred",
            "12-QĐ/ĐU",
            date(2023, 4, 1),
        )


def test_undoing_a_transfer_of_many_brings_them_back_and_leaves_who_moved_on_where_they_are(
    cast: Cast,
) -> None:
    one, other = two(cast)
    done(cast, path("chuyen-sinh-hoat", one, other), organisation="xa-a-thon-tay", **PAPER)
    actions.append(
        other, "transferred", on=date(2023, 4, 10), by=cast.actor(), today=TODAY, organisation=cast.a3
    )

    changes.undo(ChangeSet.objects.get(), by=cast.actor(), reason="Nhầm người")
    on = Membership.objects.on(TODAY)
    assert on.get(person=one).organisation == cast.a1
    assert on.get(person=other).organisation == cast.a3


def test_undoing_leaves_as_they_are_those_of_whom_something_rests_on_it_since(cast: Cast) -> None:
    one, other = two(cast)
    given = {name: PAPER[name] for name in ("on", "decision_number", "decision_on")}
    done(cast, path("mien-sinh-hoat", one, other), **given)
    actions.append(other, "exemption_ended", on=date(2023, 4, 10), by=cast.actor(), today=TODAY)

    undone = changes.undo(ChangeSet.objects.get(), by=cast.actor(), reason="Nhầm người")
    assert [kept.change.person for kept in undone.kept] == [other]
    assert not one.conditions.exists()


def test_whoever_is_at_the_destination_already_is_refused_with_the_reason_and_the_others_go(
    cast: Cast,
) -> None:
    one, other = two(cast)
    actions.append(
        other, "transferred", on=date(2023, 3, 1), by=cast.actor(), today=TODAY, organisation=cast.a2
    )
    where = path("chuyen-sinh-hoat", one, other)
    page = seen(cast, where, organisation="xa-a-thon-tay", **PAPER)

    assert [row["name"] for row in page.context["refused"]] == [other.full_name]
    assert "Nơi đến trùng" in page.context["refused"][0]["cells"][0]
    done(cast, where, organisation="xa-a-thon-tay", **PAPER)
    assert ChangeSet.objects.get().summary == {"people": 1, "refused": 1, "same": 0}


def test_a_transfer_needs_a_cell_and_its_decision(cast: Cast) -> None:
    page = seen(cast, path("chuyen-sinh-hoat", two(cast)[0]), on="1/4/2023")

    assert field_error(page, "organisation")
    assert field_error(page, "decision_number")
    assert field_error(page, "decision_on")


def test_a_day_to_come_refuses_everyone(cast: Cast) -> None:
    given = PAPER | {"on": "1/5/2023"}
    page = seen(cast, path("chuyen-sinh-hoat", *two(cast)), organisation="xa-a-thon-tay", **given)

    assert page.status_code == 422
    assert "chưa tới" in page.context["refused"][0]["cells"][0]


def test_an_exemption_of_many_is_a_condition_of_each(cast: Cast) -> None:
    one, other = two(cast)
    where = path("mien-sinh-hoat", one, other)
    given = {name: PAPER[name] for name in ("on", "decision_number", "decision_on")}
    page = seen(cast, where, **given)

    assert {tuple(row["cells"][:2]) for row in page.context["rows"]} == {
        ("Sinh hoạt bình thường", "Miễn công tác và sinh hoạt đảng")
    }
    done(cast, where, **given)
    assert all(person.conditions.filter(kind="exempt").exists() for person in (one, other))


def test_many_are_changed_at_once_only_up_to_a_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tochuc.lists.bulk.MOST", 1)

    assert "nhiều nhất 1 người" in errors(seen(cast, path("ho-so", *two(cast)), **RESIDENCE))


@pytest.mark.parametrize("step", [{}, {"step": "confirm", "seal": ""}])
def test_nobody_is_moved_into_a_cell_that_one_does_not_answer_for(cast: Cast, step: dict[str, str]) -> None:
    one = cast.people["member_a1"]
    page = seen(cast, path("chuyen-sinh-hoat", one), organisation="xa-b-thon-thuong", **PAPER, **step)

    assert page.status_code == 422
    assert "không thuộc phạm vi" in field_error(page, "organisation")
    assert Person.objects.get(pk=one.pk).home == cast.a1


def test_where_everyone_chosen_is_gone_meanwhile_the_form_says_so(cast: Cast) -> None:
    one = cast.people["member_a1"]
    client, where = entered(cast.secretary_a), path("ho-so", one)
    preview = client.post(where, RESIDENCE)
    actions.transfer_out(one, destination="Đảng bộ Quân đội", on=TODAY, by=cast.actor(), today=TODAY)

    again = client.post(where, filled(preview, step="confirm"))
    assert again.status_code == 422
    assert "Chưa chọn ai" in errors(again)

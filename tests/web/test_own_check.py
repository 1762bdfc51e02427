"""A member checks their own record, proposes corrections, and sees what became of them; who decides, and how."""

from __future__ import annotations

from typing import Any

import pytest

from cast import TODAY, Cast
from tochuc.audit.models import Entry
from tochuc.duties.duty import collect
from tochuc.members import identity, keeping
from tochuc.members.facts import Ground
from tochuc.members.models import Fact, Person, Proposal
from web.browsing import entered, errors, field_error, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
GROUND = "Giấy khai sinh số 12"


@pytest.fixture
def lan(cast: Cast) -> Person:
    return cast.people["member_a1"]


def url(person: Person, path: str = "") -> str:
    return f"/dang-vien/{person.ref}/{path}"


def propose(cast: Cast, field: str, value: str, **more: str) -> Any:
    own, client = cast.people["member_a1"], entered(cast.member_a1)
    path = url(own, f"de-nghi/{field}/")
    sent = {"value": value, "ground": GROUND, **more}
    return client.post(path, filled(client.get(path), **sent))


def decide(cast: Cast, actor: str, step: str, **typed: str) -> Any:
    client, one = entered(getattr(cast, actor)), Proposal.objects.latest("pk")
    path = f"/de-nghi/{one.pk}/"
    page = client.get(path)
    return client.post(path, {**filled(page), "step": step, **typed})


def test_a_member_reads_their_whole_record_and_what_the_forms_still_ask(cast: Cast, lan: Person):
    page = words(entered(cast.member_a1).get(url(lan, "kiem-tra/")))
    assert "1. Họ và tên khai sinh" in page
    assert "Chưa ghi, mẫu yêu cầu" in page


def test_a_proposal_changes_nothing_until_it_is_accepted(cast: Cast, lan: Person):
    assert propose(cast, "hometown", "Điện Bàn").status_code == 302
    lan.refresh_from_db()
    assert lan.hometown == ""
    assert "Đang chờ duyệt: Điện Bàn" in words(entered(cast.member_a1).get(url(lan, "kiem-tra/")))
    assert decide(cast, "cell_a1", "accept").status_code == 302
    lan.refresh_from_db()
    assert lan.hometown == "Điện Bàn"
    fact = Fact.objects.get(field="hometown")
    assert (fact.ground, fact.recorded_by) == (f"Đảng viên đề nghị: {GROUND}", cast.cell_a1)
    assert "Đã ghi vào hồ sơ" in words(entered(cast.member_a1).get(url(lan, "kiem-tra/")))


def test_the_one_who_decides_sees_before_and_after(cast: Cast, lan: Person):
    keeping.keep(lan, {"hometown": "Hội An"}, ground=Ground(words="x"), by=cast.actor(), today=TODAY)
    propose(cast, "hometown", "Điện Bàn")
    page = words(entered(cast.secretary_a).get(f"/de-nghi/{Proposal.objects.get().pk}/"))
    assert "Hội An" in page
    assert "Điện Bàn" in page
    assert GROUND in page


def test_a_refusal_needs_its_reason_and_the_member_reads_it(cast: Cast, lan: Person):
    propose(cast, "hometown", "Điện Bàn")
    page = decide(cast, "cell_a1", "refuse")
    assert page.status_code == 422
    assert "Cần ghi lý do" in field_error(page, "answer")
    assert decide(cast, "cell_a1", "refuse", answer="Khai sinh ghi nơi khác").status_code == 302
    assert "Khai sinh ghi nơi khác" in words(entered(cast.member_a1).get(url(lan, "kiem-tra/")))
    assert not Fact.objects.exists()


def test_what_changed_since_it_was_proposed_is_not_overwritten(cast: Cast, lan: Person):
    propose(cast, "hometown", "Điện Bàn")
    keeping.keep(lan, {"hometown": "Tam Kỳ"}, ground=Ground(words="x"), by=cast.actor(), today=TODAY)
    assert "đã thay đổi sau khi đảng viên đề nghị" in errors(decide(cast, "cell_a1", "accept"))
    lan.refresh_from_db()
    assert lan.hometown == "Tam Kỳ"


def test_nobody_decides_on_their_own_proposal(cast: Cast):
    own, client = cast.people["cell_a1"], entered(cast.cell_a1)
    path = url(own, "de-nghi/hometown/")
    client.post(path, filled(client.get(path), value="Điện Bàn", ground=GROUND))
    one = Proposal.objects.get()
    page = client.get(f"/de-nghi/{one.pk}/")
    assert "người khác duyệt" in words(page)
    sent = client.post(f"/de-nghi/{one.pk}/", {"step": "accept"})
    assert sent.status_code == 422
    own.refresh_from_db()
    assert own.hometown == ""


def test_only_ones_own_record_can_be_proposed_on_and_withdrawn(cast: Cast, lan: Person):
    propose(cast, "hometown", "Điện Bàn")
    one = Proposal.objects.get()
    officer = entered(cast.officer)
    assert officer.get(url(lan, "de-nghi/hometown/")).status_code == 403
    assert officer.get(f"/de-nghi/{one.pk}/rut/").status_code == 403
    assert entered(cast.cell_b1).get(f"/de-nghi/{one.pk}/").status_code == 404
    member = entered(cast.member_a1)
    path = f"/de-nghi/{one.pk}/rut/"
    assert member.post(path, filled(member.get(path))).status_code == 302
    one.refresh_from_db()
    assert one.state == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("birth", "31/02/1988", "Không có ngày 31/02/1988"),
        ("full_name", "Lan", "đủ họ và tên"),
        ("full_name", "Bùi Thị Lan", "giống với hồ sơ"),
        ("national_id", "123", "12 chữ số"),
    ],
)
def test_what_the_record_cannot_hold_is_refused_when_it_is_proposed(
    cast: Cast, field: str, value: str, said: str
):
    page = propose(cast, field, value)
    assert page.status_code == 422
    assert said in errors(page)
    assert not Proposal.objects.exists()


def test_one_field_has_one_proposal_waiting(cast: Cast):
    propose(cast, "hometown", "Điện Bàn")
    assert "đang chờ duyệt" in field_error(propose(cast, "hometown", "Hội An"), "value")


def test_a_proposed_identity_number_is_sealed_and_decided_by_who_may_see_it(cast: Cast, lan: Person):
    number = "048088001234"
    assert propose(cast, "national_id", number).status_code == 302
    one = Proposal.objects.get()
    assert (one.before, one.after) == ("", "")
    assert number not in entered(cast.cell_a1).get(f"/de-nghi/{one.pk}/").content.decode()
    assert number in words(entered(cast.secretary_a).get(f"/de-nghi/{one.pk}/"))
    assert Entry.objects.filter(action="identity.read", account=cast.secretary_a.pk).exists()
    decide(cast, "secretary_a", "accept")
    lan.refresh_from_db()
    assert identity.numbers_of([lan]) == {lan.pk: number}


def test_a_waiting_proposal_is_a_duty_of_the_cell_and_the_commune_and_of_nobody_elses(
    cast: Cast, lan: Person
):
    propose(cast, "hometown", "Điện Bàn")
    propose(cast, "occupation", "Giáo viên", since="2020")
    for actor in ("cell_a1", "secretary_a", "officer"):
        found = [d for d in collect(cast.viewer(actor)) if d.kind == "proposal"]
        assert [(d.page, d.key) for d in found] == [("member_proposals", lan.ref)]
    for actor in ("cell_a2", "secretary_b", "member_a1"):
        assert not [d for d in collect(cast.viewer(actor)) if d.kind == "proposal"]


def test_a_proposal_with_a_day_becomes_a_dated_change(cast: Cast):
    propose(cast, "occupation", "Giáo viên", since="9/2020")
    decide(cast, "cell_a1", "accept")
    fact = Fact.objects.get(field="occupation")
    assert (str(fact.since), fact.since_precision) == ("2020-09-01", "month")


def test_the_sheet_holds_the_record_for_signing_and_its_reading_is_noted(cast: Cast, lan: Person):
    page = words(entered(cast.cell_a1).get(url(lan, "phieu/")))
    assert "Sửa lại là" in page
    assert "ký, ghi rõ họ tên" in page
    assert Entry.objects.filter(action="person.read", data={"part": "sheet"}).count() == 1


@pytest.mark.parametrize("path", ["kiem-tra/", "phieu/", "duyet/", "giay-to/", "de-nghi/hometown/"])
def test_each_page_asks_at_most_fifteen_queries(cast: Cast, path: str, django_assert_max_num_queries: Any):
    client, own = entered(cast.cell_a1), cast.people["cell_a1"]
    with django_assert_max_num_queries(15):
        assert client.get(url(own, path)).status_code == 200

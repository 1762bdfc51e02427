"""A list from elsewhere is held beside the record: nothing is overwritten, each difference is decided on its ground."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from cast import TODAY, Cast
from exchange.intake.books import Page, xlsx
from exchange.lists import dump
from tochuc.changes.actions import undo
from tochuc.changes.models import ChangeSet
from tochuc.duties.duty import collect
from tochuc.kernel.errors import Refused
from tochuc.members import actions as members
from tochuc.members.invariants import violations
from tochuc.members.models import Person
from tochuc.reconcile import deciding, queries
from tochuc.reconcile.models import Claim, Reconciliation
from web.browsing import address, entered, errors, field_error, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

HEAD = (
    *(
        "TT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Quê quán",
        "Dân tộc",
        "Ngày vào Đảng",
        "Số thẻ đảng viên",
    ),
    *("Chi bộ", "Số căn cước"),
)
# One the record has otherwise in two fields; one alike; one in another cell; one only the list has; one unreadable.
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "BÙI THỊ LAN", date(1988, 10, 20), "Nữ", "Điện Bàn", "Kinh", date(2014, 3, 26), None, "Thôn Đông", None),
    (2, "Hồ Thị Bích Ngọc", "04/05/1990", "Nữ", None, None, date(2016, 9, 2), None, "Chi bộ thôn Đông", None),
    (3, "Đỗ Văn Tám", 1955, "Nam", None, None, date(1980, 12, 22), None, "Chi bộ thôn Đông", None),
    (4, "Nguyễn Thị Mới", date(1990, 1, 2), "Nữ", "Hội An", "Kinh", date(2020, 5, 19), "49.555555", "Thôn Tây", "048190001234"),
    (5, "Trần Văn Hỏng", "31/02/1960", "Nam", None, None, None, None, "Thôn Tây", None),
)  # fmt: skip


def _book(*rows: tuple[Any, ...]) -> bytes:
    page = Page("DS dang vien").row(1, "DANH SÁCH ĐẢNG VIÊN XUẤT TỪ CƠ SỞ DỮ LIỆU", at="C").row(3, *HEAD)
    for number, row in enumerate(rows or ROWS, 4):
        page.row(number, *row)
    return xlsx(page)


@pytest.fixture
def officer(cast: Cast) -> Client:
    return entered(cast.officer)


def _bring(client: Client, raw: bytes, code: str = "xa-a", **given: Any) -> HttpResponse:
    url = address("organisation_reconcile", code)
    file = SimpleUploadedFile("csdl.xlsx", raw)
    sent = filled(client.get(url), **{"file": file, "origin": "Cơ sở dữ liệu đảng viên", **given})
    return client.post(url, sent, follow=True)


@pytest.fixture
def made(officer: Client) -> Reconciliation:
    _bring(officer, _book())
    return Reconciliation.objects.get()


def _numbers(made: Reconciliation, **which: Any) -> list[int]:
    return list(made.claims.filter(**which).values_list("pk", flat=True))


def _accept(cast: Cast, made: Reconciliation, **which: Any) -> deciding.Decided:
    numbers = _numbers(made, **which)
    return deciding.accept(made, numbers, ground="Đã xem giấy khai sinh", by=cast.actor(), today=TODAY)


def test_reading_a_list_writes_nothing_into_the_record(cast: Cast, officer: Client):
    before = dump()
    _bring(officer, _book())
    assert dump() == before


def test_people_are_matched_and_each_difference_is_a_claim_of_its_own(cast: Cast, made: Reconciliation):
    lan = cast.people["member_a1"]
    assert set(made.claims.filter(person=lan).values_list("kind", "field", "before", "after")) == {
        ("different", "hometown", "", "Điện Bàn"),
        ("different", "ethnicity", "", "Kinh"),
    }
    assert (made.matched, made.same) == (3, 1)
    other = made.claims.get(person=cast.people["expired"])
    assert (other.kind, other.field) == ("ledger", "cell")
    assert "Sổ ghi đang sinh hoạt tại Chi bộ thôn Tây" in other.after
    new = made.claims.get(kind="new")
    assert (new.name, new.cell, new.person) == ("Nguyễn Thị Mới", cast.a2, None)
    assert "31/02/1960" in made.claims.get(kind="unread").after


def test_who_is_in_the_record_and_not_in_the_list_is_named(cast: Cast, made: Reconciliation):
    missing = set(made.claims.filter(kind="missing").values_list("person", flat=True))
    assert cast.people["teacher_a3"].pk in missing
    assert cast.people["member_a1"].pk not in missing
    assert cast.people["canary"].pk not in missing


def test_an_identity_number_is_never_written_into_a_claim(made: Reconciliation):
    assert "048190001234" not in repr(list(Claim.objects.values()))


def test_cells_named_otherwise_elsewhere_keep_nobody_from_being_compared(cast: Cast, officer: Client):
    _bring(officer, _book((1, *ROWS[0][1:8], "CB khu phố 12", None)))
    found = set(Claim.objects.filter(person=cast.people["member_a1"]).values_list("kind", "field"))
    assert {("different", "hometown"), ("ledger", "cell")} <= found


def test_accepted_claims_are_one_change_set_and_undone_as_one(cast: Cast, made: Reconciliation):
    before = dump()
    done = _accept(cast, made, kind="different")
    lan = Person.objects.get(pk=cast.people["member_a1"].pk)
    assert (lan.hometown, lan.ethnicity) == ("Điện Bàn", "Kinh")
    assert done.changeset is not None
    assert (done.changeset.kind, done.changeset.changes.count(), done.claims) == ("claims", 1, 2)
    undo(done.changeset, by=cast.actor(), reason="Danh sách cũ")
    assert dump() == before
    assert queries.claims_of(made, kind="different", pending=True).count() == 2


def test_someone_only_the_list_has_enters_with_an_opening_entry_and_can_be_taken_out(
    cast: Cast, made: Reconciliation
):
    done = _accept(cast, made, kind="new")
    new = Person.objects.get(full_name="Nguyễn Thị Mới")
    assert (new.home, new.standing, new.card_number) == (cast.a2, "official", "49.555555")
    assert new.events.get().data["admitted_on"] == "2020-05-19"
    assert not list(violations())
    undo(done.changeset, by=cast.actor(), reason="Nhầm nơi")
    emptied = Person.objects.get(pk=new.pk)
    assert (emptied.standing, emptied.card_number) == ("outside", "")
    _accept(cast, made, kind="new")
    assert Person.objects.get(full_name="Nguyễn Thị Mới").home == cast.a2


def test_what_only_the_ledger_can_say_is_not_taken_from_a_list(cast: Cast, made: Reconciliation):
    for kind in ("ledger", "missing", "unread"):
        with pytest.raises(Refused, match="mục ghi riêng"):
            _accept(cast, made, kind=kind)


def test_a_field_that_changed_since_the_list_was_read_is_left_open(cast: Cast, made: Reconciliation):
    Person.objects.filter(pk=cast.people["member_a1"].pk).update(hometown="Duy Xuyên")
    done = _accept(cast, made, kind="different")
    assert done.claims == 1
    assert "đã thay đổi từ khi đọc danh sách" in done.left[0]
    assert Person.objects.get(pk=cast.people["member_a1"].pk).hometown == "Duy Xuyên"


def test_a_card_of_someone_else_is_not_taken(cast: Cast, made: Reconciliation):
    members_card = Person.objects.filter(pk=cast.canary.pk)
    members_card.update(card_number="49.555555")
    with pytest.raises(Refused, match="hồ sơ khác"):
        _accept(cast, made, kind="new")


def test_nothing_is_decided_without_a_ground(cast: Cast, made: Reconciliation):
    numbers = _numbers(made, kind="missing")
    for decide in (deciding.refuse, deciding.ask):
        with pytest.raises(Refused, match="căn cứ"):
            decide(made, numbers, ground=" ", by=cast.actor())
    with pytest.raises(Refused):
        deciding.refuse(made, [], ground="Sổ đúng", by=cast.actor())


def test_a_claim_of_another_list_is_not_reached_by_its_number(cast: Cast, made: Reconciliation):
    other = Reconciliation.objects.create(
        organisation=cast.commune_b, origin="Khác", as_of=TODAY, file_name="x.xlsx", made_at=made.made_at
    )
    strange = other.claims.create(kind="different", person=cast.canary, name="x", field="hometown", after="y")
    with pytest.raises(Refused):
        deciding.accept(made, [strange.pk], ground="Thử", by=cast.actor(), today=TODAY)
    assert Person.objects.get(pk=cast.canary.pk).hometown == ""


def test_the_cell_is_asked_answers_and_the_officer_decides(cast: Cast, made: Reconciliation):
    numbers = _numbers(made, person=cast.people["member_a1"])
    deciding.ask(made, numbers, ground="Quê quán nào đúng?", by=cast.actor())
    (due,) = [one for one in collect(cast.viewer("cell_a1")) if one.kind == "reconcile"]
    assert due.whom.startswith("2 điểm")
    secretary = entered(cast.cell_a1)
    url = address("cell_claims", cast.a1.code)
    page = secretary.get(url)
    assert "Quê quán nào đúng?" in words(page)
    assert field_error(secretary.post(url, filled(page, words="x")), "right")
    again = secretary.post(url, filled(page, right="list", words="Đã xem căn cước"), follow=True)
    assert "Đã gửi câu trả lời" in words(again)
    answered = made.claims.exclude(answer="").get()
    with pytest.raises(Refused):
        deciding.answer(answered, "record", "Người khác trả lời sau", by=cast.actor())
    assert (answered.answer, answered.answered_by) == ("list", cast.cell_a1)
    assert "Chi bộ trả lời" in words(entered(cast.officer).get(address("reconciliation", made.ref)))
    assert _accept(cast, made, pk=answered.pk).claims == 1


def test_the_whole_of_it_by_the_pages(cast: Cast, officer: Client):
    page = _bring(officer, _book())
    assert "nhận ra 3 người, 1 người giống hệt sổ" in words(page)
    assert "Quê quán: sổ ghi chưa ghi, danh sách ghi Điện Bàn" in words(page)
    url = page.redirect_chain[-1][0]
    nothing = officer.post(url, filled(page, does="accept", ground="Theo giấy khai sinh"))
    assert "Chưa chọn điểm nào" in errors(nothing)
    number = str(Claim.objects.get(field="hometown").pk)
    done = officer.post(
        url, filled(page, chon=[number], does="accept", ground="Theo giấy khai sinh"), follow=True
    )
    assert "Đã ghi 1 điểm vào hồ sơ" in words(done)
    assert "Cơ sở dữ liệu đảng viên" in words(officer.get(address("changeset", ChangeSet.objects.get().ref)))
    rest = officer.post(url, filled(done, chon_all="1", does="refuse", ground="Sổ đúng"), follow=True)
    assert "Đã ghi quyết định cho 1 điểm" in words(rest)
    everything = officer.get(f"{url}?loai=different&ca=1")
    assert "Giữ theo sổ: Sổ đúng" in words(everything)


def test_a_file_that_is_no_list_is_refused_with_what_was_typed_kept(cast: Cast, officer: Client):
    page = _bring(officer, b"%PDF-1.4 nothing", origin="Cơ sở dữ liệu X")
    assert errors(page)
    assert shown(page).xpath("//input[@name='origin']/@value") == ["Cơ sở dữ liệu X"]
    assert not Reconciliation.objects.exists()


def test_another_branch_reaches_neither_the_list_nor_its_page(cast: Cast, made: Reconciliation):
    stranger = entered(cast.secretary_b)
    assert stranger.get(address("reconciliation", made.ref)).status_code == 404
    assert stranger.get(address("organisation_reconcile", "xa-a")).status_code == 404
    assert entered(cast.cell_a1).get(address("reconciliation", made.ref)).status_code == 404


def test_someone_admitted_since_the_day_of_the_list_is_not_missing(cast: Cast, officer: Client):
    _bring(officer, _book(), as_of="01/03/2022")
    assert not Claim.objects.filter(kind="missing", person=cast.people["probation_a1"]).exists()
    assert members

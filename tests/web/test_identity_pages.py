"""Who sees identity numbers and what else is private, and that a list of members is its importer's alone."""

from __future__ import annotations

import pytest

from cast import TODAY, Cast
from exchange.lists import sheet
from tochuc.audit.models import Entry
from tochuc.exchange.imports.upload import bring
from tochuc.members import identity
from web.browsing import address, entered, errors, field_error, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
NUMBER, SHOWN = "048088001234", "048 088 001 234"


@pytest.fixture
def lan(cast: Cast):
    identity.set_national_id(cast.people["member_a1"], NUMBER, by=cast.actor())
    return cast.people["member_a1"]


@pytest.mark.parametrize("actor", ["officer", "secretary_a", "member_a1"])
def test_who_keeps_the_file_and_the_member_see_the_number_each_time_on_record(cast: Cast, lan, actor: str):
    page = entered(getattr(cast, actor)).get(address("member_identity", lan.ref))
    assert SHOWN in words(page)
    assert Entry.objects.filter(action="identity.read", object_key=lan.ref).count() == 1
    assert "no-store" in page["Cache-Control"]


def test_a_cell_writes_the_number_down_without_seeing_the_one_there(cast: Cast, lan):
    client = entered(cast.cell_a1)
    assert client.get(address("member_identity", lan.ref)).status_code == 403
    page = client.get(address("member_identity_edit", lan.ref))
    assert NUMBER not in page.content.decode()
    sent = client.post(page.request["PATH_INFO"], filled(page, national_id="048 088 009 999"), follow=True)
    assert "Đã ghi số căn cước" in words(sent)
    lan.refresh_from_db()
    assert identity.numbers_of([lan])[lan.pk] == "048088009999"


def test_a_wrong_number_stays_typed_with_what_is_wrong(cast: Cast, lan):
    client, url = entered(cast.officer), address("member_identity_edit", lan.ref)
    page = client.post(url, filled(client.get(url), national_id="12 34"))
    assert page.status_code == 422
    assert "12 chữ số" in field_error(page, "national_id")
    assert 'value="12 34"' in page.content.decode()


def test_an_officer_finds_a_person_by_the_number_and_a_cell_secretary_does_not(cast: Cast, lan):
    assert "Bùi Thị Lan" in words(entered(cast.officer).get("/dang-vien/", {"q": SHOWN}))
    assert "Bùi Thị Lan" not in words(entered(cast.cell_a1).get("/dang-vien/", {"q": SHOWN}))
    assert "Bùi Thị Lan" not in words(entered(cast.secretary_b).get("/dang-vien/", {"q": SHOWN}))


def test_a_list_of_members_opens_for_its_importers_only(cast: Cast):
    kept = bring(
        "ds.csv",
        sheet("Nguyễn Thị Lan;1975;Nữ;;;;;Thôn Đông;"),
        limit=10_000,
        organisation=cast.a1,
        today=TODAY,
        by=cast.actor(),
    )
    assert entered(cast.secretary_a).get(address("import_check", kept.pk)).status_code == 200
    for actor in ("cell_a1", "officer", "secretary_a"):
        assert entered(getattr(cast, actor)).get(address("file", kept.pk)).status_code == 404
    assert entered(cast.cell_a1).get(address("import_check", kept.pk)).status_code == 404

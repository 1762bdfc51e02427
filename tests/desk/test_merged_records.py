"""What a merge carries beside the ledger: detail fields, rows of tables, papers; undone exactly; no person of its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cast import TODAY, Cast
from tochuc.changes.actions import undo
from tochuc.desk import duplicates, merging
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions, facts, keeping, papers, search
from tochuc.members.facts import Ground
from tochuc.members.models import Person
from web.browsing import address, entered, filled, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]

WORK = {"what": "Giáo viên Trường THCS Duy Sơn", "since": "9/2010", "until": "2015"}
AWARD = {"what": "Giấy khen của Huyện ủy", "on": "2019"}


@pytest.fixture
def lan(cast: Cast) -> Person:
    person = cast.people["member_a1"]
    keeping.keep_row(person, "work", WORK, by=cast.actor(), today=TODAY, ground="Lý lịch")
    return person


@pytest.fixture
def twice(cast: Cast) -> Person:
    """The same member once more in a2: with details, a row she has too, rows she lacks, a paper."""
    again = actions.register(
        full_name="Bùi Thị Lân", gender="female", birth=parse_known_date("20/10/1988"), by=cast.actor()
    )
    said = {"by": cast.actor(), "today": TODAY}
    opened = {"standing": "official", "admitted_on": "2014-03-26"}
    actions.append(again, "opening", on=TODAY, organisation=cast.a2, data=opened, **said)
    keeping.keep(
        again, {"languages": "Tiếng Anh B1", "health": "Tốt"}, ground=Ground(words="Lý lịch"), **said
    )
    for table, row in (("work", WORK), ("award", AWARD)):
        keeping.keep_row(again, table, row, ground="Lý lịch", **said)
    papers.add(
        Person.objects.get(pk=again.pk),
        kind="other",
        title="Giấy khai sinh",
        dated_on=None,
        name="khai-sinh.pdf",
        content_type="application/pdf",
        raw=b"%PDF-1.4 giay",
        **said,
    )
    return Person.objects.get(pk=again.pk)


def _merge(cast: Cast, stays: Person, goes: Person, take: tuple[str, ...] = ("languages",)) -> Any:
    return merging.merge(stays, goes, take=take, by=cast.actor(), today=TODAY, reason="Cùng căn cước")


def _holds(person: Person) -> dict[str, Any]:
    now = Person.objects.get(pk=person.pk)
    own = list(now.facts.order_by("pk"))
    return {
        "details": now.details,
        "rows": [
            (code, one.value) for code in ("work", "award", "training") for one in facts.rows_of(own, code)
        ],
        "papers": [one.title for one in papers.of(now)],
        "events": [
            (one.kind, one.happened_on) for one in now.events.filter(corrected_by=None).exclude(kind="void")
        ],
    }


def test_details_rows_and_papers_come_over_once(cast: Cast, lan: Person, twice: Person):
    _merge(cast, lan, twice)
    held = _holds(lan)
    assert held["details"]["languages"] == "Tiếng Anh B1"
    assert "health" not in held["details"]
    assert [(code, row["what"]) for code, row in held["rows"]] == [
        ("work", WORK["what"]),
        ("award", AWARD["what"]),
    ]
    assert held["papers"] == ["Giấy khai sinh"]


def test_both_histories_stay_readable(cast: Cast, lan: Person, twice: Person):
    _merge(cast, lan, twice)
    client = entered(cast.officer)
    own = words(client.get(address("member", lan.ref)))
    assert "Khen thưởng: Giấy khen của Huyện ủy" in own
    assert "Theo hồ sơ đã gộp của đồng chí Bùi Thị Lân" in own
    other = words(client.get(address("merged_records", lan.ref)))
    assert "Tiếng Anh B1" in other
    assert "Giấy khen của Huyện ủy" in other


def test_undoing_gives_back_both_records_as_they_were(cast: Cast, lan: Person, twice: Person):
    before = [_holds(one) for one in (lan, twice)]
    done = _merge(cast, lan, twice, ("languages", "health"))
    undo(done, by=cast.actor(), reason="Hai người")
    assert [_holds(one) for one in (lan, twice)] == before


def test_a_row_changed_since_stands_against_undoing(cast: Cast, lan: Person, twice: Person):
    done = _merge(cast, lan, twice)
    (award,) = facts.rows_of(lan.facts.all(), "award")
    keeping.strike_row(award, by=cast.actor(), reason="Không đúng")
    with pytest.raises(Refused, match="khen thưởng"):
        undo(done, by=cast.actor(), reason="Hai người")


def test_other_details_recorded_since_stay_when_a_merge_is_undone(cast: Cast, lan: Person, twice: Person):
    done = _merge(cast, lan, twice)
    said = {"by": cast.actor(), "today": TODAY}
    keeping.keep(Person.objects.get(pk=lan.pk), {"health": "Khá"}, ground=Ground(words="Khám 2023"), **said)
    undo(done, by=cast.actor(), reason="Hai người")
    assert _holds(lan)["details"] == {"health": "Khá"}


def test_a_merged_record_is_no_person_of_its_own(cast: Cast, lan: Person, twice: Person):
    assert twice in search.find(Person.objects.all(), "bui thi lan")
    _merge(cast, lan, twice)
    assert list(search.find(Person.objects.all(), "bui thi lan")) == [lan]
    scope = search.scope_of(cast.viewer("officer"))
    assert list(search.first(scope, "bui thi lan")) == [lan]
    client = entered(cast.officer)
    names = words(client.get(address("organisation_members", "xa-a")))
    assert "Bùi Thị Lân" not in names
    moved = client.get(address("member", twice.ref))
    assert moved.url == address("member", lan.ref)


def test_the_page_shows_what_will_come_over(cast: Cast, lan: Person, twice: Person):
    page = entered(cast.officer).get(f"/dang-vien/{lan.ref}/trung/{twice.ref}/")
    said = words(page)
    assert "Giấy khen của Huyện ủy" in said
    assert "Giấy tờ chuyển sang hồ sơ giữ lại: Giấy khai sinh" in said
    assert "Tiếng Anh B1" in said


def test_two_people_can_be_asked_about_again_by_a_button(cast: Cast, lan: Person, twice: Person):
    client: Client = entered(cast.officer)
    duplicates.say_two(lan, twice, by=cast.actor(), reason="Chị em họ")
    url = f"/dang-vien/{lan.ref}/trung/{twice.ref}/"
    page = client.get(url)
    assert "Đã xác định là hai người" in words(page)
    (button,) = [one for one in shown(page).xpath("//form") if "Mở lại để xem xét" in one.text_content()]
    client.post(url, {one.get("name"): one.get("value") for one in button.xpath(".//input[@name]")})
    assert duplicates.said_two(lan, twice) is None
    assert len(duplicates.in_branch(cast.district, TODAY)) == 1

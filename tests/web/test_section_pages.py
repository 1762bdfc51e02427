"""The record by sections of the form: reading, filling in, tables, history; and the record as of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cast import TODAY, Cast
from tochuc.audit.models import Entry
from tochuc.members import keeping
from tochuc.members.facts import Ground
from tochuc.members.models import Fact, Person
from web.browsing import entered, errors, field_error, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
MOST_QUERIES = 15
PAPER = "Giấy xác nhận ngày 01/03/2023"


@pytest.fixture
def lan(cast: Cast) -> Person:
    return cast.people["member_a1"]


@pytest.fixture
def client(cast: Cast) -> Client:
    return entered(cast.officer)


def url(person: Person, path: str = "") -> str:
    return f"/dang-vien/{person.ref}/{path}"


def fill(client: Client, path: str, **typed: str) -> Any:
    return client.post(path, filled(client.get(path), **typed))


def test_a_section_is_filled_in_and_shows_since_when(client: Client, lan: Person):
    answer = fill(client, url(lan, "sua/trinh-do/"), occupation="Giáo viên", since="9/2020", ground=PAPER)
    assert answer.status_code == 302, errors(answer)
    assert answer.url == url(lan, "muc/trinh-do/")
    page = words(client.get(answer.url))
    assert "10. Nghề nghiệp hiện nay" in page
    assert "từ 09/2020" in page
    fact = Fact.objects.get(field="occupation")
    assert (fact.since, fact.since_precision, fact.ground) == (date(2020, 9, 1), "month", PAPER)


def test_only_what_was_changed_on_the_page_is_written(client: Client, lan: Person):
    fill(client, url(lan, "sua/trinh-do/"), occupation="Giáo viên", ground=PAPER)
    assert list(Fact.objects.values_list("field", flat=True)) == ["occupation"]


def test_what_someone_else_changed_meanwhile_is_not_overwritten(client: Client, cast: Cast, lan: Person):
    opened = filled(client.get(url(lan, "sua/trinh-do/")), occupation="Giáo viên", ground=PAPER)
    keeping.keep(
        lan, {"occupation": "Hiệu trưởng"}, ground=Ground(words="x"), by=cast.actor("cell_a1"), today=TODAY
    )
    page = client.post(url(lan, "sua/trinh-do/"), opened)
    assert page.status_code == 422
    assert "vừa được người khác sửa thành «Hiệu trưởng»" in field_error(page, "occupation")
    assert 'value="Giáo viên"' in page.content.decode()


def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(client: Client, lan: Person):
    page = fill(client, url(lan, "sua/ho-ten/"), birth="31/02/1988", hometown="Điện Bàn", ground=PAPER)
    assert page.status_code == 422
    assert "Không có ngày 31/02/1988" in field_error(page, "birth")
    assert 'value="Điện Bàn"' in page.content.decode()
    assert not Fact.objects.exists()


def test_a_change_says_on_what_it_rests(client: Client, lan: Person):
    page = fill(client, url(lan, "sua/trinh-do/"), occupation="Giáo viên")
    assert "Cần điền mục này" in field_error(page, "ground")


def test_private_sections_open_on_record_and_under_their_own_right(cast: Cast, lan: Person):
    client = entered(cast.cell_a1)
    assert "được ghi lại" in words(client.get(url(lan, "muc-rieng/noi-o/")))
    assert Entry.objects.filter(action="person.read", data={"part": "noi-o"}).count() == 1
    assert client.get(url(lan, "muc/noi-o/")).status_code == 404


def test_what_private_fields_say_is_on_no_page_of_the_record_itself(cast: Cast, client: Client, lan: Person):
    values = {"religion": "Phật giáo", "residence": "Số 5 đường Bí Mật"}
    keeping.keep(lan, values, ground=Ground(words=PAPER), by=cast.actor(), today=TODAY)
    page = words(client.get(url(lan)))
    assert "Tôn giáo: thông tin riêng" in page
    assert "Phật giáo" not in page
    assert "Bí Mật" not in page


def test_a_cell_secretary_writes_no_discipline(cast: Cast, lan: Person):
    assert entered(cast.cell_a1).get(url(lan, "bang/discipline/")).status_code == 403
    assert entered(cast.secretary_a).get(url(lan, "bang/discipline/")).status_code == 200


def test_a_row_is_added_shown_in_the_timeline_changed_and_struck_out(client: Client, lan: Person):
    row = {"what": "Bằng khen", "on": "9/2019", "decided_by": "UBND tỉnh"}
    fill(client, url(lan, "bang/award/"), **row)
    assert "Khen thưởng: Bằng khen, 09/2019, UBND tỉnh" in words(client.get(url(lan)))
    first = Fact.objects.get(field="award")
    edit = url(lan, f"bang/award/{first.pk}/")
    sent = client.post(edit, filled(client.get(edit), form=-2, on="10/2019"))
    assert sent.status_code == 302, errors(sent)
    last = Fact.objects.get(corrects=first)
    edit = url(lan, f"bang/award/{last.pk}/")
    sent = client.post(edit, filled(client.get(edit), step="bo", **{"bo-ground": "Của người khác"}))
    assert sent.status_code == 302, errors(sent)
    page = words(client.get(url(lan, "lich-su/award/")))
    assert "Đã bỏ ngày" in page
    assert "Của người khác" in page
    assert client.get(edit).status_code == 404


def test_the_history_of_a_field_gives_each_value_with_its_ground(client: Client, lan: Person):
    fill(client, url(lan, "sua/trinh-do/"), occupation="Giáo viên", since="2015", ground="Quyết định A")
    fill(client, url(lan, "sua/trinh-do/"), occupation="Hiệu trưởng", since="2020", ground="Quyết định B")
    rows = client.get(url(lan, "lich-su/occupation/")).context["rows"]
    assert [(r["name"], r["cells"][0], r["cells"][1]) for r in rows] == [
        ("Hiệu trưởng", "2020", "Quyết định B"),
        ("Giáo viên", "2015", "Quyết định A"),
    ]


def test_the_record_is_shown_as_of_a_day(cast: Cast):
    person = cast.people["recognised_a3"]
    client = entered(cast.secretary_a)
    page = client.get(url(person), {"ngay": "1/1/2022"})
    assert page.context["card"].standing == "Đảng viên dự bị"
    assert "Hồ sơ tính đến ngày 01/01/2022" in words(page)
    assert client.get(url(person)).context["card"].standing == "Đảng viên chính thức"


def test_the_record_is_shown_as_known_on_a_day(cast: Cast):
    person = cast.people["moved_to_a"]
    page = entered(cast.officer).get(url(person), {"ngay": "20/4/2023", "biet-den": "31/8/2022"})
    assert "Chi bộ khối Hạ" in [f["value"] for f in page.context["card"].facts]


def test_a_day_that_cannot_be_read_is_said_and_the_page_shows_today(cast: Cast, client: Client, lan: Person):
    page = client.get(url(lan), {"ngay": "hôm qua"})
    assert "Không đọc được ngày" in words(page)
    assert page.context["card"].standing == "Đảng viên chính thức"


def test_badge_years_reached_and_coming_come_with_their_rule(cast: Cast):
    page = words(entered(cast.cell_a1).get(url(cast.people["elder_a1"])))
    assert "Đủ tuổi đảng 60 năm" in page
    assert "đủ 65 năm tuổi đảng ngày 06/01/2025" in page
    assert "Vì sao có mốc Huy hiệu Đảng này?" in page


@pytest.mark.parametrize(
    "path",
    [
        "",
        "muc/ho-ten/",
        "muc/cong-tac/",
        "muc-rieng/noi-o/",
        "sua/trinh-do/",
        "bang/award/",
        "lich-su/hometown/",
    ],
)
def test_each_page_asks_at_most_fifteen_queries(cast: Cast, path: str, django_assert_max_num_queries: Any):
    client = entered(cast.officer)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(url(cast.people["moved_to_a"], path)).status_code == 200

"""The lists of members: each condition against the people as they are, columns, order, saved lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from cast import CANARY_NAME, TODAY, Cast
from tochuc.audit.models import Entry
from tochuc.kernel.known_dates import parse_day
from tochuc.lists import columns, criteria, find, party_days, wanted
from tochuc.lists.both_ends import BothEnds
from tochuc.members import actions
from tochuc.members.models import Membership, Person
from web.browsing import address, entered, errors, filled, own_folders, shown, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")
MOST_QUERIES = 15
A = "/to-chuc/xa-a/dang-vien/"
EVERY = "&".join(f"cot={slug}" for slug in columns.COLUMNS)


def names(cast: Cast, query: str, account: Any = None) -> list[str]:
    page = entered(account or cast.secretary_a).get(f"{A}?{query}", follow=True)
    return [row["name"] for row in page.context["rows"]]


def listed(cast: Cast, day: date = TODAY, **asked: str) -> list[Any]:
    query = {name.replace("_", "-"): [value] for name, value in asked.items()}
    one = wanted.read(query, cast.commune_a, day=day, today=TODAY, known=None, inside=lambda _code: True)
    assert not one.errors
    return list(find.members(one))


def everyone(cast: Cast) -> list[Any]:
    rows = listed(cast)
    assert len(rows) > 8
    return rows


# The conditions


def test_age_counts_full_years_on_the_day_of_the_list(cast: Cast) -> None:
    oldest = min(everyone(cast), key=lambda row: row.person.birth_on).person
    birthday = date(TODAY.year, oldest.birth_on.month, oldest.birth_on.day)
    age = TODAY.year - oldest.birth_on.year - (birthday > TODAY)

    assert oldest in {row.person for row in listed(cast, tu_tuoi=str(age), den_tuoi=str(age))}
    assert oldest not in {row.person for row in listed(cast, den_tuoi=str(age - 1))}
    assert oldest not in {row.person for row in listed(cast, tu_tuoi=str(age + 1))}


def test_women_and_men_make_up_the_whole_list(cast: Cast) -> None:
    women, men = names(cast, "gioi=female"), names(cast, "gioi=male")

    assert women
    assert men
    assert sorted(women + men) == sorted(names(cast, ""))


def test_a_minority_is_found_by_name_and_as_not_kinh_and_the_unrecorded_belong_to_neither(cast: Cast) -> None:
    for key, people in (("member_a1", "Cơ Tu"), ("other_a1", "Kinh"), ("teacher_a3", "")):
        Person.objects.filter(pk=cast.people[key].pk).update(ethnicity=people)
    rest = set(names(cast, "")) - {cast.people["member_a1"].full_name, cast.people["other_a1"].full_name}

    assert names(cast, "dan-toc=cơ tu") == [cast.people["member_a1"].full_name]
    assert names(cast, "dan-toc=thiểu số") == [cast.people["member_a1"].full_name]
    assert set(names(cast, "thieu=dan-toc")) <= rest | {cast.people["teacher_a3"].full_name}


def test_the_age_in_the_party_asked_by_query_is_that_of_the_record(cast: Cast) -> None:
    people = {row.person for row in everyone(cast)}
    ages = party_days.ages([person.pk for person in people], TODAY)

    for years in (0, 5, 10, 20, 40):
        found = {row.person for row in listed(cast, tuoi_dang_tu=str(years))}
        assert found == {p for p in people if p.pk in ages and ages[p.pk].months // 12 >= years}, years
        found = {row.person for row in listed(cast, tuoi_dang_den=str(years))}
        assert found == {p for p in people if p.pk in ages and ages[p.pk].months // 12 <= years}, years


def test_the_day_of_admission_asked_by_query_is_that_of_the_record(cast: Cast) -> None:
    rows = everyone(cast)
    beside = columns.lines(rows, columns.chosen((), several=True), TODAY)
    known = {line.person: line.ceremony for line in beside if line.ceremony}

    for day in sorted(set(known.values())):
        typed = day.strftime("%d/%m/%Y")
        found = {row.person for row in listed(cast, ket_nap_tu=typed, ket_nap_den=typed)}
        assert found == {person for person, on in known.items() if on == day}


def test_a_badge_year_lists_those_whose_party_age_comes_to_a_mark_in_that_year(cast: Cast) -> None:
    people = {row.person for row in everyone(cast)}
    ages = party_days.ages([person.pk for person in people], TODAY)
    marks = criteria.badge_marks(TODAY)
    assert 30 in marks
    some = next(iter(ages.values()))
    years = {party_days.badge_day(age, mark).year for age in ages.values() for mark in marks}

    for year in (some.since.year + 30, *sorted(years)[:6]):
        found = {row.person for row in listed(cast, huy_hieu=str(year))}
        due = {
            p
            for p in people
            if p.pk in ages and any(party_days.badge_day(ages[p.pk], mark).year == year for mark in marks)
        }
        assert found == due, year


def test_one_out_of_the_party_for_a_time_is_listed_by_the_age_that_leaves_it_out(cast: Cast) -> None:
    """Điều 5 khoản 4 Điều lệ Đảng: time outside Party life doesn't count."""
    person = cast.people["removed_a"]
    before = party_days.ages([person.pk], date(2022, 12, 1))[person.pk]
    for kind, on, where in (("readmitted", "10/01/2023", cast.a1), ("recognised", "10/01/2023", None)):
        actions.append(
            person,
            kind,
            on=parse_day(on),
            by=cast.actor(),
            today=TODAY,
            organisation=where,
            decision=actions.Decision("1-QĐ/HU", parse_day(on), "Ban Thường vụ"),
        )
    years = party_days.ages([person.pk], TODAY)[person.pk].months // 12

    assert before.since == date(2015, 2, 3)
    assert person in {row.person for row in listed(cast, tuoi_dang_tu=str(years), tuoi_dang_den=str(years))}
    assert person not in {row.person for row in listed(cast, tuoi_dang_tu=str(years + 1))}


def test_leaders_holders_and_others_by_their_posts(cast: Cast) -> None:
    leads, holds, holds_none = (names(cast, f"chuc-vu={slug}") for slug in ("dung-dau", "co", "khong"))

    assert "Võ Đình Cường" in leads
    assert set(leads) <= set(holds)
    assert sorted(holds + holds_none) == sorted(names(cast, ""))


def test_the_exempt_are_found_and_the_others_too(cast: Cast) -> None:
    person = cast.people["member_a1"]
    actions.append(person, "exempted", on=date(2023, 1, 5), by=cast.actor(), today=TODAY)

    assert person.full_name in names(cast, "dieu-kien=exempt")
    assert person.full_name not in names(cast, "dieu-kien=khong")
    assert person.full_name not in names(cast, "dieu-kien=exempt&ngay=01/01/2023")


@pytest.mark.parametrize("slug", [slug for slug, _label in criteria._LACKING])
def test_what_is_missing_can_be_asked_for_each_field(cast: Cast, slug: str) -> None:
    assert set(names(cast, f"thieu={slug}")) <= set(names(cast, ""))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("tu-tuoi=muoi", "Ghi một số từ 0 đến 150."),
        ("tu-tuoi=999", "Ghi một số từ 0 đến 150."),
        ("tu-tuoi=²", "Ghi một số từ 0 đến 150."),
        ("huy-hieu=23", "Ghi một số từ 1930 đến 2100."),
        ("ket-nap-tu=31/2/2020", "Không có ngày 31/02/2020"),
        ("gioi=khac", "Chọn một trong các giá trị có sẵn."),
    ],
)
def test_a_condition_that_cannot_be_read_is_said_beside_its_field_and_the_rest_of_the_list_stays(
    cast: Cast, query: str, said: str
) -> None:
    page = entered(cast.secretary_a).get(f"{A}?{query}&la=du-bi")

    slug, _, typed = query.partition("=")
    assert errors(page)
    assert said in errors(page)
    assert shown(page).xpath(f"//*[@id='id_{slug}']")
    assert [row["name"] for row in page.context["rows"]] == ["Nguyễn Thị Thảo"]
    assert typed in shown(page).xpath(f"//*[@id='id_{slug}']/@value") or slug == "gioi"


@pytest.mark.parametrize("query", ["chi-bo=xa-b-thon-thuong", "chi-bo=khong-co", "cot=khong-co", "dong=7"])
def test_what_is_not_offered_counts_as_not_asked(cast: Cast, query: str) -> None:
    assert names(cast, query) == names(cast, "")
    assert CANARY_NAME not in names(cast, query)


# Address, columns, order


def test_the_form_leads_to_an_address_with_only_what_is_asked(cast: Cast) -> None:
    answer = entered(cast.secretary_a).get(f"{A}?q=&la=du-bi&chi-bo=&gioi=&tu-tuoi=&dong=50")

    assert (answer.status_code, answer["Location"]) == (302, f"{A}?la=du-bi")


def test_the_same_address_gives_a_colleague_the_same_list(cast: Cast) -> None:
    query = f"gioi=female&xep=ngay-sinh&chieu=giam&{EVERY}"

    assert names(cast, query, cast.officer) == names(cast, query)
    page = entered(cast.officer).get(f"{A}?{query}")
    assert [c["label"] for c in page.context["columns"]] == [c.label for c in columns.COLUMNS.values()]


@pytest.mark.parametrize("order", sorted(wanted.ORDERS))
def test_any_order_lists_everyone_once_and_turned_round_too(cast: Cast, order: str) -> None:
    up, down = names(cast, f"xep={order}"), names(cast, f"xep={order}&chieu=giam")

    assert sorted(up) == sorted(down) == sorted(names(cast, ""))


def test_columns_of_what_is_closed_in_a_record_are_noted_when_a_list_shows_them(cast: Cast) -> None:
    names(cast, "")
    assert not Entry.objects.filter(action="list.opened").exists()
    names(cast, "cot=dien-thoai")

    noted = Entry.objects.get(action="list.opened")
    assert (noted.account, noted.object_key) == (cast.secretary_a.pk, "xa-a")


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", MOST_QUERIES),
        ("huy-hieu=2023&chuc-vu=co&dieu-kien=khong&thieu=the", MOST_QUERIES),
        ("xep=tuoi-dang", MOST_QUERIES),
        ("in=1", MOST_QUERIES),
        # Every column there is; three are the entry in the trail that the closed ones ask for.
        (EVERY, MOST_QUERIES + 2),
    ],
)
def test_the_list_asks_at_most_fifteen_queries(
    cast: Cast, query: str, most: int, django_assert_max_num_queries: Any
) -> None:
    client = entered(cast.secretary_a)

    with django_assert_max_num_queries(most):
        assert client.get(f"{A}?{query}").status_code == 200


# As known on a past day


def test_the_list_as_known_on_a_past_day_leaves_out_what_was_recorded_later(cast: Cast) -> None:
    person = cast.people["member_a1"]
    actions.append(person, "died", on=date(2023, 4, 1), by=cast.actor(), today=TODAY)
    Membership.objects.filter(person=person).update()
    asked = {"q": ["lan"]}
    one = wanted.read(
        asked, cast.commune_a, day=date(2023, 4, 10), today=TODAY, known=TODAY, inside=lambda _c: True
    )

    before = find.members(one, datetime(2023, 4, 2, tzinfo=UTC))
    assert not list(find.members(one, timezone.now()))
    assert [row.person for row in before] == [person]


def test_as_known_today_is_the_list_of_today_in_any_order(cast: Cast) -> None:
    for query in (
        "",
        "la=du-bi",
        "chi-bo=xa-a-thon-dong",
        "gioi=female",
        "xep=ngay-sinh&chieu=giam",
        "q=van",
    ):
        assert names(cast, f"{query}&biet=20/04/2023") == names(cast, query), query


# Saved lists


def save(cast: Cast, query: str, account: Any, **given: str) -> Any:
    client = entered(account)
    path = address("saved_lists", "xa-a") + f"?{query}"
    page = client.get(path)
    return client.post(path, filled(page, 0, **given), follow=True)


def test_a_list_saved_under_a_name_leads_back_to_the_same_list(cast: Cast) -> None:
    answer = save(cast, "gioi=female&xep=ngay-sinh", cast.secretary_a, name="Nữ  đảng viên")

    assert "Đã lưu danh sách «Nữ đảng viên»" in words(answer)
    page = entered(cast.secretary_a).get(A)
    assert shown(page).xpath("//nav[@class='saved']/a/@href") == ["?gioi=female&xep=ngay-sinh"]


def test_a_colleague_sees_a_saved_list_only_when_it_is_shared(cast: Cast) -> None:
    save(cast, "gioi=female", cast.secretary_a, name="Riêng")
    save(cast, "gioi=male", cast.secretary_a, name="Chung", shared="on")

    assert [one.name for one in entered(cast.officer).get(A).context["saved"]] == ["Chung"]
    assert [one.name for one in entered(cast.secretary_a).get(A).context["saved"]] == ["Chung", "Riêng"]


def test_saving_again_under_the_name_replaces_what_it_asks(cast: Cast) -> None:
    save(cast, "gioi=female", cast.secretary_a, name="Danh sách")
    save(cast, "gioi=male", cast.secretary_a, name="Danh sách")

    assert [one.query for one in entered(cast.secretary_a).get(A).context["saved"]] == ["gioi=male"]


def test_a_list_without_a_name_is_not_saved(cast: Cast) -> None:
    assert "Cần điền mục này" in errors(save(cast, "", cast.secretary_a, name=" "))


def test_one_takes_away_ones_own_saved_list_and_no_other(cast: Cast) -> None:
    save(cast, "gioi=male", cast.secretary_a, name="Chung", shared="on")
    ref = entered(cast.officer).get(A).context["saved"][0].ref
    path = address("saved_lists", "xa-a")

    refused = entered(cast.officer).post(path, {"drop": ref}, follow=True)
    assert "do người khác lưu" in words(refused)
    gone = entered(cast.secretary_a).post(path, {"drop": ref}, follow=True)
    assert "Đã xóa danh sách «Chung»" in words(gone)
    assert entered(cast.officer).get(A).context["saved"] == []


@pytest.mark.parametrize("order", sorted(wanted.ORDERS))
@pytest.mark.parametrize("down", ["", "giam"])
def test_pages_read_from_either_end_are_the_list_cut_into_pieces(cast: Cast, order: str, down: str) -> None:
    one = wanted.read(
        {"xep": [order], "chieu": [down]},
        cast.commune_a,
        day=TODAY,
        today=TODAY,
        known=None,
        inside=lambda _code: True,
    )
    rows = find.members_now(one)
    whole = [row.pk for row in rows]
    pages = BothEnds(rows)
    for size in (1, 4, 5):
        cut = [[row.pk for row in pages[n : n + size]] for n in range(0, len(whole), size)]
        assert [pk for page in cut for pk in page] == whole

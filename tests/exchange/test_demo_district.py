"""The demonstration district is possible, adds up, and is the same every time."""

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from exchange.ledger import LEAVING, MEMBER, Course, by_person, follow
from tochuc.exchange.demo.build import DEMO_DAY, build
from tochuc.exchange.demo.names import avoided
from tochuc.exchange.demo.shapes import DemoDistrict, DemoEvent
from tochuc.exchange.demo.texts import DEMO_CONFERENCE_TEXT
from tochuc.kernel.days import add_months, years_between
from tochuc.kernel.known_dates import parse_known_date
from tochuc.org.kinds import KINDS, POST_KINDS

YEAR_ENDS = [date(2019, 12, 31), date(2020, 12, 31), date(2021, 12, 31), date(2022, 12, 31), DEMO_DAY]
LEADING = {"secretary", "standing_deputy_secretary", "deputy_secretary", "chair_inspection"}


@pytest.fixture(scope="module")
def district() -> DemoDistrict:
    return build()


@pytest.fixture(scope="module")
def courses(district: DemoDistrict) -> dict[str, Course]:
    return {person: follow(events) for person, events in by_person(district)}


def in_force(district: DemoDistrict, known_on: date = DEMO_DAY) -> list[DemoEvent]:
    known = [(n, e) for n, e in enumerate(district.events) if e.recorded_on <= known_on]
    corrected = {e.corrects for _, e in known}
    return [e for n, e in known if n not in corrected]


def members_on(courses: dict[str, Course], day: date) -> dict[str, tuple[str, str]]:
    places = ((person, course.at(day)) for person, course in courses.items())
    return {person: place for person, place in places if place and place[1] in MEMBER}


# What is recorded is possible


def test_every_event_is_possible_when_it_is_recorded(district: DemoDistrict) -> None:
    for _, events in by_person(district):
        for known in range(1, len(events) + 1):
            follow(events[:known])


def test_a_persons_events_stand_in_the_order_of_recording_and_none_before_it_happened(
    district: DemoDistrict,
) -> None:
    for _, numbered in by_person(district):
        events = [event for _, event in numbered]
        assert [e.recorded_on for e in events] == sorted(e.recorded_on for e in events)
        assert all(e.on <= e.recorded_on <= DEMO_DAY for e in events)
    assert len({person for person, _ in by_person(district)}) == len(district.people)


def test_people_belong_to_cells_that_exist_on_the_day(district: DemoDistrict) -> None:
    orgs = {org.code: org for org in district.orgs}
    for event in district.events:
        if event.organisation and not event.post:
            org = orgs[event.organisation]
            assert KINDS[org.kind].holds_members
            assert org.since <= event.on < (org.until or date.max)


def test_a_correction_replaces_an_event_of_the_same_person_recorded_before_it(district: DemoDistrict) -> None:
    corrections = [e for e in district.events if e.corrects is not None]
    assert 24 <= len(corrections) <= 48
    for right in corrections:
        wrong = district.events[right.corrects or 0]
        assert wrong.person == right.person
        assert wrong.recorded_on < right.recorded_on
        assert right.data["correction"]
        stated = right.data | {"correction": ""}
        facts = [
            (e.kind, e.on, e.organisation, d)
            for e, d in ((wrong, wrong.data | {"correction": ""}), (right, stated))
        ]
        assert facts[0] != facts[1]
    assert len({e.kind for e in corrections}) >= 5


def test_recognition_takes_effect_when_the_year_of_probation_ends_however_late_it_is_decided(
    district: DemoDistrict,
) -> None:
    joined = {
        e.person: e.data.get("admitted_on") or e.on.isoformat()
        for e in in_force(district)
        if e.kind in {"opening", "arrived", "admitted", "readmitted"}
    }
    recognised = [e for e in in_force(district) if e.kind == "recognised"]
    assert all(e.on == add_months(date.fromisoformat(joined[e.person]), 12) for e in recognised)
    assert any((e.decision_on - e.on).days > 70 for e in recognised if e.decision_on)


def test_nobody_is_admitted_before_eighteen(district: DemoDistrict) -> None:
    born = {p.ref: parse_known_date(p.birth_iso) for p in district.people}
    for event in in_force(district):
        joined = event.data.get("admitted_on") or (event.on.isoformat() if event.kind == "admitted" else None)
        if joined:
            assert years_between(born[event.person].first, date.fromisoformat(joined)) >= 18


def test_what_needs_a_decision_has_one_and_no_number_is_used_twice(district: DemoDistrict) -> None:
    needing = {"admitted", "readmitted", "recognised", "expelled", "removed", "departed", "restored"}
    seen: Counter[tuple[str | None, str]] = Counter()
    for event in in_force(district):
        if event.kind in needing:
            assert event.decision_number
            assert event.decision_on
            assert event.decision_by
        if event.kind in {"admitted", "readmitted"} and event.decision_on:
            assert event.decision_on <= event.on
        if event.decision_number:
            seen[event.decision_by, event.decision_number] += 1
    assert len(seen) > 1000
    assert max(seen.values()) == 1


# The ledger adds up


def test_the_yearly_statement_of_every_organisation_reconciles(
    district: DemoDistrict, courses: dict[str, Course]
) -> None:
    parents = {org.code: org.parent for org in district.orgs}

    def above(cell: str | None) -> frozenset[str]:
        chain = []
        while cell:
            chain.append(cell)
            cell = parents[cell]
        return frozenset(chain)

    branches = {code: above(code) for code in parents}
    for before, until in pairwise(YEAR_ENDS):
        opening = _headcount(courses, branches, before)
        closing = _headcount(courses, branches, until)
        change: Counter[str] = Counter()
        for course in courses.values():
            for on, frm, to in course.steps:
                if before < on <= until:
                    left = branches[frm[0]] if frm and frm[1] in MEMBER else frozenset()
                    come = branches[to[0]] if to and to[1] in MEMBER else frozenset()
                    change.update(come - left)
                    change.subtract(left - come)
        for code in parents:
            assert opening[code] + change[code] == closing[code], (code, until)


def _headcount(courses: dict[str, Course], branches: dict[str, frozenset[str]], day: date) -> Counter[str]:
    count: Counter[str] = Counter()
    for cell, _ in members_on(courses, day).values():
        count.update(branches[cell])
    return count


# It is shaped like a district


def test_the_tree_has_the_sizes_of_the_real_district(district: DemoDistrict) -> None:
    kinds = Counter(org.kind for org in district.orgs if org.until is None)
    assert 70 <= kinds["grassroots_committee"] + kinds["grassroots_cell"] <= 75
    assert 240 <= kinds["cell"] + kinds["grassroots_cell"] <= 265
    assert kinds["board"] == 5
    assert kinds["sectional_committee"] >= 1
    seen: set[str] = set()
    by_code = {org.code: org for org in district.orgs}
    for org in district.orgs:
        assert org.parent is None or org.parent in seen
        if org.parent:
            assert by_code[org.parent].kind in KINDS[org.kind].under
            assert by_code[org.parent].since <= org.since
        seen.add(org.code)
    assert len(seen) == len(district.orgs)


def test_the_places_are_the_real_ones(district: DemoDistrict) -> None:
    names = {org.name for org in district.orgs}
    communes = "Châu|Hải|Hòa|Nghĩa|Phú|Phước|Sơn|Tân|Thành|Thu|Trinh|Trung|Vinh"
    assert {f"Đảng bộ xã Duy {name}" for name in communes.split("|")} | {
        "Đảng bộ thị trấn Nam Phước"
    } <= names
    quarters = "Long Xuyên 1|Long Xuyên 2|Phước Mỹ|Phước Xuyên|Châu Hiệp|Mỹ Hòa|Xuyên Tây|Xuyên Đông|Bình An|Mỹ Xuyên"
    assert {f"Chi bộ khối phố {name}" for name in quarters.split("|")} <= names
    villages = "Thành Triều|Hội Sơn|Thuận An|Lệ Sơn|Sơn Viên"
    assert {f"Chi bộ thôn {name}" for name in villages.split("|")} <= names


def test_members_by_standing_age_and_gender(district: DemoDistrict, courses: dict[str, Course]) -> None:
    people = {p.ref: p for p in district.people}
    kinds = {org.code: org.cell_kind for org in district.orgs}
    members = members_on(courses, DEMO_DAY)
    assert 4700 <= len(members) <= 5300
    assert 0.022 <= sum(s == "probationary" for _, s in members.values()) / len(members) <= 0.034
    assert 0.33 <= sum(people[ref].gender == "female" for ref in members) / len(members) <= 0.38
    ages = {ref: years_between(parse_known_date(people[ref].birth_iso).first, DEMO_DAY) for ref in members}
    assert min(ages.values()) >= 18
    assert 86 <= max(ages.values()) <= 95
    villages = [ages[ref] for ref, (cell, _) in members.items() if kinds[cell] in {"village", "quarter"}]
    assert 48 <= sum(villages) / len(villages) <= 55
    schools = [ages[ref] for ref, (cell, _) in members.items() if kinds[cell] == "school"]
    assert 38 <= sum(schools) / len(schools) <= 45
    assert any(len(p.birth_iso) == 4 for p in people.values())


def test_cells_are_of_uneven_size_and_some_have_fewer_than_three_official_members(
    district: DemoDistrict, courses: dict[str, Course]
) -> None:
    sizes: Counter[str] = Counter()
    official: Counter[str] = Counter()
    for cell, standing in members_on(courses, DEMO_DAY).values():
        sizes[cell] += 1
        official[cell] += standing == "official"
    assert max(sizes.values()) <= 70
    assert sum(size < 10 for size in sizes.values()) > 50
    assert 3 <= sum(official[cell] < 3 for cell in sizes) <= 8
    alive = [o.code for o in district.orgs if o.cell_kind and o.until is None]
    assert set(alive) == set(sizes)


def test_the_movements_of_each_year_are_of_the_right_size(district: DemoDistrict) -> None:
    for year in (2020, 2021, 2022):
        kinds = Counter(e.kind for e in in_force(district) if e.on.year == year)
        assert 90 <= kinds["admitted"] <= 120
        assert 25 <= kinds["died"] <= 65
        assert 40 <= sum(kinds[k] for k in LEAVING - {"left_for"}) <= 100
        assert kinds["left_for"] >= 40
        assert kinds["arrived"] >= 40
        assert kinds["transferred"] >= 30
    kinds = Counter(e.kind for e in in_force(district))
    assert 120 <= kinds["sympathiser_listed"] <= 180
    assert kinds["restored"] == 1
    assert kinds["readmitted"] >= 2
    late = [e for e in in_force(district) if (e.recorded_on - max(e.on, e.decision_on or e.on)).days > 70]
    assert 24 <= len(late) <= 90


# Posts


def test_every_leading_post_of_the_communes_is_held_but_for_two_vacancies(
    district: DemoDistrict, courses: dict[str, Course]
) -> None:
    communes = {a.roles[0][1] for a in district.accounts if a.roles[0][0] == "commune_secretary"}
    assert len(communes) == 14
    held = {post for course in courses.values() for post in course.holds(DEMO_DAY)}
    leading = {p.code for p in district.posts if p.organisation in communes and p.kind in LEADING}
    assert len(leading) == 14 * 4
    assert leading - held == {"dx-duy-thu-bi-thu", "dx-duy-trung-pho-bi-thu-thuong-truc"}


def test_one_person_at_a_time_holds_a_post(district: DemoDistrict, courses: dict[str, Course]) -> None:
    posts = {post.code: post for post in district.posts}
    times = defaultdict(list)
    for course in courses.values():
        for code, since, until in course.held:
            times[code].append((since, until or date.max))
            assert posts[code].since <= since
    for spans in times.values():
        spans.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert {post.kind for post in posts.values()} <= set(POST_KINDS)
    events = (e for e in district.events if e.post)
    assert all(e.organisation == posts[str(e.post)].organisation for e in events)


def test_cell_secretaries_belong_to_their_cells(district: DemoDistrict, courses: dict[str, Course]) -> None:
    posts = {post.code: post for post in district.posts}
    cells = {org.code for org in district.orgs if org.cell_kind}
    for course in courses.values():
        place = course.at(DEMO_DAY)
        for code in course.holds(DEMO_DAY):
            if posts[code].organisation in cells:
                assert place == (posts[code].organisation, "official")


# People and accounts


def test_nobody_bears_the_name_of_a_well_known_leader(district: DemoDistrict) -> None:
    names = {person.full_name for person in district.people}
    assert not names & (avoided() | {"Nguyễn Thị Thúy Hồng"})
    assert "Lương Thị Bích Hạnh" in names


def test_cards_are_eight_digits_unique_and_only_of_official_members(
    district: DemoDistrict, courses: dict[str, Course]
) -> None:
    cards = [p.card_number for p in district.people if p.card_number]
    assert len(set(cards)) == len(cards) > 4500
    assert all(re.fullmatch(r"49\.\d{6}", card) for card in cards)
    probationary = {ref for ref, (_, s) in members_on(courses, DEMO_DAY).items() if s == "probationary"}
    first_timers = probationary - {e.person for e in district.events if e.kind == "readmitted"}
    assert not [p.ref for p in district.people if p.ref in first_timers and p.card_number]


def test_no_telephone_number_can_be_called(district: DemoDistrict) -> None:
    phones = [p.phone for p in district.people if p.phone]
    assert len(set(phones)) == len(phones) > 3000
    assert all(re.fullmatch(r"0510\d{6}", phone) for phone in phones)


def test_accounts_stand_where_their_people_do(district: DemoDistrict, courses: dict[str, Course]) -> None:
    accounts = {account.username: account for account in district.accounts}
    assert {"canbo", "namphuoc", "chibo", "dangvien", "duyhoa", "duythu"} <= set(accounts)
    assert len(accounts) == len(district.accounts) == 4 + 14 + 12 + 1
    assert accounts["canbo"].roles[0][:2] == ("organisation_officer", "dx")
    cell = accounts["chibo"].roles[0][1]
    assert cell.startswith("dx-nam-phuoc-")
    assert accounts["dangvien"].roles[0][:2] == ("member", cell)
    names = {p.ref: p.full_name for p in district.people}
    assert (accounts["tinh"].roles[0][:2], accounts["tinh"].person) == (("organisation_officer", "qn"), None)
    for account in accounts.values():
        if account.person is None:
            continue
        place = courses[str(account.person)].at(DEMO_DAY)
        assert place
        assert names[str(account.person)] == account.full_name
        assert all(place[0] == org for role, org, _ in account.roles if role in {"member", "cell_secretary"})


# Texts


def test_the_figures_of_the_conference_are_those_known_on_its_day(district: DemoDistrict) -> None:
    day, year_end = date(2023, 1, 10), date(2022, 12, 31)
    assert district.texts[0].body == DEMO_CONFERENCE_TEXT
    assert district.texts[0].on == day
    known = [e for e in in_force(district, day) if e.on <= year_end]
    year = Counter(e.kind for e in known if e.on.year == 2022)
    entered = Counter(e.kind for e in known)
    members = sum(entered[k] for k in ("opening", "arrived", "admitted", "readmitted", "restored"))
    members -= sum(entered[k] for k in LEAVING)
    kinds = {org.code: org for org in district.orgs}
    listing = {e.organisation for e in known if e.kind == "sympathiser_listed" and e.on.year == 2022}
    silent = [c for c, o in kinds.items() if o.cell_kind in {"village", "quarter"} and c not in listing]
    for said in (
        f"72 tổ chức cơ sở đảng với {members // 1000}.{members % 1000:03} đảng viên",
        f"kết nạp {year['admitted']} đảng viên, đạt 111,4% chỉ tiêu",
        f"công nhận {year['recognised']} đảng viên chính thức",
        f"đưa {year['sympathiser_listed']} quần chúng vào danh sách cảm tình đảng",
        f"{year['expelled']} đảng viên bị khai trừ",
        f"{year['removed']} đảng viên bị xóa tên",
        f"{year['departed']} đảng viên xin ra khỏi Đảng",
        f"{len(silent)} chi bộ thôn, khối phố",
    ):
        assert said in DEMO_CONFERENCE_TEXT

"""The fixed characters: a small tree of organisations, the people in it, and the accounts they log in with.

Everything is made through the public actions, each act recorded on the day it happened. `cast` gives the
characters to a test; what the test then does is undone when it ends. They are made once per run, so the
database is never empty: a test that needs it so brings a database of its own.

    province ── district ─┬─ organisation_board, propaganda_board
                          ├─ commune_a ── a1 (village), a2 (village, below its least number), a3 (school)
                          ├─ commune_b ── b1 (village), b2 (quarter), b3 (health station, since July 2021)
                          └─ agency_cell
             other_district ── other_cell
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import override_settings

from databases import Own
from tochuc.access import actions as access
from tochuc.access.models import Account
from tochuc.access.viewer import Viewer
from tochuc.audit.record import NOBODY, Actor
from tochuc.kernel.known_dates import BIRTH_PIVOT, parse_day, parse_known_date
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.models import MemberEvent, Person
from tochuc.org import actions as org
from tochuc.org.models import Organisation, Post

TODAY = date(2023, 4, 20)
OPENING = date(2020, 1, 1)
"""The day on which the ledger of the cast was opened."""
PASSWORD = "mat-khau-thu-2023"
CANARY_NAME = "Kim Oanh Sơn Ca"
"""The name that no answer outside commune B may hold."""

# attribute of Cast: code, name, short name, kind, kind of cell, superior, founded on
_ORGANISATIONS = {
    "province": ("tinh", "Đảng bộ tỉnh", "Tỉnh", "province_committee", "", "", "03/02/1975"),
    "district": ("huyen", "Đảng bộ huyện Thu Giang", "Huyện Thu Giang", "district_committee", "", "province", "02/09/1975"),
    "organisation_board": ("huyen-btc", "Ban Tổ chức Huyện ủy", "Ban Tổ chức", "board", "", "district", "02/09/1975"),
    "propaganda_board": ("huyen-btg", "Ban Tuyên giáo Huyện ủy", "Ban Tuyên giáo", "board", "", "district", "02/09/1975"),
    "commune_a": ("xa-a", "Đảng bộ xã An Hòa", "Xã An Hòa", "grassroots_committee", "", "district", "19/05/1976"),
    "a1": ("xa-a-thon-dong", "Chi bộ thôn Đông", "Thôn Đông", "cell", "village", "commune_a", "19/05/1976"),
    "a2": ("xa-a-thon-tay", "Chi bộ thôn Tây", "Thôn Tây", "cell", "village", "commune_a", "19/05/1976"),
    "a3": ("xa-a-truong", "Chi bộ Trường Tiểu học An Hòa", "Trường An Hòa", "cell", "school", "commune_a", "19/05/1976"),
    "commune_b": ("xa-b", "Đảng bộ xã Bình Lâm", "Xã Bình Lâm", "grassroots_committee", "", "district", "19/05/1976"),
    "b1": ("xa-b-thon-thuong", "Chi bộ thôn Thượng", "Thôn Thượng", "cell", "village", "commune_b", "19/05/1976"),
    "b2": ("xa-b-khoi-ha", "Chi bộ khối Hạ", "Khối Hạ", "cell", "quarter", "commune_b", "19/05/1976"),
    "b3": ("xa-b-tram-y-te", "Chi bộ Trạm Y tế", "Trạm Y tế", "cell", "health_station", "commune_b", "01/07/2021"),
    "agency_cell": ("cq-ban-dang", "Chi bộ Cơ quan các ban đảng", "Cơ quan các ban", "grassroots_cell", "agency", "district", "02/09/1975"),
    "other_district": ("huyen-2", "Đảng bộ huyện Sông Bạc", "Huyện Sông Bạc", "district_committee", "", "province", "02/09/1975"),
    "other_cell": ("huyen-2-cq", "Chi bộ Cơ quan Huyện ủy Sông Bạc", "Cơ quan Sông Bạc", "grassroots_cell", "agency", "other_district", "02/09/1975"),
}  # fmt: skip

# key in Cast.posts: organisation, kind, title
_POSTS = {
    "head_organisation": ("organisation_board", "board_head", "Trưởng ban Tổ chức Huyện ủy"),
    "secretary_a": ("commune_a", "secretary", "Bí thư Đảng ủy xã An Hòa"),
    "deputy_a": ("commune_a", "standing_deputy_secretary", "Phó Bí thư Thường trực Đảng ủy xã An Hòa"),
    "secretary_b": ("commune_b", "secretary", "Bí thư Đảng ủy xã Bình Lâm"),
    "secretary_a1": ("a1", "secretary", "Bí thư Chi bộ thôn Đông"),
    "secretary_a2": ("a2", "secretary", "Bí thư Chi bộ thôn Tây"),
    "secretary_b1": ("b1", "secretary", "Bí thư Chi bộ thôn Thượng"),
}

Happened = tuple[str, ...]


def _stood(cell: str, admitted: str, post: str = "") -> list[Happened]:
    """An official member when the ledger was opened, and the post held since."""
    return [("opening", cell, "01/01/2020", admitted)] + [("took_post", post, "02/01/2020")] * bool(post)


# key in Cast.people: full name, gender, birth, what happened
_PEOPLE: dict[str, tuple[str, str, str, list[Happened]]] = {
    "officer": ("Lê Thị Thu Hà", "female", "12/08/1979", _stood("agency_cell", "03/02/2004", "head_organisation")),
    "secretary_a": ("Nguyễn Văn Thành", "male", "1970", _stood("a3", "19/05/1996", "secretary_a")),
    "deputy_a": ("Trần Quốc Bảo", "male", "03/1975", _stood("a3", "02/09/2001", "deputy_a")),
    "secretary_b": ("Phạm Minh Đức", "male", "25/12/1968", _stood("b2", "03/02/1994", "secretary_b")),
    "cell_a1": ("Võ Đình Cường", "male", "1958", _stood("a1", "19/08/1985", "secretary_a1")),
    "cell_a2": ("Đặng Thị Hồng", "female", "10/10/1965", _stood("a2", "03/02/1992", "secretary_a2")),
    "cell_b1": ("Huỳnh Ngọc Sơn", "male", "07/1962", _stood("b1", "07/11/1990", "secretary_b1")),
    "member_a1": ("Bùi Thị Lan", "female", "20/10/1988", _stood("a1", "26/03/2014")),
    "expired": ("Đỗ Văn Tám", "male", "1955", _stood("a2", "22/12/1980")),
    "elder_a1": ("Ngô Văn Sáu", "male", "1938", [*_stood("a1", "06/01/1960"), ("exempted", "", "01/06/2021")]),
    "other_a1": ("Hồ Thị Bích Ngọc", "female", "04/05/1990", _stood("a1", "02/09/2016")),
    "teacher_a3": ("Dương Văn Quý", "male", "30/01/1983", _stood("a3", "20/11/2010")),
    "moved_within_a": ("Phan Thị Mai", "female", "14/02/1991", [*_stood("a3", "26/03/2017"), ("transferred", "a1", "15/03/2022")]),
    "moved_to_a": ("Lý Thanh Tùng", "male", "11/11/1986", [*_stood("b2", "22/12/2012"), ("transferred", "a1", "01/09/2022")]),
    "left_a": ("Mai Xuân Trường", "male", "17/06/1993", [*_stood("a1", "19/05/2018"), ("left_for", "", "10/08/2022", "Đảng bộ Quân đội")]),
    "died_a": ("Cao Văn Năm", "male", "1931", [*_stood("a1", "02/09/1954"), ("died", "", "20/07/2022")]),
    "removed_a": ("Trịnh Công Phú", "male", "09/09/1989", [*_stood("a1", "03/02/2015"), ("removed", "", "05/12/2022")]),
    "probation_a1": ("Nguyễn Thị Thảo", "female", "08/03/1996", [("sympathiser_listed", "a1", "05/01/2021"), ("admitted", "a1", "10/05/2022")]),
    "recognised_a3": ("Lê Minh Khoa", "male", "21/06/1994", [("sympathiser_listed", "a3", "01/02/2020"), ("admitted", "a3", "19/05/2021"), ("recognised", "", "19/05/2022")]),
    "sympathiser_a1": ("Trần Văn Hậu", "male", "15/04/1998", [("sympathiser_listed", "a1", "12/01/2023")]),
    "canary": (CANARY_NAME, "female", "29/02/1992", _stood("b1", "03/02/2018")),
    "probation_b1": ("Phùng Gia Huy", "male", "02/12/1997", [("sympathiser_listed", "b1", "03/03/2021"), ("admitted", "b1", "03/02/2022")]),
    "sympathiser_b1": ("Tạ Thị Yến", "female", "19/07/1999", [("sympathiser_listed", "b1", "20/02/2023")]),
    "member_b1": ("Châu Văn Lộc", "male", "1980", _stood("b1", "19/05/2008")),
    "member_b2": ("Quách Thị Hiền", "female", "05/1973", _stood("b2", "08/03/2003")),
    "nurse_b3": ("Vũ Thị Hạnh", "female", "27/02/1985", [*_stood("b2", "27/02/2011"), ("transferred", "b3", "01/07/2021")]),
    "expelled_b3": ("Kiều Văn Toàn", "male", "13/10/1984", [*_stood("b2", "02/09/2013"), ("transferred", "b3", "01/07/2021"), ("expelled", "", "18/11/2022")]),
    "clerk": ("Đinh Thị Phương", "female", "01/04/1987", _stood("agency_cell", "30/04/2012")),
    "neighbour": ("Thái Văn Long", "male", "1976", _stood("other_cell", "02/09/2000")),
}  # fmt: skip

# attribute of Cast: role, organisation, until; the person is the one of the same key
_ACCOUNTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "officer": (("organisation_officer", "district", ""),),
    "secretary_a": (("commune_secretary", "commune_a", ""),),
    "secretary_b": (("commune_secretary", "commune_b", ""),),
    "cell_a1": (("cell_secretary", "a1", ""), ("member", "a1", "")),
    "cell_a2": (("cell_secretary", "a2", ""), ("member", "a2", "")),
    "cell_b1": (("cell_secretary", "b1", ""), ("member", "b1", "")),
    "member_a1": (("member", "a1", ""),),
    "expired": (("cell_secretary", "a2", "01/07/2022"),),
    "nobody": (),
}


@dataclass
class Cast:
    """The characters by name. Organisations and accounts are attributes, people and posts stand by key.

    `expired` was the secretary of a2 until July 2022 and still has a record of their own; `nobody` has
    neither role nor record. `canary` stands in b1.
    """

    province: Organisation
    district: Organisation
    organisation_board: Organisation
    propaganda_board: Organisation
    commune_a: Organisation
    a1: Organisation
    a2: Organisation
    a3: Organisation
    commune_b: Organisation
    b1: Organisation
    b2: Organisation
    b3: Organisation
    agency_cell: Organisation
    other_district: Organisation
    other_cell: Organisation

    officer: Account
    secretary_a: Account
    secretary_b: Account
    cell_a1: Account
    cell_a2: Account
    cell_b1: Account
    member_a1: Account
    expired: Account
    nobody: Account

    people: dict[str, Person]
    posts: dict[str, Post]
    today: date = TODAY

    @property
    def canary(self) -> Person:
        """The one whose name may appear nowhere outside commune B."""
        return self.people["canary"]

    @property
    def cells(self) -> list[Organisation]:
        """All organisations that people belong to."""
        district = [self.a1, self.a2, self.a3, self.b1, self.b2, self.b3, self.agency_cell]
        return [*district, self.other_cell]

    @property
    def organisations(self) -> list[Organisation]:
        """All of them, superiors first."""
        return [getattr(self, key) for key in _ORGANISATIONS]

    @property
    def accounts(self) -> dict[str, Account]:
        """All accounts by name."""
        return {key: getattr(self, key) for key in _ACCOUNTS}

    def viewer(self, name: str, today: date = TODAY) -> Viewer:
        """One of the accounts as the gate sees it on a day."""
        return Viewer(getattr(self, name), today)

    def actor(self, name: str = "officer") -> Actor:
        """One of the accounts as the trail names it."""
        return self.viewer(name).actor


@contextmanager
def recorded_on(day: date) -> Iterator[None]:
    """What is recorded within is recorded on this day."""
    with override_settings(TOCHUC_TODAY=day):
        yield


def decided(on: date) -> Decision:
    """A decision of the district's standing committee, signed that day."""
    return Decision(f"{on:%d%m}-QĐ/HU", on, "Ban Thường vụ Huyện ủy")


@transaction.atomic
def assemble() -> Cast:
    """Make all characters in the database."""
    organisations = _found()
    posts = _posts(organisations)
    accounts = _accounts(organisations)
    people = {}
    for key, (full_name, gender, birth, happened) in _PEOPLE.items():
        known = parse_known_date(birth, pivot=BIRTH_PIVOT)
        with recorded_on(OPENING):
            person = actions.register(full_name=full_name, gender=gender, birth=known, by=NOBODY)
        if key in accounts:
            person.account = accounts[key]
            person.save(update_fields=["account"])
        for one in happened:
            _happen(person, one, organisations, posts)
        people[key] = Person.objects.select_related("home", "account").get(pk=person.pk)
    return Cast(**organisations, **accounts, people=people, posts=posts)


def _found() -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for key, (code, name, short, kind, cell_kind, parent, on) in _ORGANISATIONS.items():
        made[key] = org.found(
            code=code,
            name=name,
            short_name=short,
            kind=kind,
            cell_kind=cell_kind,
            parent=made.get(parent),
            on=parse_day(on),
            by=NOBODY,
        )
    return made


def _posts(organisations: dict[str, Organisation]) -> dict[str, Post]:
    return {
        key: Post.objects.create(
            code=key.replace("_", "-"),
            organisation=organisations[where],
            kind=kind,
            title=title,
            since=organisations[where].since,
        )
        for key, (where, kind, title) in _POSTS.items()
    }


def _accounts(organisations: dict[str, Organisation]) -> dict[str, Account]:
    # Hashed once for all: argon2 is slow on purpose.
    password = make_password(PASSWORD)
    made = {}
    for key, roles in _ACCOUNTS.items():
        full_name = _PEOPLE[key][0] if key in _PEOPLE else "Người Chưa Có Vai Trò"
        made[key] = Account.objects.create(username=key, full_name=full_name, password=password)
        for role, where, until in roles:
            given = access.give_role(made[key], role, organisations[where], since=OPENING, by=NOBODY)
            if until:
                access.end_role(given, on=parse_day(until), by=NOBODY)
    return made


def _happen(
    person: Person, one: Happened, organisations: dict[str, Organisation], posts: dict[str, Post]
) -> MemberEvent:
    kind, where, on = one[0], one[1], parse_day(one[2])
    with recorded_on(on):
        return actions.append(
            person,
            kind,
            on=on,
            by=NOBODY,
            today=on,
            organisation=organisations.get(where),
            post=posts.get(where) if kind == "took_post" else None,
            decision=actions.NO_DECISION if kind in {"opening", "died"} else decided(on),
            data=_data(kind, one[3:]),
        )


def _data(kind: str, more: Happened) -> dict[str, Any]:
    if kind == "opening":
        admitted = parse_day(more[0])
        official = admitted.replace(year=admitted.year + 1)
        return {"standing": "official", "admitted_on": str(admitted), "official_on": str(official)}
    return {"destination": more[0]} if kind == "left_for" else {}


@pytest.fixture(scope="session")
def assembled(django_db_setup: Own) -> bytes:
    """The characters as first made; tests use `cast`."""
    return django_db_setup.cast


@pytest.fixture
def cast(assembled: bytes, db: None, settings: Any) -> Cast:
    """The characters, for one test, which takes place on `TODAY`."""
    settings.TOCHUC_TODAY = TODAY
    return pickle.loads(assembled)

"""A common name is read in the order of names: the same people as by looking up everyone, whatever is common."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from django.db import connection
from django.db.models import QuerySet

from cast import Cast
from tochuc.exchange.demo.names import draw_name
from tochuc.kernel.names import fold, sort_key
from tochuc.members import common_names, search
from tochuc.members.models import Person
from tochuc.org.models import Organisation

pytestmark = pytest.mark.django_db

_ODD = [
    "Nguyễn Văn An",
    "Nguyễn Văn Ân",
    "Văn Nguyễn Anh",
    "Trần Hòa",
    "Hòa Thị Trần",
    "H'Hoa Bạch",
    "Hoàng Hoàng",
]


@pytest.fixture
def crowd(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Several hundred people, counted; more than five are many here, and nine are shown."""
    rng = random.Random(2026)
    drawn = [draw_name(rng, rng.choice(["male", "female"]), rng.randint(1950, 1999)) for _ in range(600)]
    Person.objects.bulk_create(
        Person(
            ref=f"n{n}",
            full_name=name,
            fold=fold(name),
            sort_key=sort_key(name),
            gender="male",
            birth_on="1970-01-01",
        )
        for n, name in enumerate([*drawn, *_ODD])
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(words) FROM members_person")
        rows = cursor.fetchall()
    counts = Counter(word for (words,) in rows for word in words)
    counted = common_names._counted
    monkeypatch.setattr(counted, "_shares", {word: n / len(rows) for word, n in counts.items()})
    monkeypatch.setattr(counted, "_people", float(len(rows)))
    monkeypatch.setattr(counted, "_asked_at", time.monotonic())
    monkeypatch.setattr(common_names, "_MANY", 5)
    monkeypatch.setattr(search, "MOST", 9)
    return [*drawn, *_ODD]


def _everyone(people: QuerySet[Person], units: list[int] | None = None) -> search.Scope:
    return search.Scope(people, units, Organisation.objects.all())


def _asked(names: list[str]) -> list[str]:
    """Parts of names as people type them: some words, in any order, the last perhaps unfinished."""
    rng = random.Random(7)
    asked = [
        "nguyen",
        "van",
        "nguyen van",
        "van nguyen",
        "hoa",
        "hoang hoa",
        "thi",
        "a",
        "d",
        "n v",
        "hoang hoang",
    ]
    for name in rng.sample(names, 60):
        words = fold(name).split()
        some = rng.sample(words, rng.randint(1, len(words)))
        some[-1] = some[-1][: rng.randint(1, len(some[-1]))]
        asked.append(" ".join(some))
    return asked


def test_the_first_people_are_those_of_the_whole_list(crowd: list[str]) -> None:
    fast = 0
    for typed in _asked(crowd):
        whole = list(search.find(Person.objects.all(), typed).values_list("pk", flat=True)[:9])
        assert [p.pk for p in search.first(_everyone(Person.objects.all()), typed)] == whole, typed
        fast += common_names.is_common(search.read(typed).names)
    assert fast > 20


def test_in_a_small_branch_everyone_is_read_and_the_same_found(crowd: list[str], cast: Cast) -> None:
    Person.objects.filter(ref__startswith="n").update(home=cast.a1)
    near = _everyone(Person.objects.all(), [cast.a1.pk, cast.a2.pk])
    branch = Person.objects.filter(home__in=[cast.a1, cast.a2])
    for typed in [
        *_asked(crowd),
        "nguyen 1970",
        "1970",
        "bach 1971",
        "an, thon dong",
        "van thon dong",
        "van_",
        "%",
    ]:
        whole = list(search.find(branch, typed).values_list("pk", flat=True)[:9])
        assert [p.pk for p in search.first(near, typed)] == whole, typed


def test_only_the_people_given_are_read(crowd: list[str]) -> None:
    some = Person.objects.filter(ref__endswith="7")

    assert {p.ref[-1] for p in search.first(_everyone(some), "nguyen")} == {"7"}
    assert [p.pk for p in search.first(_everyone(some), "van a")] == list(
        search.find(some, "van a").values_list("pk", flat=True)[:9]
    )


def test_the_database_s_own_count_can_be_read(cast: Cast) -> None:
    counted = common_names._Counted()
    counted.refresh()

    assert counted.expected(["nguyen"], ["a"]) >= 0
    assert not common_names.is_common([])

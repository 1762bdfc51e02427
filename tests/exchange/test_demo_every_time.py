"""The demonstration is the same every time, possible on other days and with other seeds, and larger at other scales."""

import hashlib
from datetime import date

import pytest

from exchange.ledger import by_person, follow
from tochuc.exchange.demo.build import build, districts
from tochuc.exchange.demo.shapes import DemoDistrict


def fingerprint(district: DemoDistrict) -> str:
    return hashlib.sha256(repr(district).encode()).hexdigest()


def test_the_same_seed_gives_the_same_district_and_another_seed_another() -> None:
    assert fingerprint(build()) == fingerprint(build())
    assert fingerprint(build(seed=7)) != fingerprint(build())


@pytest.mark.parametrize("today", [date(2020, 1, 1), date(2020, 6, 1), date(2021, 9, 1), date(2025, 12, 31)])
def test_any_day_the_generator_knows_gives_a_possible_district(today: date) -> None:
    small = build(today=today, scale=0.3)
    for _, events in by_person(small):
        follow(events)
        assert max(event.recorded_on for _, event in events) <= today
    assert all(org.since <= today for org in small.orgs)
    codes = {org.code for org in small.orgs}
    assert {e.organisation for e in small.events if e.organisation} <= codes


@pytest.mark.parametrize("today", [date(2019, 12, 31), date(2026, 1, 1)])
def test_a_day_the_generator_does_not_know_is_refused(today: date) -> None:
    with pytest.raises(ValueError, match="2020-01-01"):
        build(today=today)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_other_seeds_are_possible_too(seed: int) -> None:
    other = build(seed=seed, scale=0.5)
    for _, events in by_person(other):
        for known in range(1, len(events) + 1):
            follow(events[:known])


def test_larger_scales_add_districts_one_at_a_time() -> None:
    parts = list(districts(scale=2.2))
    assert len(parts) == 3
    assert [len(part.accounts) for part in parts[1:]] == [0, 0]
    whole = build(scale=2.2)
    for codes in ([o.code for o in whole.orgs], [p.code for p in whole.posts], [p.ref for p in whole.people]):
        assert len(set(codes)) == len(codes)
    assert whole.events == tuple(event for part in parts for event in part.events)
    assert len(whole.people) > 2 * len(parts[0].people)
    for event in whole.events:
        if event.corrects is not None:
            assert whole.events[event.corrects].person == event.person

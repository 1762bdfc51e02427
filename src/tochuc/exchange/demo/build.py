"""Building the demonstration: one district as it was on a day, or many like it for measuring.

The same seed, day and scale give the same records, person by person.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from random import Random

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.accounts import accounts, name_members
from tochuc.exchange.demo.founding import settle
from tochuc.exchange.demo.people import portray, ref_of
from tochuc.exchange.demo.records import Office
from tochuc.exchange.demo.seats import congresses, seats
from tochuc.exchange.demo.shapes import DemoDistrict, DemoEvent, DemoPerson
from tochuc.exchange.demo.structure import draw_plan
from tochuc.exchange.demo.tenures import fill
from tochuc.exchange.demo.texts import texts
from tochuc.exchange.demo.years import live

SEED = 20230411
DEMO_DAY = date(2023, 4, 20)


def build(seed: int = SEED, today: date = DEMO_DAY, scale: float = 1.0) -> DemoDistrict:
    """The demonstration district (about 5,000 members) as known on ``today``, all at once.

    ``scale`` below 1 makes its cells smaller; above 1 it adds made-up districts like it (14 are a province).
    ``today`` must lie in the years the generator knows, 2020 to 2025. It tells of 2025 as if communes hadn't been
    merged: whoever loads it carries out the reorganisations and fits what comes after them to the new order.
    """
    parts = list(districts(seed, today, scale))
    return DemoDistrict(
        orgs=tuple(org for part in parts for org in part.orgs),
        people=tuple(person for part in parts for person in part.people),
        events=tuple(event for part in parts for event in part.events),
        posts=tuple(post for part in parts for post in part.posts),
        accounts=tuple(account for part in parts for account in part.accounts),
        texts=tuple(text for part in parts for text in part.texts),
        congresses=tuple(one for part in parts for one in part.congresses),
    )


def districts(seed: int = SEED, today: date = DEMO_DAY, scale: float = 1.0) -> Iterator[DemoDistrict]:
    """One district after another, so that a province needs no more memory than a district.

    References and the places that ``corrects`` names run on through all of them; the province itself comes
    with the first.
    """
    rates = sources.settings("rates.yaml")
    if not rates["opening"] <= today <= rates["last_day"]:
        raise ValueError(
            f"the demonstration can be of {rates['opening']} to {rates['last_day']}, not of {today}"
        )
    if scale <= 0:
        raise ValueError(f"the scale must be above 0, not {scale}")
    people = events = 0
    for copy in range(math.ceil(scale)):
        part, drawn = _district(seed, today, min(scale - copy, 1.0), copy, people, events)
        people += drawn
        events += len(part.events)
        yield part


def _district(
    seed: int, today: date, scale: float, copy: int, people_before: int, events_before: int
) -> tuple[DemoDistrict, int]:
    def chance(stage: str) -> Random:
        # A stage of its own chance: a change in one doesn't shift all the others.
        return Random(f"{seed}/{copy}/{stage}")

    plan = draw_plan(chance("structure"), scale, copy)
    lives = live(plan, chance("lives"), today, scale)
    settle(plan, chance("founding"), lives)
    drawn_seats = [seat for seat in seats(plan, chance("seats")) if seat.post.since <= today]
    tenures = fill(drawn_seats, lives, chance("tenures"), today)
    members = name_members(lives, chance("cast"), today) if copy == 0 else {}
    posts = tuple(seat.post for seat in drawn_seats)
    office = Office(plan, posts, chance("records"), today, scale)

    people: list[DemoPerson] = []
    events: list[DemoEvent] = []
    person_of: dict[int, DemoPerson] = {}
    for number, (life, entries) in enumerate(zip(lives, office.keep(lives), strict=True), people_before + 1):
        if not entries:
            continue
        person = person_of[id(life)] = portray(plan, life, number, seed, today)
        people.append(person)
        events += office.events(entries, ref_of(number), events_before + len(events))
    part = DemoDistrict(
        plan.standing_on(today),
        tuple(people),
        tuple(events),
        posts,
        accounts(plan, tenures, members, person_of),
        texts() if copy == 0 else (),
        tuple(congresses(drawn_seats, chance("congresses"), today)),
    )
    return part, len(lives)

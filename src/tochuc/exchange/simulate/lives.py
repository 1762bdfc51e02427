"""The people of a simulated commune, cell by cell: their lives as events, by chance and a seed of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random
from typing import Any

from tochuc.exchange.demo import sources
from tochuc.exchange.simulate.country import Country, rates, seats_of_cell
from tochuc.kernel.names import fold, sort_key

YEAR = 365
EVENTS_OF_ONE = 16
"""So many numbers are kept for each person's events; nobody has more."""
_FIRST_DAY = date(1946, 1, 1).toordinal()
_ARRIVALS = ("Đảng bộ Quân khu", "Đảng bộ ngoài nước", "Đảng bộ Công an Trung ương")
_TERM = 5 * YEAR


@dataclass
class Event:
    """One event of a life. Days are ordinals; ``corrects`` counts back to the event it corrects."""

    kind: str
    day: int
    organisation: int | None = None
    standing: str = ""
    post: int | None = None
    data: str = "{}"
    corrects: int = 0


@dataclass
class Life:
    """A person and what happened to their membership, in the order in which it was recorded."""

    number: int
    name: str
    fold: str
    sort_key: str
    gender: str
    birth: int
    events: list[Event] = field(default_factory=list)
    # Days of admission and recognition, of coming to the last cell, and of leaving the Party (0: still in).
    admitted: int = 0
    official: int = 0
    came: int = 0
    left: int = 0


def people_of(country: Country, commune: int, seed: int, until: int) -> Iterator[Life]:
    """Everyone whose last cell is in this commune (from 0); the same for the same seed and day."""
    rng = Random(f"{seed}:{commune}")
    former = rates()["former_for_each_member"]
    for cell in country.cells_of(commune):
        present = range(*_share(country.members, cell, country.cells))
        gone = range(*_share(round(country.members * former), cell, country.cells))
        lives = [_life(rng, country, cell, n, until, gone=False) for n in present]
        _fill_seats(rng, country, cell, lives, until)
        yield from lives
        for n in gone:
            yield _life(rng, country, cell, country.members + n, until, gone=True)


def _share(people: int, cell: int, cells: int) -> tuple[int, int]:
    return people * cell // cells, people * (cell + 1) // cells


def _life(rng: Random, country: Country, cell: int, number: int, until: int, *, gone: bool) -> Life:
    odds = rates()
    left = until - int(rng.random() * 20 * YEAR) if gone else 0
    admitted = _admitted(rng, (left or until) - (30 if not gone else YEAR * 2))
    age = 18 * YEAR + int(min(abs(rng.gauss(0, 9)), 40) * YEAR) + 100
    gender = "female" if rng.random() < odds["women_share"] else "male"
    life = Life(number, *_name(rng, gender, date.fromordinal(admitted - age).year), gender, admitted - age)
    life.admitted, life.came, life.left = admitted, admitted, left
    official = admitted + YEAR + int(rng.random() * 60)
    # Also a recognition entered with a wrong day has to have happened.
    life.official = official if official + 30 < (left or until) else 0
    last = country.first_cell + cell
    moves = _moves(rng, country, cell, life, until)
    stays = [*(place for _day, place in moves), last]
    _join(rng, life, stays[0], until)
    for (day, _left), place in zip(moves, stays[1:], strict=True):
        life.events.append(Event("transferred", day, place))
        life.came = day
    _grow_old(rng, life, until)
    _be_away(rng, life, until)
    if gone:
        life.events.append(Event(_ending(rng), left))
    return life


def _admitted(rng: Random, latest: int) -> int:
    """A day of admission: within the last 33 years for most, the longest Party age for few."""
    odds = rates()
    if rng.random() < odds["admitted_share_of_the_last_33_years"]:
        back = rng.random() * 33 * YEAR
    else:
        back = (33 + rng.random() ** 2 * (odds["longest_party_age"] - 33)) * YEAR
    return max(_FIRST_DAY, latest - int(back))


def _moves(rng: Random, country: Country, cell: int, life: Life, until: int) -> list[tuple[int, int]]:
    """The days of transfers with the cell left on each, in order; only of official members."""
    end = (life.left or until) - 40
    if not life.official or end - life.official < 200:
        return []
    found: list[tuple[int, int]] = []
    days = (end - life.official - 100) * rates()["transfers_a_year"] / YEAR
    n = min(int(days) + (rng.random() < days - int(days)), 4)
    place = cell
    for day in sorted(
        (life.official + 60 + int(rng.random() * (end - life.official - 60)) for _ in range(n)), reverse=True
    ):
        before = _elsewhere(rng, country, place)
        if before != place and (not found or day < found[-1][0]):
            found.append((day, country.first_cell + before))
            place = before
    return found[::-1]


def _elsewhere(rng: Random, country: Country, cell: int) -> int:
    odds, chance = rates(), rng.random()
    if chance < odds["same_committee_share"]:
        around = country.cells_of(country.commune_of(cell))
    elif chance < odds["same_province_share"]:
        around = country.cells_of_province(cell)
    else:
        around = range(country.cells)
    return around[int(rng.random() * len(around))]


def _join(rng: Random, life: Life, cell: int, until: int) -> None:
    """How the person came into the record: listed, admitted, recognised; or as a member from elsewhere."""
    odds = rates()
    if life.official and rng.random() < odds["arrived_share"]:
        day = life.official + 20
        data = (
            f'{{"standing": "official", "origin": "{rng.choice(_ARRIVALS)}", '
            f'"admitted_on": "{_iso(life.admitted)}", "official_on": "{_iso(life.official)}"}}'
        )
        life.events.append(Event("arrived", day, cell, "official", data=data))
        return
    if until - life.admitted < 12 * YEAR:
        life.events.append(Event("sympathiser_listed", life.admitted - 200 - int(rng.random() * 500), cell))
    life.events.append(Event("admitted", life.admitted, cell))
    if not life.official:
        return
    if rng.random() < odds["wrong_day_share"]:
        life.events.append(Event("recognised", life.official + 25))
        life.events.append(Event("recognised", life.official, corrects=1))
    else:
        life.events.append(Event("recognised", life.official))


def _grow_old(rng: Random, life: Life, until: int) -> None:
    """Those over seventy may be exempt from work and meetings."""
    day = life.birth + 70 * YEAR + int(rng.random() * 5 * YEAR)
    in_time = max(life.came, life.official + 30) < day < (life.left or until) - 30
    if life.official and in_time and rng.random() < rates()["exempt_share_of_old"]:
        life.events.append(Event("exempted", day))


def _be_away(rng: Random, life: Life, until: int) -> None:
    """A few are abroad for a while, or are suspended from activity; some still."""
    begun = max(life.came, life.official) + 40 + int(rng.random() * 5 * YEAR)
    end = (life.left or until) - 30
    if not life.official or begun >= end or rng.random() > rates()["away_share"]:
        return
    kind, ended = rng.choice((("went_abroad", "abroad_ended"),) * 4 + (("suspended", "suspension_ended"),))
    life.events.append(Event(kind, begun))
    over = begun + 60 + int(rng.random() * 3 * YEAR)
    if over < end:
        life.events.append(Event(ended, over))


def _ending(rng: Random) -> str:
    odds, chance = rates(), rng.random()
    for kind, share in (
        ("removed", "removed_share"),
        ("expelled", "expelled_share"),
        ("departed", "departed_share"),
    ):
        if chance < odds[share]:
            return kind
        chance -= odds[share]
    return "died"


def _fill_seats(rng: Random, country: Country, cell: int, lives: list[Life], until: int) -> None:
    """The secretary and the deputy since the last term, and who was secretary the term before."""
    elected = until - 300 - int(rng.random() * 2 * YEAR)
    fit = [one for one in lives if one.official and max(one.came, one.official) < elected - _TERM - 20]
    if not fit:
        return
    secretary, deputy = seats_of_cell(country, cell)
    ranked = sorted(fit, key=lambda one: one.birth, reverse=True)
    _sit(ranked[0], secretary.pk, elected, 0)
    if len(ranked) > 1:
        _sit(ranked[1], deputy.pk, elected, 0)
    if len(ranked) > 2:
        _sit(ranked[2], secretary.pk, elected - _TERM, elected)


def _sit(life: Life, post: int, since: int, until: int) -> None:
    life.events.append(Event("took_post", since, post=post))
    if until:
        life.events.append(Event("left_post", until, post=post))


def _name(rng: Random, gender: str, year: int) -> tuple[str, str, str]:
    """A name of the generation, as it is written, searched and sorted."""
    families, (middles, givens) = _families(), _parts(gender, year)
    family, middle, given = rng.choice(families), rng.choice(middles), rng.choice(givens)
    return (
        f"{family[0]} {middle[0]} {given[0]}",
        f"{family[1]} {middle[1]} {given[1]}",
        f"{given[2]} {family[2]} {middle[2]}",
    )


_Part = tuple[str, str, str]


@cache
def _families() -> tuple[_Part, ...]:
    return tuple(_part(word) for word in sources.settings("names.yaml")["families"].split())


@cache
def _parts(gender: str, year: int) -> tuple[tuple[_Part, ...], tuple[_Part, ...]]:
    listed: list[dict[str, Any]] = sources.settings("names.yaml")["generations"]
    own = next(one for one in listed if year < one["born_before"])[gender]
    middles = tuple(_part(word.replace("|", " ")) for word in own["middle"].split(" ") if word.strip())
    return middles, tuple(_part(word) for word in own["given"].split())


def _part(words: str) -> _Part:
    """Words of a name, folded, and their part of the sort key."""
    key = sort_key(f"Xx {words} Xx").split(" ")[2]
    return words, fold(words), key


@cache
def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()

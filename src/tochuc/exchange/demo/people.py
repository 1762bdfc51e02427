"""The person behind a life: name, origin, home, work and schooling, drawn apart from their course in the Party."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.chance import age_on, pick
from tochuc.exchange.demo.lives import OFFICIAL, Life
from tochuc.exchange.demo.names import draw_name
from tochuc.exchange.demo.shapes import DemoPerson
from tochuc.exchange.demo.structure import CellPlan, Plan

# Walk through all six-digit numbers without meeting one twice.
_MILLION = 1_000_000
_CARD_STEP, _PHONE_STEP = 7919, 104_729
_CARDS_OF = 49
"""The first two digits of a card number stand for the province-level body."""
_UNUSED_PREFIX = "0510"
"""The province's telephone prefix until 2017; no number that begins so can be called today."""


def ref_of(number: int) -> str:
    """The reference of the person with this place in the whole population."""
    return f"p{number:05}"


def portray(plan: Plan, life: Life, number: int, seed: int, today: date) -> DemoPerson:
    """The person with everything the form asks for; the same whatever else is generated."""
    rng = Random(f"{seed}/{number}")
    profiles = sources.settings("profiles.yaml")
    cell = life.cell or life.origin
    kind = profiles["cells"][cell.kind]
    age = age_on(life.birth, today)
    retired = cell.group == "home" and age >= sources.settings("rates.yaml")["retirement"][life.gender]
    name = draw_name(rng, life.gender, life.birth.year)
    address = rng.choice(cell.villages)
    return DemoPerson(
        ref=ref_of(number),
        full_name=life.name or name,
        gender="female" if life.gender == "female" else "male",
        birth_iso=_birth(rng, life.birth),
        hometown=_hometown(rng, plan, cell, address),
        residence=f"{address}, huyện {plan.title}, tỉnh Quảng Nam",
        ethnicity=pick(rng, profiles["ethnicities"]),
        religion=pick(rng, profiles["religions"]) or None,
        occupation=rng.choice(kind["retired" if retired else "working"].split("|")),
        education=_education(rng, life),
        qualification=_qualification(rng, life, kind),
        political_theory=_theory(rng, life, kind),
        card_number=_card(life, number, today),
        phone=_phone(rng, number, age),
    )


def _birth(rng: Random, birth: date) -> str:
    known: dict[str, Any] = sources.settings("rates.yaml")["birth_known_to"]
    shares = {"day": 0.0, "year": known["year"], "month": known["month"]}
    exact = pick(rng, shares) if birth.year < known["old_before"] else "day"
    return birth.isoformat()[: {"day": 10, "month": 7, "year": 4}[exact]]


def _hometown(rng: Random, plan: Plan, cell: CellPlan, address: str) -> str:
    here = rng.random() < sources.settings("profiles.yaml")["born_here"][cell.group]
    if here:
        return f"{address.split(', ')[-1]}, huyện {plan.title}, tỉnh Quảng Nam"
    return rng.choice(sources.choices("profiles.yaml", "homes_elsewhere"))


def _education(rng: Random, life: Life) -> str:
    if life.origin.group != "home" or _leads_committee(life):
        return "12/12"
    rows = sources.settings("profiles.yaml")["schooling"]
    row = next(row for row in rows if life.birth.year < row["born_before"])
    level: str = rng.choice(row["of"].split("|"))
    return level


def _leads_committee(life: Life) -> bool:
    return life.leader_of in {"commune", "district"}


def _qualification(rng: Random, life: Life, kind: dict[str, Any]) -> str:
    listed = kind["qualifications"].split("|")
    if _leads_committee(life):
        listed = sources.settings("profiles.yaml")["cells"]["agency"]["qualifications"].split("|")
    chosen = rng.choice(listed)
    return "" if chosen == "Không" else chosen


def _theory(rng: Random, life: Life, kind: dict[str, Any]) -> str | None:
    if life.leader_of == "district":
        return "advanced"
    if life.leader_of == "commune":
        return pick(rng, {"intermediate": 0.75, "advanced": 0.25})
    return pick(rng, {"": 1 - sum(kind["theory"].values()), **kind["theory"]}) or None


def _card(life: Life, number: int, today: date) -> str | None:
    """Only official members have a card, some weeks after they were recognised."""
    recognised = next((fact.decided for fact in life.facts if fact.kind == "recognised"), None)
    opened_official = any(
        f.data.get("standing") == OFFICIAL for f in life.facts if f.kind in {"opening", "arrived"}
    )
    if not opened_official and (recognised is None or (today - recognised).days < 75):
        return None
    serial = (number * _CARD_STEP + 12_345) % _MILLION
    return f"{_CARDS_OF + number // _MILLION}.{serial:06}"


def _phone(rng: Random, number: int, age: float) -> str | None:
    share = 0.9 if age < 60 else 0.65 if age < 75 else 0.25
    if rng.random() >= share:
        return None
    return f"{_UNUSED_PREFIX}{(number * _PHONE_STEP + 777) % _MILLION:06}"

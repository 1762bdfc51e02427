"""Those who are members when the records open, and those who come later: admitted, back, from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.chance import (
    YEAR_DAYS,
    by_age,
    draw_age,
    how_many,
    off_sunday,
    seasonal_day,
    working_day,
    years_before,
)
from tochuc.exchange.demo.lives import OFFICIAL, PROBATIONARY, Fact, Life
from tochuc.exchange.demo.structure import CellPlan, Plan
from tochuc.kernel.days import add_months


class Door:
    """Makes people and lets them into the cells of a plan; all chance comes from one generator."""

    def __init__(self, plan: Plan, rng: Random, scale: float) -> None:
        self.plan, self.rng, self.scale = plan, rng, scale
        self.rates = sources.settings("rates.yaml")
        self.profiles = sources.settings("profiles.yaml")
        self.open_cells = [cell for cell in plan.cells if cell.dwindles is None]
        self.homes = [cell for cell in plan.cells if cell.group == "home"]

    # Those of the opening day

    def opening(self) -> list[Life]:
        """The members when the records open, about one in fifty on probation."""
        share = self._admissions_in(self.plan.opening.year - 1) / sum(cell.size for cell in self.plan.cells)
        return [
            self._member(cell, probationary=cell.dwindles is None and self.rng.random() < share)
            for cell in self.plan.cells
            for _ in range(cell.size)
        ]

    def _member(self, cell: CellPlan, *, probationary: bool) -> Life:
        opening = self.plan.opening
        profile = self.profiles["cells"][cell.kind]
        mixture, (lowest, highest) = profile["ages"], profile["between"]
        if cell.dwindles:
            mixture, lowest, highest = [[1.0, 41, 4]], 34, 48
        if probationary:
            mixture, highest = self._admitted_ages(cell), 58
        gender = self._gender(profile["women"])
        # Working cells hold nobody past retirement.
        if cell.group != "home":
            highest = min(highest, self.rates["retirement"][gender] - 1)
        birth = years_before(
            opening, draw_age(self.rng, mixture, max(lowest, 19.2 if probationary else 20.5), highest)
        )
        life = Life(gender, birth, cell, cell, PROBATIONARY if probationary else OFFICIAL)
        known = self._admitted_before(life, opening, probationary)
        life.add(Fact(opening, "opening", cell.code, known))
        self._perhaps_exempt(life)
        return life

    def _perhaps_exempt(self, life: Life) -> None:
        if self.rng.random() < by_age(self.rates["exempt_at_opening"], life.age(self.plan.opening)):
            life.exempt = True
            life.add(Fact(self.plan.opening, "exempted", None, {"reason": "Tuổi cao, sức khỏe yếu"}))

    def _admitted_before(self, life: Life, day: date, probationary: bool) -> dict[str, Any]:
        """Set when the person was admitted and recognised, before a day; give it as known facts."""
        months = self.rates["probation_months"]
        if probationary:
            admitted = off_sunday(day - timedelta(days=self.rng.randint(10, 350)))
        else:
            youngest = 18.5
            latest = min(life.age(day) - 1.3, 50.0)
            age = youngest if latest <= youngest else draw_age(self.rng, [[1.0, 28, 6]], youngest, latest)
            admitted = seasonal_day(
                self.rng, (life.birth + timedelta(days=age * YEAR_DAYS)).year, self.rates["months"]
            )
            admitted = max(admitted, add_months(life.birth, 12 * 18 + 4))
            admitted = min(admitted, add_months(day, -months - 1))
        life.admitted_on = admitted
        known = {
            "standing": life.standing,
            "admitted_on": admitted.isoformat(),
            "party_age_from": (admitted - timedelta(days=self._before_ceremony())).isoformat(),
        }
        if probationary:
            self._expect_decision(life)
        else:
            life.official_on = add_months(admitted, months)
            known["official_on"] = life.official_on.isoformat()
        return known

    # Those of a year

    def entrants(self, year: int, lives: Sequence[Life]) -> list[Life]:
        """Everyone who comes in a year; also lets back in some of those who had left."""
        new = [self._admitted(cell, year) for cell in self._admitting_cells(year)]
        new += [life for cell in self.open_cells for life in self._arrived(cell, year)]
        for _ in range(self.rates["readmissions"].get(year, 0)):
            new += self._readmitted(year, lives)
        new += self._closed_names(year)
        return new

    def _admissions_in(self, year: int) -> int:
        rates = self.rates["admissions"]
        return max(1, round(rates.get(year, rates["other_years"]) * self.scale))

    def _admitting_cells(self, year: int) -> list[CellPlan]:
        weights = self.rates["admission_weight"]
        shares = [weights[c.kind][0] + weights[c.kind][1] * c.size for c in self.open_cells]
        return self.rng.choices(self.open_cells, weights=shares, k=self._admissions_in(year))

    def _admitted(self, cell: CellPlan, year: int) -> Life:
        on = seasonal_day(self.rng, year, self.rates["months"])
        life = self._applicant(cell, on)
        self._perhaps_listed(life, cell, on)
        self._admit(life, cell, "admitted", on, {})
        return life

    def _applicant(self, cell: CellPlan, on: date) -> Life:
        women = min(self.profiles["cells"][cell.kind]["women"] + 0.12, 0.8)
        lowest, highest = self.rates["admission_age"]
        age = draw_age(self.rng, self._admitted_ages(cell), lowest + 0.5, highest)
        return Life(self._gender(women), years_before(on, age), cell, None, "")

    def _admit(self, life: Life, cell: CellPlan, kind: str, on: date, data: dict[str, Any]) -> None:
        decided = off_sunday(on - timedelta(days=self._before_ceremony()))
        life.add(Fact(on, kind, cell.code, data, decided=decided))
        life.cell, life.standing, life.admitted_on = cell, PROBATIONARY, on
        self._expect_decision(life)

    def _perhaps_listed(self, life: Life, cell: CellPlan, admitted: date) -> None:
        rates = self.rates["sympathisers"]
        listed = add_months(admitted, -self.rng.randint(*rates["months_before_admission"]))
        if listed >= rates["first_day"] and self.rng.random() < rates["admitted_were_listed"]:
            life.add(self._listing(cell, listed))

    def _listing(self, cell: CellPlan, on: date) -> Fact:
        return Fact(
            off_sunday(on),
            "sympathiser_listed",
            cell.code,
            {"source": self._choose("sympathiser_sources")},
        )

    def _readmitted(self, year: int, lives: Sequence[Life]) -> list[Life]:
        """One who was removed long enough ago: from this record if there is one, else from before it."""
        on = seasonal_day(self.rng, year, [1, 1, 1] + [0] * 9)
        months = self.rates["readmission_months"]
        for old in lives:
            last = old.facts[-1]
            if last.kind == "removed" and old.age(on) < 45 and add_months(last.on, months) <= on:
                self._readmit(old, old.origin, on, old.admitted_on or last.on, last.on)
                return []
        cell = self.rng.choice(self.homes)
        life = Life("male", years_before(on, self.rng.uniform(38, 46)), cell, None, "")
        first = add_months(life.birth, 12 * 24)
        left = add_months(on, -months - self.rng.randint(2, 40))
        self._readmit(life, cell, on, first, left)
        return [life]

    def _readmit(self, life: Life, cell: CellPlan, on: date, first: date, left: date) -> None:
        data = {"first_admitted_on": first.isoformat(), "left_on": left.isoformat()}
        self._admit(life, cell, "readmitted", on, data)

    def _arrived(self, cell: CellPlan, year: int) -> list[Life]:
        expected = self.rates["arrivals"][cell.kind] * cell.size
        return [self._one_arrived(cell, year) for _ in range(how_many(self.rng, expected))]

    def _one_arrived(self, cell: CellPlan, year: int) -> Life:
        on = working_day(self.rng, year)
        profile = self.profiles["cells"][cell.kind]
        age, origin = self._age_and_origin(cell)
        gender = self._gender(profile["women"])
        if cell.group != "home":
            age = min(age, self.rates["retirement"][gender] - 4)
        probationary = age < 35 and self.rng.random() < self.rates["arrived_probationary"] * 3
        life = Life(gender, years_before(on, age), cell, cell, PROBATIONARY if probationary else OFFICIAL)
        known = self._admitted_before(life, on, probationary)
        life.add(Fact(on, "arrived", cell.code, {"origin": origin} | known))
        return life

    def _age_and_origin(self, cell: CellPlan) -> tuple[float, str]:
        rng = self.rng
        if cell.group == "forces":
            return draw_age(rng, [[1.0, 33, 6]], 23, 50), rng.choice(
                self.profiles["forces_origins"][cell.kind].split("|")
            )
        if cell.group == "work":
            return draw_age(rng, [[1.0, 36, 7]], 25, 54), self._choose("origins")
        if rng.random() < 0.38:
            return draw_age(rng, [[1.0, 23, 1.4]], 21, 27), self._choose("returning_soldiers")
        return draw_age(rng, [[0.7, 59, 3], [0.3, 36, 7]], 24, 70), self._choose("origins")

    # Names on the list of sympathisers that don't become members

    def _closed_names(self, year: int) -> list[Life]:
        rates = self.rates["sympathisers"]
        if year < rates["first_day"].year:
            return []
        closed = rates["closed"].get(year, rates["closed"]["other_years"])
        return [self._closed_name(year) for _ in range(round(closed * self.scale))]

    def _closed_name(self, year: int) -> Life:
        listed = working_day(self.rng, year)
        life = self.waiting(listed)
        closed = off_sunday(listed + timedelta(days=self.rng.randint(120, 420)))
        life.add(Fact(closed, "sympathiser_closed", None, {"reason": self._choose("closing_reasons")}))
        return life

    def waiting(self, listed: date) -> Life:
        """A sympathiser listed on a day in some cell that admits people."""
        weights = self.rates["admission_weight"]
        shares = [weights[c.kind][0] + weights[c.kind][1] * c.size for c in self.open_cells]
        cell = self.rng.choices(self.open_cells, weights=shares)[0]
        life = self._applicant(cell, listed)
        life.add(self._listing(cell, listed))
        return life

    # Small draws

    def _expect_decision(self, life: Life) -> None:
        """When the decision to recognise will come: some weeks after the year of probation, seldom months."""
        assert life.admitted_on is not None
        rates = self.rates["recognition"]
        late = self.rng.random() < rates["late_share"]
        days = self.rng.randint(*rates["late_days" if late else "days_to_decision"])
        due = add_months(life.admitted_on, self.rates["probation_months"])
        life.decision_due = off_sunday(due + timedelta(days=days))

    def _admitted_ages(self, cell: CellPlan) -> list[list[float]]:
        ages: list[list[float]] = self.profiles["admitted_ages"]["home" if cell.group == "home" else "work"]
        return ages

    def _before_ceremony(self) -> int:
        return self.rng.randint(*self.rates["decision_before_ceremony"])

    def _gender(self, women: float) -> str:
        return "female" if self.rng.random() < women else "male"

    def _choose(self, key: str) -> str:
        return self.rng.choice(sources.choices("profiles.yaml", key))

"""What happens to members year by year: recognition, moves, exemption, and the ways out."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.arrivals import Door
from tochuc.exchange.demo.chance import any_day, by_age, off_sunday, working_day
from tochuc.exchange.demo.lives import OFFICIAL, PROBATIONARY, Fact, Life
from tochuc.exchange.demo.structure import CellPlan, Plan
from tochuc.kernel.days import add_months

_NEVER = date.max


def live(plan: Plan, rng: Random, today: date, scale: float) -> list[Life]:
    """All people of a district from the opening day to the end of today's year, each with facts in order."""
    door = Door(plan, rng, scale)
    lives = door.opening()
    for year in range(plan.opening.year, today.year + 1):
        course = _Year(plan, rng, year)
        for life in lives:
            if life.cell is not None:
                course.take(life)
        _restore_one(lives, year)
        lives += door.entrants(year, lives)
    lives += _waiting(door, rng, today, scale)
    for life in lives:
        life.in_order()
    return lives


def _waiting(door: Door, rng: Random, today: date, scale: float) -> list[Life]:
    """The sympathisers still listed today; most were listed within the last year and a half."""
    rates = sources.settings("rates.yaml")["sympathisers"]
    days = (today - rates["first_day"]).days
    if days <= 0:
        return []
    back = (min(days, round(days * rng.random() ** 1.6)) for _ in range(round(rates["waiting"] * scale)))
    return [door.waiting(today - timedelta(days=max(n, 12))) for n in back]


def _restore_one(lives: list[Life], year: int) -> None:
    """Give one of those expelled before their rights back, once in the whole record."""
    if year != sources.settings("rates.yaml")["opening"].year + 2:
        return
    for life in lives:
        last = life.facts[-1]
        if last.kind == "expelled" and last.on.year < year:
            on = off_sunday(date(year, 4, 12))
            life.add(Fact(on, "restored", life.origin.code, {"standing": OFFICIAL}, decided=on))
            life.cell, life.standing = life.origin, OFFICIAL
            return


class _Year:
    """One year of the members' lives."""

    def __init__(self, plan: Plan, rng: Random, year: int) -> None:
        self.plan, self.rng, self.year = plan, rng, year
        self.rates = sources.settings("rates.yaml")
        self.dwindled: set[str] = set()
        self.homes = [cell for cell in plan.cells if cell.group == "home"]
        self.of_base: dict[str, list[CellPlan]] = {}
        for cell in self.homes:
            self.of_base.setdefault(cell.base, []).append(cell)
        self.moving = [c for c in plan.cells if c.group == "work" and c.dwindles is None and not c.before]

    def take(self, life: Life) -> None:
        """Add what happens to one member in the year."""
        cell = life.cell
        assert cell is not None
        if cell.dwindles is not None:
            self._dwindle(life, cell)
            return
        age = life.age(date(self.year, 7, 1))
        ending = self._ending(cell, age)
        end = ending.on if ending else _NEVER
        failed = self._settle_probation(life, end)
        if failed:
            ending, end = failed, failed.on
        self._move(life, cell, age, end)
        self._exempt(life, age, end)
        if ending:
            life.add(ending)

    def _dwindle(self, life: Life, cell: CellPlan) -> None:
        if cell.dwindles == self.year and cell.code not in self.dwindled:
            self.dwindled.add(cell.code)
            on = working_day(self.rng, self.year)
            life.add(Fact(on, "left_for", None, {"destination": self._choose("origins")}))

    def _ending(self, cell: CellPlan, age: float) -> Fact | None:
        """The one way out of this year, if any: drawn against the chances at this age and place."""
        rng, rates = self.rng, self.rates
        point = rng.random()
        point -= by_age(rates["death"], age)
        if point < 0:
            return Fact(any_day(rng, self.year), "died")
        at = "home" if cell.group == "home" else "work"
        for kind, key, reasons in (
            ("removed", "ground", "removal_grounds"),
            ("departed", "reason", "departure_reasons"),
            ("expelled", "reason", "expulsion_reasons"),
        ):
            point -= by_age(rates[kind][at], age)
            if point < 0:
                on = working_day(rng, self.year)
                return Fact(on, kind, None, {key: self._choose(reasons)}, decided=on)
        point -= by_age(rates["left_for"][cell.group], age)
        if point < 0:
            return Fact(
                working_day(rng, self.year), "left_for", None, {"destination": self._choose("origins")}
            )
        return None

    def _settle_probation(self, life: Life, end: date) -> Fact | None:
        """Recognise in the year of the decision; a few are refused, which is a removal and is returned."""
        if life.standing != PROBATIONARY or life.decision_due is None:
            return None
        # Those who arrived on probation may have been due before their first whole year here.
        due = life.decision_due = max(life.decision_due, date(self.year, 1, 6))
        if due.year > self.year or due >= end:
            return None
        if self.rng.random() < self.rates["recognition"]["refused_share"]:
            ground = "Hết thời gian dự bị, không đủ tư cách đảng viên"
            return Fact(due, "removed", None, {"ground": ground}, decided=due)
        assert life.admitted_on is not None
        life.official_on = add_months(life.admitted_on, self.rates["probation_months"])
        life.standing = OFFICIAL
        life.add(Fact(life.official_on, "recognised", None, {}, decided=due))
        return None

    def _move(self, life: Life, cell: CellPlan, age: float, end: date) -> None:
        target, reason, on = self._retirement(life, cell, age) or self._change(cell, age)
        # A move while the recognition is on its way would have to be told out of order.
        settled = life.decision_due is None or on > life.decision_due or on < self._due(life)
        if target is not None and target is not cell and on < end and settled:
            life.add(Fact(on, "transferred", target.code, {"reason": reason}))
            life.cell = target

    def _due(self, life: Life) -> date:
        assert life.admitted_on is not None
        return add_months(life.admitted_on, self.rates["probation_months"])

    def _retirement(self, life: Life, cell: CellPlan, age: float) -> tuple[CellPlan, str, date] | None:
        if cell.group == "home" or age < self.rates["retirement"][life.gender]:
            return None
        homes = self.of_base.get(cell.base, self.homes)
        return self.rng.choice(homes), "Nghỉ hưu theo chế độ", working_day(self.rng, self.year)

    def _change(self, cell: CellPlan, age: float) -> tuple[CellPlan | None, str, date]:
        at = "home" if cell.group == "home" else "work"
        if self.rng.random() >= by_age(self.rates["moved_within"][at], age):
            return None, "", _NEVER
        if at == "home":
            return (
                self.rng.choice(self.homes),
                self._choose("home_move_reasons"),
                working_day(self.rng, self.year),
            )
        like = [c for c in self.moving if c.kind == cell.kind]
        target = self.rng.choice(like) if like else None
        return target, self._choose("move_reasons"), working_day(self.rng, self.year)

    def _exempt(self, life: Life, age: float, end: date) -> None:
        on = working_day(self.rng, self.year)
        if on >= end:
            return
        if life.exempt:
            if self.rng.random() < self.rates["exemption_ended"]:
                life.exempt = False
                life.add(Fact(on, "exemption_ended", None, {"reason": "Sức khỏe đã ổn định"}))
        elif self.rng.random() < by_age(self.rates["exempted"], age):
            life.exempt = True
            life.add(Fact(on, "exempted", None, {"reason": self._choose("exemption_reasons")}))

    def _choose(self, key: str) -> str:
        return self.rng.choice(sources.choices("profiles.yaml", key))

"""From lives to a ledger as an office keeps it: recorded some days later, decisions numbered, errors corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.lives import Fact, Life
from tochuc.exchange.demo.seats import DISTRICT_CONGRESS
from tochuc.exchange.demo.shapes import DemoEvent, DemoPost
from tochuc.exchange.demo.structure import Plan

_DECIDED = frozenset({"admitted", "readmitted", "recognised", "expelled", "removed", "departed", "restored"})
_PROVINCE_CONGRESS = date(2020, 10, 13)
_BASES_DONE = date(2020, 6, 10)
# (symbol, the day a new term begins numbering at 1, the number reached when the records open)
_REGISTERS = {
    "district": ("HU", DISTRICT_CONGRESS, 2860),
    "province": ("TU", _PROVINCE_CONGRESS, 4310),
    "base": ("ĐU", _BASES_DONE, 190),
}


@dataclass(slots=True)
class Entry:
    """A fact with the day it was recorded, its decision's number and what it corrects."""

    fact: Fact
    recorded: date
    number: str | None = None
    by: str | None = None
    corrects: Entry | None = None


class Office:
    """Keeps the records of one district until today."""

    def __init__(self, plan: Plan, posts: Iterable[DemoPost], rng: Random, today: date, scale: float) -> None:
        self.plan, self.rng, self.today, self.scale = plan, rng, today, scale
        self.posts = {post.code: post for post in posts}
        self.orgs = {org.code: org for org in plan.orgs}
        self.base_of = {cell.code: cell.base for cell in plan.cells}
        self.rates = sources.settings("rates.yaml")["recording"]

    def keep(self, lives: list[Life]) -> list[list[Entry]]:
        """The entries of each life known today, in the order of recording."""
        ledger = [self._recorded(life) for life in lives]
        self._number(ledger)
        late = self._delay(ledger)
        self._correct(ledger, late)
        return ledger

    def _recorded(self, life: Life) -> list[Entry]:
        entries: list[Entry] = []
        last = self.plan.opening
        for fact in life.facts:
            if fact.on > self.plan.opening:
                low, high = self.rates["posts" if fact.post else "usual"]
                happened = max(fact.on, fact.decided or fact.on)
                last = max(last, happened + timedelta(days=self.rng.randint(low, high)))
            if last > self.today:
                break
            entries.append(Entry(fact, last))
        return entries

    # Decisions

    def _number(self, ledger: list[list[Entry]]) -> None:
        """Number the decisions of each body by date, from 1 in each of its terms."""
        by_body: dict[str, list[Entry]] = defaultdict(list)
        for entries in ledger:
            for entry in entries:
                if entry.fact.decided and (entry.fact.kind in _DECIDED or entry.fact.post):
                    by_body[self._body(entry.fact)].append(entry)
        for body, entries in by_body.items():
            self._number_one_register(body, sorted(entries, key=lambda e: e.fact.decided or e.recorded))

    def _number_one_register(self, body: str, entries: list[Entry]) -> None:
        symbol, new_term, number = _REGISTERS[body if body in _REGISTERS else "base"]
        renewed = False
        for entry in entries:
            if not renewed and entry.fact.decided and entry.fact.decided > new_term:
                renewed, number = True, 0
            number += self.rng.randint(1, 3)
            entry.number = f"{number:02}-QĐ/{symbol}"
            entry.by = self._signed_by(body)

    def _body(self, fact: Fact) -> str:
        if fact.post and fact.decider == "base":
            cell = self.posts[fact.post].organisation
            base = self.base_of.get(cell) or str(self.orgs[cell].parent)
            # A cell that is a grassroots organisation itself answers to the district.
            return "district" if base == cell else base
        return fact.decider

    def _signed_by(self, body: str) -> str:
        if body == "district":
            return f"Ban Thường vụ Huyện ủy {self.plan.title}"
        if body == "province":
            return "Ban Thường vụ Tỉnh ủy Quảng Nam"
        org = self.orgs[body]
        return (
            org.short_name
            if org.code in self.plan.communes
            else "Đảng ủy " + org.name.removeprefix("Đảng bộ ")
        )

    # What every office has: things heard of late, things written down wrongly

    def _delay(self, ledger: list[list[Entry]]) -> set[int]:
        """Record some facts long after they happened; only last ones, so that nothing overtakes them."""
        kinds = {"died", "left_for", "transferred", "exempted", "removed", "arrived"}
        shortest, longest = self.rates["late_days"]
        open_to = [
            entries[-1]
            for entries in ledger
            if entries
            and entries[-1].fact.kind in kinds
            and (self.today - entries[-1].recorded).days > shortest
            and not (len(entries) > 1 and entries[-2].fact.on == entries[-1].fact.on)
        ]
        chosen = self.rng.sample(open_to, min(len(open_to), round(self.rates["late_facts"] * self.scale)))
        for entry in chosen:
            most = min(longest, (self.today - entry.recorded).days)
            entry.recorded += timedelta(days=self.rng.randint(shortest, most))
        return {id(entry) for entry in chosen}

    def _correct(self, ledger: list[list[Entry]], late: set[int]) -> None:
        """Put a wrong entry before some right ones, which then correct it; taken from each kind in turn."""
        shortest, longest = self.rates["correction_days"]
        open_to: dict[str, list[list[Entry]]] = defaultdict(list)
        for entries in ledger:
            if (
                entries
                and id(entries[-1]) not in late
                and (self.today - entries[-1].recorded).days > shortest
            ):
                open_to[entries[-1].fact.kind].append(entries)
        turns = [self._shuffled(open_to[kind]) for kind in sorted(_MISTAKES) if open_to[kind]]
        wanted = round(self.rates["corrections"] * self.scale)
        for entries in _in_turn(turns):
            if wanted == 0:
                return
            right = entries[-1]
            wrong = self._mistaken(right, [entry.fact for entry in entries[:-1]])
            if wrong is None:
                continue
            entries.insert(-1, wrong)
            right.corrects = wrong
            why = _CORRECTED_BECAUSE[_MISTAKES[right.fact.kind]]
            right.fact = replace(right.fact, data=right.fact.data | {"correction": why})
            most = min(longest, (self.today - right.recorded).days)
            right.recorded += timedelta(days=self.rng.randint(shortest, most))
            wanted -= 1

    def _shuffled(self, lists: list[list[Entry]]) -> list[list[Entry]]:
        return self.rng.sample(lists, len(lists))

    def _mistaken(self, right: Entry, before: list[Fact]) -> Entry | None:
        """The entry with one thing wrong, still possible after what came before; None if there is no room."""
        fact = right.fact
        earliest = before[-1].on if before else self.plan.opening
        wrong: Fact | None = None
        match _MISTAKES[fact.kind]:
            case "earlier":
                room = (fact.on - earliest).days - 1
                if room >= 2:
                    wrong = replace(fact, on=fact.on - timedelta(days=self.rng.randint(1, min(room, 20))))
            case "recorded_day":
                if right.recorded > fact.on and not fact.post:
                    wrong = replace(fact, on=right.recorded)
            case "decision_day":
                wrong = replace(fact, on=fact.decided or fact.on)
            case "cell":
                wrong = replace(fact, cell=self._other_cell(fact, before))
            case "destination":
                other = self.rng.choice(sources.choices("profiles.yaml", "origins"))
                wrong = (
                    replace(fact, data={"destination": other}) if other != fact.data["destination"] else None
                )
            case "removed" | "departed" as kind:
                reason = "Xin ra khỏi Đảng"
                wrong = replace(fact, kind=kind, data={"ground" if kind == "removed" else "reason": reason})
            case "admitted_on":
                year = int(fact.data["admitted_on"][:4]) - 1
                wrong = replace(
                    fact, data=fact.data | {"admitted_on": f"{year}{fact.data['admitted_on'][4:]}"}
                )
        return Entry(wrong, right.recorded, right.number, right.by) if wrong else None

    def _other_cell(self, fact: Fact, before: list[Fact]) -> str:
        """Another village cell that is neither where the person comes to nor one where they ever were."""
        taken = {fact.cell, *(earlier.cell for earlier in before)}
        homes = [c.code for c in self.plan.cells if c.group == "home" and c.code not in taken]
        return self.rng.choice(homes)

    # The result

    def events(self, entries: list[Entry], person: str, first: int) -> Iterator[DemoEvent]:
        """The entries of one person as events; ``first`` is the place of the first in the whole list."""
        places = {id(entry): place for place, entry in enumerate(entries, first)}
        for entry in entries:
            fact = entry.fact
            yield DemoEvent(
                person,
                fact.kind,
                fact.on,
                entry.recorded,
                self.posts[fact.post].organisation if fact.post else fact.cell,
                fact.post,
                entry.number,
                fact.decided if entry.number else None,
                entry.by,
                fact.data,
                places[id(entry.corrects)] if entry.corrects else None,
            )


_MISTAKES = {
    "died": "earlier",
    "admitted": "recorded_day",
    "recognised": "decision_day",
    "transferred": "cell",
    "arrived": "cell",
    "left_for": "destination",
    "removed": "departed",
    "departed": "removed",
    "opening": "admitted_on",
}
_CORRECTED_BECAUSE = {
    "earlier": "Ghi nhầm ngày; đính chính theo giấy báo tử",
    "recorded_day": "Ghi nhầm ngày nhập sổ thành ngày kết nạp; đính chính theo biên bản lễ kết nạp",
    "decision_day": "Ghi nhầm ngày ký quyết định thành ngày chính thức; đính chính theo quyết định",
    "cell": "Ghi nhầm chi bộ nơi đến; đính chính theo giấy giới thiệu sinh hoạt đảng",
    "destination": "Ghi nhầm nơi đến; đính chính theo giấy giới thiệu sinh hoạt đảng",
    "departed": "Ghi nhầm hình thức ra khỏi Đảng; đính chính theo quyết định",
    "removed": "Ghi nhầm hình thức ra khỏi Đảng; đính chính theo quyết định",
    "admitted_on": "Ghi nhầm năm vào Đảng; đính chính theo lý lịch đảng viên",
}


def _in_turn(lists: list[list[list[Entry]]]) -> Iterator[list[Entry]]:
    """The first of each list, then the second of each, and so on."""
    for place in range(max(map(len, lists), default=0)):
        for items in lists:
            if place < len(items):
                yield items[place]

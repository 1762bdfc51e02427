"""The organisations of the demonstration district, and how large each cell is meant to be.

Real: the province, the district, its 14 communes and towns, the quarters of Nam Phước, the villages of
Duy Nghĩa, the committee's boards. Everything marked ``invented`` in the data files is made up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from tochuc.exchange.demo import sources
from tochuc.exchange.demo.shapes import DemoOrg

OWN = "dx"
ROOT = "qn"


@dataclass(frozen=True, slots=True)
class CellPlan:
    """A cell to fill: its size at the opening of the records and where its people live.

    ``before`` are the cells whose members it took over on ``since``, when that is after the opening.
    ``dwindles`` is the year in which one of its last three members leaves.
    """

    code: str
    kind: str
    base: str
    size: int
    villages: tuple[str, ...]
    since: date
    before: tuple[str, ...] = ()
    dwindles: int | None = None

    @property
    def group(self) -> str:
        """Where its members spend their days: at home, at work or in the armed forces."""
        if self.kind in {"village", "quarter"}:
            return "home"
        return "forces" if self.kind in {"police", "military"} else "work"


@dataclass(frozen=True, slots=True)
class Plan:
    """A district to populate. ``orgs`` also names those that begin only later."""

    prefix: str
    title: str
    opening: date
    orgs: tuple[DemoOrg, ...]
    cells: tuple[CellPlan, ...]
    communes: tuple[str, ...]

    def standing_on(self, day: date) -> tuple[DemoOrg, ...]:
        """The organisations founded by a day, as known on that day."""
        return tuple(
            replace(org, until=None) if org.until and org.until > day else org
            for org in self.orgs
            if org.since <= day
        )


def draw_plan(rng: Random, scale: float = 1.0, copy: int = 0) -> Plan:
    """The organisations and cell sizes of a district; ``copy`` > 0 gives a made-up neighbour like it."""
    draft = _Draft(rng, min(scale, 1.0))
    draft.take_places()
    draft.take_units()
    plan = Plan(OWN, "Duy Xuyên", draft.opening, tuple(draft.orgs), tuple(draft.cells), tuple(draft.communes))
    return plan if copy == 0 else _copied(plan, copy)


class _Draft:
    def __init__(self, rng: Random, scale: float) -> None:
        self.rng, self.scale = rng, scale
        rates = sources.settings("rates.yaml")
        self.opening: date = rates["opening"]
        self.dwindling: dict[str, int] = rates["dwindling"]
        self.orgs: list[DemoOrg] = []
        self.cells: list[CellPlan] = []
        self.communes: list[str] = []
        self.villages: dict[str, list[str]] = {}
        self.first_day: date = self.opening

    def take_places(self) -> None:
        """Province, district, communes; then the cells of each commune."""
        places = sources.rows("places.csv")
        homes: dict[str, list[dict[str, str]]] = {}
        for row in places:
            if row["kind"] in {"village", "quarter"}:
                homes.setdefault(row["parent"], []).append(row)
        for row in places:
            if row["kind"] == "province":
                self.first_day = date.fromisoformat(row["since"])
                self._add_place(
                    row, "province_committee", f"Đảng bộ tỉnh {row['name']}", f"Tỉnh ủy {row['name']}"
                )
            elif row["kind"] == "district":
                self._add_place(
                    row, "district_committee", f"Đảng bộ huyện {row['name']}", f"Huyện ủy {row['name']}"
                )
            elif row["kind"] in {"town", "commune"}:
                self._add_commune(row, homes[row["code"]])

    def _add_place(self, row: dict[str, str], kind: str, name: str, short_name: str) -> None:
        self.orgs.append(
            DemoOrg(
                row["code"],
                name,
                short_name,
                kind,
                None,
                row["parent"] or None,
                self._since(row["since"]),
                note=row["note"],
            )
        )

    def _since(self, text: str) -> date:
        # Nothing can stand under the province before the province itself does; the note keeps the real day.
        return max(date.fromisoformat(text), self.first_day) if text else self.first_day

    def _add_commune(self, row: dict[str, str], homes: list[dict[str, str]]) -> None:
        unit = f"{'thị trấn' if row['kind'] == 'town' else 'xã'} {row['name']}"
        self._add_place(row, "grassroots_committee", f"Đảng bộ {unit}", f"Đảng ủy {unit}")
        self.communes.append(row["code"])
        self.villages[row["code"]] = [f"{_home_word(home)} {home['name']}, {unit}" for home in homes]
        for home, address in zip(homes, self.villages[row["code"]], strict=True):
            self._add_home_cell(home, address)
        for pattern in sources.rows("commune-cells.csv"):
            if row["code"] not in pattern["except"].split("|"):
                self._add_commune_cell(row, unit, pattern)

    def _add_home_cell(self, row: dict[str, str], address: str) -> None:
        word = _home_word(row)
        larger = 1.3 if row["kind"] == "quarter" else 1.0
        size = round(min(max(self.rng.lognormvariate(math.log(32 * larger), 0.34), 10), 64))
        self._add_cell(
            DemoOrg(
                row["code"],
                f"Chi bộ {word} {row['name']}",
                f"{word.capitalize()} {row['name']}",
                "cell",
                row["kind"],
                row["parent"],
                date(self.rng.randint(1998, 2019), 1, self.rng.randint(2, 28)),
                note="Tên thôn là tên giả định" if row["origin"] == "invented" else "",
            ),
            size,
            (address,),
        )

    def _add_commune_cell(self, row: dict[str, str], unit: str, pattern: dict[str, str]) -> None:
        code = f"{row['code']}-{pattern['suffix']}"
        words = {"unit": unit, "place": row["name"]}
        self._add_cell(
            DemoOrg(
                code,
                pattern["name"].format(**words),
                pattern["short_name"].format(**words),
                "cell",
                pattern["cell_kind"],
                row["code"],
                date(self.rng.randint(1999, 2018), self.rng.randint(1, 12), self.rng.randint(2, 28)),
            ),
            self.rng.randint(int(pattern["smallest"]), int(pattern["largest"])),
            tuple(self.villages[row["code"]]),
        )

    def take_units(self) -> None:
        """Boards, agencies, schools, enterprises and forces of the district."""
        everywhere = tuple(address for addresses in self.villages.values() for address in addresses)
        for row in sources.rows("units.csv"):
            org = DemoOrg(
                row["code"],
                row["name"],
                row["short_name"],
                row["kind"],
                row["cell_kind"] or None,
                row["parent"],
                date.fromisoformat(row["since"]) if row["since"] else self._unit_since(row),
                date.fromisoformat(row["until"]) if row["until"] else None,
                tuple(row["predecessors"].split("|")) if row["predecessors"] else (),
            )
            if row["size"]:
                self._add_cell(org, int(row["size"]), tuple(self.villages.get(row["parent"], everywhere)))
            else:
                self.orgs.append(org)

    def _unit_since(self, row: dict[str, str]) -> date:
        if row["kind"] in {"cell", "sectional_committee"}:
            parent = next(org for org in self.orgs if org.code == row["parent"])
            return max(parent.since, date(2010, 1, 2))
        if row["kind"] == "board":
            return self.first_day
        return date(self.rng.randint(1997, 2009), self.rng.randint(2, 12), self.rng.randint(2, 28))

    def _add_cell(self, org: DemoOrg, size: int, villages: tuple[str, ...]) -> None:
        assert org.cell_kind is not None
        later = org.since > self.opening
        dwindles = self.dwindling.get(org.code)
        self.orgs.append(org)
        self.cells.append(
            CellPlan(
                org.code,
                org.cell_kind,
                self._base(org),
                3 if dwindles else max(3, round(size * self.scale)),
                villages,
                org.since,
                org.predecessors if later else (),
                dwindles,
            )
        )

    def _base(self, org: DemoOrg) -> str:
        if org.kind == "grassroots_cell":
            return org.code
        kinds = {o.code: o for o in self.orgs}
        above = kinds[str(org.parent)]
        while above.kind != "grassroots_committee":
            above = kinds[str(above.parent)]
        return above.code


def _home_word(row: dict[str, str]) -> str:
    return "khối phố" if row["kind"] == "quarter" else "thôn"


def _copied(plan: Plan, copy: int) -> Plan:
    """The same district under another code and title."""
    prefix, title = f"mau{copy}", f"Mẫu {copy}"

    def code(old: str) -> str:
        return old if old == ROOT else prefix + old.removeprefix(OWN)

    def called(name: str) -> str:
        return name.replace(plan.title, title)

    orgs = tuple(
        replace(
            org,
            code=code(org.code),
            name=called(org.name),
            short_name=called(org.short_name),
            parent=code(org.parent) if org.parent else None,
            predecessors=tuple(code(p) for p in org.predecessors),
            note="Huyện giả định",
        )
        for org in plan.orgs
        if org.code != ROOT
    )
    cells = tuple(
        replace(cell, code=code(cell.code), base=code(cell.base), before=tuple(code(b) for b in cell.before))
        for cell in plan.cells
    )
    communes = tuple(code(c) for c in plan.communes)
    return replace(plan, prefix=prefix, title=title, orgs=orgs, cells=cells, communes=communes)

"""The organisations of a simulated country: numbered so that a cell's superiors follow from its place in the row.

One country, provinces, districts until 30 June 2025, communes; on 1 July 2025 the communes of a district are merged
by threes and stand under the province, as the two-tier reform did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

FOUNDED = date(1945, 9, 2)
REFORM = date(2025, 7, 1)
ROOT = 1


@cache
def rates() -> dict[str, Any]:
    """How often things happen, and how large things are."""
    loaded = yaml.safe_load((files(__package__) / "rates.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@dataclass(frozen=True)
class Country:
    """How many organisations of each level; every number below is an organisation's id."""

    members: int
    cells: int
    communes: int
    districts: int
    provinces: int

    @property
    def first_district(self) -> int:
        """Provinces come right after the country."""
        return ROOT + 1 + self.provinces

    @property
    def first_commune(self) -> int:
        """The communes until the reform."""
        return self.first_district + self.districts

    @property
    def first_merged(self) -> int:
        """The communes since the reform."""
        return self.first_commune + self.communes

    @property
    def merged(self) -> int:
        """How many communes there are since the reform."""
        return (self.communes - 1) // _merging() + 1

    @property
    def first_cell(self) -> int:
        """Cells come last."""
        return self.first_merged + self.merged

    def commune_of(self, cell: int) -> int:
        """Which commune (from 0) the cell (from 0) stands in."""
        return cell * self.communes // self.cells

    def merged_of(self, commune: int) -> int:
        """Which merged commune (from 0) followed this commune."""
        return commune // _merging()

    def district_of(self, commune: int) -> int:
        """Which district (from 0) the commune stood in; those merged into one always the same."""
        return self.merged_of(commune) * self.districts // self.merged

    def province_of(self, district: int) -> int:
        """Which province (from 0) the district stood in."""
        return district * self.provinces // self.districts

    def cells_of(self, commune: int) -> range:
        """The cells (from 0) of a commune."""
        first = -(-commune * self.cells // self.communes)
        return range(first, -(-(commune + 1) * self.cells // self.communes))

    def cells_of_province(self, cell: int) -> range:
        """The cells of the province in which a cell stands, nearly: as many around it as a province has."""
        size = max(1, self.cells // self.provinces)
        first = cell // size * size
        return range(first, min(first + size, self.cells))


def _merging() -> int:
    return int(rates()["communes_merged_into_one"])


def planned(members: int) -> Country:
    """A country for so many members."""
    sizes = rates()
    cells = max(1, round(members / sizes["members_in_a_cell"]))
    communes = max(1, round(cells / sizes["cells_in_a_committee"]))
    merged = (communes - 1) // _merging() + 1
    districts = min(merged, max(1, round(communes / sizes["communes_in_a_district"])))
    provinces = min(districts, max(1, round(districts / sizes["districts_in_a_province"])))
    return Country(members, cells, communes, districts, min(provinces, len(province_names())))


@cache
def province_names() -> tuple[str, ...]:
    """The provinces since 2025."""
    return tuple(name.strip() for name in rates()["provinces"].split("|"))


@dataclass(frozen=True)
class Unit:
    """An organisation: its days, and which superior it had before and since the reform."""

    pk: int
    code: str
    name: str
    short_name: str
    kind: str
    cell_kind: str
    since: date
    until: date | None
    parent: int | None
    parent_since_reform: int | None = None
    kind_since_reform: str = ""


_CELL_KINDS = (
    *(("village", "thôn"),) * 11,
    *(("quarter", "tổ dân phố"),) * 3,
    *(("school", "Trường Tiểu học"),) * 2,
    ("agency", "Cơ quan xã"),
    ("health_station", "Trạm Y tế"),
    ("enterprise", "Hợp tác xã"),
    ("police", "Công an xã"),
)


def units(country: Country, seed: int, until: date) -> Iterator[Unit]:
    """Every organisation of the country, superiors first."""
    rng = Random(f"{seed}:names")
    reformed = until >= REFORM
    ends = REFORM if reformed else None
    yield Unit(ROOT, "ca-nuoc", "Toàn Đảng", "Toàn Đảng", "province_committee", "", FOUNDED, None, None)
    for n in range(country.provinces):
        name = f"tỉnh {province_names()[n]}"
        yield _committee(ROOT + 1 + n, f"t{n}", name, "province_committee", ROOT, None)
    for n in range(country.districts):
        parent = ROOT + 1 + country.province_of(n)
        name = f"huyện {_place(rng)}"
        yield _committee(country.first_district + n, f"h{n}", name, "district_committee", parent, ends)
    for n in range(country.communes):
        parent = country.first_district + country.district_of(n)
        name = f"xã {_place(rng)}"
        yield _committee(country.first_commune + n, f"x{n}", name, "grassroots_committee", parent, ends)
    if reformed:
        for n in range(country.merged):
            first = n * _merging()
            parent = ROOT + 1 + country.province_of(country.district_of(first))
            pk, name = country.first_merged + n, f"xã {_place(rng)}"
            yield _committee(pk, f"xm{n}", name, "commune_committee", parent, None, REFORM)
    for n in range(country.cells):
        commune = country.commune_of(n)
        kind, word = rng.choice(_CELL_KINDS)
        name = f"{word} {_place(rng)}"
        yield Unit(
            country.first_cell + n,
            f"c{n}",
            f"Chi bộ {name}",
            name[0].upper() + name[1:],
            "cell",
            kind,
            FOUNDED,
            None,
            country.first_commune + commune,
            country.first_merged + country.merged_of(commune) if reformed else None,
            "grassroots_cell" if reformed else "",
        )


def _committee(
    pk: int, code: str, name: str, kind: str, parent: int, until: date | None, since: date = FOUNDED
) -> Unit:
    return Unit(pk, code, f"Đảng bộ {name}", name[0].upper() + name[1:], kind, "", since, until, parent)


def _place(rng: Random) -> str:
    words = _place_words()
    first, second = rng.choice(words), rng.choice(words)
    return f"{first} {second}" if first != second else first


@cache
def _place_words() -> tuple[str, ...]:
    return tuple(rates()["place_words"].split())


@dataclass(frozen=True)
class Seat:
    """A post of an organisation."""

    pk: int
    organisation: int
    code: str
    kind: str
    title: str


def seats_of_cell(country: Country, cell: int, unit_name: str = "") -> tuple[Seat, Seat]:
    """The secretary and the deputy of a cell (from 0)."""
    pk = country.first_cell + cell
    return (
        Seat(2 * cell + 1, pk, f"c{cell}-bi-thu", "secretary", f"Bí thư {unit_name}"),
        Seat(2 * cell + 2, pk, f"c{cell}-pho-bi-thu", "deputy_secretary", f"Phó Bí thư {unit_name}"),
    )

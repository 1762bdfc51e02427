"""The posts of a district: which seats each organisation has, and when their holders may change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tochuc.exchange.demo.shapes import DemoOrg, DemoPost
from tochuc.exchange.demo.structure import Plan

DISTRICT_CONGRESS = date(2020, 7, 23)
"""The day the district's congress of the term 2020–2025 closed."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A post to be filled from the cells ``pool`` (any of them); ``level`` is how high it stands.

    ``mirrors`` names the post whose holder has this one as well. ``changes`` are the days on which a congress
    may choose someone else.
    """

    post: DemoPost
    level: str
    pool: tuple[str, ...]
    changes: tuple[date, ...]
    mirrors: str | None = None
    leading: bool = False


def seats(plan: Plan, rng: Random) -> list[Seat]:
    """All seats, those of small organisations last: a leader's seat is filled before a mere member's."""
    return _Chart(plan, rng).draw()


def congresses(seats: Iterable[Seat], rng: Random, today: date) -> Iterator[tuple[str, date]]:
    """The congresses of committees and cells that were held: those of the seats, and those of 2025."""
    for seat in seats:
        post = seat.post
        if post.kind != "secretary" or not seat.changes:
            continue
        # Cells first, so that the committees above them meet last.
        latest = date(2025, 2, 3 if seat.level == "cell" else 28) + timedelta(days=rng.randrange(24))
        for on in (*seat.changes, latest):
            if post.since <= on <= today and (post.until is None or on < post.until):
                yield post.organisation, on


class _Chart:
    def __init__(self, plan: Plan, rng: Random) -> None:
        self.plan, self.rng = plan, rng
        self.cells = {cell.code: cell for cell in plan.cells}
        self.base_cells: dict[str, list[str]] = {}
        for cell in plan.cells:
            self.base_cells.setdefault(cell.base, []).extend([cell.code, *cell.before])

    def draw(self) -> list[Seat]:
        orgs = self.plan.orgs
        drawn = [seat for org in orgs if org.kind == "board" for seat in self._board(org)]
        drawn += [
            seat
            for org in orgs
            if org.kind == "grassroots_committee"
            for seat in (self._commune(org) if org.code in self.plan.communes else self._committee(org))
        ]
        drawn += [seat for org in orgs if org.kind == "district_committee" for seat in self._district(org)]
        drawn += [seat for org in orgs if org.kind == "sectional_committee" for seat in self._section(org)]
        drawn += [seat for org in orgs if org.kind in {"cell", "grassroots_cell"} for seat in self._cell(org)]
        return drawn

    def _seat(
        self,
        org: DemoOrg,
        suffix: str,
        kind: str,
        title: str,
        level: str,
        pool: list[str],
        changes: tuple[date, ...],
        mirrors: str | None = None,
    ) -> Seat:
        post = DemoPost(
            f"{org.code}-{suffix}", org.code, kind, title, max(org.since, self.plan.opening), org.until
        )
        leading = kind.endswith("secretary") or kind in {"board_head", "chair_inspection"}
        return Seat(post, level, tuple(pool), changes, mirrors, leading)

    def _of(self, *names: str) -> list[str]:
        return [f"{self.plan.prefix}-cb-{name}" for name in names]

    def _board(self, org: DemoOrg) -> list[Seat]:
        name = org.short_name
        pools = {
            "btc": ("ban-to-chuc",),
            "btg": ("ban-tuyen-giao",),
            "bdv": ("ban-dan-van",),
            "ubkt": ("kiem-tra",),
            "vp": ("van-phong-huyen-uy",),
        }
        suffix = org.code.removeprefix(f"{self.plan.prefix}-")
        pool, changes = self._of(*pools[suffix]), (date(2020, 8, 3),)
        heads = {"ubkt": ("chair_inspection", "Chủ nhiệm"), "vp": ("board_head", "Chánh")}
        kind, word = heads.get(suffix, ("board_head", "Trưởng"))
        deputy = {"ubkt": "Phó Chủ nhiệm", "vp": "Phó Chánh"}.get(suffix, "Phó Trưởng")
        chief = self._seat(org, "truong-ban", kind, f"{word} {name}", "district", pool, changes)
        return [chief] + [
            self._seat(
                org, f"pho-truong-ban-{n}", "board_deputy", f"{deputy} {name}", "district", pool, changes
            )
            for n in (1, 2)
        ]

    def _commune(self, org: DemoOrg) -> list[Seat]:
        congress = (date(2020, 4, 20) + timedelta(days=self.rng.randrange(50)),)
        office = [f"{org.code}-co-quan"]
        everyone = self.base_cells[org.code]
        body, unit = org.short_name, org.short_name.removeprefix("Đảng ủy ")
        listed = [
            ("bi-thu", "secretary", f"Bí thư {body}", office),
            ("pho-bi-thu-thuong-truc", "standing_deputy_secretary", f"Phó Bí thư Thường trực {body}", office),
            (
                "pho-bi-thu",
                "deputy_secretary",
                f"Phó Bí thư {body}, Chủ tịch Ủy ban nhân dân {unit}",
                office,
            ),
            ("chu-nhiem-kiem-tra", "chair_inspection", f"Chủ nhiệm Ủy ban Kiểm tra {body}", office),
            ("uy-vien-thuong-vu", "standing_committee_member", f"Ủy viên Ban Thường vụ {body}", office),
        ]
        listed += [
            (f"uy-vien-{n}", "committee_member", f"Ủy viên Ban Chấp hành {body}", everyone)
            for n in range(1, 11)
        ]
        return [
            self._seat(org, suffix, kind, title, "commune", pool, congress)
            for suffix, kind, title, pool in listed
        ]

    def _committee(self, org: DemoOrg) -> list[Seat]:
        congress = (date(2020, 4, 1) + timedelta(days=self.rng.randrange(60)),)
        body = "Đảng ủy " + org.name.removeprefix("Đảng bộ ")
        listed = [
            ("bi-thu", "secretary", f"Bí thư {body}"),
            ("pho-bi-thu", "deputy_secretary", f"Phó Bí thư {body}"),
        ]
        listed += [(f"uy-vien-{n}", "committee_member", f"Ủy viên {body}") for n in range(1, 6)]
        pool = self.base_cells[org.code]
        return [self._seat(org, s, kind, title, "commune", pool, congress) for s, kind, title in listed]

    def _district(self, org: DemoOrg) -> list[Seat]:
        changes = (DISTRICT_CONGRESS,)
        office, government = self._of("van-phong-huyen-uy"), self._of("van-phong-uy-ban")
        body = org.short_name
        chief = [
            ("bi-thu", "secretary", f"Bí thư {body}", office),
            ("pho-bi-thu-thuong-truc", "standing_deputy_secretary", f"Phó Bí thư Thường trực {body}", office),
            (
                "pho-bi-thu",
                "deputy_secretary",
                f"Phó Bí thư {body}, Chủ tịch Ủy ban nhân dân huyện",
                government,
            ),
        ]
        drawn = [self._seat(org, s, kind, title, "district", pool, changes) for s, kind, title, pool in chief]
        p = self.plan.prefix
        standing = [f"{p}-{b}-truong-ban" for b in ("btc", "btg", "ubkt")]
        standing += [f"{p}-bdv-truong-ban", f"{p}-cong-an-huyen-bi-thu", f"{p}-quan-su-huyen-bi-thu"]
        standing += [f"{p}-nam-phuoc-bi-thu"]
        title = f"Ủy viên Ban Thường vụ {body}"
        drawn += [
            self._seat(
                org, f"uy-vien-thuong-vu-{n}", "standing_committee_member", title, "district", [], (), other
            )
            for n, other in enumerate(standing, 1)
        ]
        others = [f"{c}-bi-thu" for c in self.plan.communes if not c.endswith("-nam-phuoc")]
        others += [f"{p}-vp-truong-ban"]
        title = f"Ủy viên Ban Chấp hành Đảng bộ huyện {self.plan.title}"
        drawn += [
            self._seat(org, f"uy-vien-{n}", "committee_member", title, "district", [], (), other)
            for n, other in enumerate(others, 1)
        ]
        agencies = [cell.code for cell in self.plan.cells if cell.base == cell.code and cell.kind == "agency"]
        return drawn + [
            self._seat(org, f"uy-vien-{n}", "committee_member", title, "district", agencies, changes)
            for n in range(len(others) + 1, len(others) + 11)
        ]

    def _section(self, org: DemoOrg) -> list[Seat]:
        pool = [other.code for other in self.plan.orgs if other.parent == org.code]
        body = org.name.removeprefix("Đảng bộ bộ phận ")
        changes = (date(2020, 4, 2), date(2022, 10, 11))
        return [
            self._seat(org, "bi-thu", "secretary", f"Bí thư Đảng ủy bộ phận {body}", "cell", pool, changes),
            self._seat(
                org,
                "pho-bi-thu",
                "deputy_secretary",
                f"Phó Bí thư Đảng ủy bộ phận {body}",
                "cell",
                pool,
                changes,
            ),
        ]

    def _cell(self, org: DemoOrg) -> list[Seat]:
        size = self.cells[org.code].size if org.code in self.cells else 9
        congress: tuple[date, ...] = (date(2020, 2, 10) + timedelta(days=self.rng.randrange(45)),)
        # Grassroots cells meet in congress once in five years, the others twice.
        if org.kind == "cell":
            congress += (date(2022, 9, 5) + timedelta(days=self.rng.randrange(80)),)
        name = org.name[0].lower() + org.name[1:] if org.name.startswith("Chi bộ") else org.name
        listed = [("bi-thu", "secretary", f"Bí thư {name}")]
        if size >= 9:
            listed.append(("pho-bi-thu", "deputy_secretary", f"Phó Bí thư {name}"))
        if size >= 15:
            listed.append(("chi-uy-vien", "committee_member", f"Chi ủy viên {name}"))
        return [
            self._seat(org, suffix, kind, title, "cell", [org.code], congress)
            for suffix, kind, title in listed
        ]

"""Which cell of a branch a list means by a name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from heapq import nlargest

from tochuc.kernel.names import fold
from tochuc.org.models import Organisation, OrganisationSpan
from tochuc.org.queries import cells_under

_SHOWN = 3
_COMPARED = 500
_PLAIN = re.compile(r"[^\w\s]+")


@dataclass(frozen=True)
class NoCell:
    """Why no cell was found, as an error of writing: `unknown_cell`, `ambiguous_cell` or `no_cell`."""

    code: str
    message: str


class Cells:
    """The cells of a branch that work on a day and still do, found by name without regard to capitals.

    Tones, and the words "Chi bộ" in front, may be missing where that leaves no doubt.
    """

    def __init__(self, branch: Organisation, on: date, today: date) -> None:
        self.branch = branch
        self._cells = [cell for cell in cells_under(branch, on) if cell.exists_on(today)]
        self._exact: dict[str, set[int]] = {}
        self._loose: dict[str, set[int]] = {}
        self._found: dict[str, Organisation | NoCell] = {}
        for place, cell in enumerate(self._cells):
            for name in (cell.name, cell.short_name, cell.code):
                self._exact.setdefault(name.casefold(), set()).add(place)
                self._loose.setdefault(_loose(name), set()).add(place)
        self._above = self._superiors(on)

    def named(self, name: str | None) -> Organisation | NoCell:
        """The cell of that name; the branch's own one where a row names none and there is only one."""
        key = name or ""
        if key not in self._found:
            self._found[key] = self._look(name)
        return self._found[key]

    def _look(self, name: str | None) -> Organisation | NoCell:
        if name is None:
            return self._cells[0] if len(self._cells) == 1 else self._unsaid()
        places = self._exact.get(name.casefold()) or self._loose.get(_loose(name)) or set()
        if len(places) == 1:
            return self._cells[next(iter(places))]
        if places:
            where = "; ".join(sorted(self._words(place) for place in places))
            return NoCell(
                "ambiguous_cell", f"Có nhiều chi bộ tên «{name}»: {where}. Hãy nhập riêng từng nơi."
            )
        return NoCell(
            "unknown_cell", f"Không có chi bộ «{name}» trong {self.branch.name}.{self._nearest(name)}"
        )

    def _unsaid(self) -> NoCell:
        if not self._cells:
            return NoCell("no_cell", f"{self.branch.name} chưa có chi bộ nào để ghi đảng viên vào.")
        words = "Dòng này không cho biết chi bộ. Hãy thêm cột hoặc dòng nhóm nêu chi bộ, hoặc nhập vào từng chi bộ."
        return NoCell("no_cell", words)

    def _nearest(self, name: str) -> str:
        own = _loose(name)
        near = get_close_matches(own, self._alike(own), n=_SHOWN * 2, cutoff=0.5)
        places = list(dict.fromkeys(place for key in near for place in sorted(self._loose[key])))
        names = ", ".join(f"«{self._cells[place].name}»" for place in places[:_SHOWN])
        return f" Gần giống: {names}." if names else ""

    def _alike(self, name: str) -> Collection[str]:
        """The names to compare letter by letter: of a province's thousands those that share most words."""
        if len(self._loose) <= _COMPARED:
            return self._loose
        words = set(name.split())
        return nlargest(_COMPARED, self._loose, key=lambda one: len(words.intersection(one.split())))

    def _words(self, place: int) -> str:
        cell = self._cells[place]
        return f"{cell.name} ({self._above.get(cell.pk, self.branch.name)})"

    def _superiors(self, on: date) -> dict[int, str]:
        spans = OrganisationSpan.objects.on(on).filter(organisation__in=self._cells)
        return dict(spans.exclude(parent=None).values_list("organisation", "parent__short_name"))


def _loose(name: str) -> str:
    words = _PLAIN.sub(" ", fold(name)).split()
    while words[:2] == ["chi", "bo"] and len(words) > 2:
        words = words[2:]
    return " ".join(words)

"""The tree of organisations that a viewer may open, as the pages draw it.

A small tree is drawn whole. A large one is loaded branch by branch: the address names the branches that are open,
so a page of it takes a few queries whatever the size of the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet

from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.names import fold
from tochuc.members import ledger
from tochuc.members.ledger import Count
from tochuc.org import queries
from tochuc.org.kinds import CELL_KINDS, kind_words
from tochuc.org.queries import Organisation, OrganisationSpan
from tochuc.web.organisations.place import page_of

# A tree this small is shown open; a larger one opens level by level; above the second it is loaded by branches.
_SHOWN_OPEN = 40
_DRAWN_WHOLE = 400
MOST_OPEN = 60
_MOST_FOUND = 200


@dataclass
class Node:
    """One organisation with those directly under it, boards last, then by name.

    ``number`` says how many stand under it; where they aren't loaded, ``open_url`` opens it.
    """

    code: str
    name: str
    url: str
    kind: str
    board: bool
    count: Count
    open: bool = False
    found: bool = False
    below: list[Node] = field(default_factory=list)
    number: int = 0
    open_url: str = ""
    close_url: str = ""


@dataclass(frozen=True)
class Grown:
    """A tree with the number of all organisations in it, and of those found by words."""

    roots: list[Node]
    of: int
    found: int
    cut: bool = False


@dataclass(frozen=True)
class Asked:
    """What a page of the tree asks for: the day, the words, the branches open, the address that others build on."""

    day: date
    today: date
    words: str = ""
    open: tuple[str, ...] = ()
    top: Organisation | None = None

    def url(self, opened: Collection[str], at: str) -> str:
        """The address of this page with these branches open, at one of them."""
        pairs = [("mo", code) for code in opened]
        if self.day != self.today:
            pairs.append(("ngay", day_vn(self.day)))
        return f"?{urlencode(pairs)}#{at}"


def look(visible: QuerySet[Organisation], asked: Asked) -> Grown:
    """The tree on a day as one may see it, from the topmost or from one organisation."""
    if asked.top is not None:
        visible = visible.filter(pk__in=queries.units_under(asked.top, asked.day))
    links = queries.links(visible, asked.day)
    of = len(links)
    if of <= _DRAWN_WHOLE:
        roots = _drawn((unit for unit, _, _ in links), asked.day)
        if not asked.words:
            return Grown(roots, of, of)
        kept, found = search(roots, asked.words)
        return Grown(kept, of, found)
    if asked.words:
        return _found({unit for unit, _, _ in links}, asked)
    return _branches(links, asked)


def _drawn(ids: Iterable[int], day: date) -> list[Node]:
    rows = list(queries.shapes(ids, day))
    return grow(rows, ledger.headcounts([row.organisation for row in rows], day))


def _found(visible: set[int], asked: Asked) -> Grown:
    """The branches that lead to what has the words in its name."""
    matches = [unit for unit in queries.ids_named(asked.words, asked.day) if unit in visible]
    roots = _drawn(queries.ids_above(matches[:_MOST_FOUND], asked.day) & visible, asked.day)
    _open_all(roots)
    return Grown(roots, len(visible), min(len(matches), _MOST_FOUND), len(matches) > _MOST_FOUND)


def _open_all(nodes: Iterable[Node]) -> None:
    for node in nodes:
        node.open = bool(node.below)
        _open_all(node.below)


def _branches(links: list[tuple[int, int | None, str]], asked: Asked) -> Grown:
    """The topmost, and what stands under the branches that are open."""
    above = {unit: parent for unit, parent, _ in links}
    codes = {code: unit for unit, _, code in links}
    roots = {unit for unit, parent in above.items() if parent not in above}
    opened = {codes[code] for code in asked.open if code in codes}
    if len(roots) == 1:
        opened |= roots
    ids = roots | {unit for unit, parent in above.items() if parent in opened}
    nodes = _drawn(ids, asked.day)
    numbers = Counter(parent for parent in above.values() if parent is not None)
    _link(nodes, numbers, codes, asked)
    return Grown(nodes, len(links), len(links))


def _link(nodes: Iterable[Node], numbers: Counter[int], ids: dict[str, int], asked: Asked) -> None:
    """Give each node the number under it, and the address that opens or closes it."""
    for node in nodes:
        node.number = numbers[ids[node.code]]
        node.open = bool(node.below)
        if node.number and not node.below:
            node.open_url = asked.url([*asked.open, node.code], node.code)
        elif node.code in asked.open:
            node.close_url = asked.url([code for code in asked.open if code != node.code], node.code)
        _link(node.below, numbers, ids, asked)


def grow(spans: Iterable[OrganisationSpan], counts: dict[int, Count]) -> list[Node]:
    """The trees of these organisations; one whose superior isn't among them is a root."""
    rows = list(spans)
    nodes = {row.organisation_id: _node(row, counts) for row in rows}
    roots: list[Node] = []
    for row in rows:
        above = nodes.get(row.parent_id) if row.parent_id else None
        (above.below if above else roots).append(nodes[row.organisation_id])
    for node in nodes.values():
        node.below.sort(key=_order)
        node.open = len(nodes) <= _SHOWN_OPEN
        node.number = len(node.below)
    for root in roots:
        root.open = True
    return sorted(roots, key=_order)


def _node(row: OrganisationSpan, counts: dict[int, Count]) -> Node:
    kind = kind_words(row.kind, row.name)
    if row.cell_kind:
        kind = f"{kind}, {CELL_KINDS[row.cell_kind].lower()}"
    return Node(
        row.organisation.code,
        row.name,
        page_of(row.organisation),
        kind,
        row.kind == "board",
        counts.get(row.organisation_id, Count()),
    )


def _order(node: Node) -> tuple[bool, bool, str]:
    # Larger bodies first, so that the communes of a district don't drown among its single cells.
    return node.board, not node.below, fold(node.name)


def search(roots: list[Node], words: str) -> tuple[list[Node], int]:
    """Only the branches that lead to an organisation with all these words in its name, opened; and how many."""
    parts = fold(words).split()
    kept, total = [], 0
    for node in roots:
        below, n = search(node.below, words)
        name = f" {fold(node.name)}"
        own = all(f" {part}" in name for part in parts)
        if own or n:
            kept.append(
                Node(
                    node.code,
                    node.name,
                    node.url,
                    node.kind,
                    node.board,
                    node.count,
                    n > 0,
                    own,
                    below,
                    len(below),
                )
            )
        total += n + own
    return kept, total

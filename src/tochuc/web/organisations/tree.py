"""The tree of organisations that a viewer may open, as the page draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tochuc.kernel.names import fold
from tochuc.members.ledger import Count
from tochuc.org.kinds import CELL_KINDS, KINDS
from tochuc.org.queries import OrganisationSpan
from tochuc.web.organisations.place import page_of

# A tree this small is shown open; a larger one opens level by level.
_SHOWN_OPEN = 40


@dataclass
class Node:
    """One organisation with those directly under it, boards last, then by name."""

    name: str
    url: str
    kind: str
    board: bool
    count: Count
    open: bool = False
    found: bool = False
    below: list[Node] = field(default_factory=list)


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
    for root in roots:
        root.open = True
    return sorted(roots, key=_order)


def _node(row: OrganisationSpan, counts: dict[int, Count]) -> Node:
    kind = KINDS[row.kind].label
    if row.cell_kind:
        kind = f"{kind}, {CELL_KINDS[row.cell_kind].lower()}"
    return Node(
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
            kept.append(Node(node.name, node.url, node.kind, node.board, node.count, n > 0, own, below))
        total += n + own
    return kept, total

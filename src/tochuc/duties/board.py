"""The list for the notice board: what is due without anyone's personal detail.

That somebody is a Party member, or about to become one, says a political view, which the law on personal data counts
as sensitive. So a duty about a person is only counted, and not even that where so few are counted that neighbours
would know who is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tochuc.access.viewer import Viewer
from tochuc.duties.asking import gather
from tochuc.duties.duty import GROUPS, Duty, labels, providers
from tochuc.duties.sifting import Asked

FEW = 3
"""Fewer duties about persons than this aren't given as a number. A house rule; the law leaves the means to us."""
_SHOWN = 60


@dataclass(frozen=True)
class Line:
    """A kind of duty about persons: how many in each group, in words that don't point to anyone."""

    label: str
    counts: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """Duties of organisations, written out, overdue first (``more`` aren't); those about persons, counted."""

    duties: tuple[Duty, ...]
    more: int
    lines: tuple[Line, ...]


def board(viewer: Viewer, branch: int) -> Board:
    """What a branch (by id) may put up."""
    named = frozenset[str]().union(*(one.impersonal for one in providers()))
    closed = frozenset[str]().union(*(one.closed for one in providers()))
    asked = Asked(branch=branch)
    gathered = gather(viewer)
    found = gathered.look(asked)
    shown = gathered.look(replace(asked, kinds=named), size=_SHOWN)
    counts = {(one.kind, one.group): one.n for one in found.by_kind}
    kinds = [kind for kind in labels() if kind not in named | closed]
    lines = [
        Line(labels()[kind], tuple(_words(counts.get((kind, group), 0)) for group, _ in GROUPS))
        for kind in kinds
        if any(one == kind for one, _ in counts)
    ]
    return Board(tuple(shown.duties()), shown.total - len(shown.slips), tuple(lines))


def _words(n: int) -> str:
    return f"dưới {FEW}" if 0 < n < FEW else f"{n:,}".replace(",", ".")

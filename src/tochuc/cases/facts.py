"""Facts of a case; those that cost a look at the record of their own are looked up when something first asks for them.

How many may vote is a fact that only a vote needs: a page that shows the steps doesn't ask for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any


class Later:
    """A fact that isn't looked up yet; looked up once, however many facts come from the same look.

    >>> looks = []
    >>> seats = Later(lambda: looks.append("seats") or {"base": 7})
    >>> facts = Facts(base=seats.then(lambda found: found["base"]), all=seats.then(len), kind="cell")
    >>> facts["kind"], looks
    ('cell', [])
    >>> facts.get("base"), facts["all"], looks
    (7, 1, ['seats'])
    """

    def __init__(self, look: Callable[[], Any]) -> None:
        self._look = look

    @cached_property
    def found(self) -> Any:
        """What the record says."""
        return self._look()

    def then(self, read: Callable[[Any], Any]) -> Later:
        """A fact that is read from what this look finds."""
        return Later(lambda: read(self.found))


class Facts(dict[str, Any]):
    """Facts by name. Copied into another mapping, what isn't looked up yet stays so."""

    def __getitem__(self, name: str) -> Any:
        fact = super().__getitem__(name)
        return fact.found if isinstance(fact, Later) else fact

    def get(self, name: str, default: Any = None) -> Any:
        """The fact, or the default where the case has none of this name."""
        fact = super().get(name, default)
        return fact.found if isinstance(fact, Later) else fact

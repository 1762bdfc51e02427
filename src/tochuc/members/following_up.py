"""What looks again when people's records change: parts above say what they do, and it is done in the same transaction.

An entry of the ledger may end what runs elsewhere for the person (a case of one who died), or let it run on (the
entry was wrong). The ledger doesn't know what that is; whoever keeps such things registers here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

Look = Callable[[Collection[int]], None]

_LOOKS: list[Look] = []


def register(look: Look) -> None:
    """Add what is to be done after people (given by id) were folded anew; once for each part."""
    if look not in _LOOKS:
        _LOOKS.append(look)


def look_again(people: Collection[int]) -> None:
    """Let every part look at these people again; the caller holds their rows."""
    for look in _LOOKS:
        look(people)

"""Where each person of a file was first read, in a few bytes each: a file may hold hundreds of thousands."""

from array import array
from hashlib import blake2b

_SMALLEST = 1 << 12
_FREE = 0


class FirstPlaces:
    """Remembers the first place (a number from 1) under a key; keys are kept as 64-bit digests."""

    def __init__(self) -> None:
        self._keys = array("Q", bytes(8 * _SMALLEST))
        self._places = array("Q", bytes(8 * _SMALLEST))
        self._count = 0

    def first(self, key: str, place: int) -> int:
        """The place under which the key came first: this one, or an earlier."""
        digest = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little") or 1
        at = self._find(digest)
        if self._keys[at] != _FREE:
            return self._places[at]
        self._keys[at], self._places[at] = digest, place
        self._count += 1
        if self._count * 3 > len(self._keys) * 2:
            self._grow()
        return place

    def _find(self, digest: int) -> int:
        mask = len(self._keys) - 1
        at = digest & mask
        while self._keys[at] not in (_FREE, digest):
            at = (at + 1) & mask
        return at

    def _grow(self) -> None:
        keys, places = self._keys, self._places
        self._keys = array("Q", bytes(16 * len(keys)))
        self._places = array("Q", bytes(16 * len(places)))
        for digest, place in zip(keys, places, strict=True):
            if digest != _FREE:
                at = self._find(digest)
                self._keys[at], self._places[at] = digest, place

"""Sealing short texts that may not stand in the open at rest, and finding equal ones without opening them.

AES-256-GCM. A sealed text names its key by a fingerprint and belongs to what it is about: it can't be opened
as somebody else's. The digest is keyed, so that nobody without the key can try all numbers there are.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_MARK = 4
_NONCE = 12


class Unsealable(Exception):
    """A sealed text whose key isn't there, or that was changed or belongs to something else."""


def new_key() -> str:
    """A fresh key, as keys are written down."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode("ascii")


class Keyring:
    """The keys in use, newest first: the newest seals, all of them open.

    >>> ring = Keyring([new_key()])
    >>> ring.unseal(ring.seal("048075001234", "person:7"), "person:7")
    '048075001234'
    """

    def __init__(self, written: Iterable[str]) -> None:
        keys = [_read(one) for one in written if one.strip()]
        if not keys:
            raise ValueError("a keyring needs at least one key")
        self._keys = {_mark(key): key for key in keys}
        self._newest = _mark(keys[0])

    def seal(self, text: str, about: str) -> bytes:
        """The text, sealed with the newest key, for what it is about."""
        nonce = os.urandom(_NONCE)
        body = AESGCM(self._keys[self._newest]).encrypt(nonce, text.encode(), about.encode())
        return self._newest + nonce + body

    def unseal(self, sealed: bytes, about: str) -> str:
        """The text again; ``Unsealable`` without its key, or where it isn't about this."""
        key = self._keys.get(bytes(sealed[:_MARK]))
        if key is None:
            raise Unsealable("its key is not on the ring")
        nonce, body = sealed[_MARK : _MARK + _NONCE], sealed[_MARK + _NONCE :]
        try:
            return AESGCM(key).decrypt(bytes(nonce), bytes(body), about.encode()).decode()
        except InvalidTag as wrong:
            raise Unsealable("it was changed, or is about something else") from wrong

    def fresh(self, sealed: bytes) -> bool:
        """Whether it is sealed with the newest key."""
        return bytes(sealed[:_MARK]) == self._newest

    def digest(self, text: str) -> bytes:
        """Equal for equal texts under the newest key; says nothing to who hasn't the key."""
        return _digest(self._keys[self._newest], text)

    def digests(self, text: str) -> list[bytes]:
        """The same under every key, for finding what was kept before the newest one."""
        return [_digest(key, text) for key in self._keys.values()]


def _read(written: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(written.strip())
    except (binascii.Error, ValueError) as wrong:
        raise ValueError("a field key is 32 bytes in base64") from wrong
    if len(key) != KEY_BYTES:
        raise ValueError("a field key is 32 bytes in base64")
    return key


def _mark(key: bytes) -> bytes:
    return hashlib.sha256(b"tochuc field key" + key).digest()[:_MARK]


def _digest(key: bytes, text: str) -> bytes:
    return hmac.new(hashlib.sha256(b"tochuc digest" + key).digest(), text.encode(), hashlib.sha256).digest()

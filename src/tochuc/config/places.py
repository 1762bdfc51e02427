"""Where things lie on this machine: the checkout, and the folder of everything that is written."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from tochuc.kernel.sealing import new_key

ROOT = Path(__file__).resolve().parents[3]


def var() -> Path:
    """The folder of the database, uploaded files and secrets: ``TOCHUC_VAR``, or ``var/`` of the checkout."""
    place = Path(os.environ.get("TOCHUC_VAR") or ROOT / "var").resolve()
    place.mkdir(parents=True, exist_ok=True)
    return place


def secret_key() -> str:
    """The signing key: ``TOCHUC_SECRET_KEY``, or one made on the first start and kept in ``var/``."""
    given = os.environ.get("TOCHUC_SECRET_KEY")
    if given:
        return given
    kept = var() / "secret-key"
    if not kept.exists():
        _make_first(kept, secrets.token_urlsafe(48))
    return kept.read_text(encoding="ascii")


def field_keys() -> list[str]:
    """The keys that seal fields, newest first: ``TOCHUC_FIELD_KEY`` (several with commas), or one made on the first start.

    Read anew each time, so that a key added by another program is known at once.
    """
    given = os.environ.get("TOCHUC_FIELD_KEY")
    if given:
        return given.split(",")
    if not field_key_file().exists():
        _make_first(field_key_file(), new_key() + "\n")
    return field_key_file().read_text(encoding="ascii").split()


def field_key_file() -> Path:
    """Where the keys lie when the environment doesn't give them, one a line."""
    return var() / "field-keys"


def keep_field_keys(keys: list[str]) -> None:
    """Write the file of keys, whole or not at all; only its owner can read it."""
    _written(field_key_file(), "\n".join(keys) + "\n").replace(field_key_file())


def _make_first(place: Path, words: str) -> None:
    """Write a file that nobody has written yet: of two programs that start at once the first one's stays."""
    fresh = _written(place, words)
    with contextlib.suppress(FileExistsError):
        place.hardlink_to(fresh)
    fresh.unlink()


def _written(place: Path, words: str) -> Path:
    """The words in a file beside the place, whole, for its owner alone."""
    fresh = place.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(words, encoding="ascii")
    return fresh

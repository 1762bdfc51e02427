"""Where things lie on this machine: the checkout, and the folder of everything that is written."""

from __future__ import annotations

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
        fresh = kept.with_suffix(".new")
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        fresh.chmod(0o600)
        fresh.replace(kept)
    return kept.read_text(encoding="ascii")


def field_keys() -> list[str]:
    """The keys that seal fields, newest first: ``TOCHUC_FIELD_KEY`` (several with commas), or one made on the first start.

    Read anew each time, so that a key added by another program is known at once.
    """
    given = os.environ.get("TOCHUC_FIELD_KEY")
    if given:
        return given.split(",")
    if not field_key_file().exists():
        keep_field_keys([new_key()])
    return field_key_file().read_text(encoding="ascii").split()


def field_key_file() -> Path:
    """Where the keys lie when the environment doesn't give them, one a line."""
    return var() / "field-keys"


def keep_field_keys(keys: list[str]) -> None:
    """Write the file of keys, whole or not at all; only its owner can read it."""
    fresh = field_key_file().with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text("\n".join(keys) + "\n", encoding="ascii")
    fresh.replace(field_key_file())

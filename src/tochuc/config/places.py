"""Where things lie on this machine: the checkout, and the folder of everything that is written."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

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

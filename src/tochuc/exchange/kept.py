"""Files that were made for somebody and are kept for a few days, until they are fetched.

The worker throws them away: they hold whole lists of members, and nobody may ever ask for another.
"""

from __future__ import annotations

from datetime import timedelta
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

from tochuc.access.clock import now

DAYS_KEPT = 3
_FOLDER = "exports"


def keep(name: str, file: IO[bytes]) -> None:
    """Keep a file under a name."""
    default_storage.save(f"{_FOLDER}/{name}", File(file))


def is_kept(name: str) -> bool:
    """Whether a file is still kept under a name."""
    return default_storage.exists(f"{_FOLDER}/{name}")


def kept(name: str) -> IO[bytes] | None:
    """What was kept under a name, opened; None where it was thrown away."""
    return default_storage.open(f"{_FOLDER}/{name}") if is_kept(name) else None


def throw_away_old() -> None:
    """Throw away what was kept long enough."""
    if not default_storage.exists(_FOLDER):
        return
    last = now() - timedelta(days=DAYS_KEPT)
    for name in default_storage.listdir(_FOLDER)[1]:
        path = f"{_FOLDER}/{name}"
        if default_storage.get_modified_time(path) < last:
            default_storage.delete(path)

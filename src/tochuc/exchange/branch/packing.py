"""A branch's files in one .zip, kept for a few days for whoever asked for it."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

from tochuc.access.clock import now
from tochuc.audit.record import Actor
from tochuc.exchange.branch.write import export_branch
from tochuc.exchange.intake.dry_run import Progress
from tochuc.org.models import Organisation

DAYS_KEPT = 3
_FOLDER = "exports"


def pack(organisation: Organisation, name: str, *, by: Actor, progress: Progress) -> None:
    """Export a branch and keep it packed under a name."""
    _throw_away_old()
    with tempfile.TemporaryDirectory() as work:
        folder, packed = Path(work) / organisation.code, Path(work) / "packed.zip"
        export_branch(organisation, folder, by=by, progress=progress)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    package.write(path, path.relative_to(folder.parent))
        with packed.open("rb") as file:
            default_storage.save(_path(name), File(file))


def packed(name: str) -> IO[bytes] | None:
    """What was kept under a name, opened; None where it was thrown away."""
    path = _path(name)
    return default_storage.open(path) if default_storage.exists(path) else None


def _path(name: str) -> str:
    return f"{_FOLDER}/{name}.zip"


def _throw_away_old() -> None:
    if not default_storage.exists(_FOLDER):
        return
    last = now() - timedelta(days=DAYS_KEPT)
    for name in default_storage.listdir(_FOLDER)[1]:
        path = f"{_FOLDER}/{name}"
        if default_storage.get_modified_time(path) < last:
            default_storage.delete(path)

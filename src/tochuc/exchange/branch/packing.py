"""A branch's files in one .zip, kept for a few days for whoever asked for it."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import IO

from tochuc.audit.record import Actor
from tochuc.exchange import kept
from tochuc.exchange.branch.write import export_branch
from tochuc.exchange.intake.dry_run import Progress
from tochuc.org.models import Organisation

DAYS_KEPT = kept.DAYS_KEPT


def pack(organisation: Organisation, name: str, *, by: Actor, progress: Progress) -> None:
    """Export a branch and keep it packed under a name."""
    with tempfile.TemporaryDirectory() as work:
        folder, packed = Path(work) / organisation.code, Path(work) / "packed.zip"
        export_branch(organisation, folder, by=by, progress=progress)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    package.write(path, path.relative_to(folder.parent))
        with packed.open("rb") as file:
            kept.keep(f"{name}.zip", file)


def packed(name: str) -> IO[bytes] | None:
    """What was kept under a name, opened; None where it was thrown away."""
    return kept.kept(f"{name}.zip")

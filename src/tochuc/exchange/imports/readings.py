"""How a file is read once people have corrected it: kept for its kind, chosen for the file itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.documents.models import StoredFile
from tochuc.exchange.intake.corrections import Corrections
from tochuc.exchange.intake.kinds import SeenSheet, seen_sheets
from tochuc.exchange.models import FileChoice, KeptColumns
from tochuc.org.models import Organisation


def corrections_for(organisation: Organisation, file: StoredFile | None = None) -> Corrections:
    """What people of an organisation said of its kinds of lists, and of this file."""
    kept = KeptColumns.objects.filter(organisation=organisation).values_list("fingerprint", "columns")
    choice = FileChoice.objects.filter(file=file).first() if file else None
    return Corrections(
        kinds=dict(kept),
        only=frozenset(choice.only) if choice else frozenset(),
        header_rows=dict(choice.header_rows) if choice else {},
    )


def seal(corrections: Corrections) -> str:
    """A short sign of how a file is read, so that what is written is what was shown."""
    said = [
        sorted((kind, sorted(columns.items())) for kind, columns in corrections.kinds.items()),
        sorted(corrections.columns.items()),
        sorted(corrections.only),
        sorted(corrections.header_rows.items()),
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


@transaction.atomic
def choose(file: StoredFile, *, only: Collection[str], header_rows: Mapping[str, int]) -> None:
    """Which sheets of a file are read (none named: those that hold people), and where their headers stand."""
    FileChoice.objects.update_or_create(
        file=file, defaults={"only": sorted(only), "header_rows": dict(header_rows)}
    )


def keep_for_kind(source: Path, corrections: Corrections, *, organisation: Organisation, by: Actor) -> None:
    """Remember for the kind of a file what was said of its columns."""
    sheets = [one for one in seen_sheets(source, corrections) if one.read]
    said = {one.fingerprint: {column.letter: column.field for column in one.columns} for one in sheets}
    keep_columns(sheets, said, organisation=organisation, file_name=source.name, by=by)


@transaction.atomic
def keep_columns(
    sheets: Sequence[SeenSheet],
    said: Mapping[str, Mapping[str, str]],
    *,
    organisation: Organisation,
    file_name: str,
    by: Actor,
) -> None:
    """Remember what the columns of these kinds of lists hold; by fingerprint, only what the headings don't say.

    A kind that is read as its headings say again is forgotten.
    """
    for sheet in {one.fingerprint: one for one in sheets if one.fingerprint in said}.values():
        proposed = {column.letter: column.proposed for column in sheet.columns}
        columns = {
            letter: name
            for letter, name in said[sheet.fingerprint].items()
            if letter in proposed and proposed[letter] != name
        }
        kept = KeptColumns.objects.filter(organisation=organisation, fingerprint=sheet.fingerprint)
        if columns == (kept.values_list("columns", flat=True).first() or {}):
            continue
        if columns:
            KeptColumns.objects.update_or_create(
                organisation=organisation,
                fingerprint=sheet.fingerprint,
                defaults={
                    "columns": columns,
                    "file_name": file_name[:200],
                    "kept_by_id": by.account,
                    "kept_at": now(),
                },
            )
        else:
            kept.delete()
        record(
            by,
            "import.columns_kept",
            stream=organisation.code,
            kind="organisation",
            key=organisation.code,
            data={"file": file_name, "kind": sheet.fingerprint, "columns": columns},
        )

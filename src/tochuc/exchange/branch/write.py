"""Writing a branch to a folder: a CSV for each table, a manifest that describes them, and the files themselves."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from tochuc.audit.record import Actor, record
from tochuc.documents import files
from tochuc.documents.models import StoredFile
from tochuc.exchange.branch.selection import Selection
from tochuc.exchange.branch.tables import LEFT_OUT, Table, tables
from tochuc.exchange.branch.values import NOTHING, as_text, kind_of
from tochuc.exchange.intake.dry_run import Progress
from tochuc.members import identity
from tochuc.members.models import Person
from tochuc.org.models import Organisation

MANIFEST = "datapackage.json"
FILES = "files"
NUMBERS = "identity-numbers.csv"
VERSION = "1"
_CHUNK = 2000


def export_branch(
    organisation: Organisation,
    folder: Path,
    *,
    by: Actor,
    identity_numbers: bool = False,
    closed_files: bool = False,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write everything recorded of a branch into an empty folder; gives the rows of each table.

    All of it as of one moment. Passwords never go along, identity numbers and closed files only where that was said.
    """
    with transaction.atomic():
        _see_one_moment()
        counts = _write_all(organisation, folder, identity_numbers, closed_files, progress)
    record(
        by,
        "branch.exported",
        stream=organisation.code,
        kind="organisation",
        key=organisation.code,
        data={
            "people": counts.get("members.Person", 0),
            "rows": sum(counts.values()),
            "identity_numbers": identity_numbers,
            "closed_files": closed_files,
        },
    )
    return counts


def _see_one_moment() -> None:
    """Let the transaction that begins see the database as it is now, whatever is written meanwhile."""
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _write_all(
    organisation: Organisation,
    folder: Path,
    identity_numbers: bool,
    closed_files: bool,
    progress: Progress | None,
) -> dict[str, int]:
    folder.mkdir(parents=True, exist_ok=True)
    selection = Selection(organisation, closed_files=closed_files)
    counts: dict[str, int] = {}
    resources = []
    for place, table in enumerate(tables(), 1):
        counts[table.label] = _write(table, selection, folder)
        resources.append(_described(table, folder / table.file, counts[table.label]))
        if progress:
            progress(place, len(tables()))
    _copy_files(selection, folder)
    if identity_numbers:
        _write_numbers(selection, folder)
    manifest = {
        "profile": "tabular-data-package",
        "name": organisation.code,
        "title": organisation.name,
        "version": VERSION,
        "resources": resources,
        "left_out": LEFT_OUT,
        "identity_numbers": identity_numbers,
        "closed_files": closed_files,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return counts


def _write(table: Table, selection: Selection, folder: Path) -> int:
    names = [field.attname for field in table.columns]
    with (folder / table.file).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([field.column for field in table.columns])
        rows = selection.rows(table.model).values_list(*names)
        count = 0
        for row in rows.iterator(chunk_size=_CHUNK):
            count += 1
            writer.writerow([as_text(field, value) for field, value in zip(table.columns, row, strict=True)])
    return count


def _described(table: Table, path: Path, rows: int) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    about = (table.model.__doc__ or "").strip().splitlines()
    fields = [
        {
            "name": field.column,
            "type": kind_of(field),
            "title": str(field.verbose_name),
            "constraints": {"required": not field.null, "unique": field.unique},
        }
        for field in table.columns
    ]
    keys = [
        {
            "fields": field.column,
            "reference": {
                "resource": field.related_model._meta.label,  # type: ignore[union-attr]
                "fields": field.target_field.column,  # type: ignore[attr-defined]
            },
        }
        for field in table.columns
        if field.is_relation
    ]
    return {
        "name": table.label,
        "path": table.file,
        "description": about[0] if about else "",
        "format": "csv",
        "encoding": "utf-8",
        "rows": rows,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": fields,
            "primaryKey": table.model._meta.pk.column,
            "foreignKeys": keys,
            "missingValues": [NOTHING],
        },
    }


def _write_numbers(selection: Selection, folder: Path) -> None:
    numbers = identity.numbers_of(selection.rows(Person).exclude(identity=None).select_related("identity"))
    with (folder / NUMBERS).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["person_id", "national_id"])
        writer.writerows(sorted(numbers.items()))


def _copy_files(selection: Selection, folder: Path) -> None:
    for file in selection.rows(StoredFile).iterator(chunk_size=_CHUNK):
        kept = folder / FILES / file.sha256
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(files.read(file))

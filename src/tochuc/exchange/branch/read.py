"""Taking an exported branch into an empty database: the rows as they were, and what is folded from them anew."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import AutoField, Field
from psycopg import sql

from tochuc.access.clock import today
from tochuc.audit.record import Actor, record
from tochuc.cases import folding
from tochuc.cases.models import Case
from tochuc.documents.models import StoredFile
from tochuc.dues.following import refold_everything
from tochuc.exchange.branch.tables import Table, tables
from tochuc.exchange.branch.values import from_text
from tochuc.exchange.branch.write import FILES, MANIFEST, NUMBERS, VERSION
from tochuc.exchange.intake.dry_run import Progress
from tochuc.kernel.errors import Refused
from tochuc.members import identity, totalling
from tochuc.members.bulk import refold_many
from tochuc.members.models import Person
from tochuc.org import bulk
from tochuc.org.models import Organisation

csv.field_size_limit(64 * 1024 * 1024)


@transaction.atomic
def import_branch(folder: Path, *, by: Actor, progress: Progress | None = None) -> dict[str, int]:
    """Take the files of an export into this database, which must be empty; gives the rows of each table.

    All or nothing. Raises ``Refused`` where something is there already, a file is missing, isn't what the
    manifest says, or doesn't fit the others.
    """
    manifest = _manifest(folder)
    if not _is_empty():
        raise Refused(
            "not_empty", "Cơ sở dữ liệu đã có tổ chức hoặc đảng viên; chỉ nhập được vào nơi còn trống."
        )
    described = {one["name"]: one for one in manifest["resources"]}
    counts: dict[str, int] = {}
    for place, table in enumerate(tables(), 1):
        if table.label in described:
            counts[table.label] = _load(table, folder, described[table.label])
        if progress:
            progress(place, len(tables()))
    _bring_files(folder)
    if manifest.get("identity_numbers"):
        _bring_numbers(folder, by)
    _check_references()
    bulk.restand(list(Organisation.objects.all()))
    refold_many(Person.objects.values_list("pk", flat=True))
    totalling.rebuild()
    for case in Case.objects.select_related("person", "organisation", "to").order_by("pk"):
        folding.refold(case, today())
    refold_everything()
    record(
        by,
        "branch.imported",
        stream=str(manifest["name"]),
        kind="organisation",
        key=str(manifest["name"]),
        data={"people": counts.get("members.Person", 0), "rows": sum(counts.values())},
    )
    return counts


def _is_empty() -> bool:
    return not (Organisation.objects.exists() or Person.objects.exists())


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version, names = manifest["version"], [one["name"] for one in manifest["resources"]]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise Refused(
            "no_manifest",
            f"Thư mục «{folder.name}» không có tệp {MANIFEST} đọc được; đây không phải bản xuất.",
        ) from wrong
    if version != VERSION:
        raise Refused("other_version", f"Bản xuất theo mẫu {version}, chương trình này đọc mẫu {VERSION}.")
    unknown = sorted(set(names) - {table.label for table in tables()})
    if unknown:
        raise Refused(
            "unknown_table", f"Bản xuất có bảng mà chương trình này không có: {', '.join(unknown)}."
        )
    return manifest


def _load(table: Table, folder: Path, described: dict[str, Any]) -> int:
    path = folder / table.file
    if not path.is_file():
        raise Refused("file_missing", f"Thiếu tệp {table.file}.")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if described["hash"] != f"sha256:{digest}":
        raise Refused("file_changed", f"Tệp {table.file} không còn như lúc xuất (sai mã kiểm tra).")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = _columns(table, next(rows, []))
        try:
            count = _store(table, columns, rows)
        except (DataError, IntegrityError) as wrong:
            raise Refused("file_unfit", f"Tệp {table.file} có dòng không hợp với sổ.") from wrong
    _go_on_after(table)
    return count


def _columns(table: Table, names: list[str]) -> list[Field[Any, Any]]:
    by_name = {field.column: field for field in table.columns}
    if unknown := [name for name in names if name not in by_name]:
        raise Refused("unknown_column", f"Tệp {table.file} có cột lạ: {', '.join(unknown)}.")
    return [by_name[name] for name in names]


def _store(table: Table, columns: list[Field[Any, Any]], rows: Iterator[list[str]]) -> int:
    missing = [f for f in table.model._meta.concrete_fields if f not in columns and not f.generated]
    defaults = [f.get_db_prep_save(f.get_default(), connection) for f in missing]
    names = sql.SQL(", ").join(sql.Identifier(f.column) for f in [*columns, *missing])
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(
            sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.model._meta.db_table), names)
        ) as copy,
    ):
        for count, row in enumerate(rows, 1):
            if len(row) != len(columns):
                raise Refused("row_unfit", f"Tệp {table.file}, dòng {count + 1}: số ô không đúng.")
            copy.write_row([*_values(table, columns, row, count + 1), *defaults])
    return count


def _values(table: Table, columns: list[Field[Any, Any]], row: list[str], line: int) -> Iterator[Any]:
    for field, text in zip(columns, row, strict=True):
        try:
            yield field.get_db_prep_save(from_text(field, text), connection)
        except Exception as wrong:
            words = f"Tệp {table.file}, dòng {line}, cột {field.column}: không đọc được «{text[:40]}»."
            raise Refused("value_unreadable", words) from wrong


def _go_on_after(table: Table) -> None:
    """Let numbers given from now on come after those that came with the file."""
    about = table.model._meta
    if isinstance(about.pk, AutoField) or about.pk.get_internal_type().endswith("AutoField"):
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({}, {}), greatest((SELECT max({}) FROM {}), 1))"
                ).format(
                    sql.Literal(f'"{about.db_table}"'),
                    sql.Literal(about.pk.column),
                    sql.Identifier(about.pk.column),
                    sql.Identifier(about.db_table),
                )
            )


def _bring_files(folder: Path) -> None:
    for file in StoredFile.objects.iterator():
        kept = folder / FILES / file.sha256
        raw = kept.read_bytes() if kept.is_file() else b""
        if hashlib.sha256(raw).hexdigest() != file.sha256:
            raise Refused("file_missing", f"Thiếu hoặc hỏng tệp đính kèm «{file.name}».")
        if not default_storage.exists(file.path):
            default_storage.save(file.path, ContentFile(raw))


def _bring_numbers(folder: Path, by: Actor) -> None:
    """Seal the identity numbers with this server's key."""
    path = folder / NUMBERS
    if not path.is_file():
        raise Refused("file_missing", f"Thiếu tệp {NUMBERS}.")
    ring = identity.keyring()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            person = Person.objects.filter(pk=int(row["person_id"])).first()
            if person is None:
                raise Refused("reference_missing", f"Tệp {NUMBERS} có số của người không có trong bản xuất.")
            number = identity.sealed(person, identity.clean(row["national_id"]), ring, by=by)
            number.save()
            Person.objects.filter(pk=person.pk).update(identity=number)


def _check_references() -> None:
    try:
        connection.check_constraints()
    except IntegrityError as wrong:
        raise Refused(
            "reference_missing", "Các tệp của bản xuất không khớp nhau: có dòng trỏ tới dòng không có."
        ) from wrong

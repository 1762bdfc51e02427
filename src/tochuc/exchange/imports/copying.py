"""Storing many new rows by ``COPY``: several times faster than inserting them, within the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql
from psycopg.types.json import Jsonb


def store(rows: Sequence[Model]) -> None:
    """Store new rows of one table; each without a number gets one, as ``bulk_create`` would give it. Values are plain or dicts."""
    if not rows:
        return
    about = type(rows[0])._meta
    fields = [field for field in about.concrete_fields if not field.generated]
    names = [field.attname for field in fields]
    table = sql.Identifier(about.db_table)
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    with connection.cursor() as cursor:
        unnumbered = [row for row in rows if row.pk is None]
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{about.db_table}"', about.pk.column, len(unnumbered)],
        )
        for row, (number,) in zip(unnumbered, cursor.fetchall(), strict=True):
            row.pk = number
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)) as copy:
            for row in rows:
                copy.write_row([_stored(getattr(row, name)) for name in names])


def _stored(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value

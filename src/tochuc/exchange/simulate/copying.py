"""Copying rows into tables, and taking a table's indexes and constraints away meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models
from psycopg import sql

_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x', 'u')
    ORDER BY contype = 'f', conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index i WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.conrelid = i.indrelid)
    ORDER BY 1
"""


@contextmanager
def bare(cursor: Any, tables: Collection[str]) -> Iterator[None]:
    """These tables without indexes and constraints that look at other rows; made anew, and checked, at the end.

    Needs the tables' owner, within a transaction: whoever stops in the middle leaves all as it was.
    """
    cursor.execute(_CONSTRAINTS, [list(tables)])
    constraints = cursor.fetchall()
    cursor.execute(_INDEXES, [list(tables)])
    indexes = cursor.fetchall()
    for table, name, _definition in reversed(constraints):
        cursor.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.SQL(table), sql.Identifier(name))
        )
    for name, _definition in indexes:
        cursor.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    yield
    for _name, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in constraints:
        cursor.execute(
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
                sql.SQL(table), sql.Identifier(name), sql.SQL(definition)
            )
        )


class Copier:
    """Copies rows of some fields of a model; the other fields get their defaults."""

    def __init__(self, model: type[models.Model], fields: Sequence[str], connection: Any) -> None:
        named = [model._meta.get_field(name) for name in fields]
        others = [
            field
            for field in model._meta.concrete_fields
            if field not in named and not field.generated and not field.primary_key
        ]
        columns = [sql.Identifier(field.column) for field in (*named, *others)]  # type: ignore[union-attr, arg-type]
        self._statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(model._meta.db_table), sql.SQL(", ").join(columns)
        )
        self._rest = "".join("\t" + _text(field, connection) for field in others) + "\n"

    def copy(self, cursor: Any, rows: Sequence[str]) -> None:
        """Copy rows; each has the fields in order, with tabs between."""
        if not rows:
            return
        with cursor.copy(self._statement) as copy:
            copy.write(self._rest.join(rows) + self._rest)


def _text(field: models.Field[Any, Any], connection: Any) -> str:
    """A field's default as COPY takes it."""
    value = field.get_default()
    if value is None:
        return "\\N"
    if isinstance(field, models.JSONField):
        return field.get_prep_value(value) if isinstance(value, str) else "{}" if value == {} else "[]"
    return str(field.get_db_prep_save(value, connection))


def row(*values: object) -> str:
    """One row as COPY takes it; None is the database's NULL."""
    return "\t".join("\\N" if value is None else _escaped(str(value)) for value in values)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")

"""The application's role and its rights: everything on rows, except rewriting what must stay."""

from __future__ import annotations

import os

from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connections, transaction
from psycopg import sql


def append_only_tables() -> list[str]:
    """Tables whose rows can be added but never changed or deleted by the application."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "APPEND_ONLY", False))


def ensure_role() -> None:
    """Make the application's role where it is missing. Needs a role that may create others."""
    if _role_exists():
        return
    password = connections["default"].settings_dict["PASSWORD"]
    create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
    try:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(create.format(sql.Identifier(_role()), sql.Literal(password or None)))
    except (ProgrammingError, IntegrityError):
        # A role belongs to the whole server: another program may have made it since we looked.
        if not _role_exists():
            raise


def _role_exists() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_role()])
        return cursor.fetchone() is not None


def _role() -> str:
    return str(connections["default"].settings_dict["USER"])


def grant() -> None:
    """Give the application's role its rights on every table; take away rewriting where it may not."""
    if _role() == connections["owner"].settings_dict["USER"]:
        if os.environ.get("DATABASE_URL"):
            raise RuntimeError("DATABASE_URL must name another role than DATABASE_OWNER_URL")
        return
    role = sql.Identifier(_role())
    with connections["owner"].cursor() as cursor:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
        ):
            cursor.execute(sql.SQL(statement).format(role))
        for table in append_only_tables():
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), role)
            )

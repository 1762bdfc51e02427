"""The application's role and its rights: everything on rows, except rewriting what must stay."""

from __future__ import annotations

import os

from django.apps import apps
from django.db import connections
from psycopg import sql


def append_only_tables() -> list[str]:
    """Tables whose rows can be added but never changed or deleted by the application."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "APPEND_ONLY", False))


def ensure_role() -> None:
    """Make the application's role where it is missing. Needs a role that may create others."""
    role = sql.Identifier(_role())
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_role()])
        if cursor.fetchone() is None:
            password = connections["default"].settings_dict["PASSWORD"]
            cursor.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password or None))
            )


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
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
        ):
            cursor.execute(sql.SQL(statement).format(role))
        for table in append_only_tables():
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), role)
            )

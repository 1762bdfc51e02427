"""How the two database roles connect.

The *owner* role makes and changes tables; the *application* role reads and writes rows and can't rewrite
what must stay (events, audit, sealed papers). Pages, jobs and tests use the application role.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from tochuc.config.embedded import SUPERUSER

APPLICATION_ROLE = "tochuc_app"
DATABASE = "tochuc"


def parse(url: str) -> dict[str, Any]:
    """Django's settings of one ``postgresql://`` address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or DATABASE,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def databases() -> dict[str, dict[str, Any]]:
    """``default`` is the application's connection, ``owner`` the one that migrates."""
    url = os.environ.get("DATABASE_URL")
    if url:
        application = parse(url)
        owner = parse(os.environ.get("DATABASE_OWNER_URL") or url)
    else:
        socket = os.environ.get("TOCHUC_SOCKET", "")
        shared = {"ENGINE": "django.db.backends.postgresql", "NAME": DATABASE, "HOST": socket}
        application = shared | {"USER": APPLICATION_ROLE}
        owner = shared | {"USER": SUPERUSER}
    application |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
    return {"default": application, "owner": owner}


def lacks_tables() -> bool:
    """Whether the database that the settings name still needs ``tochuc migrate`` for this release."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

"""One embedded PostgreSQL for the whole run; each worker has a database of its own in it.

Tests run as the application's role, so what may not be rewritten can't be rewritten here either.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cast import assembled, cast  # noqa: F401
from chromium import chromium  # noqa: F401

_VAR = Path(tempfile.gettempdir()) / "tochuc-tests"
os.environ["TOCHUC_VAR"] = str(_VAR / os.environ.get("PYTEST_XDIST_WORKER", "main"))
os.environ.setdefault("TOCHUC_TODAY", "2023-04-20")
os.environ.pop("DATABASE_URL", None)


def _server() -> dict[str, Any]:
    """The owner's connection: the server named by TOCHUC_TEST_DATABASE_URL, else the embedded one."""
    from tochuc.config.databases import parse
    from tochuc.config.embedded import SUPERUSER, start

    url = os.environ.get("TOCHUC_TEST_DATABASE_URL")
    if url:
        return parse(url)
    socket = start(_VAR / "postgres", durable=False)
    return {"HOST": str(socket), "USER": SUPERUSER, "NAME": "postgres", "PASSWORD": "", "PORT": ""}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    import psycopg
    from django.core.management import call_command
    from django.db import connections
    from psycopg import sql

    server = _server()
    name = f"tochuc_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    admin = psycopg.connect(
        host=server["HOST"],
        user=server["USER"],
        password=server["PASSWORD"] or None,
        port=server["PORT"] or None,
        dbname=server["NAME"],
        autocommit=True,
    )
    for alias in ("owner", "default"):
        settings = connections[alias].settings_dict
        settings.update(HOST=server["HOST"], PORT=server["PORT"], NAME=name)
        settings["TEST"]["MIRROR"] = None
    connections["owner"].settings_dict.update(USER=server["USER"], PASSWORD=server["PASSWORD"])
    connections["default"].settings_dict.update(USER="tochuc_app", PASSWORD="tochuc-tests")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with admin, django_db_blocker.unblock():
        admin.execute(drop)
        admin.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
        )
        call_command("prepare")
        connections["owner"].close()
        yield
        for connection in connections.all():
            connection.close()
        admin.execute(drop)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share what takes long to make run on one worker, so that it is made once."""
    for item in items:
        if item.path.parent.name == "browser" and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group("browser"))

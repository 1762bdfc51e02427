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
from xdist.scheduler import LoadScopeScheduling

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


# Tests that share what takes long to make: a server, the reforms carried through, a simulated country.
_ON_ONE_WORKER = {
    "tests/browser": "browser",
    "tests/web/test_looks.py": "browser",
    "tests/reorganise/test_real_case.py": "reform",
    "tests/reorganise/test_after_the_real_case.py": "after the reform",
    "tests/duties/test_year.py": "year",
    "tests/exchange/test_simulate.py": "simulation",
    "tests/exchange/test_demo_district.py": "district",
    "tests/exchange/test_demo_records.py": "district records",
    "tests/documents/test_extraction_scores.py": "extraction",
}


class _Together(LoadScopeScheduling):
    """Keeps these on one worker each and deals out all others one by one.

    xdist's own marks for that have no effect with pytest 9.2, which keeps a test's id where xdist doesn't look.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        folder = path.rsplit("/", 1)[0]
        return _ON_ONE_WORKER.get(path) or _ON_ONE_WORKER.get(folder) or nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Together:
    """Deal the tests out so."""
    return _Together(config, log)

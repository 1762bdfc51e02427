"""One embedded PostgreSQL for the whole run; each worker has a database of its own in it.

Tests run as the application's role, so what may not be rewritten can't be rewritten here either.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from xdist.scheduler import LoadScopeScheduling

import databases
from cast import assemble, assembled, cast  # noqa: F401
from chromium import chromium  # noqa: F401
from databases import VAR, Own, Server
from staging import scene, staged  # noqa: F401

# Argon2 is slow on purpose; here with the least that it takes, for hundreds of log-ins.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
os.environ["TOCHUC_VAR"] = str(VAR / os.environ.get("PYTEST_XDIST_WORKER", "main"))
os.environ.setdefault("TOCHUC_TODAY", "2023-04-20")
os.environ.pop("DATABASE_URL", None)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server on which this worker's databases are."""
    with databases.server() as found:
        yield found


@pytest.fixture(scope="session")
def django_db_setup(server: Server, django_db_blocker: Any) -> Iterator[Own]:
    """This worker's databases; the first worker of a run prepares them for all."""
    from django.core.management import call_command
    from django.db import connections

    for alias in ("owner", "default"):
        settings = connections[alias].settings_dict
        settings.update(HOST=server.settings["HOST"], PORT=server.settings["PORT"])
        settings["TEST"]["MIRROR"] = None
    connections["owner"].settings_dict.update(
        USER=server.settings["USER"], PASSWORD=server.settings["PASSWORD"]
    )
    connections["default"].settings_dict.update(USER="tochuc_app", PASSWORD="tochuc-tests")
    name = f"tochuc_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    empty, holding = databases.tables(), databases.prepared("cast")
    with django_db_blocker.unblock():
        server.once(empty, lambda: call_command("prepare"), copy=f"{name}_bare")
        own = Own(name, server.once(holding, assemble, copy=name, like=empty))
        databases.use(own.name)
        yield own
        databases.leave()
    server.drop(own.name)
    server.drop(own.bare)
    server.forget(holding)
    if os.environ.get(databases.ELSEWHERE):
        server.forget(empty)


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with the scene in it takes place in the database where the scene is set; a story where nothing is."""
    own: Own | None = None
    asked = set(request.fixturenames)
    if asked & {"scene", "empty_record"}:
        own = request.getfixturevalue("django_db_setup")
        databases.use(request.getfixturevalue("staged").database if "scene" in asked else own.bare)
    yield
    if own is not None:
        databases.use(own.name)


@pytest.fixture
def empty_record(db: None) -> None:
    """The test begins with an empty record: without the cast, whose codes a story may want for itself."""


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

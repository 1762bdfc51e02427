"""The databases of a test run: one for each worker, and copies of it that hold more."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

VAR = Path(tempfile.gettempdir()) / "tochuc-tests"
ELSEWHERE = "TOCHUC_TEST_DATABASE_URL"
"""Names the server to use instead of the embedded one; nothing is left on it."""
_PROGRAM = Path(__file__).parents[1] / "src" / "tochuc"
_MADE_BY = [
    _PROGRAM / "access/grants.py",
    _PROGRAM / "config/settings.py",
    _PROGRAM.parents[1] / "locks/run.txt",
]
_MADE_BY += _PROGRAM.glob("**/*models.py")
_ALIASES = ("owner", "default")
_LEFT_OPEN: dict[tuple[str, str], Any] = {}
"""The connections to databases that were left for another, by alias and name: a new one knows nothing yet."""


@dataclass(frozen=True)
class Own:
    """A worker's ordinary database, and the cast that is in it, pickled."""

    name: str
    cast: bytes

    @property
    def bare(self) -> str:
        """The worker's database that stays empty."""
        return f"{self.name}_bare"


@dataclass(frozen=True)
class Server:
    """A server and the connection of its owner, with which databases are made and dropped."""

    settings: dict[str, Any]
    admin: psycopg.Connection[Any]

    @contextmanager
    def database(self, name: str, *, like: str = "template0") -> Iterator[str]:
        """A database of this name, made from another to which nobody is connected, until the end."""
        self.create(name, like=like)
        yield name
        self.drop(name)

    def create(self, name: str, *, like: str = "template0") -> None:
        """Make a database anew from another to which nobody is connected."""
        self.drop(name)
        self._say("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}", name, like)

    def drop(self, name: str) -> None:
        """Drop a database if there is one."""
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def once(self, name: str, make: Callable[[], Any], *, copy: str, like: str = "template0") -> bytes:
        """Make a copy of a database; what making the database itself came to, pickled.

        The first worker of a run makes it for all, from another to which nobody is connected.
        """
        kept = VAR / f"{name}.made"
        with in_turn():
            if not self.has(name) or not kept.exists():
                making = f"{name}_making"
                self.create(making, like=like)
                use(making)
                kept.write_bytes(pickle.dumps(make()))
                leave()
                self.drop(name)
                self._say("ALTER DATABASE {} RENAME TO {}", making, name)
            self.create(copy, like=name)
            return kept.read_bytes()

    def look_over(self, name: str) -> None:
        """Let the planner know what a database holds, as PostgreSQL does by itself where it has a minute."""
        with _connected(self.settings | {"NAME": name}) as connection:
            connection.execute("ANALYZE")

    def forget(self, name: str) -> None:
        """Drop what was made once."""
        self.drop(name)
        (VAR / f"{name}.made").unlink(missing_ok=True)

    def has(self, name: str) -> bool:
        """Whether there is a database of this name."""
        return self.admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).rowcount == 1

    def _say(self, statement: LiteralString, *names: str) -> None:
        self.admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def prepared(holding: str) -> str:
    """The name of a database of this run that the workers' own are copied from, by what it holds."""
    return f"tochuc_{holding}_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"


def tables() -> str:
    """The name of a database with the tables in it and nothing else, as this code makes them.

    Making them takes many seconds, so it is kept for later runs.
    """
    making = hashlib.sha256()
    for path in sorted([*_MADE_BY, *_PROGRAM.glob("*/migrations/*.py")]):
        making.update(path.read_bytes())
    return f"tochuc_tables_{making.hexdigest()[:16]}"


@contextmanager
def in_turn() -> Iterator[None]:
    """The workers of a run do this one after another."""
    with (VAR / "preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def server() -> Iterator[Server]:
    """The server named by TOCHUC_TEST_DATABASE_URL, else the embedded one."""
    settings = _settings()
    with _connected(settings) as admin:
        yield Server(settings, admin)


def _connected(settings: dict[str, Any]) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=settings["HOST"],
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        port=settings["PORT"] or None,
        dbname=settings["NAME"],
        autocommit=True,
    )


def _settings() -> dict[str, Any]:
    from tochuc.config.databases import parse
    from tochuc.config.embedded import SUPERUSER, start

    url = os.environ.get(ELSEWHERE)
    if url:
        return parse(url)
    socket = start(VAR / "postgres", durable=False)
    return {"HOST": str(socket), "USER": SUPERUSER, "NAME": "postgres", "PASSWORD": "", "PORT": ""}


def use(name: str) -> None:
    """From now on the program's connections are to this database."""
    from django.db import connections

    for alias in _ALIASES:
        own = connections[alias]
        before = own.settings_dict["NAME"]
        if before != name:
            _LEFT_OPEN[alias, before], own.connection = own.connection, _LEFT_OPEN.pop((alias, name), None)
            own.settings_dict["NAME"] = name


def leave() -> None:
    """Close the connections to every database, so that it can be copied."""
    from django.db import connections

    connections.close_all()
    for open_one in _LEFT_OPEN.values():
        if open_one is not None:
            open_one.close()
    _LEFT_OPEN.clear()

"""The databases of a test run: one for each worker, and copies of it that hold more."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

VAR = Path(tempfile.gettempdir()) / "tochuc-tests"
_ALIASES = ("owner", "default")


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

    def rename(self, name: str, to: str) -> None:
        """Give a database to which nobody is connected another name."""
        self._say("ALTER DATABASE {} RENAME TO {}", name, to)

    def has(self, name: str) -> bool:
        """Whether there is a database of this name."""
        return self.admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).rowcount == 1

    def _say(self, statement: LiteralString, *names: str) -> None:
        self.admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def prepared() -> str:
    """The name of the database of this run that the others are copied from."""
    return f"tochuc_prepared_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"


def bare(worker: str) -> str:
    """The name of a worker's database that stays empty, by that of its ordinary one."""
    return f"{worker}_bare"


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
    with psycopg.connect(
        host=settings["HOST"],
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        port=settings["PORT"] or None,
        dbname=settings["NAME"],
        autocommit=True,
    ) as admin:
        yield Server(settings, admin)


def _settings() -> dict[str, Any]:
    from tochuc.config.databases import parse
    from tochuc.config.embedded import SUPERUSER, start

    url = os.environ.get("TOCHUC_TEST_DATABASE_URL")
    if url:
        return parse(url)
    socket = start(VAR / "postgres", durable=False)
    return {"HOST": str(socket), "USER": SUPERUSER, "NAME": "postgres", "PASSWORD": "", "PORT": ""}


def use(name: str) -> None:
    """From now on the program's connections are to this database."""
    from django.db import connections

    for alias in _ALIASES:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name

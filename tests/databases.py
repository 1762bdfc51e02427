"""The databases of a test run: one for each worker, and copies of it that hold more."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        self.admin.execute(drop)
        self.admin.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(like)
            )
        )
        yield name
        self.admin.execute(drop)


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

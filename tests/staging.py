"""The scene of the access tests, set once per worker in a database of its own: setting it takes seconds.

`scene` gives it to a test; what the test then does is undone when it ends. See `conftest._database`.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from django.db import connections
from django.test import override_settings

import databases
from access.scene import Scene, set_scene
from cast import TODAY, Cast
from databases import Server


@dataclass(frozen=True)
class Staged:
    """The scene, the database in which it is set, and the folder of its files."""

    scene: Scene
    database: str
    folder: Path


def _stores(folder: Path) -> dict[str, Any]:
    """The settings of the stores, with the program's files in this folder."""
    default = program.STORAGES["default"] | {"OPTIONS": {"location": folder}}
    return program.STORAGES | {"default": default}


@pytest.fixture(scope="session")
def staged(
    assembled: Cast,
    server: Server,
    django_db_setup: str,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Staged]:
    """The scene as first set; tests use `scene`."""
    folder = tmp_path_factory.mktemp("scene")
    for connection in connections.all():
        connection.close()
    with server.database(f"{django_db_setup}_scene", like=django_db_setup) as name:
        with (
            django_db_blocker.unblock(),
            override_settings(TOCHUC_TODAY=TODAY, STORAGES=_stores(folder)),
        ):
            databases.use(name)
            made = set_scene(copy.deepcopy(assembled))
            databases.use(django_db_setup)
        yield Staged(made, name, folder)


@pytest.fixture
def scene(staged: Staged, db: None, settings: Any, tmp_path: Path) -> Scene:
    """The cast with one of every kind of thing at each place, and their files in the test's own folder."""
    settings.TOCHUC_TODAY = TODAY
    shutil.copytree(staged.folder, tmp_path / "files")
    settings.STORAGES = _stores(tmp_path / "files")
    return copy.deepcopy(staged.scene)

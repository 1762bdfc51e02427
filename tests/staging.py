"""The scene of the access tests, set once per run in a database of its own: setting it takes seconds.

`scene` gives it to a test; what the test then does is undone when it ends. See `conftest._database`.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from django.test import override_settings

import databases
from access.scene import Scene, set_scene
from cast import TODAY
from databases import Own, Server


@dataclass(frozen=True)
class Staged:
    """The scene, the database in which it is set, and the folder of its files."""

    scene: bytes
    database: str
    folder: Path


def _stores(folder: Path) -> dict[str, Any]:
    """The settings of the stores, with the program's files in this folder."""
    default = program.STORAGES["default"] | {"OPTIONS": {"location": folder}}
    return program.STORAGES | {"default": default}


@pytest.fixture(scope="session")
def staged(
    server: Server,
    django_db_setup: Own,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Staged]:
    """The scene as first set, by one worker for all; tests use `scene`."""
    set_once, own = databases.prepared("scene"), django_db_setup
    folder = tmp_path_factory.mktemp("scene")

    def set_it() -> tuple[bytes, Path]:
        return pickle.dumps(set_scene(pickle.loads(own.cast))), folder

    with django_db_blocker.unblock(), override_settings(TOCHUC_TODAY=TODAY, STORAGES=_stores(folder)):
        databases.leave()
        made = server.once(set_once, set_it, copy=f"{own.name}_scene", like=own.name)
        databases.use(own.name)
    scene, files = pickle.loads(made)
    yield Staged(scene, f"{own.name}_scene", files)
    server.drop(f"{own.name}_scene")
    server.forget(set_once)


@pytest.fixture
def scene(staged: Staged, db: None, settings: Any, tmp_path: Path) -> Scene:
    """The cast with one of every kind of thing at each place, and their files in the test's own folder."""
    settings.TOCHUC_TODAY = TODAY
    shutil.copytree(staged.folder, tmp_path / "files")
    settings.STORAGES = _stores(tmp_path / "files")
    return pickle.loads(staged.scene)

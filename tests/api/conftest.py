"""The scene that the API's tests share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from access.scene import Scene, set_scene
from cast import Cast


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    stores = settings.STORAGES
    settings.STORAGES = stores | {
        "default": stores["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    }


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_scene(cast)

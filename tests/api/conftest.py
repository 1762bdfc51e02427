"""Files that the API's tests bring stay in their own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    stores = settings.STORAGES
    settings.STORAGES = stores | {
        "default": stores["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    }

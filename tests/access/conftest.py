"""The scene that the access tests share, and browsers in which its actors are logged in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from access.scene import Scene, set_scene
from cast import Cast


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    """Files that a test brings stay in its own folder."""
    settings.STATIC_ROOT = tmp_path
    stores = settings.STORAGES
    settings.STORAGES = stores | {
        "default": stores["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    }


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """The cast with one of every kind of thing at each place."""
    return set_scene(cast)


@pytest.fixture
def entered(scene: Scene) -> Callable[[str], Client]:
    """A browser in which an actor is logged in; anonymous for the one who isn't."""

    def enter(actor: str) -> Client:
        client = Client(raise_request_exception=False)
        account = scene.account(actor)
        if account is not None:
            client.force_login(account)
        return client

    return enter

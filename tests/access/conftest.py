"""Browsers in which the actors of the scene are logged in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from access.scene import Scene


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    """Files that a test brings stay in its own folder."""
    settings.STATIC_ROOT = tmp_path
    stores = settings.STORAGES
    settings.STORAGES = stores | {
        "default": stores["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    }


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

"""Programs that speak to the API as an actor: by a token, without cookies, or by the session of a browser."""

from __future__ import annotations

from typing import Any

from django.test import Client

from access.scene import Scene
from tochuc.access import tokens
from tochuc.access.clock import now

API = "/api/v1/"


def token_of(scene: Scene, actor: str, *, may_write: bool = False, days: int = 30) -> tuple[Any, str]:
    """A new token of an actor, and its secret."""
    account = scene.cast.accounts[actor]
    return tokens.make(
        account, name=f"Thử {may_write}", may_write=may_write, days=days, at=now(), by=scene.cast.actor()
    )


def bearer(secret: str) -> Client:
    """A program that carries a secret."""
    return Client(
        enforce_csrf_checks=True,
        raise_request_exception=False,
        headers={"Authorization": f"Bearer {secret}"},
    )


def program(scene: Scene, actor: str, *, may_write: bool = False) -> Client:
    """A program with a token of an actor."""
    return bearer(token_of(scene, actor, may_write=may_write)[1])


def problem(answer: Any, status: int) -> dict[str, Any]:
    """What an answer says went wrong."""
    assert answer.status_code == status, answer.content
    body: dict[str, Any] = answer.json()
    assert set(body) == {"code", "field", "message"}
    assert body["message"].endswith(".")
    return body

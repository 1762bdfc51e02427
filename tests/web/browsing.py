"""Using the pages as a person does: log in, open, fill in, send; through the public door only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from tochuc.access.models import Account


@pytest.fixture
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Files that a test brings stay in its own folder."""
    settings.STATIC_ROOT = tmp_path
    stores = settings.STORAGES
    settings.STORAGES = stores | {
        "default": stores["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    }


def entered(account: Account) -> Client:
    """A browser in which this account is logged in."""
    client = Client()
    client.force_login(account)
    return client


def shown(answer: HttpResponse) -> Any:
    """The page of an answer, to look at."""
    return html.fromstring(answer.content.decode())


def words(answer: HttpResponse) -> str:
    """All that a reader sees of an answer, in single spaces."""
    return " ".join(shown(answer).text_content().split())


def address(name: str, key: Any = None) -> str:
    """The address of a page, for the row with this key."""
    return reverse(name, args=[key] if key is not None else [])


def filled(answer: HttpResponse, form: int = -1, **changed: Any) -> dict[str, Any]:
    """What a posting form of the page would send as it stands, with some of it changed."""
    forms = shown(answer).xpath("//main//form[@method='post']")
    sent: dict[str, Any] = {}
    for name, value in forms[form].form_values():
        sent.setdefault(name, []).append(value)
    sent.pop("csrfmiddlewaretoken", None)
    return {**sent, **changed}


def errors(answer: HttpResponse) -> str:
    """The summary of refusals on top of the page."""
    return " ".join(" ".join(e.text_content().split()) for e in shown(answer).xpath("//*[@id='loi']"))


def field_error(answer: HttpResponse, name: str) -> str:
    """The refusal that stands beside a field."""
    found = shown(answer).xpath(f"//*[@id='id_{name}-error']")
    return " ".join(found[0].text_content().split()) if found else ""

"""Recording through the pages: open, fill in, read what would change, confirm."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tochuc.members.models import Person
from web.browsing import errors, filled

PAPER = {
    "decision_number": "15-QĐ/HU",
    "decision_on": "10/4/2023",
    "decision_by": "Ban Thường vụ Huyện ủy",
}


def record(person: Person, kind: str = "") -> str:
    """Where a kind of event is recorded of a person."""
    return f"/dang-vien/{person.ref}/ghi/" + (f"{kind}/" if kind else "")


def send(client: Client, path: str, **fields: Any) -> HttpResponse:
    """Open a page and send its form with these fields."""
    return client.post(path, filled(client.get(path), **fields))


def confirm(client: Client, path: str, **fields: Any) -> HttpResponse:
    """Fill in a form, read what would change, press the button that writes it."""
    asked = send(client, path, **fields)
    assert asked.status_code == 200, errors(asked)
    return client.post(path, filled(asked, step="confirm"))

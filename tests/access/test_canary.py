"""What belongs to one branch is told to nobody outside it: not in a page, a file, an error or a suggestion."""

from __future__ import annotations

import copy
import io
import json
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.http import HttpResponseBase
from django.test import Client

from access.addresses import Address, addresses
from access.scene import WORDS, Scene, keys_of, sending, undone
from cast import CANARY_NAME
from tochuc.audit.models import Entry

TOLD = (CANARY_NAME, WORDS["b1"])
"""The name of a person of b1, and a word that stands in all its conferences, tasks, reports and files."""

OUTSIDE = ("secretary_a", "cell_a1", "cell_a2", "member_a1", "expired", "nobody", "anonymous")
INSIDE = ("officer", "secretary_b", "cell_b1")

# Asked of every address besides its plain form: what a curious reader would try, and broken values.
CURIOUS: tuple[dict[str, str], ...] = (
    {"q": "kim oanh", "to-chuc": "xa-b-thon-thuong", "organisation": "xa-b-thon-thuong", "la": "chinh-thuc"},
    {"q": "nuoi", "trang": "-1", "ngay": "31/02/2023", "size": "x", "after": "x", "loai": "'", "tt": "%"},
)


def said(answer: HttpResponseBase) -> str:
    """All that an answer says: its headers, and its text, however it is packed."""
    headers = "\n".join(unquote(f"{name}: {value}") for name, value in answer.items())
    cookies = unquote(answer.cookies.output())
    return unicodedata.normalize("NFC", "\n".join([headers, cookies, _body(answer)]))


def _body(answer: HttpResponseBase) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    text = raw.decode("utf-8")
    if "json" in answer.get("Content-Type", ""):
        return json.dumps(json.loads(text), ensure_ascii=False)
    return text


def _asked(address: Address) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "GET", {}
    for curious in CURIOUS:
        yield "GET", {"data": curious}
    yield "POST", sending(address, "POST")
    if not address.is_api:
        asked = {"organisation": "xa-b-thon-thuong", "text": "x", "organisations": "xa-b-thon-thuong"}
        yield "POST", {"data": asked}


def _answers(scene: Scene, client: Client, actor: str) -> Iterator[tuple[str, HttpResponseBase]]:
    for address in addresses():
        for place in ("a1", "b1") if address.objects else ("-",):
            keys = keys_of(scene, address, place, actor) or {}
            for method, given in _asked(address):
                kept = copy.copy(client.cookies)
                with undone():
                    answer = getattr(client, method.lower())(address.at(keys), **given)
                client.cookies = kept
                yield f"{method} {address.at(keys)} {given}", answer


@pytest.mark.parametrize("actor", OUTSIDE)
def test_no_answer_to_who_is_outside_the_branch_tells_of_it(
    actor: str, scene: Scene, entered: Callable[[str], Client]
):
    told, broken = [], []
    for asked, answer in _answers(scene, entered(actor), actor):
        text = said(answer).casefold()
        told += [asked for secret in TOLD if secret.casefold() in text]
        broken += [asked] if answer.status_code >= 500 else []
    assert told == []
    assert broken == []


@pytest.mark.parametrize("actor", INSIDE)
def test_answers_to_who_is_inside_the_branch_do_tell_and_none_breaks(
    actor: str, scene: Scene, entered: Callable[[str], Client]
):
    told: set[str] = set()
    broken = []
    for asked, answer in _answers(scene, entered(actor), actor):
        text = said(answer).casefold()
        told |= {secret for secret in TOLD if secret.casefold() in text}
        broken += [asked] if answer.status_code >= 500 else []
    assert told == set(TOLD)
    assert broken == []


def test_sensitive_fields_are_told_only_by_pages_that_note_it(scene: Scene, entered: Callable[[str], Client]):
    person = scene.cast.canary
    person.residence, person.religion, person.phone = "Ngõ Hoa Gạo", "Tôn giáo Thử", "0999888777"
    person.save()
    client = entered("officer")
    told, unnoted = set(), set()
    for address in addresses():
        if address.name == "account_logout":
            continue
        before = Entry.objects.count()
        keys = keys_of(scene, address, "b1" if address.objects else "-", "officer") or {}
        text = said(client.get(address.at(keys)))
        if any(word in text for word in ("Hoa Gạo", "Tôn giáo Thử", "0999888777")):
            told.add(address.name)
            noted = Entry.objects.order_by("-pk")[: Entry.objects.count() - before]
            if not {entry.action for entry in noted} & {"person.read", "list.opened", "list.downloaded"}:
                unnoted.add(address.name)
    assert "member_sensitive" in told
    assert "member" not in told
    assert unnoted == set()

"""What belongs to one branch is told to nobody outside it: not in a page, a file, an error or a suggestion."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from access.addresses import Address, addresses
from access.said import TOLD, said
from access.scene import Scene, keys_of, undone
from tochuc.audit.models import Entry

# One of each role; that others of the same role, and who has none any more, get the same, `test_matrix` holds.
OUTSIDE = ("secretary_a", "cell_a1", "member_a1", "nobody", "anonymous")

# Asked of every address besides its plain form, which `test_matrix` asks: what a curious reader would try,
CURIOUS = {
    "q": "kim oanh",
    "to-chuc": "xa-b-thon-thuong",
    "organisation": "xa-b-thon-thuong",
    "la": "chinh-thuc",
}
# and broken values, where the reader may be let in to ask.
BROKEN = {"q": "nuoi", "trang": "-1", "ngay": "31/02/2023", "size": "x", "after": "x", "loai": "'", "tt": "%"}


def _asked(address: Address, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "GET", {"data": CURIOUS}
    if place != "b1":
        yield "GET", {"data": BROKEN}
    if "POST" in address.actions or address.public:
        asked = {"organisation": "xa-b-thon-thuong", "text": "x", "organisations": "xa-b-thon-thuong"}
        yield "POST", {"data": asked}


def _answers(
    scene: Scene, client: Client, actor: str, *, places: tuple[str, ...] = ("a1", "b1")
) -> Iterator[tuple[str, HttpResponseBase]]:
    for address in addresses():
        for place in places if address.objects else ("-",):
            keys = keys_of(scene, address, place, actor) or {}
            for method, given in _asked(address, place):
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


def test_no_curious_question_breaks_for_who_may_see_everything(
    scene: Scene, entered: Callable[[str], Client]
):
    answers = _answers(scene, entered("officer"), "officer", places=("a1",))
    assert [asked for asked, answer in answers if answer.status_code >= 500] == []


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

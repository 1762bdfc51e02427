"""A closed file is told to nobody but who acts in it and whose it is: no page, list, search, file or answer of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from access.addresses import addresses
from access.scene import Scene, keys_of, undone
from access.test_canary import said
from cast import TODAY
from tochuc.audit.models import Entry
from tochuc.cases import actions
from tochuc.cases.actions import Given
from tochuc.cases.models import Case

WORD = "chim lạc thầm thì"
"""Stands in what the member wrote and in the answer to it, and nowhere else."""


@pytest.fixture
def letter(scene: Scene) -> Iterator[Case]:
    """A member of the cell has written to the district, past the cell and the commune."""
    with undone():
        case = actions.open_case(
            "complaint",
            on=TODAY,
            by=scene.cast.actor("member_a1"),
            today=TODAY,
            person=scene.cast.people["member_a1"],
            answers={"addressee": "competent", "subject": "life", "content": f"Xin nghe {WORD}"},
        )
        actions.take(case, "receive", Given(on=TODAY, outcome="received"), by=scene.cast.actor(), today=TODAY)
        yield case


def told_to(scene: Scene, client: Client, actor: str, letter: Case) -> list[str]:
    """Every address whose answer to this actor tells of the letter."""
    found = []
    for address in addresses():
        keys = keys_of(scene, address, "a1" if address.objects else "-", actor) or {}
        for given in ({}, {"q": "chim lac", "loai": "closed_case"}):
            with undone():
                answer = client.get(address.at(keys), given)
            told = said(answer)
            if WORD in told.lower() or str(letter.ref) in told:
                found.append(address.at(keys))
    return found


@pytest.mark.parametrize("actor", ["cell_a1", "secretary_a"])
def test_who_leads_the_place_and_has_no_part_in_a_closed_file_is_told_nothing_of_it(
    actor: str, scene: Scene, letter: Case, entered: Callable[[str], Client]
):
    client = entered(actor)
    assert told_to(scene, client, actor, letter) == []
    for tail in ("", "buoc/answer/", "buoc/withdraw/", "rut-lai/"):
        assert client.get(f"/ho-so-kin/{letter.ref}/{tail}").status_code == 404
        assert client.get(f"/ho-so/{letter.ref}/{tail}").status_code == 404


@pytest.mark.parametrize("actor", ["member_a1", "officer"])
def test_whose_it_is_and_who_acts_in_it_read_it(
    actor: str, scene: Scene, letter: Case, entered: Callable[[str], Client]
):
    page = entered(actor).get(f"/ho-so-kin/{letter.ref}/")
    assert WORD in said(page).lower()


def test_the_trail_says_that_something_was_done_and_not_what_was_written(scene: Scene, letter: Case):
    entries = Entry.objects.filter(object_key=str(letter.ref))
    assert {one.action for one in entries} == {"case.opened", "case.moved"}
    assert all(WORD not in str(one.data) + one.reason for one in entries)

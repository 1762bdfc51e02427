"""Every address, asked by everyone, of objects inside and outside their branch: the answers as reviewed.

None of them tells whoever is outside branch B of it; `test_canary` asks the same with curious and broken values.
And no page asks the database more than fifteen questions, but for those that `questions` names.

``TOCHUC_WRITE_GOLDEN=1`` writes ``matrix.csv`` anew; the difference is then read line by line.
"""

from __future__ import annotations

import copy
import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client

from access.addresses import Address, addresses
from access.places import ACTORS, PLACES, SELF
from access.policies import careless
from access.questions import Questions
from access.said import INSIDE, TOLD, said
from access.scene import Scene, keys_of, undone
from access.sent import sending
from tochuc.access.policy import PUBLIC

GOLDEN = Path(__file__).with_name("matrix.csv")
HEAD = ("address", "method", "place", *ACTORS)
OUTSIDERS_OF_B = {"secretary_a", "cell_a1", "cell_a2", "member_a1", "expired", "nobody"}

# Of the two kinds of case only open files have a step whose time may be made longer, and it comes late in them; a
# rule of the centre, which the scene asks for, is nobody's to withdraw.
OUT_OF_REACH = {
    (name, method)
    for name in ("case_extend", "closed_case_extend", "regulation_withdraw")
    for method in ("GET", "POST")
}

Asked = tuple[str, str, str]
"""Address, method and place."""


@pytest.mark.parametrize("actor", ACTORS)
def test_the_answers_are_those_that_were_reviewed(actor: str, scene: Scene, entered: Callable[[str], Client]):
    found, told, talkative, wrong = _column(scene, entered(actor), actor)
    if os.environ.get("TOCHUC_WRITE_GOLDEN"):
        _write(actor, found)
    assert found == {_asked(row): row[actor] for row in _golden()}
    if actor in INSIDE:
        assert set(told) == set(TOLD)
    else:
        assert told == {}
    assert talkative == {}
    assert wrong == {}


def _column(
    scene: Scene, client: Client, actor: str
) -> tuple[dict[Asked, str], dict[str, list[Asked]], dict[Asked, int], dict[Asked, str]]:
    """The status of every answer to an actor; which answers told of branch B, by the word that did; which pages asked
    the database more than a page may; and which answers lack a policy, or hold what their policies forbid.
    """
    found: dict[Asked, str] = {}
    told: dict[str, list[Asked]] = {}
    talkative: dict[Asked, int] = {}
    wrong: dict[Asked, str] = {}
    for address in addresses():
        for place in _places(address):
            for method in _methods(address, place):
                asked = (address.name, method, place)
                questions = Questions()
                with questions.heard():
                    answer = _answer(scene, client, actor, address, method, place)
                if method == "GET" and questions.too_many(address, answer):
                    talkative[asked] = len(questions)
                found[asked] = str(answer.status_code) if answer is not None else ""
                if answer is not None and (lack := careless(answer)):
                    wrong[asked] = lack
                text = said(answer).casefold() if answer is not None else ""
                for word in TOLD:
                    if word.casefold() in text:
                        told.setdefault(word, []).append(asked)
    return found, told, talkative, wrong


def _asked(row: dict[str, str]) -> Asked:
    return row["address"], row["method"], row["place"]


def _write(actor: str, found: dict[Asked, str]) -> None:
    """Write an actor's column anew; rows that are no longer asked go."""
    before = {_asked(row): row for row in _golden()}
    rows = [
        {**before.get(asked, dict.fromkeys(HEAD, "")), **dict(zip(HEAD, asked, strict=False)), actor: code}
        for asked, code in sorted(found.items())
    ]
    with GOLDEN.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, HEAD, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def _methods(address: Address, place: str) -> tuple[str, ...]:
    """What the address takes; of a page that takes nothing, one place is sent something all the same.

    What the doors say to other methods is one rule of theirs, whatever object is named.
    """
    if address.is_api or place not in (PLACES[0], "-"):
        return tuple(address.actions)
    return ("GET", "POST")


def _places(address: Address) -> Iterator[str]:
    if not address.objects:
        yield "-"
        return
    yield from PLACES
    if address.objects[0][0] == "person":
        yield SELF


def _answer(
    scene: Scene, client: Client, actor: str, address: Address, method: str, place: str
) -> HttpResponseBase | None:
    """What is answered; None where the actor has no record of their own to ask for."""
    keys = keys_of(scene, address, place, actor)
    if keys is None:
        return None
    kept = copy.copy(client.cookies)
    with undone():
        answer = getattr(client, method.lower())(address.at(keys), **sending(address, method))
    # Logging out is one of the addresses.
    client.cookies = kept
    return answer


def _golden() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_ever_breaks():
    assert [r for r in _golden() if any(r[a] >= "500" for a in ACTORS)] == []


def test_what_lies_outside_ones_branch_is_not_there():
    objects = {a.name for a in addresses() if a.objects}
    for row in _golden():
        if row["address"] in objects and row["place"] == "b1":
            assert {row[a] for a in OUTSIDERS_OF_B} <= {"404", "405"}, row
        if row["address"] in objects and row["place"] == "other_cell":
            everyone = set(ACTORS) - {"anonymous"}
            assert {row[a] for a in everyone} <= {"404", "405"}, row


def test_who_is_not_logged_in_is_asked_to_and_gets_nothing():
    public = {a.name for a in addresses() if a.public}
    for row in (row for row in _golden() if row["anonymous"]):
        if row["address"].startswith("api:"):
            assert row["anonymous"] in {"401", "405"}, row
        elif row["address"] not in public:
            assert row["anonymous"] == {"GET": "302", "POST": "401"}[row["method"]], row


def test_who_has_no_role_today_gets_no_more_than_who_never_had_one():
    for row in _golden():
        if row["place"] != SELF and row["address"] != "my_record":
            assert row["expired"] == row["nobody"], row


def test_a_member_reaches_home_their_password_and_their_own_record_and_nothing_else():
    reached = {
        (r["address"], r["place"]) for r in _golden() if r["member_a1"] < "300" and r["address"] not in PUBLIC
    }
    own = {"member", "member_sensitive", "member_identity", "api:member", "api:member_timeline"}
    own |= {"member_section", "member_closed_section", "member_history", "member_papers", "member_sheet"}
    own |= {"member_check", "member_propose", "merged_records"}
    alone = {
        "home",
        "help",
        "guide",
        "account_change_password",
        "tokens",
        "token_new",
        "api:duties",
        "api:openapi",
    }
    own |= {"person_cases", "member_drafts", "member_dues", "member_entrusted", "member_lapses"}
    own |= {"api:member_record_fields", "api:member_private_fields", "api:member_identity_number"}
    own |= {"api:member_dues", "api:member_entrusted"}
    alone |= {"api:cases", "api:closed_cases", "duties_board", "duties_coming", "duties_coming_sheet"}
    alone |= {"duties_units", "reminders", "reminder_calendar_open"}
    alone |= {"procedures", "procedure", "procedure_story", "regulations", "regulation", "duties_sheet"}
    alone |= {"factor"}
    assert reached == {(address, SELF) for address in own} | {(address, "-") for address in alone}


def test_a_cell_secretary_reaches_nothing_of_the_commune_but_its_documents():
    for row in _golden():
        if row["place"] == "commune_a" and row["address"] != "document":
            assert row["cell_a1"] in {"403", "404", "405"}, row
            assert row["cell_a2"] in {"403", "404", "405"}, row


def test_a_commune_secretary_reports_for_the_commune_itself_and_reads_what_its_cells_report():
    rows = {(r["address"], r["method"], r["place"]): r["secretary_a"] for r in _golden()}
    assert rows["assignment", "POST", "commune_a"] == "200"
    assert rows["assignment", "POST", "a1"] == "403"
    assert rows["assignment", "GET", "a1"] == "200"


def test_only_the_organisation_board_corrects_the_ledger():
    for row in _golden():
        if row["address"] == "member_correct" and row["method"] == "POST":
            assert all(row[a] in {"403", "404", "401", ""} for a in ACTORS if a != "officer"), row


def test_every_page_and_operation_is_reached_by_someone_with_the_things_of_the_scene():
    reached = {
        (row["address"], row["method"])
        for row in _golden()
        if {row[actor] for actor in ACTORS if actor != "anonymous"} & {"200", "201", "302", "422"}
    }
    asked = {(address.name, method) for address in addresses() for method in address.actions}
    assert asked - reached == OUT_OF_REACH

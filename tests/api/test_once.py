"""``Idempotency-Key``: a write sent again does nothing twice and hears the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from access.scene import Scene
from api.programs import API, problem, program
from side_by_side import at_once, committed
from tochuc.access import answers
from tochuc.access.clock import now
from tochuc.access.models import Account, KeptAnswer
from tochuc.kernel.errors import BadInput
from tochuc.programme.models import ProgressReport


def report(client: Client, scene: Scene, key: str, *, note: str = "Đang làm.", place: str = "a1") -> Any:
    path = f"{API}assignments/{scene.things[place].assignment.ref}/reports"
    sent = {"status": "in_progress", "note": note}
    return client.post(path, sent, content_type="application/json", headers={"Idempotency-Key": key})


def made(scene: Scene) -> int:
    return ProgressReport.objects.filter(reported_by=scene.cast.cell_a1).count()


def test_sent_again_it_hears_the_same_and_nothing_is_done_twice(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    first, second = report(client, scene, "k-1"), report(client, scene, "k-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert (first.get("Idempotent-Replayed"), second["Idempotent-Replayed"]) == (None, "true")
    assert made(scene) == 1
    assert report(client, scene, "k-2").status_code == 201
    assert made(scene) == 2


def test_the_same_key_with_other_words_or_for_another_address_is_refused(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    report(client, scene, "k-1")
    other = report(client, scene, "k-1", note="Việc khác.")
    assert problem(other, 422) | {"message": ""} == {
        "code": "key_reused",
        "field": "Idempotency-Key",
        "message": "",
    }
    assert problem(report(client, scene, "k-1", place="b1"), 422)["code"] == "key_reused"
    assert made(scene) == 1


def test_a_key_is_the_accounts_own(scene: Scene):
    assert report(program(scene, "cell_a1", may_write=True), scene, "k-1").status_code == 201
    other = report(program(scene, "cell_b1", may_write=True), scene, "k-1", place="b1")
    assert other.status_code == 201
    assert "Idempotent-Replayed" not in other


def test_a_refused_write_keeps_no_answer_and_may_be_sent_again(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    assert report(client, scene, "k-1", note="   ").status_code == 422
    assert not KeptAnswer.objects.exists()
    assert report(client, scene, "k-1").status_code == 201


def test_after_a_day_the_key_is_free_and_what_it_kept_is_gone(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    report(client, scene, "k-1")
    KeptAnswer.objects.update(expires_at=now() - timedelta(seconds=1))
    assert report(client, scene, "k-1", note="Việc khác.").status_code == 201
    assert KeptAnswer.objects.count() == 1
    assert made(scene) == 2


@pytest.mark.parametrize("key", ["", "x" * 201, "khóa", "a b"])
def test_a_key_that_can_not_be_is_refused(key: str, scene: Scene):
    answer = report(program(scene, "cell_a1", may_write=True), scene, key)
    assert problem(answer, 422)["field"] == "Idempotency-Key"
    assert made(scene) == 0


@pytest.fixture
def lone(db: None) -> Iterator[Account]:
    """An account that other connections see too."""
    account = committed(lambda: Account.objects.create(username="may.dong.bo", full_name="Máy đồng bộ"))
    yield account
    committed(account.delete)


def asking(account: Account, asked: str, done: list[str]) -> Callable[[], str]:
    """A write under the key «k», as the door does it."""

    def ask() -> str:
        with transaction.atomic():
            kept = answers.claim(account, "k", asked, now())
            if kept.status is None:
                done.append(asked)
                answers.keep(kept, 201, f"made {asked}")
            return kept.body

    return ask


def test_of_two_at_once_the_second_waits_and_hears_what_the_first_was_told(lone: Account):
    done: list[str] = []
    heard = at_once(asking(lone, "a", done), asking(lone, "a", done))
    assert (heard, done) == (("made a", "made a"), ["a"])


def test_of_two_at_once_with_one_key_the_second_with_other_words_is_refused(lone: Account):
    done: list[str] = []
    first, second = at_once(asking(lone, "a", done), asking(lone, "b", done))
    assert first == "made a"
    assert isinstance(second, BadInput)
    assert done == ["a"]

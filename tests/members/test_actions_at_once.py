"""Two officers act on one person at the same moment: the second waits and then sees what the first did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cast import TODAY, Cast, decided
from side_by_side import at_once, committed, forget
from tochuc.audit.record import NOBODY
from tochuc.audit.verify import broken
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions, transfers
from tochuc.members.models import MemberEvent, Membership, Person

SAID: dict[str, Any] = {"by": NOBODY, "today": TODAY}
ADMITTED, MOVED = date(2022, 5, 1), date(2022, 9, 1)


@pytest.fixture
def person(cast: Cast) -> Iterator[Person]:
    """Someone other connections see too, on a1's list of sympathisers."""

    def make() -> Person:
        made = actions.register(
            full_name="Người Hai Nơi", gender="female", birth=parse_known_date("1990"), by=NOBODY
        )
        actions.list_sympathiser(made, cell=cast.a1, on=date(2022, 1, 1), **SAID)
        return made

    made = committed(make)
    yield made
    forget([made.ref])


def test_a_transfer_waits_for_the_admission_before_it(cast: Cast, person: Person) -> None:
    admission, move = at_once(
        lambda: actions.admit(person, cell=cast.a1, on=ADMITTED, decision=decided(ADMITTED), **SAID),
        lambda: actions.transfer(person, to=cast.b1, on=MOVED, **SAID),
    )
    assert admission.pk < move.pk
    spans = Membership.objects.filter(person=person).order_by("since").values_list("organisation", "standing")
    assert list(spans) == [
        (cast.a1.pk, "sympathiser"),
        (cast.a1.pk, "probationary"),
        (cast.b1.pk, "probationary"),
    ]


def test_of_two_transfers_at_once_to_one_cell_the_second_is_refused(cast: Cast, person: Person) -> None:
    _, refusal = at_once(
        lambda: actions.transfer(person, to=cast.b1, on=MOVED, **SAID),
        lambda: actions.transfer(person, to=cast.b1, on=MOVED, **SAID),
    )
    assert isinstance(refusal, Refused)
    assert refusal.code == "same_place"
    assert MemberEvent.objects.filter(person=person, kind="transferred").count() == 1


def test_of_two_corrections_at_once_the_second_is_refused(cast: Cast, person: Person) -> None:
    wrong = MemberEvent.objects.get(person=person)
    _, refusal = at_once(
        lambda: actions.correct(wrong, reason="Sai ngày.", replacement={"on": ADMITTED}, **SAID),
        lambda: actions.correct(wrong, reason="Nhầm người.", **SAID),
    )
    assert isinstance(refusal, Refused)
    assert refusal.code == "already_corrected"
    assert MemberEvent.objects.filter(corrects=wrong).count() == 1


def test_acts_on_two_people_of_one_cell_make_one_chain(cast: Cast, person: Person) -> None:
    other = committed(
        lambda: actions.register(
            full_name="Người Thứ Hai", gender="male", birth=parse_known_date("1991"), by=NOBODY
        )
    )
    try:
        at_once(
            lambda: actions.admit(person, cell=cast.a1, on=ADMITTED, decision=decided(ADMITTED), **SAID),
            lambda: actions.list_sympathiser(other, cell=cast.a1, on=MOVED, **SAID),
        )
        assert list(broken()) == []
    finally:
        forget([other.ref])


def test_of_two_who_accept_one_letter_at_once_the_second_is_told(cast: Cast, person: Person) -> None:
    def given() -> MemberEvent:
        actions.admit(person, cell=cast.a1, on=ADMITTED, decision=decided(ADMITTED), **SAID)
        return actions.append(person, "papers_out", on=ADMITTED, organisation=cast.commune_b, **SAID)

    letter = committed(given)
    _, refusal = at_once(
        lambda: transfers.accept(letter, cell=cast.b1, on=MOVED, **SAID),
        lambda: transfers.accept(letter, cell=cast.b2, on=MOVED, **SAID),
    )
    assert isinstance(refusal, Refused)
    assert refusal.code == "no_longer_out"

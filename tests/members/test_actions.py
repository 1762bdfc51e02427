"""Recording through the public door: what is written, what is refused beside which field, and the trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from cast import TODAY, Cast, decided
from tochuc.audit.models import Entry
from tochuc.audit.record import NOBODY
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.models import Condition, Holds, MemberEvent, Membership, Movement, Person
from tochuc.members.queries import timeline

SAID: dict[str, Any] = {"by": NOBODY, "today": TODAY}
TOMORROW = date(2023, 4, 21)
SPRING = date(2023, 3, 1)


def _state() -> list[Any]:
    """Everything that recording may touch."""
    people = list(Person.objects.order_by("pk").values_list("pk", "standing", "home"))
    tables = (MemberEvent, Membership, Movement, Holds, Condition, Entry)
    return [people, *(list(t._default_manager.order_by("pk").values_list("pk")) for t in tables)]


@contextmanager
def refused(code: str, field: str | None) -> Iterator[None]:
    """The act within is refused with this code beside this field, and nothing at all is written."""
    before = _state()
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.message.endswith(".")
    assert _state() == before


def _stands(person: Person) -> tuple[str, int | None]:
    return Person.objects.values_list("standing", "home").get(pk=person.pk)


def _trail(person: Person) -> list[Entry]:
    return list(Entry.objects.filter(object_kind="person", object_key=person.ref).order_by("pk"))


# --- opening a record ---------------------------------------------------------------------------------------


def test_a_registered_person_stands_outside_and_their_name_is_put_in_order(cast: Cast) -> None:
    birth = parse_known_date("4/1975")
    person = actions.register(full_name="  nguyễn   thị  ÁNH ", gender="female", birth=birth, by=NOBODY)
    person.refresh_from_db()
    assert person.full_name == "Nguyễn Thị Ánh"
    assert person.fold == "nguyen thi anh"
    assert person.birth == birth
    assert _stands(person) == ("outside", None)
    assert [e.action for e in _trail(person)] == ["person.registered"]


def test_a_given_name_alone_is_not_a_full_name(cast: Cast) -> None:
    with refused("name_incomplete", "full_name"):
        actions.register(full_name=" Lan ", gender="female", birth=parse_known_date("1990"), by=NOBODY)


# --- admission and recognition ----------------------------------------------------------------------------


def test_a_sympathiser_is_admitted_on_the_day_of_the_ceremony(cast: Cast) -> None:
    person = cast.people["sympathiser_a1"]
    event = actions.admit(
        person, cell=cast.a1, on=SPRING, decision=Decision(" 12-QĐ/HU ", date(2023, 2, 20), " BTV "), **SAID
    )
    assert (event.decision_number, event.decision_by) == ("12-QĐ/HU", "BTV")
    assert _stands(person) == ("probationary", cast.a1.pk)
    spans = (
        Membership.objects.filter(person=person).order_by("since").values_list("standing", "since", "until")
    )
    assert list(spans) == [
        ("sympathiser", date(2023, 1, 12), SPRING),
        ("probationary", SPRING, date.max),
    ]


def test_an_admission_rests_on_a_decision(cast: Cast) -> None:
    person = cast.people["sympathiser_a1"]
    for number in ("", "  "):
        with refused("no_decision", "decision_number"):
            actions.admit(person, cell=cast.a1, on=SPRING, decision=Decision(number, SPRING), **SAID)


def test_the_ceremony_is_not_before_the_decision_was_signed(cast: Cast) -> None:
    person = cast.people["sympathiser_a1"]
    with refused("before_decision", "on"):
        actions.admit(
            person, cell=cast.a1, on=SPRING, decision=Decision("12-QĐ/HU", date(2023, 3, 2)), **SAID
        )
    actions.admit(person, cell=cast.a1, on=SPRING, decision=Decision("12-QĐ/HU", SPRING), **SAID)


def test_a_recognition_may_be_decided_after_the_day_it_counts_from(cast: Cast) -> None:
    person = cast.people["probation_b1"]
    actions.recognise(person, on=date(2023, 2, 3), decision=Decision("40-QĐ/HU", date(2023, 3, 15)), **SAID)
    assert _stands(person) == ("official", cast.b1.pk)


@pytest.mark.parametrize("act", ["admit", "recognise", "transfer", "transfer_out", "list_sympathiser"])
def test_only_what_has_happened_is_recorded(cast: Cast, act: str) -> None:
    acts = {
        "admit": lambda **said: actions.admit(
            cast.people["sympathiser_a1"], cell=cast.a1, decision=decided(TODAY), **said
        ),
        "recognise": lambda **said: actions.recognise(
            cast.people["probation_b1"], decision=decided(TODAY), **said
        ),
        "transfer": lambda **said: actions.transfer(cast.people["member_a1"], to=cast.a2, **said),
        "transfer_out": lambda **said: actions.transfer_out(
            cast.people["member_a1"], destination="Đảng bộ thành phố", **said
        ),
        "list_sympathiser": lambda **said: actions.list_sympathiser(
            cast.people["left_a"], cell=cast.a1, **said
        ),
    }
    with refused("future", "on"):
        acts[act](on=TOMORROW, **SAID)
    acts[act](on=TODAY, **SAID)


def test_a_decision_is_not_signed_in_the_future(cast: Cast) -> None:
    with refused("decision_future", "decision_on"):
        actions.recognise(
            cast.people["probation_b1"], on=TODAY, decision=Decision("40-QĐ/HU", TOMORROW), **SAID
        )


def test_an_official_member_is_neither_admitted_nor_recognised(cast: Cast) -> None:
    member = cast.people["member_a1"]
    with refused("standing", "on"):
        actions.admit(member, cell=cast.a1, on=SPRING, decision=decided(SPRING), **SAID)
    with refused("standing", "on"):
        actions.recognise(member, on=SPRING, decision=decided(SPRING), **SAID)


def test_a_sympathiser_is_admitted_in_their_own_cell(cast: Cast) -> None:
    with refused("other_cell", "organisation"):
        actions.admit(
            cast.people["sympathiser_a1"], cell=cast.a2, on=SPRING, decision=decided(SPRING), **SAID
        )


# --- cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["province", "district", "organisation_board", "commune_a"])
def test_members_belong_to_cells_only(cast: Cast, place: str) -> None:
    with refused("not_a_cell", "organisation"):
        actions.transfer(cast.people["member_a1"], to=getattr(cast, place), on=SPRING, **SAID)


def test_a_cell_takes_nobody_in_before_it_was_founded(cast: Cast) -> None:
    member = cast.people["member_b2"]
    with refused("organisation_not_alive", "organisation"):
        actions.transfer(member, to=cast.b3, on=date(2021, 6, 30), **SAID)
    actions.transfer(member, to=cast.b3, on=date(2021, 7, 1), **SAID)
    assert _stands(member) == ("official", cast.b3.pk)


# --- transfers ----------------------------------------------------------------------------------------------


def test_a_transfer_moves_a_member_from_its_day_on(cast: Cast) -> None:
    member = cast.people["member_a1"]
    event = actions.transfer(member, to=cast.b1, on=SPRING, decision=decided(SPRING), **SAID)
    assert _stands(member) == ("official", cast.b1.pk)
    move = Movement.objects.get(event=event)
    assert (move.from_organisation_id, move.to_organisation_id) == (cast.a1.pk, cast.b1.pk)
    assert (move.on, move.from_on, move.reason) == (SPRING, date(2023, 2, 28), "transferred")


@pytest.mark.parametrize("who", ["left_a", "died_a", "removed_a"])
def test_one_who_is_not_there_is_not_transferred(cast: Cast, who: str) -> None:
    with refused("standing", "on"):
        actions.transfer(cast.people[who], to=cast.b1, on=SPRING, **SAID)
    with refused("standing", "on"):
        actions.transfer_out(cast.people[who], destination="Đảng bộ thành phố", on=SPRING, **SAID)


def test_nobody_is_transferred_to_where_they_are(cast: Cast) -> None:
    with refused("same_place", "organisation"):
        actions.transfer(cast.people["member_a1"], to=cast.a1, on=SPRING, **SAID)


def test_nobody_is_transferred_before_they_came(cast: Cast) -> None:
    with refused("standing", "on"):
        actions.transfer(cast.people["member_a1"], to=cast.b1, on=date(2019, 12, 31), **SAID)


def test_a_late_transfer_that_contradicts_a_later_one_is_refused(cast: Cast) -> None:
    # Came to a1 in March 2022; a transfer to a1 two months earlier would leave nothing for March.
    with refused("same_place", "organisation"):
        actions.transfer(cast.people["moved_within_a"], to=cast.a1, on=date(2022, 1, 15), **SAID)


def test_a_transfer_out_names_where_to(cast: Cast) -> None:
    member = cast.people["member_a1"]
    with refused("no_destination", "destination"):
        actions.transfer_out(member, destination="   ", on=SPRING, **SAID)
    event = actions.transfer_out(member, destination=" Đảng bộ thành phố ", on=SPRING, **SAID)
    assert event.data == {"destination": "Đảng bộ thành phố"}
    assert _stands(member) == ("outside", cast.a1.pk)


def test_leaving_ends_the_posts_one_held(cast: Cast) -> None:
    actions.transfer_out(cast.people["cell_a1"], destination="Đảng bộ thành phố", on=SPRING, **SAID)
    held = Holds.objects.get(post=cast.posts["secretary_a1"])
    assert (held.since, held.until) == (date(2020, 1, 2), SPRING)


# --- corrections ------------------------------------------------------------------------------------------


def _last(person: Person) -> MemberEvent:
    return MemberEvent.objects.filter(person=person).latest("pk")


def test_a_voided_event_no_longer_counts_and_stays_to_be_read(cast: Cast) -> None:
    person = cast.people["died_a"]
    wrong = _last(person)
    void = actions.correct(wrong, reason="Ghi nhầm người.", **SAID)
    assert _stands(person) == ("official", cast.a1.pk)
    moment = next(m for m in timeline(person) if m.event == wrong)
    assert moment.correction == void
    assert (void.kind, void.reason, void.happened_on) == ("void", "Ghi nhầm người.", wrong.happened_on)


def test_a_correction_keeps_what_it_does_not_name(cast: Cast) -> None:
    person = cast.people["moved_to_a"]
    wrong = _last(person)
    new = actions.correct(wrong, reason="Sai ngày.", replacement={"on": date(2022, 9, 5)}, **SAID)
    assert (new.kind, new.organisation, new.corrects) == ("transferred", cast.a1, wrong)
    assert (new.decision_number, new.decision_on) == (wrong.decision_number, wrong.decision_on)
    span = Membership.objects.get(person=person, organisation=cast.a1)
    assert span.since == date(2022, 9, 5)


def test_a_correction_that_changes_nothing_voids_nothing(cast: Cast) -> None:
    person = cast.people["moved_to_a"]
    new = actions.correct(_last(person), reason="Ghi rõ hơn.", replacement={}, **SAID)
    assert new.kind == "transferred"
    assert _stands(person) == ("official", cast.a1.pk)


def test_a_correction_gives_its_reason(cast: Cast) -> None:
    for reason in ("", "  "):
        with refused("no_reason", "reason"):
            actions.correct(_last(cast.people["died_a"]), reason=reason, **SAID)


def test_an_event_is_corrected_once_and_then_its_correction(cast: Cast) -> None:
    person = cast.people["moved_to_a"]
    wrong = _last(person)
    first = actions.correct(wrong, reason="Sai ngày.", replacement={"on": date(2022, 9, 5)}, **SAID)
    with refused("already_corrected", None):
        actions.correct(wrong, reason="Sai ngày.", replacement={"on": date(2022, 9, 6)}, **SAID)
    actions.correct(first, reason="Vẫn sai.", replacement={"on": date(2022, 9, 7)}, **SAID)
    assert Membership.objects.get(person=person, organisation=cast.a1).since == date(2022, 9, 7)


def test_a_void_is_not_corrected(cast: Cast) -> None:
    void = actions.correct(_last(cast.people["died_a"]), reason="Ghi nhầm người.", **SAID)
    with refused("void_stays", None):
        actions.correct(void, reason="Không nhầm.", **SAID)


def test_a_correction_is_checked_like_any_event(cast: Cast) -> None:
    wrong = _last(cast.people["moved_to_a"])
    for changed, code, field in (
        ({"on": TOMORROW}, "future", "on"),
        ({"organisation": cast.commune_a}, "not_a_cell", "organisation"),
        ({"organisation": cast.b2}, "same_place", "organisation"),
        ({"on": date(2019, 12, 31)}, "standing", "on"),
        ({"decision": Decision("9-QĐ/HU", TOMORROW)}, "decision_future", "decision_on"),
    ):
        with refused(code, field):
            actions.correct(wrong, reason="Sai.", replacement=changed, **SAID)


def test_what_later_events_rest_on_is_not_voided(cast: Cast) -> None:
    admission = MemberEvent.objects.get(person=cast.people["recognised_a3"], kind="admitted")
    with refused("standing", "on"):
        actions.correct(admission, reason="Ghi nhầm.", **SAID)


# --- the trail ----------------------------------------------------------------------------------------------


def test_each_event_leaves_one_entry_in_the_stream_of_the_cell(cast: Cast) -> None:
    person, officer = cast.people["member_a1"], cast.actor("officer")
    before = len(_trail(person))
    event = actions.transfer(person, to=cast.b1, on=SPRING, by=officer, today=TODAY)
    correction = actions.correct(event, by=officer, today=TODAY, reason="Nhầm chi bộ.")
    done, mended = _trail(person)[before:]
    assert (done.action, done.stream, done.account) == ("member.event", cast.b1.code, cast.officer.pk)
    assert done.data == {"event": event.pk, "kind": "transferred", "on": "2023-03-01"}
    assert (mended.action, mended.stream, mended.reason) == ("member.corrected", cast.a1.code, "Nhầm chi bộ.")
    assert mended.data["event"] == correction.pk
    assert event.recorded_by_id == correction.recorded_by_id == cast.officer.pk


def test_opening_another_s_record_leaves_an_entry_and_one_s_own_none(cast: Cast) -> None:
    member = cast.people["member_a1"]
    before = len(_trail(member))
    actions.note_read(member, by=cast.actor("cell_a1"), part="timeline")
    actions.note_read(member, by=cast.actor("member_a1"))
    (read,) = _trail(member)[before:]
    assert (read.action, read.account, read.data) == ("person.read", cast.cell_a1.pk, {"part": "timeline"})


def test_an_event_is_recorded_on_the_day_the_clock_says(cast: Cast, settings: Any) -> None:
    settings.TOCHUC_TODAY = date(2023, 4, 25)
    event = actions.transfer(cast.people["member_a1"], to=cast.a2, on=SPRING, **SAID)
    event.refresh_from_db()
    assert timezone.localdate(event.recorded_at) == date(2023, 4, 25)

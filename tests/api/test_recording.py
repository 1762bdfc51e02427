"""Recording through the API: what the pages would let one record, rehearsed, recorded, corrected, at a version."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from access.scene import Scene
from api.programs import API, problem, program
from cast import Cast
from tochuc.members.models import MemberEvent

DECIDED = {"number": "12-QĐ/ĐU", "on": "2023-03-20", "by": "Ban Thường vụ Huyện ủy"}


def post(client: Client, path: str, sent: dict[str, Any], **headers: str) -> Any:
    return client.post(API + path, sent, content_type="application/json", headers=headers or None)


def path_of(cast: Cast, person: str) -> str:
    return f"members/{cast.people[person].ref}"


def test_what_may_be_recorded_is_what_the_page_offers(scene: Scene):
    cell = program(scene, "cell_a1").get(f"{API}{path_of(scene.cast, 'probation_a1')}/recordable").json()
    above = program(scene, "secretary_a").get(f"{API}{path_of(scene.cast, 'probation_a1')}/recordable").json()
    kinds = {one["kind"] for one in cell["items"]}
    assert {"recognised", "transferred", "left_for"} <= kinds
    assert {one["kind"] for one in above["items"]} - kinds >= {"removed", "departed"}
    recognised = next(one for one in cell["items"] if one["kind"] == "recognised")
    assert recognised["needs_decision"] is True
    assert recognised["facts"] == []


def test_a_rehearsal_tells_what_would_change_and_changes_nothing(scene: Scene):
    client, path = program(scene, "cell_a1"), path_of(scene.cast, "other_a1")
    before = MemberEvent.objects.count()
    sent = {"kind": "left_for", "on": "2023-04-01", "destination": "Đảng bộ Quân đội"}
    answer = post(client, f"{path}/movements/rehearsal", sent)
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["before"] == {"standing": "Đảng viên chính thức", "cell": "Chi bộ thôn Đông"}
    assert found["after"] == {"standing": "Ngoài Đảng", "cell": ""}
    (cell,) = found["cells"]
    assert cell["before"]["official"] - cell["after"]["official"] == 1
    assert MemberEvent.objects.count() == before


def test_a_movement_enters_the_ledger_with_its_paper(scene: Scene):
    cast, client = scene.cast, program(scene, "secretary_a", may_write=True)
    sent = {"kind": "transferred", "on": "2023-04-01", "organisation": "xa-a-thon-tay", "decision": DECIDED}
    answer = post(client, f"{path_of(cast, 'other_a1')}/movements", sent)
    assert answer.status_code == 201, answer.content
    event = MemberEvent.objects.get(pk=answer.json()["number"])
    assert (event.kind, event.organisation, event.decision_number) == ("transferred", cast.a2, "12-QĐ/ĐU")
    assert event.recorded_by_id == cast.secretary_a.pk
    moved = program(scene, "officer").get(f"{API}organisations/xa-a-thon-tay/members").json()["items"]
    assert cast.people["other_a1"].ref in {one["ref"] for one in moved}


def test_a_cell_can_not_move_a_member_into_a_cell_of_others_at_once(scene: Scene):
    client, path = program(scene, "cell_a1", may_write=True), path_of(scene.cast, "other_a1")
    sent = {"kind": "transferred", "on": "2023-04-01", "organisation": "xa-a-thon-tay", "decision": DECIDED}
    assert problem(post(client, f"{path}/movements", sent), 422)["code"] == "not_yours"


def test_of_two_who_read_the_same_the_second_is_told_that_it_changed(scene: Scene):
    client, path = program(scene, "cell_a1", may_write=True), path_of(scene.cast, "other_a1")
    read = client.get(API + path)
    assert read["ETag"] == f'"{read.json()["version"]}"'
    sent = {"kind": "exempted", "on": "2023-04-01"}
    first = post(client, f"{path}/movements", sent, **{"If-Match": read["ETag"]})
    assert first.status_code == 201, first.content
    ended = {"kind": "exemption_ended", "on": "2023-04-02"}
    second = post(client, f"{path}/movements", ended, **{"If-Match": read["ETag"]})
    assert problem(second, 412)["code"] == "stale"
    again = client.get(API + path)["ETag"]
    assert again != read["ETag"]
    assert post(client, f"{path}/movements", ended, **{"If-Match": again}).status_code == 201


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": "admitted", "on": "2023-04-01"}, "kind"),
        ({"kind": "removed", "on": "2023-04-01", "decision": DECIDED}, "kind"),
        ({"kind": "không-có", "on": "2023-04-01"}, "kind"),
        ({"kind": "exempted", "on": "2024-01-01"}, "on"),
        ({"kind": "exempted", "on": "31/04/2023"}, "on"),
        ({"kind": "exempted"}, "on"),
        ({"kind": "left_for", "on": "2023-04-01"}, "destination"),
        ({"kind": "exempted", "on": "2023-04-01", "destination": "Đâu đó"}, "destination"),
        ({"kind": "transferred", "on": "2023-04-01", "organisation": "khong-co"}, "organisation"),
        ({"kind": "transferred", "on": "2023-04-01", "organisation": "xa-b"}, "organisation"),
        ({"kind": "exempted", "on": "2023-04-01", "decision": {"on": "x"}}, "decision.on"),
    ],
)
def test_what_can_not_be_recorded_is_refused_at_its_field(sent: dict[str, Any], field: str, scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    before = MemberEvent.objects.count()
    answer = post(client, f"{path_of(scene.cast, 'other_a1')}/movements", sent)
    assert problem(answer, 422)["field"] == field
    assert MemberEvent.objects.count() == before


def test_a_decision_is_asked_for_whole(scene: Scene):
    client, path = program(scene, "officer", may_write=True), path_of(scene.cast, "other_a1")
    for name in ("number", "on", "by"):
        partly = {k: v for k, v in DECIDED.items() if k != name}
        answer = post(
            client, f"{path}/movements", {"kind": "removed", "on": "2023-04-01", "decision": partly}
        )
        assert problem(answer, 422)["field"] == f"decision.{name}"


def test_a_correction_leaves_the_wrong_entry_to_be_read(scene: Scene):
    cast, client = scene.cast, program(scene, "officer", may_write=True)
    path = path_of(cast, "moved_within_a")
    wrong = cast.people["moved_within_a"].events.get(kind="transferred")
    sent = {"reason": "Ghi nhầm ngày.", "replacement": {"on": "2022-03-16"}}
    answer = post(client, f"{path}/movements/{wrong.pk}/correction", sent)
    assert answer.status_code == 201, answer.content
    timeline = client.get(f"{API}{path}/timeline").json()["items"]
    struck = next(one for one in timeline if one["number"] == wrong.pk)
    assert (struck["corrected"], struck["why"]) == (True, "Ghi nhầm ngày.")
    again = post(client, f"{path}/movements/{wrong.pk}/correction", sent)
    assert again.status_code == 404
    assert problem(post(client, f"{path}/movements/{10**30}/correction", sent), 404)


def test_a_correction_takes_out_what_it_names_as_empty_and_keeps_what_it_does_not_name(scene: Scene):
    cast, client = scene.cast, program(scene, "officer", may_write=True)
    path = path_of(cast, "other_a1")
    sent = {"kind": "exempted", "on": "2023-03-01", "until_on": "2023-09-01", "decision": DECIDED}
    number = post(client, f"{path}/movements", sent).json()["number"]
    for replacement, kept in (({}, {"until_on": "2023-09-01"}), ({"until_on": None}, {})):
        anew = {"on": "2023-03-02", "decision": DECIDED} | replacement
        said = {"reason": "Nghị quyết miễn hẳn.", "replacement": anew}
        answer = post(client, f"{path}/movements/{number}/correction", said)
        assert answer.status_code == 201, answer.content
        number = answer.json()["number"]
        assert MemberEvent.objects.get(pk=number).data == kept


def test_a_sympathiser_is_listed_once_unless_said_to_be_another(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    path = "organisations/xa-a-thon-dong/sympathisers"
    sent = {"full_name": "Hoàng Thị Mới", "gender": "female", "birth": "03/1999", "listed_on": "2023-04-01"}
    made = post(client, path, sent)
    assert made.status_code == 201, made.content
    assert (made.json()["birth"], made.json()["standing"]) == ("03/1999", "sympathiser")
    assert problem(post(client, path, sent), 409)["code"] == "namesake"
    assert post(client, path, sent | {"other_person": True}).status_code == 201
    assert problem(post(client, path, sent | {"birth": "32/13/1999"}), 422)["field"] == "birth"
    assert problem(post(client, path, sent | {"birth": "2024"}), 422)["field"] == "birth"
    assert problem(post(client, path, sent | {"full_name": "Mới"}), 422)["field"] == "full_name"
    assert (
        problem(post(client, path, sent | {"other_person": True, "listed_on": "2023-12-01"}), 422)["field"]
        == "listed_on"
    )
    assert problem(post(client, path, sent | {"other_persn": True}), 422)["field"] == "other_persn"

"""Meetings through the API: the roll of a day, a meeting with who was there, putting it right, a branch's meetings."""

from __future__ import annotations

from typing import Any

import pytest

from access.scene import Scene
from api.programs import API, problem, program
from tochuc.meetings.models import Attendance, Meeting

CELL = "organisations/xa-a-thon-dong/meetings"


def post(client: Any, path: str, sent: dict[str, Any], **headers: str) -> Any:
    return client.post(API + path, sent, content_type="application/json", headers=headers or None)


def got(client: Any, path: str) -> dict[str, Any]:
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def attended(client: Any, day: str = "2023-03-05") -> list[dict[str, Any]]:
    """Everyone whom the roll expects, all there."""
    roll = got(client, f"{CELL}/roll?on={day}")
    return [{"person": one["person"], "state": "present"} for one in roll["places"] if not one["why_not"]]


def held(client: Any, **changed: Any) -> Any:
    sent = {"held_on": "2023-03-05", "kind": "regular", "attendance": attended(client)} | changed
    return post(client, CELL, sent)


def test_a_meeting_is_recorded_with_everyone_whom_the_roll_expects(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    roll = got(client, f"{CELL}/roll?on=2023-03-05")
    elder = next(one for one in roll["places"] if one["person"] == scene.cast.people["elder_a1"].ref)
    assert elder["why_not"]
    lines = attended(client)
    lines[0] |= {"state": "excused", "reason": "Ốm"}
    made = held(client, attendance=lines)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["present"], told["excused"], told["absent"]) == (len(lines) - 1, 1, 0)
    assert got(client, f"meetings/{told['ref']}") == told
    listed = got(client, f"{CELL}?first=2023-03-01&last=2023-03-31")["items"]
    assert [(one["ref"], one["present"]) for one in listed] == [(told["ref"], len(lines) - 1)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"held_on": "2023-05-01"}, "held_on"),
        ({"held_on": "2023-02-30"}, "held_on"),
        ({"held_on": "1950-01-01"}, "held_on"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_a_meeting_that_can_not_have_been_is_refused_at_its_field(
    changed: dict[str, Any], field: str, scene: Scene
):
    client, before = program(scene, "cell_a1", may_write=True), Meeting.objects.count()
    sent = (
        {"attendance": []} if changed["held_on" if "held_on" in changed else "kind"] == "1950-01-01" else {}
    )
    assert problem(held(client, **changed, **sent), 422)["field"] == field
    assert Meeting.objects.count() == before


def test_each_wrong_line_is_named(scene: Scene):
    client, before = program(scene, "cell_a1", may_write=True), Meeting.objects.count()
    lines = attended(client)
    excused = [lines[0], lines[1] | {"state": "excused"}, *lines[2:]]
    assert problem(held(client, attendance=excused), 422)["field"] == "attendance.1"
    strange = [*lines, {"person": scene.cast.people["member_b1"].ref, "state": "present"}]
    found = problem(held(client, attendance=strange), 422)
    assert (found["code"], found["field"]) == ("meeting.not_expected", f"attendance.{len(lines)}.person")
    exempt = [*lines, {"person": scene.cast.people["elder_a1"].ref, "state": "present"}]
    assert problem(held(client, attendance=exempt), 422)["field"] == f"attendance.{len(lines)}"
    assert problem(held(client, attendance=[*lines, lines[0]]), 422)["code"] == "meeting.twice"
    assert problem(held(client, attendance=lines[1:]), 422)["code"] == "meeting.left_out"
    long = [lines[0] | {"state": "excused", "reason": "x" * 301}, *lines[1:]]
    assert problem(held(client, attendance=long), 422)["field"] == "attendance.0.reason"
    assert Meeting.objects.count() == before


def test_a_committee_holds_no_cell_meeting(scene: Scene):
    client = program(scene, "secretary_a", may_write=True)
    sent = {"held_on": "2023-03-05", "kind": "regular", "attendance": []}
    found = problem(post(client, "organisations/xa-a/meetings", sent), 422)
    assert found["code"] == "meeting.not_a_cell"


def test_the_same_meeting_twice_is_a_clash_and_under_one_key_it_is_one(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    sent = {"held_on": "2023-03-05", "kind": "regular", "attendance": attended(client)}
    first = post(client, CELL, sent, **{"Idempotency-Key": "buoi-1"})
    again = post(client, CELL, sent, **{"Idempotency-Key": "buoi-1"})
    assert (first.status_code, again.json()) == (201, first.json())
    assert problem(post(client, CELL, sent), 409)["code"] == "meeting.there"


def test_attendance_is_put_right_with_the_reason_and_a_meeting_withdrawn(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    made = held(client).json()
    path = f"meetings/{made['ref']}"
    line = {"person": made["attendance"][0]["person"], "state": "absent"}
    assert (
        problem(post(client, f"{path}/corrections", {"attendance": [line], "why": ""}), 422)["field"] == "why"
    )
    twice = post(client, f"{path}/corrections", {"attendance": [line, line], "why": "Nhầm"})
    assert problem(twice, 422)["code"] == "meeting.twice"
    right = post(client, f"{path}/corrections", {"attendance": [line], "why": "Ghi nhầm"})
    assert right.status_code == 201, right.content
    assert (right.json()["absent"], right.json()["attendance"][0]["why"]) == (1, "Ghi nhầm")
    assert Attendance.objects.filter(meeting__ref=made["ref"], corrects__isnull=False).count() == 1
    assert problem(post(client, f"{path}/withdrawal", {"reason": "  "}), 422)["field"] == "reason"
    gone = post(client, f"{path}/withdrawal", {"reason": "Không họp"})
    assert (gone.status_code, gone.json()["withdrawn"]) == (201, True)
    late = post(client, f"{path}/corrections", {"attendance": [line], "why": "Nhầm"})
    assert problem(late, 422)["code"] == "meeting.withdrawn"


def test_a_branch_lists_the_meetings_of_its_cells_by_pages(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    for day in ("2023-02-05", "2023-03-05"):
        assert held(client, held_on=day, attendance=attended(client, day)).status_code == 201
    officer = program(scene, "officer")
    whole = got(officer, "organisations/xa-a/meetings")["items"]
    days = [one["held_on"] for one in whole]
    assert len(whole) >= 4
    assert days == sorted(days, reverse=True)
    pages, after = [], ""
    while after is not None:
        page = got(officer, f"organisations/xa-a/meetings?size=1&after={after}")
        pages += page["items"]
        after = page["next"]
    assert pages == whole


def test_who_reads_meetings_above_does_not_record_them(scene: Scene):
    officer = program(scene, "officer", may_write=True)
    sent = {"held_on": "2023-03-05", "kind": "regular", "attendance": []}
    assert post(officer, CELL, sent).status_code == 403
    assert officer.get(f"{API}{CELL}/roll").status_code == 403
    assert program(scene, "cell_b1").get(f"{API}{CELL}").status_code == 404
    outside = scene.things["b1"].meeting.ref
    assert program(scene, "cell_a1").get(f"{API}meetings/{outside}").status_code == 404

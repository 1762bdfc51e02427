"""Entrusted work through the API: a cell's year, giving and reviewing it, a branch's cells, a member's own."""

from __future__ import annotations

from typing import Any

import pytest

from access.scene import Scene
from api.programs import API, problem, program
from tochuc.audit.models import Entry
from tochuc.entrusting.models import Entrusted, Reviewed

CELL = "organisations/xa-a-thon-dong/entrusted"


def post(client: Any, path: str, sent: dict[str, Any], **headers: str) -> Any:
    return client.post(API + path, sent, content_type="application/json", headers=headers or None)


def got(client: Any, path: str) -> dict[str, Any]:
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def work(scene: Scene, *keys: str, content: str = "Phụ trách tổ 3") -> list[dict[str, Any]]:
    return [{"person": scene.cast.people[key].ref, "content": content} for key in keys]


def given(scene: Scene, client: Any, *keys: str, **changed: Any) -> Any:
    sent = {"year": 2023, "on": "2023-01-10", "work": work(scene, *keys)} | changed
    return post(client, CELL, sent)


def test_a_cell_gives_its_year_and_reviews_it(scene: Scene):
    client, who = program(scene, "cell_a1", may_write=True), scene.cast.people["member_a1"].ref
    missing = {one["person"] for one in got(client, f"{CELL}?year=2023")["items"] if one["missing"]}
    assert who in missing
    made = given(scene, client, "member_a1", "other_a1", number="01-NQ/CB")
    assert (made.status_code, made.json()) == (201, {"written": 2})
    line = next(one for one in got(client, CELL)["items"] if one["person"] == who)
    assert (line["work"]["content"], line["missing"]) == ("Phụ trách tổ 3", False)
    found = {"person": who, "result": "hoàn thành", "note": "Đều đặn"}
    reviewed = post(client, f"{CELL}/reviews", {"year": 2023, "on": "2023-04-15", "found": [found]})
    assert (reviewed.status_code, reviewed.json()) == (201, {"written": 1})
    line = next(one for one in got(client, CELL)["items"] if one["person"] == who)
    assert (line["work"]["result"], line["work"]["reviewed_on"]) == ("hoàn thành", "2023-04-15")


def test_what_stands_is_changed_with_a_reason_only_and_sent_again_writes_nothing(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    assert given(scene, client, "member_a1").status_code == 201
    assert problem(given(scene, client, "member_a1"), 422)["code"] == "entrusted.nothing"
    other = {"work": work(scene, "member_a1", content="Phụ trách tổ 5")}
    assert problem(given(scene, client, **other), 422)["field"] == "reason"
    assert given(scene, client, **other, reason="Đổi tổ").status_code == 201
    assert [one.content for one in Entrusted.objects.order_by("pk")] == ["Phụ trách tổ 3", "Phụ trách tổ 5"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"on": "2023-05-01"}, "on"),
        ({"on": "2020-01-01"}, "on"),
        ({"on": "31/02/2023"}, "on"),
        ({"year": 99}, "year"),
        ({"work": []}, "work"),
        ({"number": "x" * 61}, "number"),
    ],
)
def test_what_can_not_be_given_is_refused_at_its_field(changed: dict[str, Any], field: str, scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    assert problem(given(scene, client, "member_a1", **changed), 422)["field"] == field
    assert not Entrusted.objects.exists()


def test_each_wrong_line_is_named(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    found = problem(given(scene, client, "member_a1", "member_b1"), 422)
    assert (found["code"], found["field"]) == ("entrusted.not_here", "work.1.person")
    assert problem(given(scene, client, "member_a1", "member_a1"), 422)["code"] == "entrusted.twice"
    long = work(scene, "member_a1", content="x" * 501)
    assert problem(given(scene, client, work=long), 422)["field"] == "work.0.content"
    assert not Entrusted.objects.exists()


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ({"result": "tạm được"}, "entrusted.result", "found.0"),
        ({"result": ""}, "entrusted.result", "found.0"),
        ({"person": "khong-co"}, "entrusted.not_here", "found.0.person"),
        ({"note": "x" * 501}, "unreadable", "found.0.note"),
    ],
)
def test_a_review_is_in_the_words_of_the_rule(line: dict[str, Any], code: str, field: str, scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    assert given(scene, client, "member_a1").status_code == 201
    found = {"person": scene.cast.people["member_a1"].ref, "result": "hoàn thành"} | line
    said = problem(post(client, f"{CELL}/reviews", {"year": 2023, "on": "2023-04-15", "found": [found]}), 422)
    assert (said["code"], said["field"]) == (code, field)
    assert not Reviewed.objects.exists()


def test_who_has_no_work_is_not_reviewed(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    found = [{"person": scene.cast.people["member_a1"].ref, "result": "hoàn thành"}]
    sent = {"year": 2023, "on": "2023-04-15", "found": found}
    assert problem(post(client, f"{CELL}/reviews", sent), 422)["code"] == "entrusted.none"
    assert given(scene, client, "member_a1").status_code == 201
    twice = post(client, f"{CELL}/reviews", sent | {"found": found * 2})
    assert problem(twice, 422)["code"] == "entrusted.twice"


def test_a_branch_sees_its_cells_in_figures_and_a_member_their_own(scene: Scene):
    client, who = program(scene, "cell_a1", may_write=True), scene.cast.people["member_a1"]
    assert given(scene, client, "member_a1").status_code == 201
    officer = program(scene, "officer", may_write=True)
    cells = got(officer, "organisations/xa-a/entrusted/cells?year=2023")["items"]
    own = next(one for one in cells if one["organisation"]["code"] == "xa-a-thon-dong")
    assert (own["entrusted"], own["reviewed"]) == (1, 0)
    assert own["members"] > 1
    assert given(scene, officer, "other_a1").status_code == 403
    assert problem(program(scene, "cell_b1").get(API + CELL), 404)
    read = Entry.objects.filter(action="person.read", data__part="entrusted")
    before = read.count()
    (mine,) = got(program(scene, "member_a1"), f"members/{who.ref}/entrusted")["items"]
    assert (mine["year"], mine["content"], mine["result"]) == (2023, "Phụ trách tổ 3", "")
    assert read.count() == before
    assert got(officer, f"members/{who.ref}/entrusted")["items"] == [mine]
    assert read.count() == before + 1

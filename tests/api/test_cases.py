"""Cases through the API: the list, one with its steps and rules, opened, rehearsed, taken; closed files kept closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from access.scene import Scene
from access.scene_cases import begun_at
from api.programs import API, problem, program
from tochuc.audit.models import Entry
from tochuc.cases.models import Case, CaseMove

APPLIED = {"on": "2023-04-19"}


def post(client: Client, path: str, sent: Any, **headers: str) -> Any:
    return client.post(API + path, sent, content_type="application/json", headers=headers or None)


@pytest.fixture
def officer(scene: Scene) -> Client:
    return program(scene, "officer", may_write=True)


def _listed(scene: Scene) -> dict[str, Any]:
    return {"on": "2023-04-19", "outcome": "listed", "answers": {"helper": scene.cast.people["other_a1"].ref}}


@pytest.fixture
def path(scene: Scene) -> str:
    """Where an admission is that has just been begun."""
    return f"cases/{begun_at(scene.cast, 'a1', 'vừa mở', date(2023, 4, 3)).ref}"


def test_the_list_holds_what_runs_in_one_s_branch(scene: Scene, officer: Client):
    found = officer.get(f"{API}cases", {"procedure": "admission", "state": "open"}).json()["items"]
    assert {one["procedure"] for one in found} == {"admission"}
    assert str(scene.things["a1"].case.ref) in {one["ref"] for one in found}
    own = program(scene, "secretary_a").get(f"{API}cases").json()["items"]
    assert {one["organisation"]["code"].startswith("xa-a") for one in own} == {True}
    assert officer.get(f"{API}cases", {"state": "closed"}).json()["items"] == []


def test_a_case_tells_its_steps_who_acts_until_when_and_by_which_rule(
    scene: Scene, officer: Client, path: str
):
    found = officer.get(API + path).json()
    assert found["title"]
    steps = {one["step"]: one for one in found["steps"]}
    assert steps["list"]["state"] == "open"
    assert steps["list"]["may_take"] is True
    assert [one["name"] for one in steps["list"]["questions"]] == ["helper"]
    assert steps["apply"]["state"] != "open"


def test_a_step_is_rehearsed_then_taken_once_and_seen(scene: Scene, officer: Client, path: str):
    step = f"{path}/steps/list"
    before = CaseMove.objects.count()
    seen = post(officer, f"{step}/rehearsal", _listed(scene))
    assert (seen.status_code, CaseMove.objects.count()) == (200, before), seen.content
    assert "course" in {one["step"] for one in seen.json()["open_steps"]}
    for _ in range(2):
        done = post(officer, step, _listed(scene), **{"Idempotency-Key": "case-1"})
        assert (done.status_code, done.json()) == (201, seen.json())
    assert CaseMove.objects.count() == before + 1
    moves = officer.get(API + path).json()["moves"]
    assert [(one["step"], one["outcome"]) for one in moves] == [("list", "listed")]


def test_a_step_is_not_taken_over_what_was_recorded_since(scene: Scene, officer: Client, path: str):
    read = officer.get(API + path)
    post(officer, f"{path}/steps/list", _listed(scene))
    stale = post(officer, f"{path}/steps/course", APPLIED, **{"If-Match": read["ETag"]})
    assert stale.status_code == 412


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outcome": "khong-co"}, "outcome"),
        ({"answers": {"helper": "nobody"}}, "answers.helper"),
        ({"answers": {"la": "x"}}, "answers.la"),
        ({"papers": {"la": "x"}}, "papers.la"),
        ({"ballot": {"entitled": 3, "present": 3, "agree": 3}}, "ballot"),
        ({"on": "2030-01-01"}, "on"),
        ({"answers": {}}, "helper"),
    ],
)
def test_what_a_step_does_not_take_is_refused_at_its_field(
    scene: Scene, officer: Client, change: dict[str, Any], field: str, path: str
):
    before = CaseMove.objects.count()
    answer = post(officer, f"{path}/steps/list", _listed(scene) | change)
    told = problem(answer, 422)
    named = {one["field"] for one in told.get("errors", [])} | {told.get("field")}
    assert field in named, told
    assert CaseMove.objects.count() == before


def test_of_several_outcomes_one_is_named(scene: Scene):
    closed = scene.things["a1"].closed_case
    path = f"closed-cases/{closed.ref}/steps/self_review"
    told = problem(post(program(scene, "cell_a1", may_write=True), path, APPLIED), 422)
    assert {one["code"] for one in told.get("errors", [told])} == {"outcome_needed"}
    assert not closed.moves.filter(step="self_review").exists()


def test_a_step_that_is_not_open_or_not_one_s_own_is_not_there(scene: Scene, officer: Client, path: str):
    assert post(officer, f"{path}/steps/decide", APPLIED).status_code == 404
    assert post(officer, f"{path}/steps/khong-co", APPLIED).status_code == 404
    assert program(scene, "secretary_b").get(API + path).status_code == 404


def test_a_read_only_token_may_rehearse_and_not_take(scene: Scene, path: str):
    client = program(scene, "officer")
    step = f"{path}/steps/list"
    assert post(client, f"{step}/rehearsal", _listed(scene)).status_code == 200
    assert post(client, step, _listed(scene)).status_code == 403


def test_a_case_is_opened_for_a_person_by_who_may(scene: Scene, officer: Client):
    person = scene.cast.people["elder_a1"]
    sent = {"procedure": "exemption", "on": "2023-04-19", "answers": {}}
    refused = post(officer, f"members/{person.ref}/cases", sent | {"procedure": "khong-co"})
    assert problem(refused, 422)["code"] == "procedure_unknown"
    assert post(officer, f"members/{person.ref}/cases", sent | {"answers": {"la": 1}}).status_code == 422
    removal = post(
        officer,
        f"members/{scene.cast.people['member_a1'].ref}/cases",
        {"procedure": "removal", "on": "2023-04-19", "answers": {"ground": "card"}},
    )
    assert removal.status_code == 201, removal.content
    assert removal.json()["closed_file"] is True
    assert (
        program(scene, "secretary_b", may_write=True)
        .post(f"{API}members/{person.ref}/cases", sent, content_type="application/json")
        .status_code
        == 404
    )


def test_a_closed_file_is_only_for_those_who_act_in_it_and_its_reading_is_kept(scene: Scene):
    closed = scene.things["a1"].closed_case
    path = f"{API}closed-cases/{closed.ref}"
    cell = program(scene, "cell_a1")
    assert cell.get(path).status_code == 200
    assert Entry.objects.filter(action="case.read", object_key=str(closed.ref)).exists()
    assert {one["ref"] for one in cell.get(f"{API}closed-cases").json()["items"]} == {str(closed.ref)}
    for outside in ("cell_a2", "secretary_b", "nobody"):
        assert program(scene, outside).get(path).status_code in (403, 404), outside
    officer = program(scene, "officer")
    everywhere = officer.get(f"{API}cases").json()["items"]
    assert not {one["ref"] for one in everywhere} & {
        str(ref) for ref in Case.objects.filter(closed_file=True).values_list("ref", flat=True)
    }
    assert officer.get(f"{API}cases/{closed.ref}").status_code == 404


def test_a_case_of_a_day_before_the_procedure_is_refused_at_its_day(scene: Scene, officer: Client):
    person = scene.cast.people["member_a1"].ref
    sent = {"procedure": "exemption", "on": "2005-01-01"}
    said = problem(post(officer, f"members/{person}/cases", sent), 422)
    assert (said["code"], said["field"]) == ("no_procedure", "on")

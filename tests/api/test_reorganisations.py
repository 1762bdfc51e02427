"""Plans of reorganisation through the API: begun, looked at, carried out at a version, undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from access.scene import Scene
from api.programs import API, problem, program
from tochuc.org.models import Organisation
from tochuc.reorganise.models import Draft

RENAME = {
    "op": "rename",
    "of": "xa-a-thon-dong",
    "name": "Chi bộ thôn Đông Mới",
    "short_name": "Thôn Đông Mới",
}
MERGE = {"op": "merge", "of": ["xa-a-thon-tay"], "into": "xa-a-thon-dong"}
DECISION = {"number": "9-QĐ/HU", "on": "2023-04-19", "by": "Ban Thường vụ Huyện ủy"}
PLANS = "organisations/xa-a/plans"


def post(client: Client, path: str, sent: Any, **headers: str) -> Any:
    return client.post(API + path, sent, content_type="application/json", headers=headers or None)


def plan(*operations: Any, **more: Any) -> dict[str, Any]:
    return {"title": "Sắp xếp thử", "day": "2023-04-20", "operations": list(operations)} | more


def test_a_plan_is_looked_at_carried_out_and_undone(scene: Scene):
    client = program(scene, "officer", may_write=True)
    begun = post(client, PLANS, plan(MERGE))
    assert begun.status_code == 201, begun.content
    path = f"plans/{begun.json()['ref']}"
    found = client.get(f"{API}{path}/preview").json()
    assert found["balances"] is True
    assert found["people"] > 0
    ended = next(one for one in found["organisations"] if one["code"] == "xa-a-thon-tay")
    assert (ended["after"], ended["followed_by"]) == (None, ["Chi bộ thôn Đông"])
    assert client.get(f"{API}{path}").json()["carried_out"] is None
    done = post(client, f"{path}/apply", DECISION, **{"If-Match": begun["ETag"]})
    assert done.status_code == 201, done.content
    assert not Organisation.objects.get(code="xa-a-thon-tay").exists_on(scene.cast.today)
    ref = done.json()["ref"]
    assert client.get(f"{API}{path}").json()["carried_out"] == ref
    assert problem(client.get(f"{API}{path}/preview"), 422)["code"] == "settled"
    undone = post(client, f"reorganisations/{ref}/undo", {"reason": "Chưa đúng."})
    assert undone.json()["state"] == "undone"
    assert Organisation.objects.get(code="xa-a-thon-tay").exists_on(scene.cast.today)
    assert problem(post(client, f"reorganisations/{ref}/undo", {"reason": "x"}), 422)["code"] == "settled"


def test_a_plan_changed_meanwhile_is_not_carried_out(scene: Scene):
    client = program(scene, "officer", may_write=True)
    begun = post(client, PLANS, plan(RENAME))
    answer = post(client, f"plans/{begun.json()['ref']}/apply", DECISION, **{"If-Match": '"7"'})
    assert problem(answer, 412)["code"] == "stale"
    assert Organisation.objects.get(code="xa-a-thon-dong").name == "Chi bộ thôn Đông"


def test_a_plan_reaches_no_further_than_its_maker(scene: Scene):
    client = program(scene, "secretary_a", may_write=True)
    begun = post(client, PLANS, plan({**RENAME, "of": "xa-b-thon-thuong"}))
    assert begun.status_code == 201
    path = f"plans/{begun.json()['ref']}"
    assert problem(client.get(f"{API}{path}/preview"), 422)["code"] == "unknown_code"
    assert problem(post(client, f"{path}/apply", DECISION), 422)["code"] == "unknown_code"
    assert program(scene, "secretary_b").get(f"{API}{path}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (plan(), "operations"),
        (plan(RENAME, day="0001-01-01"), "day"),
        (plan(RENAME, title=""), "title"),
        (plan(RENAME, title="x\x00"), "title"),
        (plan({**RENAME, "name": "x\x00"}), "operations.0.name"),
        (plan({**RENAME, "name": "-5"}), "operations"),
        (plan({**RENAME, "of": "Không Có"}), "operations.0.rename.of"),
        (plan({"op": "bay"}), "operations.0"),
        (plan(RENAME, decision={"number": "1"}), "decision.on"),
    ],
)
def test_a_plan_that_can_not_be_is_refused_at_its_field(sent: dict[str, Any], field: str, scene: Scene):
    before = Draft.objects.count()
    answer = post(program(scene, "officer", may_write=True), PLANS, sent)
    assert problem(answer, 422)["field"] == field
    assert Draft.objects.count() == before


def test_lists_are_of_ones_branch(scene: Scene):
    client = program(scene, "secretary_a")
    titles = {one["title"] for one in client.get(f"{API}reorganisations").json()["items"]}
    assert titles == {"Đã sắp xếp bồ câu", "Đã sắp xếp chim sẻ"}
    assert [one["title"] for one in client.get(f"{API}{PLANS}").json()["items"]] == ["Phương án chim sẻ"]

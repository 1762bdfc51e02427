"""The API's operations: figures that reconcile, lists by pages, refusals as a code, a field and a sentence."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from access.scene import Scene
from api.programs import API, problem
from cast import CANARY_NAME
from tochuc.audit.models import Entry
from tochuc.members import ledger
from tochuc.programme.models import ProgressReport


def entered(scene: Scene, actor: str, *, strict: bool = False) -> Client:
    """A program in which an actor is logged in."""
    client = Client(enforce_csrf_checks=strict)
    client.force_login(scene.cast.accounts[actor])
    return client


def got(client: Client, path: str, **asked: Any) -> dict[str, Any]:
    """The JSON of an answer that went well."""
    answer = client.get(API + path, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def joined(client: Client, path: str, size: int, **asked: Any) -> list[dict[str, Any]]:
    """All pages of a list, joined."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = got(client, path, size=size, after=after, **asked)
        found += page["items"]
        after = page["next"]
        if after is None:
            return found


def test_an_organisation_names_its_superior_only_to_who_may_see_it(scene: Scene):
    mine = got(entered(scene, "cell_a1"), "organisations/xa-a-thon-dong")
    theirs = got(entered(scene, "officer"), "organisations/xa-a-thon-dong")
    assert mine["above"] is None
    assert theirs["above"] == {"code": "xa-a", "name": "Đảng bộ xã An Hòa"}
    assert (theirs["cell_kind_label"], theirs["until"]) == ("Thôn", None)


def test_children_are_those_of_the_day(scene: Scene):
    client = entered(scene, "officer")
    path = "organisations/xa-b/children"
    codes = {c["code"] for c in got(client, path)["items"]}
    assert codes == {"xa-b-thon-thuong", "xa-b-khoi-ha", "xa-b-tram-y-te"}
    before = {c["code"] for c in got(client, path, on="2021-06-30")["items"]}
    assert before == codes - {"xa-b-tram-y-te"}


def test_the_headcount_and_the_statement_are_the_ledgers(scene: Scene):
    client, commune = entered(scene, "secretary_a"), scene.cast.commune_a
    day = date(2022, 12, 31)
    count = ledger.headcount(commune, day)
    heads = got(client, "organisations/xa-a/headcount", on=str(day))
    assert heads == {
        "on": str(day),
        "known_on": None,
        "official": count.official,
        "probationary": count.probationary,
        "total": count.total,
    }
    found = got(client, "organisations/xa-a/statement", first="2022-01-01", last=str(day))
    rows = {row["code"]: row["total"] for row in found["rows"]}
    assert found["reconciles"] is True
    assert rows["closing"] == count.total
    assert rows["opening"] + rows["increase"] - rows["decrease"] == rows["closing"]


def test_a_statement_without_days_is_the_running_year(scene: Scene):
    found = got(entered(scene, "officer"), "organisations/xa-a/statement")
    assert (found["first"], found["last"], found["known_on"]) == ("2023-01-01", "2023-04-20", None)


def test_a_statement_can_be_asked_as_it_was_known_on_a_day(scene: Scene):
    client = entered(scene, "officer")
    asked = {"first": "2022-01-01", "last": "2022-12-31"}
    early = got(client, "organisations/xa-a/statement", known_on="2022-07-31", **asked)
    late = got(client, "organisations/xa-a/statement", known_on="2023-04-20", **asked)
    whole = got(client, "organisations/xa-a/statement", **asked)
    assert late["rows"] == whole["rows"] != early["rows"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"first": "2023-02-31"}, "first"),
        ({"first": "hôm qua"}, "first"),
        ({"first": "2023-03-01", "last": "2023-02-01"}, "first"),
        ({"last": "0001-01-01"}, "last"),
        ({"last": "9999-12-31"}, "last"),
        ({"known_on": "x"}, "known_on"),
        ({"frist": "2023-03-01"}, "frist"),
    ],
)
def test_a_day_that_can_not_be_is_refused_at_its_field(asked: dict[str, str], field: str, scene: Scene):
    answer = entered(scene, "officer").get(f"{API}organisations/xa-a/statement", asked)
    assert problem(answer, 422)["field"] == field


def test_members_are_found_without_tones_within_the_branch_only(scene: Scene):
    inside = got(entered(scene, "secretary_b"), "members", q="kim oanh")["items"]
    assert [m["full_name"] for m in inside] == [CANARY_NAME]
    assert got(entered(scene, "secretary_a"), "members", q="kim oanh")["items"] == []


def test_pages_of_a_list_join_into_the_whole_list(scene: Scene):
    client = entered(scene, "officer")
    whole = got(client, "members", q="v", size=200)["items"]
    assert len(whole) > 6
    assert joined(client, "members", 2, q="v") == whole
    timeline = f"members/{scene.cast.people['moved_to_a'].ref}/timeline"
    moments = got(client, timeline)["items"]
    assert joined(client, timeline, 1) == moments
    assert [m["on"] for m in moments] == sorted((m["on"] for m in moments), reverse=True)
    tasks = got(client, "tasks")["items"]
    assert len(tasks) == 3
    assert joined(client, "tasks", 1) == tasks
    due = got(client, "duties", size=200)["items"]
    assert len(due) > 2
    assert joined(client, "duties", 1) == due


def test_tasks_without_a_day_come_last_and_are_not_lost_between_pages(scene: Scene):
    task = scene.things["a1"].task
    type(task).objects.filter(pk=task.pk).update(due_on=None)
    found = joined(entered(scene, "officer"), "tasks", 1)
    assert [t["due_on"] for t in found] == ["2023-04-30", "2023-04-30", None]


def test_a_cursor_that_we_did_not_give_is_refused(scene: Scene):
    client = entered(scene, "officer")
    other = got(client, "tasks", size=1)["next"]
    for forged in ("x", "WyJ4IiwgMV0:1aaaaa:bbbb", other):
        assert problem(client.get(f"{API}members", {"q": "v", "after": forged}), 422)["field"] == "after"


def test_a_record_holds_nothing_sensitive_and_its_reading_is_noted(scene: Scene):
    person = scene.cast.people["other_a1"]
    person.residence, person.religion, person.phone = "Ngõ Hoa Gạo", "Tôn giáo Thử", "0999888777"
    person.card_number, person.ethnicity = "47.112233", "Dân tộc Thử"
    person.save()
    found = got(entered(scene, "cell_a1"), f"members/{person.ref}")
    text = json.dumps(found, ensure_ascii=False)
    for secret in ("Hoa Gạo", "Tôn giáo", "0999888777", "47.112233", "Dân tộc"):
        assert secret not in text
    assert (found["standing_label"], found["organisation"]["code"]) == (
        "Đảng viên chính thức",
        "xa-a-thon-dong",
    )
    assert found["admitted_on"] == "2016-09-02"
    read = Entry.objects.get(action="person.read", object_key=person.ref)
    assert read.account == scene.cast.cell_a1.pk


def test_reading_ones_own_record_is_not_noted(scene: Scene):
    own = scene.cast.people["member_a1"]
    got(entered(scene, "member_a1"), f"members/{own.ref}")
    assert not Entry.objects.filter(action="person.read", object_key=own.ref).exists()


def test_what_is_due_is_what_home_shows(scene: Scene):
    found = got(entered(scene, "cell_a1"), "duties")["items"]
    task = next(d for d in found if d["kind"] == "task")
    assert task["key"] == str(scene.things["a1"].assignment.ref)
    assert task["why"]["source"].startswith("Thông báo kết luận")
    assert got(entered(scene, "member_a1"), "duties")["items"] == []


def report(client: Client, scene: Scene, **more: Any) -> Any:
    """Report on the task of a1."""
    path = f"{API}assignments/{scene.things['a1'].assignment.ref}/reports"
    return client.post(path, {"status": "done", "note": "Xong."} | more, content_type="application/json")


def test_a_report_gives_the_task_its_standing(scene: Scene):
    client = entered(scene, "cell_a1")
    answer = report(client, scene)
    assert answer.status_code == 201
    assert answer.json()["reported_on"] == "2023-04-20"
    mine = got(client, "assignments")["items"]
    assert [(one["status"], one["done_on"], one["reports"]) for one in mine] == [("done", "2023-04-20", 2)]
    assert problem(report(client, scene), 422)["code"] == "already_done"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"status": "open"}, "status"),
        ({"note": ""}, "note"),
        ({"note": "   "}, "note"),
        ({"note": "x" * 10_001}, "note"),
        ({"note": "x\x00"}, "note"),
        ({"note": None}, "note"),
    ],
)
def test_a_report_that_can_not_be_is_refused_at_its_field(sent: dict[str, Any], field: str, scene: Scene):
    assert problem(report(entered(scene, "cell_a1"), scene, **sent), 422)["field"] == field
    assert not ProgressReport.objects.filter(reported_by=scene.cast.cell_a1).exists()


@pytest.mark.parametrize("name", ["reported_by", "reported_on", "assignment", "file", "nota"])
def test_what_a_report_does_not_have_is_refused_by_name(name: str, scene: Scene):
    assert problem(report(entered(scene, "cell_a1"), scene, **{name: "2020-01-01"}), 422)["field"] == name
    assert not ProgressReport.objects.filter(reported_by=scene.cast.cell_a1).exists()


def test_a_way_of_calling_that_an_address_does_not_have_is_told_in_words(scene: Scene):
    answer = entered(scene, "officer").delete(f"{API}organisations/xa-a/statement")
    assert problem(answer, 405)["code"] == "method"
    assert answer["Allow"] == "GET"


def test_a_body_that_is_no_json_is_told_so(scene: Scene):
    path = f"{API}assignments/{scene.things['a1'].assignment.ref}/reports"
    client = entered(scene, "cell_a1")
    assert problem(client.post(path, "{", content_type="application/json"), 400)["code"] == "unreadable"


def test_a_write_needs_the_token_that_only_our_pages_have(scene: Scene):
    client = entered(scene, "cell_a1", strict=True)
    assert problem(report(client, scene), 403)["code"] == "csrf"
    client.get("/mat-khau/")
    token = client.cookies["csrftoken"].value
    path = f"{API}assignments/{scene.things['a1'].assignment.ref}/reports"
    answer = client.post(
        path,
        {"status": "done", "note": "Xong."},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 201


def test_who_is_outside_or_has_no_right_or_is_not_logged_in_is_told_apart_only_as_far_as_they_may_know(
    scene: Scene,
):
    assert problem(Client().get(f"{API}organisations/xa-a"), 401)["code"] == "not_logged_in"
    stranger = entered(scene, "cell_b1")
    hidden = problem(stranger.get(f"{API}organisations/xa-a"), 404)
    assert hidden == problem(stranger.get(f"{API}organisations/khong-co"), 404)
    assert problem(report(entered(scene, "secretary_a"), scene), 403)["code"] == "forbidden"
    assert problem(report(stranger, scene), 404)["code"] == "not_found"


@pytest.mark.parametrize("unstorable", ["xa\x00", "\ud800"])
def test_what_no_database_stores_is_refused_at_its_place_and_not_a_failure(unstorable: str, scene: Scene):
    client = entered(scene, "secretary_a")
    path = f"{API}members/{scene.cast.people['other_a1'].ref}/movements"
    moved = {"kind": "transferred", "on": "2023-04-01"}
    for sent, field in (
        (moved | {"organisation": unstorable}, "organisation"),
        (moved | {"decision": {"number": unstorable}}, "decision.number"),
        ({unstorable: 1}, None),
    ):
        answer = client.post(path, json.dumps(sent), content_type="application/json")
        assert problem(answer, 422)["field"] == field


def test_a_zero_byte_in_a_query_is_refused_at_its_name(scene: Scene):
    for name in ("organisation", "kind", "q"):
        answer = entered(scene, "officer").get(f"{API}duties", {name: "xa\x00"})
        assert problem(answer, 422)["field"] == name


def test_the_description_is_for_who_is_logged_in_and_no_page_of_scripts_is_served(scene: Scene):
    assert Client().get(f"{API}openapi.json").status_code == 401
    assert got(entered(scene, "nobody"), "openapi.json")["info"]["title"] == "Tochuc"
    for path in ("docs", "", "docs/"):
        assert entered(scene, "officer").get(API + path).status_code == 404

"""Dues through the API: a cell's month, putting it right, sums that add up, a member's own year."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.scene import Scene
from api.programs import API, problem, program
from tochuc.audit.models import Entry
from tochuc.dues.models import Basis, Payment, Relief

CELL = "organisations/xa-a-thon-dong/dues"


def post(client: Any, path: str, sent: dict[str, Any], **headers: str) -> Any:
    return client.post(API + path, sent, content_type="application/json", headers=headers or None)


def got(client: Any, path: str) -> dict[str, Any]:
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def paid(scene: Scene, *keys: str, month: str = "2023-03", amount: int = 6_000) -> list[dict[str, Any]]:
    return [{"person": scene.cast.people[k].ref, "month": month, "amount": amount} for k in keys]


def test_a_cell_reads_its_month_records_it_and_reads_what_it_recorded(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    sheet = got(client, f"{CELL}/sheet?month=2023-03")
    everyone = {row["person"] for row in sheet["rows"]}
    assert scene.cast.people["member_a1"].ref in everyone
    assert {row["state"] for row in sheet["rows"]} <= {"open", "stopped"}
    sent = {
        "paid_on": "2023-04-05",
        "receipt": "PT-03",
        "payments": paid(scene, "member_a1", "other_a1"),
    }
    made = post(client, CELL, sent)
    assert made.status_code == 201, made.content
    assert made.json() == {"payments": 2, "amount": 12_000}
    rows = {row["person"]: row for row in got(client, f"{CELL}/sheet?month=2023-03")["rows"]}
    recorded = rows[scene.cast.people["member_a1"].ref]
    assert (recorded["state"], recorded["amount"]) == ("recorded", 6_000)
    assert Entry.objects.filter(action="dues.collected").exists()


def test_a_month_that_is_named_by_nobody_is_the_one_to_be_recorded(scene: Scene):
    assert got(program(scene, "cell_a1"), f"{CELL}/sheet")["month"] == "2023-03"


def test_one_wrong_line_keeps_the_whole_collection_out_and_is_named(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    sent = {"paid_on": "2023-04-05", "payments": paid(scene, "member_a1", "member_b1")}
    found = problem(post(client, CELL, sent), 422)
    assert (found["code"], found["field"]) == ("dues.not_here", "payments.1.person")
    assert scene.cast.people["member_b1"].full_name not in found["message"]
    twice = {"paid_on": "2023-04-05", "payments": paid(scene, "member_a1", "member_a1")}
    assert problem(post(client, CELL, twice), 409)["field"] == "payments.1"
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"paid_on": "2023-02-31"}, "paid_on"),
        ({"paid_on": "2023-05-01"}, "paid_on"),
        ({"payments": []}, "payments"),
        ({"receipt": "x" * 41}, "receipt"),
        ({"receipt": "\x00"}, "receipt"),
    ],
)
def test_what_can_not_be_collected_is_refused_at_its_field(changed: dict[str, Any], field: str, scene: Scene):
    sent = {"paid_on": "2023-04-05", "payments": paid(scene, "member_a1")} | changed
    assert problem(post(program(scene, "cell_a1", may_write=True), CELL, sent), 422)["field"] == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"month": "2023-13"}, "payments.0.month"),
        ({"month": "3/2023"}, "payments.0.month"),
        ({"month": "2024-05"}, "payments.0"),
        ({"amount": -1}, "payments.0.amount"),
        ({"amount": "mười"}, "payments.0.amount"),
        ({"amount": 10**30}, "payments.0.amount"),
        ({"person": "khong-co"}, "payments.0.person"),
    ],
)
def test_a_line_that_can_not_be_is_refused_at_its_field(changed: dict[str, Any], field: str, scene: Scene):
    (line,) = paid(scene, "member_a1")
    sent = {"paid_on": "2023-04-05", "payments": [line | changed]}
    assert problem(post(program(scene, "cell_a1", may_write=True), CELL, sent), 422)["field"] == field


def test_sent_twice_under_one_key_it_is_collected_once(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    sent = {"paid_on": "2023-04-05", "payments": paid(scene, "member_a1")}
    first = post(client, CELL, sent, **{"Idempotency-Key": "thang-3"})
    again = post(client, CELL, sent, **{"Idempotency-Key": "thang-3"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again["Idempotent-Replayed"] == "true"
    assert Payment.objects.count() == 1
    assert problem(post(client, CELL, sent), 409)["code"] == "dues.recorded"


def test_the_sums_add_up_by_month_and_by_those_below(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    for month in ("2023-02", "2023-03"):
        sent = {
            "paid_on": "2023-04-05",
            "payments": paid(scene, "member_a1", "other_a1", month=month),
        }
        assert post(client, CELL, sent).status_code == 201
    officer = program(scene, "officer")
    found = got(officer, "organisations/xa-a/dues?first=2023-01&last=2023-03")
    assert (found["first"], found["last"]) == ("2023-01", "2023-03")
    assert found["total"]["amount"] == 24_000
    for name, whole in found["total"].items():
        assert sum(one[name] for one in found["months"]) == whole
        assert sum(one[name] for one in found["below"]) == whole
    own = next(one for one in found["below"] if one["organisation"]["code"] == "xa-a-thon-dong")
    assert own["amount"] == 24_000
    assert got(officer, "organisations/xa-a/dues")["last"] == "2023-12"
    reversed_ = officer.get(f"{API}organisations/xa-a/dues?first=2023-03&last=2023-01")
    assert problem(reversed_, 422)["field"] == "first"


def test_who_reads_the_sums_does_not_read_the_sheet(scene: Scene):
    officer = program(scene, "officer", may_write=True)
    assert officer.get(f"{API}{CELL}").status_code == 200
    assert officer.get(f"{API}{CELL}/sheet").status_code == 403
    sent = {"paid_on": "2023-04-05", "payments": paid(scene, "member_a1")}
    assert post(officer, CELL, sent).status_code == 403
    assert program(scene, "cell_b1").get(f"{API}{CELL}").status_code == 404


def test_a_months_entry_is_put_right_and_what_stood_stays(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    who = scene.cast.people["member_a1"].ref
    path = f"members/{who}/dues/months/2023-03"
    sent = {"kind": "paid", "amount": 6_000, "paid_on": "2023-04-05"}
    made = post(client, path, sent)
    assert made.status_code == 201, made.content
    assert made.json()["now"]["amount"] == 6_000
    assert problem(post(client, path, sent | {"amount": 7_000}), 422)["field"] == "reason"
    right = post(client, path, sent | {"amount": 7_000, "reason": "Ghi nhầm"}).json()
    assert (right["now"]["amount"], [old["amount"] for old in right["before"]]) == (7_000, [6_000])
    gone = post(client, path, {"kind": "nothing", "reason": "Nhầm người"}).json()
    assert (gone["now"], gone["missed"]) == (None, False)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": "paid", "paid_on": "2023-04-05"}, "amount"),
        ({"kind": "paid", "amount": 5_000}, "paid_on"),
        ({"kind": "paid", "amount": 5_000, "paid_on": "2023-05-01"}, "paid_on"),
        ({"kind": "excused"}, "reason"),
        ({"kind": "nothing", "reason": "Nhầm"}, "kind"),
        ({"kind": "sometimes"}, "kind"),
    ],
)
def test_a_month_that_can_not_be_so_is_refused_at_its_field(sent: dict[str, Any], field: str, scene: Scene):
    path = f"members/{scene.cast.people['member_a1'].ref}/dues/months/2023-03"
    found = problem(post(program(scene, "cell_a1", may_write=True), path, sent), 422)
    assert found["field"] == field
    assert not Payment.objects.exists()


def test_a_month_that_no_calendar_has_is_not_there(scene: Scene):
    path = f"members/{scene.cast.people['member_a1'].ref}/dues/months/2023-14"
    answer = post(program(scene, "cell_a1", may_write=True), path, {"kind": "excused", "reason": "Ốm"})
    assert answer.status_code == 404


def test_a_category_asks_for_the_pay_it_counts_from_at_both_doors(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    path = f"members/{scene.cast.people['member_a1'].ref}/dues/bases"
    found = problem(post(client, path, {"category": "pension", "since": "2023-03"}), 422)
    assert (found["code"], found["field"]) == ("dues.no_base", "base")
    assert problem(post(client, path, {"category": "vua", "since": "2023-03"}), 422)["field"] == "category"
    made = post(client, path, {"category": "pension", "base": 4_500_000, "since": "2023-03"})
    assert made.status_code == 201, made.content
    assert made.json()["since"] == "2023-03"
    assert Basis.objects.get().base == 4_500_000


def test_a_relief_has_its_ground_and_its_months_in_order(scene: Scene):
    client = program(scene, "cell_a1", may_write=True)
    path = f"members/{scene.cast.people['member_a1'].ref}/dues/reliefs"
    sent = {"percent": 50, "since": "2023-03", "until": "2023-06", "ground": "Kho\u0301 kha\u0306n"}
    assert problem(post(client, path, sent | {"until": "2023-02"}), 422)["field"] == "until"
    assert problem(post(client, path, sent | {"ground": " "}), 422)["field"] == "ground"
    assert problem(post(client, path, sent | {"percent": 101}), 422)["field"] == "percent"
    made = post(client, path, sent)
    assert made.status_code == 201, made.content
    assert (made.json()["until"], made.json()["percent"]) == ("2023-06", 50)
    # Typed as letters and marks apart, kept composed, as a page's form keeps it.
    assert Relief.objects.get().ground == "Khó khăn"


def test_a_member_reads_their_own_year_and_anothers_reading_is_kept_in_the_trail(scene: Scene):
    who = scene.cast.people["member_a1"]
    cell = program(scene, "cell_a1", may_write=True)
    sent = {"paid_on": "2023-04-05", "payments": paid(scene, "member_a1")}
    assert post(cell, CELL, sent).status_code == 201
    before = Entry.objects.filter(action="person.read", data__part="dues").count()
    own = got(program(scene, "member_a1"), f"members/{who.ref}/dues?year=2023")
    assert next(one["month"] for one in own["months"]) == "2023-01"
    assert own["months"][2]["now"]["amount"] == 6_000
    assert own["now"]["why"]
    assert Entry.objects.filter(action="person.read", data__part="dues").count() == before
    assert got(cell, f"members/{who.ref}/dues") == own
    assert Entry.objects.filter(action="person.read", data__part="dues").count() == before + 1
    # The officer sees sums and no person's dues, here as on the page.
    assert program(scene, "officer").get(f"{API}members/{who.ref}/dues").status_code == 403


@pytest.mark.parametrize(
    ("actor", "path"),
    [
        ("cell_a1", f"{CELL}/sheet"),
        ("officer", "organisations/xa-a/dues"),
        ("officer", "organisations/xa-a/meetings"),
        ("officer", "organisations/xa-a/entrusted/cells"),
        ("officer", "organisations/xa-a-thon-dong/entrusted"),
        ("cell_a1", "organisations/xa-a-thon-dong/meetings/roll"),
    ],
)
def test_what_a_cell_records_is_read_in_few_questions(actor: str, path: str, scene: Scene):
    client = program(scene, actor)
    with CaptureQueriesContext(connection) as asked:
        got(client, path)
    assert sum(one["sql"].startswith("SELECT") for one in asked.captured_queries) <= 15

"""Lists and figures of a branch: as of a day, as known on one, and by pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from access.scene import Scene
from api.programs import API, problem, program
from tochuc.members import actions, ledger


def got(client: Client, path: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(API + path, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def joined(client: Client, path: str, size: int, **asked: Any) -> list[dict[str, Any]]:
    """All pages of a list, joined."""
    found: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = got(client, path, size=size, after=after, **asked)
        found += page["items"]
        after = page["next"]
    return found


def test_organisations_are_those_of_ones_branch_at_work_that_day(scene: Scene):
    client = program(scene, "secretary_b")
    codes = [one["code"] for one in joined(client, "organisations", 2)]
    assert codes == ["xa-b", "xa-b-khoi-ha", "xa-b-thon-thuong", "xa-b-tram-y-te"]
    assert "xa-b-tram-y-te" not in {
        one["code"] for one in got(client, "organisations", on="2021-06-30")["items"]
    }
    above = {one["code"]: one["above"] for one in got(client, "organisations", q="thuong")["items"]}
    assert above == {"xa-b-thon-thuong": "xa-b"}
    assert got(client, "organisations", q="binh lam")["items"][0]["above"] is None


def test_members_of_a_branch_are_as_many_as_its_headcount_on_any_day(scene: Scene):
    client = program(scene, "officer")
    for day in ("2021-12-31", "2022-08-09", "2022-08-10", "2023-04-20"):
        heads = got(client, "organisations/xa-a/headcount", on=day)
        members = joined(client, "organisations/xa-a/members", 3, on=day)
        assert len(members) == heads["total"] > 0
        assert len({one["ref"] for one in members}) == len(members)
        official = got(client, "organisations/xa-a/members", on=day, standing="official", size=200)["items"]
        assert len(official) == heads["official"]
    listed = got(client, "organisations/xa-a/members", standing="sympathiser")["items"]
    assert {one["full_name"] for one in listed} == {"Trần Văn Hậu", "Nguyễn Bồ Câu", "Nguyễn Chim Sẻ"}


def test_as_known_on_a_day_it_is_what_was_recorded_by_then(scene: Scene):
    client = program(scene, "officer")
    day = "2022-12-31"
    today = got(client, "organisations/xa-a/headcount", on=day)
    known = got(client, "organisations/xa-a/headcount", on=day, known_on="2023-04-20")
    assert known | {"known_on": None} == today
    assert joined(client, "organisations/xa-a/members", 3, on=day, known_on="2023-04-20") == joined(
        client, "organisations/xa-a/members", 200, on=day
    )
    early = got(client, "organisations/xa-a/headcount", on=day, known_on="2022-07-31")
    assert early["total"] != today["total"]
    members = joined(client, "organisations/xa-a/members", 3, on=day, known_on="2022-07-31")
    assert len(members) == early["total"]


def test_movements_are_those_behind_the_statement_a_page_at_a_time(scene: Scene):
    client = program(scene, "officer")
    first, last = date(2021, 1, 1), date(2023, 4, 20)
    whole = ledger.lines(scene.cast.commune_a, first, last)
    found = joined(client, "organisations/xa-a/movements", 2, first=str(first), last=str(last))
    assert len(found) > 5
    assert [(one["ref"], one["on"], one["reason"], one["side"]) for one in found] == [
        (line.person_ref, str(line.on), line.reason, line.side) for line in whole
    ]
    statement = got(client, "organisations/xa-a/statement", first=str(first), last=str(last))
    rows = {row["code"]: row["total"] for row in statement["rows"]}
    sides = [one["side"] for one in found]
    assert (sides.count("in"), sides.count("out")) == (rows["increase"], rows["decrease"])


def test_movements_as_known_on_a_day_are_those_behind_each_figure_then(scene: Scene):
    client = program(scene, "officer")
    asked = {"first": "2021-01-01", "last": "2023-04-20"}
    for known_on in ("2022-07-31", "2023-04-20", None):
        as_known = asked | ({"known_on": known_on} if known_on else {})
        for row in got(client, "organisations/xa-a/statement", **as_known)["rows"]:
            if row["part"] in {"head", "foot"}:
                continue
            of_row = as_known | ({} if row["sum"] else {"reason": row["code"]})
            of_row["side"] = {"increase": "in", "decrease": "out"}.get(row["part"], "shift")
            found = joined(client, "organisations/xa-a/movements", 2, **of_row)
            assert len(found) == row["total"] or row["part"] == "shift", row
            for standing in ("official", "probationary"):
                own = [one for one in found if one["standing"] == standing]
                assert len(own) == max(0, row[standing]), row
                assert own == joined(client, "organisations/xa-a/movements", 200, standing=standing, **of_row)
    now = joined(client, "organisations/xa-a/movements", 200, **asked)
    assert joined(client, "organisations/xa-a/movements", 200, known_on="2023-04-20", **asked) == now
    assert joined(client, "organisations/xa-a/movements", 200, known_on="2022-07-31", **asked) != now


def test_rows_that_come_while_one_turns_the_pages_are_neither_skipped_nor_given_twice(scene: Scene):
    cast, client = scene.cast, program(scene, "officer")
    page = got(client, "organisations/xa-a/members", size=3)
    gone = cast.people[next(k for k, p in cast.people.items() if p.ref == page["items"][0]["ref"])]
    rest = joined(client, "organisations/xa-a/members", 200)[3:]
    actions.append(gone, "died", on=date(2023, 4, 19), by=cast.actor(), today=cast.today)
    after = got(client, "organisations/xa-a/members", size=200, after=page["next"])["items"]
    assert after == rest


def test_days_that_can_not_be_are_refused(scene: Scene):
    client = program(scene, "officer")
    for path, asked, field in (
        ("members", {"on": "hôm nay"}, "on"),
        ("members", {"standing": "exempt"}, "standing"),
        ("members", {"size": 0}, "size"),
        ("members", {"size": 201}, "size"),
        ("movements", {"first": "2023-02-01", "last": "2023-01-01"}, "first"),
        ("movements", {"after": "x"}, "after"),
        ("movements", {"after": "x", "known_on": "2023-01-01"}, "after"),
        ("movements", {"known_on": "31/12/2022"}, "known_on"),
        ("movements", {"side": "up"}, "side"),
        ("movements", {"reason": "kết nạp"}, "reason"),
        ("movements", {"standing": "sympathiser"}, "standing"),
        ("headcount", {"known_on": "x"}, "known_on"),
    ):
        answer = client.get(f"{API}organisations/xa-a/{path}", asked)
        assert problem(answer, 422)["field"] == field, path


def test_a_page_of_two_hundred_asks_no_more_questions_than_one_of_two(
    scene: Scene, django_assert_max_num_queries: Any
):
    client = program(scene, "officer")
    client.get(f"{API}organisations/huyen/members", {"size": 2})
    for size in (2, 200):
        with django_assert_max_num_queries(9):
            got(client, "organisations/huyen/members", size=size)

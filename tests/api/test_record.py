"""A record through the API: fields on a day and as known then, writing them, the identity number, closing a plan."""

from __future__ import annotations

from typing import Any

from django.test import Client

from access.scene import Scene
from api.programs import API, problem, program
from cast import TODAY
from tochuc.audit.models import Entry
from tochuc.members import identity, keeping
from tochuc.members.models import Person


def post(client: Client, path: str, sent: Any, **headers: str) -> Any:
    return client.post(API + path, sent, content_type="application/json", headers=headers or None)


def _path(scene: Scene) -> str:
    return f"members/{scene.cast.people['member_a1'].ref}"


def _fields(answer: Any) -> dict[str, str]:
    return {one["code"]: one["value"] for one in answer.json()["fields"]}


def test_a_field_is_written_and_read_on_the_day_and_as_known_before(scene: Scene):
    client = program(scene, "officer", may_write=True)
    path = f"{_path(scene)}/record"
    sent = {"values": {"occupation": "Giáo viên"}, "ground": "Lý lịch", "since": "2023-04-10"}
    done = post(client, path, sent)
    assert done.json()["changed"] == ["occupation"], done.content
    assert _fields(client.get(API + path))["occupation"] == "Giáo viên"
    assert _fields(client.get(API + path, {"on": "2023-04-09"}))["occupation"] == ""
    assert _fields(client.get(API + path, {"known_on": "2023-04-19"}))["occupation"] == ""
    assert Entry.objects.filter(action="person.read", data__part="record").exists()


def test_private_fields_are_apart_and_noted(scene: Scene):
    client = program(scene, "officer")
    open_, closed = (client.get(f"{API}{_path(scene)}/record{tail}") for tail in ("", "/private"))
    assert not set(_fields(open_)) & set(_fields(closed))
    assert "health" in _fields(closed)
    assert Entry.objects.filter(action="person.read", data__part="private").exists()


def test_what_is_no_field_or_can_not_be_is_refused_and_nothing_written(scene: Scene):
    client = program(scene, "officer", may_write=True)
    path = f"{_path(scene)}/record"
    for values in ({"la": "x"}, {"national_id": "049175000123"}, {"full_name": ""}, {"birth": "31/02/1960"}):
        answer = post(client, path, {"values": values, "ground": "Lý lịch"})
        assert answer.status_code == 422, (values, answer.content)
    assert Person.objects.get(pk=scene.cast.people["member_a1"].pk).full_name == "Bùi Thị Lan"
    stale = post(client, path, {"values": {"phone": "0905"}, "ground": "x"}, **{"If-Match": '"khac"'})
    assert stale.status_code == 412


def test_the_identity_number_is_shown_only_with_the_right_and_each_showing_is_kept(scene: Scene):
    person = scene.cast.people["member_a1"]
    identity.set_national_id(person, "049188000123", by=scene.cast.actor())
    path = f"{API}{_path(scene)}/identity"
    before = Entry.objects.filter(action="identity.read").count()
    officer, writer = program(scene, "officer"), program(scene, "officer", may_write=True)
    assert officer.get(path).json()["national_id"] == "049188000123"
    assert Entry.objects.filter(action="identity.read").count() == before + 1
    assert program(scene, "cell_a1").get(path).status_code == 403
    assert program(scene, "secretary_b").get(path).status_code == 404
    for other in ("", "/record", "/record/private", "/timeline"):
        body = officer.get(f"{API}{_path(scene)}{other}").content.decode()
        assert "049188000123" not in body, other
    written = post(writer, f"{_path(scene)}/identity", {"national_id": "049188000999"})
    assert written.json()["changed"] == ["national_id"]
    assert post(writer, f"{_path(scene)}/identity", {"national_id": "12"}).status_code == 422


def test_a_reorganisation_is_closed_once_and_then_undone_no_more(scene: Scene):
    client = program(scene, "officer", may_write=True)
    ref = scene.things["a1"].reorganisation.ref
    assert post(client, f"reorganisations/{ref}/close", {}).json()["state"] == "closed"
    assert problem(post(client, f"reorganisations/{ref}/close", {}), 422)["code"] == "settled"
    assert problem(post(client, f"reorganisations/{ref}/undo", {"reason": "x"}), 422)["code"] == "settled"


def test_a_row_of_a_table_changes_the_version_too(scene: Scene):
    client = program(scene, "officer", may_write=True)
    person = scene.cast.people["member_a1"]
    path = f"{API}{_path(scene)}/record"
    before = client.get(path)["ETag"]
    keeping.keep_row(person, "work", {"what": "Giáo viên"}, by=scene.cast.actor(), today=TODAY)
    assert client.get(path)["ETag"] != before

"""Spreadsheets through the API: a dry run that keeps nothing, the import as one change set, and undoing it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from access.scene import Scene
from access.sent import LIST
from api.programs import API, problem, program
from tochuc.changes.models import ChangeSet
from tochuc.documents.models import StoredFile
from tochuc.members.models import Person

PATH = f"{API}organisations/xa-a-thon-dong/imports"
BAD = "Họ và tên,Ngày sinh,Giới tính,Ngày vào Đảng\nHoàng Thị Thử,31/02/1990,Nữ,19/05/2015\n"


def send(client: Client, path: str, text: str = LIST, **more: Any) -> Any:
    sent = {"file": SimpleUploadedFile("danh-sach.csv", text.encode())} | more.pop("given", {})
    return client.post(path, sent, **more)


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(scene: Scene):
    files, people = StoredFile.objects.count(), Person.objects.count()
    answer = send(program(scene, "secretary_a"), f"{PATH}/rehearsal", given={"as_of": "2023-04-01"})
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["counts"] == {"create": 1}
    assert {one["field"] for one in found["sheets"][0]["columns"]} >= {"full_name", "birth", "admitted_on"}
    assert (StoredFile.objects.count(), Person.objects.count()) == (files, people)


def test_what_keeps_a_row_out_is_told_by_cell(scene: Scene):
    found = send(program(scene, "secretary_a"), f"{PATH}/rehearsal", BAD).json()
    (row,) = found["refused"]
    assert (row["row"], row["full_name"]) == (2, "Hoàng Thị Thử")
    assert {(one["field"], one["column"]) for one in row["findings"]} == {("birth", "B")}


def test_an_import_is_one_change_set_that_can_be_undone(scene: Scene):
    client = program(scene, "secretary_a", may_write=True)
    done = send(client, PATH)
    assert done.status_code == 201, done.content
    ref = done.json()["changeset"]
    listed = client.get(f"{API}changesets").json()["items"]
    assert listed[0]["ref"] == ref
    assert listed[0]["summary"]["create"] == 1
    (change,) = client.get(f"{API}changesets/{ref}/changes").json()["items"]
    assert (change["full_name"], change["what"], change["conflicts"]) == ("Hoàng Thị Thử", "created", [])
    sent = {"reason": "Nhập nhầm tệp."}
    undone = client.post(f"{API}changesets/{ref}/undo", sent, content_type="application/json")
    assert undone.json() == {"people": 1, "kept": []}
    again = client.post(f"{API}changesets/{ref}/undo", sent, content_type="application/json")
    assert problem(again, 422)["code"] == "already_undone"
    assert client.get(f"{API}changesets/{ref}").json()["state"] == "undone"


def test_a_file_sent_again_with_its_key_is_answered_as_the_first_time(scene: Scene):
    client = program(scene, "secretary_a", may_write=True)
    before = ChangeSet.objects.count()
    key = {"Idempotency-Key": "nhap-1"}
    first, second = (send(client, PATH, headers=key) for _ in range(2))
    assert (first.status_code, second["Idempotent-Replayed"]) == (201, "true")
    # The boundary between the parts of a form is new each time; the file and the fields are the same.
    assert first.content == second.content
    assert ChangeSet.objects.count() == before + 1
    assert problem(send(client, PATH, BAD, headers=key), 422)["code"] == "key_reused"


def test_what_is_no_list_is_refused(scene: Scene):
    client = program(scene, "secretary_a", may_write=True)
    for path in (PATH, f"{PATH}/rehearsal"):
        assert problem(send(client, path, "\x00\x01"), 422)["field"] == "file"
        assert problem(client.post(path, {}), 422)["field"] == "file"
        assert problem(send(client, path, given={"as_of": "2024-01-01"}), 422)["field"] == "as_of"
        assert problem(send(client, path, given={"as_of": "x"}), 422)["field"] == "as_of"
        assert client.post(path, "{}", content_type="application/json").status_code in {400, 422}


def test_change_sets_come_by_pages_newest_first(scene: Scene):
    client = program(scene, "officer")
    whole = client.get(f"{API}changesets").json()["items"]
    assert len(whole) > 2
    found, after = [], ""
    while after is not None:
        page = client.get(f"{API}changesets", {"size": 1, "after": after}).json()
        found += page["items"]
        after = page["next"]
    assert found == whole


def test_a_form_that_can_not_be_taken_apart_is_refused_and_not_a_failure(scene: Scene):
    client = program(scene, "secretary_a", may_write=True)
    for boundary in ("", "; boundary=x\x01"):
        answer = client.generic("POST", PATH, b"--x", content_type=f"multipart/form-data{boundary}")
        assert problem(answer, 400)["code"] == "unreadable", answer.content


def test_a_body_larger_than_anything_taken_in_is_refused_as_programs_hear_it(scene: Scene):
    answer = program(scene, "secretary_a", may_write=True).post(PATH, {}, CONTENT_LENGTH="99999999999")
    assert problem(answer, 413)["code"] == "too_large"

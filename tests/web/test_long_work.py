"""Work that takes seconds is done beside the pages: shown, carried out, undone, stopped; refused with the way to mend it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from cast import TODAY, Cast
from lists.test_bulk import RESIDENCE, path, two
from reorganise.everything import standing, written
from reorganise.plans import merge, plan
from tochuc.changes.models import ChangeSet
from tochuc.jobs.models import DONE, FAILED, Job
from tochuc.jobs.progress import Stopped
from tochuc.jobs.work import work_once
from tochuc.members import actions as members
from tochuc.members.models import Person
from tochuc.org import queries as org
from tochuc.reorganise import actions
from tochuc.reorganise.models import Draft, Reorganisation
from web.browsing import entered, filled, own_folders, words  # noqa: F401
from web.test_plan_pages import DECISION, begun, send

pytestmark = pytest.mark.usefixtures("own_folders")
MERGE = {"of": ["xa-b-tram-y-te"], "into": ["xa-b-khoi-ha"]}


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("reorganise", "changes", "reconcile"):
        monkeypatch.setattr(f"tochuc.web.{module}.jobs.LARGE", 0)
    monkeypatch.setattr("tochuc.web.members.bulk_jobs.LARGE", 1)


def _worked(client: Client, answer: HttpResponse) -> HttpResponse:
    """The work that a page asked for, done; its page, or what it leads to."""
    assert answer["Location"].startswith("/cong-viec/"), words(answer)
    assert "Đang chờ" in words(client.get(answer["Location"]))
    assert work_once()
    return client.get(answer["Location"], follow=True)


def _looked_at(client: Client) -> tuple[str, HttpResponse]:
    where = begun(client)
    send(client, f"{where}them/sap-nhap/", **MERGE)
    return where, _worked(client, client.post(f"{where}xem-truoc/", {"look": "1"}))


def test_a_large_plan_is_looked_at_carried_out_and_undone_beside_the_pages(cast: Cast) -> None:
    client, before = entered(cast.secretary_b), standing()
    where, shown = _looked_at(client)
    assert "Không ai bị bỏ sót" in words(shown)
    assert "Vũ Thị Hạnh" in words(shown)
    assert "Xem lúc" in words(shown)
    asked = client.post(f"{where}xem-truoc/", filled(shown, **DECISION))
    assert standing() == before

    page = words(_worked(client, asked))
    assert "Đã thực hiện phương án «Sắp xếp thử», có hiệu lực từ ngày 01/03/2023" in page
    assert "còn hủy được" in page
    made = Reorganisation.objects.get()
    assert not org.by_code("xa-b-tram-y-te").exists_on(TODAY)
    assert not Job.objects.get(kind="plan.look").answer

    undo = f"/sap-xep/{made.ref}/huy/"
    page = words(_worked(client, send(client, undo, reason="Quyết định bị thu hồi")))
    assert "Tổ chức và đảng viên trở lại như trước" in page
    assert standing() == before
    assert "Lý do: Quyết định bị thu hồi" in words(client.get(f"/sap-xep/{made.ref}/"))
    assert "Lý do: Quyết định bị thu hồi" in words(client.get("/to-chuc/xa-b-khoi-ha/lich-su/"))


def test_a_plan_whose_ground_changed_since_it_was_shown_is_not_carried_out(cast: Cast) -> None:
    client = entered(cast.secretary_b)
    where, shown = _looked_at(client)
    members.append(cast.people["nurse_b3"], "died", on=date(2023, 2, 1), by=cast.actor(), today=TODAY)
    before = written()
    page = words(_worked(client, client.post(f"{where}xem-truoc/", filled(shown, **DECISION))))
    assert "Chưa làm được, chưa ghi gì" in page
    assert "Từ lúc xem trước đến nay sổ đã có thay đổi" in page
    assert "Hãy xem trước lại phương án" in page
    assert written() == before

    again = _worked(client, client.post(f"{where}xem-truoc/", {"look": "1"}))
    assert "Vũ Thị Hạnh" not in words(again)
    assert "Đã thực hiện" in words(
        _worked(client, client.post(f"{where}xem-truoc/", filled(again, **DECISION)))
    )


def test_what_is_soon_seen_to_be_impossible_is_refused_without_waiting(cast: Cast) -> None:
    client = entered(cast.secretary_b)
    where = begun(client)
    send(client, f"{where}them/giai-the/", of=["xa-b-khoi-ha"])
    send(client, f"{where}them/giai-the/", of=["xa-b-tram-y-te"])
    page = words(client.post(f"{where}xem-truoc/", {"look": "1"}))
    assert page.count("hãy nêu nơi chuyển đến") == 2
    assert not Job.objects.exists()


def test_what_is_refused_says_each_reason_and_leads_back_to_where_it_is_mended(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = entered(cast.secretary_b)
    where = begun(client)
    send(client, f"{where}them/giai-the/", of=["xa-b-khoi-ha"])
    send(client, f"{where}them/giai-the/", of=["xa-b-tram-y-te"])
    monkeypatch.setattr(actions, "check", lambda _plan: None)
    answer = _worked(client, client.post(f"{where}xem-truoc/", {"look": "1"}))
    job = Job.objects.get()
    assert (job.state, len(job.error.splitlines())) == (FAILED, 2)
    assert words(answer).count("hãy nêu nơi chuyển đến") == 2
    assert f'href="{where}"' in answer.content.decode()
    # Its page offers to look again, with the same reasons.
    assert words(client.get(f"{where}xem-truoc/")).count("hãy nêu nơi chuyển đến") == 2


def test_a_decision_after_the_day_is_refused_at_once_and_what_was_typed_stays(cast: Cast) -> None:
    client = entered(cast.secretary_b)
    where, shown = _looked_at(client)
    late = DECISION | {"decision_on": "2/3/2023"}
    page = client.post(f"{where}xem-truoc/", filled(shown, **late))
    assert "không thể sau ngày có hiệu lực" in words(page)
    assert 'value="12-QĐ/HU"' in page.content.decode()
    assert not Job.objects.filter(kind="plan.carry_out").exists()


def test_what_stands_against_undoing_is_listed_thing_by_thing(cast: Cast) -> None:
    client = entered(cast.secretary_b)
    where = begun(client)
    founded = {"name": "Chi bộ khối Mới", "short_name": "Khối Mới", "kind": "cell", "under": ["xa-b"]}
    send(client, f"{where}them/thanh-lap/", **founded)
    new = Draft.objects.get().said["operations"][0]["code"]
    send(client, f"{where}them/sap-nhap/", of=["xa-b-tram-y-te"], into=[new])
    shown = _worked(client, client.post(f"{where}xem-truoc/", {"look": "1"}))
    _worked(client, client.post(f"{where}xem-truoc/", filled(shown, **DECISION)))
    for key in ("member_b2", "probation_b1"):
        members.transfer(
            cast.people[key], to=org.by_code(new), on=date(2023, 4, 1), by=cast.actor(), today=TODAY
        )
    undo = f"/sap-xep/{Reorganisation.objects.get().ref}/huy/"
    answer = _worked(client, send(client, undo, reason="Nhầm"))
    lines = Job.objects.get(kind="reorganisation.undo").error.splitlines()
    assert "hãy đính chính từng việc rồi hủy lại" in lines[0]
    assert len(lines) == 3
    assert all(line in words(answer) for line in lines)
    assert f'href="{undo}"' in answer.content.decode()


def test_a_plan_dropped_or_carried_out_meanwhile_says_so(cast: Cast) -> None:
    client = entered(cast.secretary_b)
    where, shown = _looked_at(client)
    asked = client.post(f"{where}xem-truoc/", filled(shown, **DECISION))
    Draft.objects.all().delete()
    assert "đã bỏ, hoặc không còn trong phạm vi" in words(_worked(client, asked))
    assert not Reorganisation.objects.exists()


def test_stopped_at_any_step_it_leaves_nothing(cast: Cast) -> None:
    asked = plan(merge(["xa-b-tram-y-te"], "xa-b-khoi-ha"))
    steps: list[str] = []
    at = {"by": cast.actor(), "today": TODAY}

    def act(tell: Any, made: Reorganisation | None = None) -> None:
        with transaction.atomic():
            if made is None:
                actions.apply(asked, tell=tell, **at)
            else:
                actions.undo(made, tell=tell, **at)

    def stopping(n: int) -> Any:
        left = iter(range(n))

        def tell(words: str, done: int, total: int) -> None:
            if next(left, None) is None:
                raise Stopped
            steps.append(words)

        return tell

    def stop_everywhere(made: Reorganisation | None) -> int:
        before, rows, n = standing(), written(), 0
        while True:
            try:
                act(stopping(n), made)
            except Stopped:
                assert (standing(), written()) == (before, rows)
                n += 1
            else:
                return n

    assert stop_everywhere(None) >= 5
    assert stop_everywhere(Reorganisation.objects.get()) >= 3
    assert {"bước: đang ghi tổ chức", "người: đang ghi vào sổ", "bước: đang trả lại tổ chức"} <= set(steps)


def test_many_people_are_changed_and_it_is_undone_beside_the_pages(cast: Cast) -> None:
    one, other = two(cast)
    client, where = entered(cast.secretary_a), path("ho-so", one, other)
    shown = _worked(client, client.post(where, RESIDENCE))
    assert "2 người thay đổi" in words(shown)
    assert not ChangeSet.objects.exists()
    here = shown.redirect_chain[-1][0]  # type: ignore[attr-defined]
    assert words(entered(cast.officer).get(here)).count("Trước và sau") == 0
    Person.objects.filter(pk=one.pk).update(residence="xã mới ghi")
    page = words(_worked(client, client.post(here, filled(shown, step="confirm"))))
    assert "hồ sơ của những người được chọn đã thay đổi; xin xem lại" in page

    back = client.post(here, filled(client.get(here), step="back"))
    assert 'value="xã Nam An"' in back.content.decode()
    again = _worked(client, client.post(here, filled(back)))
    page = words(
        _worked(client, client.post(again.redirect_chain[-1][0], filled(again, step="confirm")))  # type: ignore[attr-defined]
    )
    assert "Đã ghi: Ghi mục nơi cư trú: xã Nam An, 2 người" in page
    assert {p.residence for p in Person.objects.filter(pk__in=[one.pk, other.pk])} == {"xã Nam An"}

    undo = f"/thay-doi/{ChangeSet.objects.get().ref}/hoan-tac/"
    assert "Việc này chạm tới nhiều hồ sơ" in words(client.get(undo))
    Person.objects.filter(pk=other.pk).update(residence="xã khác")
    looked = _worked(client, client.post(undo, {"look": "1"}))
    assert "Giữ nguyên: 1 người" in words(looked)
    page = words(_worked(client, client.post(undo, filled(looked, reason="Ghi nhầm"))))
    assert "Đã hoàn tác 1 hồ sơ. 1 hồ sơ giữ nguyên" in page
    one.refresh_from_db()
    assert one.residence == "xã mới ghi"
    assert Job.objects.filter(kind="changeset.undo", state=DONE).count() == 1


def test_a_page_of_work_refreshes_itself_without_a_script(cast: Cast) -> None:
    client = entered(cast.secretary_b)
    where = begun(client)
    send(client, f"{where}them/sap-nhap/", **MERGE)
    answer = client.post(f"{where}xem-truoc/", {"look": "1"})
    refreshes = '<noscript><meta http-equiv="refresh"'
    assert refreshes in client.get(answer["Location"]).content.decode()
    assert client.get(f"{where}xem-truoc/")["Location"] == answer["Location"]
    work_once()
    assert refreshes not in client.get(answer["Location"], follow=True).content.decode()

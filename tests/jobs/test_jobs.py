"""Long work: done whole or not at all, its progress seen from outside, stopped when asked, taken up again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction

from cast import Cast
from tochuc.jobs import queue, work
from tochuc.jobs.models import DONE, FAILED, RUNNING, STOPPED, WAITING, Job
from tochuc.jobs.progress import Teller
from tochuc.jobs.work import Answer, CannotBeDone
from tochuc.members.models import Person
from web.browsing import address, entered, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Job, Teller], Answer]], None]:
    """Let jobs of kind "test" be done by a function."""
    return lambda handler: monkeypatch.setitem(work._HANDLERS, "test", handler)


@pytest.fixture
def asked(cast: Cast) -> Job:
    return queue.ask("test", "Việc thử", organisation=cast.commune_a, account=cast.officer, asked={"n": 1})


def _again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_work_is_done_once_and_says_where_what_came_of_it_is_seen(asked: Job, handled: Any):
    handled(lambda job, _tell: Answer("/ket-qua/", {"rows": job.asked["n"]}))
    assert work.work_once()
    job = _again(asked)
    assert (job.state, job.url, job.answer) == (DONE, "/ket-qua/", {"rows": 1})
    assert not work.work_once()


def test_the_same_work_still_waiting_is_not_asked_for_twice(cast: Cast, asked: Job):
    given = {"organisation": cast.commune_a, "asked": {"n": 1}}
    assert queue.ask("test", "Việc thử", account=cast.officer, **given) == asked
    assert queue.ask("test", "Việc thử", account=cast.secretary_a, **given) != asked


@pytest.mark.parametrize(
    ("failure", "said"),
    [(CannotBeDone("Tệp không còn nữa."), "Tệp không còn nữa."), (KeyError("x"), "Số lỗi để báo hỗ trợ")],
)
def test_work_that_fails_leaves_nothing_and_says_why(asked: Job, handled: Any, failure: Any, said: str):
    before = Person.objects.count()

    def half(job: Job, tell: Teller) -> Answer:
        Person.objects.filter(pk=Person.objects.values("pk")[:1]).update(hometown="Nửa chừng")
        raise failure

    handled(half)
    work.work_once()
    job = _again(asked)
    assert job.state == FAILED
    assert said in job.error
    assert "KeyError" not in job.error
    assert not Person.objects.filter(hometown="Nửa chừng").exists()
    assert Person.objects.count() == before


def test_waiting_work_is_stopped_at_once_and_never_begun(asked: Job, handled: Any):
    handled(lambda _job, _tell: pytest.fail("begun"))
    queue.stop(asked)
    assert _again(asked).state == STOPPED
    assert not work.work_once()


def test_what_a_dead_worker_left_running_is_taken_up_again_once(asked: Job):
    Job.objects.filter(pk=asked.pk).update(state=RUNNING, attempts=1, words="Đang ghi dòng")
    assert work.become_worker()
    assert (_again(asked).state, _again(asked).words) == (WAITING, "Đang chờ đến lượt")
    Job.objects.filter(pk=asked.pk).update(state=RUNNING, attempts=2)
    work.become_worker()
    assert _again(asked).state == FAILED


def _elsewhere(act: Callable[[], Any]) -> Any:
    """The answer of something done on a connection of its own, which keeps what it writes."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(act())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def test_progress_is_seen_from_outside_and_a_stop_undoes_what_was_done(cast: Cast, handled: Any):
    seen: list[tuple[str, int, int]] = []

    def steps(job: Job, tell: Teller) -> Answer:
        Person.objects.filter(pk=cast.people["other_a1"].pk).update(hometown="Nửa chừng")
        tell("Đang ghi dòng", 4200, 12000)
        seen.append(_elsewhere(lambda: Job.objects.values_list("words", "done", "total").get(pk=job.pk)))
        _elsewhere(lambda: queue.stop(job))
        tell("Đang ghi dòng", 5000, 12000)
        return Answer("/khong-toi-day/")

    handled(steps)
    given = {"organisation": cast.commune_a, "account": cast.officer, "asked": {}}
    job = _elsewhere(lambda: queue.ask("test", "Việc thật", **given))
    try:
        _elsewhere(work.work_once)
        ended = _elsewhere(lambda: _again(job))
        home = _elsewhere(lambda: Person.objects.get(pk=cast.people["other_a1"].pk).hometown)
    finally:
        _elsewhere(lambda: Job.objects.filter(pk=job.pk).delete())
    assert seen == [("Đang ghi dòng", 4200, 12000)]
    assert (ended.state, ended.url) == (STOPPED, "")
    assert home != "Nửa chừng"


def test_work_that_reads_as_of_one_moment_tells_how_far_it_is_and_ends(
    cast: Cast, handled: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(work, "_BY_THEMSELVES", {"test"})

    def steps(job: Job, tell: Teller) -> Answer:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT words FROM jobs_job WHERE id = %s", [job.pk])
            tell("Đang ghi bảng", 1, 2)
        return Answer("/xong/")

    handled(steps)
    given = {"organisation": cast.commune_a, "account": cast.officer, "asked": {}}
    job = _elsewhere(lambda: queue.ask("test", "Việc đọc", **given))
    try:
        _elsewhere(work.work_once)
        assert _elsewhere(lambda: _again(job).state) == DONE
    finally:
        _elsewhere(lambda: Job.objects.filter(pk=job.pk).delete())


def test_the_page_shows_how_far_it_is_and_stops_it(cast: Cast, asked: Job):
    Job.objects.filter(pk=asked.pk).update(state=RUNNING, words="Đang kiểm tra dòng", done=4200, total=12000)
    officer = entered(cast.officer)
    page = officer.get(address("job", asked.ref))
    assert "4.200/12.000 Đang kiểm tra dòng" in words(page)
    assert "Việc thử" in words(officer.get(address("jobs")))
    officer.post(address("job", asked.ref), filled(page))
    assert _again(asked).stop_asked
    assert "Đang dừng" in words(officer.get(address("job", asked.ref)))
    Job.objects.filter(pk=asked.pk).update(state="done", stop_asked=False)
    late = officer.post(address("job", asked.ref), {}, follow=True)
    assert "đã kết thúc nên không dừng được nữa" in words(late)
    assert not _again(asked).stop_asked


def test_nobody_sees_the_work_of_another(cast: Cast, asked: Job):
    other = entered(cast.secretary_a)
    assert other.get(address("job", asked.ref)).status_code == 404
    assert "Việc thử" not in words(other.get(address("jobs")))


def test_the_list_of_work_names_the_day_in_vietnam(cast: Cast, asked: Job):
    Job.objects.update(made_at=datetime(2023, 4, 19, 18, tzinfo=UTC))

    assert "20/04/2023" in words(entered(cast.officer).get("/cong-viec/"))

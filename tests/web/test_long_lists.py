"""A long list of members as a workbook: made as a job with its progress, fetched from its page by whoever asked only."""

from __future__ import annotations

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cast import Cast
from tochuc.audit.models import Entry
from tochuc.jobs.models import Job
from tochuc.jobs.work import work_once
from tochuc.members.models import Membership
from tochuc.web.members import list_sheets
from web.browsing import address, entered, own_folders, shown, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]


@pytest.fixture(autouse=True)
def long_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of more than three is long here, and tells how far it is at each row."""
    monkeypatch.setattr(list_sheets, "_MOST_AT_ONCE", 3)
    monkeypatch.setattr(list_sheets, "_TELLS", 1)


def _book(answer: Any) -> list[list[Any]]:
    raw = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()


def test_a_long_list_is_made_beside_the_page_and_fetched_from_it(cast: Cast) -> None:
    officer = entered(cast.secretary_a)
    asked = officer.get(address("organisation_members_sheet", "xa-a") + "?gioi=male")
    waiting = officer.get(asked.url)
    assert "Tải tệp" not in words(waiting)

    work_once()

    done = officer.get(asked.url)
    (link,) = shown(done).xpath("//a[text()='Tải tệp']/@href")
    rows = _book(officer.get(link))
    men = Membership.objects.filter(
        organisation__in=[cast.a1, cast.a2, cast.a3], until__year=9999, person__gender="male"
    ).exclude(standing="sympathiser")
    names = {row.person.full_name for row in men.select_related("person")}
    assert len(names) > 3
    assert {str(cell) for row in rows for cell in row} >= names
    noted = Entry.objects.get(action="list.downloaded")
    assert noted.data["rows"] == len(names)


def test_the_same_list_asked_for_again_is_the_one_that_was_made(cast: Cast) -> None:
    officer, url = entered(cast.secretary_a), address("organisation_members_sheet", "xa-a")
    first = officer.get(url).url
    work_once()

    assert officer.get(url).url == first
    assert officer.get(f"{url}?gioi=male").url != first


def test_nobody_but_the_one_who_asked_fetches_it(cast: Cast) -> None:
    entered(cast.secretary_a).get(address("organisation_members_sheet", "xa-a"))
    work_once()
    url = address("members_workbook", Job.objects.get().ref)

    assert entered(cast.secretary_a).get(url).status_code == 200
    assert entered(cast.secretary_b).get(url).status_code == 404
    cast.secretary_a.assignments.update(organisation=cast.commune_b)
    assert entered(cast.secretary_a).get(url).url == address("organisation_members", "xa-a")


def test_one_who_lost_the_right_meanwhile_gets_no_list(cast: Cast) -> None:
    entered(cast.secretary_a).get(address("organisation_members_sheet", "xa-a"))
    cast.secretary_a.assignments.all().delete()

    work_once()

    job = Job.objects.get()
    assert job.state == "failed"
    assert "không còn quyền" in job.error

"""Taking a branch away as one .zip: asked for on its page, made beside it, fetched by whoever asked only."""

from __future__ import annotations

import io
import zipfile

import pytest

from cast import Cast
from tochuc.audit.models import Entry
from tochuc.jobs.models import Job
from tochuc.jobs.work import work_once
from web.browsing import address, entered, filled, own_folders, words  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]


def test_an_officer_takes_a_branch_away_as_open_files(cast: Cast):
    officer = entered(cast.officer)
    url = address("branch_export", "xa-a")
    sent = officer.post(url, filled(officer.get(url)))
    work_once()
    page = officer.get(sent.url, follow=True)
    assert "Bản xuất đã sẵn sàng" in words(page)
    raw = b"".join(officer.get(address("branch_zip", Job.objects.get().ref)).streaming_content)
    names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    assert "xa-a/datapackage.json" in names
    assert "xa-a/members.MemberEvent.csv" in names
    assert Entry.objects.filter(action="branch.exported", object_key="xa-a").exists()


def test_nobody_but_the_one_who_asked_fetches_it(cast: Cast):
    officer = entered(cast.officer)
    url = address("branch_export", "xa-a")
    officer.post(url, filled(officer.get(url)))
    work_once()
    zip_url = address("branch_zip", Job.objects.get().ref)
    assert entered(cast.secretary_a).get(zip_url).status_code == 404
    assert entered(cast.secretary_a).get(url).status_code == 403


def test_an_export_that_was_thrown_away_leads_back_to_asking_for_it(cast: Cast):
    officer = entered(cast.officer)
    url = address("branch_export", "xa-a")
    officer.post(url, filled(officer.get(url)))
    assert officer.get(address("branch_zip", Job.objects.get().ref)).url == url


def test_one_who_may_export_the_branch_no_longer_fetches_nothing(cast: Cast):
    officer = entered(cast.officer)
    url = address("branch_export", "xa-a")
    officer.post(url, filled(officer.get(url)))
    work_once()
    cast.officer.assignments.update(organisation=cast.other_district)
    answer = officer.get(address("branch_zip", Job.objects.get().ref))
    assert (answer.status_code, answer.url) == (302, url)

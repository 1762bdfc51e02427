"""Files in the store: what was left half written is mended, what was made for somebody is thrown away in time."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from cast import Cast
from tochuc.access.clock import now
from tochuc.access.models import KeptAnswer
from tochuc.documents import files
from tochuc.exchange import kept
from web.browsing import own_folders  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")


def test_bytes_that_a_program_left_half_written_are_written_anew(cast: Cast) -> None:
    said = {"name": "a.txt", "content_type": "text/plain", "organisation": cast.a1, "by": cast.actor()}
    first = files.store(raw=b"whole", **said)
    default_storage.delete(first.path)
    default_storage.save(first.path, ContentFile(b"wh"))

    assert files.read(files.store(raw=b"whole", **said)) == b"whole"


def test_the_worker_throws_away_what_was_kept_long_enough(cast: Cast) -> None:
    for name in ("old.zip", "new.zip"):
        kept.keep(name, BytesIO(b"x"))
    long_ago = (now() - timedelta(days=kept.DAYS_KEPT, hours=1)).timestamp()
    os.utime(default_storage.path("exports/old.zip"), (long_ago, long_ago))
    today = now().timestamp()
    os.utime(default_storage.path("exports/new.zip"), (today, today))

    for key, hours in (("old", -1), ("new", 1)):
        KeptAnswer.objects.create(
            account=cast.officer, key=key, asked="", expires_at=now() + timedelta(hours=hours)
        )
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(hours=hours)
        )

    call_command("work", "--once")

    assert [one.key for one in KeptAnswer.objects.all()] == ["new"]
    assert [one.session_key for one in Session.objects.all()] == ["new"]
    assert (kept.is_kept("old.zip"), kept.is_kept("new.zip")) == (False, True)

"""``tochuc work``: do the long work that the pages ask for; ``tochuc serve`` starts one of these itself."""

from __future__ import annotations

import os
import time
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from tochuc.access import answers, submissions
from tochuc.access.clock import now
from tochuc.exchange import kept
from tochuc.jobs.work import become_worker, work_once
from tochuc.web import registry

_PAUSE = 1.0
"""Seconds between two looks at an empty queue."""
_HOUR = 3600.0
"""Seconds between two looks at what was kept long enough."""


class Command(BaseCommand):
    help = "Làm các công việc dài mà các trang giao: kiểm tra và ghi danh sách lớn, xuất dữ liệu."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *args: Any, **options: Any) -> None:
        registry.load()
        parent = os.getppid()
        while not become_worker():
            if options["once"] or os.getppid() != parent:
                return
            time.sleep(_PAUSE)
        # A server that was killed can't end its worker: the worker sees it gone.
        swept = -_HOUR
        while os.getppid() == parent:
            if work_once():
                continue
            if time.monotonic() - swept >= _HOUR:
                _forget_old()
                swept = time.monotonic()
            if options["once"]:
                return
            time.sleep(_PAUSE)


def _forget_old() -> None:
    """Throw away what is kept for a time only: files made for somebody, answers, forms sent, sessions that ended."""
    kept.throw_away_old()
    answers.forget_expired(now())
    submissions.forget_old(timezone.now())
    SessionStore.clear_expired()

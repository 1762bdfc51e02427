"""A process killed in the middle of an import leaves nothing, and the same file run again brings all of it in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from cast import Cast
from exchange.lists import bring, sheet
from tochuc.audit.models import Entry
from tochuc.changes.models import Change, ChangeSet
from tochuc.members.models import MemberEvent, Membership, Person

_ROWS = 2500
# The command as `tochuc import` runs it, on the database of this test run.
_RUN = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connections
host, name, user, password, port, *arguments = sys.argv[1:]
connections["default"].settings_dict.update(HOST=host, NAME=name, USER=user, PASSWORD=password, PORT=port)
call_command("import_", *arguments)
"""


def _counts() -> list[int]:
    return [model.objects.count() for model in (Person, MemberEvent, Membership, ChangeSet, Change, Entry)]


@contextmanager
def _running(file: Path, what: str = "members") -> Iterator[subprocess.Popen[str]]:
    said = connection.settings_dict
    place = [str(said[key] or "") for key in ("HOST", "NAME", "USER", "PASSWORD", "PORT")]
    arguments = [what, str(file), "--org", "xa-a"]
    with subprocess.Popen(
        [sys.executable, "-c", _RUN, *place, *arguments],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tochuc.config.settings", "TOCHUC_TODAY": "2023-04-20"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_process_killed_in_the_middle_leaves_nothing(cast: Cast):
    raw = sheet(*(f"Nguyễn Văn {_given(n)};02/04/1975;Nam;;;;;Thôn Đông;" for n in range(_ROWS)))
    before = _counts()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ds.csv"
        file.write_bytes(raw)
        with _running(file) as process:
            told = [process.stderr.readline() for _ in range(2)]
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
    assert told == ["Đã đọc 1000 dòng…\n", "Đã đọc 2000 dòng…\n"]
    assert _counts() == before
    assert bring(cast, raw, cast.commune_a).counts == {"create": _ROWS}


def test_a_process_killed_in_the_middle_of_past_movements_leaves_nothing(cast: Cast):
    head = "STT;Họ và tên;Ngày sinh;Biến động;Ngày biến động;Số quyết định;Chi bộ"
    rows = [
        f"{n};Nguyễn Văn {_given(n)};02/04/1975;Khai trừ;03/04/2012;1-QĐ/HU;Thôn Đông" for n in range(260)
    ]
    raw = "\n".join([head, *rows]).encode()
    before = _counts()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bien-dong.csv"
        file.write_bytes(raw)
        with _running(file, "movements") as process:
            told = process.stderr.readline()
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
    assert told == "Đã đọc 200 dòng…\n"
    assert _counts() == before


def _given(number: int) -> str:
    """A name of letters for a number: A, B, … Ab, …"""
    letters = "abcdeghiklmnopqrstuvxy"
    name = ""
    while True:
        number, rest = divmod(number, len(letters))
        name += letters[rest]
        if not number:
            return name.capitalize()

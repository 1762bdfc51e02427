"""`tochuc serve --demo` as a person runs it: starts, stops cleanly, and survives being killed."""

from __future__ import annotations

import contextlib
import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from browser.running import (
    FirstStart,
    database_processes,
    free_port,
    interrupt,
    own_var,
    serve,
    wait_until_up,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def var(first_start: FirstStart) -> Iterator[Path]:
    with own_var(like=first_start.var) as place:
        yield place


def test_ctrl_c_stops_everything_and_kill_9_leaves_a_database_that_starts_again(
    first_start: FirstStart, var: Path
):
    assert "canbo" in first_start.said
    assert first_start.left == []

    port = free_port()
    url = f"http://127.0.0.1:{port}/suc-khoe/"
    second = serve(var, port)
    began = time.monotonic()
    wait_until_up(url, second)
    # On a busy machine, on which the first took minutes, the second may take more than ten.
    assert time.monotonic() - began < max(10, first_start.took / 4), "the second start takes seconds"
    left_behind = [*psutil.Process(second.pid).children(recursive=True), *database_processes(var)]
    os.kill(second.pid, signal.SIGKILL)
    for process in left_behind:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    second.wait(timeout=120)

    third = serve(var, port)
    wait_until_up(url, third)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/") as answer:
        assert answer.status == 200
    interrupt(third)
    assert not database_processes(var)


def test_a_taken_port_is_said_in_plain_words(var: Path, server: str):
    port = int(server.rpartition(":")[2])
    refused = serve(var, port)
    assert refused.wait(timeout=120) == 2
    assert f"Cổng {port} đang có chương trình khác dùng" in refused.stdout.read()

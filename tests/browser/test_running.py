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

from browser.running import free_port, own_var, serve, wait_until_up

pytestmark = pytest.mark.browser


def database_processes(var: Path) -> list[psutil.Process]:
    return [
        p
        for p in psutil.process_iter(["name", "cmdline"])
        if p.info["name"] == "postgres" and str(var) in " ".join(p.info["cmdline"] or [])
    ]


@pytest.fixture
def var() -> Iterator[Path]:
    with own_var() as place:
        yield place


def test_ctrl_c_stops_everything_and_kill_9_leaves_a_database_that_starts_again(var: Path):
    port = free_port()
    url = f"http://127.0.0.1:{port}/suc-khoe/"

    first = serve(var, port)
    wait_until_up(url, first)
    os.killpg(first.pid, signal.SIGINT)
    first.wait(timeout=30)
    assert "canbo" in first.stdout.read()
    assert not database_processes(var)

    second = serve(var, port)
    began = time.monotonic()
    wait_until_up(url, second)
    assert time.monotonic() - began < 10, "the second start takes seconds"
    left_behind = [*psutil.Process(second.pid).children(recursive=True), *database_processes(var)]
    os.kill(second.pid, signal.SIGKILL)
    for process in left_behind:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    second.wait(timeout=30)

    third = serve(var, port)
    wait_until_up(url, third)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/") as answer:
        assert answer.status == 200
    os.killpg(third.pid, signal.SIGINT)
    third.wait(timeout=30)
    assert not database_processes(var)


def test_a_taken_port_is_said_in_plain_words(var: Path, server: str):
    port = int(server.rpartition(":")[2])
    refused = serve(var, port)
    assert refused.wait(timeout=30) == 2
    assert f"Cổng {port} đang có chương trình khác dùng" in refused.stdout.read()

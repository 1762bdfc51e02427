"""`tochuc serve --demo` as a person runs it: starts, stops cleanly, and survives being killed."""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from browser.running import free_port, serve, wait_until_up

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def database_processes(var: Path) -> list[psutil.Process]:
    return [
        p
        for p in psutil.process_iter(["name", "cmdline"])
        if p.info["name"] == "postgres" and str(var) in " ".join(p.info["cmdline"] or [])
    ]


def test_ctrl_c_stops_everything_and_kill_9_leaves_a_database_that_starts_again(tmp_path: Path):
    port = free_port()
    url = f"http://127.0.0.1:{port}/suc-khoe/"

    first = serve(tmp_path, port)
    wait_until_up(url, first)
    os.killpg(first.pid, signal.SIGINT)
    first.wait(timeout=30)
    assert "canbo" in first.stdout.read()
    assert not database_processes(tmp_path)

    second = serve(tmp_path, port)
    began = time.monotonic()
    wait_until_up(url, second)
    assert time.monotonic() - began < 10, "the second start takes seconds"
    for process in [*psutil.Process(second.pid).children(recursive=True), *database_processes(tmp_path)]:
        process.kill()
    os.kill(second.pid, signal.SIGKILL)
    second.wait(timeout=30)

    third = serve(tmp_path, port)
    wait_until_up(url, third)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/") as answer:
        assert answer.status == 200
    os.killpg(third.pid, signal.SIGINT)
    third.wait(timeout=30)
    assert not database_processes(tmp_path)


def test_a_taken_port_is_said_in_plain_words(tmp_path: Path, server: str):
    port = int(server.rpartition(":")[2])
    refused = serve(tmp_path, port)
    assert refused.wait(timeout=30) == 2
    assert f"Cổng {port} đang có chương trình khác dùng" in refused.stdout.read()

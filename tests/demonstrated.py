"""The demonstration until a day, in a database of its own: committed, and known to the planner as a living one is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.test import override_settings

import databases
from databases import Own, Server
from tochuc.exchange.demo.load import load


@contextmanager
def demonstration(day: date, server: Server, own: Own) -> Iterator[None]:
    """Everything within takes place in the demonstration, beside the cast, on this day."""
    databases.leave()
    with server.database(f"{own.name}_demonstration", like=own.name) as name:
        databases.use(name)
        try:
            with override_settings(TOCHUC_TODAY=day):
                load(day)
                server.look_over(name)
                yield
        finally:
            databases.leave()
            databases.use(own.name)

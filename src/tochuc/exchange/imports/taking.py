"""Taking a list in: in one transaction, one list at a time; or only seeing what that would come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tochuc.exchange.imports.write import one_at_a_time
from tochuc.kernel.remembering import asking_anew


@contextmanager
def taking_in(*, dry_run: bool) -> Iterator[None]:
    """All that is written within is written together; of a dry run nothing stays."""
    with asking_anew(), transaction.atomic():
        one_at_a_time()
        yield
        if dry_run:
            transaction.set_rollback(True)

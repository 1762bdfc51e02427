"""Taking a list in: in one transaction, one list at a time; or only seeing what that would come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor
from tochuc.changes.models import IMPORT, ChangeSet
from tochuc.documents.models import StoredFile
from tochuc.exchange.imports.write import digest, one_at_a_time
from tochuc.kernel.remembering import asking_anew
from tochuc.org.models import Organisation


@contextmanager
def taking_in(*, dry_run: bool) -> Iterator[None]:
    """All that is written within is written together; of a dry run nothing stays."""
    with asking_anew(), transaction.atomic():
        one_at_a_time()
        yield
        if dry_run:
            transaction.set_rollback(True)


def table_taken(
    source: Path | bytes,
    *,
    name: str,
    file: StoredFile | None,
    under: Organisation,
    as_of: date,
    by: Actor,
    summary: dict[str, int] | None = None,
) -> ChangeSet:
    """The change set of a list of organisations or posts, with the file it came from."""
    return ChangeSet.objects.create(
        kind=IMPORT,
        organisation=under,
        as_of=as_of,
        file_name=name[:200],
        file=file,
        sha256=digest(source),
        made_by_id=by.account,
        made_at=now(),
        summary=summary or {},
    )

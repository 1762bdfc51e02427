"""Adding to the trail, inside the transaction of the act itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tochuc.audit.models import Entry
from tochuc.audit.sentences import SENTENCES

SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who acts: an account by number and name, and the request it came with."""

    account: int | None
    name: str
    request_id: str = ""


NOBODY = Actor(None, "Hệ thống")


def record(
    actor: Actor,
    action: str,
    *,
    stream: str = SYSTEM,
    kind: str = "",
    key: str = "",
    data: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Write one entry and chain it to its stream. ``action`` must have a sentence in ``sentences``."""
    if action not in SENTENCES:
        raise LookupError(f"no audit sentence for {action!r}")
    entry = Entry(
        stream=stream,
        account=actor.account,
        account_name=actor.name,
        action=action,
        object_kind=kind,
        object_key=key,
        data=data or {},
        reason=reason,
        request_id=actor.request_id,
    )
    # The chain's lock must last until others can see the entry, hence atomic even where nothing else is.
    with transaction.atomic(savepoint=False):
        _chain(entry)
    return entry


def _chain(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", ["audit:" + entry.stream])
    ends = Entry.objects.filter(stream=entry.stream).order_by("-sequence")
    last = ends.values_list("sequence", "digest").first()
    entry.sequence, entry.previous = (last[0] + 1, last[1]) if last else (1, "")
    entry.at = timezone.now()
    entry.digest = digest(entry)
    entry.save(force_insert=True)


def digest(entry: Entry) -> str:
    """SHA-256 over everything the entry says and the digest before it."""
    body = [
        entry.stream,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),
        entry.account,
        entry.account_name,
        entry.action,
        entry.object_kind,
        entry.object_key,
        entry.data,
        entry.reason,
        entry.request_id,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

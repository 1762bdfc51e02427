"""Writes sent twice: a program names each by a key of its own, and one that comes again is answered as the first."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Header

from tochuc.access import answers
from tochuc.access.clock import now
from tochuc.access.viewer import Viewer
from tochuc.api.answer import written

PARAMETER = "idempotency_key"
ASKED = inspect.Parameter(
    PARAMETER,
    inspect.Parameter.KEYWORD_ONLY,
    default=Header(
        None,
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[!-~]+$",
        description="names this write: sent again within a day with the same key and body, nothing is done twice "
        "and the answer is the first one's; the same key with another body is refused",
    ),
    annotation=str | None,
)
"""What every write asks for beside its own."""
REPLAYED = "Idempotent-Replayed"


def done(request: HttpRequest, viewer: Viewer, key: str, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Do the work of a key, or give the answer kept from the first time; inside the write's transaction.

    A refusal isn't kept: it wrote nothing, and the same may be asked again once its cause is gone.
    """
    kept = answers.claim(viewer.account, key, _digest(request), now())
    if kept.status is not None:
        again = written(kept.body, kept.status)
        again[REPLAYED] = "true"
        return again
    made = work()
    answers.keep(kept, made.status_code, made.content.decode())
    return made


def _digest(request: HttpRequest) -> str:
    """What was asked: method, address and body, to the letter; of a form its fields and files, read in pieces."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if not request.FILES:
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for piece in file.chunks():
                digest.update(piece)
            file.seek(0)
    return digest.hexdigest()

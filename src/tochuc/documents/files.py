"""Keeping files: bytes in the store under their own digest, a row for each that names them."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tochuc.audit.record import Actor, record
from tochuc.documents.models import GENERAL, StoredFile
from tochuc.org.models import Organisation


@transaction.atomic
def store(
    *,
    name: str,
    content_type: str,
    raw: bytes,
    organisation: Organisation,
    by: Actor,
    purpose: str = GENERAL,
) -> StoredFile:
    """Keep a file for an organisation. Checking what it is comes before (``documents.reading``)."""
    sha256 = hashlib.sha256(raw).hexdigest()
    path = f"{sha256[:2]}/{sha256}"
    _keep(path, raw)
    kept = StoredFile.objects.create(
        name=name,
        content_type=content_type,
        size=len(raw),
        purpose=purpose,
        sha256=sha256,
        path=path,
        organisation=organisation,
        stored_by_id=by.account,
    )
    record(by, "file.stored", stream=organisation.code, kind="file", key=str(kept.pk), data={"name": name})
    return kept


def _keep(path: str, raw: bytes) -> None:
    """Put bytes under their digest; what a program that died left there unfinished is written anew."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(raw):
            return
        default_storage.delete(path)
    default_storage.save(path, ContentFile(raw))


def read(file: StoredFile) -> bytes:
    """The bytes of a kept file."""
    with default_storage.open(file.path) as handle:
        raw: bytes = handle.read()
    return raw

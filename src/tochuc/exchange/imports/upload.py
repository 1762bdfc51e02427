"""Keeping a list that somebody brought to the page, so that what is confirmed is what was shown."""

from __future__ import annotations

from datetime import date

from tochuc.audit.record import Actor
from tochuc.documents import files
from tochuc.documents.models import MEMBERS_LIST, StoredFile
from tochuc.documents.reading.attachment import ending_of
from tochuc.documents.reading.names import safe_name
from tochuc.documents.reading.refused import UploadRefused, check_size
from tochuc.exchange.imports.write import Written, import_members
from tochuc.exchange.intake.dry_run import dry_run
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.sheets import MEDIA_TYPE
from tochuc.kernel.errors import Conflict
from tochuc.org.models import Organisation

_TYPES = {
    ".xlsx": MEDIA_TYPE,
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv",
}


def bring(
    name: str, raw: bytes, *, limit: int, organisation: Organisation, today: date, by: Actor
) -> StoredFile:
    """Keep a list of members of at most ``limit`` bytes; ``UploadRefused`` for a file that isn't one."""
    check_size(raw, limit)
    try:
        next(dry_run(raw, name, today=today))
    except Unreadable as refusal:
        raise UploadRefused(f"upload.{refusal.code}", refusal.message) from refusal
    clean = safe_name(name)
    kind = _TYPES.get(ending_of(clean), "application/octet-stream")
    return files.store(
        name=clean,
        content_type=kind,
        raw=raw,
        organisation=organisation,
        by=by,
        purpose=MEMBERS_LIST,
    )


def confirm(file: StoredFile, sha256: str, *, as_of: date, today: date, by: Actor) -> Written:
    """Write a kept list: the very bytes that were shown, or ``Conflict``."""
    raw = files.read(file)
    if file.sha256 != sha256:
        raise Conflict("other_file", "Tệp đã xem và tệp cần nhập không phải là một. Hãy tải lên lại.")
    return import_members(
        raw, file.name, organisation=file.organisation, as_of=as_of, today=today, by=by, file=file
    )

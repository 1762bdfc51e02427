"""Keeping a list that somebody brought to the page, so that what is confirmed is what was shown."""

from __future__ import annotations

from datetime import date

from tochuc.audit.record import Actor
from tochuc.documents import files
from tochuc.documents.models import MEMBERS_LIST, StoredFile
from tochuc.documents.reading.attachment import ending_of
from tochuc.documents.reading.names import safe_name
from tochuc.documents.reading.refused import UploadRefused, check_size
from tochuc.exchange.imports import tables
from tochuc.exchange.imports.readings import corrections_for, seal
from tochuc.exchange.imports.write import Written, import_members
from tochuc.exchange.intake.dry_run import Progress, dry_run
from tochuc.exchange.intake.kinds import seen_sheets
from tochuc.exchange.intake.refused import Unreadable
from tochuc.exchange.sheets import MEDIA_TYPE
from tochuc.kernel.errors import Conflict
from tochuc.org.models import Organisation

_LOOKED_THROUGH = 150_000
"""Bytes up to which a list is read whole when it comes; of a larger one only the beginning of each sheet."""
_A_TABLE = 3
"""Cells side by side that make a table and not a notice."""
_TYPES = {
    ".xlsx": MEDIA_TYPE,
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv",
}


def bring(
    name: str,
    raw: bytes,
    *,
    limit: int,
    organisation: Organisation,
    today: date,
    by: Actor,
    whole: bool = False,
) -> StoredFile:
    """Keep a list of members of at most ``limit`` bytes; ``UploadRefused`` for a file that isn't one.

    A table whose header isn't found is kept too, its columns can be told; and of a large list only the beginnings
    of its sheets are looked at. Not where it is to be read ``whole`` just as it is.
    """
    check_size(raw, limit)
    try:
        if len(raw) > _LOOKED_THROUGH and not whole:
            seen_sheets(raw)
        else:
            next(dry_run(raw, name, today=today, corrections=corrections_for(organisation)))
    except Unreadable as refusal:
        if whole or refusal.code != "no_header" or not _is_table(raw):
            raise UploadRefused(f"upload.{refusal.code}", refusal.message) from refusal
    return _kept(name, raw, organisation, by)


def bring_table(
    what: str, name: str, raw: bytes, *, limit: int, organisation: Organisation, today: date, by: Actor
) -> StoredFile:
    """Keep a list of movements, organisations or posts; ``UploadRefused`` for a file that isn't one."""
    check_size(raw, limit)
    try:
        tables.check_readable(what, raw, name, today=today)
    except Unreadable as refusal:
        raise UploadRefused(f"upload.{refusal.code}", refusal.message) from refusal
    return _kept(name, raw, organisation, by)


def _is_table(raw: bytes) -> bool:
    return any(one.widest >= _A_TABLE for one in seen_sheets(raw))


def _kept(name: str, raw: bytes, organisation: Organisation, by: Actor) -> StoredFile:
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


def kept(number: str) -> StoredFile | None:
    """A list that was brought before; None where it is gone."""
    return StoredFile.objects.select_related("organisation").filter(pk=number).first()


def check_shown(file: StoredFile, sha256: str, sealed: str) -> None:
    """Whether a kept list and how it is read are still what was shown, or ``Conflict``."""
    if file.sha256 != sha256:
        raise Conflict("other_file", "Tệp đã xem và tệp cần nhập không phải là một. Hãy tải lên lại.")
    if seal(corrections_for(file.organisation, file)) != sealed:
        raise Conflict("read_otherwise", "Cách hiểu các cột vừa được sửa. Hãy xem trước lại rồi nhập.")


def confirm(
    file: StoredFile, *, as_of: date, today: date, by: Actor, progress: Progress | None = None
) -> Written:
    """Write a kept list as it is read now."""
    return import_members(
        files.read(file),
        file.name,
        organisation=file.organisation,
        as_of=as_of,
        today=today,
        by=by,
        file=file,
        progress=progress,
        corrections=corrections_for(file.organisation, file),
    )

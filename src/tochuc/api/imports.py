"""Members' spreadsheets: a dry run that writes nothing, and the import, as one change set that can be undone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja import File, Form, Schema
from ninja.files import UploadedFile

from tochuc.access.viewer import Viewer
from tochuc.api.door import endpoint
from tochuc.api.given import Day
from tochuc.documents.reading.refused import check_size
from tochuc.exchange.imports import upload
from tochuc.exchange.imports.plan import Planned
from tochuc.exchange.imports.readings import corrections_for
from tochuc.exchange.imports.review import reviewed
from tochuc.exchange.imports.write import check_day
from tochuc.exchange.intake.refused import Unreadable
from tochuc.kernel.errors import BadInput


class ImportIn(Schema):
    """The day the list speaks of, today where none is given."""

    as_of: Day | None = None


class ColumnOut(Schema):
    """A column of the file and the field it is read as; ``field`` is empty where it isn't used."""

    letter: str
    heading: str
    field: str


class ListSheetOut(Schema):
    """A sheet with people."""

    sheet: str | None
    people: int
    columns: list[ColumnOut]


class Finding(Schema):
    """Something about one cell: ``code`` and ``field`` as in the contract of imports, ``message`` for people."""

    code: str
    field: str
    column: str
    value: str
    message: str


class ListRowOut(Schema):
    """A row that is refused, or that is written and asks for a look."""

    sheet: str | None
    row: int
    action: str
    full_name: str
    findings: list[Finding]


class RehearsalOut(Schema):
    """What a list would do. ``counts`` are of all rows; ``refused`` and ``doubted`` hold the first 200 of each."""

    sheets: list[ListSheetOut]
    counts: dict[str, int]
    asked: int
    refused: list[ListRowOut]
    doubted: list[ListRowOut]


class ImportedOut(Schema):
    """What an import did. ``changeset`` is null where there was nothing to write."""

    changeset: str | None
    counts: dict[str, int]
    refused: list[ListRowOut]


@endpoint(
    "POST",
    "organisations/<organisation:organisation>/imports/rehearsal",
    name="import_rehearse",
    needs="members.import",
    writes=False,
)
def rehearse(
    viewer: Viewer,
    organisation: Any,
    file: File[UploadedFile],
    given: Form[ImportIn],
) -> RehearsalOut:
    """Read a list of members and say what importing it would do, by row and cell. Nothing is kept."""
    as_of = given.as_of or viewer.today
    check_day(as_of, viewer.today)
    raw = _read(file)
    try:
        review = reviewed(
            raw,
            file.name or "",
            organisation=organisation,
            as_of=as_of,
            today=viewer.today,
            corrections=corrections_for(organisation),
        )
    except Unreadable as refusal:
        raise BadInput(f"upload.{refusal.code}", refusal.message, "file") from refusal
    return RehearsalOut(
        sheets=[
            ListSheetOut(
                sheet=sheet.head["sheet"],
                people=sheet.head["people"],
                columns=[
                    ColumnOut(letter=one.letter, heading=one.heading, field=one.field)
                    for one in sheet.columns
                ],
            )
            for sheet in review.sheets
        ],
        counts=dict(review.counts),
        asked=review.asked,
        refused=[_row(one, one.findings) for one in review.refused],
        doubted=[_row(one, one.asks) for one in review.doubted],
    )


@endpoint(
    "POST",
    "organisations/<organisation:organisation>/imports",
    name="import_members",
    needs="members.import",
    status=201,
)
def import_members(
    viewer: Viewer,
    organisation: Any,
    file: File[UploadedFile],
    given: Form[ImportIn],
) -> ImportedOut:
    """Import a list of members: the rows that can be written, as one change set. The same file again writes nothing."""
    as_of = given.as_of or viewer.today
    check_day(as_of, viewer.today)
    kept = upload.bring(
        file.name or "",
        _read(file),
        limit=settings.UPLOAD_LIMIT,
        organisation=organisation,
        today=viewer.today,
        by=viewer.actor,
        whole=True,
    )
    done = upload.confirm(kept, as_of=as_of, today=viewer.today, by=viewer.actor)
    return ImportedOut(
        changeset=done.changeset.ref if done.changeset is not None else None,
        counts=dict(done.counts),
        refused=[_row(one, one.findings) for one in done.refused],
    )


def _read(file: UploadedFile) -> bytes:
    raw: bytes = file.read()
    check_size(raw, settings.UPLOAD_LIMIT)
    return raw


def _row(one: Planned, findings: list[dict[str, str]]) -> ListRowOut:
    return ListRowOut(
        sheet=one.row["sheet"],
        row=one.row["row"],
        action=one.action,
        full_name=str(one.row["fields"].get("full_name", "")),
        findings=[
            Finding(
                code=f["code"], field=f["field"], column=f["column"], value=f["value"], message=f["message"]
            )
            for f in findings
        ],
    )

"""Tables of the yearly supplement: fields that changed, rows that came, entries of the ledger in one year."""

from __future__ import annotations

from tochuc.documents.drafting.document import Column, Table
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import DISCIPLINES, EVENT_KINDS
from tochuc.members.models import MemberEvent
from tochuc.members.record_fields import TABLES
from tochuc.members.yearly import events_in, fields_changed
from tochuc.papers.sheet import Sheet
from tochuc.papers.tables import record_table, share

OF_FIELDS, OF_EVENTS = "fields", "events"
CHANGES = frozenset({OF_FIELDS, OF_EVENTS, *TABLES})
"""What a block of changes can be of."""
_FIELDS = ("Mục", "Trước", "Nay", "Từ ngày", "Căn cứ")
_EVENTS = ("Ngày", "Nội dung", "Quyết định")


def changes_table(of: str, sheet: Sheet) -> Table | None:
    """The changes of the sheet's year; None where there are none."""
    if of == OF_FIELDS:
        return _table(_FIELDS, _field_rows(sheet))
    if of == OF_EVENTS:
        return _table(_EVENTS, _event_rows(sheet))
    return record_table(TABLES[of], sheet, sheet.rows_of_year(of))


def headings(of: str) -> tuple[str, ...]:
    """What stands above the columns, where the rows are to be written by hand."""
    named = {OF_FIELDS: _FIELDS, OF_EVENTS: _EVENTS}
    return named.get(of) or tuple(column.label for column in TABLES[of].columns)


def _table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table | None:
    if not rows:
        return None
    shown = [at for at in range(len(titles)) if any(row[at] for row in rows)]
    columns = tuple(Column(titles[at], share(titles[at], [row[at] for row in rows])) for at in shown)
    return Table(columns, tuple(tuple(row[at] for at in shown) for row in rows))


def _field_rows(sheet: Sheet) -> list[tuple[str, ...]]:
    return [
        (
            one.field.label,
            one.before,
            one.now or "để trống",
            day_vn(one.since) if one.since else "",
            one.ground,
        )
        for one in fields_changed(sheet.facts, sheet.year)
        if sheet.private or not one.field.private
    ]


def _event_rows(sheet: Sheet) -> list[tuple[str, ...]]:
    if sheet.person is None:
        return []
    return [
        (day_vn(one.happened_on), _event_words(one), _decision(one))
        for one in events_in(sheet.person, sheet.year)
    ]


def _event_words(event: MemberEvent) -> str:
    about = event.post.title if event.post else event.organisation.name if event.organisation else ""
    form = DISCIPLINES.get(str(event.data.get("form", "")), "")
    return ": ".join(filter(None, (EVENT_KINDS[event.kind].label, form or about)))


def _decision(event: MemberEvent) -> str:
    number = f"số {event.decision_number}" if event.decision_number else ""
    day = f"ngày {day_vn(event.decision_on)}" if event.decision_on else ""
    by = f"của {event.decision_by}" if event.decision_by and number else ""
    return " ".join(filter(None, (number, day, by)))

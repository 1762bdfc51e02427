"""The ledger's pages: an organisation's statement over a period, and the people behind each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tochuc.access import gate
from tochuc.access.clock import end_of
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.members import branches, known, known_lines, ledger, lines, queries
from tochuc.members.kinds import IN_PARTY, OFFICIAL, PROBATIONARY
from tochuc.members.statement_form import DECREASE, FOOT, HEAD, INCREASE, Row, rows, total_of
from tochuc.org.queries import Organisation, children
from tochuc.web.door import page
from tochuc.web.members.standings import OF_SLUG, SHORT, SLUGS
from tochuc.web.organisations.asked import Asked, address, day_asked, one_of
from tochuc.web.organisations.place import head, in_rank, is_cell, page_of, place_of, record_of

_PER_PAGE = 50
_COLUMNS = ({"label": "Tổng số"}, {"label": "Chính thức"}, {"label": "Dự bị"})
_BELOW = ({"label": "Đầu kỳ"}, {"label": "Tăng"}, {"label": "Giảm"}, {"label": "Cuối kỳ"})


@dataclass(frozen=True)
class Period:
    """The days an address asks for, and on which past day's knowledge."""

    first: Asked
    last: Asked
    known: Asked

    @property
    def errors(self) -> list[dict[str, str]]:
        """What couldn't be used, for the summary on top."""
        fields = (("tu", self.first), ("den", self.last), ("biet", self.known))
        found = [{"id": f"id_{name}", "message": asked.error} for name, asked in fields if asked.error]
        if not found and self.first.day > self.last.day:
            found.append({"id": "id_tu", "message": "Ngày bắt đầu phải trước ngày kết thúc."})
        return found

    @property
    def moment(self) -> datetime | None:
        """Up to when what was recorded counts; None for all of it."""
        return end_of(self.known.day) if self.known.given else None

    @property
    def words(self) -> str:
        """From when to when, and as known when."""
        words = f"Từ ngày {day_vn(self.first.day)} đến ngày {day_vn(self.last.day)}"
        if self.known.given:
            return f"{words}, theo hồ sơ biết đến ngày {day_vn(self.known.day)}"
        return f"{words}, theo hồ sơ hôm nay"

    @property
    def query(self) -> str:
        """The query of an address that asks the same."""
        known = self.known.day if self.known.given else None
        return address(tu=self.first.day, den=self.last.day, biet=known)


def period_asked(request: HttpRequest, viewer: Viewer) -> Period:
    """The period that the address names: this year so far where it names none."""
    today = viewer.today
    last = day_asked(request, "den", today, latest=today)
    first = day_asked(request, "tu", date(last.day.year, 1, 1), latest=today)
    return Period(first, last, day_asked(request, "biet", today, latest=today))


@page("to-chuc/<organisation:organisation>/bien-dong/", name="organisation_statement", needs="ledger.read")
def organisation_statement(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """Opening, increases and decreases by reason, closing; and those directly below side by side."""
    asked = period_asked(request, viewer)
    context = {
        **head(place_of(viewer, organisation), "organisation_statement", "Biến động"),
        "period": asked,
        "errors": asked.errors,
        "columns": _COLUMNS,
        "below_columns": _BELOW,
        "sealed_url": page_of(organisation, "sealed_reports"),
        "seal_url": _seal_url(viewer, organisation, asked),
    }
    if not asked.errors:
        context |= statement_shown(organisation, asked, viewer)
        context["sheet_url"] = page_of(organisation, "statement_sheet") + asked.query
    return render(request, "ledger/statement.html", context)


def _seal_url(viewer: Viewer, organisation: Organisation, asked: Period) -> str:
    """Where the shown statement is sealed as sent, for who may; not one as known on a past day."""
    may = gate.may(viewer, "report.seal", "organisation", organisation)
    if not may or asked.errors or asked.known.given:
        return ""
    return page_of(organisation, "report_seal") + address(tu=asked.first.day, den=asked.last.day)


def statement_shown(organisation: Organisation, asked: Period, viewer: Viewer) -> dict[str, Any]:
    """The statement's rows and those of the organisations below it; ``Http404`` where no period is asked.

    As known on a past day there is nothing below.
    """
    if asked.errors:
        raise Http404
    first, last = asked.first.day, asked.last.day
    people_at = page_of(organisation, "organisation_movements")
    if asked.moment:
        own = ledger.statement(organisation, first, last, known=asked.moment)
        return {"own": own, "rows": form_rows(own, people_at, asked.known.day), "below": None}
    under = [] if is_cell(organisation) else in_rank(children(organisation, last))
    spans = [span for span in under if span.kind != "board"]
    found, _sympathisers = branches.statements([organisation, *(s.organisation for s in spans)], first, last)
    own = found[organisation.pk]
    return {
        "own": own,
        "rows": form_rows(own, people_at),
        "below": [_below_row(span, found[span.organisation_id]) for span in spans],
    }


def form_rows(own: ledger.Statement, behind: str, known_on: date | None = None) -> list[dict[str, Any]]:
    """The form's rows for the statement part; each figure that isn't nil leads to the people behind it."""
    return [
        {
            "label": row.label if row.confirmed else f"{row.label} *",
            "total": row.total,
            "level": 0 if row.total else 1,
            "cells": [
                _figure(
                    n,
                    behind,
                    dong=row.code,
                    phan=row.part,
                    la=standing,
                    tu=own.first,
                    den=own.last,
                    biet=known_on,
                )
                for n, standing in (
                    (row.count.total, ""),
                    (row.count.official, SLUGS[OFFICIAL]),
                    (row.count.probationary, SLUGS[PROBATIONARY]),
                )
            ],
        }
        for row in rows(own)
    ]


def _figure(n: int, behind: str, **asked: Any) -> Any:
    return {"value": n, "url": behind + address(**asked)} if behind and n else n


def _below_row(span: Any, own: ledger.Statement) -> dict[str, Any]:
    url = page_of(span.organisation, "organisation_statement") + address(tu=own.first, den=own.last)
    sums = (own.opening, total_of(own.increases), total_of(own.decreases), own.closing)
    cells = [count.total for count in sums]
    return {"label": span.short_name, "url": url, "cells": cells}


@page(
    "to-chuc/<organisation:organisation>/bien-dong/chi-tiet/",
    name="organisation_movements",
    needs="ledger.read",
)
def organisation_movements(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> HttpResponse:
    """The people behind one figure of the statement."""
    asked = period_asked(request, viewer)
    row, standing = figure_asked(request, organisation, asked)
    back = page_of(organisation, "organisation_statement") + asked.query
    context = {
        **head(place_of(viewer, organisation), "organisation_statement", ("Biến động", back), row.label),
        "row": row,
        "words": asked.words,
        "standing": SHORT[standing].lower() if standing else "",
        "back": back,
        "sheet_url": f"{page_of(organisation, 'movements_sheet')}?{request.GET.urlencode()}",
    }
    if row.part in {HEAD, FOOT}:
        context |= _standing_then(request, viewer, stood_behind(organisation, asked, row, standing))
        context["words"] = stood_words(asked, row)
    else:
        context |= _moved(request, viewer, behind(organisation, asked, row, standing))
    return render(request, "ledger/movements.html", context)


def figure_asked(request: HttpRequest, organisation: Organisation, asked: Period) -> tuple[Row, str]:
    """The row and standing whose people the address asks for; ``Http404`` where the form has no such row."""
    if asked.errors:
        raise Http404
    code, part = request.GET.get("dong", INCREASE), request.GET.get("phan", "")
    row = next((r for own in _forms(organisation, asked) for r in rows(own) if _is(r, code, part)), None)
    if row is None:
        raise Http404
    return row, OF_SLUG.get(one_of(request, "la", OF_SLUG), "")


def _forms(organisation: Organisation, asked: Period) -> Iterator[ledger.Statement]:
    """The form without figures, whose rows most ask for; then with those that only this branch's period has."""
    first, last = asked.first.day, asked.last.day
    none = ledger.Count()
    yield ledger.Statement(first, last, none, {}, {}, {}, none)
    yield ledger.statement(organisation, first, last, known=asked.moment)


def _is(row: Row, code: str, part: str) -> bool:
    return row.code == code and part in {"", row.part}


def behind(organisation: Organisation, asked: Period, row: Row, standing: str) -> Sequence[ledger.Line]:
    """The movements that a figure counts."""
    side = {INCREASE: ledger.IN, DECREASE: ledger.OUT}.get(row.part, ledger.SHIFT)
    column = standing if standing and side != ledger.SHIFT else None
    wanted = lines.Wanted(None if row.total else row.code, side, column)
    first, last = asked.first.day, asked.last.day
    if asked.moment:
        entries = known_lines.entries(organisation, first, last, asked.moment)
        return known_lines.KnownLines([one for one in entries if wanted.has(one)], asked.moment)
    return [line for line in ledger.lines(organisation, first, last) if wanted.has(line)]


def stood_behind(organisation: Organisation, asked: Period, row: Row, standing: str) -> Any:
    """Those whom the figure of the day before the period, or of its last, counts."""
    day = _counted_on(asked, row)
    if asked.moment:
        standings = frozenset({standing}) if standing else IN_PARTY
        return known.stood(organisation, day, standings, asked.moment)
    return queries.members_of(organisation, day, standing=standing)


def stood_words(asked: Period, row: Row) -> str:
    """On which day they stood there, and as known when."""
    words = f"Có mặt ngày {day_vn(_counted_on(asked, row))}"
    return f"{words}, theo hồ sơ biết đến ngày {day_vn(asked.known.day)}" if asked.moment else words


def _counted_on(asked: Period, row: Row) -> date:
    return asked.last.day if row.part == FOOT else asked.first.day - timedelta(days=1)


def ends(line: ledger.Line) -> tuple[str, str]:
    """From where to where a movement leads, in words."""
    return (
        line.from_name or (line.elsewhere if line.side == ledger.IN else ""),
        line.to_name or (line.elsewhere if line.side == ledger.OUT else ""),
    )


def _moved(request: HttpRequest, viewer: Viewer, made: Sequence[ledger.Line]) -> dict[str, Any]:
    shown = Paginator(made, _PER_PAGE).get_page(request.GET.get("trang"))
    readable = queries.readable(
        gate.visible(viewer, "member.read", "person"), (line.person_ref for line in shown.object_list)
    )
    return {
        "page": shown,
        "columns": [
            {"label": "Họ và tên"},
            {"label": "Ngày", "fact": True},
            {"label": "Ngày sinh"},
            {"label": "Tư cách"},
            {"label": "Từ"},
            {"label": "Đến"},
            {"label": "Quyết định số"},
        ],
        "rows": [
            {
                "name": line.person_name,
                "url": record_of(line.person_ref) if line.person_ref in readable else "",
                "cells": [
                    line.on,
                    line.birth,
                    SHORT[line.standing],
                    *ends(line),
                    line.decision,
                ],
            }
            for line in shown.object_list
        ],
    }


def _standing_then(request: HttpRequest, viewer: Viewer, members: Any) -> dict[str, Any]:
    """Who made up the branch on the day before the period or on its last."""
    shown = Paginator(members, _PER_PAGE).get_page(request.GET.get("trang"))
    listed = list(shown.object_list)
    people = gate.visible(viewer, "member.read", "person")
    readable = queries.readable(people, (m.person.ref for m in listed))
    return {
        "page": shown,
        "columns": [
            {"label": "Họ và tên"},
            {"label": "Tư cách", "fact": True},
            {"label": "Ngày sinh"},
            {"label": "Chi bộ ngày đó"},
        ],
        "rows": [
            {
                "name": m.person.full_name,
                "url": record_of(m.person.ref) if m.person.ref in readable else "",
                "cells": [SHORT[m.standing], str(m.person.birth), m.organisation.name],
            }
            for m in listed
        ],
    }

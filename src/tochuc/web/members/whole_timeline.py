"""Everything recorded of a person in one line of time: events, changes of the record, awards, papers; newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tochuc.kernel.known_dates import KnownDate, day_vn
from tochuc.members.facts import OPENED
from tochuc.members.papers import Paper
from tochuc.members.past import past_of
from tochuc.members.queries import Fact, Moment, Person
from tochuc.members.record_fields import FIELDS, HIDDEN, TABLES, Table
from tochuc.members.record_values import known_date
from tochuc.web.members.record_card import line

_CLOSED = "thông tin riêng, mở ở mục tương ứng"
_LONG = 120


def lines(
    person: Person,
    moments: Sequence[Moment],
    facts: Iterable[Fact],
    papers: Iterable[Paper],
    *,
    may_correct: bool,
) -> list[dict[str, Any]]:
    """One line for each thing, the latest first; what was corrected is struck through and explained.

    What private fields say isn't told here, only that they changed.
    """
    found = [
        line(moment, person, may_correct=may_correct) for moment in moments if moment.event.kind != "void"
    ]
    found += [told for moment in moments if moment.correction is None for told in _past(moment)]
    found += _facts(person, list(facts))
    found += [_paper(paper) for paper in papers]
    return sorted(found, key=lambda one: one["day"], reverse=True)


def _past(moment: Moment) -> Iterator[dict[str, Any]]:
    """What an opening entry holds of the days before the ledger, a line each."""
    for move in past_of(moment.event):
        yield {
            "day": move.on.first,
            "when": move.on.vn,
            "title": move.words,
            "detail": f"Trước khi lập sổ. {move.paper}".strip(),
            "by": f"Theo mục ghi nhận ban đầu ngày {day_vn(moment.event.happened_on)}",
        }


def _facts(person: Person, facts: list[Fact]) -> list[dict[str, Any]]:
    replaced = {fact.corrects_id: fact for fact in facts if fact.corrects_id}
    return [
        _line(person, fact, replaced.get(fact.pk))
        for fact in reversed(facts)
        if fact.ground != OPENED and fact.value is not None
    ]


def _paper(paper: Paper) -> dict[str, Any]:
    added = timezone.localtime(paper.added_at).date()
    by = f", người thêm: {paper.added_by.full_name}" if paper.added_by else ""
    return {
        "day": paper.dated_on or added,
        "title": f"Giấy tờ: {paper.title}",
        "by": f"Thêm ngày {day_vn(added)}{by}",
        "open_url": reverse("paper", args=[paper.ref]),
    }


def _line(person: Person, fact: Fact, later: Fact | None) -> dict[str, Any]:
    day = _day(fact)
    shown: dict[str, Any] = {
        "day": day.first,
        "when": day.vn,
        "title": said(fact),
        "detail": fact.ground,
        "by": recorded(fact),
        "corrected": later is not None,
        "history_url": reverse("member_history", args=[person.ref, fact.field]),
    }
    if later is not None:
        what = "Đã bỏ" if later.value is None else "Đã ghi lại"
        shown["explanation"] = f"{what}: {later.ground} {recorded(later)}".replace(":  ", ": ")
    return shown


def _day(fact: Fact) -> KnownDate:
    """When it took effect, as exactly as that is known; else when it was recorded."""
    if fact.since is not None:
        return KnownDate(fact.since, fact.since_precision)  # type: ignore[arg-type]
    row = fact.value if isinstance(fact.value, dict) else {}
    first = row.get("on") or row.get("since")
    return known_date(first) if first else KnownDate(timezone.localtime(fact.recorded_at).date())


def said(fact: Fact) -> str:
    """A fact in words: the field and what it says; of private ones only that something was recorded."""
    if fact.field in TABLES:
        return _row_said(TABLES[fact.field], fact.value or {})
    field = FIELDS[fact.field]
    if field.private or field.kind == HIDDEN:
        return f"{field.label}: {_CLOSED}"
    words = field.shown(str(fact.value)) or "bỏ trống"
    cut = words if len(words) <= _LONG else words[: _LONG - 1] + "…"
    return f"{field.label}: {cut}{since_words(fact)}"


def since_words(fact: Fact) -> str:
    """Since when, as exactly as it is known; empty where that isn't recorded."""
    if fact.since is None:
        return ""
    return f", từ {KnownDate(fact.since, fact.since_precision).vn}"  # type: ignore[arg-type]


def _row_said(table: Table, row: dict[str, str]) -> str:
    if table.private:
        return f"{table.label}: {_CLOSED}"
    return f"{table.label}: {row_words(table, row)}"


def row_words(table: Table, row: dict[str, str]) -> str:
    """A row of a table in one line."""
    first, *rest = table.columns
    parts = [row.get(first.code, "")]
    span = " – ".join(
        table.by_code[code].shown(row[code])
        for code in ("since", "until")
        if row.get(code) and code in table.by_code
    )
    parts += [span] * bool(span)
    parts += [
        column.shown(row[column.code])
        for column in rest
        if row.get(column.code) and column.code not in {"since", "until"}
    ]
    return ", ".join(parts)


def recorded(fact: Fact) -> str:
    """When it was recorded and by whom."""
    day = day_vn(timezone.localtime(fact.recorded_at).date())
    by = f", người ghi: {fact.recorded_by.full_name}" if fact.recorded_by else ""
    return f"Ghi ngày {day}{by}"

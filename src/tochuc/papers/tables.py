"""Tables of a paper: people that a step names, and the tables of the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q

from tochuc.cases.models import Case
from tochuc.documents.drafting.document import Column, Table
from tochuc.members.queries import membership_on
from tochuc.members.record_fields import Table as RecordTable
from tochuc.org.models import Under
from tochuc.papers.case_words import people_of
from tochuc.papers.sheet import Sheet

_STILL = "nay"
_LONG = 40
_OF_A_LONG_ONE = 0.75


def people_table(name: str, sheet: Sheet) -> Table | None:
    """The people of an answer with year of birth and cell; None where it names nobody."""
    people = people_of(_answer(name, sheet))
    if not people:
        return None
    rows = []
    for number, person in enumerate(people, 1):
        stands = membership_on(person, sheet.on)
        rows.append(
            (
                str(number),
                person.full_name,
                str(person.birth_on.year),
                stands.organisation.name if stands else "",
            )
        )
    return Table(
        (
            Column("Số thứ tự", 12, centred=True),
            Column("Họ và tên", 38),
            Column("Năm sinh", 14, centred=True),
            Column("Nơi sinh hoạt", 36),
        ),
        tuple(rows),
    )


def _answer(name: str, sheet: Sheet) -> object:
    place, _, rest = name.partition(".")
    if place == "case":
        return sheet.case.answers.get(rest)
    if place == "step":
        code, _, rest = rest.partition(".")
        move = sheet.move(code)
    else:
        move = sheet.own_move
        if move is None:
            return sheet.fill.get(name, "").split()
    return move.answers.get(rest) if move else None


def record_table(
    declared: RecordTable, sheet: Sheet, rows: list[dict[str, Any]] | None = None
) -> Table | None:
    """A table of the record, or these rows of it, without the columns in which nothing stands; None without rows."""
    rows = sheet.rows(declared.code) if rows is None else rows
    if not rows:
        return None
    cells = [
        tuple(
            column.shown(str(row.get(column.code) or ""))
            or (_STILL if column.code == "until" and row.get("since") else "")
            for column in declared.columns
        )
        for row in rows
    ]
    shown = [at for at in range(len(declared.columns)) if any(row[at] for row in cells)]
    columns = tuple(
        Column(declared.columns[at].label, share(declared.columns[at].label, [row[at] for row in cells]))
        for at in shown
    )
    return Table(columns, tuple(tuple(row[at] for at in shown) for row in cells))


def share(title: str, cells: Iterable[str]) -> float:
    """A column's share of the width: never less than its longest word, more where its answers are long."""
    texts = [title, *cells]
    word = max(len(word) for text in texts for word in (text.split() or [""]))
    return max(word + 1, min(max(map(len, texts)), _LONG) * _OF_A_LONG_ONE)


def beside(sheet: Sheet) -> list[Sheet]:
    """The sheets of all cases at the same step beside this one, below the same body; this one alone otherwise.

    Cases of an occasion go together with those of that occasion only. A closed file never stands in a list.
    """
    body, step = sheet.place("actor"), sheet.step
    if step is None or body is None or sheet.case.closed_file or sheet.case.pk is None:
        return [sheet]
    move = sheet.own_move
    at_step = (
        Q(moves__step=step.code, moves__happened_on=move.happened_on, moves__taken_back_by=None)
        if move
        else Q(open_steps__step=step.code)
    )
    units = Under.objects.on(sheet.on).filter(above=body).values("unit")
    cases = Case.objects.filter(
        at_step, procedure=sheet.case.procedure, organisation__in=units, closed_file=False
    )
    occasion = sheet.case.answers.get("occasion")
    if occasion:
        cases = cases.filter(answers__occasion=occasion)
    found = cases.select_related("person", "organisation").order_by("person__sort_key", "pk").distinct()
    # Whether the private fields may be read was asked of this case's person only.
    closed = replace(sheet, private=False, identity=None)
    sheets = [replace(closed, case=one, _places={}) for one in found if one.pk != sheet.case.pk]
    sheets.append(sheet)
    return sorted(sheets, key=lambda one: one.person.sort_key if one.person else "")

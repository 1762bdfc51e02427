"""Giving members their work of the year, saying it differently, and writing down how it was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.entrusting.models import Entrusted, Reviewed
from tochuc.entrusting.queries import Line, lines, results
from tochuc.kernel.errors import BadInput, DomainError, Refused, raise_all
from tochuc.kernel.known_dates import day_vn
from tochuc.members.models import Person
from tochuc.org.models import Organisation

LONGEST = 500


@dataclass(frozen=True)
class Given:
    """What a member's work of the year is to be; empty where there is none."""

    person: Person
    content: str


@dataclass(frozen=True)
class Found:
    """How a member's work was found done."""

    person: Person
    result: str
    note: str = ""


@transaction.atomic
def entrust(
    cell: Organisation,
    year: int,
    given: Sequence[Given],
    *,
    on: date,
    by: Actor,
    today: date,
    number: str = "",
    reason: str = "",
) -> int:
    """Record the cell's decision on the year's work: what is new or differs. Gives how many were written.

    What already stands is replaced by a new entry with the reason. Raises with the field of each line.
    """
    Organisation.objects.select_for_update().get(pk=cell.pk)
    if on > today:
        raise BadInput("entrusted.future", f"Ngày {day_vn(on)} chưa tới.", "on")
    if not year - 1 <= on.year <= year:
        raise BadInput(
            "entrusted.year", f"Công tác năm {year} được phân công trong năm {year - 1} hoặc {year}.", "on"
        )
    known = {line.person.pk: line for line in lines(cell, year, today)}
    fresh = [one for one in given if _differs(known.get(one.person.pk), one)]
    if not fresh:
        raise BadInput("entrusted.nothing", "Chưa ghi hay sửa công tác của ai.")
    raise_all([*_twice(given), *_wrong(known, fresh, cell, year, reason)])
    ended = _ended(fresh, cell, year)
    rows = []
    for one in fresh:
        line = known[one.person.pk]
        rows.append(
            Entrusted(
                person=one.person,
                organisation=cell,
                year=year,
                content=one.content.strip(),
                since=max(on, date(year, 1, 1)),
                until=date(year, 12, 31),
                given_on=on,
                number=number.strip(),
                reason=reason.strip() if line.work else "",
                recorded_at=now(),
                recorded_by_id=by.account,
                replaces=line.work or ended.get(one.person.pk),
            )
        )
    Entrusted.objects.bulk_create(rows)
    changed = sum(row.replaces is not None for row in rows)
    _note(by, "entrusted.given", cell, {"year": year, "people": len(rows), "changed": changed}, reason)
    return len(rows)


def _twice(lines: Iterable[Given | Found]) -> Iterable[DomainError]:
    seen: set[int] = set()
    for one in lines:
        if one.person.pk in seen:
            yield BadInput("entrusted.twice", f"{one.person.full_name} được ghi hai lần.", one.person.ref)
        seen.add(one.person.pk)


def _differs(line: Line | None, one: Given) -> bool:
    before = line.work.content if line and line.work else ""
    return before != one.content.strip()


def _ended(given: Iterable[Given], cell: Organisation, year: int) -> dict[int, Entrusted]:
    """The entries that took earlier work away, by person: a new one follows each."""
    people = [one.person for one in given]
    rows = Entrusted.objects.filter(person__in=people, organisation=cell, year=year, replaced_by=None)
    return {row.person_id: row for row in rows.filter(content="")}


def _wrong(
    known: dict[int, Line], given: Iterable[Given], cell: Organisation, year: int, reason: str
) -> Iterable[DomainError]:
    needs_reason = False
    for one in given:
        name, line = one.person.full_name, known.get(one.person.pk)
        if line is None:
            yield Refused(
                "entrusted.not_here", f"{name} không sinh hoạt ở {cell.name} năm {year}.", one.person.ref
            )
            continue
        if len(one.content) > LONGEST:
            yield BadInput("entrusted.long", f"{name}: nội dung dài quá {LONGEST} ký tự.", one.person.ref)
        if line.review is not None:
            yield Refused(
                "entrusted.reviewed",
                f"{name}: công tác năm {year} đã được đánh giá, không sửa nữa.",
                one.person.ref,
            )
        needs_reason = needs_reason or line.work is not None
    if needs_reason and not reason.strip():
        yield BadInput("entrusted.no_reason", "Có nội dung đã phân công bị sửa: cần ghi lý do.", "reason")


@transaction.atomic
def review(cell: Organisation, year: int, found: Sequence[Found], *, on: date, by: Actor, today: date) -> int:
    """Write down how the year's work was done, for those of whom something is said. Gives how many were written."""
    Organisation.objects.select_for_update().get(pk=cell.pk)
    if on > today:
        raise BadInput("entrusted.future", f"Ngày {day_vn(on)} chưa tới.", "on")
    if on < date(year, 1, 1):
        raise BadInput("entrusted.early", f"Ngày đánh giá phải từ đầu năm {year}.", "on")
    known = {line.person.pk: line for line in lines(cell, year, today)}
    allowed = results(on)
    wrong: list[DomainError] = [*_twice(found)]
    rows = []
    for one in found:
        line, name = known.get(one.person.pk), one.person.full_name
        if line is None or line.work is None:
            wrong.append(
                Refused("entrusted.none", f"{name} chưa được phân công công tác năm {year}.", one.person.ref)
            )
        elif one.result not in allowed:
            wrong.append(BadInput("entrusted.result", f"{name}: cần chọn mức thực hiện.", one.person.ref))
        elif len(one.note) > LONGEST:
            wrong.append(
                BadInput("entrusted.long", f"{name}: nhận xét dài quá {LONGEST} ký tự.", one.person.ref)
            )
        elif line.review is None or (line.review.result, line.review.note) != (one.result, one.note.strip()):
            rows.append(
                Reviewed(
                    entrusted=line.work,
                    result=one.result,
                    note=one.note.strip(),
                    reviewed_on=on,
                    recorded_at=now(),
                    recorded_by_id=by.account,
                    corrects=line.review,
                )
            )
    raise_all(wrong)
    if not rows:
        raise BadInput("entrusted.nothing", "Chưa đánh giá hay sửa đánh giá của ai.")
    Reviewed.objects.bulk_create(rows)
    _note(by, "entrusted.reviewed", cell, {"year": year, "people": len(rows)})
    return len(rows)


def _note(by: Actor, act: str, cell: Organisation, data: dict[str, int], reason: str = "") -> None:
    record(by, act, stream=cell.code, kind="organisation", key=cell.code, data=dict(data), reason=reason)

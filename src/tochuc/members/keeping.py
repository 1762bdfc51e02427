"""Writing into a record: what its fields and tables say, since when, on what ground; checked, kept as facts, audited."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import DomainError, Refused, raise_all
from tochuc.kernel.known_dates import BIRTH_PIVOT, OTHER_PIVOT, day_vn, parse_known_date
from tochuc.kernel.names import clean_name
from tochuc.members import facts
from tochuc.members.facts import Ground
from tochuc.members.models import Fact, Person
from tochuc.members.record_fields import CHOICE, DATE, FIELDS, LONG, TABLES, Field
from tochuc.members.record_values import NATIONAL_ID, known_date, put, value_of

_NEVER_EMPTY = frozenset({"full_name", "birth", "gender"})


@transaction.atomic
def keep(
    person: Person, values: Mapping[str, str], *, ground: Ground, by: Actor, today: date
) -> tuple[str, ...]:
    """Write what these fields say; give those that changed. All of them are checked before any is written.

    A date may come as people type it. Raises ``Refused`` or ``Refusals`` with the fields to mend.
    """
    held = Person.objects.select_for_update().get(pk=person.pk)
    wanted = _cleaned(held, values, today)
    _check_ground(ground, today)
    changes = {
        code: (before, after) for code, after in wanted.items() if (before := value_of(held, code)) != after
    }
    if not changes:
        return ()
    facts.store(facts.appended([(held, changes)], ground, at=now(), by=by.account))
    columns = put(held, _holding(held, tuple(changes)))
    held.save(update_fields=columns)
    _note(held, by, ground.words, fields=sorted(changes))
    person.refresh_from_db()
    return tuple(changes)


def _holding(person: Person, codes: tuple[str, ...]) -> dict[str, str]:
    """What these fields say now: what was written of the past doesn't take the place of what came later."""
    own = list(Fact.objects.filter(person=person, field__in=codes))
    found = facts.record_on(person, own, {}, None, None)
    return {code: found[code].value for code in codes}


def _check_ground(ground: Ground, today: date) -> None:
    if ground.since is not None and ground.since > today:
        raise Refused("future", f"Ngày {day_vn(ground.since)} chưa tới; chỉ ghi việc đã xảy ra.", "since")


def _cleaned(person: Person, values: Mapping[str, str], today: date) -> dict[str, str]:
    errors: list[DomainError] = []
    found: dict[str, str] = {}
    for code, value in values.items():
        if code == NATIONAL_ID:
            raise LookupError("an identity number is written by members.identity")
        try:
            found[code] = _value(FIELDS[code], value, today, code)
        except DomainError as wrong:
            errors.append(wrong)
    raise_all(errors)
    card = found.get("card_number")
    if card and Person.objects.filter(card_number=card).exclude(pk=person.pk).exists():
        raise Refused("card_twice", "Số thẻ này đã ghi cho một đảng viên khác.", "card_number")
    return found


def cleaned(code: str, typed: str, today: date, at: str) -> str:
    """A value of a single field as the record would keep it; ``Refused`` at the input ``at`` where it can't."""
    return _value(FIELDS[code], typed, today, at)


def _value(field: Field, typed: str, today: date, at: str) -> str:
    """A value as the record keeps it; ``at`` is the input to mend."""
    text = unicodedata.normalize("NFC", typed or "").strip()
    if field.kind != LONG:
        text = " ".join(text.split())
    if not text:
        if field.code in _NEVER_EMPTY:
            raise Refused("missing", f"«{field.label}» không để trống được.", at)
        return ""
    if field.kind == DATE:
        return _date(field, text, today, at)
    if field.kind == CHOICE and text not in dict(field.choices):
        raise Refused("unknown", f"«{field.label}»: không có lựa chọn này.", at)
    if field.code == "full_name":
        text = clean_name(text)
        if " " not in text:
            raise Refused("name_incomplete", "Cần ghi đủ họ và tên.", at)
    if len(text) > field.longest:
        raise Refused(
            "too_long", f"«{field.label}» dài {len(text)} ký tự, nhiều nhất là {field.longest}.", at
        )
    return text


def _date(field: Field, text: str, today: date, at: str) -> str:
    try:
        known = parse_known_date(text, pivot=BIRTH_PIVOT if field.code in {"birth", "born"} else OTHER_PIVOT)
    except DomainError as wrong:
        raise Refused(wrong.code, wrong.message, at) from wrong
    if known.first > today:
        raise Refused("future", f"«{field.label}»: {known.vn} chưa tới.", at)
    return known.iso


@transaction.atomic
def keep_row(
    person: Person,
    table: str,
    row: Mapping[str, str],
    *,
    by: Actor,
    today: date,
    ground: str = "",
    replaces: Fact | None = None,
) -> Fact:
    """Add a row to a table of the record, or write another in its place; the former version stays readable."""
    Person.objects.select_for_update().get(pk=person.pk)
    _check_replaced(replaces, person, table)
    value = cleaned_row(table, row, today)
    made = Fact.objects.create(
        person=person,
        field=table,
        value=value,
        recorded_at=now(),
        recorded_by_id=by.account,
        ground=ground.strip()[:300],
        corrects=replaces,
    )
    _note(person, by, ground, fields=[table], row=made.pk)
    return made


@transaction.atomic
def strike_row(wrong: Fact, *, by: Actor, reason: str) -> Fact:
    """Strike a row out of a table, with the reason; it stays readable in the history."""
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do bỏ dòng này.", "ground")
    Person.objects.select_for_update().get(pk=wrong.person_id)
    _check_replaced(wrong, wrong.person, wrong.field)
    made = Fact.objects.create(
        person=wrong.person,
        field=wrong.field,
        value=None,
        recorded_at=now(),
        recorded_by_id=by.account,
        ground=reason.strip()[:300],
        corrects=wrong,
    )
    _note(wrong.person, by, reason, fields=[wrong.field], row=made.pk)
    return made


def cleaned_row(table: str, row: Mapping[str, str], today: date) -> dict[str, str]:
    """A row as the record keeps it, without what is empty; what the table asks for has to be there."""
    errors: list[DomainError] = []
    value: dict[str, str] = {}
    for column in TABLES[table].columns:
        try:
            text = _value(column, row.get(column.code, ""), today, column.code)
        except DomainError as wrong:
            errors.append(wrong)
            continue
        if text:
            value[column.code] = text
        elif column.asked:
            errors.append(Refused("missing", f"Cần ghi «{column.label}».", column.code))
    raise_all(errors)
    since, until = value.get("since"), value.get("until")
    if since and until and known_date(until).last < known_date(since).first:
        raise Refused("order", "Thời gian kết thúc phải sau thời gian bắt đầu.", "until")
    return value


def _check_replaced(replaced: Fact | None, person: Person, table: str) -> None:
    if replaced is None:
        return
    if replaced.person_id != person.pk or replaced.field != table or replaced.value is None:
        raise LookupError("a row is replaced within its own table")
    if Fact.objects.filter(corrects=replaced).exists():
        raise Refused("already_changed", "Dòng này vừa được người khác sửa; hãy mở lại để xem.")


def _note(person: Person, by: Actor, reason: str, **data: Any) -> None:
    stream = person.home.code if person.home else "system"
    record(by, "person.corrected", stream=stream, kind="person", key=person.ref, data=data, reason=reason)

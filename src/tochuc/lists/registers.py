"""The lists that committees keep or hand in: whom each holds, and what is recorded of them for its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from tochuc.kernel.known_dates import KnownDate, day_vn
from tochuc.lists import badge_rounds, columns, comings
from tochuc.lists.columns import Line
from tochuc.members import ledger
from tochuc.members.kinds import OFFICIAL
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.rules.member_lists import MemberList

REGISTER, OUT, IN = "so-danh-sach-dang-vien", "gioi-thieu-sinh-hoat-di", "gioi-thieu-sinh-hoat-den"
ADMITTED, BADGES = "moi-ket-nap", "huy-hieu-dang"
OVER_A_PERIOD = frozenset({OUT, IN, ADMITTED})
_BATCH = 2000
_REASONS = {OUT: {"transferred_out"}, IN: {"transferred_in"}, ADMITTED: {"admitted", "readmitted"}}
_SHOWN = [columns.COLUMNS[slug] for slug in ("ngay-vao", "dieu-kien", "tuoi-dang")]

Values = dict[str, Any]


@dataclass(frozen=True)
class Span:
    """The days a list is asked for; a list of one day, or of one occasion, has it as its last."""

    first: date
    last: date


def rows(form: MemberList, organisation: Organisation, span: Span, *, today: date) -> Iterator[list[Any]]:
    """The list's rows in the order and columns of its form."""
    for number, values in enumerate(_KINDS[form.code](form, organisation, span, today), 1):
        held = values | {"number": number}
        yield [_cell([held.get(content) for content in column.holds]) for column in form.columns]


def _cell(values: Sequence[Any]) -> Any:
    """One value as it is; several one below the other, as the form has them."""
    if len(values) == 1:
        return values[0]
    return "\n".join(words for words in (_words(value) for value in values) if words)


def _words(value: Any) -> str:
    if isinstance(value, KnownDate):
        return value.vn
    return day_vn(value) if isinstance(value, date) else str(value or "")


def _register(form: MemberList, organisation: Organisation, span: Span, today: date) -> Iterator[Values]:
    """Everyone who has stood in the branch up to the day, with how they came and how they left."""
    people = iter(comings.ever_in(organisation, span.last).iterator(chunk_size=_BATCH))
    while some := list(islice(people, _BATCH)):
        found = comings.comings(organisation, [p.pk for p in some], span.last)
        for line in _lines(some, organisation, span.last):
            yield _person(line) | found.get(line.person.pk, {})


def _moved(form: MemberList, organisation: Organisation, span: Span, today: date) -> Iterator[Values]:
    """Those of one row of the statement over the period, in order of time."""
    wanted = _REASONS[form.code]
    moves = [m for m in ledger.lines(organisation, span.first, span.last) if m.reason in wanted]
    people = {p.ref: p for p in Person.objects.filter(ref__in={m.person_ref for m in moves})}
    by_ref = {line.person.ref: line for line in _lines(people.values(), organisation, span.last)}
    for move in moves:
        yield _person(by_ref[move.person_ref]) | {
            "moved_on": move.on,
            "moved_from": move.from_name or move.elsewhere,
            "moved_to": move.to_name or move.elsewhere,
            "paper": move.decision,
            "cell": move.to_name,
        }


def _badges(form: MemberList, organisation: Organisation, span: Span, today: date) -> Iterator[Values]:
    """Whoever comes to a mark of Party age after the occasion before and by this one, the longest first."""
    occasion = span.last
    due = badge_rounds.reaching(organisation, span.first, occasion, today)
    standing = [_Standing(one.person, one.cell, OFFICIAL) for one in due]
    by_person = {line.person.pk: line for line in columns.lines(standing, _SHOWN, occasion)}
    for one in due:
        yield _person(by_person[one.person.pk]) | {"badge": f"{one.years} năm", "badge_on": one.on}


_KINDS: dict[str, Callable[[MemberList, Organisation, Span, date], Iterable[Values]]] = {
    REGISTER: _register,
    OUT: _moved,
    IN: _moved,
    ADMITTED: _moved,
    BADGES: _badges,
}


@dataclass(frozen=True)
class _Standing:
    person: Person
    organisation: Organisation
    standing: str


def _lines(people: Iterable[Person], organisation: Organisation, on: date) -> list[Line]:
    some = [_Standing(person, person.home or organisation, person.standing) for person in people]
    return columns.lines(some, _SHOWN, on)


def _person(line: Line) -> Values:
    one = line.person
    return {
        "name": one.full_name,
        "birth": one.birth,
        "gender": one.get_gender_display(),
        "ethnicity": one.ethnicity,
        "religion": one.religion,
        "hometown": one.hometown,
        "education": one.education,
        "theory": one.get_political_theory_display(),
        "qualification": one.qualification,
        "occupation": one.occupation,
        "admitted": line.ceremony,
        "official": line.official,
        "card": one.card_number,
        "cell": line.organisation.name,
        "conditions": ", ".join(line.conditions),
        "party_age": line.age.words if line.age else "",
    }

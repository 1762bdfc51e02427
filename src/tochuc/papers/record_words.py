"""Fields of a person: everything the record holds, and what the ledger says of the way into the Party."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.remembering import remembered
from tochuc.members.kinds import STANDINGS
from tochuc.members.models import Person
from tochuc.members.party_age import party_age
from tochuc.members.queries import events_in_force, posts_of
from tochuc.members.record_fields import FIELDS, section_of
from tochuc.papers.known import Known, Mend
from tochuc.papers.sheet import Sheet
from tochuc.rules.ask import rule
from tochuc.rules.limits import due_after

_EVENTS = Mend("events")


def record_words() -> Iterator[Known]:
    """``member.…``: each field of the record by its code, then what follows from the ledger."""
    for code, field in FIELDS.items():
        yield Known(f"member.{code}", field.label, Mend("record", section_of(code).slug), _recorded(code))
    yield Known("member.born", FIELDS["birth"].label, Mend("record", section_of("birth").slug), _born)
    for name, words, value in (
        ("decided_on", "Ngày quyết định kết nạp", _joined(0)),
        ("admitted_on", "Ngày kết nạp vào Đảng", _joined(1)),
        ("official_on", "Ngày công nhận chính thức", _joined(2)),
        ("probation_ends", "Ngày hết thời gian dự bị", _probation_ends),
        ("standing", "Tình trạng đảng viên", _standing),
        ("cell", "Chi bộ đang sinh hoạt", _cell),
        ("posts", "Chức vụ đang giữ", _posts),
        ("party_age", "Tuổi đảng", _party_age),
    ):
        yield Known(f"member.{name}", words, _EVENTS, value)


def _recorded(code: str) -> Callable[[Sheet], str]:
    return lambda sheet: sheet.recorded(code)


def _born(sheet: Sheet) -> str:
    """As a sentence goes on with it, as exactly as it is known: `ngày 02/04/1975`, `tháng 04/1975`, `năm 1975`."""
    birth = sheet.recorded("birth")
    kind = ("năm", "tháng", "ngày")[birth.count("/")]
    return f"{kind} {birth}" if birth else ""


def _joined(which: int) -> Callable[[Sheet], str]:
    return lambda sheet: shown(sheet.joined[which])


def shown(day: date | None) -> str:
    """A day as it stands on paper, or nothing."""
    return day_vn(day) if day else ""


def _probation_ends(sheet: Sheet) -> str:
    ceremony = sheet.joined[1]
    if ceremony is None:
        return ""
    try:
        return day_vn(due_after(rule("probation.length", on=ceremony), ceremony))
    except NotInForce:
        return ""


def _standing(sheet: Sheet) -> str:
    return STANDINGS[sheet.stands.standing] if sheet.stands else ""


def _cell(sheet: Sheet) -> str:
    return sheet.cell.name if sheet.cell else ""


def _posts(sheet: Sheet) -> str:
    return _posts_held(sheet.person, sheet.on) if sheet.person else ""


@remembered
def _posts_held(person: Person, on: date) -> str:
    held = posts_of(person, on).order_by("post__code")
    return "; ".join(one.post.title for one in held)


def _party_age(sheet: Sheet) -> str:
    if sheet.person is None:
        return ""
    age = party_age(events_in_force(sheet.person), sheet.on)
    return age.words if age else ""

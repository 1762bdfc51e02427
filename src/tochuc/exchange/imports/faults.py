"""What keeps a row from being written though it could be read: errors of writing, in the form of the dry run's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from tochuc.changes.since import known_date
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.names import fold
from tochuc.members.kinds import IN_PARTY, SYMPATHISER
from tochuc.members.models import Person

Finding = dict[str, str]
Say = Callable[[str, str, str, str], Finding]
"""Makes a finding of (field, code, value, message) at the field's column."""

CARD_OF_ANOTHER = "card_of_another"

_TEXTS = (
    "full_name", "ethnicity", "religion", "hometown", "residence", "occupation", "education",
    "qualification", "card_number", "phone", "member_number",
)  # fmt: skip


def of_fields(fields: Mapping[str, Any], as_of: date, say: Say) -> Iterator[Finding]:
    """Values that the record can't hold, and days after the one the list speaks of."""
    for name in _TEXTS:
        column = Person._meta.get_field(name)
        most = getattr(column, "max_length", None) or 0
        value = fields.get(name)
        if isinstance(value, str) and len(value) > most:
            words = f"Nội dung dài {len(value)} ký tự; sổ ghi được nhiều nhất {most}."
            yield say(name, "too_long", value, words)
    for name, what in (("birth", "Ngày sinh"), ("admitted_on", "Ngày vào Đảng")):
        value = fields.get(name)
        if value and (known := known_date(value)).first > as_of:
            words = f"{what} {known.vn} sau ngày của danh sách ({day_vn(as_of)})."
            yield say(name, "after_list", value, words)


def of_newcomer(fields: Mapping[str, Any], say: Say) -> Iterator[Finding]:
    """What a new record can't do without."""
    name = fields.get("full_name", "")
    if " " not in name:
        yield say("full_name", "name_incomplete", name, "Cần ghi đủ họ và tên.")
    if "birth" not in fields:
        words = "Cần có ngày sinh, ít nhất là năm sinh, để lập hồ sơ và để không nhầm với người trùng tên."
        yield say("birth", "missing_birth", "", words)


def of_known(person: Person, fields: Mapping[str, Any], say: Say) -> Iterator[Finding]:
    """Someone found in the record who can't be the member the row speaks of."""
    name = fields.get("full_name", "")
    other = fold(name) != person.fold
    if other and ("birth" not in fields or not known_date(fields["birth"]).span.overlaps(person.birth.span)):
        words = f"Số thẻ này trong sổ là của đồng chí {person.full_name}, sinh {person.birth.vn}."
        yield say("card_number", CARD_OF_ANOTHER, fields.get("card_number", ""), words)
    elif person.standing == SYMPATHISER:
        words = "Trong sổ, người này đang ở danh sách cảm tình đảng. Hãy ghi kết nạp kèm quyết định."
        yield say("full_name", "sympathiser", name, words)
    elif person.standing not in IN_PARTY:
        words = (
            "Trong sổ, người này không còn là đảng viên ở đây. Nếu đã trở lại, hãy ghi chuyển đến, "
            "kết nạp lại hoặc phục hồi ngay trong hồ sơ."
        )
        yield say("full_name", "no_longer_member", name, words)


def of_cards(
    fields: Mapping[str, Any], elsewhere: Collection[str], seen: Mapping[str, str], here: str, say: Say
) -> Iterator[Finding]:
    """A card that stands twice in the file, or that the record has outside the branch."""
    card = fields.get("card_number", "")
    if card in elsewhere:
        words = (
            "Số thẻ này đã có trong sổ của một tổ chức khác. Hãy kiểm tra lại số, hoặc ghi chuyển sinh hoạt."
        )
        yield say("card_number", "card_elsewhere", card, words)
    elif card and seen.get(card, here) != here:
        yield say("card_number", "card_twice", card, f"Số thẻ này đã có ở {seen[card]} của tệp.")

"""What every transfer of Party activity asks, alike for the official, the temporary one and the one abroad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tochuc.cases.declare import EXITS, TO, Objection, Question, Taken
from tochuc.cases.facts import Later
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.cases.registry import Deed
from tochuc.kernel.errors import NotInForce
from tochuc.members import actions
from tochuc.members.models import MemberEvent, Person
from tochuc.org.kinds import KINDS, MEMBER_KINDS
from tochuc.org.models import Organisation, Under
from tochuc.procedures.actors import BOARD, RECEIVING_BASE, RECEIVING_CELL
from tochuc.procedures.record_facts import person_facts

RECEIVERS = (RECEIVING_CELL, RECEIVING_BASE, BOARD @ TO)
"""Who accepts: the cell, or the committee that the papers name."""
ENDS_ELSEWHERE = EXITS | {"transferred", "papers_returned"}
"""Entries of the ledger after which no transfer runs on."""

PLACE = Question(
    "organisation",
    "Tổ chức đảng nơi đến, nếu có trong sổ",
    kind="organisation",
    hint="Gõ tên chi bộ hoặc đảng bộ, không cần dấu, rồi chọn trong danh sách",
    required=False,
)
OUTSIDE_THE_RECORD = Question(
    "destination",
    "Nơi đến ngoài sổ",
    hint="Ghi rõ chi bộ, đảng bộ cơ sở, huyện, tỉnh; để trống nếu đã chọn nơi đến ở trên",
    required=False,
)
EXAMINED = Question(
    "examined",
    "Đang bị kiểm tra, hoặc có khiếu nại, tố cáo chưa giải quyết xong",
    kind="flag",
    required=False,
)
INTO = Question(
    "cell",
    "Tiếp nhận vào chi bộ",
    kind="choice",
    hint="Giấy ghi tên đảng bộ; chọn chi bộ mà đảng viên sẽ sinh hoạt",
    required=False,
    offers="receiving_cells",
)
WHY_BACK = Question(
    "why",
    "Lý do trả lại",
    hint="Chỉ ghi khi trả giấy, ví dụ: gửi nhầm nơi đến, hồ sơ chưa đủ",
    required=False,
)


def inside(facts: Mapping[str, Any]) -> bool:
    """Whether one goes to an organisation of the record."""
    return bool(facts.get("inside"))


def outside(facts: Mapping[str, Any]) -> bool:
    """Whether one goes to an organisation outside the record, named in words."""
    return not facts.get("inside")


def somewhere(taken: Taken) -> list[Objection]:
    """The destination is an organisation of the record, or named in words."""
    if taken.facts.get("inside") or str(taken.facts.get("destination") or "").strip():
        return []
    return [Objection("no_destination", "Cần ghi tổ chức đảng nơi đến.", field="destination")]


def elsewhere(taken: Taken) -> list[Objection]:
    """The destination is another than where one is, and receives members."""
    if taken.facts.get("same_cell"):
        return [
            Objection(
                "same_place",
                "Nơi đến trùng với nơi đang sinh hoạt; hãy chọn chi bộ khác.",
                field="organisation",
            )
        ]
    if taken.facts.get("to_kind") == "board":
        message = f"{taken.facts['to_name']} không tiếp nhận sinh hoạt đảng; hãy chọn chi bộ hoặc đảng bộ."
        return [Objection("not_a_receiver", message, field="organisation")]
    return []


def not_while_examined(taken: Taken) -> list[Objection]:
    """No transfer while the member is under inspection or a complaint is open (điểm 6.3.1)."""
    if not taken.facts.get("examined"):
        return []
    try:
        rule = taken.rule("transfer.blocked_when")
    except NotInForce:
        return []
    message = f"Chưa làm thủ tục chuyển sinh hoạt: đảng viên {rule.words} ({rule.cite.vn})."
    return [Objection("examined", message, rule)]


def back_with_a_reason(taken: Taken) -> list[Objection]:
    """Papers sent back say why, so that the place they came from can mend it."""
    if taken.move.outcome != "sent_back" or str(taken.move.answers.get("why") or "").strip():
        return []
    return [Objection("no_reason", "Cần ghi lý do trả lại giấy, để nơi đi khắc phục.", field="why")]


def into_a_cell(taken: Taken) -> list[Objection]:
    """Papers that name a committee are accepted into one of its cells."""
    if taken.move.outcome != "received":
        return []
    chosen, cells = taken.move.answers.get("cell"), taken.facts["cells"]
    if chosen and chosen not in cells:
        message = f"Chi bộ đã chọn không thuộc {taken.facts['to_name']}; hãy chọn trong danh sách."
        return [Objection("not_theirs", message, field="cell")]
    if chosen or taken.facts["to_is_cell"]:
        return []
    message = f"Giấy ghi {taken.facts['to_name']}; cần chọn chi bộ tiếp nhận."
    return [Objection("no_cell", message, field="cell")]


def moving_facts(case: Case, on: date) -> dict[str, Any]:
    """The person, and what is known of where they go."""
    to = place_of(case, TO, on)
    here = case.person.home_id if case.person else None
    return {
        **person_facts(case, on),
        "inside": to is not None,
        "same_cell": case.pk is None and to is not None and to.pk == here,
        "to_name": to.name if to else "",
        "to_kind": to.kind if to else "",
        "to_is_cell": to is not None and KINDS[to.kind].holds_members,
        "cells": Later(lambda: [code for code, _ in receiving_cells(case, on)]),
    }


def receiving_cells(case: Case, on: date) -> Sequence[tuple[str, str]]:
    """Where the papers name a committee: the cells into which it may accept, by code and name."""
    to = place_of(case, TO, on)
    if to is None or KINDS[to.kind].holds_members:
        return []
    units = Under.objects.on(on).filter(above=to, unit__kind__in=MEMBER_KINDS).select_related("unit")
    return [(row.unit.code, row.unit.name) for row in units.order_by("unit__fold", "unit__pk")]


def person_of(deed: Deed) -> Person:
    """Whose transfer it is."""
    if deed.case.person is None:
        raise LookupError("a transfer is of a person")
    return deed.case.person


def letter(deed: Deed) -> actions.Decision:
    """The letter of introduction: its number, day and who gave it."""
    issued = deed.case.moves.filter(step="introduce", taken_back_by=None).order_by("id").last()
    number = deed.move.answers.get("number") or (issued.answers.get("number") if issued else "")
    return actions.Decision(str(number or ""), deed.move.on if issued is None else issued.happened_on, "")


def receiving_cell(deed: Deed) -> Organisation:
    """The cell that takes the member in: the one chosen, or the one the papers name."""
    chosen = str(deed.move.answers.get("cell") or "")
    if chosen:
        return Organisation.objects.get(code=chosen)
    to = place_of(deed.case, TO, deed.move.on)
    if to is None:
        raise LookupError("nobody receives")
    return to


def already_there(deed: Deed, cell: Organisation) -> bool:
    """Whether a reorganisation brought the member to where the papers lead."""
    return person_of(deed).home_id == cell.pk


def returned(deed: Deed) -> MemberEvent | None:
    """The papers come back: the member stays where they were; the reason stands in the ledger."""
    why = str(deed.move.answers.get("why") or "")
    return actions.append(
        person_of(deed),
        "papers_returned",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        data={"why": why} if why else {},
    )

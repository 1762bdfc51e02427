"""Temporary transfer of Party activity: for a time, counted at the official place, and back again at its end.

At the temporary place there is no vote, no candidacy and no election; a seat on a committee stays where it is.
Sources: the regulation on applying the Charter, point 6.3.2; the guidance on members' affairs, part II.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tochuc.cases.clocks import Fact, Since, Within
from tochuc.cases.declare import Objection, Outcome, Paper, Procedure, Question, Step, Taken
from tochuc.cases.models import Case
from tochuc.cases.registry import Deed, Running
from tochuc.kernel.days import FOREVER, add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members import actions
from tochuc.members.conditions import TEMPORARY
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import MemberEvent
from tochuc.members.temporary import STUDY, WORK
from tochuc.procedures import moving
from tochuc.procedures.actors import ONESELF, THE_BASE, THE_CELL
from tochuc.procedures.conditions import stands_as

RETIRING = "retiring"
PURPOSES = {
    WORK: "Thay đổi nơi công tác, nơi cư trú trong thời gian ngắn",
    STUDY: "Học tập trung trong nước",
    RETIRING: "Nghỉ chờ hưu tại nơi cư trú",
}
_LONGEST = {WORK: "transfer.temp_max_work", STUDY: "transfer.temp_max_study"}
_SHOWN = Within("transfer.present_deadline", Since("introduce"))


def _day(raw: object) -> date | None:
    return date.fromisoformat(str(raw)) if raw else None


def _not_received(facts: Mapping[str, Any]) -> bool:
    """Whether one goes to an organisation of the record that didn't receive one yet."""
    return moving.inside(facts) and "receive" not in facts["taken"]


def _long_enough(taken: Taken) -> list[Objection]:
    """From three months, and not longer than the purpose allows, where the rule says so."""
    since, until = _day(taken.facts.get("from_on")), _day(taken.facts.get("until_on"))
    if since is None or until is None:
        return []
    if until <= since:
        return [Objection("end_before", "Ngày kết thúc phải sau ngày bắt đầu.", field="until_on")]
    found = []
    for rule_id in ("transfer.temp_min", _LONGEST.get(str(taken.facts.get("purpose")), "")):
        if rule_id:
            found += _keeps(taken, rule_id, since, until)
    return found


def _keeps(taken: Taken, rule_id: str, since: date, until: date) -> list[Objection]:
    try:
        rule = taken.rule(rule_id)
    except NotInForce:
        return []
    bound = add_months(since, rule.number)
    # Studying may take the whole time; other stays must be shorter.
    kept = {
        "transfer.temp_min": until >= bound,
        "transfer.temp_max_study": until <= bound,
        "transfer.temp_max_work": until < bound,
    }
    if kept[rule_id]:
        return []
    message = (
        f"Từ {day_vn(since)} đến {day_vn(until)} không đúng thời gian sinh hoạt tạm thời. "
        f"{rule.title}: {rule.words} ({rule.cite.vn})."
    )
    return [Objection("temporary_length", message, rule, "until_on")]


def _prolonged(taken: Taken) -> list[Objection]:
    """Who stays longer says until when; the whole stay keeps to the longest time."""
    if taken.move.outcome != "prolonged":
        return []
    until = _day(taken.move.answers.get("until_on"))
    if until is None:
        return [Objection("no_end", "Cần ghi gia hạn đến ngày nào.", field="until_on")]
    if until <= taken.move.on:
        return [Objection("end_before", "Ngày hết hạn mới phải sau ngày gia hạn.", field="until_on")]
    since = _day(taken.facts.get("from_on"))
    longest = _LONGEST.get(str(taken.facts.get("purpose")))
    return _keeps(taken, longest, since, until) if longest and since else []


PROCEDURE = Procedure(
    code="temporary_transfer",
    title="Chuyển sinh hoạt đảng tạm thời",
    about=(
        "Sinh hoạt nơi khác trong một thời gian rồi trở về. Đảng viên vẫn tính ở nơi chính thức; "
        "ở nơi tạm thời không biểu quyết, ứng cử, bầu cử."
    ),
    rules=(
        "transfer.temp_min",
        "transfer.temp_max_work",
        "transfer.temp_max_study",
        "transfer.temp_counting",
        "transfer.temp_rights_excluded",
        "transfer.temp_committee_seat",
        "transfer.temp_extension",
    ),
    opened_by=(ONESELF, THE_CELL, THE_BASE),
    questions=(
        Question("purpose", "Lý do", kind="choice", choices=PURPOSES),
        moving.PLACE,
        moving.OUTSIDE_THE_RECORD,
        Question("from_on", "Từ ngày", kind="day"),
        Question("until_on", "Đến ngày", kind="day"),
    ),
    begins=(stands_as(PROBATIONARY, OFFICIAL), moving.somewhere, moving.elsewhere, _long_enough),
    excludes=("removal", "discipline", "transfer", "abroad"),
    stopped_by=moving.ENDS_ELSEWHERE | {"temporary_ended"},
    steps=(
        Step(
            "request",
            "Đảng viên đề nghị, nộp giấy tờ",
            by=(ONESELF, THE_CELL),
            papers=(Paper("transfer.decision"),),
        ),
        Step(
            "introduce",
            "Cấp giấy giới thiệu sinh hoạt đảng tạm thời",
            by=(THE_BASE,),
            after=("request",),
            questions=(Question("number", "Số giấy giới thiệu"),),
            papers=(Paper("transfer.temporary_introduction"),),
            outcomes=(Outcome("issued", "Đã cấp giấy", effect="send"),),
        ),
        Step(
            "receive",
            "Nơi đến nhận vào sinh hoạt tạm thời",
            by=moving.RECEIVERS,
            after=("introduce",),
            within=_SHOWN,
            questions=(moving.WHY_BACK,),
            conditions=(moving.back_with_a_reason,),
            outcomes=(
                Outcome("received", "Đã nhận"),
                Outcome("sent_back", "Trả giấy về nơi đi", closes="sent_back", effect="end"),
            ),
            when=moving.inside,
        ),
        Step(
            "chase",
            "Hỏi nơi đến về giấy chưa được nhận",
            by=(THE_BASE, THE_CELL),
            after=("introduce",),
            within=_SHOWN,
            once_late=True,
            outcomes=(Outcome("asked", "Đã hỏi, nơi đến sẽ nhận", again=True),),
            when=_not_received,
        ),
        Step(
            "return",
            "Trở về sau thời gian sinh hoạt tạm thời",
            by=(ONESELF, THE_CELL, THE_BASE),
            after=("introduce",),
            about="Hết thời hạn thì trở về, xin gia hạn với cấp ủy nơi tạm thời và báo nơi chính thức, hoặc chuyển chính thức.",
            within=Within("", Fact("ends_on")),
            questions=(Question("until_on", "Gia hạn đến ngày", kind="day", required=False),),
            conditions=(_prolonged,),
            outcomes=(
                Outcome("returned", "Đã trở về", closes="returned", effect="end"),
                Outcome("prolonged", "Được gia hạn", again=True, effect="prolong"),
                Outcome("stays", "Ở lại, chuyển sinh hoạt chính thức", closes="to_official", effect="end"),
            ),
        ),
    ),
)


def _facts(case: Case, on: date) -> dict[str, Any]:
    return {**moving.moving_facts(case, on), "ends_on": _ends(case)}


def _ends(case: Case) -> date | None:
    """The end that was decided last: of a prolongation, where there was one."""
    if case.person is not None:
        stays = case.person.conditions.filter(kind=TEMPORARY, until=FOREVER).first()
        if stays is not None and stays.planned_until is not None:
            return stays.planned_until
    return _day(case.answers.get("until_on"))


def _send(deed: Deed) -> MemberEvent:
    case, said = deed.case, deed.case.answers
    data: Mapping[str, Any] = {"until_on": said["until_on"], "purpose": said["purpose"]}
    words = {"destination": said.get("destination") or ""} if case.to is None else {}
    return actions.append(
        moving.person_of(deed),
        "sent_temporarily",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        organisation=case.to,
        decision=moving.letter(deed),
        data={**data, **words},
    )


def _prolong(deed: Deed) -> MemberEvent:
    return actions.append(
        moving.person_of(deed),
        "temporary_extended",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        data={"until_on": deed.move.answers["until_on"]},
    )


def _end(deed: Deed) -> MemberEvent:
    why = str(deed.move.answers.get("why") or "")
    return actions.append(
        moving.person_of(deed),
        "temporary_ended",
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        data={"why": why} if why else {},
    )


RUNNING = Running(PROCEDURE, _facts, {"send": _send, "prolong": _prolong, "end": _end})

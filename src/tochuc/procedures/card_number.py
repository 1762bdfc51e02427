"""The number of a Party card: its form, that nobody else ever had it, and writing it into the record and out again."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.declare import Objection, Question, Taken
from tochuc.cases.models import Case
from tochuc.cases.registry import Deed
from tochuc.kernel.errors import NotInForce
from tochuc.members import actions, keeping
from tochuc.members.facts import Ground
from tochuc.members.models import Fact, MemberEvent, Person
from tochuc.members.queries import events_in_force
from tochuc.procedures.decisions import decision_above
from tochuc.procedures.record_facts import member_case_facts

CARD_NUMBER = Question("card_number", "Số thẻ đảng viên", hint="Như ghi trên thẻ, ví dụ 49.123456")
_OF_THE_PROVINCE = 2
"""How many digits in front say which province-level body gave the card; a dot may stand after them."""


_ENDS = frozenset({"expelled", "removed", "departed", "died"})


def card_facts(case: Case, on: date) -> dict[str, Any]:
    """The facts of the member, the number of the card now held, and how the member left where one did."""
    facts = member_case_facts(case, on)
    person = case.person
    if person is None:
        return facts
    ends = [one for one in events_in_force(person) if one.kind in _ENDS and one.happened_on <= on]
    last = ends[-1] if ends else None
    return facts | {"ref": person.ref, "holds_card": person.card_number, "left_by": last.kind if last else ""}


def well_formed(taken: Taken) -> list[Objection]:
    """Digits, with a dot or spaces between at most; how many, as the rule of the day has it."""
    number = _digits(_number(taken))
    if not (number.isascii() and number.isdecimal()):
        return [Objection("card_not_digits", "Số thẻ chỉ gồm chữ số.", field="card_number")]
    try:
        ruled = taken.rule("records.card_digits")
    except NotInForce:
        return []
    allowed = [str(one) for one in ruled.items]
    if str(len(number)) in allowed:
        return []
    message = f"Số thẻ có {len(number)} chữ số; theo mẫu thẻ là {' hoặc '.join(allowed)} ({ruled.cite.vn})."
    return [Objection("card_digits", message, ruled, "card_number")]


def nobody_else_s(taken: Taken) -> list[Objection]:
    """A number belongs to one member for good: it isn't another's now, nor was it ever."""
    number, own = _number(taken), taken.facts.get("ref")
    digits = _digits(number)
    written = [number, digits, f"{digits[:_OF_THE_PROVINCE]}.{digits[_OF_THE_PROVINCE:]}"]
    now = Person.objects.filter(card_number__in=written).exclude(ref=own)
    before = Fact.objects.filter(field="card_number", value__in=written).exclude(person__ref=own)
    if not now.exists() and not before.exists():
        return []
    message = f"Số thẻ {number} đã cấp cho một đảng viên khác; kiểm tra lại quyết định."
    return [Objection("card_twice", message, field="card_number")]


def _digits(number: str) -> str:
    return number.replace(".", "").replace(" ", "")


def _number(taken: Taken) -> str:
    return str(taken.move.answers.get("card_number", "")).strip()


def write(deed: Deed, kind: str) -> MemberEvent:
    """Record the event of a card and its number in the record, valid from the day of the decision."""
    person, answers = deed.case.person, deed.move.answers
    assert person is not None
    number = str(answers["card_number"]).strip()
    ground = f"Quyết định số {answers['number']}"
    before = _keep(deed, person, number, deed.move.on.isoformat(), ground)
    return actions.append(
        person,
        kind,
        on=deed.move.on,
        by=deed.by,
        today=deed.today,
        decision=decision_above(deed.case, answers["number"], deed.move.on),
        data={"number": number, "before": before},
    )


def take_in(deed: Deed) -> MemberEvent:
    """Record that a card was handed back: the record holds no number any more, its history does."""
    person = deed.case.person
    assert person is not None
    before = _keep(deed, person, "", "", "Thu hồi thẻ")
    return actions.append(
        person, "card_withdrawn", on=deed.move.on, by=deed.by, today=deed.today, data={"before": before}
    )


def _keep(deed: Deed, person: Person, number: str, issued: str, ground: str) -> dict[str, str]:
    """Write number and day of issue; give what stood there before."""
    person.refresh_from_db()
    before = {
        "card_number": person.card_number,
        "card_issued_on": str(person.details.get("card_issued_on", "")),
    }
    keeping.keep(
        person,
        {"card_number": number, "card_issued_on": issued},
        ground=Ground(since=deed.move.on, words=ground, latest=True),
        by=deed.by,
        today=deed.today,
    )
    return before


def put_back(deed: Deed) -> None:
    """Write again what stood in the record before a step that was taken back."""
    person = deed.case.person
    assert person is not None
    void = person.events.filter(kind="void").order_by("-id").select_related("corrects").first()
    assert void is not None
    assert void.corrects is not None
    keeping.keep(
        person,
        void.corrects.data["before"],
        ground=Ground(words="Rút lại bước ghi sai", correcting=True),
        by=deed.by,
        today=deed.today,
    )

"""The opening entry with which a person enters the ledger from a list, and how it compares with the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from tochuc.changes.since import known_date
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import OFFICIAL, PROBATIONARY, STANDINGS
from tochuc.members.models import MemberEvent, Person
from tochuc.members.queries import joined
from tochuc.org.models import Organisation
from tochuc.rules.ask import history, rule

_LENGTH = "probation.length"
_DATES = (("admitted_on", "Ngày vào Đảng"), ("official_on", "Ngày chính thức"))


def standing(fields: Mapping[str, Any], as_of: date) -> str:
    """The standing of a member on the day of a list.

    Official once recognised; without a day of recognition, probationary while the probation that began with
    the admission may still run (Điều lệ Đảng 2011, Điều 5 khoản 1), else official.
    """
    if official := fields.get("official_on"):
        return OFFICIAL if known_date(official).first <= as_of else PROBATIONARY
    admitted = fields.get("admitted_on")
    if not admitted:
        return OFFICIAL
    last = known_date(admitted).last
    return PROBATIONARY if add_months(last, _probation(last)) > as_of else OFFICIAL


def _probation(day: date) -> int:
    """Months of probation for one admitted that day; before the earliest Charter in the rules, what that one says."""
    try:
        return rule(_LENGTH, on=day).number
    except NotInForce:
        return history(_LENGTH)[0].number


def said_of_past(fields: Mapping[str, Any]) -> dict[str, str]:
    """What the opening entry holds of the days before it.

    Only a full date enters as one; what is known to the month or year stays as known, beside it.
    """
    found = {}
    for name, _ in _DATES:
        if value := fields.get(name):
            exact = known_date(value).precision == "day"
            found[name if exact else name.replace("_on", "_known")] = value
    return found


def joined_of(people: Collection[int]) -> dict[int, tuple[MemberEvent, ...]]:
    """By person, the events in force, in order of time."""
    found: dict[int, list[MemberEvent]] = defaultdict(list)
    events = MemberEvent.objects.in_force().filter(person__in=people)
    for event in events.order_by("happened_on", "pk") if people else ():
        found[event.person_id].append(event)
    return {person: tuple(own) for person, own in found.items()}


def differences(
    fields: Mapping[str, Any],
    person: Person,
    cell: Organisation | None,
    events: Collection[MemberEvent],
    say: Callable[[str, str, str, str], dict[str, str]],
) -> list[dict[str, str]]:
    """Where a row says otherwise than the ledger. An import leaves the ledger of who is in it as it is."""
    return list(_differences(fields, person, cell, events, say))


def _differences(
    fields: Mapping[str, Any],
    person: Person,
    cell: Organisation | None,
    events: Collection[MemberEvent],
    say: Callable[[str, str, str, str], dict[str, str]],
) -> Iterator[dict[str, str]]:
    if cell is not None and person.home is not None and cell.pk != person.home_id:
        words = f"Sổ ghi đang sinh hoạt tại {person.home.name}. Nếu đã chuyển, hãy ghi chuyển sinh hoạt."
        yield say("cell", "differs_from_ledger", cell.name, words)
    if "official_on" in fields and person.standing == PROBATIONARY:
        words = f"Sổ ghi là {STANDINGS[PROBATIONARY].lower()}. Nếu đã chính thức, hãy ghi công nhận kèm quyết định."
        yield say("official_on", "differs_from_ledger", fields["official_on"], words)
        return
    _decided, ceremony, official = joined(events)
    for (name, label), day in zip(_DATES, (ceremony, official), strict=True):
        value = fields.get(name)
        if value and day is not None and not known_date(value).span.covers(day):
            words = f"{label} trong sổ là {day_vn(day)}. Nếu sổ sai, hãy đính chính trong hồ sơ."
            yield say(name, "differs_from_ledger", value, words)

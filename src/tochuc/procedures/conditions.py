"""Conditions that several procedures ask: ages, standing, the member who helps and those who introduce."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tochuc.cases.declare import Objection, Taken
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members import eligibility
from tochuc.members.kinds import OFFICIAL, STANDINGS
from tochuc.members.models import Membership, Person
from tochuc.org.models import Under


def stands_as(*standings: str) -> Callable[[Taken], list[Objection]]:
    """The person must have one of these standings on the day."""

    def condition(taken: Taken) -> list[Objection]:
        standing = str(taken.facts.get("standing"))
        if standing in standings:
            return []
        wanted = " hoặc ".join(STANDINGS[one].lower() for one in standings)
        message = (
            f"Ngày {day_vn(taken.move.on)} người này là {STANDINGS[standing].lower()}; "
            f"quy trình này dành cho {wanted}."
        )
        return [Objection("standing", message)]

    return condition


def of_age(taken: Taken) -> list[Objection]:
    """The age that the rules ask on the day of the meeting; over the upper limit another level decides."""
    found = []
    for finding in eligibility.ages(taken.facts["birth"], taken.move.on):
        if finding.met:
            continue
        message = (
            f"Ngày {day_vn(taken.move.on)} người này {finding.words}; "
            f"{finding.rule.title.lower()}: {finding.rule.words} ({finding.rule.cite.vn})."
        )
        if finding.rule.id == "admission.age_maximum":
            found.append(_asks_above(finding, message))
        else:
            found.append(Objection("age_minimum", message, finding.rule))
    return found


def _asks_above(finding: eligibility.Finding, message: str) -> Objection:
    """Above the upper age the case isn't barred, a higher level decides: a doubt, whatever its rule's standing."""
    return Objection(
        "age_maximum",
        message + " Cấp ủy trực thuộc Trung ương xem xét, quyết định.",
        finding.rule,
        warns=True,
    )


def official_on(ref: str, on: date) -> bool:
    """Whether the person with this address is an official member on the day."""
    return Membership.objects.on(on).filter(person__ref=ref, standing=OFFICIAL).exists()


def helper_is_official(taken: Taken) -> list[Objection]:
    """The member who helps is an official one (Điều lệ, Điều 4 and 5)."""
    ref = taken.move.answers.get("helper")
    if not ref or official_on(str(ref), taken.move.on):
        return []
    name = Person.objects.filter(ref=ref).values_list("full_name", flat=True).first() or "Người được chọn"
    message = f"{name} không phải đảng viên chính thức vào ngày {day_vn(taken.move.on)}; hãy chọn người khác."
    return [Objection("helper_not_official", message, field="helper")]


def introducers(taken: Taken) -> list[Objection]:
    """Enough official members introduce; beside the Youth Union or Trade Union, one is enough."""
    try:
        rule = taken.rule("admission.introducers")
    except NotInForce:
        return []
    named = [str(ref) for ref in taken.move.answers.get("introducers") or ()]
    # The route was chosen when the case was opened; this step may name another.
    route = taken.move.answers.get("route") or taken.facts.get("route") or "members"
    needed = rule.number if route == "members" else 1
    found = []
    if len(set(named)) < needed:
        message = f"Cần {needed} đảng viên chính thức giới thiệu, mới ghi {len(set(named))} ({rule.cite.vn})."
        found.append(Objection("too_few_introducers", message, rule, "introducers"))
    for ref in named:
        if not official_on(ref, taken.move.on):
            name = (
                Person.objects.filter(ref=ref).values_list("full_name", flat=True).first()
                or "Người giới thiệu"
            )
            message = (
                f"{name} không phải đảng viên chính thức vào ngày {day_vn(taken.move.on)} ({rule.cite.vn})."
            )
            found.append(Objection("introducer_not_official", message, rule, "introducers"))
    return found


def introducers_long_here(taken: Taken) -> list[Objection]:
    """Who introduces has worked or lived with the person for the rule's time: the ledger shows since when they are here."""
    try:
        rule = taken.rule("admission.introducer_common_time")
    except NotInForce:
        return []
    since, base = add_months(taken.move.on, -rule.number), taken.facts.get("base")
    if base is None:
        return []
    units = Under.objects.on(since).filter(above=base).values("unit")
    here = Membership.objects.on(since).filter(organisation__in=units)
    found = []
    for ref in taken.move.answers.get("introducers") or ():
        if not here.filter(person__ref=ref).exists():
            name = Person.objects.filter(ref=ref).values_list("full_name", flat=True).first() or "Người này"
            message = (
                f"Theo sổ, {name} chưa sinh hoạt ở đảng bộ này đủ {rule.words}; hãy kiểm tra thời gian cùng công tác "
                f"hoặc cùng cư trú với người vào Đảng ({rule.cite.vn})."
            )
            found.append(Objection("introducer_new_here", message, rule, "introducers", warns=True))
    return found

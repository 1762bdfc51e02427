"""What can't be on the day of a plan: each objection is a plain sentence with the place in the plan's file. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.names import fold
from tochuc.org.kinds import KINDS, MEMBER_KINDS, why_not_cell_kind, why_not_under
from tochuc.reorganise.changes import Change, Unit
from tochuc.reorganise.plan import Operation, Plan

World = Mapping[str, Unit]


def objections(plan: Plan, world: World, changes: Mapping[str, Change], after: World) -> Iterator[Refused]:
    """Everything against the new order: days, superiors, kinds, circles, and people left nowhere."""
    for change in changes.values():
        if change.before is not None:
            yield from _days(plan, change, change.before)
        yield from _destinations(plan, world, change, after)
        if change.after is not None:
            yield from _people_stay(plan, change)
            wrong = why_not_cell_kind(change.after.kind, change.after.cell_kind)
            if wrong:
                yield _say(plan, change.ground, "wrong_cell_kind", f"{change.after.name}: {wrong}")
    for unit in after.values():
        yield from _superior(plan, world, changes, unit, after)
    yield from _alike(plan, changes, after)


def _say(plan: Plan, ground: list[Operation], code: str, sentence: str) -> Refused:
    return Refused(code, (plan.where(ground[0]) if ground else "") + sentence, "operations")


def _days(plan: Plan, change: Change, unit: Unit) -> Iterator[Refused]:
    day = plan.day
    if unit.since >= day:
        words = f"{unit.name} thành lập ngày {day_vn(unit.since)}, không trước ngày sắp xếp {day_vn(day)}."
        yield _say(plan, change.ground, "not_yet", words)
    elif unit.until <= day:
        words = f"{unit.name} đã kết thúc hoạt động từ ngày {day_vn(unit.until)}."
        yield _say(plan, change.ground, "already_ended", words)
    elif unit.changed_on >= day and change.after != unit:
        words = (
            f"{unit.name} đã có thay đổi ghi ngày {day_vn(unit.changed_on)}, không trước ngày sắp xếp "
            f"{day_vn(day)}; hãy xem lại hoặc đính chính trước."
        )
        yield _say(plan, change.ground, "changed_later", words)


def _destinations(plan: Plan, world: World, change: Change, after: World) -> Iterator[Refused]:
    """Those that take over must be at work from the day on, and hold members where members come."""
    for code in change.successors:
        if code not in after or after[code].since > plan.day:
            words = (
                f"{_name(world, code)} không hoạt động từ ngày {day_vn(plan.day)} nên không tiếp nhận được."
            )
            yield _say(plan, change.ground, "successor_not_there", words)
    for code in change.receivers:
        if code in after and after[code].kind not in MEMBER_KINDS and _has_people(change):
            words = f"{after[code].name} không phải chi bộ nên không tiếp nhận đảng viên."
            yield _say(plan, change.ground, "not_a_cell", words)


def _has_people(change: Change) -> bool:
    return change.before is not None and change.before.kind in MEMBER_KINDS


def _people_stay(plan: Plan, change: Change) -> Iterator[Refused]:
    """One that becomes a kind without members of its own must not still hold some."""
    unit, before = change.after, change.before
    if unit is None or before is None or unit.kind in MEMBER_KINDS or not before.people:
        return
    words = (
        f"{before.name} còn {before.people} người mà {KINDS[unit.kind].label.lower()} không có đảng viên "
        "sinh hoạt trực tiếp; hãy thành lập chi bộ mới rồi nhập vào đó."
    )
    yield _say(plan, change.ground, "no_place", words)


def _superior(
    plan: Plan, world: World, changes: Mapping[str, Change], unit: Unit, after: World
) -> Iterator[Refused]:
    """A unit that changes, or whose superior does, must stand under one that is there and may hold it."""
    own, above = changes.get(unit.code), changes.get(unit.parent or "")
    ground = own.ground if own else above.ground if above else []
    if own is None and above is None:
        return
    if unit.parent is None:
        was_top = own is not None and own.before is not None and own.before.parent is None
        if KINDS[unit.kind].under and not was_top:
            yield _say(plan, ground, "no_superior", f"{unit.name} cần có cấp trên trực tiếp.")
        return
    superior = after.get(unit.parent)
    if superior is None or superior.since > plan.day:
        words = f"{unit.name} còn trực thuộc {_name(world, unit.parent)}, tổ chức không hoạt động từ ngày {day_vn(plan.day)}."
        yield _say(plan, ground, "superior_not_there", words)
    elif why_not_under(unit.kind, superior.kind):
        words = f"{unit.name}: {why_not_under(unit.kind, superior.kind)}"
        yield _say(plan, ground, "wrong_parent", words)
    elif _circle(unit, after):
        yield _say(plan, ground, "circle", f"{unit.name} không thể trực thuộc một tổ chức nằm dưới chính nó.")


def _alike(plan: Plan, changes: Mapping[str, Change], after: World) -> Iterator[Refused]:
    """One that is founded or renamed must not be called as another directly under the same superior is."""
    called: dict[tuple[str | None, str], list[Unit]] = defaultdict(list)
    for unit in after.values():
        if unit.until > plan.day:
            called[unit.parent, fold(unit.name)].append(unit)
    for several in called.values():
        named = [one for one in several if len(several) > 1 and _is_named(changes.get(one.code))]
        for unit in named[1:] if len(named) == len(several) else named:
            above = after.get(unit.parent or "")
            where = f"trực thuộc {above.name}" if above else "cùng cấp"
            words = f"Đã có tổ chức khác {where} tên «{unit.name}»; hãy chọn tên khác."
            yield _say(plan, changes[unit.code].ground, "name_taken", words)


def _is_named(change: Change | None) -> bool:
    if change is None or change.after is None:
        return False
    return change.before is None or change.before.name != change.after.name


def _circle(unit: Unit, after: World) -> bool:
    seen, above = {unit.code}, unit.parent
    while above is not None and above in after:
        if above in seen:
            return above == unit.code
        seen.add(above)
        above = after[above].parent
    return False


def _name(world: World, code: str) -> str:
    return f"{world[code].name} ({code})" if code in world else f"«{code}»"

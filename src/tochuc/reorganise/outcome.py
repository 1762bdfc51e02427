"""What a plan comes to: for each organisation it touches, what it is before and after. Pure.

All operations take effect at once on the plan's day. Each attribute of an organisation is set by one operation
at most; one that ends is otherwise left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tochuc.access.roles import ROLES
from tochuc.kernel.errors import DomainError, Refused, raise_all
from tochuc.org.kinds import CELL_KINDS, KINDS, MEMBER_KINDS, POST_KINDS
from tochuc.reorganise.changes import Change, Unit
from tochuc.reorganise.checks import objections
from tochuc.reorganise.plan import (
    Convert,
    Dissolve,
    Found,
    Merge,
    Move,
    NewPost,
    Operation,
    Plan,
    Rename,
    Split,
    misnamed,
)


def resolve(plan: Plan, world: Mapping[str, Unit]) -> dict[str, Change]:
    """The changes a plan brings, by code, those it founds with their superiors first.

    ``world``: every organisation the plan names that exists, what stands directly below those, and all their
    superiors. Raises ``Refused``, or ``Refusals`` for several objections at once.
    """
    resolver = _Resolver(plan, world)
    resolver.take_all()
    raise_all(resolver.errors)
    resolver.check()
    raise_all(resolver.errors)
    return resolver.in_order()


class _Resolver:
    def __init__(self, plan: Plan, world: Mapping[str, Unit]) -> None:
        self.plan, self.world = plan, world
        self.changes: dict[str, Change] = {}
        self.errors: list[DomainError] = misnamed(plan.operations, plan.source)
        self.set: dict[tuple[str, str], Any] = {}
        self.founded = {one.code: one for one in plan.operations if isinstance(one, Found)}

    def refuse(self, code: str, one: Operation, sentence: str) -> None:
        """Note an objection to an operation."""
        self.errors.append(Refused(code, self.plan.where(one) + sentence, "operations"))

    def take_all(self) -> None:
        """Take every operation; those that choose by the new tree come last."""
        kinds = (Found, Rename, Move, Merge, Split, Dissolve)
        for kind in kinds:
            for one in self.plan.operations:
                if isinstance(one, kind):
                    self.take(one)
        self.place_units()
        for one in self.plan.operations:
            if isinstance(one, Convert):
                self.convert(one)

    def take(self, one: Operation) -> None:
        """Take one operation."""
        match one:
            case Found():
                self.found(one)
            case Rename():
                self.alter(
                    one, one.of, posts_end=one.posts == "end", name=one.name, short_name=one.short_name
                )
            case Move():
                for code in one.of:
                    self.alter(one, code, posts_end=one.posts == "end", parent=one.to)
                self.known(one, one.to)
            case Merge():
                self.merge(one)
            case Split():
                self.split(one)
            case Dissolve():
                self.dissolve(one)

    def known(self, one: Operation, code: str) -> Unit | None:
        """The organisation as it was, or as it is founded; None, with an objection, for one nobody knows."""
        if code in self.world:
            return self.world[code]
        if code in self.changes:
            return self.changes[code].after
        self.refuse("unknown_code", one, f"Không có tổ chức mã «{code}».")
        return None

    def change_of(self, one: Operation, code: str) -> Change | None:
        """The change of an organisation that is at work before the plan, begun if nothing touched it so far."""
        unit = self.known(one, code)
        if unit is None:
            return None
        if code in self.founded:
            self.refuse("contradiction", one, f"«{code}» vừa được thành lập nên không đồng thời thay đổi.")
            return None
        change = self.changes.setdefault(code, Change(code, unit, unit))
        if one not in change.ground:
            change.ground.append(one)
        return change

    def found(self, one: Found) -> None:
        """Set up an organisation."""
        if one.code in self.changes or one.code in self.world:
            self.refuse("code_taken", one, f"Mã «{one.code}» đã dùng cho tổ chức khác; hãy chọn mã khác.")
            return
        for kind, kinds, words in (
            (one.kind, KINDS, "loại hình tổ chức"),
            (one.cell_kind, CELL_KINDS, "loại chi bộ"),
        ):
            if kind and kind not in kinds:
                self.refuse("kind_unknown", one, f"Không có {words} «{kind}».")
                return
        self.check_posts(one, one.posts)
        unit = Unit(one.code, one.name, one.short_name, one.kind, one.cell_kind, one.under, self.plan.day)
        self.changes[one.code] = Change(
            one.code,
            None,
            unit,
            follows=one.follows,
            new_posts=list(one.posts),
            symbol=one.symbol,
            ground=[one],
        )
        for code in (*one.follows, *([one.under] if one.under else [])):
            if code not in self.world and code not in self.founded:
                self.refuse("unknown_code", one, f"Không có tổ chức mã «{code}».")

    def check_posts(self, one: Operation, posts: Iterable[NewPost]) -> None:
        """Object to posts of kinds that don't exist."""
        for post in posts:
            if post.kind not in POST_KINDS:
                self.refuse("kind_unknown", one, f"Không có loại chức vụ «{post.kind}».")

    def alter(self, one: Operation, code: str, *, posts_end: bool, **values: Any) -> None:
        """Set attributes of an organisation that goes on."""
        change = self.change_of(one, code)
        if change is None:
            return
        change.posts_end = change.posts_end or posts_end
        for attribute, value in values.items():
            if self.set.setdefault((code, attribute), value) != value:
                self.refuse("contradiction", one, f"Hai thao tác trái nhau về {self.called(code)}.")
        if change.after is not None:
            change.after = replace(change.after, **values)
        else:
            self.refuse("contradiction", one, f"{self.called(code)} kết thúc nên không đồng thời thay đổi.")

    def end(self, one: Merge | Split | Dissolve, code: str) -> Change | None:
        """Let an organisation end."""
        change = self.change_of(one, code)
        if change is None:
            return None
        altered = any(touched == code for touched, _ in self.set)
        if change.ends or altered:
            self.refuse("contradiction", one, f"Hai thao tác trái nhau về {self.called(code)}.")
            return None
        change.after, change.posts_end, change.roles_follow = None, True, one.roles == "follow"
        return change

    def merge(self, one: Merge) -> None:
        """Let some organisations go into one."""
        into = self.known(one, one.into)
        self.check_posts(one, one.posts)
        ending = [code for code in dict.fromkeys(one.of) if code != one.into]
        if not ending:
            self.refuse("nothing", one, "Cần nêu ít nhất một tổ chức khác nhập vào.")
        for code in ending:
            change = self.end(one, code)
            if change is None or into is None:
                continue
            change.successors.append(one.into)
            if change.before and change.before.kind in MEMBER_KINDS:
                change.members_to = one.into
        if into is not None:
            target = self.changes.setdefault(one.into, Change(one.into, into, into, ground=[one]))
            target.new_posts += one.posts

    def split(self, one: Split) -> None:
        """Divide the members of cells."""
        to = [part.to for part in one.parts] + ([one.rest] if one.rest else [])
        known = [self.known(one, code) for code in dict.fromkeys(to)]
        if None in known:
            return
        if set(to) <= set(one.of) and len(set(to)) < 2:
            self.refuse("nothing", one, "Cần nêu ít nhất một nơi đến khác với chi bộ được chia.")
        for code in dict.fromkeys(one.of):
            goes_on = code in to
            change = self.change_of(one, code) if goes_on else self.end(one, code)
            if change is None:
                continue
            if change.before and change.before.kind not in MEMBER_KINDS:
                self.refuse(
                    "not_a_cell", one, f"{self.called(code)} không phải chi bộ nên không chia đảng viên."
                )
            if change.split is not None:
                self.refuse("contradiction", one, f"Hai thao tác trái nhau về {self.called(code)}.")
            change.split = one
            change.successors += [other for other in dict.fromkeys(to) if other != code]

    def dissolve(self, one: Dissolve) -> None:
        """Let organisations end, their members and units going to named places."""
        named = [code for code in (one.members_to, one.units_to) if code]
        for code in (*named, *one.followed_by):
            self.known(one, code)
        for code in dict.fromkeys(one.of):
            change = self.end(one, code)
            if change is None:
                continue
            change.successors += list(dict.fromkeys((*named, *one.followed_by)))
            change.members_to = one.members_to
            if change.before and change.before.people and one.members_to is None:
                self.refuse(
                    "no_place",
                    one,
                    f"{self.called(code)} còn {change.before.people} người; hãy nêu nơi chuyển đến.",
                )

    def place_units(self) -> None:
        """Put what stood under an organisation that ends where its members or its work go, unless told otherwise."""
        for unit in self.world.values():
            above = self.changes.get(unit.parent or "")
            if above is None or not above.ends or (unit.code, "parent") in self.set:
                continue
            if unit.until <= self.plan.day or (unit.code in self.changes and self.changes[unit.code].ends):
                continue
            place = next((self._units_of(one) for one in above.ground if self._units_of(one)), None)
            if place is not None:
                self.alter(above.ground[0], unit.code, posts_end=False, parent=place)

    @staticmethod
    def _units_of(one: Operation) -> str | None:
        if isinstance(one, Merge):
            return one.into
        return one.units_to if isinstance(one, Dissolve) else None

    def convert(self, one: Convert) -> None:
        """Make organisations another kind, those named or those chosen by their place in the new tree."""
        values = {k: v for k, v in (("kind", one.kind), ("cell_kind", one.cell_kind)) if v}
        unknown = one.kind not in {"", *KINDS} or one.cell_kind not in {"", *CELL_KINDS}
        if not values or unknown:
            self.refuse("kind_unknown", one, "Cần nêu loại hình tổ chức hoặc loại chi bộ có trong danh mục.")
            return
        if one.kind and not KINDS[one.kind].holds_members:
            # What isn't a cell any more is of no kind of cell.
            values.setdefault("cell_kind", "")
        for code in one.below:
            self.known(one, code)
        chosen = [unit.code for unit in self.standing() if self._chosen(one, unit)] if one.below else []
        if one.below and not chosen:
            self.refuse("nothing", one, "Không có tổ chức nào như đã nêu để chuyển loại hình.")
        for code in (*one.of, *chosen):
            self.alter(one, code, posts_end=one.posts == "end", **values)

    def _chosen(self, one: Convert, unit: Unit) -> bool:
        before = self.world.get(unit.code)
        if before is None or unit.parent not in one.below or unit.code in one.of:
            return False
        return one.was in ("", before.kind) and one.was_cell_kind in ("", before.cell_kind)

    def standing(self) -> list[Unit]:
        """Every organisation at work after the plan, as far as the plan's world goes."""
        after = {code: unit for code, unit in self.world.items() if unit.until > self.plan.day}
        for code, change in self.changes.items():
            if change.after is None:
                after.pop(code, None)
            else:
                after[code] = change.after
        return list(after.values())

    def called(self, code: str) -> str:
        """An organisation's name with its code, for sentences."""
        unit = self.world.get(code) or (self.changes[code].after if code in self.changes else None)
        return f"{unit.name} ({code})" if unit else f"«{code}»"

    def check(self) -> None:
        """Object to what can't be on the plan's day."""
        for role in self.plan.roles:
            for code in (role.of, *role.to):
                if code not in self.world and code not in self.founded:
                    words = f"{self.plan.where(role)}Không có tổ chức mã «{code}»."
                    self.errors.append(Refused("unknown_code", words, "roles"))
            if role.role not in ROLES:
                words = f"{self.plan.where(role)}Không có vai trò «{role.role}»."
                self.errors.append(Refused("role_unknown", words, "roles"))
        after = {unit.code: unit for unit in self.standing()}
        self.errors += objections(self.plan, self.world, self.changes, after)

    def in_order(self) -> dict[str, Change]:
        """The changes, superiors that are founded before what is founded under them."""
        ordered: dict[str, Change] = {}

        def put(code: str) -> None:
            change = self.changes[code]
            if code in ordered:
                return
            if change.founded and change.after and change.after.parent in self.founded:
                put(change.after.parent)
            ordered[code] = change

        for code in sorted(self.changes, key=lambda code: not self.changes[code].founded):
            put(code)
        return ordered

"""Changing many people of a list at once: shown before and after first, then done as one change set that can be undone.

What is shown is what would be done: the work is carried out in full, looked at, and taken back. Whoever the rules
or their own record refuse is left as they are and named with the reason; the others are changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import transaction
from django.db.models import QuerySet

from tochuc.audit.record import Actor
from tochuc.changes import actions as changes
from tochuc.changes import since
from tochuc.changes.models import BULK, ChangeSet
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.errors import Conflict, DomainError, Refused
from tochuc.kernel.remembering import asking_anew
from tochuc.members.models import Condition, MemberEvent, Person
from tochuc.members.recording import Wish, write
from tochuc.org import tree
from tochuc.org.models import Organisation

MOST = 500
"""So many people can be changed at once while someone waits; a larger list is changed in parts."""

_TELLS = 10


@dataclass(frozen=True)
class Effect:
    """What a change comes to for one person: before and after, or why it isn't done. Both alike: nothing changes."""

    person: Person
    before: str
    after: str
    refusal: str = ""

    @property
    def changes(self) -> bool:
        """Whether anything of this person changes."""
        return not self.refusal and self.before != self.after


class Act(Protocol):
    """What is done to each person of a selection."""

    @property
    def title(self) -> str:
        """What is done, as the change set is called."""

    @property
    def on(self) -> date:
        """The day it speaks of."""

    @property
    def reason(self) -> str:
        """Why."""

    def look(self, person: Person) -> str:
        """What of the person it concerns, in words."""

    def do(self, person: Person, changeset: ChangeSet, by: Actor, today: date) -> None:
        """Change the person and note it in the change set; raises ``DomainError`` where it may not be."""


@dataclass(frozen=True)
class Rewrite:
    """Write one field of the record: the whole of it, or only some words in it."""

    field: str
    value: str
    on: date
    words: str = ""
    reason: str = ""

    @property
    def title(self) -> str:
        """What is done, as the change set is called."""
        name = since.label(self.field).lower()
        if self.words:
            return f"Đổi «{self.words}» thành «{self.value}» ở mục {name}"
        return f"Ghi mục {name}: {self.value}"

    def look(self, person: Person) -> str:
        """The field as it stands."""
        return str(getattr(person, self.field))

    def do(self, person: Person, changeset: ChangeSet, by: Actor, today: date) -> None:
        """Write it, where it isn't so already."""
        now = self.look(person)
        if self.words and self.words not in now:
            raise Refused("words_missing", f"Mục này không có cụm chữ «{self.words}».")
        value = now.replace(self.words, self.value) if self.words else self.value
        longest = Person._meta.get_field(self.field).max_length or 0  # type: ignore[union-attr]
        if len(value) > longest:
            raise Refused("too_long", f"Sau khi đổi, mục này dài quá {longest} chữ.")
        if value != now:
            changes.rewrite(changeset, person, {self.field: value})


@dataclass(frozen=True)
class Happen:
    """Record one event of each: a transfer to another cell, an exemption."""

    wish: Wish
    title: str
    reason: str = ""

    @property
    def on(self) -> date:
        """The day on which it happens."""
        return self.wish.on

    def look(self, person: Person) -> str:
        """Where the person stands, or under which conditions."""
        if self.wish.organisation is not None:
            return person.home.name if person.home else ""
        held = Condition.objects.on(self.on).filter(person=person).order_by("since", "pk")
        return ", ".join(one.get_kind_display() for one in held) or "Sinh hoạt bình thường"

    def do(self, person: Person, changeset: ChangeSet, by: Actor, today: date) -> None:
        """Record it as if alone: the same rules, the same trail."""
        event: MemberEvent = write(person, self.wish, by=by, today=today)
        changes.note(changeset, person, events=[event])


@dataclass(frozen=True)
class Outcome:
    """What a change comes to for everyone chosen."""

    effects: tuple[Effect, ...]

    @property
    def changed(self) -> list[Effect]:
        """Those who change."""
        return [one for one in self.effects if one.changes]

    @property
    def refused(self) -> list[Effect]:
        """Those for whom it isn't done, with the reason."""
        return [one for one in self.effects if one.refusal]

    @property
    def same(self) -> int:
        """How many are so already."""
        return len(self.effects) - len(self.changed) - len(self.refused)

    @property
    def seal(self) -> str:
        """What was shown, in short: the same only where everyone's before and after are."""
        said = "\n".join(f"{e.person.ref}|{e.before}|{e.after}|{e.refusal}" for e in self.effects)
        return hashlib.sha256(said.encode()).hexdigest()


def rehearse(
    people: QuerySet[Person],
    act: Act,
    organisation: Organisation,
    *,
    by: Actor,
    today: date,
    tell: Tell = silent,
) -> Outcome:
    """What the change would come to; nothing is kept. Raises ``Refused`` for nobody or too many."""
    chosen = _chosen(people)
    with asking_anew(), transaction.atomic():
        changeset = _begin(act, organisation, by)
        outcome = _carried_out(chosen, act, changeset, by, today, tell)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def carry_out(
    people: QuerySet[Person],
    act: Act,
    organisation: Organisation,
    *,
    seal: str,
    by: Actor,
    today: date,
    tell: Tell = silent,
) -> ChangeSet:
    """Do it, as it was shown.

    Raises ``Conflict`` where it would come to something else than what ``seal`` stands for, and ``Refused`` where
    nobody would change.
    """
    chosen = _chosen(people)
    changeset = _begin(act, organisation, by)
    outcome = _carried_out(chosen, act, changeset, by, today, tell)
    if outcome.seal != seal:
        raise Conflict(
            "changed_since",
            "Từ lúc xem trước đến nay hồ sơ của những người được chọn đã thay đổi; xin xem lại rồi hãy ghi.",
        )
    if not outcome.changed:
        raise Refused("nobody", "Không có ai thay đổi, nên chưa ghi gì.")
    changes.finish(changeset, by, refused=len(outcome.refused), same=outcome.same)
    return changeset


def _begin(act: Act, organisation: Organisation, by: Actor) -> ChangeSet:
    return changes.begin(BULK, organisation, title=act.title, by=by, as_of=act.on, reason=act.reason)


def _chosen(people: QuerySet[Person]) -> list[Person]:
    """The people, held until the end so that nobody else changes them meanwhile."""
    tree.hold_still()
    found = list(people.select_for_update(of=("self",)).select_related("home").order_by("pk")[: MOST + 1])
    if not found:
        raise Refused("nobody", "Chưa chọn ai trong danh sách.")
    if len(found) > MOST:
        raise Refused(
            "too_many", f"Mỗi lần thay đổi được nhiều nhất {MOST} người; hãy lọc danh sách hẹp hơn."
        )
    return found


def _carried_out(
    people: Sequence[Person], act: Act, changeset: ChangeSet, by: Actor, today: date, tell: Tell
) -> Outcome:
    effects = []
    for n, person in enumerate(people):
        if n % _TELLS == 0:
            tell("người: đang làm", n, len(people))
        effects.append(_one(person, act, changeset, by, today))
    return Outcome(tuple(sorted(effects, key=lambda one: (one.person.sort_key, one.person.pk))))


def _one(person: Person, act: Act, changeset: ChangeSet, by: Actor, today: date) -> Effect:
    before = act.look(person)
    try:
        with transaction.atomic():
            act.do(person, changeset, by, today)
            after = act.look(Person.objects.select_related("home").get(pk=person.pk))
    except DomainError as refused:
        return Effect(person, before, before, refused.message)
    return Effect(person, before, after)


def by_refs(people: QuerySet[Person], refs: Iterable[str]) -> QuerySet[Person]:
    """Those of these people whose records have these addresses."""
    return people.filter(ref__in=list(refs))

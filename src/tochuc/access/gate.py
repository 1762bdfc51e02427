"""The gate: what a viewer sees, may do and gets, all three from one filter per action."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Model, Q, QuerySet, When
from django.http import Http404

from tochuc.access.policy import ALL, ANYONE, BELOW, POLICY, SELF, Rule
from tochuc.access.reach import Reach, reach_of
from tochuc.access.units import reached, units_of
from tochuc.access.viewer import Reader, Viewer
from tochuc.kernel.remembering import remembered
from tochuc.org.kinds import KINDS
from tochuc.org.models import Organisation

NOTHING = Q(pk__in=[])
# Not the empty Q: that one is neutral in an "or", so a rule that reaches all would reach nothing.
EVERYTHING = ~NOTHING


def filter_for(viewer: Viewer, action: str, reach: Reach) -> Q:
    """The one predicate: rows of this kind on which the viewer may do this action today."""
    found = NOTHING
    for rule in POLICY[action]:
        found |= _rule_filter(viewer, rule, reach)
    return found


def _rule_filter(viewer: Viewer, rule: Rule, reach: Reach) -> Q:
    if rule.reach == SELF:
        return reach.own(viewer.account) if reach.own and _holds(viewer, rule) else NOTHING
    places = _places(viewer, rule)
    if not places:
        return NOTHING
    if rule.reach == ALL:
        return EVERYTHING
    if rule.reach == BELOW and _tops(viewer) <= places:
        # Every organisation there ever was: asking the tree about each would take longer than the question itself.
        return reach.place(Organisation.objects.values("pk"), viewer.today)
    return reach.place(units_of(viewer, rule.reach, places), viewer.today)


def _places(viewer: Viewer, rule: Rule) -> set[int]:
    """The organisations at which the viewer has the rule's role."""
    return {a.organisation_id for a in viewer.assignments if a.role == rule.role}


def _tops(viewer: Viewer) -> frozenset[int]:
    """The organisations that stand under none today; asked only of those who work for one that may."""
    if all(KINDS[a.organisation.kind].under for a in viewer.assignments):
        return frozenset({0})
    return viewer.tops


def _holds(viewer: Viewer, rule: Rule) -> bool:
    return rule.role == ANYONE or rule.role in viewer.roles


def visible(viewer: Viewer, action: str, kind: str) -> QuerySet[Any]:
    """The rows of a kind on which the viewer may do the action."""
    reach = reach_of(kind)
    return reach.model._default_manager.filter(filter_for(viewer, action, reach))


def visible_in_passing(viewer: Viewer, action: str, kind: str) -> QuerySet[Any]:
    """The same rows, asked of each that is read instead of being looked up: for reading in an order of one's own."""
    if any(rule.reach == BELOW and _tops(viewer) <= _places(viewer, rule) for rule in POLICY[action]):
        # Nearly every row is one of them: soonest looked up as it comes.
        return visible(viewer, action, kind)
    reach = reach_of(kind)
    meets = Case(When(filter_for(viewer, action, reach), then=True), default=False)
    return reach.model._default_manager.alias(meets=meets).filter(meets=True)


def stands_on(reader: Reader) -> Hashable:
    """All of the record on which a reader's filters rest: their roles, and what these reach today."""
    held = tuple((a.role, a.organisation_id, a.organisation.kind) for a in reader.assignments)
    return reader.account.pk, reader.today, reader.workplace_code, held, _tops(reader), reached(reader)


def few_units(viewer: Viewer, action: str, most: int) -> list[int] | None:
    """Ids of all organisations on which the viewer may do the action, ended ones included; None where they are more."""
    units = visible(viewer, action, "organisation").order_by().values_list("pk", flat=True)
    found = list(units[: most + 1])
    return found if len(found) <= most else None


def only_place(viewer: Viewer, action: str) -> int | None:
    """The organisation (by id) at or below which everything lies on which the viewer may do the action; None for others."""
    places: set[int] = set()
    for rule in POLICY[action]:
        if rule.reach in (SELF, ALL):
            if _holds(viewer, rule):
                return None
        else:
            places |= _places(viewer, rule)
    return places.pop() if len(places) == 1 else None


@remembered
def may(viewer: Viewer, action: str, kind: str, row: Model) -> bool:
    """Whether the viewer may do the action on this row."""
    return visible(viewer, action, kind).filter(pk=row.pk).exists()


def rights(viewer: Viewer, actions: Iterable[str], kind: str, row: Model) -> frozenset[str]:
    """Which of these actions the viewer may do on this row, asked at once."""
    reach, asked = reach_of(kind), list(actions)
    marks = {f"right_{at}": filter_for(viewer, action, reach) for at, action in enumerate(asked)}
    granted = _marked(reach, row, marks)
    return frozenset(action for at, action in enumerate(asked) if f"right_{at}" in granted)


def holds(viewer: Viewer, action: str) -> bool:
    """Whether any role of the viewer's grants the action at all; for pages without an object."""
    return any(_holds(viewer, rule) for rule in POLICY[action])


def fetch(viewer: Viewer, action: str, kind: str, key: str) -> Any:
    """The row with this key. Outside one's branch it isn't there (404); inside without the right, 403."""
    reach = reach_of(kind)
    rows = _keyed(reach, key)
    row = rows.select_related(*reach.related).filter(filter_for(viewer, action, reach)).first()
    if row is not None:
        return row
    if action != reach.read and rows.filter(filter_for(viewer, reach.read, reach)).exists():
        raise PermissionDenied(action)
    raise Http404


def _keyed(reach: Reach, key: str) -> QuerySet[Any]:
    """The rows with this key; a key that can't be one (no UUID, a zero byte, other digits) is one that isn't there."""
    if "\x00" in key or not key.isascii():
        raise Http404
    try:
        return reach.model._default_manager.filter(**{reach.key: key})
    except (ValueError, TypeError, ValidationError) as bad:
        raise Http404 from bad


def reasons(viewer: Viewer, action: str, kind: str, row: Model) -> list[str]:
    """Why the viewer may do this: one sentence for each rule that grants it (*vì sao tôi xem được*)."""
    from tochuc.access.reasons import sentence

    reach, rules = reach_of(kind), POLICY[action]
    marks = {f"rule_{at}": _rule_filter(viewer, rule, reach) for at, rule in enumerate(rules)}
    granting = _marked(reach, row, marks)
    return [sentence(viewer, rule) for at, rule in enumerate(rules) if f"rule_{at}" in granting]


def _marked(reach: Reach, row: Model, filters: Mapping[str, Q]) -> set[str]:
    """Which of these filters, by name, find the row, asked at once."""
    marks = {name: Case(When(one, then=True), default=False) for name, one in filters.items()}
    answers = reach.model._default_manager.filter(pk=row.pk).annotate(**marks).values_list(*marks).first()
    return {name for name, yes in zip(marks, answers or (), strict=False) if yes}

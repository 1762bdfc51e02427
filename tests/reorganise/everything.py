"""All that a reorganisation may not change about the past, and must give back when it is undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tochuc.access.models import Assignment
from tochuc.audit.models import Entry
from tochuc.kernel.days import FOREVER
from tochuc.members import branches, ledger
from tochuc.members.models import Holds, MemberEvent, Membership, Movement, Person
from tochuc.org.models import Heir, Organisation, OrganisationEvent, OrganisationSpan, Post, Succession, Under
from tochuc.programme.models import TaskAssignment

PERIODS = [
    (date(2023, 1, 1), date(2023, 12, 31)),
    (date(2023, 1, 1), date(2023, 2, 28)),
    (date(2023, 3, 1), date(2023, 3, 1)),
    (date(2023, 3, 1), date(2023, 4, 20)),
    (date(2020, 1, 2), date(2023, 4, 20)),
]
"""Up to, over and from the day of the new order."""


def there() -> list[Organisation]:
    """Every organisation that has a day."""
    return [o for o in Organisation.objects.order_by("code") if o.since < o.until]


def standing() -> dict[str, Any]:
    """What the record says of every day, without the numbers of folded rows."""
    organisations = there()
    return {
        "organisations": [
            (o.code, o.name, o.short_name, o.kind, o.cell_kind, o.since, o.until) for o in organisations
        ],
        "spans": _rows(
            OrganisationSpan,
            "organisation",
            "name",
            "short_name",
            "kind",
            "cell_kind",
            "parent",
            "since",
            "until",
        ),
        "tree": _rows(Under, "above", "unit", "depth", "since", "until"),
        "heirs": _rows(Heir, "ended", "heir", "since", "until"),
        "successions": _rows(Succession, "predecessor", "successor", "on", "members"),
        "memberships": _rows(Membership, "person", "organisation", "standing", "since", "until"),
        "movements": _rows(
            Movement, "person", "on", "from_on", "reason", "from_organisation", "to_organisation"
        ),
        "holds": _rows(Holds, "person", "post", "since", "until"),
        "people": _rows(Person, "pk", "home", "standing"),
        "posts": [row for row in _rows(Post, "code", "title", "since", "until") if row[2] < row[3]],
        "roles": _rows(Assignment.objects.filter(until=FOREVER), "account", "role", "organisation", "since"),
        "tasks": _rows(TaskAssignment, "task", "organisation", "status", "due_on", "continued_in"),
        "statements": statements(organisations),
    }


def _rows(model: Any, *fields: str) -> list[tuple[Any, ...]]:
    rows = model if hasattr(model, "values_list") else model._default_manager
    return sorted(rows.values_list(*fields), key=repr)


def statements(organisations: Iterable[Organisation], known: datetime | None = None) -> dict[str, Any]:
    """The statements of these organisations over every period, by code; as known at a moment if one is given."""
    found: dict[str, Any] = {}
    organisations = list(organisations)
    for first, last in PERIODS:
        if known is None:
            side_by_side, _ = branches.statements(organisations, first, last)
            said = {o.code: side_by_side[o.pk] for o in organisations}
        else:
            said = {o.code: ledger.statement(o, first, last, known=known) for o in organisations}
        for code, one in said.items():
            found.setdefault(code, []).append(one)
    return found


def written() -> list[int]:
    """How many rows there are of everything that can be written."""
    models = (Organisation, OrganisationEvent, MemberEvent, Membership, Movement, Holds, Post, Under)
    return [model._default_manager.count() for model in (*models, Assignment, Entry, TaskAssignment)]

"""The tables of a full export, found from the models themselves so that a new one isn't forgotten.

What is folded from events is left out: it is folded anew when the files come back. So is what belongs to one
installation (sessions, tokens, queues) and what is sealed with its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, Field, Model

_APPS = ("org", "access", "documents", "members", "programme", "changes")
LEFT_OUT = {
    "org.OrganisationSpan": "gấp lại từ org.OrganisationEvent",
    "org.Under": "gấp lại từ org.OrganisationEvent",
    "org.Succession": "gấp lại từ org.OrganisationEvent",
    "org.Heir": "gấp lại từ org.OrganisationEvent",
    "members.Membership": "gấp lại từ members.MemberEvent",
    "members.Movement": "gấp lại từ members.MemberEvent",
    "members.Holds": "gấp lại từ members.MemberEvent",
    "members.Condition": "gấp lại từ members.MemberEvent",
    "members.IdentityNumber": "niêm phong bằng khóa của máy chủ; xuất riêng khi được yêu cầu",
    "access.Submission": "chỉ có nghĩa trên một máy chủ",
}
"""Models that are not exported, each with its reason."""
_NOT_OF_ONE_SERVER = frozenset({"access"})
_ACCESS = frozenset({"access.Account", "access.Assignment"})
_COLUMNS_LEFT_OUT = frozenset(
    {"access.Account.password", "access.Account.last_login", "members.Person.identity"}
)


@dataclass(frozen=True)
class Table:
    """One table: its model and the columns that are exported, the key first."""

    model: type[Model]
    columns: tuple[Field[Any, Any], ...]

    @property
    def label(self) -> str:
        """The model's name: members.Person."""
        return self.model._meta.label

    @property
    def file(self) -> str:
        """The file's name: members.Person.csv."""
        return f"{self.label}.csv"


@cache
def tables() -> tuple[Table, ...]:
    """All exported tables, each after those that its rows refer to."""
    models = {model for model in apps.get_models() if _exported(model)}
    ordered: list[type[Model]] = []
    while waiting := [model for model in apps.get_models() if model in models and model not in ordered]:
        ready = [model for model in waiting if not (_referred(model) & models - {*ordered, model})]
        # Two tables that refer to each other go as they come: references are looked at when all is in.
        ordered.extend(ready or waiting[:1])
    return tuple(Table(model, tuple(_columns(model))) for model in ordered)


def _exported(model: type[Model]) -> bool:
    label = model._meta.label
    if model._meta.app_label not in _APPS or label in LEFT_OUT or not model._meta.managed:
        return False
    return label in _ACCESS or model._meta.app_label not in _NOT_OF_ONE_SERVER


def _columns(model: type[Model]) -> Iterator[Field[Any, Any]]:
    for field in model._meta.concrete_fields:
        name = f"{model._meta.label}.{field.name}"
        if name not in _COLUMNS_LEFT_OUT and not field.generated and not isinstance(field, BinaryField):
            yield field


def references(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that refer to other exported tables, or to the same."""
    return [field for field in _columns(model) if field.is_relation and _exported(_target(field))]


def _referred(model: type[Model]) -> set[type[Model]]:
    return {_target(field) for field in references(model)}


def _target(field: Field[Any, Any]) -> type[Model]:
    target: type[Model] = field.related_model  # type: ignore[assignment]
    return target

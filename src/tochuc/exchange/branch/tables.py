"""The tables of a full export, found from the models themselves so that a new one isn't forgotten.

Every table of ours goes along unless it is named here with the reason why not; a test holds it against the database. What is folded from events is left out: it is folded anew when the files come back. So is what belongs to one
installation (sessions, tokens, queues) and what is sealed with its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, Field, Model

_OURS = "tochuc."
LEFT_OUT = {
    "org.OrganisationSpan": "gấp lại từ org.OrganisationEvent",
    "org.Under": "gấp lại từ org.OrganisationEvent",
    "org.Succession": "gấp lại từ org.OrganisationEvent",
    "org.Heir": "gấp lại từ org.OrganisationEvent",
    "members.Membership": "gấp lại từ members.MemberEvent",
    "members.Movement": "gấp lại từ members.MemberEvent",
    "members.BranchMonth": "cộng lại từ members.Movement",
    "members.BranchDay": "cộng lại từ members.Movement",
    "members.BranchName": "lập lại từ members.Person và cây tổ chức",
    "members.PartyDays": "tính lại từ members.MemberEvent",
    "members.Holds": "gấp lại từ members.MemberEvent",
    "members.Condition": "gấp lại từ members.MemberEvent",
    "members.IdentityNumber": "niêm phong bằng khóa của máy chủ; xuất riêng khi được yêu cầu",
    "cases.OpenStep": "gấp lại từ cases.CaseMove",
    "cases.StepActor": "gấp lại từ cases.CaseMove",
    "dues.Collection": "gấp lại từ dues.Payment",
    "dues.Arrear": "gấp lại từ dues.Payment",
    "access.Submission": "chỉ có nghĩa trên một máy chủ",
    "access.AccessToken": "mã truy cập của một máy chủ; nơi nhận cấp lại",
    "access.KeptAnswer": "chỉ có nghĩa trên một máy chủ",
    "reminders.Reminder": "địa chỉ nhắc việc và lịch bí mật của một tài khoản trên một máy chủ",
    "reminders.WeeklyMessage": "thư mà một máy chủ đã gửi",
    "jobs.Job": "hàng đợi của một máy chủ",
    "audit.Entry": "chuỗi nhật ký của một máy chủ, không tách rời được",
}
"""Models of ours that are not exported, each with its reason."""
NOT_OURS = {
    "auth": "quyền của khung phần mềm, không dùng",
    "contenttypes": "danh mục bảng của khung phần mềm",
    "sessions": "phiên làm việc của một máy chủ",
    "account": "địa chỉ thư để đăng nhập, của một máy chủ",
    "mfa": "bước xác thực thứ hai của một máy chủ",
    "socialaccount": "đăng nhập qua nơi khác, của một máy chủ",
    "usersessions": "phiên làm việc của một máy chủ",
}
"""Applications of others whose tables hold nothing recorded of a branch, each with its reason."""
WITHOUT_MODEL = {
    "django_migrations": "các bước dựng bảng đã chạy trên máy chủ",
    "web_cache": "bản nhớ tạm của trang, dựng lại khi cần",
}
"""Tables of the database that no model stands for, each with the reason why they stay."""
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
    ours = model.__module__.startswith(_OURS) and model._meta.managed
    return ours and model._meta.label not in LEFT_OUT


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

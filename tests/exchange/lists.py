"""Members' lists as small CSV files, and what the record holds of a branch, to be compared before and after."""

from __future__ import annotations

from typing import Any

from cast import TODAY, Cast
from tochuc.exchange.imports.write import Written, import_members
from tochuc.members.models import Condition, Membership, Movement, Person
from tochuc.org.models import Organisation

HEAD = "STT;Họ và tên;Ngày sinh;Giới tính;Quê quán;Ngày vào Đảng;Ngày chính thức;Số thẻ đảng viên;Chi bộ;Miễn sinh hoạt"
FIELDS = (
    *("full_name", "fold", "sort_key", "gender", "birth_on", "birth_precision", "hometown", "residence"),
    *("ethnicity", "religion", "occupation", "education", "qualification", "political_theory"),
    *("card_number", "phone", "home", "standing"),
)


def sheet(*rows: str, head: str = HEAD) -> bytes:
    """A list with these rows; each is numbered."""
    numbered = [f"{number};{row}" for number, row in enumerate(rows, 1)]
    return "\n".join([head, *numbered]).encode()


def bring(cast: Cast, raw: bytes, where: Organisation, **other: Any) -> Written:
    """Import a list as the officer, today."""
    asked = {"as_of": TODAY, "today": TODAY, "by": cast.actor()} | other
    return import_members(raw, "ds.csv", organisation=where, **asked)


def dump() -> dict[str, list[Any]]:
    """All fields of everyone who stands or stood somewhere, and all folded rows."""
    people = Person.objects.exclude(home=None).order_by("pk")
    return {
        "people": list(people.values_list("pk", *FIELDS)),
        "spans": _rows(Membership, "person", "organisation", "standing", "since", "until"),
        "steps": _rows(Movement, "person", "event", "on", "reason", "to_organisation", "to_standing"),
        "conditions": _rows(Condition, "person", "kind", "since", "until"),
    }


def _rows(model: Any, *fields: str) -> list[Any]:
    return sorted(model.objects.values_list(*fields), key=repr)


def person(name: str) -> Person:
    """The one person of that name."""
    return Person.objects.get(full_name=name)

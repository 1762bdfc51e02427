"""Writing organisations: each action is one transaction, one event, one audit entry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from tochuc.audit.record import Actor, record
from tochuc.kernel.errors import Refused
from tochuc.kernel.names import fold as fold_name
from tochuc.kernel.names import tidy
from tochuc.org import bulk, tree
from tochuc.org.kinds import KINDS, why_not_cell_kind, why_not_under
from tochuc.org.models import Organisation, OrganisationEvent
from tochuc.org.naming import why_not_named


@transaction.atomic
def found(
    *,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    parent: Organisation | None,
    on: date,
    by: Actor,
    cell_kind: str = "",
    decision: str = "",
) -> Organisation:
    """Set up an organisation under a superior by a decision in force from ``on`` (thành lập)."""
    name, short_name = _named(name, short_name)
    _check_place(kind, cell_kind, parent, on)
    earlier = Organisation.objects.filter(code=code).first()
    if earlier is not None and earlier.since < earlier.until:
        raise Refused("code_taken", f"Mã «{code}» đã dùng cho tổ chức khác; hãy chọn mã khác.", "code")
    # One whose founding was taken back gives its code, and its row, to who is founded under it again.
    organisation = earlier or Organisation.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        cell_kind=cell_kind,
        since=on,
        fold=fold_name(name),
    )
    data = {
        "name": name,
        "short_name": short_name,
        "kind": kind,
        "cell_kind": cell_kind,
        "parent": parent.pk if parent else None,
    }
    _append(organisation, OrganisationEvent.FOUNDED, on, by, decision, data)
    record(
        by, "organisation.founded", stream=code, kind="organisation", key=code, data=data | {"on": str(on)}
    )
    return organisation


@transaction.atomic
def rename(
    organisation: Organisation, *, name: str, short_name: str, on: date, by: Actor, decision: str
) -> None:
    """Give an organisation another name from ``on``; the old one stays on the days before."""
    name, short_name = _named(name, short_name)
    _check_alive(organisation, on)
    data = {"name": name, "short_name": short_name}
    _append(organisation, OrganisationEvent.RENAMED, on, by, decision, data)
    record(
        by,
        "organisation.renamed",
        stream=organisation.code,
        kind="organisation",
        key=organisation.code,
        data=data | {"on": str(on)},
    )


def _named(name: str, short_name: str) -> tuple[str, str]:
    """Both names as they are kept. Raises ``Refused`` for what no organisation can be called."""
    found = {"name": tidy(name), "short_name": tidy(short_name)}
    for field, written in found.items():
        if why := why_not_named(written):
            raise Refused("not_a_name", why, field)
    return found["name"], found["short_name"]


def _check_place(kind: str, cell_kind: str, parent: Organisation | None, on: date) -> None:
    if kind not in KINDS:
        raise Refused("kind_unknown", f"Không có loại hình tổ chức «{kind}».", "kind")
    wrong_cell = why_not_cell_kind(kind, cell_kind)
    if wrong_cell:
        raise Refused("wrong_cell_kind", wrong_cell, "cell_kind")
    if parent is None:
        return
    wrong_parent = why_not_under(kind, parent.kind)
    if wrong_parent:
        raise Refused("wrong_parent", wrong_parent, "parent")
    _check_alive(parent, on)


def _check_alive(organisation: Organisation, on: date) -> None:
    if not organisation.exists_on(on):
        raise Refused(
            "organisation_not_alive",
            f"{organisation.name} không hoạt động vào ngày {on:%d/%m/%Y}.",
            "on",
        )


def _append(
    organisation: Organisation, kind: str, on: date, by: Actor, decision: str, data: dict[str, Any]
) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    OrganisationEvent.objects.create(
        organisation=organisation,
        kind=kind,
        happened_on=on,
        recorded_by=by.account,
        decision=decision,
        data=data,
    )
    refold(organisation)
    tree.refresh([organisation.pk])


def refold(organisation: Organisation) -> None:
    """Replace the organisation's spans, and the latest state it shows, by what its events say."""
    bulk.refold_many([organisation])

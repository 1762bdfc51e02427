"""Saving a list under a name, offering it to colleagues, taking it away again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from tochuc.access.clock import now
from tochuc.access.viewer import Viewer
from tochuc.audit.record import record
from tochuc.kernel.errors import Refused
from tochuc.lists.models import SavedList
from tochuc.org.models import Organisation

_MOST = 50
_LONGEST = 2000


@dataclass(frozen=True)
class Saved:
    """A saved list as it is offered: its name, what it asks, whose it is."""

    ref: str
    name: str
    query: str
    own: bool
    shared: bool
    by: str


def offered(organisation: Organisation, viewer: Viewer) -> list[Saved]:
    """One's own saved lists of an organisation, and those that colleagues share, by name."""
    rows = SavedList.objects.filter(organisation=organisation).select_related("account")
    rows = rows.filter(Q(account=viewer.account) | Q(shared=True)).order_by("name", "pk")
    return [
        Saved(
            row.ref,
            row.name,
            row.query,
            row.account_id == viewer.account.pk,
            row.shared,
            row.account.full_name,
        )
        for row in rows
    ]


@transaction.atomic
def save(organisation: Organisation, viewer: Viewer, *, name: str, query: str, shared: bool) -> SavedList:
    """Save a list under a name; one's own of the same name is replaced.

    Raises ``Refused`` without a name, and where there are too many already.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("no_name", "Cần đặt tên cho danh sách.", "name")
    if len(query) > _LONGEST:
        raise Refused("too_long", "Danh sách này có quá nhiều điều kiện để lưu.", "name")
    own = SavedList.objects.filter(account=viewer.account, organisation=organisation)
    if own.exclude(name=name).count() >= _MOST:
        raise Refused("too_many", f"Đồng chí đã lưu {_MOST} danh sách; hãy xóa bớt danh sách cũ.", "name")
    saved, _new = own.update_or_create(
        account=viewer.account,
        organisation=organisation,
        name=name[:80],
        defaults={"query": query, "shared": shared, "saved_at": now()},
    )
    _note(saved, viewer, "list.saved")
    return saved


@transaction.atomic
def drop(organisation: Organisation, viewer: Viewer, ref: str) -> str:
    """Take away one of one's own saved lists and give its name; raises ``Refused`` where there is none such."""
    saved = SavedList.objects.filter(account=viewer.account, organisation=organisation, ref=ref).first()
    if saved is None:
        raise Refused("not_yours", "Danh sách này không còn, hoặc do người khác lưu.")
    _note(saved, viewer, "list.dropped")
    saved.delete()
    return saved.name


def _note(saved: SavedList, viewer: Viewer, what: str) -> None:
    data = {"name": saved.name, "shared": saved.shared}
    record(viewer.actor, what, stream=saved.organisation.code, kind="list", key=saved.ref, data=data)

"""What Party cards make due: members recognised and without one, and cards to be taken in from who left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import card_lists
from tochuc.lists.badge_due import MAKE_LISTS
from tochuc.org.models import Organisation
from tochuc.rules.ask import rule

ISSUE, TAKE_IN = "card_issue", "card_take_in"


def _due(viewer: Viewer) -> Iterator[Duty]:
    """For each cell and base one works for, one row for all their members."""
    may = gate.visible(viewer, "card.list", "organisation").filter(kind__in=MAKE_LISTS)
    for organisation in may.filter(pk__in=[one.organisation_id for one in viewer.assignments]).order_by("pk"):
        yield from _to_issue(viewer, organisation)
        yield from _to_take_in(viewer, organisation)


def _to_issue(viewer: Viewer, organisation: Organisation) -> Iterator[Duty]:
    waiting = [one for one in card_lists.without_card(organisation, viewer.today) if one.since]
    if not waiting:
        return
    first = min(one.since for one in waiting if one.since)
    try:
        reminder = rule("card.issue_reminder", on=first)
        issued = rule("card.issued_when", on=viewer.today)
    except NotInForce:
        return
    yield Duty(
        kind=ISSUE,
        what="Đề nghị phát thẻ đảng viên",
        whom=f"{organisation.name}: {len(waiting)} đảng viên đã được công nhận, chưa có thẻ",
        organisation=organisation.code,
        due_on=first + timedelta(days=reminder.number),
        why=Why(
            f"{issued.title}: {issued.value}. {reminder.title}: {reminder.words}.",
            f"{issued.cite.vn}; {reminder.cite.vn}",
            (("Công nhận sớm nhất", day_vn(first)), ("Danh sách", _names(waiting))),
            confirmed=False,
        ),
        page="card_list",
        key=organisation.code,
        action="Lập danh sách",
    )


def _to_take_in(viewer: Viewer, organisation: Organisation) -> Iterator[Duty]:
    waiting = card_lists.to_take_in(organisation, viewer.today)
    if not waiting:
        return
    try:
        when = rule("card.withdrawn_when", on=viewer.today)
    except NotInForce:
        return
    yield Duty(
        kind=TAKE_IN,
        what="Thu hồi thẻ đảng viên",
        whom=f"{organisation.name}: {len(waiting)} người",
        organisation=organisation.code,
        due_on=waiting[0].since or viewer.today,
        why=Why(
            f"{when.title}: {when.words}.",
            when.cite.vn,
            (("Danh sách", _names(waiting)),),
            confirmed=when.may_refuse,
        ),
        page="card_list",
        key=organisation.code,
        action="Xem danh sách",
    )


def _names(some: list[card_lists.Without]) -> str:
    return ", ".join(one.person.full_name for one in some[:10]) + ("…" if len(some) > 10 else "")


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider(ISSUE, "Phát thẻ đảng viên", _due, ((TAKE_IN, "Thu hồi thẻ đảng viên"),)))

"""Transfers under way: who is expected, who is on the way, accepting them and sending papers back (decision 0010)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.audit.record import Actor
from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.members import actions
from tochuc.members.actions import Decision
from tochuc.members.conditions import IN_TRANSFER
from tochuc.members.models import MemberEvent
from tochuc.org.kinds import MEMBER_KINDS
from tochuc.org.models import Organisation

STILL_OUT = Q(conditions__kind=IN_TRANSFER, conditions__until=FOREVER)
"""Of an event that gave papers: they haven't arrived yet, nor come back."""


def expected(viewer: Viewer) -> QuerySet[MemberEvent]:
    """The papers that the viewer's organisations are to answer, oldest first."""
    papers = gate.visible(viewer, "transfer.accept", "papers")
    return papers.select_related("person__home", "organisation").order_by("happened_on", "pk").distinct()


@transaction.atomic
def accept(papers: MemberEvent, *, cell: Organisation, on: date, by: Actor, today: date) -> MemberEvent:
    """Take the member into a cell: from this day they are counted here. The paper is the letter they brought."""
    _hold_still_out(papers)
    if on < papers.happened_on:
        raise Refused(
            "before_papers",
            f"Giấy giới thiệu cấp ngày {day_vn(papers.happened_on)}; không thể nhận trước.",
            "on",
        )
    letter = Decision(papers.decision_number, papers.decision_on, papers.decision_by)
    return actions.transfer(papers.person, to=cell, on=on, by=by, today=today, decision=letter)


@transaction.atomic
def send_back(papers: MemberEvent, *, why: str, on: date, by: Actor, today: date) -> MemberEvent:
    """Return the papers: the member stays where they were."""
    _hold_still_out(papers)
    if not why.strip():
        raise Refused("no_reason", "Cần ghi lý do trả lại.", "why")
    return actions.append(
        papers.person, "papers_returned", on=on, by=by, today=today, data={"why": why.strip()}
    )


def _hold_still_out(papers: MemberEvent) -> None:
    """Hold the member, so that of two who answer at once the second sees what the first did."""
    actions.held(papers.person)
    if not MemberEvent.objects.filter(STILL_OUT, pk=papers.pk).exists():
        raise Refused("no_longer_out", "Giấy giới thiệu này đã được tiếp nhận hoặc thu lại trước đó.")


def check_answers_for(viewer: Viewer, cell: Organisation | None) -> None:
    """Refuse to move a member at once into a cell that the viewer doesn't answer for: its side accepts."""
    if cell is not None and not gate.may(viewer, "member.record", "organisation", cell):
        raise Refused(
            "not_yours",
            f"{cell.name} không thuộc phạm vi của đồng chí; hãy ghi «Cấp giấy giới thiệu chuyển sinh hoạt», "
            "nơi đến sẽ ghi tiếp nhận.",
            "organisation",
        )


def answers_for_another(viewer: Viewer, home: Organisation | None) -> bool:
    """Whether the viewer keeps the ledger of a cell beside this one, so that a move needs no papers."""
    cells = gate.visible(viewer, "member.record", "organisation").filter(kind__in=MEMBER_KINDS)
    return cells.exclude(pk=home.pk if home else None).exists()

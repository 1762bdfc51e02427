"""A procedure under way in the cell of the demonstration: its eldest member asks to be exempted, the cell is to decide."""

from __future__ import annotations

from datetime import date, timedelta

from tochuc.access.models import Account
from tochuc.audit.record import NOBODY
from tochuc.cases import actions
from tochuc.cases.actions import Given, PaperGiven
from tochuc.exchange.demo.accounts import CELL
from tochuc.members.models import Condition, Membership, Person

_ASKED, _WRITTEN = timedelta(days=12), timedelta(days=10)
_ON_PAPER = PaperGiven(kept_at="bản giấy")


def ask_for_exemption(today: date) -> None:
    """Open the case and record that the member asked, with the application and the papers on health."""
    person = _eldest(today)
    if person is None:
        return
    case = actions.open_case(
        "exemption",
        on=today - _ASKED,
        by=NOBODY,
        today=today,
        person=person,
        answers={"ground": "age_health"},
    )
    papers = {"exemption.request": _ON_PAPER, "exemption.health": _ON_PAPER}
    given = Given(on=today - _WRITTEN, papers=papers, acted_by=person.full_name)
    actions.take(case, "request", given, by=NOBODY, today=today)


def _eldest(today: date) -> Person | None:
    """The eldest official member of the cell who isn't exempted and has no account of their own."""
    secretary = Account.objects.get(username=CELL)
    cell = secretary.assignments.filter(role="cell_secretary").values("organisation")
    exempt = Condition.objects.on(today).filter(kind="exempt").values("person")
    stays = Membership.objects.on(today).filter(
        organisation__in=cell, standing="official", person__account=None
    )
    first = (
        stays.exclude(person__in=exempt)
        .select_related("person__home")
        .order_by("person__birth_on", "pk")
        .first()
    )
    return first.person if first else None

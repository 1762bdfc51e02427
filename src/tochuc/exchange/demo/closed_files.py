"""A few closed files of the demonstration: discipline of members and of a cell, two appeals, a letter. All invented.

They are told as they happened, each step on its day by who takes it; before the last of these days there are none.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.access.clock import living_on
from tochuc.access.models import Account, Assignment
from tochuc.audit.record import NOBODY, Actor
from tochuc.cases import actions
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.declare import Count
from tochuc.cases.models import Case
from tochuc.cases.registry import of_case
from tochuc.kernel.days import FOREVER
from tochuc.members.kinds import OFFICIAL
from tochuc.members.ledger import headcount
from tochuc.members.models import Membership, Person
from tochuc.org.models import Organisation

TOLD_BY = date(2023, 4, 20)
"""The day by which all of it has happened."""
_OWN, _ANOTHER, _THIRD = "dx-nam-phuoc-my-hoa", "dx-duy-vinh-tra-dong", "dx-nam-phuoc-binh-an"
_REPRIMANDED = "dx-duy-vinh-tra-dong"
_ON_PAPER = PaperGiven(kept_at="Hồ sơ chi bộ")
_ANSWERS = {
    "basis": "inspection",
    "what": "Cho thuê đất công ích không đúng thẩm quyền, theo kết luận kiểm tra.",
}


def keep_closed_files(today: date) -> None:
    """Open them and take their steps; nothing where the demonstration ends before or lacks the places."""
    cells = {one.code: one for one in Organisation.objects.filter(code__in=(_OWN, _ANOTHER, _THIRD))}
    if today < TOLD_BY or len(cells) < len((_OWN, _ANOTHER, _THIRD)):
        return
    appealed = _Disciplined(cells[_OWN], "warning", 0)
    appealed.until_delivered(date(2023, 2, 6), date(2023, 3, 3), date(2023, 3, 10), number="04-KL/UBKT")
    _appeal(appealed.case)
    _Disciplined(cells[_ANOTHER], "reprimand", 1).until_delivered(
        date(2023, 3, 1), date(2023, 3, 24), date(2023, 3, 28), number="07-KL/UBKT"
    )
    ending = _Disciplined(cells[_THIRD], "reprimand", 2)
    ending.until_delivered(date(2022, 3, 30), date(2022, 4, 29), date(2022, 5, 6), number="11-KL/UBKT")
    ending.step("wait", date(2022, 6, 10), outcome="passed")
    _letter()
    _cell_appeals(cells[_REPRIMANDED])


class _Disciplined:
    """One ordinary member of a cell and the case about them, taken by the cell's secretary."""

    def __init__(self, cell: Organisation, form: str, nth: int) -> None:
        self.cell, self.form, self.nth = cell, form, nth
        self.by = _secretary(cell)
        self.case = Case()

    def until_delivered(self, opened: date, voted: date, received: date, *, number: str) -> None:
        """From opening to the day the member was handed the decision."""
        answers = {
            **_ANSWERS,
            "basis_number": f"Kết luận số {number}",
            "violated_on": opened.replace(year=opened.year - 1).isoformat(),
            "concluded_on": opened.isoformat(),
        }
        with living_on(opened):
            self.case = actions.open_case(
                "discipline",
                on=opened,
                by=self.by,
                today=opened,
                person=_ordinary(self.cell, opened, self.nth),
                answers=answers,
            )
        self.step("tell", opened, meeting_on=voted.isoformat())
        self.step("self_review", voted.replace(day=1), outcome="made")
        self.step("hear", voted.replace(day=2), outcome="heard")
        entitled = headcount(self.cell, voted).official
        agree = entitled - entitled // 6
        votes = Count(entitled, entitled, agree, entitled - agree)
        self.step("resolve", voted, outcome=self.form, count=votes)
        self.step(
            "issue",
            received,
            outcome="issued",
            number=f"0{self.nth + 2}-QĐ/CB",
            announced_on=voted.isoformat(),
        )
        self.step("deliver", received, outcome="delivered", received_on=received.isoformat())

    def step(
        self, step: str, on: date, *, outcome: str = "done", count: Count | None = None, **said: Any
    ) -> None:
        """One step on its day, its papers kept by the cell."""
        take(self.case, step, on, outcome, self.by, count, said)


def take(
    case: Case,
    step: str,
    on: date,
    outcome: str,
    by: Actor,
    count: Count | None = None,
    said: dict[str, Any] | None = None,
) -> None:
    """Take a step of a case as of its day."""
    papers = {paper.form: _ON_PAPER for paper in of_case(case).procedure.step(step).papers}
    with living_on(on):
        given = Given(on=on, outcome=outcome, count=count, papers=papers, answers=said or {})
        actions.take(case, step, given, by=by, today=on)


def _appeal(source: Case) -> None:
    """The one who was warned appeals to the commune, which has taken it on."""
    event = source.moves.get(step="issue").event
    on = date(2023, 4, 5)
    with living_on(on):
        case = actions.open_case(
            "discipline_appeal",
            on=on,
            by=NOBODY,
            today=on,
            person=source.person,
            answers={
                "against": f"event:{event.pk if event else 0}",
                "received_on": "2023-03-10",
                "content": "Hợp đồng đã được chấm dứt trước khi kiểm tra; đề nghị xem lại mức kỷ luật.",
            },
        )
    take(case, "accept", date(2023, 4, 10), "accepted", _leader("commune_secretary", case.to))


def _letter() -> None:
    """The member with the plain account has written to the commune."""
    person = Person.objects.filter(account__username="dangvien").select_related("account").first()
    if person is None or person.account is None:
        return
    on = date(2023, 4, 12)
    with living_on(on):
        actions.open_case(
            "complaint",
            on=on,
            by=_actor(person.account),
            today=on,
            person=person,
            answers={
                "addressee": "base",
                "subject": "rights",
                "content": "Lớp bồi dưỡng tháng 5 trùng ca làm việc; đề nghị mở thêm buổi tối.",
            },
        )


def _cell_appeals(cell: Organisation) -> None:
    """A cell that the commune reprimanded; it has appealed to the district."""
    opened = date(2023, 2, 20)
    said = {
        **_ANSWERS,
        "what": "Không họp chi bộ ba tháng liền, theo kết luận kiểm tra.",
        "basis_number": "Kết luận số 09-KL/UBKT",
        "violated_on": "2022-11-30",
        "concluded_on": "2023-02-15",
    }
    with living_on(opened):
        case = actions.open_case(
            "organisation_discipline", on=opened, by=NOBODY, today=opened, organisation=cell, answers=said
        )
    take(case, "tell", opened, "done", NOBODY, said={"meeting_on": "2023-03-15"})
    take(case, "self_review", date(2023, 3, 6), "made", NOBODY)
    take(case, "hear", date(2023, 3, 10), "done", NOBODY)
    take(case, "resolve", date(2023, 3, 15), "reprimand", NOBODY, Count(11, 11, 9, 2))
    issued = {"number": "17-QĐ/ĐU", "announced_on": "2023-03-20"}
    take(case, "issue", date(2023, 3, 20), "issued", NOBODY, said=issued)
    take(case, "deliver", date(2023, 3, 22), "delivered", NOBODY, said={"received_on": "2023-03-22"})
    on = date(2023, 4, 14)
    answers = {
        "against": f"decision:{case.ref}",
        "received_on": "2023-03-22",
        "content": "Hai tháng trong đó chi bộ không họp được vì lũ, đã báo cáo đảng ủy; đề nghị xem lại.",
    }
    with living_on(on):
        actions.open_case(
            "organisation_appeal", on=on, by=NOBODY, today=on, organisation=cell, answers=answers
        )


def _ordinary(cell: Organisation, on: date, nth: int) -> Person:
    """An official member of the cell, there to stay, without account, post or condition."""
    rows = Membership.objects.on(on).filter(organisation=cell, standing=OFFICIAL, until=FOREVER)
    rows = rows.filter(since__lt=on.replace(year=on.year - 1), person__account=None, person__holdings=None)
    found = rows.filter(person__conditions=None).select_related("person").order_by("person__ref")
    return found[nth].person


def _secretary(cell: Organisation) -> Actor:
    return _leader("cell_secretary", cell)


def _leader(role: str, organisation: Organisation | None) -> Actor:
    """Whoever leads the organisation by their account; nobody by name where no account does."""
    held = Assignment.objects.filter(role=role, organisation=organisation).select_related("account").first()
    return _actor(held.account) if held else NOBODY


def _actor(account: Account) -> Actor:
    return Actor(account.pk, account.full_name)

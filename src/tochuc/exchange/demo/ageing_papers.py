"""Files of admission whose papers are about to lapse: a certificate nearly five years old, a file of nearly a year. Invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.access.clock import living_on
from tochuc.access.models import Account
from tochuc.audit.record import Actor
from tochuc.cases import actions
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.asking import told
from tochuc.cases.engine import papers_of
from tochuc.cases.models import Case
from tochuc.cases.registry import of_case
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions as members
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.procedures import admission

_BEGINS, _ENDS = date(2023, 4, 20), date(2023, 12, 31)
_CELL, _RECORDED_BY = "dx-nam-phuoc-long-xuyen-1", "namphuoc"
_ON_PAPER = PaperGiven(kept_at="Hồ sơ chi bộ")


def keep_ageing_files(today: date) -> None:
    """Open both and take their steps on the days on which they would have been."""
    cell = Organisation.objects.filter(code=_CELL).first()
    if cell is None or not _BEGINS <= today <= _ENDS:
        return
    account = Account.objects.get(username=_RECORDED_BY)
    by = Actor(account.pk, account.full_name)
    _certificate(cell, by)
    _file(cell, by)


def _certificate(cell: Organisation, by: Actor) -> None:
    """Took the course as a student in 2018; asks to join at home now, and the certificate ends in June."""
    person = _listed(
        "Phan Thị Diễm My", "female", "09/10/1996", "Kế toán hợp tác xã", date(2022, 11, 4), cell, by
    )
    case = _opened(person, date(2023, 2, 6), by)
    _take(case, "course", date(2023, 2, 6), by, issued_on="2018-06-29")
    _take(case, "apply", date(2023, 2, 20), by)


def _file(cell: Organisation, by: Actor) -> None:
    """Asked to join in May 2022; nobody has introduced him yet, and the file ends in a month."""
    person = _listed("Lê Hoàng Phúc", "male", "27/01/1993", "Chủ cơ sở mộc", date(2021, 12, 10), cell, by)
    case = _opened(person, date(2022, 5, 9), by)
    _take(case, "course", date(2022, 5, 9), by, issued_on="2022-04-15")
    _take(case, "apply", date(2022, 5, 23), by)
    _take(case, "verify", date(2022, 7, 4), by, "qualified")
    _take(case, "opinions", date(2022, 9, 12), by)


def _listed(
    name: str, gender: str, birth: str, occupation: str, on: date, cell: Organisation, by: Actor
) -> Person:
    with living_on(on):
        person = members.register(
            full_name=name,
            gender=gender,
            birth=parse_known_date(birth),
            residence="Khối phố Long Xuyên 1, thị trấn Nam Phước",
            ethnicity="Kinh",
            occupation=occupation,
            by=by,
        )
        members.list_sympathiser(person, cell=cell, on=on, by=by, today=on)
    return person


def _opened(person: Person, on: date, by: Actor) -> Case:
    with living_on(on):
        return actions.open_case(
            admission.PROCEDURE.code, on=on, by=by, today=on, person=person, answers={"route": "members"}
        )


def _take(case: Case, step: str, on: date, by: Actor, outcome: str = "done", **answers: Any) -> None:
    declared = of_case(case).procedure.step(step)
    papers = {paper.form: _ON_PAPER for paper in papers_of(declared, told(case, on))}
    with living_on(on):
        actions.take(case, step, Given(on, outcome, papers=papers, answers=answers), by=by, today=on)

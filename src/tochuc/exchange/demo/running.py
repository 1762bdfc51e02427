"""Cases under way in the demonstration: badges of two occasions, a vacant post being filled, a member who comes from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tochuc.access.clock import living_on
from tochuc.access.models import Account
from tochuc.audit.record import Actor
from tochuc.cases import actions, many
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.asking import told
from tochuc.cases.engine import papers_of
from tochuc.cases.models import Case
from tochuc.cases.registry import of_case
from tochuc.kernel.known_dates import KnownDate
from tochuc.lists import badge_rounds
from tochuc.members import actions as members
from tochuc.members.kinds import OFFICIAL, OUTSIDE
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation
from tochuc.procedures import appointment, arrival, badge
from tochuc.procedures.post_facts import candidates

_BEGINS, _ENDS = date(2023, 4, 20), date(2023, 12, 31)
_WINTER, _SPRING = date(2023, 2, 3), date(2023, 5, 19)
_WINTER_COMMUNE, _SPRING_COMMUNE, _VACANT = "dx-nam-phuoc", "dx-nam-phuoc", "dx-duy-thu-bi-thu"
_ON_PAPER = PaperGiven(kept_at="hồ sơ giấy của Ban Tổ chức")


def run_cases(today: date) -> None:
    """Open the cases and take their steps on the days on which they would have been, as far as the day has come."""
    if not _BEGINS <= today <= _ENDS:
        return
    _cards_handed_in(date(2022, 7, 1))
    _winter()
    _spring()
    _vacancy()
    _newcomer()


def _cards_handed_in(before: date) -> None:
    """Whoever left long ago has handed the card in; of those who left since, the commune is reminded."""
    gone = MemberEvent.objects.filter(kind__in=("expelled", "removed", "departed"), happened_on__lt=before)
    Person.objects.filter(standing=OUTSIDE, pk__in=gone.values("person")).update(card_number="")


def _actor(username: str) -> Actor:
    account = Account.objects.get(username=username)
    return Actor(account.pk, account.full_name)


def _winter() -> None:
    """The occasion of 3/2, done: the record knows these badges."""
    cases = _proposed(_WINTER_COMMUNE, _WINTER, date(2022, 12, 5))
    _all(cases, "declare", date(2022, 12, 6))
    _all(cases, "consider", date(2022, 12, 12), "agreed")
    _all(cases, "propose", date(2022, 12, 15), "proposed")
    _all(cases, "examine", date(2023, 1, 6), "put_up")
    _all(cases, "decide", date(2023, 1, 19), "decided", number="612-QĐ/TU")
    _all(cases, "present", date(2023, 2, 3), "presented")


def _spring() -> None:
    """The occasion of 19/5, under way: most wait for the commune's list, some for their cell, one isn't begun."""
    cases = _proposed(_SPRING_COMMUNE, _SPRING, date(2023, 3, 6), leave=1)
    _all(cases[1:], "declare", date(2023, 3, 10))
    _all(cases[3:], "consider", date(2023, 3, 17), "agreed")
    _all(cases[5:], "propose", date(2023, 4, 4), "proposed")


def _proposed(commune: str, occasion: date, on: date, *, leave: int = 0) -> list[Case]:
    organisation = Organisation.objects.get(code=commune)
    since = badge_rounds.before(occasion)
    if since is None:
        return []
    due = badge_rounds.reaching(organisation, since, occasion, on)
    wanted = badge_rounds.wanted(due[: len(due) - leave], occasion)
    with living_on(on):
        return many.open_many(badge.PROCEDURE.code, wanted, on=on, by=_actor("namphuoc"), today=on).cases


def _all(cases: Sequence[Case], step: str, on: date, outcome: str = "done", **answers: Any) -> None:
    with living_on(on):
        for case in cases:
            _take(case, step, on, outcome, answers)


def _take(case: Case, step: str, on: date, outcome: str, answers: dict[str, Any]) -> None:
    above = case.person is None or step in {"examine", "decide"}
    by = _actor("canbo" if above else "namphuoc")
    declared = of_case(case).procedure.step(step)
    papers = {paper.form: _ON_PAPER for paper in papers_of(declared, told(case, on))}
    actions.take(case, step, Given(on, outcome, papers=papers, answers=answers), by=by, today=on)


def _vacancy() -> None:
    """The secretary's post of a commune, empty since February: somebody is proposed, the district has to agree."""
    commune = Organisation.objects.get(code=_VACANT.removesuffix("-bi-thu"))
    opened = date(2023, 3, 20)
    answers = {"post": _VACANT, "manner": appointment.DESIGNATE, "ground": "Bí thư nhận nhiệm vụ khác"}
    with living_on(opened):
        case = actions.open_case(
            appointment.PROCEDURE.code,
            on=opened,
            by=_actor("canbo"),
            today=opened,
            organisation=commune,
            answers=answers,
        )
    proposed = next(iter(candidates(case, opened)))[0]
    _all([case], "propose", date(2023, 3, 27), candidate=proposed)
    _all([case], "opinions", date(2023, 4, 12))


def _newcomer() -> None:
    """Somebody from another province showed a letter; the commune has asked the sending side what is missing."""
    shown = date(2023, 4, 3)
    letter = {
        "origin": "Đảng ủy phường Vỹ Dạ, thành phố Huế",
        "letter_number": "41-GGT",
        "letter_on": "2023-03-24",
        "effective_on": "2023-03-20",
        "fees_to": "3/2023",
        "said_standing": OFFICIAL,
        "said_admitted_on": "2012-05-19",
        "said_official_on": "2013-05-19",
        "said_card": "46.001234",
    }
    with living_on(shown):
        person = members.register(
            full_name="Tôn Nữ Hạnh Dung",
            gender="female",
            birth=KnownDate(date(1988, 1, 1), "year"),
            by=_actor("namphuoc"),
            card_number=letter["said_card"],
        )
        case = actions.open_case(
            arrival.PROCEDURE.code,
            on=shown,
            by=_actor("namphuoc"),
            today=shown,
            person=person,
            organisation=Organisation.objects.get(code=_SPRING_COMMUNE),
            answers=letter,
        )
    missing = "Chưa có bản tự kiểm điểm; hồ sơ thiếu bản sao quyết định công nhận chính thức."
    _all([case], "check", date(2023, 4, 5), "doubt", missing=missing)
    _all([case], "ask", date(2023, 4, 6), number="18-CV/ĐU")

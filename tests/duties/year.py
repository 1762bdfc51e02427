"""A year lived on top of the demonstration district, through the public actions and procedures, each on its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from cast import decided, recorded_on
from tochuc.access.models import Account
from tochuc.audit.record import Actor
from tochuc.cases import actions as cases
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.declare import Count
from tochuc.cases.models import Case
from tochuc.kernel.known_dates import KnownDate
from tochuc.meetings import actions as meetings
from tochuc.meetings.actions import Said
from tochuc.meetings.roll import roll
from tochuc.members import actions
from tochuc.members.models import MemberEvent, Person
from tochuc.org.congresses import hold_congress
from tochuc.org.models import Organisation

BEGIN = date(2023, 4, 21)
ON_PAPER = PaperGiven(kept_at="Văn phòng Đảng ủy")
DECIDED = (("recognised", 12), ("late", 60))
Act = tuple[date, Callable[[date], None]]


@dataclass
class OpenCase:
    """What a test knows of a case it opened: whose, of which cell, which step waits for whom, until when or,
    where no rule sets a limit, since when it waits.
    """

    kind: str
    person: int
    cell: int
    due_on: date
    waits: bool
    by_cell: bool = True
    by_person: bool = False


@dataclass
class Year:
    """The acts to come in order of days; and the cases as they stand."""

    seed: int = 2024
    acts: list[Act] = field(default_factory=list)
    open_cases: dict[int, OpenCase] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        officer = Account.objects.get(username="canbo")
        self.by = Actor(officer.pk, officer.full_name)
        self.cell = Organisation.objects.get(code="dx-nam-phuoc-my-hoa")
        busy = {"account__isnull": True, "holdings__isnull": True, "conditions__isnull": True}
        here = Person.objects.filter(home__code__startswith="dx-", standing="official", **busy)
        self.pool = list(here.exclude(home=self.cell).order_by("ref"))
        self.own = list(here.filter(home=self.cell).order_by("ref"))
        self.chance.shuffle(self.pool)
        for plan in (
            self._admissions,
            self._recognitions,
            self._transfers,
            self._leaving,
            self._times,
            self._cases,
            self._meetings,
            self._congresses,
            self._applicants,
        ):
            plan()
        self.acts.sort(key=lambda one: one[0])

    def live_until(self, day: date) -> None:
        """Do everything up to a day, each act recorded on its own."""
        while self.acts and self.acts[0][0] <= day:
            on, act = self.acts.pop(0)
            with recorded_on(on):
                act(on)

    def _plan(self, after: int, act: Callable[[date], None]) -> None:
        self.acts.append((BEGIN + timedelta(days=after), act))

    def _some(self, n: int) -> list[Person]:
        return [self.pool.pop() for _ in range(n)]

    def _append(self, person: Person, kind: str, **more: Any) -> Callable[[date], None]:
        def act(on: date) -> None:
            fresh = Person.objects.get(pk=person.pk)
            actions.append(fresh, kind, on=on, by=self.by, today=on, **more)

        return act

    def _admissions(self) -> None:
        """Outstanding people listed, later admitted; some are forgotten on the list."""
        for n in range(14):
            home = self.pool[n].home
            assert home is not None
            self._plan(self.chance.randrange(90), self._list(f"Trần Thị Mới {n}", home, admitted=n % 4 != 0))

    def _list(self, name: str, cell: Organisation, *, admitted: bool) -> Callable[[date], None]:
        def act(on: date) -> None:
            person = actions.register(
                full_name=name, gender="female", birth=KnownDate(date(1999, 5, 2)), by=self.by
            )
            actions.list_sympathiser(person, cell=cell, on=on, by=self.by, today=on)
            if admitted:
                later = on + timedelta(days=40)
                admit = self._admit(person, cell)
                self.acts.append((later, admit))
                self.acts.sort(key=lambda one: one[0])

        return act

    def _admit(self, person: Person, cell: Organisation) -> Callable[[date], None]:
        def act(on: date) -> None:
            actions.admit(person, cell=cell, on=on, decision=decided(on), by=self.by, today=on)

        return act

    def _recognitions(self) -> None:
        """Of those on probation some are recognised in time, some late, some not in the year; one day is corrected."""
        waiting = Person.objects.filter(standing="probationary", home__code__startswith="dx-").order_by("ref")
        for n, person in enumerate(waiting):
            begun = person.events.filter(kind="admitted", corrected_by=None).order_by("-happened_on").first()
            if begun is None or n % 3 == 2:
                continue
            day = begun.happened_on + timedelta(days=365 + DECIDED[n % 3][1])
            if day > BEGIN:
                self.acts.append((day, self._recognise(person, corrected=n % 12 == 0)))

    def _recognise(self, person: Person, *, corrected: bool) -> Callable[[date], None]:
        def act(on: date) -> None:
            fresh = Person.objects.get(pk=person.pk)
            if fresh.standing != "probationary":
                return
            event = actions.recognise(fresh, on=on, decision=decided(on), by=self.by, today=on)
            if corrected:
                change = {"on": on - timedelta(days=2), "decision": decided(on - timedelta(days=2))}
                actions.correct(event, by=self.by, today=on, reason="Ghi nhầm ngày", replacement=change)

        return act

    def _transfers(self) -> None:
        """Papers given: a third arrive, a third come back, a third are lost."""
        cells = [one.home for one in self._some(9)]
        for n, (person, to) in enumerate(zip(self._some(9), cells, strict=True)):
            if to is None or to.pk == person.home_id:
                continue
            day = 30 + 30 * n
            to = self.cell if n == 5 else to
            self._plan(day, self._append(person, "papers_out", organisation=to))
            if n % 3 == 0:
                self._plan(day + 20, self._append(person, "transferred", organisation=to))
            if n % 3 == 1:
                self._plan(day + 45, self._append(person, "papers_returned", data={"why": "Thôi chuyển"}))

    def _leaving(self) -> None:
        """Deaths, and secretaries who leave their posts and aren't followed."""
        for person in self._some(12):
            self._plan(self.chance.randrange(350), self._append(person, "died"))
        held = MemberEvent.objects.filter(kind="took_post", corrected_by=None, post__kind="secretary")
        now = held.filter(
            post__holders__until=date(9999, 12, 31), post__holders__person__events__pk__isnull=False
        )
        leaving = list(now.filter(post__organisation__kind="cell").order_by("pk").distinct()[:40])
        for event in self.chance.sample(leaving, 5):
            holder = event.post.holders.get(until=date(9999, 12, 31)).person  # type: ignore[union-attr]
            self._plan(self.chance.randrange(20, 330), self._append(holder, "left_post", post=event.post))

    def _times(self) -> None:
        """Members elsewhere for a time: ended, prolonged, forgotten; one exempt who dies meanwhile."""
        for n, person in enumerate(self._some(6)):
            day = 15 + 40 * n
            until = BEGIN + timedelta(days=day + 100)
            self._plan(
                day,
                self._append(
                    person,
                    "sent_temporarily",
                    data={"destination": "Đảng bộ khối doanh nghiệp", "until_on": str(until)},
                ),
            )
            if n % 3 == 0:
                self._plan(day + 95, self._append(person, "temporary_ended"))
            if n % 3 == 1:
                later = str(until + timedelta(days=60))
                self._plan(day + 90, self._append(person, "temporary_extended", data={"until_on": later}))

    def _cases(self) -> None:
        """Exemptions at every step, one asked for by a member with an account; removals that begin."""
        asking = Account.objects.get(username="dangvien").person
        for n, person in enumerate([asking, *self.own[:2], *self._some(5)]):
            self._plan(40 + 35 * n, self._exempt(person, steps=n % 4))
        for n, person in enumerate([self.own[2], *self._some(2)]):
            self._plan(145 + 40 * n, self._remove(person, told=n == 1))

    def _exempt(self, person: Person, *, steps: int) -> Callable[[date], None]:
        def act(on: date) -> None:
            fresh = Person.objects.select_related("home").get(pk=person.pk)
            until = on + timedelta(days=120)
            answers = {"ground": "maternity", "until_on": str(until)}
            case = cases.open_case("exemption", on=on, by=self.by, today=on, person=fresh, answers=answers)
            assert fresh.home_id is not None
            official = Person.objects.filter(home=fresh.home_id, standing="official").count()
            vote = Count(entitled=official, present=official, agree=official)
            taken = (
                ("request", "done", None, {}),
                ("resolve", "granted", vote, {"number": "02-NQ/CB"}),
                ("tell", "told", None, {}),
            )[:steps]
            for step, outcome, count, said in taken:
                self._take(
                    case,
                    step,
                    Given(on=on, outcome=outcome, count=count, answers=said, papers=_papers(step)),
                    on,
                )
            self.open_cases[case.pk] = OpenCase(
                "case",
                fresh.pk,
                fresh.home_id,
                until if steps == 3 else on,
                waits=steps != 3,
                by_person=steps in {0, 3},
            )

        return act

    def _remove(self, person: Person, *, told: bool) -> Callable[[date], None]:
        def act(on: date) -> None:
            fresh = Person.objects.get(pk=person.pk)
            answers = {"ground": "absence", "months": _three_months(on), "helped_since": str(on)}
            case = cases.open_case("removal", on=on, by=self.by, today=on, person=fresh, answers=answers)
            if told:
                day = {"meeting_on": str(on + timedelta(days=20))}
                self._take(case, "tell", Given(on=on, answers=day, papers={"removal.evidence": ON_PAPER}), on)
            assert fresh.home_id is not None
            self.open_cases[case.pk] = OpenCase(
                "closed_case", fresh.pk, fresh.home_id, on, waits=True, by_person=told
            )

        return act

    def _applicants(self) -> None:
        """Two wish to join who took their course long ago; one of them takes it again before the certificate lapses."""
        elsewhere = self.pool[0].home
        assert elsewhere is not None
        self._plan(30, self._begin("Lê Thị Học Sớm", self.cell, issued=date(2018, 11, 20)))
        again = (date(2024, 2, 1), date(2024, 1, 30))
        self._plan(60, self._begin("Lê Văn Học Lại", elsewhere, issued=date(2019, 3, 10), again=again))

    def _begin(
        self, name: str, cell: Organisation, *, issued: date, again: tuple[date, date] | None = None
    ) -> Callable[[date], None]:
        def act(on: date) -> None:
            person = actions.register(
                full_name=name, gender="female", birth=KnownDate(date(1998, 3, 9)), by=self.by
            )
            actions.list_sympathiser(person, cell=cell, on=on, by=self.by, today=on)
            person.refresh_from_db()
            case = cases.open_case(
                "admission", on=on, by=self.by, today=on, person=person, answers={"route": "members"}
            )
            self._certified(case, "course", "done", issued)(on)
            self.open_cases[case.pk] = OpenCase("case", person.pk, cell.pk, on, waits=True)
            if again is not None:
                self.acts.append((again[0], self._certified(case, "course_again", "certified", again[1])))
                self.acts.sort(key=lambda one: one[0])

        return act

    def _certified(self, case: Case, step: str, outcome: str, issued: date) -> Callable[[date], None]:
        def act(on: date) -> None:
            given = Given(
                on=on,
                outcome=outcome,
                answers={"issued_on": str(issued)},
                papers={"admission.certificate": ON_PAPER},
            )
            self._take(case, step, given, on)

        return act

    def _take(self, case: Case, step: str, given: Given, on: date) -> None:
        cases.take(case, step, given, by=self.by, today=on)
        case.refresh_from_db()

    def _meetings(self) -> None:
        """The cell meets each month from June to January but for October; two members stay away, one from June on."""
        for n in range(8):
            if n != 4:
                away = self.own[2:4] if n > 0 else self.own[2:3]
                self._plan(50 + 30 * n, self._meet({one.pk for one in away}))

    def _meet(self, away: set[int]) -> Callable[[date], None]:
        def act(on: date) -> None:
            there = [place.person for place in roll(self.cell, on) if place.expected]
            said = [Said(one, "absent" if one.pk in away else "present") for one in there]
            meetings.hold(self.cell, on=on, kind="regular", said=said, by=self.by, today=on)

        return act

    def _congresses(self) -> None:
        """Two cells hold theirs in the year: their terms begin anew."""
        for n, cell in enumerate(
            Organisation.objects.filter(kind="cell", code__startswith="dx-nam").order_by("pk")[:2]
        ):
            self._plan(100 + 50 * n, self._hold(cell))

    def _hold(self, cell: Organisation) -> Callable[[date], None]:
        def act(on: date) -> None:
            hold_congress(cell, on=on, today=on, by=self.by)

        return act


def _papers(step: str) -> dict[str, PaperGiven]:
    return {"exemption.resolution": ON_PAPER} if step == "resolve" else {}


def _three_months(on: date) -> str:
    """The three months before, as they are typed."""
    found = []
    for back in (3, 2, 1):
        n = on.year * 12 + on.month - 1 - back
        found.append(f"{n % 12 + 1}/{n // 12}")
    return " ".join(found)

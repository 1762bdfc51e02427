"""What the access tests look at: for each of a few organisations one of every kind of thing there is.

A kind of object that a door hands in has its samples here and nowhere else; a new kind without one fails
the tests that walk over all addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from access.addresses import Address
from access.places import ASKS, DUE, HELD, ISSUED, PEOPLE, PLACES, SELF, WORDS
from access.scene_cases import case_at, closed_case_at, key_of_case
from access.scene_meetings import meeting_at
from access.scene_records import (
    award_of,
    import_at,
    paper_at,
    papers_to,
    plan_at,
    proposal_at,
    reconciliation_at,
    reorganisation_at,
    report_at,
    token_at,
)
from cast import TODAY, Cast
from tochuc.access.clock import now
from tochuc.access.models import Account
from tochuc.audit.record import NOBODY
from tochuc.documents import files
from tochuc.documents.extract.record import Extract
from tochuc.documents.extract.sections import Passage
from tochuc.documents.models import MEMBERS_LIST
from tochuc.jobs import queue
from tochuc.org.models import Organisation
from tochuc.programme import actions, conclusions
from tochuc.programme.conclusions import Issuing
from tochuc.programme.models import TASK, Conclusion, Conference, Task, TaskAssignment
from tochuc.reminders import actions as reminders


@dataclass
class Things:
    """One of every kind at one organisation."""

    place: Organisation
    draft: Conference
    issued: Conference
    conclusion: Conclusion
    task: Task
    assignment: TaskAssignment
    file: Any
    list: Any
    person: Any
    papers: Any
    report: Any
    changeset: Any
    reconciliation: Any
    token: Any
    plan: Any
    reorganisation: Any
    paper: Any
    proposal: Any
    case: Any
    closed_case: Any
    job: Any
    meeting: Any


@dataclass
class Scene:
    """The cast, and the things of each place."""

    cast: Cast
    things: dict[str, Things] = field(default_factory=dict)

    def account(self, actor: str) -> Account | None:
        """The account of an actor; None for the one who isn't logged in."""
        return None if actor == "anonymous" else self.cast.accounts[actor]


# kind of object: what its address names, from the things of a place
SAMPLES: dict[str, Callable[[Things], str]] = {
    "organisation": lambda things: things.place.code,
    "person": lambda things: things.person.ref,
    "conference": lambda things: str(things.draft.ref),
    "item": lambda things: str(things.draft.items.get(kind=TASK).pk),
    "conclusion": lambda things: str(things.conclusion.document.ref),
    "task": lambda things: str(things.task.ref),
    "assignment": lambda things: str(things.assignment.ref),
    "document": lambda things: str(things.conclusion.document.ref),
    "papers": lambda things: str(things.papers.pk),
    "report": lambda things: things.report.ref,
    "file": lambda things: str(things.file.pk),
    "list": lambda things: str(things.list.pk),
    "paper": lambda things: str(things.paper.ref),
    "proposal": lambda things: str(things.proposal.pk),
    "changeset": lambda things: things.changeset.ref,
    "reconciliation": lambda things: things.reconciliation.ref,
    "token": lambda things: things.token.ref,
    "plan": lambda things: things.plan.ref,
    "reorganisation": lambda things: things.reorganisation.ref,
    "case": lambda things: str(things.case.ref),
    "closed_case": lambda things: str(things.closed_case.ref),
    "job": lambda things: things.job.ref,
    "meeting": lambda things: str(things.meeting.ref),
}


def _award_of(things: Things) -> int:
    row = things.person.facts.filter(field="award").first()
    return (row or award_of(things.person)).pk


# parameter of an address that is no object: a value of it that exists for the person of the place
PLAIN: dict[str, Callable[[Things], Any]] = {
    "event": lambda things: things.person.events.order_by("pk").first().pk,
    "kind": lambda _things: "chuyen-sinh-hoat",
    "act": lambda _things: "doi-ten",
    "number": lambda _things: 1,
    "register": lambda _things: "so-danh-sach-dang-vien",
    "section": lambda _things: "trinh-do",
    "closed": lambda _things: "noi-o",
    "part": lambda _things: "trinh-do",
    "field": lambda _things: "hometown",
    "table": lambda _things: "award",
    "row": _award_of,
    "code": lambda _things: "admission",
    "rule": lambda _things: "admission.decision_extension",
    "step": lambda _things: "course",
    "paper": lambda _things: "admission.certificate",
    "story": lambda _things: "ket-nap-dung-han",
    "topic": lambda _things: "ket-nap",
    "scan": lambda things: str(things.file.pk),
    "about": lambda _things: "appointment",
    "badge_step": lambda _things: "declare",
    "other": lambda things: _beside(things.person).ref,
    "month": lambda _things: "2023-03",
    "secret": lambda things: reminders.open_calendar(things.token.account, at=now(), by=NOBODY),
}


def _beside(person: Any) -> Any:
    """Someone else of the same cell, or the same one where nobody else is there."""
    others = type(person).objects.filter(home=person.home).exclude(pk=person.pk)
    return others.order_by("pk").first() or person


def set_scene(cast: Cast) -> Scene:
    """Put one of every kind at each place."""
    return Scene(cast, {place: _things(cast, place) for place in PLACES})


def _things(cast: Cast, place: str) -> Things:
    organisation = getattr(cast, place)
    organisation.symbol = f"X{place.upper().replace('_', '')}"
    organisation.save(update_fields=["symbol"])
    draft = _conference(cast, organisation, f"Hội nghị đang soạn {WORDS[place]}", WORDS[place])
    issued = _conference(cast, organisation, f"Hội nghị đã họp {WORDS[place]}", WORDS[place])
    task = issued.tasks.get()
    _give(cast, task, organisation)
    conclusion = conclusions.issue(
        issued,
        Issuing(None, "Thu Giang", ISSUED, "Lê Thị Thu Hà", "Trưởng ban", ("Như trên",)),
        by=cast.actor(),
        today=TODAY,
    )
    assignment = task.assignments.get()
    file = files.store(
        name=f"{WORDS[place]}.txt",
        content_type="text/plain",
        raw=f"Báo cáo {WORDS[place]}".encode(),
        organisation=organisation,
        by=cast.actor(),
    )
    members_list = files.store(
        name=f"danh-sach {WORDS[place]}.csv",
        content_type="text/csv",
        raw=f"STT;Họ và tên;Ngày sinh\n1;Nguyễn Thị {WORDS[place].title()};1970\n".encode(),
        organisation=organisation,
        by=cast.actor(),
        purpose=MEMBERS_LIST,
    )
    actions.report_progress(
        assignment,
        status="in_progress",
        note=f"Đang làm {WORDS[place]}",
        file=file,
        by=cast.actor(),
        today=TODAY,
    )
    return Things(
        organisation,
        draft,
        issued,
        conclusion,
        task,
        assignment,
        file,
        members_list,
        cast.people[PEOPLE[place]],
        papers_to(cast, place, organisation),
        report_at(cast, place, organisation),
        import_at(cast, place, organisation),
        reconciliation_at(cast, place, organisation),
        token_at(cast, place),
        plan_at(cast, place, organisation),
        reorganisation_at(place, organisation),
        paper_at(cast, place),
        proposal_at(cast, place),
        case_at(cast, place, WORDS[place], HELD),
        closed_case_at(cast, cast.people[PEOPLE[place]], WORDS[place], HELD),
        queue.ask(
            "import.check",
            f"Kiểm tra danh sách {WORDS[place]}",
            organisation=organisation,
            account=getattr(cast, ASKS[place]),
            asked={},
        ),
        meeting_at(cast, place, HELD),
    )


def _give(cast: Cast, task: Task, organisation: Organisation) -> None:
    actions.assign(
        task,
        version=task.version,
        text=task.text,
        due_on=DUE,
        to=[organisation],
        by=cast.actor(),
        today=TODAY,
    )


def _conference(cast: Cast, organisation: Organisation, title: str, words: str) -> Conference:
    text = f"{title}. Nuôi {words} cho tốt."
    nothing: dict[str, Any] = dict.fromkeys(("results", "limitations", "opinions"), ())
    extract = Extract(
        text=text,
        title=title,
        citations=(),
        event_date=HELD,
        event_date_partial=None,
        host=organisation.name,
        chair="Lê Thị Thu Hà",
        chair_post="Trưởng ban Tổ chức",
        figures=(),
        delegates=(Passage(f"các đồng chí nuôi {words}", 0, 4),),
        tasks=(Passage(f"Nuôi {words} cho tốt", len(title) + 2, len(text) - 1),),
        **nothing,
    )
    return actions.draft_from_text(extract, text, name=title, organisation=organisation, by=cast.actor())


def keys_of(scene: Scene, address: Address, place: str, actor: str) -> dict[str, str] | None:
    """The keys of an address for a place; for what is about oneself None where the actor has no record."""
    if place == "-":
        return {name: PLAIN[name](scene.things["a1"]) for name in address.parameters}
    things = scene.things["a1"] if place == SELF else scene.things[place]
    if place == SELF:
        own = scene.cast.people.get(actor)
        if own is None:
            return None
        things = replace(things, person=own)
    keys = {name: SAMPLES[kind](things) for kind, name in address.objects}
    others = [name for name in address.parameters if name not in keys]
    return keys | {name: key_of_case(address, name, things) or PLAIN[name](things) for name in others}


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

"""What the access tests look at: for each of a few organisations one of every kind of thing there is.

A kind of object that a door hands in has its samples here and nowhere else; a new kind without one fails
the tests that walk over all addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from access.addresses import Address
from access.scene_meetings import RECORDED_MONTHLY, meeting_at
from cast import PASSWORD, TODAY, Cast
from tochuc.access import actions as access
from tochuc.access import tokens
from tochuc.access.clock import now
from tochuc.access.models import Account
from tochuc.audit.record import NOBODY
from tochuc.cases import actions as cases
from tochuc.cases.models import Case
from tochuc.changes.models import ChangeSet
from tochuc.documents import files
from tochuc.documents.extract.record import Extract
from tochuc.documents.extract.sections import Passage
from tochuc.documents.models import MEMBERS_LIST
from tochuc.jobs import queue
from tochuc.kernel.known_dates import KnownDate, parse_known_date
from tochuc.members import actions as members
from tochuc.members import papers
from tochuc.members.keeping import keep_row
from tochuc.members.models import Proposal
from tochuc.org.models import Organisation
from tochuc.programme import actions, conclusions
from tochuc.programme.conclusions import Issuing
from tochuc.programme.models import TASK, Conclusion, Conference, Task, TaskAssignment
from tochuc.reconcile.models import Reconciliation
from tochuc.reminders import actions as reminders
from tochuc.reorganise import drafts
from tochuc.reorganise.models import Draft, Reorganisation
from tochuc.reports.models import SealedReport
from tochuc.reports.sealing import seal

HELD = date(2023, 4, 3)
ISSUED = date(2023, 4, 10)
DUE = date(2023, 4, 30)

PLACES = ("a1", "commune_a", "b1", "other_cell")
"""Whose objects are asked for: two of one branch, one of the sibling branch, one of another district."""

ACTORS = (
    "officer",
    "secretary_a",
    "secretary_b",
    "cell_a1",
    "cell_a2",
    "cell_b1",
    "member_a1",
    "expired",
    "nobody",
    "anonymous",
)

# Words that stand in what belongs to one place only; those of b1 are what no one outside may read.
WORDS = {
    "a1": "bồ câu",
    "commune_a": "chim sẻ",
    "b1": "sơn ca",
    "other_cell": "họa mi",
}


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
    return (row or _award(things.person)).pk


def _award(person: Any) -> Any:
    row = {"what": f"Bằng khen {person.full_name}", "on": "2019"}
    return keep_row(person, "award", row, by=NOBODY, today=TODAY)


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


SELF = "self"
"""The place of what is about the one who asks."""

_PLAN: dict[str, Any] = {
    "title": "Phương án thử",
    "day": "2023-04-20",
    "operations": [{"op": "rename", "of": "xa-a", "name": "Xã Thử", "short_name": "Thử"}],
}

_FIELDS: dict[str, Any] = {"values": {"languages": "Tiếng Anh"}, "ground": "Lý lịch"}

# (address, method): what is sent where an empty form would say nothing of the right to send it
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("api:assignment_report", "POST"): {"status": "in_progress", "note": "Đang làm."},
    ("api:movement_rehearse", "POST"): {"kind": "exempted", "on": "2023-04-01"},
    ("api:movement_record", "POST"): {"kind": "exempted", "on": "2023-04-01"},
    ("api:movement_correct", "POST"): {"reason": "Ghi nhầm người."},
    ("api:sympathiser_list", "POST"): {
        "full_name": "Hoàng Thị Thử",
        "gender": "female",
        "birth": "1999",
        "listed_on": "2023-04-01",
    },
    # One path, two operations by name.
    ("api:plans", "POST"): _PLAN,
    ("api:plan_begin", "POST"): _PLAN,
    ("api:plan_apply", "POST"): {"number": "9-QĐ/HU", "on": "2023-04-19", "by": "Huyện ủy"},
    ("api:reorganisation_undo", "POST"): {"reason": "Chưa thực hiện."},
    ("api:changeset_undo", "POST"): {"reason": "Nhập nhầm tệp."},
    ("api:case_begin", "POST"): {"procedure": "exemption", "on": "2023-04-19"},
    **{
        (f"api:{prefix}case_step{tail}", "POST"): {"on": "2023-04-19"}
        for prefix in ("", "closed_")
        for tail in ("", "_rehearse")
    },
    ("api:member_record_fields", "POST"): _FIELDS,
    ("api:member_write_fields", "POST"): _FIELDS,
    ("api:member_identity_number", "POST"): {"national_id": "049175000123"},
    ("api:member_identity_write", "POST"): {"national_id": "049175000123"},
}
BODIES |= RECORDED_MONTHLY
# addresses that take a list of members as a file
LISTS = {"api:import_rehearse", "api:import_members"}
LIST = "Họ và tên,Ngày sinh,Giới tính,Ngày vào Đảng\nHoàng Thị Thử,03/02/1990,Nữ,19/05/2015\n"


def sending(address: Address, method: str) -> dict[str, Any]:
    """What the test browser is told to send to an address: the body, and how it is written."""
    if address.name in LISTS and method == "POST":
        return {"data": {"file": SimpleUploadedFile("danh-sach.csv", LIST.encode())}}
    found: dict[str, Any] = {"data": BODIES.get((address.name, method), {})}
    if address.is_api and method == "POST":
        found["content_type"] = "application/json"
    return found


_OWNERS = {"a1": "cell_a1", "commune_a": "secretary_a", "b1": "cell_b1", "other_cell": ""}
_ASKS = {"a1": "officer", "commune_a": "secretary_a", "b1": "secretary_b", "other_cell": "nobody"}
_PEOPLE = {"a1": "other_a1", "commune_a": "teacher_a3", "b1": "canary", "other_cell": "neighbour"}


def set_scene(cast: Cast) -> Scene:
    """Put one of every kind at each place."""
    return Scene(cast, {place: _things(cast, place) for place in PLACES})


def _reconciled(cast: Cast, place: str, organisation: Organisation) -> Reconciliation:
    """A list from elsewhere with one difference about the member of the place."""
    person = cast.people[_PEOPLE[place]]
    made = Reconciliation.objects.create(
        organisation=organisation,
        origin=f"Danh sách {WORDS[place]}",
        as_of=TODAY,
        file_name=f"doi-chieu {WORDS[place]}.xlsx",
        made_at=now(),
    )
    made.claims.create(
        kind="different",
        person=person,
        cell=person.home,
        name=person.full_name,
        field="hometown",
        after=WORDS[place],
    )
    return made


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
        cast.people[_PEOPLE[place]],
        _papers(cast, place, organisation),
        _report(cast, place, organisation),
        _import(cast, place, organisation),
        _reconciled(cast, place, organisation),
        _token(cast, place),
        _plan(cast, place, organisation),
        _reorganisation(place, organisation),
        _paper(cast, place),
        _proposal(cast, place),
        _case(cast, place),
        _closed_case(cast, place),
        queue.ask(
            "import.check",
            f"Kiểm tra danh sách {WORDS[place]}",
            organisation=organisation,
            account=getattr(cast, _ASKS[place]),
            asked={},
        ),
        meeting_at(cast, place, HELD),
    )


def _case(cast: Cast, place: str) -> Case:
    """An admission that somebody outside the Party has begun at the place's cell."""
    cell = {"commune_a": cast.a3}.get(place) or getattr(cast, place)
    person = members.register(
        full_name=f"Nguyễn {WORDS[place].title()}",
        gender="female",
        birth=parse_known_date("01/02/1999"),
        by=cast.actor(),
    )
    return cases.open_case(
        "admission",
        on=HELD,
        by=cast.actor(),
        today=TODAY,
        person=person,
        organisation=cell,
        answers={"route": "members"},
    )


def _owner(cast: Cast, place: str) -> Account:
    """Who leads the place; of another district somebody whom no test knows."""
    known = cast.accounts.get(_OWNERS[place]) or Account.objects.filter(username="thai.long").first()
    return known or access.open_account(
        username="thai.long", full_name="Thái Văn Long", password=PASSWORD, by=cast.actor()
    )


def _token(cast: Cast, place: str) -> Any:
    """A token of the one who leads the place."""
    owner = _owner(cast, place)
    token, _secret = tokens.make(
        owner, name=f"Phần mềm {WORDS[place]}", may_write=False, days=30, at=now(), by=cast.actor()
    )
    return token


def _closed_case(cast: Cast, place: str) -> Case:
    """A removal that was begun of the member of the place."""
    return cases.open_case(
        "removal",
        on=HELD,
        by=cast.actor(),
        today=TODAY,
        person=cast.people[_PEOPLE[place]],
        answers={"ground": "card"},
    )


def _report(cast: Cast, place: str, organisation: Organisation) -> SealedReport:
    """The statement of the place for last year, sealed as sent."""
    return seal(
        organisation,
        date(2022, 1, 1),
        date(2022, 12, 31),
        number=f"9-BC/{WORDS[place]}",
        signed_on=date(2023, 1, 4),
        sent_to=f"Nơi nhận {WORDS[place]}",
        by=cast.actor(),
        today=TODAY,
    )


def _papers(cast: Cast, place: str, organisation: Organisation) -> Any:
    """Papers that lead to the place, of somebody of the agency's cell."""
    person = members.register(
        full_name=f"Khách Về {place}".replace("_", " "),
        gender="male",
        birth=KnownDate(date(1985, 5, 19)),
        by=NOBODY,
    )
    said = {"by": NOBODY, "today": TODAY}
    opened = {"organisation": cast.agency_cell, "data": {"standing": "official"}}
    members.append(person, "opening", on=date(2022, 1, 4), **opened, **said)
    return members.append(person, "papers_out", on=HELD, organisation=organisation, **said)


def _import(cast: Cast, place: str, organisation: Organisation) -> ChangeSet:
    """An import at the place, of the one member whose record it changed."""
    made = ChangeSet.objects.create(
        kind="import",
        organisation=organisation,
        as_of=TODAY,
        file_name=f"danh-sach {WORDS[place]}.xlsx",
        made_at=now(),
    )
    person = cast.people[_PEOPLE[place]]
    made.changes.create(person=person, what="changed", before={"hometown": "Hội An"}, after={"hometown": ""})
    return made


def _plan(cast: Cast, place: str, organisation: Organisation) -> Draft:
    """A plan that is being built at the place, of one operation."""
    name = f"Tổ chức {WORDS[place]}"
    said = {"op": "rename", "of": organisation.code, "name": name, "short_name": name}
    head = drafts.Head(f"Phương án {WORDS[place]}", TODAY)
    return drafts.begin(organisation, head, by=cast.actor(), operations=[said])


def _reorganisation(place: str, organisation: Organisation) -> Reorganisation:
    """One that was carried out at the place."""
    return Reorganisation.objects.create(
        organisation=organisation,
        title=f"Đã sắp xếp {WORDS[place]}",
        decision_number="1-QĐ/HU",
        decision_on=HELD,
        decision_by="Huyện ủy",
        day=ISSUED,
        plan={"operations": []},
        applied_at=now(),
    )


def _paper(cast: Cast, place: str) -> Any:
    return papers.add(
        cast.people[_PEOPLE[place]],
        kind="award",
        title=f"Bằng khen {WORDS[place]}",
        dated_on=None,
        name=f"bang-khen {WORDS[place]}.txt",
        content_type="text/plain",
        raw=f"Bằng khen {WORDS[place]}".encode(),
        by=cast.actor(),
        today=TODAY,
    )


def _proposal(cast: Cast, place: str) -> Any:
    """A proposal that waits, as if the person of the place had an account."""
    return Proposal.objects.create(
        person=cast.people[_PEOPLE[place]],
        field="occupation",
        after=f"Nuôi {WORDS[place]}",
        ground=f"Hợp đồng {WORDS[place]}",
        proposed_at=now(),
        proposed_on=TODAY,
        proposed_by=_owner(cast, place),
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
    return keys | {name: PLAIN[name](things) for name in address.parameters if name not in keys}


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

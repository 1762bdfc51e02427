"""The demonstration's conference: drafted from our own text, issued, given to 14 communes, reported on."""

from __future__ import annotations

from datetime import date, timedelta

from tochuc.access.models import Account
from tochuc.audit.record import Actor
from tochuc.documents.extract.deadline import deadline_in
from tochuc.documents.extract.record import extract
from tochuc.exchange.demo.shapes import DemoDistrict, DemoText
from tochuc.kernel.known_dates import parse_day, parse_known_date
from tochuc.kernel.names import fold
from tochuc.members import actions as members
from tochuc.org.models import Organisation
from tochuc.programme import actions, conclusions
from tochuc.programme.models import DONE, IN_PROGRESS, Conference, Task, TaskAssignment

# How many of the 14 communes (in order of name) are done and on their way, by task in the order of the text.
_REPORTS = ((9, 2), (6, 5), (9, 3), (3, 4), (1, 3), (2, 2), (13, 0))
_SYMPATHISERS = (
    ("Võ Ngọc Quỳnh Như", "female", "14/08/1998", "Giáo viên mầm non", "05/02/2023"),
    ("Trần Quốc Bảo", "male", "22/11/1995", "Thợ cơ khí", "06/03/2023"),
)
_NOTES = {
    DONE: "Đã hoàn thành, có báo cáo kèm theo của Đảng ủy; các chi bộ đã triển khai đến toàn thể đảng viên.",
    IN_PROGRESS: "Đã ban hành kế hoạch; còn một số chi bộ đang tổng hợp, dự kiến xong trước thời hạn.",
}


def list_sympathisers(today: date) -> None:
    """Two people on the list of the cell whose secretary has the plain account, to be admitted by hand."""
    secretary = Account.objects.get(username="chibo")
    by = Actor(secretary.pk, secretary.full_name)
    cell = Organisation.objects.get(assignments__account=secretary, assignments__role="cell_secretary")
    for name, gender, birth, occupation, listed in _SYMPATHISERS:
        person = members.register(
            full_name=name,
            gender=gender,
            birth=parse_known_date(birth),
            hometown="Thị trấn Nam Phước, huyện Duy Xuyên",
            residence="Khối phố Mỹ Hòa, thị trấn Nam Phước",
            ethnicity="Kinh",
            occupation=occupation,
            by=by,
        )
        members.list_sympathiser(person, cell=cell, on=parse_day(listed), by=by, today=today)


def hold_conference(district: DemoDistrict, today: date) -> Conference:
    """Draft the shipped text, assign its tasks to the communes, issue the conclusions, report on some."""
    text = district.texts[0]
    officer = Account.objects.get(username="canbo")
    by = Actor(officer.pk, officer.full_name)
    board = Organisation.objects.get(code="dx-btc")
    conference = actions.draft_from_text(
        extract(text.body), text.body, name=text.title, organisation=board, by=by
    )
    communes = list(
        Organisation.objects.filter(kind="grassroots_committee", assignments__role="commune_secretary")
        .distinct()
        .order_by("fold")
    )
    held = conference.held_on or text.on
    _assign(conference, communes, held, by)
    _issue(conference, text, held, by)
    _report(conference, communes, today)
    return conference


def _assign(conference: Conference, communes: list[Organisation], held: date, by: Actor) -> None:
    for place, task in enumerate(_tasks(conference)):
        actions.assign(
            task,
            version=task.version,
            text=task.text,
            due_on=deadline_in(task.text) or held + timedelta(days=70 + 25 * place),
            to=communes,
            by=by,
            today=held,
        )


def _tasks(conference: Conference) -> list[Task]:
    return list(conference.tasks.order_by("item__order", "pk"))


def _issue(conference: Conference, text: DemoText, held: date, by: Actor) -> None:
    day = held + timedelta(days=3)
    issuing = conclusions.suggested(conference, day)
    conclusions.issue(conference, issuing, by=by, today=day)


def _report(conference: Conference, communes: list[Organisation], today: date) -> None:
    order = {commune.pk: n for n, commune in enumerate(sorted(communes, key=lambda o: fold(o.name)))}
    for place, task in enumerate(_tasks(conference)):
        for one in TaskAssignment.objects.filter(task=task).select_related("organisation"):
            status = _status(place, order[one.organisation_id])
            if status:
                _report_one(one, status, min(one.due_on, today) - timedelta(days=order[one.organisation_id]))


def _status(task: int, commune: int) -> str:
    """What a commune has reported on a task; others than the first are last each time, so lateness is spread."""
    if task >= len(_REPORTS):
        return ""
    done, going = _REPORTS[task]
    turn = (commune + 5 * task) % 14
    return DONE if turn < done else IN_PROGRESS if turn < done + going else ""


def _report_one(one: TaskAssignment, status: str, on: date) -> None:
    secretary = Account.objects.filter(
        assignments__organisation=one.organisation, assignments__role="commune_secretary"
    ).get()
    actions.report_progress(
        one,
        status=status,
        note=_NOTES[status],
        file=None,
        by=Actor(secretary.pk, secretary.full_name),
        today=on,
    )

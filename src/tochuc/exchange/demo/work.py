"""The demonstration's conference: drafted from our own text, issued, given to 14 communes, reported on."""

from __future__ import annotations

from datetime import date, timedelta

from tochuc.access.models import Account
from tochuc.audit.record import Actor
from tochuc.documents.extract.deadline import deadline_in
from tochuc.documents.extract.record import extract
from tochuc.exchange.demo.shapes import DemoDistrict, DemoText
from tochuc.kernel.names import fold
from tochuc.org.models import Organisation
from tochuc.programme import actions, conclusions
from tochuc.programme.models import DONE, IN_PROGRESS, Conference, Task, TaskAssignment

# Which communes (by place in their order) have reported on which task, and how: late, silent and done ones.
_REPORTS = {
    0: dict.fromkeys(range(9), DONE) | {9: IN_PROGRESS, 10: IN_PROGRESS},
    1: dict.fromkeys((0, 1, 4, 7), DONE) | dict.fromkeys((2, 3, 8), IN_PROGRESS),
    2: dict.fromkeys((0, 5, 6), IN_PROGRESS),
}
_NOTES = {
    DONE: "Đã hoàn thành, có báo cáo kèm theo của Đảng ủy; các chi bộ đã triển khai đến toàn thể đảng viên.",
    IN_PROGRESS: "Đã ban hành kế hoạch; còn một số chi bộ đang tổng hợp, dự kiến xong trước thời hạn.",
}


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
            status = _REPORTS.get(place, {}).get(order[one.organisation_id])
            if status:
                _report_one(one, status, min(one.due_on, today) - timedelta(days=order[one.organisation_id]))


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

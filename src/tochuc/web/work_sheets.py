"""What is due, and tasks, as workbooks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.text import capfirst

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.asking import everything
from tochuc.duties.duty import GROUPS, labels
from tochuc.exchange.sheets import Column, Sheet
from tochuc.kernel.known_dates import day_vn
from tochuc.org.queries import names_of
from tochuc.programme import queries
from tochuc.programme.standing import standing_of
from tochuc.web.door import page
from tochuc.web.duties.asked import chosen
from tochuc.web.fields import asked
from tochuc.web.sheets import download, made_on

_NUMBER = Column("Số TT", 7, "number")
_DUTIES = (
    _NUMBER,
    Column("Việc", 44),
    Column("Về", 30),
    Column("Tổ chức", 34),
    Column("Loại việc", 24),
    Column("Thời hạn", 12, "date"),
    Column("Tình hình", 30),
    Column("Vì sao", 50),
)
_GIVEN = (
    _NUMBER,
    Column("Nhiệm vụ", 60),
    Column("Giao tại", 40),
    Column("Thời hạn", 12, "date"),
    Column("Số nơi được giao", 11, "number"),
    Column("Đã xong", 9, "number"),
    Column("Quá hạn", 9, "number"),
    Column("Chưa báo cáo", 10, "number"),
)
_OWN = (
    _NUMBER,
    Column("Nhiệm vụ", 60),
    Column("Tổ chức thực hiện", 34),
    Column("Thời hạn", 12, "date"),
    Column("Tình hình", 24),
    Column("Giao tại", 40),
)


@page("viec-can-lam.xlsx", name="duties_sheet", needs="home.read")
def duties_sheet(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The list of what is due, by the same filter as on the page."""
    choice = chosen(request, viewer)
    found = list(everything(viewer, choice.asked))
    names = names_of({duty.organisation for duty in found})
    kinds, groups = labels(), dict(GROUPS)
    rows = (
        [
            n,
            duty.what,
            duty.whom,
            names.get(duty.organisation, ""),
            kinds.get(duty.kind, ""),
            None if duty.waits else duty.due_on,
            duty.words(viewer.today) if duty.waits else groups[duty.group(viewer.today)],
            duty.why.sentence,
        ]
        for n, duty in enumerate(found, 1)
    )
    return _given_out(request, viewer, "Việc cần làm", _DUTIES, rows, "viec-can-lam")


@page("hoi-nghi/nhiem-vu.xlsx", name="tasks_sheet", needs="assignment.read")
def tasks_sheet(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The tasks one follows, or those of one's own organisations, by the same filter as on the page."""
    stage, words = asked(request, "loc"), asked(request, "q")
    if gate.holds(viewer, "conference.read"):
        tasks = queries.issued_tasks(gate.visible(viewer, "task.read", "task"))
        tasks = queries.at_stage(queries.counted(queries.search_tasks(tasks, words), viewer.today), stage)
        rows = ([n, *_given(task)] for n, task in enumerate(tasks, 1))
        return _given_out(request, viewer, "Nhiệm vụ đang theo dõi", _GIVEN, rows, "nhiem-vu")
    found = queries.assignments_in(gate.visible(viewer, "assignment.read", "assignment"))
    found = queries.at_stage_of_own(queries.search_assignments(found, words), stage, viewer.today)
    own = ([n, *_own(one, viewer)] for n, one in enumerate(found, 1))
    return _given_out(request, viewer, "Nhiệm vụ được giao", _OWN, own, "nhiem-vu")


def _given(task: Any) -> list[Any]:
    glance = queries.glance_of(task)
    place = task.conference.title if task.conference else ""
    return [
        capfirst(task.text),
        place,
        task.due_on,
        glance.given,
        glance.done,
        glance.late,
        glance.silent,
    ]


def _own(one: Any, viewer: Viewer) -> list[Any]:
    stands = standing_of(one, reported=one.report_count > 0, today=viewer.today)
    place = one.task.conference.title if one.task.conference else ""
    return [capfirst(one.task.text), one.organisation.name, one.due_on, stands.words, place]


def _given_out(
    request: HttpRequest, viewer: Viewer, title: str, columns: tuple[Column, ...], rows: Any, file: str
) -> HttpResponseBase:
    sheet = Sheet(
        title,
        columns,
        rows,
        issuer=viewer.workplace.name if viewer.workplace else "",
        notes=[f"Số liệu đến ngày {day_vn(viewer.today)}.", made_on(viewer)],
        name=title,
    )
    return download(request, viewer, [sheet], name=f"{file}-{viewer.today.isoformat()}.xlsx")

"""Open tasks of organisations that end are taken on by those that follow, with what was reported so far."""

from __future__ import annotations

from datetime import date

import pytest

from cast import TODAY, Cast
from programme.meeting import assigned, drafted, issued, tasks_of
from reorganise.everything import standing
from reorganise.plans import DAY, apply, found, merge
from tochuc.access import gate
from tochuc.kernel.errors import Refused
from tochuc.org import queries as org
from tochuc.programme import actions, queries
from tochuc.programme.models import DONE, IN_PROGRESS, OPEN, Conference, Task, TaskAssignment
from tochuc.programme.standing import standing_of
from tochuc.reorganise.actions import undo
from tochuc.reorganise.models import Reorganisation
from tochuc.reorganise.undoing import ChangedSince


@pytest.fixture
def conference(cast: Cast) -> Conference:
    """Three tasks given to both communes; commune A has one done and one on its way."""
    made = drafted(cast)
    assigned(cast, made)
    issued(cast, made)
    for task, status in zip(tasks_of(made), (DONE, IN_PROGRESS), strict=False):
        own = task.assignments.get(organisation=cast.commune_a)
        actions.report_progress(
            own, status=status, note="Đã làm.", file=None, by=cast.actor("secretary_a"), today=TODAY
        )
    return made


def both_into_one(cast: Cast) -> Reorganisation:
    return apply(cast, found("xa-moi", "grassroots_committee", "huyen"), merge(["xa-a", "xa-b"], "xa-moi"))


def of(task: Task) -> dict[str, str]:
    return dict(task.assignments.values_list("organisation__code", "status"))


def test_those_of_one_task_that_meet_become_one(cast: Cast, conference: Conference) -> None:
    both_into_one(cast)
    done, going, silent = tasks_of(conference)
    assert of(done) == {"xa-a": DONE, "xa-b": OPEN, "xa-moi": OPEN}
    assert of(going) == {"xa-a": IN_PROGRESS, "xa-b": OPEN, "xa-moi": IN_PROGRESS}
    assert of(silent) == {"xa-a": OPEN, "xa-b": OPEN, "xa-moi": OPEN}
    taken = silent.assignments.get(organisation__code="xa-moi")
    assert set(taken.continues.values_list("organisation__code", flat=True)) == {"xa-a", "xa-b"}
    assert (taken.due_on, taken.issued) == (date(2023, 5, 20), True)


def test_what_was_handed_on_counts_once(cast: Cast, conference: Conference) -> None:
    both_into_one(cast)
    glances = {one.task.pk: one for one in queries.glances(conference.tasks.all(), date(2023, 6, 1))}
    done, going, silent = (glances[task.pk] for task in tasks_of(conference))
    assert (done.given, done.done, done.late, done.silent) == (2, 1, 1, 1)
    assert (going.given, going.done, going.late) == (1, 0, 1)
    assert (silent.given, silent.late, silent.silent) == (1, 1, 1)
    whole = queries.conferences(Conference.objects.filter(pk=conference.pk)).get()
    assert (whole.given, whole.done) == (4, 1)  # type: ignore[attr-defined]


def test_the_new_ones_report_and_the_old_ones_no_longer_do(cast: Cast, conference: Conference) -> None:
    both_into_one(cast)
    going = tasks_of(conference)[1]
    old, new = (going.assignments.get(organisation__code=code) for code in ("xa-a", "xa-moi"))
    assert [report.note for report in queries.reports_of(new)] == ["Đã làm."]
    assert gate.may(cast.viewer("secretary_a"), "assignment.report", "assignment", new)
    open_ones = gate.visible(cast.viewer("secretary_a"), "assignment.report", "assignment")
    assert {one.organisation.code for one in queries.open_assignments(open_ones)} == {"xa-moi"}
    with pytest.raises(Refused, match="đã chuyển cho Tổ chức xa-moi"):
        actions.report_progress(
            old, status=DONE, note="Xong.", file=None, by=cast.actor("secretary_a"), today=TODAY
        )
    said = standing_of(old, reported=True, today=date(2023, 6, 1))
    assert (said.words, said.late_days) == ("Đã chuyển cho tổ chức kế tục", 0)


def test_editing_the_task_keeps_what_was_handed_on(cast: Cast, conference: Conference) -> None:
    both_into_one(cast)
    task = tasks_of(conference)[2]
    due = date(2023, 7, 1)
    actions.assign(
        task, version=task.version, text=task.text, due_on=due, to=[org.by_code("xa-moi")], by=cast.actor(), today=TODAY
    )  # fmt: skip
    assert dict(task.assignments.values_list("organisation__code", "due_on")) == {
        "xa-a": date(2023, 5, 20),
        "xa-b": date(2023, 5, 20),
        "xa-moi": due,
    }
    task.refresh_from_db()
    with pytest.raises(Refused, match="không bỏ khỏi danh sách được"):
        actions.assign(
            task, version=task.version, text=task.text, due_on=due, to=[cast.agency_cell], by=cast.actor(), today=TODAY
        )  # fmt: skip


def test_the_papers_of_an_ended_board_stay_its_own_and_reachable(cast: Cast, conference: Conference) -> None:
    apply(cast, merge("huyen-btc", "huyen-btg"))
    conference.refresh_from_db()
    assert conference.organisation == cast.organisation_board
    assert org.path_of(cast.organisation_board, DAY) == []
    assert gate.may(cast.viewer("officer"), "conference.read", "conference", conference)


def test_undoing_gives_the_tasks_back(cast: Cast, conference: Conference) -> None:
    before = standing()
    undo(both_into_one(cast), by=cast.actor(), today=TODAY)
    assert standing() == before
    assert not TaskAssignment.objects.exclude(continued_in=None).exists()


def test_a_report_since_is_in_the_way_of_undoing(cast: Cast, conference: Conference) -> None:
    made = both_into_one(cast)
    new = tasks_of(conference)[2].assignments.get(organisation__code="xa-moi")
    actions.report_progress(
        new, status=IN_PROGRESS, note="Đang làm.", file=None, by=cast.actor("secretary_a"), today=TODAY
    )
    with pytest.raises(ChangedSince, match="Nhiệm vụ được giao"):
        undo(made, by=cast.actor(), today=TODAY)

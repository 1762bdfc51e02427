"""Writing conferences, tasks and reports: nothing lost, nothing rewritten, nothing half done."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from cast import Cast
from programme.meeting import TEXT, assigned, assignment, at_work, drafted, tasks_of
from tochuc.audit.models import Entry
from tochuc.documents.extract.record import extract
from tochuc.documents.models import Citation, Document
from tochuc.kernel.errors import Conflict, Refused
from tochuc.programme import actions
from tochuc.programme.models import (
    DONE,
    IN_PROGRESS,
    LIMITATION,
    TASK,
    Conference,
    Item,
    ProgressReport,
    Task,
)
from tochuc.programme.places import head_places

pytestmark = pytest.mark.django_db


def test_a_draft_holds_each_piece_with_the_place_it_was_read_from(cast: Cast):
    conference = drafted(cast)
    assert conference.held_on == date(2023, 4, 11)
    assert conference.chair_name == "Lê Thị Thu Hà"
    text = conference.source.text
    assert {f: text[s:e] for f, (s, e) in conference.places.items()}.items() >= {
        "held_on": "11/4/2023",
        "chair_name": "Lê Thị Thu Hà",
    }.items()
    items = list(conference.items.all())
    assert {i.kind for i in items} >= {LIMITATION, TASK}
    assert all(i.start is not None and text[i.start : i.end].strip() for i in items)


def test_every_task_of_a_draft_is_a_task_and_nothing_else_is(cast: Cast):
    conference = drafted(cast)
    assert [t.item_id for t in tasks_of(conference)] == [i.pk for i in conference.items.filter(kind=TASK)]


def test_a_cited_document_that_is_unknown_is_registered_once_as_unverified(cast: Cast):
    conference = drafted(cast)
    document = Document.objects.get(key="213-QĐ/TW")
    assert document.status == "unverified"
    assert Citation.objects.filter(text=conference.source, document=document).count() >= 1
    drafted(cast)
    assert Document.objects.filter(key="213-QĐ/TW").count() == 1


def test_a_deadline_in_a_task_s_own_words_is_its_due_day(cast: Cast):
    text = TEXT.replace("rà soát nguồn kết nạp", "trước ngày 30/6/2023 rà soát nguồn kết nạp")
    assert date(2023, 6, 30) in {t.due_on for t in tasks_of(drafted(cast, text))}


def test_a_text_with_hundreds_of_items_is_refused_and_nothing_is_written(cast: Cast):
    many = TEXT.replace("rà soát nguồn", "; ".join(f"rà soát nguồn thứ {n} của xã" for n in range(700)))
    if len(extract(many).tasks) <= 500:
        pytest.fail("the text no longer gives too many tasks")
    with pytest.raises(Refused, match="500"):
        drafted(cast, many)
    assert not Conference.objects.exists()


@pytest.mark.parametrize(
    "said",
    ["11/4/2023", "11/04/2023", "11-4-2023", "11.4.2023", "11 tháng 4 năm 2023", "11 tháng 04, 2023", "11/4"],
)
def test_the_day_is_found_in_the_text_however_it_is_written(said: str):
    text = f"Sáng ngày {said}, Ban Tổ chức họp."
    start, end = head_places(text, held_on=date(2023, 4, 11), host_name="", chair_name="", chair_post="")[
        "held_on"
    ]
    assert text[start:end] == said


def test_another_day_is_not_taken_for_the_one_of_the_meeting():
    text = "Ngày 11/4/2022 khác, ngày 111/4/2023 không có, ngày 11/4/20230 cũng vậy."
    found = head_places(text, held_on=date(2023, 4, 11), host_name="", chair_name="", chair_post="")
    assert text[slice(*found["held_on"])] == "11/4"


def test_two_people_editing_the_head_see_who_saved_first_and_when(cast: Cast):
    conference = drafted(cast)
    mine = {"title": "Tên của người thứ nhất"}
    actions.change_conference(conference, version=1, fields=mine, by=cast.actor("officer"))
    with pytest.raises(Conflict, match=r"Lê Thị Thu Hà.*ngày 20/04/2023"):
        actions.change_conference(conference, version=1, fields={"title": "Khác"}, by=cast.actor())
    conference.refresh_from_db()
    assert conference.title == "Tên của người thứ nhất"


def test_a_changed_fact_no_longer_points_at_the_text(cast: Cast):
    conference = drafted(cast)
    changed = actions.change_conference(
        conference, version=1, fields={"held_on": date(2023, 4, 12), "place": "Hội trường"}, by=cast.actor()
    )
    assert "held_on" not in changed.places
    assert "chair_name" in changed.places


def test_a_group_of_delegates_whose_words_stay_keeps_its_place(cast: Cast):
    conference = drafted(cast)
    first = conference.delegates.first()
    assert first is not None
    actions.change_conference(
        conference, version=1, fields={}, delegates=[first.text, "Đại diện Mặt trận"], by=cast.actor()
    )
    kept = [(d.text, d.start) for d in conference.delegates.all()]
    assert kept == [(first.text, first.start), ("Đại diện Mặt trận", None)]


def test_an_item_made_a_task_gets_a_task_and_one_no_longer_a_task_loses_it(cast: Cast):
    conference = drafted(cast)
    item = conference.items.filter(kind=LIMITATION).first()
    assert item is not None
    changed = actions.change_item(item, version=1, kind=TASK, text=item.text, by=cast.actor())
    assert changed.task.text == item.text
    back = actions.change_item(changed, version=2, kind=LIMITATION, text=item.text, by=cast.actor())
    assert not Task.objects.filter(item=back).exists()


def test_an_item_changed_by_two_people_keeps_the_first_and_says_so_to_the_second(cast: Cast):
    item = drafted(cast).items.filter(kind=LIMITATION).first()
    assert item is not None
    actions.change_item(item, version=1, kind=LIMITATION, text="Bản thứ nhất", by=cast.actor())
    with pytest.raises(Conflict):
        actions.change_item(item, version=1, kind=LIMITATION, text="Bản thứ hai", by=cast.actor())
    assert Item.objects.get(pk=item.pk).text == "Bản thứ nhất"


def test_items_change_places_and_the_ends_stay(cast: Cast):
    conference = drafted(cast)
    rows = lambda: [i.text for i in conference.items.filter(kind=TASK).order_by("order")]  # noqa: E731
    before = rows()
    first, second = conference.items.filter(kind=TASK).order_by("order")[:2]
    actions.move_item(second, up=True, by=cast.actor())
    assert rows() == [before[1], before[0], *before[2:]]
    actions.move_item(second, up=True, by=cast.actor())
    assert rows()[0] == before[1]
    assert first.text in rows()


def test_what_is_taken_out_of_a_draft_stays_in_the_trail(cast: Cast):
    item = drafted(cast).items.filter(kind=TASK).first()
    assert item is not None
    actions.drop_item(item, by=cast.actor())
    assert Entry.objects.filter(action="conference.changed", data__dropped=item.text).exists()
    assert not Task.objects.filter(text=item.text).exists()


def test_after_the_conclusions_went_out_the_record_is_closed(cast: Cast):
    conference = at_work(cast)
    item = conference.items.filter(kind=TASK).first()
    assert item is not None
    for attempt in (
        lambda: actions.change_conference(conference, version=2, fields={"title": "x"}, by=cast.actor()),
        lambda: actions.add_item(conference, kind=TASK, text="x", by=cast.actor()),
        lambda: actions.change_item(item, version=1, kind=TASK, text="x", by=cast.actor()),
        lambda: actions.drop_item(item, by=cast.actor()),
        lambda: actions.move_item(item, up=False, by=cast.actor()),
    ):
        with pytest.raises(Refused, match="đã phát hành"):
            attempt()


def _assign(cast: Cast, task: Task, **changed: object) -> Task:
    given = {
        "version": task.version,
        "text": task.text,
        "due_on": date(2023, 5, 20),
        "to": [cast.commune_a, cast.commune_b],
        "by": cast.actor(),
        "today": cast.today,
    }
    return actions.assign(task, **(given | changed))  # type: ignore[arg-type]


def test_a_due_day_already_past_is_refused(cast: Cast):
    task = tasks_of(drafted(cast))[0]
    with pytest.raises(Refused, match="đã qua") as refused:
        _assign(cast, task, due_on=date(2023, 4, 19))
    assert refused.value.field == "due_on"


def test_a_task_late_already_can_still_be_given_to_one_more(cast: Cast):
    conference = at_work(cast, [cast.commune_a])
    task = tasks_of(conference)[0]
    changed = _assign(cast, task, today=date(2023, 6, 1))
    assert changed.assignments.count() == 2


def test_the_wording_of_a_task_and_of_its_item_are_one(cast: Cast):
    task = tasks_of(drafted(cast))[0]
    assert task.item is not None
    _assign(cast, task, text="Rà soát nguồn ở mọi chi bộ")
    assert Item.objects.get(pk=task.item_id).text == "Rà soát nguồn ở mọi chi bộ"


def test_the_wording_that_went_out_can_t_be_changed_but_its_due_day_can(cast: Cast):
    task = tasks_of(at_work(cast))[0]
    with pytest.raises(Refused, match="không sửa lời"):
        _assign(cast, task, text="Lời khác")
    _assign(cast, task, due_on=date(2023, 6, 15))
    assert {a.due_on for a in task.assignments.all()} == {date(2023, 6, 15)}


def test_an_extension_doesn_t_touch_what_was_done_by_the_old_day(cast: Cast):
    conference = at_work(cast)
    done = assignment(conference, cast.commune_a)
    actions.report_progress(
        done, status=DONE, note="Xong", file=None, by=cast.actor("secretary_a"), today=cast.today
    )
    task = tasks_of(conference)[0]
    _assign(cast, task, due_on=date(2023, 6, 15))
    due = {a.organisation.code: a.due_on for a in task.assignments.select_related("organisation")}
    assert due == {"xa-a": date(2023, 5, 20), "xa-b": date(2023, 6, 15)}


def test_two_people_assigning_one_task_conflict_and_the_first_stays(cast: Cast):
    task = tasks_of(drafted(cast))[0]
    _assign(cast, task, to=[cast.commune_a])
    with pytest.raises(Conflict, match="Lê Thị Thu Hà"):
        _assign(cast, task, to=[cast.commune_b])
    assert [a.organisation for a in task.assignments.all()] == [cast.commune_a]


def test_who_has_reported_can_t_be_taken_off_the_list(cast: Cast):
    conference = at_work(cast)
    one = assignment(conference, cast.commune_b)
    actions.report_progress(
        one, status=IN_PROGRESS, note="Đang làm", file=None, by=cast.actor("secretary_b"), today=cast.today
    )
    task = tasks_of(conference)[0]
    with pytest.raises(Refused, match="xã Bình Lâm đã báo cáo"):
        _assign(cast, task, to=[cast.commune_a])
    assert task.assignments.count() == 2


def test_tasks_of_a_draft_bind_nobody_until_the_conclusions_are_issued(cast: Cast):
    conference = drafted(cast)
    assigned(cast, conference)
    assert not assignment(conference, cast.commune_a).issued
    assert assignment(at_work(cast), cast.commune_a).issued


def test_reports_are_added_and_never_rewritten(cast: Cast):
    one = assignment(at_work(cast), cast.commune_a)
    by = cast.actor("secretary_a")
    actions.report_progress(
        one, status=IN_PROGRESS, note="Đợt một\ncó hai dòng", file=None, by=by, today=cast.today
    )
    actions.report_progress(one, status=DONE, note="Đợt hai", file=None, by=by, today=cast.today)
    assert [r.note for r in one.reports.order_by("pk")] == ["Đợt một\ncó hai dòng", "Đợt hai"]
    one.refresh_from_db()
    assert (one.status, one.done_on) == (DONE, cast.today)
    with pytest.raises(ProgrammingError), transaction.atomic():
        ProgressReport.objects.update(note="Viết lại")


@pytest.mark.parametrize(("status", "note"), [("open", "Chưa làm"), ("khác", "x"), (IN_PROGRESS, "  \n ")])
def test_a_report_without_words_or_standing_is_refused(cast: Cast, status: str, note: str):
    one = assignment(at_work(cast), cast.commune_a)
    with pytest.raises(Refused):
        actions.report_progress(
            one, status=status, note=note, file=None, by=cast.actor("secretary_a"), today=cast.today
        )
    assert not one.reports.exists()


def test_what_is_done_can_t_be_reported_again(cast: Cast):
    one = assignment(at_work(cast), cast.commune_a)
    by = cast.actor("secretary_a")
    actions.report_progress(one, status=DONE, note="Xong", file=None, by=by, today=cast.today)
    with pytest.raises(Refused, match="hoàn thành"):
        actions.report_progress(one, status=IN_PROGRESS, note="Lại", file=None, by=by, today=cast.today)

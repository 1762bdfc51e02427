"""Reminders outside the pages: one message a week, a calendar at a secret address, and no name in either."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from io import StringIO
from typing import Any

import icalendar
import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from cast import Cast
from tochuc.access.clock import now
from tochuc.audit.models import Entry
from tochuc.cases.actions import open_case
from tochuc.duties.asking import look
from tochuc.duties.duty import LATER, collect, last_days
from tochuc.kernel.errors import Refused
from tochuc.org import actions as org
from tochuc.org.models import Post
from tochuc.reminders import actions, queries
from tochuc.reminders.calendar import calendar_for
from tochuc.reminders.models import Reminder, WeeklyMessage
from tochuc.reminders.summary import LEFT_OUT, coming, pressing
from tochuc.reminders.weekly import send_all
from web.browsing import entered, errors, filled, own_folders, words  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def reminded(cast: Cast) -> Cast:
    """A cell secretary who gave an address; something of the cell is due."""
    actions.set_address(cast.cell_a1, "bi.thu@chi-bo.example", by=cast.actor("cell_a1"))
    assert collect(cast.viewer("cell_a1"))
    return cast


def names(cast: Cast) -> list[str]:
    return [person.full_name for person in cast.people.values()]


def test_the_message_counts_what_is_due_and_names_nobody(reminded: Cast):
    assert [count for _, count in send_all(reminded.today)] == [WeeklyMessage.objects.get().duties]
    [sent] = mail.outbox
    assert sent.to == ["bi.thu@chi-bo.example"]
    assert sent.subject.startswith("Việc cần làm: ")
    told = [duty for duty in collect(reminded.viewer("cell_a1")) if duty.group(reminded.today) != LATER]
    assert f"{len(told)} việc tháng này" in sent.subject
    assert LEFT_OUT in sent.body
    assert not [name for name in names(reminded) if name in sent.subject + sent.body]


def test_there_is_one_message_a_week_however_often_it_is_run(reminded: Cast):
    monday = queries.monday_of(reminded.today)
    for day in range(7):
        list(send_all(monday + timedelta(days=day)))
    assert len(mail.outbox) == 1
    list(send_all(monday + timedelta(days=7)))
    assert len(mail.outbox) == 2


def test_who_cannot_be_reached_is_named_and_tried_again(reminded: Cast, settings: Any):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("weekly_message", stdout=StringIO(), stderr=said)
    assert reminded.cell_a1.username in said.getvalue()
    assert not WeeklyMessage.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("weekly_message", stdout=StringIO())
    assert len(mail.outbox) == 1


def test_who_has_nothing_due_gets_nothing(cast: Cast):
    actions.set_address(cast.nobody, "khong.viec@chi-bo.example", by=cast.actor())
    assert list(send_all(cast.today)) == []
    assert mail.outbox == []


def test_an_address_that_is_none_is_refused(cast: Cast):
    with pytest.raises(Refused, match="không phải địa chỉ"):
        actions.set_address(cast.cell_a1, "bí thư @ chi bộ", by=cast.actor())


def test_heaps_add_up_to_what_is_due(cast: Cast):
    """An empty post has no day; it is told as waiting, and stands in no calendar."""
    Post.objects.create(
        code="bt-truong", organisation=cast.a3, kind="secretary", title="Bí thư", since=date(2021, 2, 3)
    )
    viewer = cast.viewer("secretary_a")
    last = last_days(cast.today)[1]
    wanted = Counter(
        (duty.waits, duty.due_on) for duty in collect(viewer) if duty.waits or duty.due_on <= last
    )
    found: Counter[tuple[bool, date]] = Counter()
    for heap in pressing(viewer):
        found[heap.waits, heap.due_on] += heap.count
    assert {waits for waits, _ in wanted} == {False, True}
    assert found == wanted
    assert not [heap for heap in coming(viewer) if heap.waits]


def test_a_closed_file_is_told_neither_by_mail_nor_in_the_calendar(cast: Cast):
    before = coming(cast.viewer("cell_a1")), pressing(cast.viewer("cell_a1"))
    open_case(
        "removal",
        on=date(2023, 4, 10),
        by=cast.actor(),
        today=cast.today,
        person=cast.people["other_a1"],
        answers={"ground": "card"},
    )
    assert [d for d in collect(cast.viewer("cell_a1")) if d.page == "closed_case"]
    assert (coming(cast.viewer("cell_a1")), pressing(cast.viewer("cell_a1"))) == before


def opened_calendar(client: Client) -> str:
    answer = client.post("/nhac-viec/lich/", filled(client.get("/nhac-viec/")))
    text: str = answer.content.decode()
    return text.split("<code>http://testserver")[1].split("</code>")[0]


def test_the_calendar_holds_what_is_due_on_its_days_and_names_nobody(cast: Cast):
    path = opened_calendar(entered(cast.cell_a1))
    answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    found = [(e.decoded("dtstart"), str(e["summary"])) for e in calendar.walk("VEVENT")]
    wanted = coming(cast.viewer("cell_a1"))
    assert wanted
    assert found == [(heap.due_on, heap.words) for heap in wanted]
    assert not [name for name in names(cast) if name in answer.content.decode()]


def test_many_of_a_kind_on_one_day_are_one_entry_in_the_words_of_the_page(cast: Cast):
    """Four new cells without members: a row of the commune's page, an entry of its calendar; a message counts them."""
    for n in range(4):
        org.found(
            code=f"xa-a-moi-{n}",
            on=date(2023, 4, 3),
            name=f"Chi bộ thôn Mới {n}",
            short_name=f"Thôn Mới {n}",
            kind="cell",
            cell_kind="village",
            parent=cast.commune_a,
            by=cast.actor(),
        )
    viewer = cast.viewer("secretary_a")
    page = look(viewer, size=100, gathering=True)
    [row] = [duty for duty in page.duties() if duty.kind == "organisation_size" and duty.n > 1]
    entries = [heap for heap in coming(viewer) if heap.kind == "organisation_size"]
    assert [(heap.words, heap.count, heap.due_on) for heap in entries] == [(row.what, row.n, row.due_on)]
    assert sum(heap.count for heap in pressing(viewer) if heap.kind == "organisation_size") == row.n
    calendar = calendar_for(cast.secretary_a, today=cast.today, at=now(), address="https://a.example/")
    assert str(row.n) in calendar.decode().replace("\r\n ", "")
    assert "không đặt hạn" in calendar.decode().replace("\r\n ", "")


def test_an_entry_stays_the_same_from_one_look_to_the_next(cast: Cast):
    path = opened_calendar(entered(cast.cell_a1))
    looks = [icalendar.Calendar.from_ical(Client().get(path).content) for _ in range(2)]
    first, second = ([str(e["uid"]) for e in look.walk("VEVENT")] for look in looks)
    assert first == second
    assert len(set(first)) == len(first)


def test_a_new_address_ends_the_old_one_and_so_do_closing_and_a_new_password(cast: Cast):
    client = entered(cast.cell_a1)
    first = opened_calendar(client)
    second = opened_calendar(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    client.post("/nhac-viec/lich/huy/", filled(client.get("/nhac-viec/")))
    assert Client().get(second).status_code == 404
    assert Client().get("/lich/.ics").status_code == 404


def test_the_database_keeps_no_secret_and_the_trail_neither(cast: Cast):
    secret = actions.open_calendar(cast.cell_a1, at=now(), by=cast.actor("cell_a1"))
    assert Reminder.objects.get().calendar_digest != secret
    assert secret not in str(list(Entry.objects.values()))


def test_the_page_takes_an_address_and_says_what_is_wrong_with_another(cast: Cast):
    client = entered(cast.cell_a1)
    answer = client.post("/nhac-viec/", filled(client.get("/nhac-viec/"), email="bí thư"))
    assert "không phải địa chỉ thư" in errors(answer)
    answer = client.post("/nhac-viec/", filled(answer, email="bi.thu@chi-bo.example"), follow=True)
    assert "Đã ghi địa chỉ thư" in words(answer)
    assert Reminder.objects.get().email == "bi.thu@chi-bo.example"


def test_the_account_of_one_who_left_gets_nothing_more(reminded: Cast):
    path = opened_calendar(entered(reminded.cell_a1))
    reminded.cell_a1.is_active = False
    reminded.cell_a1.save()
    assert Client().get(path).status_code == 404
    assert list(send_all(date(2023, 4, 20))) == []

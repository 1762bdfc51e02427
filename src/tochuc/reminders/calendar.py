"""The calendar of what is due, as an iCalendar file (RFC 5545): whole days, one entry for each heap."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

import icalendar

from tochuc.access.models import Account
from tochuc.access.viewer import Viewer
from tochuc.reminders.summary import Heap, coming

_MOST = 1000


def calendar_for(account: Account, *, today: date, at: datetime, address: str) -> bytes:
    """The calendar of an account as a file; ``address`` is where *Việc cần làm* is opened."""
    book = icalendar.Calendar()
    book.add("prodid", "-//Tochuc//Viec can lam//VI")
    book.add("version", "2.0")
    book.add("x-wr-calname", "Việc cần làm")
    book.add("x-wr-caldesc", "Chưa kể việc của hồ sơ kín và việc đang chờ mà quy định không đặt hạn.")
    book.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for heap in coming(Viewer(account, today))[:_MOST]:
        book.add_component(_entry(heap, at, address))
    return bytes(book.to_ical())


def _entry(heap: Heap, at: datetime, address: str) -> icalendar.Event:
    entry = icalendar.Event()
    same = f"{heap.kind}|{heap.place}|{heap.due_on}"
    entry.add("uid", f"{hashlib.sha256(same.encode()).hexdigest()[:32]}@tochuc")
    entry.add("dtstamp", at)
    entry.add("dtstart", heap.due_on)
    entry.add("dtend", heap.due_on + timedelta(days=1))
    entry.add("summary", heap.words)
    entry.add("url", f"{address}?loai={heap.kind}")
    entry.add("transp", "TRANSPARENT")
    return entry

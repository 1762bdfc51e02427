"""Scans in a person's file: kept, handed out on record, taken out with a reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.documents import files
from tochuc.documents.models import MEMBER_PAPER
from tochuc.kernel.errors import Refused
from tochuc.members.models import Paper, Person
from tochuc.members.paper_kinds import PAPER_CHOICES

KINDS = PAPER_CHOICES


@transaction.atomic
def add(
    person: Person,
    *,
    kind: str,
    title: str,
    dated_on: date | None,
    name: str,
    content_type: str,
    raw: bytes,
    by: Actor,
    today: date,
) -> Paper:
    """Put a scan into a person's file. What the bytes are was checked before (``documents.reading``)."""
    if kind not in dict(KINDS):
        raise Refused("unknown", "Hãy chọn loại giấy tờ.", "kind")
    if person.home is None:
        raise Refused("no_home", "Người này chưa thuộc chi bộ nào nên chưa có nơi giữ giấy tờ.", "file")
    if dated_on is not None and dated_on > today:
        raise Refused("future", "Ngày của giấy tờ chưa tới.", "dated_on")
    kept = files.store(
        name=name,
        content_type=content_type,
        raw=raw,
        organisation=person.home,
        by=by,
        purpose=MEMBER_PAPER,
    )
    made = Paper.objects.create(
        person=person,
        kind=kind,
        title=title.strip(),
        dated_on=dated_on,
        file=kept,
        added_at=now(),
        added_by_id=by.account,
    )
    _note("paper.added", made, by)
    return made


@transaction.atomic
def take_out(paper: Paper, *, by: Actor, reason: str) -> Paper:
    """Take a paper out of the file; it and the reason stay, but nobody gets it handed out any more."""
    if not reason.strip():
        raise Refused("no_reason", "Cần ghi lý do gỡ giấy tờ này.", "reason")
    held = Paper.objects.select_for_update(of=("self",)).select_related("person__home").get(pk=paper.pk)
    if held.taken_out_at is not None:
        raise Refused("taken_out", "Giấy tờ này đã được gỡ trước đó.")
    held.taken_out_at, held.taken_out_by_id = now(), by.account
    held.taken_out_reason = reason.strip()[:300]
    held.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_reason"])
    _note("paper.taken_out", held, by, reason)
    return held


@transaction.atomic
def hand_out(paper: Paper, *, by: Actor) -> bytes:
    """The bytes of a paper; the trail says that they were handed out."""
    raw = files.read(paper.file)
    _note("paper.read", paper, by)
    return raw


def of(person: Person) -> QuerySet[Paper]:
    """The papers in a person's file, the latest first."""
    own = Paper.objects.filter(person=person, taken_out_at=None).select_related("file", "added_by")
    return own.order_by("-added_at", "-pk")


def _note(action: str, paper: Paper, by: Actor, reason: str = "") -> None:
    home = paper.person.home
    record(
        by,
        action,
        stream=home.code if home else "system",
        kind="person",
        key=paper.person.ref,
        data={"paper": str(paper.ref)},
        reason=reason,
    )

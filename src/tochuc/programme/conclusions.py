"""Issuing a conference's conclusions: the numbered notice, its Word file, and tasks that bind from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Prefetch

from tochuc.audit.record import Actor, record
from tochuc.documents import files
from tochuc.documents.drafting.conclusion import (
    ConclusionNotice,
    NoticeTask,
    draft_conclusion_notice,
    missing,
)
from tochuc.documents.drafting.document import Letterhead, Signature
from tochuc.documents.drafting.layout import Layout
from tochuc.documents.models import ISSUED as DOCUMENT_ISSUED
from tochuc.documents.models import Document
from tochuc.documents.numbering import Entry, key_of, next_number, sequence_of
from tochuc.kernel.errors import Refused
from tochuc.members.queries import holders_at
from tochuc.org.kinds import LEADING_POSTS
from tochuc.org.models import Organisation
from tochuc.org.naming import committee_name, locality
from tochuc.org.queries import parent_of
from tochuc.programme.bodies import communes
from tochuc.programme.models import (
    DRAFT,
    ISSUED,
    LIMITATION,
    RESULT,
    Conclusion,
    Conference,
    Item,
    TaskAssignment,
)
from tochuc.rules.ask import rule

NOTICE = "TB"
NOTICE_NAME = "Thông báo"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Issuing:
    """What is asked before a notice goes out. ``number`` None takes the next of the register."""

    number: int | None
    place: str
    issued_on: date | None
    signer_name: str
    signer_post: str
    recipients: tuple[str, ...]


def suggested(conference: Conference, today: date) -> Issuing:
    """What the form is filled with: the next number, the head of the board as signer, usual recipients."""
    head = (
        holders_at(conference.organisation, today)
        .filter(post__kind__in=LEADING_POSTS)
        .order_by("post__code")
        .first()
    )
    above = parent_of(conference.organisation, today)
    given = (
        Organisation.objects.filter(task_assignments__task__conference=conference).distinct().order_by("fold")
    )
    committee = f"Thường trực {committee_name(above.name)}" if above else ""
    return Issuing(
        number=_next(conference.organisation, today) if conference.organisation.symbol else None,
        place=locality(above.name, above.short_name) if above else "",
        issued_on=today,
        signer_name=head.person.full_name if head else "",
        signer_post=head.post.title if head else "",
        recipients=tuple(
            filter(
                None,
                (
                    committee,
                    *_named(list(given), _communes(conference, above, today)),
                    f"Lưu {conference.organisation.short_name}",
                ),
            )
        ),
    )


def notice_of(conference: Conference, issuing: Issuing, today: date) -> ConclusionNotice:
    """The facts of the notice as the record and the form have them now."""
    organisation = conference.organisation
    above = parent_of(organisation, today)
    symbol = f"{NOTICE}/{organisation.symbol}" if organisation.symbol else ""
    texts = _texts(conference)
    return ConclusionNotice(
        letterhead=Letterhead(
            superior_body=committee_name(above.name) if above else "",
            issuing_body=_issuer_name(organisation, above),
            number=issuing.number,
            symbol=symbol,
            place=issuing.place,
            day=issuing.issued_on,
        ),
        meeting=conference.title,
        held_on=conference.held_on,
        host=conference.host_name or organisation.name,
        chair_name=conference.chair_name,
        chair_post=conference.chair_post,
        attendance=tuple(conference.delegates.values_list("text", flat=True)),
        results=texts[RESULT],
        limitations=texts[LIMITATION],
        tasks=tuple(_tasks(conference, above, today)),
        recipients=issuing.recipients,
        signature=Signature(post=issuing.signer_post, name=issuing.signer_name),
        held_at=conference.place,
    )


def absent(conference: Conference, issuing: Issuing, today: date) -> list[str]:
    """What has to be filled in before the notice can go out, in Vietnamese."""
    return missing(notice_of(conference, issuing, today))


@transaction.atomic
def issue(conference: Conference, issuing: Issuing, *, by: Actor, today: date) -> Conclusion:
    """Issue the conclusions: number and seal the notice, and make its tasks bind.

    Raises ``Refused`` when it was issued before, when something is missing, when the number is taken or
    the day lies before the meeting.
    """
    locked = Conference.objects.select_for_update().select_related("organisation").get(pk=conference.pk)
    if locked.status != DRAFT:
        raise Refused("already_issued", "Kết luận của hội nghị này đã được phát hành.")
    organisation = Organisation.objects.select_for_update().get(pk=locked.organisation_id)
    _check(locked, issuing, today)
    number = issuing.number or _next(organisation, today)
    complete = Issuing(
        number,
        issuing.place,
        issuing.issued_on,
        issuing.signer_name,
        issuing.signer_post,
        issuing.recipients,
    )
    notice = notice_of(locked, complete, today)
    lacking = missing(notice)
    if lacking:
        raise Refused("incomplete", f"Chưa phát hành được vì còn thiếu: {', '.join(lacking)}.")
    return _seal(locked, organisation, complete, notice, number, by)


def _check(conference: Conference, issuing: Issuing, today: date) -> None:
    issued_on = issuing.issued_on
    if issued_on is None:
        return
    if issued_on > today:
        raise Refused("future", "Ngày ban hành chưa tới.", "issued_on")
    if conference.held_on and issued_on < conference.held_on:
        raise Refused("before_meeting", "Ngày ban hành không thể trước ngày họp.", "issued_on")
    if issuing.number is not None and _taken(conference.organisation, issuing.number, issued_on):
        raise Refused(
            "number_taken",
            f"Số {issuing.number} đã cấp cho thông báo khác trong nhiệm kỳ; "
            f"số tiếp theo là {_next(conference.organisation, issued_on)}.",
            "number",
        )


def _seal(
    conference: Conference,
    organisation: Organisation,
    issuing: Issuing,
    notice: ConclusionNotice,
    number: int,
    by: Actor,
) -> Conclusion:
    day = issuing.issued_on
    if day is None:
        raise Refused("no_day", "Cần ghi ngày ban hành.", "issued_on")
    below = rule("documents.two_digit_number_below", on=day).number
    key = key_of(number, NOTICE, organisation.symbol, zero_below=below)
    raw = draft_conclusion_notice(notice, _layout(day))
    file = files.store(
        name=f"{key.replace('/', '-')}.docx", content_type=WORD, raw=raw, organisation=organisation, by=by
    )
    document = Document.objects.create(
        key=key,
        type_name=NOTICE_NAME,
        type_code=NOTICE,
        number=number,
        issuer_code=organisation.symbol,
        issuer_name=organisation.name,
        issued_on=day,
        term=_term(day),
        title=f"Kết luận {conference.title}"[:500],
        status=DOCUMENT_ISSUED,
        organisation=organisation,
        file=file,
    )
    conclusion = Conclusion.objects.create(
        conference=conference,
        document=document,
        file=file,
        signer_name=issuing.signer_name,
        signer_post=issuing.signer_post,
        issued_on=day,
        issued_by_id=by.account,
    )
    conference.status = ISSUED
    conference.version += 1
    conference.save(update_fields=["status", "version"])
    TaskAssignment.objects.filter(task__conference=conference).update(issued=True)
    record(
        by,
        "conclusion.issued",
        stream=organisation.code,
        kind="conference",
        key=str(conference.ref),
        data={"document": key},
    )
    return conclusion


def _texts(conference: Conference) -> dict[str, tuple[str, ...]]:
    """What the record holds as results and limitations, in its order."""
    items = list(Item.objects.filter(conference=conference, kind__in=(RESULT, LIMITATION)))
    return {kind: tuple(i.text for i in items if i.kind == kind) for kind in (RESULT, LIMITATION)}


def _tasks(conference: Conference, above: Organisation | None, today: date) -> Sequence[NoticeTask]:
    given = Prefetch("assignments", TaskAssignment.objects.select_related("organisation"))
    tasks = conference.tasks.select_related("item").prefetch_related(given)
    whole = _communes(conference, above, today)
    return [
        NoticeTask(task.text, _named([a.organisation for a in task.assignments.all()], whole), task.due_on)
        for task in tasks.order_by("item__order", "pk")
    ]


def _communes(conference: Conference, above: Organisation | None, today: date) -> list[Organisation]:
    """The communes of the branch: a board's conference speaks to those of the committee it serves."""
    host = conference.organisation
    committee = above if host.kind == "board" and above else host
    return communes(Organisation.objects.all(), committee, today)


def _named(given: Sequence[Organisation], whole: Sequence[Organisation]) -> tuple[str, ...]:
    """The committees' names in order; all communes together are named as the group they are."""
    rest = list(given)
    group = []
    if len(whole) > 1 and set(whole) <= set(given):
        group = [f"Đảng ủy {len(whole)} xã, thị trấn"]
        rest = [one for one in given if one not in whole]
    return (*group, *(committee_name(one.name) for one in sorted(rest, key=lambda one: one.fold)))


def _issuer_name(organisation: Organisation, above: Organisation | None) -> str:
    """The body's name without its superior's, which stands on the line above."""
    if above is None:
        return organisation.name
    committee = committee_name(above.name)
    for tail in (committee, committee.partition(" ủy")[0] + " ủy"):
        if organisation.name.endswith(tail) and organisation.name != tail:
            return organisation.name.removesuffix(tail).strip()
    return organisation.name


def _term(day: date) -> str:
    return str(rule("organisation.congress_term", on=day).value)


def _layout(day: date) -> Layout:
    return Layout.from_rules(lambda rule_id: rule(rule_id, on=day).value)


def _register(organisation: Organisation, day: date) -> list[Entry]:
    sequence = sequence_of(organisation.symbol, NOTICE, _term(day))
    numbers = Document.objects.filter(
        organisation=organisation, type_code=NOTICE, term=_term(day), status=DOCUMENT_ISSUED
    ).values_list("number", flat=True)
    return [Entry(sequence, n) for n in numbers if n is not None]


def _next(organisation: Organisation, day: date) -> int:
    return next_number(_register(organisation, day), sequence_of(organisation.symbol, NOTICE, _term(day)))


def _taken(organisation: Organisation, number: int, day: date) -> bool:
    return any(entry.number == number for entry in _register(organisation, day))

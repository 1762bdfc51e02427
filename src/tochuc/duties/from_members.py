"""What the members' record makes due: probation that has run out and waits for the cell to consider it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.days import add_months
from tochuc.kernel.known_dates import day_vn
from tochuc.members import proposals
from tochuc.members.kinds import PROBATIONARY
from tochuc.members.models import MemberEvent, Person
from tochuc.members.record_fields import FIELDS
from tochuc.rules.ask import rule
from tochuc.rules.limits import due_after

# How far ahead the list looks, so that the course and the comments can be had in time.
_AHEAD = timedelta(days=60)
_BEGINS = ("admitted", "readmitted", "opening", "arrived")


def _recognitions(viewer: Viewer) -> Iterator[Duty]:
    people = gate.visible(viewer, "member.record", "person").filter(standing=PROBATIONARY)
    begun = (
        MemberEvent.objects.filter(person__in=people, kind__in=_BEGINS, corrected_by=None)
        .select_related("person", "person__home")
        .order_by("person", "happened_on", "id")
    )
    for person, beginnings in groupby(begun, key=lambda event: event.person):
        began = probation_began(list(beginnings))
        if began is not None:
            duty = _recognition(person, began, viewer.today)
            if duty is not None:
                yield duty


def probation_began(beginnings: list[MemberEvent]) -> date | None:
    """The day of the admission ceremony, from the latest event that began a probation."""
    for event in reversed(beginnings):
        if event.kind in {"admitted", "readmitted"}:
            return event.happened_on
        known = event.data.get("admitted_on")
        if known:
            return date.fromisoformat(known)
    return None


def _recognition(person: Person, began: date, today: date) -> Duty | None:
    length = rule("probation.length", on=began)
    ends = add_months(began, length.number)
    if ends > today + _AHEAD:
        return None
    limit = rule("probation.recognise_cell_deadline", on=ends)
    due = due_after(limit, ends)
    return Duty(
        kind="recognition",
        what="Chi bộ xét công nhận đảng viên chính thức",
        whom=f"{person.full_name}, {person.home.short_name}" if person.home else person.full_name,
        organisation=person.home.code if person.home else "",
        due_on=due,
        why=Why(
            f"Hết {length.words} dự bị ngày {day_vn(ends)}; chi bộ xét trong {limit.words}.",
            f"{length.cite.vn}; {limit.cite.vn}",
            (
                ("Ngày kết nạp", day_vn(began)),
                ("Hết thời gian dự bị", day_vn(ends)),
                ("Chi bộ", person.home.name if person.home else ""),
            ),
            confirmed=length.confidence == limit.confidence == "text",
        ),
        page="member_record",
        key=person.ref,
        action="Ghi công nhận",
    )


# No rule sets a limit: a member who wrote should not wait longer than this for an answer.
_ANSWER = timedelta(days=10)


def _answers(viewer: Viewer) -> Iterator[Duty]:
    """What members proposed to correct in their records and nobody has answered: one duty for each member."""
    seen = set[int]()
    for one in proposals.waiting_of(gate.visible(viewer, "member.approve", "person")):
        if one.person_id in seen or one.proposed_by_id == viewer.account.pk:
            continue
        seen.add(one.person_id)
        person = one.person
        yield Duty(
            kind="proposal",
            what="Duyệt đề nghị sửa hồ sơ của đảng viên",
            whom=f"{person.full_name}, {person.home.short_name}" if person.home else person.full_name,
            organisation=person.home.code if person.home else "",
            due_on=one.proposed_on + _ANSWER,
            why=Why(
                "Đảng viên đã kiểm tra hồ sơ của mình và đề nghị sửa; đề nghị chỉ vào hồ sơ khi được duyệt. "
                f"Không có thời hạn trong quy định; hệ thống nhắc sau {_ANSWER.days} ngày.",
                facts=(("Mục", FIELDS[one.field].label), ("Gửi ngày", day_vn(one.proposed_on))),
            ),
            page="member_proposals",
            key=person.ref,
            action="Xem đề nghị",
        )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider("proposal", "Duyệt đề nghị sửa hồ sơ", _answers))
    register(Provider("recognition", "Công nhận đảng viên chính thức", _recognitions))

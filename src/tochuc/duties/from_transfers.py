"""What transfers and other conditions make due: members expected, papers out too long, times that run out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.deadlines import after
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part, together
from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.conditions import CONDITIONS, IN_TRANSFER
from tochuc.members.models import Condition, MemberEvent
from tochuc.members.transfers import expected
from tochuc.rules.ask import rule
from tochuc.rules.limits import due_after
from tochuc.rules.ruled import Ruled

ARRIVAL, CONDITION = "arrival", "condition"
_PRESENT = "transfer.present_deadline"
# How far ahead the list looks before a planned end.
_AHEAD = timedelta(days=30)


# What a running case began has its end as a step of that case, so it isn't due twice.
_IN_A_CASE = Q(case_moves__case__result="")


def _limit(papers: MemberEvent) -> Ruled | None:
    """Within how long the papers are to be shown to the receiving side."""
    try:
        return rule(_PRESENT, on=papers.happened_on)
    except NotInForce:
        return None


def _why(papers: MemberEvent, limit: Ruled, sentence: str) -> Why:
    where = papers.organisation.name if papers.organisation else str(papers.data.get("destination", ""))
    return Why(
        f"{sentence} {limit.title}: {limit.words}.",
        limit.cite.vn,
        (
            ("Ngày cấp giấy giới thiệu", day_vn(papers.happened_on)),
            ("Nơi đi", papers.person.home.name if papers.person.home else ""),
            ("Nơi đến", where),
        ),
        confirmed=limit.confidence == "text",
    )


def _due(viewer: Viewer, until: date | None) -> Slips | None:
    """Members expected, papers out too long, and times that run out.

    The receiving side is reminded from the day the papers were given, the member's own side once the time to show
    them has run out; whoever may accept needn't ask the other side.
    """
    coming = expected(viewer).exclude(_IN_A_CASE).order_by().values("pk")
    out = MemberEvent.objects.filter(pk__in=coming).exclude(organisation=None)
    people = gate.visible(viewer, "member.record", "person").order_by().values("pk")
    ours = Condition.objects.filter(person__in=people, until=FOREVER).exclude(event__in=coming)
    ours = ours.exclude(event__in=MemberEvent.objects.filter(_IN_A_CASE, person__in=people).values("pk"))
    near = ours.filter(planned_until__lte=until or viewer.today + _AHEAD)
    late = ours.filter(planned_until=None, kind=IN_TRANSFER)
    return together(
        (
            _slips(ARRIVAL, _EXPECTED, out.values_list("pk", "person", "organisation", "happened_on")),
            _slips(CONDITION, _ENDING, near.values_list("pk", "person", "person__home", "planned_until")),
            # Late only once the day has passed; asked for a coming day, from that day on.
            _slips(
                CONDITION,
                _UNANSWERED,
                late.values_list("pk", "person", "person__home", "event__happened_on"),
                until or viewer.today - timedelta(days=1),
            ),
        )
    )


def _slips(kind: str, query: str, rows: QuerySet[Any, Any], *more: Any) -> Slips | None:
    found = part(rows)
    if found is None:
        return None
    return Slips(
        query.format(kind=kind, rows=found.sql, due=after(_PRESENT, "r.day")), (*found.values, *more)
    )


_EXPECTED = """
    SELECT '{kind}', r.place, r.person, d.due_on, 'e' || r.id, '', false
    FROM ({rows}) AS r(id, person, place, day)
    CROSS JOIN LATERAL (SELECT {due} AS due_on) AS d
    WHERE d.due_on IS NOT NULL
"""
_ENDING = """
    SELECT '{kind}', r.place, r.person, r.day, r.id::text, '', false FROM ({rows}) AS r(id, person, place, day)
"""
_UNANSWERED = """
    SELECT '{kind}', r.place, r.person, d.due_on, r.id::text, '', false
    FROM ({rows}) AS r(id, person, place, day)
    CROSS JOIN LATERAL (SELECT {due} AS due_on) AS d
    WHERE d.due_on <= %s
"""


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    coming = [slip.key.removeprefix("e") for slip in slips if slip.kind == ARRIVAL]
    papers = MemberEvent.objects.filter(pk__in=coming).select_related("person__home", "organisation")
    found: list[tuple[str, Duty | None]] = [(f"e{one.pk}", _arrival(one)) for one in papers] if coming else []
    held = [slip.key for slip in slips if slip.kind == CONDITION]
    if held:
        rows = Condition.objects.filter(pk__in=held)
        rows = rows.select_related("person__home", "event__person__home", "event__organisation")
        found += [(str(one.pk), _ended(one)) for one in rows]
    yield from ((key, duty) for key, duty in found if duty is not None)


def _arrival(papers: MemberEvent) -> Duty | None:
    """To the receiving side: take the member in, or send the papers back."""
    limit = _limit(papers)
    if limit is None or papers.organisation is None:
        return None
    home = papers.person.home
    return Duty(
        kind=ARRIVAL,
        what="Tiếp nhận đảng viên chuyển sinh hoạt đến",
        whom=f"{papers.person.full_name}, từ {home.short_name}" if home else papers.person.full_name,
        organisation=papers.organisation.code,
        due_on=due_after(limit, papers.happened_on),
        why=_why(papers, limit, "Đã có giấy giới thiệu đến đây mà chưa ghi tiếp nhận."),
        page="transfer_accept",
        key=str(papers.pk),
        action="Tiếp nhận",
    )


def _ended(one: Condition) -> Duty | None:
    """To the member's own side: a planned end that is near or past, or papers that nobody answered."""
    if one.planned_until is not None:
        return _planned_end(one, one.planned_until)
    return _papers_late(one)


def _papers_late(one: Condition) -> Duty | None:
    """Once the time to show the papers has run out."""
    limit = _limit(one.event)
    if limit is None:
        return None
    return _duty(
        one,
        "Hỏi nơi đến về giấy giới thiệu chưa được tiếp nhận",
        due_after(limit, one.event.happened_on),
        _why(one.event, limit, "Đã hết thời hạn mà nơi đến chưa ghi tiếp nhận."),
    )


def _planned_end(one: Condition, until: date) -> Duty:
    """A time that was decided runs out; that it ended or goes on is to be recorded."""
    return _duty(
        one,
        f"Hết thời gian: {CONDITIONS[one.kind].label.lower()}",
        until,
        Why(
            "Thời gian đã ghi sắp hết hoặc đã hết; cần ghi đồng chí đã trở lại hay được gia hạn.",
            facts=(("Từ ngày", day_vn(one.since)), ("Đến ngày", day_vn(until))),
        ),
    )


def _duty(one: Condition, what: str, due: date, why: Why) -> Duty:
    home = one.person.home
    return Duty(
        kind=CONDITION,
        what=what,
        whom=_whom(one),
        organisation=home.code if home else "",
        due_on=due,
        why=why,
        page="member_record",
        key=one.person.ref,
        action="Ghi kết quả",
    )


def _whom(one: Condition) -> str:
    home = one.person.home
    return f"{one.person.full_name}, {home.short_name}" if home else one.person.full_name


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    also = ((CONDITION, "Tình trạng đảng viên hết thời hạn"),)
    register(Provider(ARRIVAL, "Tiếp nhận chuyển sinh hoạt", also=also, slips=_due, work_out=_work_out))

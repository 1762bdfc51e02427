"""What transfers and other conditions make due: members expected, papers out too long, times that run out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.deadlines import after
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Part, Slip, Slips, part
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
    them has run out; whoever may accept needn't ask the other side. What a running case began has its end as a step
    of that case, so it isn't due twice.
    """
    papers = expected(viewer).select_related(None).order_by()
    coming = part(papers.values_list("pk", "person", "organisation", "happened_on"))
    people = gate.visible(viewer, "member.record", "person").order_by()
    ours = part(people.values_list("pk", "home"))
    if coming is None and ours is None:
        return None
    # Late only once the day has passed; asked for a coming day, from that day on.
    late = until or viewer.today - timedelta(days=1)
    return _slips(coming or _NO_PAPERS, ours or _NOBODY, until or viewer.today + _AHEAD, late)


def _slips(coming: Part, ours: Part, near: date, late: date) -> Slips:
    sql = _DUE.format(
        coming=coming.sql,
        ours=ours.sql,
        forever=f"DATE '{FOREVER}'",
        due=after(_PRESENT, "r.day"),
        arrival=ARRIVAL,
        condition=CONDITION,
        in_transfer=IN_TRANSFER,
    )
    return Slips(sql, (*coming.values, *ours.values, near, late))


_NO_PAPERS = Part("SELECT NULL::bigint, NULL::bigint, NULL::bigint, NULL::date WHERE false", ())
_NOBODY = Part("SELECT NULL::bigint, NULL::bigint WHERE false", ())
_DUE = """
    WITH coming(id, person, place, day) AS MATERIALIZED ({coming}), of_case(event) AS (
        SELECT m.event_id FROM cases_casemove m JOIN cases_case k ON k.id = m.case_id
        WHERE k.result = '' AND m.event_id IS NOT NULL
    ), held AS MATERIALIZED (
        SELECT c.id, c.person_id AS person, p.home AS place, c.planned_until, e.happened_on AS day
        FROM members_condition c JOIN ({ours}) AS p(id, home) ON p.id = c.person_id
        JOIN members_memberevent e ON e.id = c.event_id
        WHERE c.until = {forever} AND (c.planned_until <= %s OR (c.planned_until IS NULL AND c.kind = '{in_transfer}'))
          AND NOT EXISTS (SELECT 1 FROM coming WHERE coming.id = c.event_id)
          AND NOT EXISTS (SELECT 1 FROM of_case WHERE of_case.event = c.event_id)
    )
    SELECT '{arrival}', r.place, r.person, d.due_on, 'e' || r.id, '', false
    FROM coming AS r CROSS JOIN LATERAL (SELECT {due} AS due_on) AS d
    WHERE r.place IS NOT NULL AND d.due_on IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM of_case WHERE of_case.event = r.id)
    UNION ALL
    SELECT '{condition}', r.place, r.person, r.planned_until, r.id::text, '', false
    FROM held AS r WHERE r.planned_until IS NOT NULL
    UNION ALL
    SELECT '{condition}', r.place, r.person, d.due_on, r.id::text, '', false
    FROM held AS r CROSS JOIN LATERAL (SELECT {due} AS due_on) AS d
    WHERE r.planned_until IS NULL AND d.due_on <= %s
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

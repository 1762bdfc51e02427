"""What transfers and other conditions make due: members expected, papers out too long, times that run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
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
# How far ahead the list looks before a planned end.
_AHEAD = timedelta(days=30)


def _limit(papers: MemberEvent) -> Ruled | None:
    """Within how long the papers are to be shown to the receiving side."""
    try:
        return rule("transfer.present_deadline", on=papers.happened_on)
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


def _due(viewer: Viewer) -> Iterator[Duty]:
    """Members expected, papers out too long, and times that run out; one query for all.

    The receiving side is reminded from the day the papers were given, the member's own side once the time to show
    them has run out; whoever may accept needn't ask the other side.
    """
    people = gate.visible(viewer, "member.record", "person")
    coming = expected(viewer).order_by().values("pk")
    ours = Q(person__in=people) & (Q(kind=IN_TRANSFER) | Q(planned_until__lte=viewer.today + _AHEAD))
    rows = (
        Condition.objects.filter(ours | Q(event__in=coming), until=FOREVER)
        .annotate(comes=Exists(coming.filter(pk=OuterRef("event"))))
        .select_related("person__home", "event__person__home", "event__organisation")
    )
    for one in rows.order_by("since", "pk"):
        duty = _arrival(one.event) if one.comes else _ended(one, viewer)
        if duty is not None:
            yield duty


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


def _ended(one: Condition, viewer: Viewer) -> Duty | None:
    """To the member's own side: a planned end that is near or past, or papers that nobody answered."""
    if one.planned_until is not None:
        return _planned_end(one, one.planned_until)
    return _papers_late(one, viewer)


def _papers_late(one: Condition, viewer: Viewer) -> Duty | None:
    """Once the time to show the papers has run out."""
    limit = _limit(one.event)
    if limit is None:
        return None
    due = due_after(limit, one.event.happened_on)
    if due >= viewer.today:
        return None
    return _duty(
        one,
        "Hỏi nơi đến về giấy giới thiệu chưa được tiếp nhận",
        due,
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
    register(Provider(ARRIVAL, "Tiếp nhận chuyển sinh hoạt", _due, also))

"""What recorded months make due: for the cell to consider, never a verdict (Điều lệ Đảng, Điều 8).

The list names the months and the article. Whom a removal is already running for isn't named again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.deadlines import number
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips
from tochuc.kernel.months import month_vn
from tochuc.lapses.grounds import ABSENCE, FEES, GROUNDS, RULES
from tochuc.lapses.months import counting
from tochuc.lapses.queries import limit
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Person

KIND = "lapse"
_WHAT = "Chi bộ cần xem xét việc sinh hoạt, đóng đảng phí của đảng viên"


def _slips(viewer: Viewer, until: date | None) -> Slips | None:
    """For this year and the last, each member with as many months as the rule names."""
    people = gate.visible(viewer, "lapse.due", "person").filter(standing__in=IN_PARTY)
    year = viewer.today.year
    counted = counting(people, date(year - 1, 1, 1), date(year, 12, 31), viewer.today)
    if counted is None:
        return None
    sql = _LAPSED.format(
        counted=counted.sql,
        kind=KIND,
        what=_WHAT,
        absence=ABSENCE,
        absent_for=number(RULES[ABSENCE], "l.last"),
        unpaid_for=number(RULES[FEES], "l.last"),
    )
    return Slips(sql, counted.values)


# The key tells the months, so that showing a row asks for the person alone.
_LAPSED = """
    WITH {counted}, lapsed AS (
        SELECT person, ground, max(month) AS last, array_agg(month ORDER BY month) AS months
        FROM counted GROUP BY person, ground, date_trunc('year', month::timestamp)
    )
    SELECT '{kind}', p.home_id, p.id, (w.latest + INTERVAL '2 months' - INTERVAL '1 day')::date,
           p.id || '|' || l.ground || '|' || array_to_string(l.months, ','), '{what}', false
    FROM lapsed l JOIN members_person p ON p.id = l.person
    CROSS JOIN LATERAL (
        SELECT max(one.month) AS latest FROM unnest(l.months) AS one(month)
        WHERE NOT EXISTS (
            SELECT FROM lapses_considered c
            WHERE c.person_id = l.person AND c.ground = l.ground AND one.month = ANY(c.months)
        )
    ) AS w
    WHERE w.latest IS NOT NULL
      AND cardinality(l.months) >= CASE WHEN l.ground = '{absence}' THEN {absent_for} ELSE {unpaid_for} END
      AND NOT EXISTS (
        SELECT FROM cases_case c WHERE c.person_id = p.id AND c.procedure = 'removal' AND c.closed_on IS NULL
    )
"""


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    people = Person.objects.select_related("home").in_bulk([slip.person for slip in slips if slip.person])
    for slip in slips:
        person, ground, months = slip.key.split("|")
        if int(person) in people:
            listed = [date.fromisoformat(month) for month in months.split(",")]
            yield slip.key, _row(people[int(person)], ground, listed, slip.due_on)


def _row(person: Person, ground: str, months: list[date], due_on: date) -> Duty:
    rule = limit(ground, months[-1])
    assert rule is not None
    home = person.home
    named = ", ".join(month_vn(month) for month in months)
    return Duty(
        kind=KIND,
        what=_WHAT,
        whom=f"{person.full_name}, {home.short_name}" if home else person.full_name,
        organisation=home.code if home else "",
        due_on=due_on,
        why=Why(
            f"{GROUNDS[ground]}: đã ghi {len(months)} tháng trong năm {months[0].year}, quy định nêu {rule.words}. "
            "Cần nghe đảng viên, tìm hiểu lý do; đây chưa phải kết luận. Không có thời hạn trong quy định; hệ "
            "thống nhắc trong tháng kế tiếp.",
            rule.cite.vn,
            (("Các tháng", named), ("Chi bộ", home.name if home else "")),
            confirmed=rule.may_refuse,
        ),
        page="member_lapses",
        key=person.ref,
        action="Xem xét",
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    # What is said of a person here is for the cell alone: never on a notice board.
    register(
        Provider(
            KIND,
            "Xem xét việc sinh hoạt, đóng đảng phí",
            slips=_slips,
            work_out=_work_out,
            closed=frozenset({KIND}),
        )
    )

"""What entrusted work makes due for a cell: members without any this year, reviews outstanding at its end."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from tochuc.access.roles import CELL_SECRETARY
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips
from tochuc.entrusting.queries import day_of
from tochuc.kernel.days import add_months
from tochuc.kernel.months import last_day, month_of
from tochuc.members.conditions import EXEMPT
from tochuc.members.kinds import IN_PARTY
from tochuc.org.models import Organisation
from tochuc.rules.ask import rule

KIND = "entrusted"
_GIVE, _REVIEW = "give", "review"
_DECEMBER = 12
# How long a cell is asked for last year's review.
_ASKED_FOR = 6


def _slips(viewer: Viewer, until: date | None) -> Slips | None:
    """For a cell one row each: who has no work this year, whose work of the year wasn't reviewed."""
    cells = list(viewer.places(CELL_SECRETARY))
    if not cells:
        return None
    today = viewer.today
    year = today.year if today.month == _DECEMBER else today.year - 1
    asked = [(_GIVE, today.year, today, last_day(month_of(today)))]
    end = date(year, 12, 31)
    if today <= add_months(end, _ASKED_FOR):
        asked.append((_REVIEW, year, day_of(year, today), end))
    sql = _MISSING.format(kind=KIND, give=_GIVE, exempt=EXEMPT)
    columns = [list(column) for column in zip(*asked, strict=True)]
    return Slips(sql, (cells, cells, today, today, columns[1], *columns, cells, list(IN_PARTY)))


# As ``queries.tallies`` counts them. The key tells all that the row says, so that showing it asks nothing more.
_MISSING = """
    WITH at(cell, unit) AS MATERIALIZED (
        SELECT id, id FROM unnest(%s::bigint[]) AS id
        UNION ALL
        SELECT h.heir_id, h.ended_id FROM org_heir h
        WHERE h.heir_id = ANY(%s::bigint[]) AND h.since <= %s AND h.until > %s
    ), work AS MATERIALIZED (
        SELECT at.cell, w.year, coalesce(p.merged_into_id, p.id) AS person, bool_or(EXISTS (
            SELECT FROM entrusting_reviewed r WHERE r.entrusted_id = w.id
              AND NOT EXISTS (SELECT FROM entrusting_reviewed n WHERE n.corrects_id = r.id)
        )) AS reviewed
        FROM at JOIN entrusting_entrusted w ON w.organisation_id = at.unit
        JOIN members_person p ON p.id = w.person_id
        WHERE w.year = ANY(%s) AND w.content <> ''
          AND NOT EXISTS (SELECT FROM entrusting_entrusted n WHERE n.replaces_id = w.id)
        GROUP BY at.cell, w.year, coalesce(p.merged_into_id, p.id)
    )
    SELECT '{kind}', o.id, NULL::bigint, q.due_on, o.code || '|' || q.point || '|' || q.year || '|' || count(*),
           CASE q.point WHEN '{give}' THEN 'Phân công công tác năm ' ELSE 'Đánh giá công tác đã phân công năm ' END || q.year,
           false
    FROM unnest(%s::text[], %s::int[], %s::date[], %s::date[]) AS q(point, year, day, due_on)
    JOIN members_membership s ON s.since <= q.day AND s.until > q.day
    JOIN org_organisation o ON o.id = s.organisation_id
    LEFT JOIN work w ON w.cell = o.id AND w.year = q.year AND w.person = s.person_id
    WHERE s.organisation_id = ANY(%s::bigint[]) AND s.standing = ANY(%s)
      AND CASE WHEN q.point = '{give}' THEN w.person IS NULL AND NOT EXISTS (
            SELECT FROM members_condition c WHERE c.person_id = s.person_id AND c.kind = '{exempt}'
              AND c.since <= q.day AND c.until > q.day
        ) ELSE NOT w.reviewed END
    GROUP BY o.id, o.code, q.point, q.year, q.due_on
"""


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    cells = viewer.places(CELL_SECRETARY)
    for slip in slips:
        _, point, year, missing = slip.key.split("|")
        cell = cells[slip.place or 0]
        if point == _GIVE:
            yield slip.key, _given(cell, viewer.today, int(missing))
        else:
            yield slip.key, _reviewed(cell, int(year), int(missing))


def _given(cell: Organisation, today: date, missing: int) -> Duty:
    whom, by = rule("entrusting.whom", on=today), rule("entrusting.decided_by", on=today)
    return Duty(
        kind=KIND,
        what=f"Phân công công tác năm {today.year}",
        whom=f"{missing} đảng viên, {cell.short_name}",
        organisation=cell.code,
        due_on=last_day(month_of(today)),
        why=Why(
            f"Còn {missing} đảng viên không thuộc diện miễn mà chưa được phân công công tác năm {today.year}. Không có "
            "thời hạn trong quy định; hệ thống nhắc hằng tháng.",
            f"{by.cite.vn}; {whom.cite.vn}",
            (("Chi bộ", cell.name), (whom.title, whom.words)),
            confirmed=whom.may_refuse,
        ),
        page="organisation_entrusted",
        key=cell.code,
        action="Phân công",
    )


def _reviewed(cell: Organisation, year: int, missing: int) -> Duty:
    said = rule("entrusting.results", on=date(year, 12, 31))
    return Duty(
        kind=KIND,
        what=f"Đánh giá công tác đã phân công năm {year}",
        whom=f"{missing} đảng viên, {cell.short_name}",
        organisation=cell.code,
        due_on=date(year, 12, 31),
        why=Why(
            f"Còn {missing} đảng viên được phân công năm {year} mà chưa ghi kết quả thực hiện. Không có thời hạn trong "
            "quy định; hệ thống nhắc vào cuối năm.",
            said.cite.vn,
            (("Chi bộ", cell.name),),
            confirmed=said.may_refuse,
        ),
        page="organisation_entrusted",
        key=cell.code,
        action="Đánh giá",
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(
        Provider(KIND, "Phân công công tác", slips=_slips, work_out=_work_out, impersonal=frozenset({KIND}))
    )

"""What dues make due: a month that a cell hasn't recorded, and members whose dues for it are missing.

A cell has a row of its own for each month; a committee has one for each organisation directly below, counted in bulk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from tochuc.access import gate
from tochuc.access.roles import CELL_SECRETARY
from tochuc.access.viewer import Viewer
from tochuc.dues.models import Arrear
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part, together
from tochuc.kernel.days import add_months
from tochuc.kernel.months import last_day, month_of, month_vn, months
from tochuc.members.kinds import IN_PARTY
from tochuc.org.kinds import MEMBER_KINDS
from tochuc.org.models import Organisation
from tochuc.rules.ask import rule

KIND = "dues"
_CELL, _BELOW = "cell", "below"
# No rule sets a day; the month that follows is when a cell reckons with the one before.
_LOOKS_BACK = 3


def _slips(viewer: Viewer, until: date | None) -> Slips | None:
    return together((_of_cells(viewer), _of_committees(viewer)))


def _of_cells(viewer: Viewer) -> Slips | None:
    """For each month: not recorded at all, or some members missing."""
    cells = list(viewer.places(CELL_SECRETARY))
    if not cells:
        return None
    last = _last_month(viewer)
    first = max(add_months(last, 1 - _LOOKS_BACK), date(last.year, 1, 1))
    sql = _UNRECORDED.format(kind=KIND, point=_CELL)
    return Slips(sql, (months(first, last), list(IN_PARTY), cells, last))


def _of_committees(viewer: Viewer) -> Slips | None:
    """One row for each organisation directly below in which cells or members are behind for the month."""
    above = [o.pk for o in viewer.workplaces if o.kind not in MEMBER_KINDS and o.kind != "board"]
    readable = part(
        gate.visible(viewer, "dues.read", "organisation").filter(pk__in=above).order_by().values_list("pk")
    )
    if not above or readable is None:
        return None
    today, month = viewer.today, _last_month(viewer)
    cells, party = list(MEMBER_KINDS), list(IN_PARTY)
    sql = _BEHIND.format(
        readable=readable.sql, kind=KIND, point=_BELOW, due_on=last_day(today), what=_reminding(month)
    )
    return Slips(
        sql, (*readable.values, today, today, today, today, cells, month, month, month, party, month, party)
    )


def _last_month(viewer: Viewer) -> date:
    return add_months(month_of(viewer.today), -1)


# By where a member stands now: after a reorganisation what is missing came along.
_UNRECORDED = """
    SELECT '{kind}', o.id, NULL::bigint, (t.month + INTERVAL '2 months' - INTERVAL '1 day')::date,
           '{point}|' || o.code || '|' || t.month || '|' || missing.n,
           'Thu, ghi đảng phí tháng ' || to_char(t.month, 'FMMM/YYYY'), false
    FROM org_organisation o CROSS JOIN unnest(%s::date[]) AS t(month)
    CROSS JOIN LATERAL (
        SELECT count(*) AS n FROM members_person p JOIN dues_arrear a ON a.person_id = p.id AND a.month = t.month
        WHERE p.home_id = o.id AND p.standing = ANY(%s)
    ) AS missing
    WHERE o.id = ANY(%s) AND (missing.n > 0 OR (
        t.month = %s AND o.since <= t.month AND o.until > t.month
        AND NOT EXISTS (SELECT FROM dues_collection c WHERE c.organisation_id = o.id AND c.month = t.month)
    ))
"""
# Counted where the rows are: a province has seven thousand cells. The key tells all that the row says.
_BEHIND = """
    WITH top AS MATERIALIZED (
        SELECT s.organisation_id AS id, t.code, s.short_name FROM org_organisationspan s
        JOIN org_organisation t ON t.id = s.organisation_id
        WHERE s.parent_id IN ({readable}) AND s.since <= %s AND s.until > %s AND s.kind <> 'board'
    ), own AS MATERIALIZED (
        SELECT u.above_id AS top, u.unit_id AS cell FROM org_under u JOIN org_organisation o ON o.id = u.unit_id
        WHERE u.above_id IN (SELECT id FROM top) AND u.since <= %s AND u.until > %s AND o.kind = ANY(%s)
    ), silent AS (
        SELECT own.top, count(*) AS n FROM own
        WHERE NOT EXISTS (SELECT 1 FROM dues_collection c WHERE c.organisation_id = own.cell AND c.month = %s)
          AND EXISTS (
            SELECT 1 FROM members_membership m WHERE m.organisation_id = own.cell AND m.since <= %s
                AND m.until > %s AND m.standing = ANY(%s)
        ) GROUP BY own.top
    ), missed AS (
        SELECT own.top, count(*) AS n FROM own JOIN members_person p ON p.home_id = own.cell
        JOIN dues_arrear a ON a.person_id = p.id
        WHERE a.month = %s AND p.standing = ANY(%s) GROUP BY own.top
    )
    SELECT '{kind}', top.id, NULL::bigint, DATE '{due_on}',
           '{point}|' || top.code || '|' || coalesce(silent.n, 0) || '|' || coalesce(missed.n, 0) || '|' || top.short_name,
           '{what}', false
    FROM top LEFT JOIN silent ON silent.top = top.id LEFT JOIN missed ON missed.top = top.id
    WHERE silent.n > 0 OR missed.n > 0
"""


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    cells, names = viewer.places(CELL_SECRETARY), _names(slips)
    for slip in slips:
        point, code, *said = slip.key.split("|", 4)
        if point == _CELL:
            month, place = date.fromisoformat(said[0]), slip.place or 0
            yield slip.key, _cell_row(cells[place], month, names.get((place, month), []))
        else:
            yield slip.key, _row_below(viewer, code, said[2], int(said[0]), int(said[1]))


def _names(slips: Collection[Slip]) -> dict[tuple[int, date], list[str]]:
    """Who is missing in the months of these slips, by cell and month."""
    asked = [slip for slip in slips if slip.key.startswith(f"{_CELL}|") and not slip.key.endswith("|0")]
    found: dict[tuple[int, date], list[str]] = {}
    if not asked:
        return found
    rows = Arrear.objects.filter(
        person__home__in={slip.place for slip in asked},
        month__in={date.fromisoformat(slip.key.split("|")[2]) for slip in asked},
        person__standing__in=IN_PARTY,
    )
    for row in rows.select_related("person").order_by("person__sort_key"):
        found.setdefault((row.person.home_id or 0, row.month), []).append(row.person.full_name)
    return found


def _cell_row(cell: Organisation, month: date, names: list[str]) -> Duty:
    charter = rule("removal.fee_months", on=month)
    said = (
        f"Tháng {month_vn(month)} còn {len(names)} đảng viên chưa ghi đã nộp hoặc lý do."
        if names
        else f"Chi bộ chưa ghi đảng phí tháng {month_vn(month)}."
    )
    return Duty(
        kind=KIND,
        what=f"Thu, ghi đảng phí tháng {month_vn(month)}",
        whom=f"{len(names)} đảng viên, {cell.short_name}" if names else cell.short_name,
        organisation=cell.code,
        due_on=last_day(add_months(month, 1)),
        why=Why(
            f"{said} Đảng viên đóng đảng phí hằng tháng; không có ngày hạn trong quy định, hệ thống nhắc trong "
            "tháng kế tiếp.",
            charter.cite.vn,
            (("Chi bộ", cell.name), *((("Chưa ghi", ", ".join(names)),) if names else ())),
        ),
        page="organisation_dues",
        key=cell.code,
        action="Ghi đảng phí",
    )


def _row_below(viewer: Viewer, code: str, name: str, cells: int, members: int) -> Duty:
    month = _last_month(viewer)
    parts = [f"{cells} chi bộ chưa ghi"] * bool(cells) + [f"{members} đảng viên còn thiếu"] * bool(members)
    return Duty(
        kind=KIND,
        what=_reminding(month),
        whom=f"{name}: {', '.join(parts)}",
        organisation=code,
        due_on=last_day(viewer.today),
        why=Why(
            f"Đảng phí tháng {month_vn(month)}: {', '.join(parts)}. Không có ngày hạn trong quy định; hệ thống "
            "nhắc trong tháng kế tiếp.",
            rule("removal.fee_months", on=month).cite.vn,
        ),
        page="organisation_dues",
        key=code,
        action="Xem đảng phí",
    )


def _reminding(month: date) -> str:
    return f"Nhắc thu, ghi đảng phí tháng {month_vn(month)}"


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(
        Provider(
            KIND,
            "Đảng phí",
            slips=_slips,
            work_out=_work_out,
            gathers={KIND: "Nhắc thu, ghi đảng phí: {} nơi chưa xong".format},
        )
    )

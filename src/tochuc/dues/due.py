"""What dues make due: a month that a cell hasn't recorded, and members whose dues for it are missing.

A cell has a row of its own for each month; a committee has one for each organisation directly below, counted in bulk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection

from tochuc.access import gate
from tochuc.access.roles import CELL_SECRETARY
from tochuc.access.viewer import Viewer
from tochuc.dues.models import Arrear, Collection
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Part, part
from tochuc.kernel.days import add_months
from tochuc.kernel.months import last_day, month_of, month_vn, months
from tochuc.members.kinds import IN_PARTY
from tochuc.org.kinds import MEMBER_KINDS
from tochuc.org.models import Organisation
from tochuc.rules.ask import rule

KIND = "dues"
# No rule sets a day; the month that follows is when a cell reckons with the one before.
_LOOKS_BACK = 3


def _due(viewer: Viewer) -> Iterator[Duty]:
    last = add_months(month_of(viewer.today), -1)
    first = max(add_months(last, 1 - _LOOKS_BACK), date(last.year, 1, 1))
    cells = {a.organisation_id: a.organisation for a in viewer.assignments if a.role == CELL_SECRETARY}
    if cells:
        yield from _of_cells(cells, first, last)
    above = [o.pk for o in viewer.workplaces if o.kind not in MEMBER_KINDS and o.kind != "board"]
    readable = part(
        gate.visible(viewer, "dues.read", "organisation").filter(pk__in=above).order_by().values_list("pk")
    )
    if above and readable is not None:
        yield from _of_committees(readable, last, viewer.today)


def _of_cells(cells: dict[int, Organisation], first: date, last: date) -> Iterator[Duty]:
    """For each month: not recorded at all, or some members missing."""
    recorded = set(
        Collection.objects.filter(organisation__in=cells, month__range=(first, last)).values_list(
            "organisation", "month"
        )
    )
    missing: dict[tuple[int, date], list[str]] = {}
    # By where a member stands now: after a reorganisation what is missing came along.
    rows = Arrear.objects.filter(
        person__home__in=cells, month__range=(first, last), person__standing__in=IN_PARTY
    )
    for row in rows.select_related("person").order_by("person__sort_key"):
        missing.setdefault((row.person.home_id or 0, row.month), []).append(row.person.full_name)
    for pk, cell in cells.items():
        for month in months(first, last):
            names = missing.get((pk, month), [])
            if names:
                yield _cell_row(cell, month, f"{len(names)} đảng viên, {cell.short_name}", names)
            elif month == last and (pk, month) not in recorded and cell.exists_on(month):
                yield _cell_row(cell, month, cell.short_name, [])


def _cell_row(cell: Organisation, month: date, whom: str, names: list[str]) -> Duty:
    charter = rule("removal.fee_months", on=month)
    said = (
        f"Tháng {month_vn(month)} còn {len(names)} đảng viên chưa ghi đã nộp hoặc lý do."
        if names
        else f"Chi bộ chưa ghi đảng phí tháng {month_vn(month)}."
    )
    return Duty(
        kind=KIND,
        what=f"Thu, ghi đảng phí tháng {month_vn(month)}",
        whom=whom,
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


def _of_committees(readable: Part, month: date, today: date) -> Iterator[Duty]:
    """One row for each organisation directly below in which cells or members are behind for the month."""
    for code, name, cells, members in _behind(readable, month, today):
        parts = [f"{cells} chi bộ chưa ghi"] * bool(cells) + [f"{members} đảng viên còn thiếu"] * bool(
            members
        )
        yield Duty(
            kind=KIND,
            what=f"Nhắc thu, ghi đảng phí tháng {month_vn(month)}",
            whom=f"{name}: {', '.join(parts)}",
            organisation=code,
            due_on=last_day(today),
            why=Why(
                f"Đảng phí tháng {month_vn(month)}: {', '.join(parts)}. Không có ngày hạn trong quy định; hệ thống "
                "nhắc trong tháng kế tiếp.",
                rule("removal.fee_months", on=month).cite.vn,
            ),
            page="organisation_dues",
            key=code,
            action="Xem đảng phí",
        )


def _behind(readable: Part, month: date, today: date) -> list[tuple[str, str, int, int]]:
    """Code and name of each organisation directly below; its cells with members that haven't recorded the month, and
    members missed in those that have.
    """
    cells, party = list(MEMBER_KINDS), list(IN_PARTY)
    query = _BEHIND.format(readable=readable.sql)
    values = (*readable.values, today, today, today, today, cells, month, month, month, party, month, party)
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


# Counted where the rows are: a province has seven thousand cells.
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
    SELECT top.code, top.short_name, coalesce(silent.n, 0)::int, coalesce(missed.n, 0)::int
    FROM top LEFT JOIN silent ON silent.top = top.id LEFT JOIN missed ON missed.top = top.id
    WHERE silent.n > 0 OR missed.n > 0 ORDER BY top.id
"""


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(
        Provider(KIND, "Đảng phí", _due, gathers={KIND: "Nhắc thu, ghi đảng phí: {} nơi chưa xong".format})
    )

"""Dues of a province of 130,000 members in 6,500 cells: the due list's counts, the lapses, the sums of a year.

    TOCHUC_VAR=/tmp/dues python benchmarks/bench_dues.py      in the database that the settings name; nothing is kept

The rows are made by SQL: one province over 100 communes, every cell with twenty members, a year of collections, one
member in fifty in arrears for a month, one in two hundred absent in three. Beside it the country's other members, if
the database holds any.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

ROUNDS = 7
TODAY = date(2023, 4, 20)
COMMUNES, CELLS, MEMBERS = 100, 65, 20
_MAKE = (
    """INSERT INTO org_organisation (code, name, short_name, kind, cell_kind, since, until, fold, symbol)
       SELECT 'bd-' || n, 'Tổ chức ' || n, 'TC ' || n,
              CASE WHEN n = 0 THEN 'province_committee' WHEN n <= %(communes)s THEN 'grassroots_committee' ELSE 'cell' END,
              CASE WHEN n > %(communes)s THEN 'village' ELSE '' END, '2000-01-01', '9999-12-31', 'to chuc ' || n, ''
       FROM generate_series(0, %(communes)s * (1 + %(cells)s)) n""",
    """CREATE TEMP TABLE bd ON COMMIT DROP AS
       SELECT id, substr(code, 4)::int AS n FROM org_organisation WHERE code LIKE 'bd-%%'""",
    """INSERT INTO org_organisationspan (organisation_id, name, short_name, kind, cell_kind, parent_id, since, until)
       SELECT o.id, o.name, o.short_name, o.kind, o.cell_kind, p.id, o.since, o.until
       FROM bd JOIN org_organisation o ON o.id = bd.id LEFT JOIN bd p ON p.n =
            CASE WHEN bd.n = 0 THEN -1 WHEN bd.n <= %(communes)s THEN 0 ELSE 1 + bd.n %% %(communes)s END""",
    """INSERT INTO org_under (above_id, unit_id, depth, since, until)
       SELECT id, id, 0, '2000-01-01'::date, '9999-12-31'::date FROM bd
       UNION ALL SELECT p.id, bd.id, 1, '2000-01-01'::date, '9999-12-31'::date FROM bd JOIN bd p ON p.n =
            CASE WHEN bd.n = 0 THEN -1 WHEN bd.n <= %(communes)s THEN 0 ELSE 1 + bd.n %% %(communes)s END
       UNION ALL SELECT p.id, bd.id, 2, '2000-01-01'::date, '9999-12-31'::date FROM bd JOIN bd p ON p.n = 0 WHERE bd.n > %(communes)s""",
    """INSERT INTO members_person (ref, full_name, fold, sort_key, gender, birth_on, birth_precision, hometown, residence,
            ethnicity, religion, occupation, education, qualification, political_theory, card_number, member_number,
            phone, details, home_id, standing)
       SELECT 'bd' || bd.n || 'm' || m, 'Người ' || m, 'nguoi ' || m, 'nguoi ' || m, 'male', '1970-01-01'::date, 'day', '', '',
              '', '', '', '', '', '', '', '', '', '{}'::jsonb, bd.id, 'official'
       FROM bd, generate_series(1, %(members)s) m WHERE bd.n > %(communes)s""",
    """INSERT INTO members_membership (person_id, organisation_id, standing, since, until)
       SELECT id, home_id, standing, '2020-01-01'::date, '9999-12-31'::date FROM members_person WHERE ref LIKE 'bd%%'""",
    """INSERT INTO dues_collection (organisation_id, month, members, paid, excused, relieved, unpaid, due, amount,
            kept_by_cell, kept_by_base, kept_above, passed_on)
       SELECT bd.id, m, 20, 19, 0, 0, 1, 120000, 114000, 34200, 68400, 5700, 5700
       FROM bd, generate_series('2022-04-01'::date, '2023-03-01', '1 month') m WHERE bd.n > %(communes)s AND bd.n %% 40 > 0""",
    """INSERT INTO dues_arrear (person_id, month, organisation_id, due)
       SELECT id, m, home_id, 6000 FROM members_person, generate_series('2023-01-01'::date, '2023-03-01', '1 month') m
       WHERE ref LIKE 'bd%%' AND (id %% 200 = 0 OR (id + extract(month FROM m)::int) %% 50 = 0)""",
    """INSERT INTO meetings_meeting (ref, organisation_id, held_on, kind, recorded_at, withdrawn_reason)
       SELECT gen_random_uuid(), bd.id, m + 4, 'regular', now(), ''
       FROM bd, (SELECT m::date FROM generate_series('2022-05-01'::date, '2023-04-01', '1 month') m) s
       WHERE bd.n > %(communes)s""",
    """INSERT INTO meetings_attendance (meeting_id, person_id, state, reason, recorded_at, why)
       SELECT g.id, p.id, CASE WHEN p.id %% 200 = 0 THEN 'absent' ELSE 'present' END, '', now(), ''
       FROM meetings_meeting g JOIN members_person p ON p.home_id = g.organisation_id WHERE p.ref LIKE 'bd%%'""",
)


def main() -> None:
    """Make the province, ask, print the figures, take it back."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tochuc.config.settings"
    from tochuc.config.embedded import ensure_started

    ensure_started()
    import django
    from django.conf import settings

    # The rows are made, counted and asked for in one transaction that is taken back: all of it as their owner, who alone
    # may have them counted.
    settings.DATABASES["default"] = settings.DATABASES["owner"]
    django.setup()
    from django.db import connection, transaction

    print(
        f"{ROUNDS} rounds on {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ms, median and best"
    )
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in _MAKE:
                cursor.execute(statement, {"communes": COMMUNES, "cells": CELLS, "members": MEMBERS})
            cursor.execute("ANALYZE")
        _ask()
        transaction.set_rollback(True)


def _ask() -> None:
    from tochuc.access.models import Account, Assignment
    from tochuc.access.viewer import Viewer
    from tochuc.dues import statement
    from tochuc.duties.duty import providers
    from tochuc.entrusting.queries import tallies
    from tochuc.lapses.months import lapses
    from tochuc.members.models import Person
    from tochuc.org.models import Organisation, Under

    province = Organisation.objects.get(code="bd-0")
    cell = Organisation.objects.get(code=f"bd-{COMMUNES + 7}")
    officer = Account.objects.create(username="bench-dues", full_name="Bench")
    secretary = Account.objects.create(username="bench-dues-cell", full_name="Bench")
    for account, role, place in (
        (officer, "organisation_officer", province),
        (secretary, "cell_secretary", cell),
    ):
        Assignment.objects.create(account=account, role=role, organisation=place, since=date(2020, 1, 1))
    below = [Organisation.objects.get(code=f"bd-{n}") for n in range(1, COMMUNES + 1)]
    year = (date(2022, 4, 1), date(2023, 3, 1), TODAY)
    of = {one.kind: one for one in providers()}
    everybody = Person.objects.filter(ref__startswith="bd")
    _print("province: due rows of dues", 1000, lambda: list(of["dues"].all(Viewer(officer, TODAY))))
    _print("cell: due rows of dues", 20, lambda: list(of["dues"].all(Viewer(secretary, TODAY))))
    _print("cell: due rows to consider", 20, lambda: list(of["lapse"].all(Viewer(secretary, TODAY))))
    commune = everybody.filter(home__in=Under.objects.filter(above=below[0]).values("unit"))
    _print("commune: lapses of everybody", 100, lambda: lapses(commune, 2023, TODAY))
    _print("province: sums of a year", 200, lambda: statement.of_branch(province, *year))
    _print("province: communes side by side", 1000, lambda: statement.side_by_side(below, *year))
    _print("cell: entrusted work", 20, lambda: tallies([cell.pk], 2023, TODAY))


def _print(what: str, budget: int, ask: Callable[[], Any]) -> None:
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        found = ask()
        spent.append((time.perf_counter() - begun) * 1000)
    size = f", {len(found)} rows" if hasattr(found, "__len__") else ""
    print(f"{what}: {statistics.median(spent):.1f}, {min(spent):.1f} (budget {budget}){size}", flush=True)


if __name__ == "__main__":
    main()

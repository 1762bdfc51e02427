"""The list of what is due on a simulated country: a commune's, a province's, the country's; counts, pages, addresses.

    TOCHUC_VAR=/tmp/country python benchmarks/bench_due.py     in the database that the settings name, which holds a
                                                              country made by ``tochuc simulate``; nothing is kept

Working every duty out, which the list did before it counted in the database, stands beside it (not for the country).
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROUNDS = 5
COMMUNE = "xm{commune}"
LEVELS = (
    ("cell", "", 20),
    ("commune", COMMUNE, 100),
    ("province", "t0", 1000),
    ("country", "ca-nuoc", 0),
)
PAGES = (
    "/",
    "/?nhom=qua-han",
    "/?q=nguyen",
    "/viec-can-lam/don-vi/",
    "/viec-can-lam/sap-toi/",
    "/to-chuc/{code}/",
)


def main() -> None:
    """Ask at each level, print the figures."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tochuc.config.settings"
    from tochuc.config.embedded import ensure_started

    ensure_started()
    import django

    django.setup()
    from django.db import connection, transaction

    from tochuc.org.models import Organisation

    merged = Organisation.objects.filter(kind="commune_committee").count()
    print(
        f"{ROUNDS} rounds on {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ms: median, best; processor"
    )
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        for name, code, budget in LEVELS:
            branch = Organisation.objects.get(code=(code or COMMUNE).format(commune=merged // 2))
            _level(name, branch if code else _cell_of(branch), budget)
        transaction.set_rollback(True)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _cell_of(commune: Any) -> Any:
    """A cell below the commune."""
    from tochuc.org.models import Organisation

    below = Organisation.objects.filter(kind__in=("cell", "grassroots_cell"), above_rows__above=commune)
    return below.order_by("pk").first()


def _level(name: str, branch: Any, budget: int) -> None:
    from django.test import Client

    from tochuc.access.clock import today
    from tochuc.access.models import Account, Assignment
    from tochuc.access.viewer import Viewer
    from tochuc.duties import asking, duty
    from tochuc.duties.sifting import Asked, key_of

    account = Account.objects.create(username=f"due-{branch.code}", full_name="Bench")
    Assignment.objects.create(
        account=account,
        role="cell_secretary" if name == "cell" else "organisation_officer",
        organisation=branch,
        since=date(2020, 1, 1),
    )

    def look(asked: Asked = asking.EVERYTHING, **given: Any) -> asking.Found:
        return asking.look(Viewer(account, today()), asked, **given)

    if budget:
        _hold_congresses(branch)
    whole = look(size=40)
    kinds: dict[str, int] = {}
    for one in whole.by_kind:
        kinds[one.kind] = kinds.get(one.kind, 0) + one.n
    print(f"{name}: {whole.total:,} duties: {kinds}")
    _print(f"{name}: counts and the first forty", budget, lambda: look(size=40, split=[branch.pk]))
    _print(f"{name}: counts alone", budget, look)
    last = whole.slips[-1]
    _print(f"{name}: the next forty", budget, lambda: look(size=40, after=key_of(last)))
    _print(f"{name}: the last forty", budget, lambda: look(size=40, skip=max(whole.total - 40, 0)))
    _print(f"{name}: those with «nguyen»", budget, lambda: look(Asked(words="nguyen"), size=40))
    if budget:
        _print(f"{name}: every duty worked out", 0, lambda: duty.collect(Viewer(account, today())))
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    for path in (one.format(code=branch.code) for one in PAGES):
        if client.get(path).status_code == 200:
            _print(f"{name}: page {path}", 50 if 0 < budget <= 100 else 0, lambda path=path: client.get(path))


def _hold_congresses(branch: Any) -> None:
    """A congress in 2021 for every second cell: the made-up country has none, so no term would be due."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_CONGRESSES, [branch.pk])


_CONGRESSES = """
    INSERT INTO org_organisationevent (organisation_id, kind, happened_on, recorded_at, decision, data)
    SELECT u.unit_id, 'congress', DATE '2021-06-10' + (u.unit_id %% 200)::int, now(), '', '{}'
    FROM org_under u JOIN org_organisation o ON o.id = u.unit_id
    WHERE u.above_id = %s AND u.until = DATE '9999-12-31' AND o.kind IN ('cell', 'grassroots_cell') AND u.unit_id %% 2 = 0
"""


def _print(what: str, budget: int, ask: Callable[[], Any]) -> None:
    """Median and best on the clock; and the processor time of a round, which another's load doesn't lengthen much."""
    spent, busy = [], _busy()
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - begun) * 1000)
        if sum(spent) > 30_000:
            break
    allowed = f" (budget {budget})" if budget else ""
    own = (_busy() - busy) * 1000 / len(spent)
    print(
        f"{what}: {statistics.median(spent):.1f}, {min(spent):.1f}; processor {own:.0f}{allowed}", flush=True
    )


def _busy() -> float:
    """Seconds of processor time of this process and of its server process, which works alone (no parallel plans)."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    return time.process_time() + (int(fields[11]) + int(fields[12])) / ticks


if __name__ == "__main__":
    main()

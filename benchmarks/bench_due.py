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
from typing import Any

ROUNDS = 7
LEVELS = (("commune", "xm{commune}", 100), ("province", "t0", 1000), ("country", "ca-nuoc", 0))
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
    from django.db import transaction

    from tochuc.org.models import Organisation

    merged = Organisation.objects.filter(kind="commune_committee").count()
    print(
        f"{ROUNDS} rounds on {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ms, median and best"
    )
    with transaction.atomic():
        for name, code, budget in LEVELS:
            _level(name, Organisation.objects.get(code=code.format(commune=merged // 2)), budget)
        transaction.set_rollback(True)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _level(name: str, branch: Any, budget: int) -> None:
    from django.test import Client

    from tochuc.access.clock import today
    from tochuc.access.models import Account, Assignment
    from tochuc.access.viewer import Viewer
    from tochuc.duties import asking, duty
    from tochuc.duties.sifting import Asked

    account = Account.objects.create(username=f"bench-{branch.code}", full_name="Bench")
    Assignment.objects.create(
        account=account, role="organisation_officer", organisation=branch, since=date(2020, 1, 1)
    )

    def look(asked: Asked = asking.EVERYTHING, **given: Any) -> asking.Found:
        return asking.look(Viewer(account, today()), asked, **given)

    whole = look(size=40)
    kinds: dict[str, int] = {}
    for one in whole.by_kind:
        kinds[one.kind] = kinds.get(one.kind, 0) + one.n
    print(f"{name}: {whole.total:,} duties: {kinds}")
    _print(f"{name}: counts and the first forty", budget, lambda: look(size=40, split=[branch.pk]))
    _print(f"{name}: counts alone", budget, look)
    last = whole.slips[-1]
    _print(f"{name}: the next forty", budget, lambda: look(size=40, after=(last.due_on, last.kind, last.key)))
    _print(f"{name}: the last forty", budget, lambda: look(size=40, skip=max(whole.total - 40, 0)))
    _print(f"{name}: those with «nguyen»", budget, lambda: look(Asked(words="nguyen"), size=40))
    if budget:
        _print(f"{name}: every duty worked out", 0, lambda: duty.collect(Viewer(account, today())))
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    for path in (one.format(code=branch.code) for one in PAGES):
        if client.get(path).status_code == 200:
            _print(f"{name}: page {path}", 50 if budget == 100 else 0, lambda path=path: client.get(path))


def _print(what: str, budget: int, ask: Callable[[], Any]) -> None:
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - begun) * 1000)
        if sum(spent) > 60_000:
            break
    allowed = f" (budget {budget})" if budget else ""
    print(f"{what}: {statistics.median(spent):.1f}, {min(spent):.1f}{allowed}", flush=True)


if __name__ == "__main__":
    main()

"""`tochuc simulate`: what it writes is what the folds give, whole, repeatable, and only into an empty database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from tochuc.exchange.simulate.country import planned, units
from tochuc.exchange.simulate.lives import people_of
from tochuc.exchange.simulate.rows import make
from tochuc.kernel.names import fold as fold_name
from tochuc.kernel.names import sort_key
from tochuc.members import folds

MEMBERS, UNTIL = 700, date(2026, 6, 30)
_TOCHUC = str(Path(sys.executable).with_name("tochuc"))
# Folds everything anew by the ledger's and the tree's own means, and compares.
_REFOLD = """
from tochuc.config.embedded import ensure_started
ensure_started()
import django
django.setup()
from django.db import transaction
from tochuc.members import bulk, models as members
from tochuc.org import bulk as tree, models as org
from tochuc.org.models import Organisation

TABLES = [members.Membership, members.Movement, members.Holds, members.Condition, org.OrganisationSpan, org.Under,
          org.Succession, org.Heir]

def state():
    found = {}
    for model in TABLES:
        own = [f.attname for f in model._meta.concrete_fields if f.name != "id" and not f.generated]
        found[model.__name__] = sorted(model.objects.values_list(*own), key=repr)
    found["Person"] = list(members.Person.objects.order_by("pk").values_list("pk", "home", "standing"))
    named = Organisation.objects.order_by("pk")
    found["Organisation"] = list(named.values_list("pk", "name", "short_name", "kind", "since", "until", "fold"))
    return found

before = state()
bulk.refold_many(members.Person.objects.values_list("pk", flat=True))
with transaction.atomic():
    tree.restand(list(Organisation.objects.all()))
after = state()
for name, rows in before.items():
    assert rows, name
    assert rows == after[name], (name, [pair for pair in zip(rows, after[name]) if pair[0] != pair[1]][:3])
print("the same:", len(before["Person"]))
"""


def _run(*command: str, var: Path) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TOCHUC_", "DATABASE_"))}
    said = kept | {"TOCHUC_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tochuc.config.settings"}
    return subprocess.run(command, env=said, capture_output=True, text=True, timeout=300, check=False)


def _simulate(var: Path, *more: str) -> subprocess.CompletedProcess[str]:
    sizes = ("--members", str(MEMBERS), "--until", UNTIL.isoformat(), "--processes", "2")
    return _run(_TOCHUC, "simulate", *sizes, *more, var=var)


@pytest.fixture(scope="module")
def country() -> Iterator[Path]:
    """A small country in a database of its own."""
    var = Path(tempfile.mkdtemp(prefix="tochuc-simulate-"))
    try:
        assert _run(_TOCHUC, "migrate", var=var).returncode == 0
        made = _simulate(var)
        assert made.returncode == 0, made.stderr
        yield var
    finally:
        shutil.rmtree(var, ignore_errors=True)


def test_what_is_written_is_what_the_folds_give(country: Path) -> None:
    answer = _run(sys.executable, "-c", _REFOLD, var=country)

    assert answer.stdout.strip() == f"the same: {MEMBERS + MEMBERS // 4}", answer.stdout + answer.stderr


def test_the_country_passes_every_check(country: Path) -> None:
    answer = _run(_TOCHUC, "check", var=country)

    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_database_that_holds_anyone_is_refused(country: Path) -> None:
    answer = _simulate(country)

    assert answer.returncode != 0
    assert "chỉ tạo trong cơ sở dữ liệu trống" in answer.stderr


@pytest.mark.parametrize("wrong", [("--members", "0"), ("--until", "1990-01-01"), ("--until", "2999-01-01")])
def test_a_size_or_day_that_can_not_be_is_refused(country: Path, wrong: tuple[str, str]) -> None:
    answer = _simulate(country, *wrong)

    assert answer.returncode != 0
    assert f"{wrong[0]}: cần một" in answer.stderr


def test_the_same_seed_gives_the_same_country_whoever_makes_it() -> None:
    plan, until = planned(3000), UNTIL.toordinal()

    whole = make(plan, range(plan.communes), 7, until)
    halves = [make(plan, part, 7, until) for part in (range(2), range(2, plan.communes))]

    assert whole == {table: halves[0][table] + halves[1][table] for table in whole}
    assert whole != make(plan, range(plan.communes), 8, until)


def test_every_life_of_a_larger_country_folds() -> None:
    plan, until = planned(9000), UNTIL.toordinal()
    people = [life for n in range(plan.communes) for life in people_of(plan, n, 3, until)]

    present = 0
    for life in people:
        happened = [
            SimpleNamespace(
                id=n,
                kind=e.kind,
                happened_on=date.fromordinal(e.day),
                organisation_id=e.organisation,
                post_id=e.post,
                data={"standing": e.standing},
                corrects_id=n - e.corrects if e.corrects else None,
            )
            for n, e in enumerate(life.events)
        ]
        present += folds.fold(happened).last.in_party
        assert max(e.day for e in life.events) <= until
        assert (life.fold, life.sort_key) == (fold_name(life.name), sort_key(life.name))
    assert present == 9000
    assert {e.kind for life in people for e in life.events} >= {
        "died",
        "removed",
        "exempted",
        "left_post",
        "arrived",
    }


@pytest.mark.parametrize("members", [100, 700, 30_000, 5_600_000])
def test_organisations_of_any_size_form_one_tree(members: int) -> None:
    plan = planned(members)

    if members < 100_000:
        made = {unit.pk: unit for unit in units(plan, 1, UNTIL)}
        assert sorted(made) == list(range(1, plan.first_cell + plan.cells))
        parents = {u.parent for u in made.values()} | {u.parent_since_reform for u in made.values()}
        assert parents - {None} <= set(made)
    cells = [cell for n in range(plan.communes) for cell in plan.cells_of(n)]
    assert cells == list(range(plan.cells))
    assert members / plan.cells == pytest.approx(22.4, rel=0.2)

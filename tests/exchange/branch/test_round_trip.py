"""A branch goes out as open files and comes back into an empty database as it was: the same files, the same figures."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections

from access.scene import Scene
from cast import TODAY, Cast
from databases import Server
from databases import tables as with_tables
from dues.month import CELL_TABLES
from exchange.branch.filled import filled
from tochuc.audit.models import Entry
from tochuc.cases.models import Case, CasePaper
from tochuc.exchange.branch.read import import_branch
from tochuc.exchange.branch.tables import LEFT_OUT, NOT_OURS, WITHOUT_MODEL, tables
from tochuc.exchange.branch.write import export_branch
from tochuc.kernel.errors import Refused
from tochuc.members import identity
from tochuc.org.models import Organisation
from web.browsing import own_folders  # noqa: F401

pytestmark = pytest.mark.usefixtures("own_folders")

_MORE = (
    *("cases.Case", "cases.CaseMove", "cases.CasePaper", "cases.CaseParty", "lists.SavedList"),
    *("reorganise.Draft", "reorganise.Reorganisation", "reorganise.Touched", "regulations.LocalValue"),
    *("reports.SealedReport", "reconcile.Claim", "desk.Checked", "exchange.KeptColumns"),
)
"""Tables of which the branch that is exported holds something."""
_THERE = """
import json, os, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.apps import apps
from django.db import connection, connections
host, port, owner, password, name, come, go, code, *more = sys.argv[1:]
for alias in ("owner", "default"):
    connections[alias].settings_dict.update(HOST=host, PORT=port, NAME=name)
connections["owner"].settings_dict.update(USER=owner, PASSWORD=password)
connections["default"].settings_dict.update(USER="tochuc_app", PASSWORD="tochuc-tests")
call_command("prepare", verbosity=0)
call_command("import_", "branch", come, stdout=sys.stderr)
call_command("export", "--org", code, "--to", go, *more, stdout=sys.stderr)
from exchange.branch.figures import figures
print(json.dumps(figures(code)))
"""


@pytest.fixture
def elsewhere(server: Server, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Take an export into an empty database of its own, export it from there, and tell the figures found there."""
    said = connections["owner"].settings_dict
    name = f"tochuc_trip_{os.getpid()}"
    like = with_tables()
    server.create(name, like=like if server.has(like) else "template0")

    def go(come: Path, back: Path, code: str, *more: str) -> Any:
        place = [str(said[key] or "") for key in ("HOST", "PORT", "USER", "PASSWORD")]
        done = subprocess.run(
            [sys.executable, "-c", _THERE, *place, name, str(come), str(back), code, *more],
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "tochuc.config.settings",
                "TOCHUC_TODAY": TODAY.isoformat(),
                "TOCHUC_VAR": str(tmp_path / "var"),
                "PYTHONPATH": str(Path(__file__).parents[2]),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    yield go
    server.drop(name)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("whole", [True, False], ids=["everything", "one commune"])
def test_what_comes_back_is_what_went_out(
    scene: Scene, tmp_path: Path, elsewhere: Callable[..., Any], whole: bool
):
    from exchange.branch.figures import figures

    cast = filled(scene)
    branch = cast.province if whole else cast.commune_a
    out, back = tmp_path / "out", tmp_path / "back"
    counts = export_branch(branch, out, by=cast.actor(), closed_files=True)
    assert counts["members.Person"] > 1
    assert counts["programme.Task"] > 1
    for label in (*_MORE, *CELL_TABLES):
        assert counts[label], label
    if whole:
        here = {table.label: table.model._default_manager.count() for table in tables()}
        # The account of nobody has neither role nor record: it belongs to no branch.
        assert counts == here | {"access.Account": here["access.Account"] - 1}
    there = elsewhere(out, back, branch.code, "--closed-files")
    assert _files(back) == _files(out)
    assert there == json.loads(json.dumps(figures(branch.code)))


def test_every_table_travels_or_is_named_with_the_reason_why_not(cast: Cast):
    travelling = {table.model for table in tables()}
    named = {model for model in apps.get_models() if model._meta.label in LEFT_OUT}
    others = {model for model in apps.get_models() if model._meta.app_label in NOT_OURS}
    assert set(apps.get_models()) == travelling | named | others
    assert {model._meta.label for model in named} == set(LEFT_OUT)
    assert not travelling & (named | others)
    everything = set(connection.introspection.table_names())
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert everything - ours == set(WITHOUT_MODEL)
    assert all([*LEFT_OUT.values(), *NOT_OURS.values(), *WITHOUT_MODEL.values()])


def test_closed_files_and_their_scans_go_along_only_where_that_is_said(scene: Scene, tmp_path: Path):
    cast = filled(scene)
    scan = CasePaper.objects.get(move__case__closed_file=True, move__case__organisation=cast.a1).file
    assert scan is not None
    for closed in (False, True):
        counts = export_branch(cast.province, tmp_path / str(closed), by=cast.actor(), closed_files=closed)
        assert counts["cases.Case"] == Case.objects.filter(closed_file__in=[False, closed]).count()
        kept = (tmp_path / str(closed) / "files" / scan.sha256).exists()
        assert kept == closed
    manifest = json.loads((tmp_path / "False" / "datapackage.json").read_text(encoding="utf-8"))
    assert manifest["closed_files"] is False


def test_a_value_that_a_superior_set_goes_along_with_the_branch_it_holds_for(scene: Scene, tmp_path: Path):
    cast = filled(scene)
    export_branch(cast.commune_a, tmp_path / "out", by=cast.actor())
    with (tmp_path / "out" / "regulations.LocalValue.csv").open(encoding="utf-8") as file:
        places = {row["organisation_id"] for row in csv.DictReader(file)}
    assert places == {str(cast.commune_a.pk), str(cast.district.pk)}


def test_a_branch_takes_nobody_of_another_along(scene: Scene, tmp_path: Path):
    cast = filled(scene)
    tmp_path /= "out"
    export_branch(cast.commune_a, tmp_path, by=cast.actor(), closed_files=True)
    with (tmp_path / "members.Person.csv").open(encoding="utf-8") as file:
        people = {row["full_name"] for row in csv.DictReader(file)}
    assert cast.people["other_a1"].full_name in people
    assert cast.people["canary"].full_name not in people
    everything = b"".join(_files(tmp_path).values()).decode(errors="replace")
    assert cast.people["canary"].full_name not in everything
    assert "sơn ca" not in everything


def test_no_password_goes_along_and_an_identity_number_only_when_asked(
    cast: Cast, tmp_path: Path, elsewhere: Callable[..., Any]
):
    person = cast.people["other_a1"]
    identity.set_national_id(person, "049175000123", by=cast.actor())
    cast.officer.set_password("mat khau rat dai")
    cast.officer.save()
    plain, asked, back = (tmp_path / name for name in ("plain", "asked", "back"))
    export_branch(cast.province, plain, by=cast.actor())
    everything = b"".join(_files(plain).values()).decode()
    assert "049175000123" not in everything
    assert "argon2" not in everything
    export_branch(cast.province, asked, by=cast.actor(), identity_numbers=True)
    assert "049175000123" in (asked / "identity-numbers.csv").read_text()
    elsewhere(asked, back, cast.province.code, "--identity-numbers")
    assert _files(back) == _files(asked)


def test_an_export_is_written_in_the_trail(cast: Cast, tmp_path: Path):
    tmp_path /= "out"
    export_branch(cast.commune_a, tmp_path, by=cast.actor())
    entry = Entry.objects.filter(action="branch.exported").latest("pk")
    assert entry.data["identity_numbers"] is False


def test_the_manifest_describes_every_column_of_every_file(cast: Cast, tmp_path: Path):
    tmp_path /= "out"
    export_branch(cast.commune_a, tmp_path, by=cast.actor())
    manifest = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["name"] for one in manifest["resources"]} == {table.label for table in tables()}
    for resource in manifest["resources"]:
        with (tmp_path / resource["path"]).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == [field["name"] for field in resource["schema"]["fields"]]
        assert len(rows) == resource["rows"]
        assert resource["description"]
    assert all(LEFT_OUT.values())


def test_a_database_that_holds_something_takes_nothing_in(cast: Cast, tmp_path: Path):
    tmp_path /= "out"
    export_branch(cast.commune_a, tmp_path, by=cast.actor())
    with pytest.raises(Refused, match="còn trống"):
        import_branch(tmp_path, by=cast.actor())


@pytest.mark.parametrize("what", ["missing", "changed", "unreadable", "no_manifest"])
def test_files_that_are_not_an_export_are_refused_with_what_is_wrong(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
):
    tmp_path /= "out"
    export_branch(cast.commune_a, tmp_path, by=cast.actor())
    path = tmp_path / "org.Organisation.csv"
    if what == "missing":
        path.unlink()
    elif what == "changed":
        path.write_bytes(path.read_bytes() + b"1\n")
    elif what == "unreadable":
        (tmp_path / "datapackage.json").write_text("{")
    else:
        (tmp_path / "datapackage.json").unlink()
    monkeypatch.setattr("tochuc.exchange.branch.read._is_empty", lambda: True)
    before = Organisation.objects.count()
    with pytest.raises(Refused) as refused:
        import_branch(tmp_path, by=cast.actor())
    assert refused.value.message
    assert Organisation.objects.count() == before

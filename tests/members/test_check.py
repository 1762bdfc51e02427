"""`tochuc check`: each invariant broken once by the tables' owner is named, with whom it concerns and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from cast import CANARY_NAME, Cast
from tochuc.kernel.violations import Violation
from tochuc.members import balances, refolding
from tochuc.members.invariants import violations
from tochuc.members.models import Person
from tochuc.org import invariants as tree
from tochuc.org.models import Organisation

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

_CANARY = f"(SELECT id FROM members_person WHERE full_name = '{CANARY_NAME}')"
_A1 = "(SELECT id FROM org_organisation WHERE code = 'xa-a-thon-dong')"
_B1 = "(SELECT id FROM org_organisation WHERE code = 'xa-b-thon-thuong')"
_XA_B = "(SELECT id FROM org_organisation WHERE code = 'xa-b')"
_LATEST = f"(SELECT max(id) FROM members_memberevent WHERE person_id = {_CANARY})"


@pytest.fixture
def owner(cast: Cast) -> Iterator[Cast]:
    """The tables' owner at work, who can do what the application can't; all of it is undone."""
    application = connections["default"]
    connections["default"] = connections["owner"]
    try:
        with transaction.atomic():
            yield cast
            transaction.set_rollback(True)
    finally:
        connections["default"] = application


def _break(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _found() -> list[Violation]:
    everyone = refolding.differences(Person.objects.values_list("pk", flat=True))
    return [*violations(), *everyone]


_EVENT = (
    "INSERT INTO members_memberevent (person_id, kind, happened_on, recorded_at, decision_number, decision_by,"
    " data, reason, organisation_id, corrects_id) VALUES "
)
_BREAKS = {
    "balance": (
        f"UPDATE members_membership SET since = since + 1 WHERE person_id = {_CANARY} AND until > now()",
    ),
    "stays": (
        "ALTER TABLE members_membership DROP CONSTRAINT membership_stays_apart",
        "INSERT INTO members_membership (person_id, organisation_id, standing, since, until)"
        f" VALUES ({_CANARY}, {_A1}, 'official', '2020-01-01', '9999-12-31')",
    ),
    "gap": (
        f"UPDATE members_movement SET from_standing = 'official' WHERE person_id = {_CANARY} AND reason = 'opening'",
    ),
    "standing": (f"UPDATE members_person SET home_id = {_A1} WHERE id = {_CANARY}",),
    "event": (
        f"{_EVENT} ({_CANARY}, 'transferred', '2023-01-05', '2023-01-06', '', '', '{{}}', '', {_A1}, NULL)",
    ),
    "recorded_before": (
        f"UPDATE members_memberevent SET recorded_at = happened_on - 2 WHERE id = {_LATEST}",
    ),
    "corrects_other": (
        f"{_EVENT} ({_CANARY}, 'void', '2023-01-05', '2023-01-06', '', '', '{{}}', 'x', NULL,"
        f" (SELECT max(id) FROM members_memberevent WHERE person_id <> {_CANARY} AND corrects_id IS NULL"
        " AND id NOT IN (SELECT corrects_id FROM members_memberevent WHERE corrects_id IS NOT NULL)))",
    ),
    "born": (f"UPDATE members_person SET birth_on = '2023-04-01' WHERE id = {_CANARY}",),
    "organisation": (f"UPDATE org_organisation SET until = '2023-01-01' WHERE id = {_B1}",),
    "post": (
        "INSERT INTO members_holds (person_id, post_id, since, until)"
        f" SELECT {_CANARY}, min(id), '1999-01-01', '1999-02-01' FROM org_post",
    ),
    "post_ended": ("UPDATE org_post SET until = '2001-01-01', since = '2000-01-01'",),
    "post_event": (
        "INSERT INTO members_holds (person_id, post_id, since, until)"
        f" SELECT {_CANARY}, min(id), '2023-04-01', '2023-04-02' FROM org_post",
    ),
    "condition_event": (
        "INSERT INTO members_condition (person_id, kind, since, until, event_id)"
        f" VALUES ({_CANARY}, 'exempt', '2023-04-01', '2023-04-02', {_LATEST})",
    ),
    "fold": (f"DELETE FROM members_movement WHERE person_id = {_CANARY}",),
    "contradiction": (
        f"{_EVENT} ({_CANARY}, 'exemption_ended', '2023-01-05', '2023-01-06', '', '', '{{}}', '', NULL, NULL)",
    ),
    "name": (f"UPDATE members_person SET sort_key = 'x' WHERE id = {_CANARY}",),
    "tree": (f"DELETE FROM org_under WHERE unit_id = {_B1}",),
    "superior": (f"UPDATE org_organisation SET until = '2023-01-01' WHERE id = {_XA_B}",),
    "cycle": (f"UPDATE org_organisationspan SET parent_id = {_B1} WHERE organisation_id = {_XA_B}",),
    "closure": (f"UPDATE org_under SET since = since + 1 WHERE unit_id = {_B1} AND depth = 2",),
    "span_overlap": (
        "INSERT INTO org_organisationspan (organisation_id, name, short_name, kind, cell_kind, parent_id, since, until)"
        f" VALUES ({_B1}, 'x', 'x', 'cell', '', {_XA_B}, '2020-01-01', '2020-02-01')",
    ),
    "latest": (f"UPDATE org_organisation SET name = 'Chi bộ khác' WHERE id = {_B1}",),
    "organisation_fold": (
        f"UPDATE org_organisationspan SET name = 'Chi bộ khác' WHERE organisation_id = {_B1}",
    ),
}


def test_the_characters_break_nothing(owner: Cast) -> None:
    assert _found() == []
    assert list(balances.unequal(owner.today)) == []


@pytest.mark.parametrize("code", _BREAKS)
def test_a_broken_invariant_is_named_with_whom_and_how_to_mend_it(owner: Cast, code: str) -> None:
    _break(*_BREAKS[code])

    of_code = [one for one in _found() if one.code == code]

    assert of_code, code
    for one in of_code:
        assert one.kind in {"person", "organisation"}
        assert one.mend
        assert one.problem.strip()
        assert "{" not in one.problem
        known = (
            Person.objects.values_list("ref")
            if one.kind == "person"
            else Organisation.objects.values_list("code")
        )
        assert (one.key,) in known


def test_a_statement_that_does_not_come_out_is_named(owner: Cast) -> None:
    _break("DELETE FROM members_movement WHERE \"on\" >= '2022-01-01'")

    found = list(balances.unequal(owner.today))

    assert {one.code for one in found} == {"statement", "totals"}
    assert any("đầu kỳ cộng tăng trừ giảm" in one.problem for one in found)


def test_a_total_that_is_not_what_the_ledger_gives_is_named_with_its_month_and_mended(owner: Cast) -> None:
    _break("UPDATE members_branchday SET n = n + 1 WHERE \"on\" = '2022-05-10' AND reason = 'admitted'")

    found = list(balances.unequal(owner.today))

    assert {(one.code, one.key) for one in found} == {("totals", "tinh")}
    assert ["05/2022" in one.problem for one in found] == [True]
    status, _said = _run("--mend")
    assert status == 1
    assert list(balances.unequal(owner.today)) == []


def test_a_total_of_a_month_that_is_not_the_sum_of_its_days_is_named(owner: Cast) -> None:
    _break("DELETE FROM members_branchmonth WHERE month = '2022-05-01'")

    found = list(balances.unequal(owner.today))

    assert [one.code for one in found] == ["totals", "statement"]
    assert "05/2022" in found[0].problem


def test_every_check_is_broken_above() -> None:
    from tochuc.members import invariants

    codes = {check.code for module in (invariants, tree) for check in module._CHECKS}
    codes |= set(invariants._OF_LIVES)
    assert codes | {"fold", "contradiction", "name", "organisation_fold"} == set(_BREAKS)


def _run(*options: str) -> tuple[int, Any]:
    out, status = StringIO(), 0
    try:
        call_command("verify", *options, stdout=out)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, out.getvalue()


def test_a_whole_record_ends_well(owner: Cast) -> None:
    assert _run() == (0, "Đạt: sổ và nhật ký khớp.\n")
    status, said = _run("--format", "json", "--refold", "all")
    assert (status, json.loads(said)) == (0, {"ok": True, "violations": []})


def test_violations_in_machine_form(owner: Cast) -> None:
    _break(*_BREAKS["standing"])

    status, said = _run("--format", "json")

    named = [one for one in json.loads(said)["violations"] if one["code"] == "standing"]
    assert status == 1
    assert [(one["kind"], one["name"]) for one in named] == [("person", CANARY_NAME)]
    assert set(named[0]) == {"code", "kind", "key", "name", "problem", "mend"}


def test_a_changed_entry_of_the_trail_is_named(owner: Cast) -> None:
    _break("UPDATE audit_entry SET reason = 'khác' WHERE id = (SELECT min(id) FROM audit_entry)")

    status, said = _run()

    assert status == 1
    assert "nội dung đã bị sửa" in said


@pytest.mark.parametrize(
    "code", ["balance", "standing", "gap", "fold", "condition_event", "closure", "latest"]
)
def test_what_only_needs_folding_is_mended(owner: Cast, code: str) -> None:
    _break(*_BREAKS[code])

    status, said = _run("--mend", "--refold", "all")

    assert status == 1
    assert "Đã tổng hợp lại" in said
    assert _found() == []


def test_what_people_must_decide_is_left_alone(owner: Cast) -> None:
    _break(*_BREAKS["born"])

    _run("--mend")

    assert "born" in {one.code for one in _found()}

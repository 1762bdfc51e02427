"""Who is found by name in which large branch: kept as people and organisations change.

The view ``members_branchofunit`` says of each unit under which large branches it stands or ever stood, or those that
answer for it since it ended: so whoever a branch may see on any day is in its list. Where a person's name, birth or
place changes, the database itself writes their rows (migration 0015). Here they follow the tree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tochuc.kernel.violations import ORGANISATION, Check
from tochuc.members.models import BranchName
from tochuc.org import tree
from tochuc.org.models import Organisation

RELIST = "chạy «tochuc check --mend» để lập lại danh sách tìm kiếm của đảng bộ này"
_Branches = dict[int, frozenset[int]]


def kept_of(branch: int) -> bool:
    """Whether this branch (by id) has such a list."""
    return BranchName.objects.filter(branch=branch).exists()


@contextmanager
def following_tree(units: Collection[int]) -> Iterator[None]:
    """Compute the closure of these units (by id) anew within: their people are listed where they stand now."""
    before = _branches_of(units)
    yield
    _follow(before, _branches_of(units))
    turned = _asked(_TURNED, {"units": list(units)})
    if turned:
        rebuild([row[0] for row in turned])


@contextmanager
def following_heirs() -> Iterator[None]:
    """Work out within who answers for organisations that ended: their people are listed where these stand."""
    before = _branches_of(_ended())
    yield
    _follow(before, _branches_of({*before, *_ended()}))


def _ended() -> set[int]:
    return {row[0] for row in _asked("SELECT ended_id FROM org_heir", {})}


def _branches_of(units: Collection[int]) -> _Branches:
    rows = _asked(_OF_UNITS, {"units": list(units)})
    return {unit: frozenset(branches) for unit, branches in rows}


def _follow(before: _Branches, after: _Branches) -> None:
    changed = sorted(unit for unit in {*before, *after} if before.get(unit) != after.get(unit))
    if not changed:
        return
    with connection.cursor() as cursor:
        # Whoever is being renamed meanwhile is waited for, and listed under the new name.
        for statement in (_HELD, _GONE, _LISTED.format(which="p.home_id = ANY(%(units)s)")):
            cursor.execute(statement, {"units": changed})


def _asked(query: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchall()


def mend(codes: Collection[str]) -> None:
    """List everyone of these branches (by code) anew. Call within a transaction."""
    tree.hold_still()
    rebuild(list(Organisation.objects.filter(code__in=codes).values_list("pk", flat=True)))


def rebuild(branches: Collection[int] | None = None, *, cursor: Any = None) -> None:
    """List everyone of these branches (by id; all for None) anew. Call within a transaction."""
    if cursor is None:
        with connection.cursor() as own:
            rebuild(branches, cursor=own)
        return
    given = {"branches": None if branches is None else list(branches)}
    cursor.execute(f"DELETE FROM members_branchname WHERE {_OF_THESE}", given)
    cursor.execute(_REBUILT, given)


_OF_THESE = "(%(branches)s::bigint[] IS NULL OR branch_id = ANY(%(branches)s))"
_COLUMNS = "branch_id, person_id, sort_key, fold, born"
_ROW = "p.id, p.sort_key, p.fold, extract(year FROM p.birth_on)::smallint"

_OF_UNITS = """
    SELECT unit_id, array_agg(DISTINCT branch_id) FROM members_branchofunit
    WHERE unit_id = ANY(%(units)s) GROUP BY unit_id
"""
# Those of the units that have become large branches with a superior, or no longer are.
_TURNED = """
    SELECT unit FROM unnest(%(units)s::bigint[]) unit
    WHERE EXISTS (SELECT 1 FROM members_branchofunit b WHERE b.unit_id = unit AND b.branch_id = unit)
       <> EXISTS (SELECT 1 FROM members_branchname n WHERE n.branch_id = unit)
"""
_HELD = "SELECT id FROM members_person WHERE home_id = ANY(%(units)s) ORDER BY id FOR SHARE"
_GONE = """
    DELETE FROM members_branchname n USING members_person p
    WHERE p.home_id = ANY(%(units)s) AND n.person_id = p.id
"""
_LISTED = f"""
    INSERT INTO members_branchname ({_COLUMNS})
    SELECT b.branch_id, {_ROW} FROM members_person p
    JOIN (SELECT DISTINCT unit_id, branch_id FROM members_branchofunit WHERE unit_id = ANY(%(units)s)) b
      ON b.unit_id = p.home_id
    WHERE p.merged_into_id IS NULL AND {{which}}
"""
# In the order of names, so that those of one branch lie together.
_REBUILT = f"""
    INSERT INTO members_branchname ({_COLUMNS})
    SELECT b.branch_id, {_ROW} FROM members_person p
    JOIN (SELECT DISTINCT unit_id, branch_id FROM members_branchofunit WHERE {_OF_THESE}) b ON b.unit_id = p.home_id
    WHERE p.merged_into_id IS NULL ORDER BY b.branch_id, p.sort_key
"""

# Both sides are added up for each branch as hashes: where they are equal nobody is missing, twice, or under another name.
LISTED = Check(
    "names",
    ORGANISATION,
    "danh sách tìm kiếm không khớp với hồ sơ và cây tổ chức",
    RELIST,
    """
    WITH pairs AS MATERIALIZED (
        SELECT DISTINCT unit_id, branch_id FROM members_branchofunit
    ), expected AS (
        SELECT b.branch_id, count(*) AS n, sum(hashint8extended(p.id, hashtextextended(
                   p.sort_key || '|' || p.fold || '|' || extract(year FROM p.birth_on)::smallint, 0)) >> 1) AS rows
        FROM members_person p JOIN pairs b ON b.unit_id = p.home_id WHERE p.merged_into_id IS NULL GROUP BY 1
    ), listed AS (
        SELECT branch_id, count(*) AS n, sum(hashint8extended(person_id, hashtextextended(
                   sort_key || '|' || fold || '|' || born, 0)) >> 1) AS rows
        FROM members_branchname GROUP BY 1
    )
    SELECT o.code, o.name FROM expected FULL JOIN listed USING (branch_id)
    JOIN org_organisation o ON o.id = branch_id
    WHERE (expected.n, expected.rows) IS DISTINCT FROM (listed.n, listed.rows)
    """,
)

"""The ledger's invariants on real data, each a query that gives the rows which break it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from tochuc.members.record_fields import COLUMNS, TABLES
from tochuc.members.record_values import DERIVED


def _names(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


# The value that holds of each field that was ever changed, beside what the record says; only of who has facts.
_FACTS = f"""
    SELECT DISTINCT p.ref, p.full_name FROM (
        SELECT DISTINCT ON (f.person_id, f.field) f.person_id, f.field, f.value #>> '{{}}' AS said
        FROM members_fact f
        WHERE NOT EXISTS (SELECT 1 FROM members_fact c WHERE c.corrects_id = f.id)
        ORDER BY f.person_id, f.field, f.since DESC NULLS LAST, f.id DESC
    ) held JOIN members_person p ON p.id = held.person_id
    WHERE held.field NOT IN ({_names(TABLES)}) AND held.said IS DISTINCT FROM CASE held.field
        WHEN 'birth' THEN left(p.birth_on::text, CASE p.birth_precision WHEN 'day' THEN 10 WHEN 'month' THEN 7 ELSE 4 END)
        WHEN 'national_id' THEN coalesce(p.identity_id::text, '')
        {" ".join(f"WHEN '{code}' THEN p.{code}" for code in COLUMNS if code not in DERIVED or code == "full_name")}
        ELSE coalesce(p.details ->> held.field, '') END
"""

# Folded tables checked against one another and the tree; what a constraint already holds isn't repeated.
_CHECKS = {
    "standing": (
        "người có tình trạng khác với sổ",
        "chạy lại việc tổng hợp sổ cho người này",
        """
        SELECT p.ref, p.full_name FROM members_person p
        LEFT JOIN members_membership m ON m.person_id = p.id AND m.until = '9999-12-31'
        WHERE p.standing IS DISTINCT FROM coalesce(m.standing, 'outside')
        """,
    ),
    "movement": (
        "số lần vào, ra một chi bộ không khớp với thời gian sinh hoạt",
        "chạy lại việc tổng hợp sổ cho người này",
        """
        SELECT p.ref, p.full_name FROM members_person p WHERE p.id IN (
            SELECT person_id FROM (
                SELECT person_id, to_organisation_id AS o, to_standing AS s, 1 AS n FROM members_movement
                UNION ALL
                SELECT person_id, from_organisation_id, from_standing, -1 FROM members_movement
                UNION ALL
                SELECT person_id, organisation_id, standing, -1 FROM members_membership
                WHERE until = '9999-12-31'
            ) booked WHERE o IS NOT NULL GROUP BY person_id, o, s HAVING sum(n) <> 0)
        """,
    ),
    "organisation": (
        "sinh hoạt ở tổ chức vào ngày tổ chức đó không hoạt động",
        "đính chính ngày chuyển sinh hoạt hoặc ngày thành lập, kết thúc của tổ chức",
        """
        SELECT p.ref, p.full_name FROM members_membership m
        JOIN members_person p ON p.id = m.person_id
        JOIN org_organisation o ON o.id = m.organisation_id
        WHERE m.since < o.since OR m.until > o.until
        """,
    ),
    "post": (
        "giữ chức vụ khi không còn là đảng viên",
        "ghi ngày thôi giữ chức vụ",
        """
        SELECT p.ref, p.full_name FROM members_holds h JOIN members_person p ON p.id = h.person_id
        WHERE NOT EXISTS (
            SELECT 1 FROM members_membership m WHERE m.person_id = h.person_id
            AND m.since <= h.since AND m.until > h.since AND m.standing IN ('probationary', 'official'))
        """,
    ),
    "tree": (
        "tổ chức không đứng trong cây vào ngày đang hoạt động",
        "ghi cấp trên trực tiếp của tổ chức",
        """
        SELECT o.code, o.name FROM org_organisation o
        WHERE o.since < o.until AND NOT EXISTS (
            SELECT 1 FROM org_under u WHERE u.unit_id = o.id AND u.depth = 0 AND u.since <= o.since)
        """,
    ),
    "superior": (
        "trực thuộc một tổ chức vào ngày tổ chức đó không hoạt động",
        "ghi cấp trên trực tiếp mới của tổ chức từ ngày cấp trên cũ kết thúc",
        """
        SELECT o.code, o.name FROM org_organisationspan s
        JOIN org_organisation o ON o.id = s.organisation_id
        JOIN org_organisation p ON p.id = s.parent_id
        WHERE s.since < p.since OR s.until > p.until
        """,
    ),
    "identity": (
        "số căn cước đang dùng là của người khác",
        "ghi lại số căn cước của người này",
        """
        SELECT p.ref, p.full_name FROM members_person p
        JOIN members_identitynumber n ON n.id = p.identity_id WHERE n.person_id <> p.id
        """,
    ),
    "fact": (
        "hồ sơ nói khác với lịch sử của mục",
        "mở lịch sử của mục, ghi lại giá trị đúng",
        _FACTS,
    ),
    "post_ended": (
        "giữ chức vụ vào ngày chức vụ không có",
        "ghi ngày thôi giữ chức vụ, hoặc sửa ngày lập chức vụ",
        """
        SELECT p.ref, p.full_name FROM members_holds h JOIN members_person p ON p.id = h.person_id
        JOIN org_post t ON t.id = h.post_id
        WHERE h.since < t.since OR h.until > t.until
        """,
    ),
}


@dataclass(frozen=True)
class Violation:
    """One broken invariant: its code, on whom, how to mend it."""

    code: str
    what: str
    mend: str


def violations() -> Iterator[Violation]:
    """Every broken invariant of the ledger and the tree."""
    for code, (what, mend, sql) in _CHECKS.items():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            for key, name in cursor.fetchall():
                yield Violation(code, f"{name} ({key}): {what}", mend)

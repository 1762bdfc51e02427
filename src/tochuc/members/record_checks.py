"""Whether the record says of a person what the dated facts of its fields say."""

from __future__ import annotations

from collections.abc import Iterable

from tochuc.kernel.violations import PERSON, Check
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

FACT = Check(
    "fact",
    PERSON,
    "hồ sơ nói khác với lịch sử của mục",
    "mở lịch sử của mục, ghi lại giá trị đúng",
    _FACTS,
)

"""The days of joining the Party beside the events: written by the database with them (migration 0016), here as a whole.

The view ``members_partydaysofevents`` says what each person's events in force come to.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection

from tochuc.kernel.violations import PERSON, Check
from tochuc.members.models import Person

RECOUNT = "chạy «tochuc check --mend» để tính lại ngày kết nạp và ngày tính tuổi đảng từ các mục đã ghi"
_COLUMNS = "person_id, age_from, admitted_on, last_on, back"


def fill(cursor: Any) -> None:
    """Write everyone's days into the empty table."""
    cursor.execute(
        f"INSERT INTO members_partydays ({_COLUMNS}) SELECT {_COLUMNS} FROM members_partydaysofevents"
    )


def mend(refs: Collection[str]) -> None:
    """Write the days of these people (by the key of their record) anew. Call within a transaction."""
    people = list(Person.objects.filter(ref__in=refs).order_by("pk").select_for_update())
    with connection.cursor() as cursor:
        given = {"people": [person.pk for person in people]}
        cursor.execute("DELETE FROM members_partydays WHERE person_id = ANY(%(people)s)", given)
        cursor.execute(
            f"INSERT INTO members_partydays ({_COLUMNS}) SELECT {_COLUMNS} FROM members_partydaysofevents"
            " WHERE person_id = ANY(%(people)s)",
            given,
        )


COUNTED = Check(
    "party_days",
    PERSON,
    "ngày kết nạp hoặc ngày tính tuổi đảng dùng để lập danh sách không khớp với các mục đã ghi",
    RECOUNT,
    """
    SELECT p.ref, p.full_name
    FROM members_partydaysofevents e FULL JOIN members_partydays d USING (person_id)
    JOIN members_person p ON p.id = person_id
    WHERE (e.age_from, e.admitted_on, e.last_on, e.back) IS DISTINCT FROM (d.age_from, d.admitted_on, d.last_on, d.back)
    """,
)

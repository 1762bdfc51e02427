"""What the database holds, it holds for every row, those of before a migration too."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_no_constraint_is_left_for_later_rows_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchall() == []

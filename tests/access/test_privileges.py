"""What must not be rewritten can't be, by privilege of the application's database role."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

APPEND_ONLY = sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "APPEND_ONLY", False))

pytestmark = pytest.mark.django_db


def test_events_audit_sealed_papers_and_reports_are_append_only():
    assert {
        "members_memberevent",
        "org_organisationevent",
        "audit_entry",
        "programme_conclusion",
        "programme_progressreport",
        "documents_storedfile",
    } <= set(APPEND_ONLY)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_role_cannot_rewrite(table: str, statement: str):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("tochuc_app",)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(statement.format(table))
        cursor.execute("SELECT has_table_privilege(%s, 'INSERT')", [table])
        assert cursor.fetchone() == (True,)


def test_the_application_role_cannot_change_tables():
    with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute("ALTER TABLE members_person ADD COLUMN gossip text")

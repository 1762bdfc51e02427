"""Mark the lists of members that were kept before files had a purpose: those imported, and those only looked at."""

from django.db import migrations

_MARK = """
    UPDATE documents_storedfile f SET purpose = 'members_list'
    WHERE f.content_type IN (
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.ms-excel',
        'application/vnd.oasis.opendocument.spreadsheet',
        'text/csv'
    )
    AND NOT EXISTS (SELECT 1 FROM programme_progressreport r WHERE r.file_id = f.id)
    OR EXISTS (SELECT 1 FROM changes_changeset c WHERE c.file_id = f.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0001_initial"),
        ("documents", "0002_file_purpose"),
        ("programme", "0003_continued_assignments"),
    ]

    operations = [migrations.RunSQL(_MARK, migrations.RunSQL.noop)]

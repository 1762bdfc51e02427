from django.db import migrations, models

# Until now the reason of an undoing stood only in the trail.
_FROM_THE_TRAIL = """
    UPDATE reorganise_reorganisation r SET undo_reason = e.reason FROM audit_entry e
    WHERE e.object_kind = 'reorganisation' AND e.object_key = r.ref AND e.action = 'reorganisation.undone'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("reorganise", "0002_reorganisation_organisation_draft"),
    ]

    operations = [
        migrations.AddField(
            model_name="reorganisation",
            name="undo_reason",
            field=models.TextField(blank=True, verbose_name="lý do hủy"),
        ),
        migrations.RunSQL(_FROM_THE_TRAIL, migrations.RunSQL.noop),
    ]

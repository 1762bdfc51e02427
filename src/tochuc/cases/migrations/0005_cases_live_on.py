import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_several_at_once")]

    operations = [
        migrations.AddField(
            "case",
            "opened_for",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
            ),
        ),
        migrations.RunSQL("UPDATE cases_case SET opened_for_id = person_id", migrations.RunSQL.noop),
    ]

"""The few conditions in force whose time runs out are found by their day."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0017_kinds_of_events_hold"),
        ("org", "0005_search_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="condition",
            index=models.Index(
                condition=models.Q(("planned_until__isnull", False), ("until", datetime.date(9999, 12, 31))),
                fields=["planned_until"],
                name="condition_running_out",
            ),
        ),
    ]

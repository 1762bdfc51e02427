from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_further_events"),
        ("members", "0011_badges_and_cards"),
        ("org", "0005_search_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="case_open_once",
        ),
        migrations.AddField(
            model_name="case",
            name="several",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None), ("person__isnull", False), ("several", False)),
                fields=("person", "procedure"),
                name="case_open_once",
            ),
        ),
    ]

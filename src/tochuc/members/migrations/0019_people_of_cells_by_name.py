"""The index of people by cell holds what a search by name asks of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0018_conditions_running_out")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="person_by_home"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["home", "standing", "sort_key"],
                include=("id", "fold", "birth_on", "merged_into"),
                name="person_by_home",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """The few absences are looked up by person, not by meeting."""

    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="attendance", name="attendance_absent"),
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(
                condition=models.Q(("state", "absent")), fields=["person"], name="attendance_absent"
            ),
        ),
    ]

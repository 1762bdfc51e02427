from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_scans_brought_later")]

    operations = [
        migrations.AddField("openstep", "shown_from", models.DateField(null=True)),
        migrations.AddField("case", "doubts", models.JSONField(default=list)),
    ]

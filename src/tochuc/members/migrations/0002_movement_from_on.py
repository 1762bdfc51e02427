from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.AddField(model_name="movement", name="from_on", field=models.DateField()),
    ]

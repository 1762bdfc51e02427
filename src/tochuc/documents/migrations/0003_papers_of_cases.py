from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_file_purpose"),
        ("org", "0005_search_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="storedfile",
            name="file_purpose_known",
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("general", "Tệp chung"),
                    ("members_list", "Danh sách đảng viên"),
                    ("member_paper", "Giấy tờ của đảng viên"),
                    ("case_paper", "Giấy tờ của hồ sơ quy trình"),
                ],
                default="general",
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["general", "members_list", "member_paper", "case_paper"])
                ),
                name="file_purpose_known",
            ),
        ),
    ]

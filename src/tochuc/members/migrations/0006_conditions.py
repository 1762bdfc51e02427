import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# Until now the only condition was exemption, begun by the event in force of that day.
_NAME_THE_EVENT = """
    UPDATE members_condition c SET event_id = (
        SELECT e.id FROM members_memberevent e
        WHERE e.person_id = c.person_id AND e.kind = 'exempted' AND e.happened_on = c.since
          AND NOT EXISTS (SELECT 1 FROM members_memberevent o WHERE o.corrects_id = e.id)
        ORDER BY e.id DESC LIMIT 1);
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_identity_numbers"),
        ("org", "0003_one_index_for_each_question"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="memberevent",
            name="event_kind_known",
        ),
        migrations.AddField(
            model_name="condition",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conditions",
                to="members.memberevent",
            ),
        ),
        migrations.RunSQL(_NAME_THE_EVENT, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="condition",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conditions",
                to="members.memberevent",
            ),
        ),
        migrations.AddField(
            model_name="condition",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conditions",
                to="org.organisation",
            ),
        ),
        migrations.AddField(
            model_name="condition",
            name="planned_until",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="condition",
            name="kind",
            field=models.CharField(
                choices=[
                    ("exempt", "Miễn công tác và sinh hoạt đảng"),
                    ("temporary", "Sinh hoạt đảng tạm thời nơi khác"),
                    ("suspended", "Bị đình chỉ sinh hoạt đảng"),
                    ("abroad", "Ở nước ngoài"),
                    ("in_transfer", "Đang chuyển sinh hoạt đảng"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="memberevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opening", "Ghi nhận ban đầu"),
                    ("sympathiser_listed", "Đưa vào danh sách cảm tình đảng"),
                    ("sympathiser_closed", "Đưa ra khỏi danh sách cảm tình đảng"),
                    ("admitted", "Kết nạp đảng viên"),
                    ("readmitted", "Kết nạp lại"),
                    ("recognised", "Công nhận chính thức"),
                    ("transferred", "Chuyển sinh hoạt đảng"),
                    ("arrived", "Chuyển sinh hoạt đến"),
                    ("left_for", "Chuyển sinh hoạt đi nơi khác"),
                    ("reorganised", "Chuyển theo sắp xếp tổ chức"),
                    ("died", "Từ trần"),
                    ("expelled", "Khai trừ"),
                    ("removed", "Xóa tên"),
                    ("departed", "Xin ra khỏi Đảng"),
                    ("restored", "Phục hồi quyền đảng viên"),
                    ("reconnected", "Nối lại sinh hoạt đảng"),
                    ("admission_annulled", "Hủy quyết định kết nạp"),
                    ("recognition_annulled", "Hủy quyết định công nhận chính thức"),
                    ("exempted", "Miễn công tác và sinh hoạt đảng"),
                    ("exemption_ended", "Thôi miễn sinh hoạt đảng"),
                    ("sent_temporarily", "Chuyển sinh hoạt đảng tạm thời"),
                    ("temporary_extended", "Gia hạn sinh hoạt đảng tạm thời"),
                    ("temporary_ended", "Hết sinh hoạt đảng tạm thời"),
                    ("suspended", "Đình chỉ sinh hoạt đảng"),
                    ("suspension_extended", "Gia hạn đình chỉ sinh hoạt đảng"),
                    ("suspension_ended", "Hết đình chỉ sinh hoạt đảng"),
                    ("went_abroad", "Ra nước ngoài"),
                    ("abroad_ended", "Về nước"),
                    ("papers_out", "Cấp giấy giới thiệu chuyển sinh hoạt"),
                    ("papers_returned", "Thu lại giấy giới thiệu"),
                    ("took_post", "Nhận chức vụ"),
                    ("left_post", "Thôi chức vụ"),
                    ("void", "Hủy mục ghi sai"),
                ],
                max_length=32,
            ),
        ),
        migrations.AddIndex(
            model_name="condition",
            index=models.Index(fields=["kind", "until"], name="condition_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["exempt", "temporary", "suspended", "abroad", "in_transfer"])
                ),
                name="condition_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "exempt")),
                expressions=[
                    (models.Func("person", "person", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("since", "until", function="daterange"), "&&"),
                ],
                name="condition_exempt_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "temporary")),
                expressions=[
                    (models.Func("person", "person", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("since", "until", function="daterange"), "&&"),
                ],
                name="condition_temporary_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "suspended")),
                expressions=[
                    (models.Func("person", "person", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("since", "until", function="daterange"), "&&"),
                ],
                name="condition_suspended_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "abroad")),
                expressions=[
                    (models.Func("person", "person", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("since", "until", function="daterange"), "&&"),
                ],
                name="condition_abroad_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "in_transfer")),
                expressions=[
                    (models.Func("person", "person", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("since", "until", function="daterange"), "&&"),
                ],
                name="condition_in_transfer_never_twice",
            ),
        ),
        # The kinds known before are among these: reading the whole ledger again would tell nothing new.
        AddConstraintNotValid(
            model_name="memberevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opening",
                            "sympathiser_listed",
                            "sympathiser_closed",
                            "admitted",
                            "readmitted",
                            "recognised",
                            "transferred",
                            "arrived",
                            "left_for",
                            "reorganised",
                            "died",
                            "expelled",
                            "removed",
                            "departed",
                            "restored",
                            "reconnected",
                            "admission_annulled",
                            "recognition_annulled",
                            "exempted",
                            "exemption_ended",
                            "sent_temporarily",
                            "temporary_extended",
                            "temporary_ended",
                            "suspended",
                            "suspension_extended",
                            "suspension_ended",
                            "went_abroad",
                            "abroad_ended",
                            "papers_out",
                            "papers_returned",
                            "took_post",
                            "left_post",
                            "void",
                        ],
                    )
                ),
                name="event_kind_known",
            ),
        ),
    ]

import django.contrib.postgres.constraints
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0011_badges_and_cards"),
        ("org", "0005_search_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="condition",
            name="condition_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="memberevent",
            name="event_kind_known",
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
                    ("disciplined", "Đang có hiệu lực kỷ luật"),
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
                    ("disciplined", "Kỷ luật đảng"),
                    ("discipline_ended", "Hết hiệu lực kỷ luật"),
                    ("went_abroad", "Ra nước ngoài"),
                    ("abroad_ended", "Về nước"),
                    ("papers_out", "Cấp giấy giới thiệu chuyển sinh hoạt"),
                    ("papers_returned", "Thu lại giấy giới thiệu"),
                    ("badge_awarded", "Tặng Huy hiệu Đảng"),
                    ("badge_reissued", "Cấp lại Huy hiệu Đảng"),
                    ("card_issued", "Phát thẻ đảng viên"),
                    ("card_exchanged", "Đổi thẻ đảng viên"),
                    ("card_reissued", "Cấp lại thẻ đảng viên"),
                    ("card_withdrawn", "Thu hồi thẻ đảng viên"),
                    ("took_post", "Nhận chức vụ"),
                    ("left_post", "Thôi chức vụ"),
                    ("void", "Hủy mục ghi sai"),
                ],
                max_length=32,
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["exempt", "temporary", "suspended", "abroad", "in_transfer", "disciplined"])
                ),
                name="condition_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "disciplined")),
                expressions=[
                    (models.Func("person", "person", models.Value("[]"), function="int8range"), "&&"),
                    (models.Func("since", "until", function="daterange"), "&&"),
                ],
                name="condition_disciplined_never_twice",
            ),
        ),
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
                            "disciplined",
                            "discipline_ended",
                            "went_abroad",
                            "abroad_ended",
                            "papers_out",
                            "papers_returned",
                            "badge_awarded",
                            "badge_reissued",
                            "card_issued",
                            "card_exchanged",
                            "card_reissued",
                            "card_withdrawn",
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

"""Reading the rules with their history, what a branch has of its own, and which running cases rest on one."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from tochuc.org.models import Organisation, Under
from tochuc.regulations.models import LocalValue
from tochuc.rules.ask import all_params, history

CHAPTERS = {
    "admission": "Kết nạp đảng viên",
    "allowances": "Chế độ phụ cấp",
    "badge": "Huy hiệu Đảng",
    "card": "Thẻ đảng viên",
    "cases": "Hồ sơ quy trình",
    "complaint": "Kiến nghị của đảng viên",
    "departure": "Xin ra khỏi Đảng",
    "discipline": "Kỷ luật đảng",
    "documents": "Thể thức văn bản",
    "dues": "Đảng phí",
    "exemption": "Miễn sinh hoạt",
    "entrusting": "Phân công công tác",
    "meetings": "Sinh hoạt chi bộ",
    "organisation": "Tổ chức đảng",
    "probation": "Dự bị, công nhận chính thức",
    "records": "Hồ sơ đảng viên",
    "removal": "Xóa tên",
    "reporting": "Báo cáo, thống kê",
    "review": "Đánh giá, xếp loại",
    "transfer": "Chuyển sinh hoạt đảng",
}


def chapter_of(rule_id: str) -> str:
    """The chapter's name on screen."""
    code = rule_id.partition(".")[0]
    return CHAPTERS.get(code, code)


def titles() -> dict[str, str]:
    """Every parameter by id with its latest title."""
    return {rule_id: history(rule_id)[-1].title for rule_id in all_params()}


def local_values(parameter: str, organisations: QuerySet[Organisation]) -> QuerySet[LocalValue]:
    """What these organisations have of their own, the withdrawn marked, newest first."""
    rows = LocalValue.objects.filter(parameter=parameter, organisation__in=organisations, withdraws=None)
    return rows.select_related("organisation", "withdrawn_by", "recorded_by").order_by("-since", "-id")


def local_value(organisation: Organisation, parameter: str, number: int) -> LocalValue | None:
    """One of the organisation's own values that still counts."""
    rows = LocalValue.objects.filter(organisation=organisation, parameter=parameter, pk=number)
    return rows.filter(withdraws=None, withdrawn_by=None).first()


def units_of(organisation: Organisation, on: date) -> QuerySet[Under, int]:
    """The organisations for which its regulations hold."""
    return Under.objects.on(on).filter(above=organisation).values_list("unit", flat=True)

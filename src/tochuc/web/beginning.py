"""Three things to begin with, for each role: shown at the first log-in and in the help."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from tochuc.access.roles import CELL_SECRETARY, COMMUNE_SECRETARY, ORGANISATION_OFFICER
from tochuc.access.viewer import Viewer


@dataclass(frozen=True)
class Beginning:
    """One thing to begin with: what, why, where."""

    what: str
    why: str
    url: str


def begin_with(viewer: Viewer) -> list[Beginning]:
    """At most three things for the viewer's widest role."""
    place = viewer.workplace.code if viewer.workplace else ""
    if ORGANISATION_OFFICER in viewer.roles:
        return _officer(place)
    if COMMUNE_SECRETARY in viewer.roles:
        return _commune(place)
    if CELL_SECRETARY in viewer.roles:
        return _cell(place)
    return [
        Beginning(
            "Xem hồ sơ của tôi",
            "Thông tin và quá trình sinh hoạt Đảng của đồng chí; thấy chỗ sai thì báo chi bộ.",
            reverse("my_record"),
        ),
        Beginning(
            "Xem các quy trình",
            "Chuyển sinh hoạt, miễn công tác, kiến nghị, khiếu nại: gồm những bước nào, ai làm, đến bao giờ.",
            reverse("procedures"),
        ),
        Beginning("Đổi mật khẩu", "Dùng một câu ngắn dễ nhớ, không cho ai biết.", _password()),
    ]


def _officer(place: str) -> list[Beginning]:
    return [
        Beginning(
            "Nhập một hội nghị từ văn bản",
            "Dán bản tin hoặc thông báo kết luận; Tochuc lập sẵn hồ sơ để đồng chí sửa và giao việc.",
            reverse("conference_import"),
        ),
        Beginning(
            "Xem biểu tăng, giảm đảng viên của toàn đảng bộ",
            "Mỗi con số mở ra những người đứng sau nó.",
            reverse("organisation_statement", args=[place]),
        ),
        Beginning("Đổi mật khẩu", "Dùng một câu ngắn dễ nhớ, không cho ai biết.", _password()),
    ]


def _commune(place: str) -> list[Beginning]:
    return [
        Beginning(
            "Xem các nhiệm vụ được giao",
            "Việc quá hạn ở trên cùng, mỗi việc có căn cứ và nút Báo cáo.",
            reverse("conferences"),
        ),
        Beginning(
            "Xem các chi bộ của đảng bộ", "Cấp ủy, số đảng viên, việc đến hạn.", reverse("organisations")
        ),
        Beginning(
            "Xem biểu tăng, giảm trong năm",
            "Không phải cộng tay: số liệu lấy từ từng biến động đã ghi.",
            reverse("organisation_statement", args=[place]),
        ),
    ]


def _cell(place: str) -> list[Beginning]:
    return [
        Beginning(
            "Xem danh sách đảng viên của chi bộ",
            "Mở một người để xem hồ sơ và ghi biến động.",
            reverse("organisation_members", args=[place]),
        ),
        Beginning(
            "Danh sách cảm tình đảng",
            "Đưa quần chúng ưu tú vào danh sách, và ghi kết nạp từ đó.",
            reverse("organisation_sympathisers", args=[place]),
        ),
        Beginning(
            "Biểu tăng, giảm đảng viên",
            "Đầu kỳ, tăng, giảm, cuối kỳ: luôn khớp.",
            reverse("organisation_statement", args=[place]),
        ),
    ]


def _password() -> str:
    return reverse("account_change_password")

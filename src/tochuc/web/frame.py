"""What every page shows around its content: masthead, navigation, the day it speaks of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.web.door import viewer_of

_NAV = (
    ("home", "Việc cần làm", "viec", "home.read"),
    ("organisations", "Tổ chức", "to-chuc", "organisation.read"),
    ("members", "Đảng viên", "dang-vien", "member.list"),
    ("conferences", "Hội nghị và nhiệm vụ", "hoi-nghi", "assignment.read"),
    ("reports", "Báo cáo", "bao-cao", "report.read"),
)
# Addresses that belong to a part of the navigation though they don't begin with its own.
_ALSO = {
    "members": ("/ho-so/", "/ho-so-kin/", "/quy-trinh/"),
    "organisations": ("/sinh-hoat/", "/phuong-an/", "/sap-xep/", "/doi-chieu/", "/thay-doi/"),
    "reports": ("/bao-cao-da-gui/",),
    "conferences": ("/nhiem-vu/", "/viec/", "/muc-hoi-nghi/", "/ket-luan/", "/van-ban/"),
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that ``base.html`` reads."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"viewer": None, "nav": [], "demo": settings.TOCHUC_TODAY is not None}
    viewer = viewer_of(request)
    place = viewer.workplace
    return {
        "viewer": _person(viewer),
        "workplace": {"name": place.name, "url": _place_url(viewer, place.code)} if place else None,
        "workplaces": [{"name": o.name, "code": o.code, "current": o == place} for o in viewer.workplaces],
        "nav": _nav(request, viewer),
        "may_search": gate.holds(viewer, "member.search"),
        "help_url": reverse("help"),
        "work_url": reverse("jobs") if gate.holds(viewer, "job.read") else "",
        "today": viewer.today,
        "today_words": day_vn(viewer.today),
        "demo": settings.TOCHUC_TODAY is not None,
    }


def _nav(request: HttpRequest, viewer: Viewer) -> list[dict[str, Any]]:
    entries = [(name, label, icon) for name, label, icon, needs in _NAV if gate.holds(viewer, needs)]
    if not gate.holds(viewer, "member.list"):
        entries.append(("my_record", "Hồ sơ của tôi", "dang-vien"))
    return [
        {"label": label, "url": reverse(name), "icon": icon, "current": _is_current(request, name)}
        for name, label, icon in entries
    ]


def _person(viewer: Viewer) -> dict[str, str]:
    words = viewer.account.full_name.split()
    return {
        "name": viewer.account.full_name,
        "key": viewer.account.username,
        "url": reverse("my_record"),
        "initials": "".join(w[0] for w in words[-2:]).upper(),
    }


def _place_url(viewer: Viewer, code: str) -> str:
    if gate.holds(viewer, "organisation.read"):
        return reverse("organisation", kwargs={"organisation": code})
    return reverse("home")


def _is_current(request: HttpRequest, name: str) -> bool:
    if name == "home":
        return request.path == reverse("home")
    # One's own record lies where all records lie.
    own = reverse("members" if name == "my_record" else name)
    return request.path.startswith((own, *_ALSO.get(name, ())))

"""Templates drawn as in a request, and the frame's context that they are drawn with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.urls import path
from lxml import html  # type: ignore[import-untyped]

import tochuc.web
from tochuc.web.templatetags import gallery

WEB = Path(tochuc.web.__file__).parent
STATIC = WEB / "static" / "tochuc"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
OWN = [t for t in TEMPLATES if t.parent.name in {"parts", "errors", "templates"}]
"""The templates of the design system; pages are tested where they are."""

NAV_ICONS = ("viec", "to-chuc", "dang-vien", "hoi-nghi", "bao-cao")
FRAME: dict[str, Any] = {
    "viewer": {"name": "Công Tằng Tôn Nữ Thị Thúy Hồng", "initials": "TH", "url": "/toi/"},
    "workplace": {"name": gallery.LONG_NAME, "url": "/to-chuc/x/"},
    "workplaces": [
        {"name": gallery.LONG_NAME, "code": "a", "current": True},
        {"name": "Chi bộ thôn Trà Đông", "code": "b", "current": False},
    ],
    "nav": [{"label": i, "icon": i, "url": f"/{i}/", "current": i == "viec"} for i in NAV_ICONS],
    "may_search": True,
    "today_words": "11/04/2023",
    "messages": [{"level_tag": "success", "message": "Đã lưu."}],
    "csrf_token": "token",
}


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


NAMES = ("workplace", "members", "account_logout", "account_change_password", "account_login")
urlpatterns = [path(f"{name}/", nothing, name=name) for name in NAMES]


def page(name: str, **context: Any) -> html.HtmlElement:
    return html.document_fromstring(render_to_string(name, {**FRAME, **context}))


def piece(source: str, **context: Any) -> html.HtmlElement:
    rendered = Template("{% load tochuc %}" + source).render(Context(context))
    return html.fragment_fromstring(rendered, create_parent="div")


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())

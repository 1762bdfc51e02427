"""The list for the notice board, to be printed: no names of people, no small numbers about them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tochuc.access.roles import MEMBER
from tochuc.access.viewer import Viewer
from tochuc.duties.board import FEW, board
from tochuc.duties.duty import GROUPS
from tochuc.kernel.known_dates import day_vn
from tochuc.web.door import page
from tochuc.web.duties.asked import chosen

_COLUMNS = ({"label": "Việc, nơi thực hiện"}, {"label": "Thời hạn", "fact": True})


@page("viec-can-lam/bang-tin/", name="duties_board", needs="home.read")
def duties_board(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What a branch has to do, for its notice board."""
    choice = chosen(request, viewer)
    leads = viewer.workplace if viewer.roles - {MEMBER} else None
    root = choice.branch or (None if choice.elsewhere else leads)
    context: dict[str, Any] = {
        "page_title": "Bảng tin: việc cần làm",
        "breadcrumb": [{"label": "Việc cần làm", "url": reverse("home")}, {"label": "Bảng tin", "url": ""}],
        "root": root,
        "today_vn": day_vn(viewer.today),
        "groups": [title for _, title in GROUPS],
        "few": FEW,
    }
    if root is not None:
        found = board(viewer, root.pk)
        context |= {
            "page_title": f"Việc cần làm của {root.name}",
            "lines": found.lines,
            "more": found.more,
            "columns": _COLUMNS,
            "rows": [
                {"name": one.what, "under": one.whom, "cells": [one.words(viewer.today)]}
                for one in found.duties
            ],
        }
    return render(request, "duties/board.html", context)

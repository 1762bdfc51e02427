"""The word on a confirmation page that a report already sent would differ."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.kernel.known_dates import day_vn
from tochuc.members.recording import Effect
from tochuc.reports.since import touched


def reports_touched(viewer: Viewer, effect: Effect) -> list[dict[str, Any]]:
    """Each sealed report that the record would change: number, whose, which period; a link where one may read it."""
    found = touched(*effect.lives)
    readable = set(
        gate.visible(viewer, "report.read", "report")
        .filter(pk__in=[one.pk for one in found])
        .values_list("pk", flat=True)
    )
    return [
        {
            "words": f"Báo cáo số {one.number} của {one.organisation.name}, kỳ {day_vn(one.first)} đến "
            f"{day_vn(one.last)}",
            "url": reverse("sealed_report", args=[one.ref]) if one.pk in readable else "",
        }
        for one in found
    ]

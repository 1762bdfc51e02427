"""An answer as it goes out: JSON of what the operation gave, with its version as ETag where it has one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

MEDIA_TYPE = "application/json; charset=utf-8"


def answer(request: HttpRequest, made: Any, status: int) -> HttpResponse:
    """What an operation gave, as an answer.

    Made here and not by ninja, which would check each row against its schema a second time.
    """
    if not isinstance(made, Schema):
        return JsonResponse(made, status=status, json_dumps_params={"ensure_ascii": False})
    out = written(made.model_dump_json(), status)
    version = getattr(made, "version", None)
    if isinstance(version, str):
        out["ETag"] = f'"{version}"'
    return out


def written(body: str, status: int) -> HttpResponse:
    """JSON that is written already."""
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE)

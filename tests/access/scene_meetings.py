"""A meeting of the scene: one that the cell of the place held."""

from __future__ import annotations

from typing import Any

from cast import Cast
from tochuc.meetings.models import Meeting


def meeting_at(cast: Cast, place: str, held_on: Any) -> Meeting:
    """A meeting at the place; of a commune one of its school's cell."""
    cell = {"commune_a": cast.a3}.get(place) or getattr(cast, place)
    return Meeting.objects.create(organisation=cell, held_on=held_on, kind="regular")

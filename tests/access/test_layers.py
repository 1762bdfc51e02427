"""Tables point to tables of their own layer or of a lower one, as modules do."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).parents[2]


def _layers() -> dict[str, int]:
    """The height of each part of the program, as the import rules state it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    lines = next(c for c in contracts if c["type"] == "layers")["layers"]
    return {
        part.strip().removeprefix("tochuc."): height
        for height, line in enumerate(reversed(lines))
        for part in line.split("|")
    }


def _links() -> list[tuple[str, str]]:
    """(from, to) of every foreign key between our tables, as ``part.Model``."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("tochuc.")]
    return [
        (
            f"{model._meta.app_label}.{model.__name__}",
            f"{f.remote_field.model._meta.app_label}.{f.remote_field.model.__name__}",
        )
        for model in ours
        for f in model._meta.concrete_fields
        if isinstance(f, models.ForeignKey)
    ]


def test_foreign_keys_point_sideways_or_down():
    height = _layers()
    links = _links()
    assert len(links) > 30
    upwards = [link for link in links if height[link[0].split(".")[0]] < height[link[1].split(".")[0]]]
    assert upwards == []


def test_the_trail_points_to_nothing_so_that_it_outlives_what_it_speaks_of():
    assert [link for link in _links() if link[0].startswith("audit.")] == []

"""The data files of the demonstration, read once."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_FOLDER = files(__package__) / "data"


@cache
def text(name: str) -> str:
    """A data file as text."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV, by heading."""
    return tuple(csv.DictReader(text(name).splitlines()))


@cache
def settings(name: str) -> dict[str, Any]:
    """A YAML file of shapes and rates; callers must not change what they get."""
    loaded = yaml.safe_load(text(name))
    assert isinstance(loaded, dict)
    return loaded


@cache
def choices(name: str, key: str) -> tuple[str, ...]:
    """A list written ``a|b|c`` under a key of a YAML file; what is written twice is twice as likely."""
    return tuple(part.strip() for part in settings(name)[key].split("|"))

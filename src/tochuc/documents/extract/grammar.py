"""The extractor's grammar files, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "grammar"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words(name: str) -> dict[str, Any]:
    """The YAML file ``grammar/<name>.yaml`` as plain data."""
    with (_FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=_LOADER)
    return data


def table(name: str) -> list[tuple[str, str]]:
    """The two columns of ``grammar/<name>.csv`` without its heading."""
    lines = (_FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [(left, right) for left, _, right in (line.partition(",") for line in lines)]


def either(phrases: list[str]) -> str:
    """A pattern for any of the phrases, the longest first; the phrases are patterns themselves."""
    return "(?:" + "|".join(sorted(phrases, key=len, reverse=True)) + ")"

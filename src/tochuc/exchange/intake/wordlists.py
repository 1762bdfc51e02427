"""The intake's wordings, read once from the YAML files in `wording/`."""

from functools import cache
from pathlib import Path
from typing import Any

from tochuc.rules.strict_yaml import read_yaml

_FOLDER = Path(__file__).parent / "wording"


@cache
def wordlist(name: str) -> Any:
    """The content of `wording/<name>.yaml`."""
    return read_yaml(_FOLDER / f"{name}.yaml")

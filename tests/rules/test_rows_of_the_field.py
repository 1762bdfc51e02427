"""Every row of the field's tables is in a pack or listed with its reason, and what is named as a pack is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tochuc.rules.ask import all_params

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/decisions/0076-rows-of-the-field.md").read_text(encoding="utf-8")
ROWS = Path(__file__).with_name("rows_of_the_field.txt")
DOMAIN = ROOT.parent / "shared/domain"
TABLES_WITH_IDS = {"id", "group id", "level id"}
ROW = re.compile(r"[a-z][a-z0-9_]*")


def rows_of(text: str) -> set[str]:
    """The ids in the first column of every table that has a column of ids."""
    found: set[str] = set()
    head = ""
    for line in text.splitlines():
        if not line.startswith("|"):
            head = ""
            continue
        first = line.strip("|").split("|")[0].strip()
        if not head:
            head = first
        elif head in TABLES_WITH_IDS:
            found |= {
                one for one in re.split(r"[,\s]+", first.strip("*").replace("`", "")) if ROW.fullmatch(one)
            }
    return found


def named() -> set[str]:
    """Every id that the page names."""
    return set(re.findall(r"`([a-z][a-z0-9_.]*)`", PAGE))


def test_every_row_of_the_tables_is_named() -> None:
    rows = set(ROWS.read_text(encoding="utf-8").split())
    assert len(rows) > 350
    assert rows - named() == set()


@pytest.mark.real
@pytest.mark.skipif(
    not DOMAIN.is_dir(), reason="the tables lie beside the repository only where it is developed"
)
def test_the_rows_are_those_of_the_tables() -> None:
    found = {row for file in sorted(DOMAIN.glob("*.md")) for row in rows_of(file.read_text(encoding="utf-8"))}
    assert found == set(ROWS.read_text(encoding="utf-8").split())


def test_what_is_named_as_a_pack_is_one() -> None:
    packs = {one for one in named() if re.fullmatch(r"[a-z]+\.[a-z0-9_]+", one)}
    packs -= {one for one in packs if one.endswith((".py", ".md", ".yaml"))}
    assert len(packs) > 100
    assert packs - set(all_params()) == set()

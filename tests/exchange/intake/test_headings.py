"""Headings in the wordings of real lists, forms and programs, and those that only look alike."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from tochuc.exchange.intake.wording import column_for, has_tones, meaning
from tochuc.kernel.names import fold

WORDINGS = yaml.safe_load((Path(__file__).parent / "files" / "headings.yaml").read_text(encoding="utf-8"))
HEADINGS = [(heading, field) for field, headings in WORDINGS.items() for heading in headings]
TWO_WAYS = {"DT", "ĐT", "TG", "QQ", "Số ĐT"}
"""Too short to be known without tones or in other letters."""


def field_of(heading: str) -> str:
    read = meaning(heading, toned=has_tones(heading))
    column = column_for(read.concepts) if read.sure else None
    return column.field if column else "nothing"


@pytest.mark.parametrize(("heading", "field"), HEADINGS)
def test_a_heading_is_known_however_it_is_worded(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(("heading", "field"), HEADINGS)
def test_capitals_breaks_and_decomposed_letters_change_nothing(heading: str, field: str) -> None:
    written = unicodedata.normalize("NFD", heading.replace("_", " ").replace(" ", "\n"))
    assert field_of(written) == field
    if not any(a.islower() and b.isupper() for a, b in pairwise(heading)):
        assert field_of(heading.upper()) == field


@pytest.mark.parametrize(("heading", "field"), [one for one in HEADINGS if one[0] not in TWO_WAYS])
def test_a_heading_without_tones_is_the_same_or_unknown(heading: str, field: str) -> None:
    assert field_of(fold(heading)) in (field, "nothing")

"""Documents that are made from the program are as the program is."""

import re
from pathlib import Path

import pytest

from tochuc.commands.management.commands.document_data import dictionary
from tochuc.commands.management.commands.document_regulations import document as regulations
from tochuc.procedures.every import ALL
from tochuc.stories.reference import drawings, reference
from tochuc.web.guide import OF_PROCEDURE

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = DOCS / "huong-dan"
_PICTURE = re.compile(r"!\[[^]]+\]\(\.\./images/([^)]+)\)")
_HEAVIEST = 150_000


def test_the_data_dictionary_is_what_the_tables_are():
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == dictionary()


def test_every_table_says_in_words_what_it_holds():
    assert "Model(" not in dictionary()


def test_the_reference_of_procedures_is_what_they_declare():
    said = reference()
    assert (DOCS / "procedures.md").read_text(encoding="utf-8") == said
    assert "only where \n" not in said
    kept = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "procedures").iterdir()}
    assert kept == drawings()


def test_the_document_of_regulations_is_what_the_packs_say():
    assert (DOCS / "regulations.md").read_text(encoding="utf-8") == regulations()


@pytest.mark.parametrize("code", sorted({one.procedure.code for one in ALL}))
def test_each_procedure_has_a_page_of_the_guide_with_a_picture(code: str):
    name = OF_PROCEDURE[code]
    assert _PICTURE.search((GUIDE / f"{name}.md").read_text(encoding="utf-8")), name
    assert list(OF_PROCEDURE.values()).count(name) == 1, f"{name} is about two procedures"
    assert f"]({name}.md)" in (GUIDE / "quy-trinh.md").read_text(encoding="utf-8")


def test_every_page_of_the_guide_has_a_picture_and_stands_in_its_index():
    index = (GUIDE / "README.md").read_text(encoding="utf-8")
    for page in sorted(GUIDE.glob("*.md")):
        if page.name != "README.md":
            assert _PICTURE.search(page.read_text(encoding="utf-8")), page.name
            assert f"]({page.name}" in index, page.name


def test_the_pictures_of_the_guide_are_there_and_light_enough_for_a_phone():
    for page in GUIDE.glob("*.md"):
        for picture in _PICTURE.findall(page.read_text(encoding="utf-8")):
            assert (DOCS / "images" / picture).stat().st_size < _HEAVIEST, picture

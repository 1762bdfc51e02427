"""Documents that are made from the program are as the program is."""

from pathlib import Path

from tochuc.commands.management.commands.document_data import dictionary
from tochuc.stories.reference import reference

DOCS = Path(__file__).parents[1] / "docs"


def test_the_data_dictionary_is_what_the_tables_are():
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == dictionary()


def test_every_table_says_in_words_what_it_holds():
    assert "Model(" not in dictionary()


def test_the_reference_of_procedures_is_what_they_declare():
    assert (DOCS / "procedures.md").read_text(encoding="utf-8") == reference()

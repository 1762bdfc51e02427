"""Numbers of outgoing documents: one run for each issuer, type and term (36-HD/VPTW, number and symbol)."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tochuc.documents import numbering
from tochuc.documents.drafting import conclusion
from tochuc.documents.numbering import Entry, Sequence, key_of, next_number, padded, sequence_of
from tochuc.documents.reading import names
from tochuc.kernel.errors import BadInput

TERM, NEXT_TERM = "2020-2025", "2025-2030"
NOTICES = sequence_of("BTCHU", "TB", TERM)


def test_the_first_document_of_a_type_in_a_term_is_number_one() -> None:
    assert next_number([], NOTICES) == 1


def test_each_type_issuer_and_term_has_its_own_run() -> None:
    register = [
        Entry(NOTICES, 11),
        Entry(sequence_of("BTCHU", "KH", TERM), 40),
        Entry(sequence_of("HU", "TB", TERM), 215),
        Entry(sequence_of("BTCHU", "TB", NEXT_TERM), 2),
    ]
    assert next_number(register, NOTICES) == 12
    assert next_number(register, sequence_of("BTCHU", "TB", NEXT_TERM)) == 3
    assert next_number(register, sequence_of("BTCHU", "BC", TERM)) == 1


def test_a_congress_numbers_all_its_documents_in_one_run() -> None:
    register = [
        Entry(sequence_of("ĐH", "NQ", TERM, congress=True), 1),
        Entry(sequence_of("ĐH", "BB", TERM, congress=True), 2),
    ]
    assert next_number(register, sequence_of("ĐH", "QC", TERM, congress=True)) == 3


def test_a_gap_in_the_register_is_never_filled() -> None:
    assert next_number([Entry(NOTICES, 1), Entry(NOTICES, 9)], NOTICES) == 10


@given(st.lists(st.integers(1, 10_000)))
def test_the_next_number_was_never_given_before(given_numbers: list[int]) -> None:
    register = [Entry(NOTICES, number) for number in given_numbers]
    assert next_number(register, NOTICES) not in given_numbers


@pytest.mark.parametrize(
    ("number", "printed"), [(1, "01"), (9, "09"), (10, "10"), (127, "127"), (1234, "1234")]
)
def test_numbers_below_ten_carry_a_zero(number: int, printed: str) -> None:
    assert padded(number, below=10) == printed
    assert key_of(number, "QĐ", "TW", zero_below=10) == f"{printed}-QĐ/TW"


@pytest.mark.parametrize(
    ("number", "type_code", "issuer", "field"),
    [(0, "TB", "HU", "number"), (1, " ", "HU", "type_code"), (1, "TB", "", "issuer")],
)
def test_a_key_needs_number_type_and_issuer(number: int, type_code: str, issuer: str, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        key_of(number, type_code, issuer, zero_below=10)
    assert caught.value.field == field


def test_no_number_is_given_without_a_term() -> None:
    with pytest.raises(BadInput, match="nhiệm kỳ"):
        Sequence("BTCHU", "TB", " ")


def test_the_examples_in_the_code_are_true() -> None:
    for module in (numbering, names, conclusion):
        result = doctest.testmod(module)
        assert result.attempted > 0
        assert result.failed == 0

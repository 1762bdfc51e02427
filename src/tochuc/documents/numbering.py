"""Numbers of outgoing Party documents.

A number is the ordinal in the issuing office's register: from 1 for each type of document within one term of the
committee; a congress numbers all its documents in one sequence. Secret documents share the sequence of the open
ones of their type. (36-HD/VPTW, on number and symbol.)
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tochuc.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Sequence:
    """One run of numbers in a register.

    `issuer`: the issuer's symbol (`BTCHU`); `type_code`: the symbol of the type (`TB`), None for a congress, whose
    sequence holds all types; `term`: the committee's term (`2020-2025`).
    """

    issuer: str
    type_code: str | None
    term: str

    def __post_init__(self) -> None:
        for field, value, name in (
            ("issuer", self.issuer, "ký hiệu cơ quan ban hành"),
            ("term", self.term, "nhiệm kỳ"),
        ):
            if not value.strip():
                raise BadInput("number.no_sequence", f"Chưa cấp được số vì chưa biết {name}.", field)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register: a number given to a document."""

    sequence: Sequence
    number: int


def sequence_of(issuer: str, type_code: str, term: str, *, congress: bool = False) -> Sequence:
    """The sequence that a document of this issuer, type and term takes its number from."""
    return Sequence(issuer, None if congress else type_code, term)


def next_number(register: Iterable[Entry], sequence: Sequence) -> int:
    """The number after the highest one given in the sequence; 1 opens it. Gaps are never filled.

    >>> book = [Entry(Sequence("BTCHU", "TB", "2020-2025"), 11), Entry(Sequence("BTCHU", "KH", "2020-2025"), 40)]
    >>> next_number(book, sequence_of("BTCHU", "TB", "2020-2025"))
    12
    """
    return max((entry.number for entry in register if entry.sequence == sequence), default=0) + 1


def padded(number: int, *, below: int) -> str:
    """In two digits when it is less than `below`: `07`, but `12`, `127`."""
    return f"{number:02}" if number < below else str(number)


def key_of(number: int, type_code: str, issuer: str, *, zero_below: int) -> str:
    """Number and symbol as printed: number, hyphen, type, slash, issuer, no year.

    `zero_below`: numbers less than this carry a leading zero.

    >>> key_of(7, "TB", "BTCHU", zero_below=10)
    '07-TB/BTCHU'
    """
    if number < 1:
        raise BadInput("number.not_ordinal", "Số văn bản phải từ 1 trở lên.", "number")
    for field, value, name in (
        ("type_code", type_code, "loại văn bản"),
        ("issuer", issuer, "cơ quan ban hành"),
    ):
        if not value.strip():
            raise BadInput("number.no_symbol", f"Chưa ghi ký hiệu {name}.", field)
    return f"{padded(number, below=zero_below)}-{type_code.strip()}/{issuer.strip()}"

"""Roman numerals, as terms of a committee and of a congress are numbered (`nhiệm kỳ khóa XXII`)."""

from tochuc.kernel.errors import BadInput

_SIGNS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 3999


def to_roman(number: int) -> str:
    """1–3999 as a Roman numeral.

    >>> to_roman(22)
    'XXII'
    """
    if not 1 <= number <= _LARGEST:
        raise BadInput("roman.out_of_range", f"Không viết được số {number} bằng chữ số La Mã.")
    left, signs = number, []
    for value, sign in _SIGNS:
        count, left = divmod(left, value)
        signs.append(sign * count)
    return "".join(signs)


def from_roman(text: str) -> int:
    """The number a well-formed Roman numeral stands for, in either case; raises BadInput otherwise.

    >>> from_roman("XIII")
    13
    """
    numeral, number, at = text.strip().upper(), 0, 0
    for value, sign in _SIGNS:
        while numeral.startswith(sign, at):
            number += value
            at += len(sign)
    if not 1 <= number <= _LARGEST or to_roman(number) != numeral:
        raise BadInput("roman.unreadable", f"“{text.strip()}” không phải chữ số La Mã.")
    return number

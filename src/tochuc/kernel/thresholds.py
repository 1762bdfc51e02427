"""Vote thresholds as exact fractions of a base: "two thirds", "more than half"."""

import re
from dataclasses import dataclass

from tochuc.kernel.errors import BadInput

_WRITTEN = re.compile(r"(?P<strict>>)?\s*(?P<numerator>[0-9]{1,3})\s*/\s*(?P<denominator>[0-9]{1,3})")
_NUMBERS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least (`strict`: more than) `numerator`/`denominator` of a base, counted in whole votes.

    >>> Threshold(2, 3, strict=False).needed(10)
    7
    >>> Threshold(1, 2, strict=True).needed(10)
    6
    """

    numerator: int
    denominator: int
    strict: bool

    def __post_init__(self) -> None:
        in_range = 0 < self.numerator <= self.denominator
        if not in_range or (self.strict and self.numerator == self.denominator):
            raise BadInput("threshold.impossible", f"Tỷ lệ biểu quyết “{self.text}” không hợp lý.")

    @classmethod
    def parse(cls, text: str) -> "Threshold":
        """Read `2/3` (at least) or `>1/2` (more than); raises BadInput for anything else."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise BadInput("threshold.unreadable", f"Không đọc được tỷ lệ “{text}”: ghi như 2/3 hoặc >1/2.")
        return cls(int(found["numerator"]), int(found["denominator"]), strict=found["strict"] is not None)

    @property
    def text(self) -> str:
        """As `parse` reads it."""
        return f"{'>' if self.strict else ''}{self.numerator}/{self.denominator}"

    @property
    def words(self) -> str:
        """As a rule says it: `hai phần ba`, `quá nửa`, `một trăm phần trăm`."""
        if self.numerator == self.denominator:
            return "một trăm phần trăm"
        share = (
            "nửa"
            if (self.numerator, self.denominator) == (1, 2)
            else f"{_number_words(self.numerator)} phần {_number_words(self.denominator)}"
        )
        if self.strict:
            return f"quá {share}"
        return "một nửa" if share == "nửa" else share

    def needed(self, base: int) -> int:
        """The smallest number of votes that meets it; at least one, since nobody's vote decides nothing.

        `base`: how many the share is taken of (members, those entitled, those present, as the rule says).
        """
        if base < 0:
            raise BadInput("threshold.negative_base", "Số người làm căn cứ tính không được âm.")
        whole, rest = divmod(base * self.numerator, self.denominator)
        return max(1, whole + 1 if self.strict or rest else whole)


def _number_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)

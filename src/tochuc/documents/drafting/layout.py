"""How a Party document is laid out on paper: sizes and distances, as the rules give them."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal

Measure = int | float | Decimal | str
Allowed = Measure | tuple[Measure, ...]
"""A value of a rule. Where the rule allows several sizes, the first is the one used."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of one sheet of a Party document (Guidance 36-HD/VPTW of 03/04/2018).

    `page_*`, `margin_*`, `page_number_from_top` and `first_line_indent` in millimetres; `*_size`, `line_spacing`
    (the least distance of two lines of the body) and `paragraph_gap` in points; `number_digits`: a document
    number is printed with at least so many digits.
    """

    font: str
    page_width: float
    page_height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    page_number_from_top: float
    page_number_size: float
    title_size: float
    superior_size: float
    issuer_size: float
    number_size: float
    place_date_size: float
    type_size: float
    abstract_size: float
    letter_abstract_size: float
    body_size: float
    heading_size: float
    table_size: float
    signature_size: float
    signer_size: float
    recipients_heading_size: float
    recipients_size: float
    first_line_indent: float
    line_spacing: float
    paragraph_gap: float
    number_digits: int

    @classmethod
    def from_rules(cls, ask: Callable[[str], Allowed]) -> "Layout":
        """The layout in force, from `ask(parameter id)`, which gives the value of the rule on the day meant."""
        measures = {
            field.name: float(first_allowed(ask(f"documents.layout_{field.name}")))
            for field in fields(cls)
            if field.name not in ("font", "number_digits")
        }
        return cls(
            font=str(first_allowed(ask("documents.layout_font"))),
            number_digits=int(first_allowed(ask("documents.number_min_digits"))),
            **measures,
        )

    @property
    def text_width(self) -> float:
        """Width between the margins, in millimetres."""
        return self.page_width - self.margin_left - self.margin_right


def first_allowed(value: Allowed) -> Measure:
    """The value itself, or the first of those that a rule allows."""
    return value[0] if isinstance(value, tuple) else value

"""How a Party document is laid out on paper: sizes and distances, as the rules give them."""

from collections.abc import Callable
from dataclasses import dataclass

PAPER_MM = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}
"""Sheets of ISO 216, upright: width and height in millimetres."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of one sheet of a Party document (Guidance 36-HD/VPTW of 03/04/2018).

    `page_*` and `margin_*` in millimetres, `*_size` in points. `two_digit_*_below`: a number, day or month below
    it is written with a zero in front. The measures with a default are those that no rule was found to set.
    `page_number_from_top` and `first_line_indent` in millimetres; `line_spacing` (the least distance of two lines
    of the body) and `paragraph_gap` in points.
    """

    font: str
    page_width: float
    page_height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    title_size: float
    superior_size: float
    issuer_size: float
    number_size: float
    place_date_size: float
    type_size: float
    abstract_size: float
    letter_abstract_size: float
    body_size: float
    authority_size: float
    signer_size: float
    recipients_heading_size: float
    recipients_size: float
    two_digit_number_below: int
    two_digit_day_below: int
    two_digit_month_below: int
    page_number_from_top: float = 10
    table_size: float = 13
    first_line_indent: float = 10
    line_spacing: float = 18
    paragraph_gap: float = 6

    @classmethod
    def from_rules(cls, ask: Callable[[str], object]) -> "Layout":
        """The layout in force, from `ask(parameter id)`, which gives the value of the rule on the day meant.

        Of the sizes that a rule allows, the type name takes the largest, abstract and body the smallest.
        """

        def measure(rule_id: str) -> int:
            value = ask(rule_id)
            if not isinstance(value, int):
                raise TypeError(f"{rule_id} is not a whole number: {value!r}")
            return value

        def allowed(rule_id: str) -> list[int]:
            value = ask(rule_id)
            if not isinstance(value, tuple) or not all(isinstance(size, int) for size in value):
                raise TypeError(f"{rule_id} is not a list of sizes: {value!r}")
            return sorted(value)

        width, height = PAPER_MM[str(ask("documents.paper"))]
        return cls(
            font=str(ask("documents.font")),
            page_width=width,
            page_height=height,
            margin_top=measure("documents.margin_top"),
            margin_bottom=measure("documents.margin_bottom"),
            margin_left=measure("documents.margin_left"),
            margin_right=measure("documents.margin_right"),
            title_size=measure("documents.title_size"),
            superior_size=measure("documents.superior_body_size"),
            issuer_size=measure("documents.issuing_body_size"),
            number_size=measure("documents.number_size"),
            place_date_size=measure("documents.place_date_size"),
            type_size=allowed("documents.type_name_sizes")[-1],
            abstract_size=allowed("documents.abstract_sizes")[0],
            letter_abstract_size=measure("documents.letter_abstract_size"),
            body_size=allowed("documents.body_sizes")[0],
            authority_size=measure("documents.authority_size"),
            signer_size=measure("documents.signer_size"),
            recipients_heading_size=measure("documents.recipients_heading_size"),
            recipients_size=measure("documents.recipients_size"),
            two_digit_number_below=measure("documents.two_digit_number_below"),
            two_digit_day_below=measure("documents.two_digit_day_below"),
            two_digit_month_below=measure("documents.two_digit_month_below"),
        )

    @property
    def text_width(self) -> float:
        """Width between the margins, in millimetres."""
        return self.page_width - self.margin_left - self.margin_right

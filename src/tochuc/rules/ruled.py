"""What a rule says on a day: the value together with where it stands and how sure that is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tochuc.kernel.days import Span
from tochuc.kernel.thresholds import Threshold
from tochuc.rules.declare import Cite, Confidence
from tochuc.rules.units import UNIT_WORDS, Kind

RuleValue = int | str | Decimal | tuple[int | str, ...]

_MOST_UNITS_BEFORE_DOTS = 1000


@dataclass(frozen=True, slots=True)
class Ruled:
    """The answer to "what does the rule say on that day".

    `note`: all there is to know of this value; `lasting_note`: the part of it that holds for every value of the rule.
    `kept_for`: which part of the work it waits for, where the program asks for it nowhere yet.
    `value`: int for duration, count and measure; text of a fraction for share; int or Decimal for money and rate;
    text for text; tuple for list. `since`/`until`: the days for which this value and citation hold (half-open).
    """

    id: str
    title: str
    kind: Kind
    value: RuleValue
    unit: str
    cite: Cite
    confidence: Confidence
    since: date
    until: date
    note: str | None = None
    lasting_note: str | None = None
    kept_for: str | None = None

    @property
    def may_refuse(self) -> bool:
        """Whether an act may be refused on its ground: only what was read in the text of the rule.

        Everything else may remind and warn.
        """
        return self.confidence == "text"

    @property
    def span(self) -> Span:
        """The days for which it holds."""
        return Span(self.since, self.until)

    @property
    def number(self) -> int:
        """The value of a duration, count, measure or sum in whole đồng; TypeError for other kinds."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.id} is a {self.kind}, not a whole number")
        return self.value

    @property
    def percent(self) -> Decimal:
        """The value of a rate in hundredths; TypeError for other kinds."""
        if self.kind != "rate":
            raise TypeError(f"{self.id} is a {self.kind}, not a rate")
        return Decimal(str(self.value))

    @property
    def threshold(self) -> Threshold:
        """The value of a share; TypeError for other kinds."""
        if self.kind != "share":
            raise TypeError(f"{self.id} is a {self.kind}, not a share")
        return Threshold.parse(str(self.value))

    @property
    def items(self) -> tuple[int | str, ...]:
        """The members of a list; TypeError for other kinds."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.id} is a {self.kind}, not a list")
        return self.value

    @property
    def words(self) -> str:
        """Value and unit in Vietnamese: `60 ngày làm việc`, `hai phần ba số đảng viên chính thức`."""
        unit = UNIT_WORDS[self.unit]
        if self.kind == "share":
            return f"{self.threshold.words} {unit}"
        if isinstance(self.value, tuple):
            # A day of each year is written like any other day.
            dates = self.unit == "month_days"
            shown = ", ".join(str(item).replace("-", "/") if dates else str(item) for item in self.value)
        else:
            shown = _grouped(self.value)
        return f"{shown}{unit}" if unit.startswith("%") else f"{shown} {unit}".strip()

    @property
    def why(self) -> str:
        """One line for a screen or letter: title, value, place, and a warning when not read in the text."""
        doubt = {"text": "", "second_hand": " (theo nguồn gián tiếp)", "unconfirmed": " (chưa xác minh)"}
        return f"{self.title}: {self.words} — {self.cite.vn}{doubt[self.confidence]}"


def _grouped(value: int | str | Decimal) -> str:
    """Numbers the Vietnamese way: dots between thousands, a comma before decimals."""
    if isinstance(value, int) and value >= _MOST_UNITS_BEFORE_DOTS:
        return f"{value:,}".replace(",", ".")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return str(value)

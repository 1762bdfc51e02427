"""What must hold of a value, a document or an example beyond its shape. Each check yields `key: words`."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tochuc.kernel.errors import DomainError
from tochuc.kernel.thresholds import Threshold
from tochuc.rules.declare import Parameter, Source, Value
from tochuc.rules.ruled import Ruled, RuleValue
from tochuc.rules.units import UNITS_OF

_FEWEST_EXAMPLES = 2
_LEAP_YEAR = 2024
_WHOLE = 100
_LONGEST = {"days": 36_525, "working_days": 26_000, "months": 1_200, "years": 100, "minutes": 525_600}
_MOST = 10**12
_NUMBERED = frozenset({"years", "pt", "percent"})


def check_source(source: Source, sources: Mapping[str, Source]) -> Iterator[str]:
    """A document's days in order, and its successor in the register."""
    since, until = source.in_force_from, source.in_force_until
    if since and until and since >= until:
        yield f"in_force_until: {until} phải sau in_force_from {since}"
    if source.replaced_by is not None and source.replaced_by not in sources:
        yield f"replaced_by: không có văn bản {source.replaced_by}"
    if source.replaced_by == source.id:
        yield "replaced_by: văn bản không thể thay thế chính nó"


def check_value(parameter: Parameter, value: Value) -> Iterator[str]:
    """The value is of its kind, its unit too, and it lasts at least a day."""
    if value.until and value.until <= value.from_:
        yield f"until: {value.until} phải sau from {value.from_}"
    if value.unit and value.unit not in UNITS_OF[parameter.kind]:
        units = ", ".join(sorted(UNITS_OF[parameter.kind]))
        yield f"unit: {value.unit} không phải đơn vị của loại {parameter.kind}; dùng được: {units}"
    unit = value.unit or parameter.unit
    if wrong := value_problem(parameter.kind, unit, value.value):
        yield f"value: {wrong}"


def check_examples(parameter: Parameter, answers: tuple[Ruled, ...]) -> Iterator[str]:
    """The examples hold, there are at least two, and every value that differs is given by one."""
    if len(parameter.examples) < _FEWEST_EXAMPLES:
        yield f"examples: cần ít nhất {_FEWEST_EXAMPLES} ví dụ"
    given: set[tuple[RuleValue, str]] = set()
    for at, example in enumerate(parameter.examples):
        if (example.gives is None) == (example.raises is None):
            yield f"examples[{at}]: phải có đúng một trong hai khóa gives, raises"
            continue
        answer = next((answer for answer in answers if answer.span.covers(example.on)), None)
        wanted = frozen_value(example.gives)
        got = answer.value if answer else None
        if got != wanted:
            yield f"examples[{at}]: ngày {example.on} quy tắc cho {got}, ví dụ nói {wanted}"
        elif answer and example.unit and answer.unit != example.unit:
            yield f"examples[{at}]: ngày {example.on} đơn vị là {answer.unit}, ví dụ nói {example.unit}"
        elif answer:
            given.add((answer.value, answer.unit))
    for answer in answers:
        if (answer.value, answer.unit) not in given:
            yield f"examples: chưa có ví dụ nào cho giá trị {answer.value} {answer.unit} (từ {answer.since})"


def frozen_value(raw: Any) -> Any:
    """A list as a tuple, anything else as it is."""
    return tuple(raw) if isinstance(raw, list) else raw


def value_problem(kind: str, unit: str, raw: Any) -> str | None:
    """What is wrong with a value of this kind and unit, in words; None when nothing is."""
    return _wrong_for_kind(kind, raw) or _wrong_for_unit(unit, raw)


def _wrong_for_kind(kind: str, raw: Any) -> str | None:
    if kind in ("duration", "count", "measure"):
        return None if _is_whole(raw) and raw > 0 else f"{raw} phải là số nguyên dương"
    if kind == "money":
        return None if (_is_whole(raw) or isinstance(raw, Decimal)) and raw > 0 else f"{raw} phải là số dương"
    if kind == "rate":
        number = _is_whole(raw) or isinstance(raw, Decimal)
        return None if number and 0 < raw <= _WHOLE else f"{raw} phải là số phần trăm, trên 0 đến 100"
    if kind == "share":
        return _wrong_share(raw)
    if kind == "text":
        return None if isinstance(raw, str) and raw.strip() else "phải là chữ và không được trống"
    is_list = isinstance(raw, list) and all(_is_whole(item) or isinstance(item, str) for item in raw)
    if not is_list or not raw:
        return "phải là danh sách số nguyên hoặc chữ, không được trống"
    return "có mục lặp lại" if len(set(raw)) < len(raw) else None


def _wrong_for_unit(unit: str, raw: Any) -> str | None:
    """Days of the year are written day-month; a leap year has them all. No time is longer than a century."""
    if isinstance(raw, int) and raw > (most := _LONGEST.get(unit, _MOST)):
        return f"{raw} quá lớn, nhiều nhất là {most}"
    if unit in _NUMBERED and isinstance(raw, list) and not all(_is_whole(one) and one > 0 for one in raw):
        return "phải gồm các số nguyên dương"
    if unit != "month_days":
        return None
    for item in raw if isinstance(raw, list) else [raw]:
        day, _, month = str(item).partition("-")
        try:
            date(_LEAP_YEAR, int(month), int(day))
        except ValueError:
            return f"{item} phải là ngày-tháng, ví dụ 31-12"
    return None


def _is_whole(raw: Any) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool)


def _wrong_share(raw: Any) -> str | None:
    if not isinstance(raw, str):
        return f'{raw} phải là phân số trong dấu ngoặc kép, ví dụ "2/3" hoặc ">1/2"'
    try:
        Threshold.parse(raw)
    except DomainError as error:
        return error.message
    return None

"""Categories of members for dues, the rule of each, and what a member's dues come to in a month.

Every rate and amount is asked of the rules for the month concerned. What depends on the place (the area, the wage
region) is a rule too, which a branch sets by a regulation of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, Protocol

from tochuc.kernel.errors import NotInForce
from tochuc.kernel.names import fold
from tochuc.rules.ruled import Ruled

Counted = Literal["share", "amount", "area", "area_half", "region", "typed"]
_WHOLE = Decimal(100)


class Ask(Protocol):
    """How rules are asked: for the branch, on a day."""

    def __call__(self, rule_id: str, /, *, on: date) -> Ruled: ...


@dataclass(frozen=True)
class Category:
    """A category: its name, how its dues are counted and by which rule, what the base is called where it has one."""

    code: str
    label: str
    counted: Counted
    rule: str = ""
    base: str = ""


OTHER, OTHER_PAST_AGE, STATE, PENSION, STUDENT, ABROAD = (
    "other",
    "other_past_age",
    "state_pay",
    "pension",
    "student",
    "abroad",
)
_PAY, _BENEFIT = "Tiền lương, phụ cấp một tháng", "Mức hưởng một tháng"
CATEGORIES = {
    one.code: one
    for one in (
        Category(STATE, "Hưởng lương ở cơ quan, lực lượng vũ trang", "share", "dues.rate_state_pay", _PAY),
        Category(
            "enterprise", "Làm việc ở doanh nghiệp, đơn vị sự nghiệp", "share", "dues.rate_enterprise", _PAY
        ),
        Category("conscript", "Hạ sĩ quan, chiến sĩ hưởng phụ cấp", "share", "dues.rate_conscript", _BENEFIT),
        Category(
            "sick_leave", "Nghỉ ốm đau, thai sản hưởng bảo hiểm", "share", "dues.rate_sick_leave", _BENEFIT
        ),
        Category(PENSION, "Hưởng lương hưu", "share", "dues.rate_pension", "Lương hưu một tháng"),
        Category(
            "pension_and_pay",
            "Hưởng lương hưu và tiền công, phụ cấp",
            "share",
            "dues.rate_pension_and_pay",
            "Lương hưu cộng tiền công, phụ cấp một tháng",
        ),
        Category("benefit", "Hưởng trợ cấp bệnh binh, mất sức", "share", "dues.rate_benefit", _BENEFIT),
        Category(STUDENT, "Học sinh, sinh viên", "amount", "dues.amount_student"),
        Category(OTHER, "Không có lương, trong độ tuổi lao động", "area", "dues.rate_no_pension"),
        Category(
            OTHER_PAST_AGE,
            "Không có lương, ngoài độ tuổi lao động",
            "area_half",
            "dues.rate_no_pension_retired",
        ),
        Category(ABROAD, "Ở nước ngoài, đóng theo mức riêng", "typed"),
    )
}
CATEGORY_CHOICES = [(one.code, one.label) for one in CATEGORIES.values()]
_AREAS = {
    1: "dues.amount_inner_city",
    2: "dues.amount_city",
    3: "dues.amount_remote",
    4: "dues.amount_rest",
}
_REGIONS = (1, 2, 3, 4)
# Words of an occupation, tones aside, that make a category likely. A proposal and nothing more: the cell chooses.
_LIKELY = (
    (PENSION, ("nghi huu", "huu tri")),
    (STUDENT, ("sinh vien", "hoc sinh")),
    ("enterprise", ("cong nhan", "doanh nghiep", "cong ty", "ke toan")),
    (STATE, ("can bo", "cong chuc", "giao vien", "vien chuc", "y si", "bac si", "cong an", "bo doi")),
)


def likely(occupation: str) -> str:
    """The category that an occupation suggests."""
    words = fold(occupation)
    found = (code for code, said in _LIKELY if any(word in words for word in said))
    return next(found, OTHER)


@dataclass(frozen=True)
class Reckoned:
    """What a member's dues come to in a month: the sum where it is known, else what is missing; the rules used."""

    amount: int | None
    rules: tuple[Ruled, ...] = ()
    missing: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether every rule used was read in its text."""
        return all(rule.may_refuse for rule in self.rules)


def reckon(code: str, base: int | None, ask: Ask, month: date, *, relief: int = 0) -> Reckoned:
    """The dues of one category in a month, less a relief in hundredths. Half a đồng counts as one."""
    category = CATEGORIES[code]
    try:
        whole, rules = _whole(category, base, ask, month)
    except NotInForce:
        missing = "Tháng này không có mức riêng cho nhóm này; hãy chọn lại nhóm."
        return Reckoned(None, missing=missing)
    if whole is None:
        missing = (
            f"Chưa ghi {category.base.lower()}." if category.base else "Chưa có mức trong quy định đã nhập."
        )
        return Reckoned(None, rules, missing)
    less = whole * (_WHOLE - relief) / _WHOLE
    return Reckoned(int(less.quantize(Decimal(1), ROUND_HALF_UP)), rules)


def _whole(
    category: Category, base: int | None, ask: Ask, month: date
) -> tuple[Decimal | None, tuple[Ruled, ...]]:
    if category.counted == "typed":
        return None, ()
    if category.counted in ("area", "area_half"):
        return _without_pay(category, ask, month)
    rule = ask(category.rule, on=month)
    if category.counted == "amount":
        return Decimal(rule.number), (rule,)
    return (None if base is None else Decimal(base) * rule.percent / _WHOLE), (rule,)


def _without_pay(category: Category, ask: Ask, month: date) -> tuple[Decimal | None, tuple[Ruled, ...]]:
    """By area under the older rule, a share of the region's minimum wage under the newer."""
    try:
        rate = ask(category.rule, on=month)
    except NotInForce:
        area = ask("dues.area", on=month)
        amount = ask(_AREAS.get(area.number, _AREAS[4]), on=month)
        if category.counted == "area":
            return Decimal(amount.number), (amount, area)
        share = ask("dues.share_past_working_age", on=month)
        return amount.number * share.percent / _WHOLE, (share, amount, area)
    region = ask("dues.wage_region", on=month)
    wage = ask(f"dues.regional_wage_{region.number if region.number in _REGIONS else 4}", on=month)
    return wage.number * rate.percent / _WHOLE, (rate, wage, region)

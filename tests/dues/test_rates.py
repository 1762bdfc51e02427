"""What a member's dues come to: by the rule of the month, category by category."""

from __future__ import annotations

from datetime import date

import pytest

from tochuc.dues.categories import likely, reckon
from tochuc.rules.ask import rule

OLD, NEW, LATER = date(2023, 3, 1), date(2026, 3, 1), date(2028, 1, 1)


@pytest.mark.parametrize(
    ("month", "category", "base", "amount"),
    [
        (OLD, "state_pay", 5_000_000, 50_000),  # HD 03-HD/VPTW, II.1: 1%
        (OLD, "pension", 3_010_100, 15_051),  # II.3: 0.5%, half a đồng counts as one
        (OLD, "student", None, 3_000),
        (OLD, "other", None, 6_000),  # the remaining areas
        (OLD, "other_past_age", None, 3_000),  # half of it
        (NEW, "state_pay", 5_000_000, 50_000),  # QĐ 01-QĐ/TW, Art. 3
        (NEW, "student", None, 5_000),
        (NEW, "other", None, 11_100),  # 0.3% of region IV's 3,700,000
        (NEW, "other_past_age", None, 7_400),  # 0.2%
        (LATER, "other", None, 18_500),  # 0.5% from 2028
    ],
)
def test_the_rule_of_the_month_counts(month: date, category: str, base: int | None, amount: int) -> None:
    assert reckon(category, base, rule, month).amount == amount


def test_a_relief_takes_its_share_and_an_exemption_all() -> None:
    assert reckon("other", None, rule, OLD, relief=50).amount == 3_000
    assert reckon("other", None, rule, OLD, relief=100).amount == 0


def test_what_is_missing_is_said_and_no_sum_guessed() -> None:
    assert reckon("pension", None, rule, OLD).missing == "Chưa ghi lương hưu một tháng."
    assert reckon("abroad", None, rule, OLD).amount is None
    # The 2026 rule has no rate of its own for conscripts.
    assert "chọn lại nhóm" in reckon("conscript", 1_000_000, rule, NEW).missing


def test_every_sum_names_the_rules_it_rests_on() -> None:
    found = reckon("other_past_age", None, rule, OLD)
    assert [r.id for r in found.rules] == ["dues.share_past_working_age", "dues.amount_rest", "dues.area"]
    assert not found.confirmed


def test_an_occupation_only_suggests_a_category() -> None:
    assert likely("Cán bộ nghỉ hưu") == "pension"
    assert likely("Giáo viên tiểu học") == "state_pay"
    assert likely("Làm ruộng") == "other"

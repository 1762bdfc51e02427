"""What a list of members can be narrowed by: one declaration for each condition of the filter.

A condition knows its name in the address, its label, how a typed value is read, and which rows it leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Q, QuerySet

from tochuc.kernel.days import add_months
from tochuc.kernel.errors import BadInput, DomainError, NotInForce
from tochuc.kernel.known_dates import day_vn, parse_day
from tochuc.kernel.names import fold
from tochuc.lists import party_days
from tochuc.members.conditions import CONDITION_CHOICES, TOUCHING_MEETINGS
from tochuc.members.kinds import OFFICIAL
from tochuc.members.models import GENDER_CHOICES, THEORY_CHOICES, Condition, Holds
from tochuc.org.kinds import LEADING_POSTS, POST_KIND_CHOICES
from tochuc.org.models import Organisation, Under
from tochuc.rules.ask import rule

Kind = Literal["select", "text", "number", "date"]
Rows = QuerySet[Any]
NONE, ANY, LEADS = "khong", "co", "dung-dau"
_MONTHS = 12
_OLDEST = 150
_YEARS = (1930, 2100)
_LONGEST = 60


@dataclass(frozen=True)
class Asking:
    """Of which organisation and day a list is asked; ``of`` leads from its rows to the person."""

    organisation: Organisation
    day: date
    of: str = "person__"

    def q(self, **fields: Any) -> Q:
        """A condition on fields of the person."""
        return Q(**{f"{self.of}{name}": value for name, value in fields.items()})


@dataclass(frozen=True)
class Criterion:
    """One condition. ``narrow`` leaves the rows that meet it; ``sensitive`` ones are noted when they are used."""

    slug: str
    label: str
    kind: Kind
    narrow: Callable[[Rows, Any, Asking], Rows]
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    sensitive: bool = False
    limits: tuple[int, int] = (0, _OLDEST)

    def read(self, typed: str) -> Any:
        """What was typed as the value to ask for; raises ``DomainError`` where it can't be one."""
        if self.kind == "number":
            least, most = self.limits
            if not typed.isascii() or not typed.isdigit() or not least <= int(typed) <= most:
                raise BadInput("not_a_number", f"Ghi một số từ {least} đến {most}.", self.slug)
            return int(typed)
        if self.kind == "date":
            return parse_day(typed)
        if self.kind == "select":
            if typed not in dict(self.choices):
                raise BadInput("not_offered", "Chọn một trong các giá trị có sẵn.", self.slug)
            return typed
        return typed[:_LONGEST]

    def words(self, value: Any) -> str:
        """The condition in words, as the list shows what it is narrowed by."""
        shown = dict(self.choices).get(value, value)
        return f"{self.label}: {day_vn(shown) if isinstance(shown, date) else shown}"


def _field(name: str) -> Callable[[Rows, Any, Asking], Rows]:
    return lambda rows, value, at: rows.filter(at.q(**{name: value}))


def _holds_words(name: str) -> Callable[[Rows, Any, Asking], Rows]:
    return lambda rows, value, at: rows.filter(at.q(**{f"{name}__icontains": value}))


def _older(rows: Rows, years: int, at: Asking) -> Rows:
    return rows.filter(at.q(birth_on__lte=add_months(at.day, -_MONTHS * years)))


def _younger(rows: Rows, years: int, at: Asking) -> Rows:
    return rows.filter(at.q(birth_on__gt=add_months(at.day, -_MONTHS * (years + 1))))


def _ethnic(rows: Rows, typed: str, at: Asking) -> Rows:
    """One people by name, or all but the Kinh; whoever's isn't recorded belongs to neither."""
    if fold(typed) in {"thieu so", "dan toc thieu so"}:
        return rows.exclude(at.q(ethnicity__iexact="kinh")).exclude(at.q(ethnicity=""))
    return rows.filter(at.q(ethnicity__iexact=typed))


def _theory(rows: Rows, value: str, at: Asking) -> Rows:
    return rows.filter(at.q(political_theory="" if value == NONE else value))


def _posted(rows: Rows, value: str, at: Asking) -> Rows:
    held = Holds.objects.on(at.day)
    if value == LEADS:
        held = held.filter(post__kind__in=LEADING_POSTS)
    elif value not in {ANY, NONE}:
        held = held.filter(post__kind=value)
    meets = at.q(pk__in=held.values("person"))
    return rows.exclude(meets) if value == NONE else rows.filter(meets)


def _conditioned(rows: Rows, value: str, at: Asking) -> Rows:
    held = Condition.objects.on(at.day)
    if value == NONE:
        return rows.exclude(at.q(pk__in=held.filter(kind__in=TOUCHING_MEETINGS).values("person")))
    return rows.filter(at.q(pk__in=held.filter(kind=value).values("person")))


def _admitted(lookup: str) -> Callable[[Rows, Any, Asking], Rows]:
    def narrow(rows: Rows, day: date, at: Asking) -> Rows:
        return rows.alias(admitted=party_days.admitted_on(at.of, at.day)).filter(
            **{f"admitted__{lookup}": day}
        )

    return narrow


def badge_marks(on: date) -> tuple[int, ...]:
    """The years of Party age that a badge is given for, by the rule of that day."""
    try:
        return tuple(int(mark) for mark in rule("badge.years", on=on).items)
    except NotInForce:
        return ()


def _badge(rows: Rows, year: int, at: Asking) -> Rows:
    return party_days.reaching(rows, at.of, year, badge_marks(at.day), at.day)


def _lacking(rows: Rows, what: str, at: Asking) -> Rows:
    if what == "ngay-sinh":
        return rows.exclude(at.q(birth_precision="day"))
    if what == "the":
        return rows.filter(at.q(card_number=""), **({"standing": OFFICIAL} if at.of else {}))
    return rows.filter(at.q(**{_LACKING_FIELDS[what]: ""}))


_LACKING_FIELDS = {
    "que": "hometown",
    "cu-tru": "residence",
    "dan-toc": "ethnicity",
    "ton-giao": "religion",
    "nghe": "occupation",
    "hoc-van": "education",
    "chuyen-mon": "qualification",
    "ly-luan": "political_theory",
    "dien-thoai": "phone",
}
_LACKING = (
    ("ngay-sinh", "Ngày sinh đủ ngày, tháng"),
    ("the", "Số thẻ đảng viên (chính thức)"),
    ("que", "Quê quán"),
    ("cu-tru", "Nơi cư trú"),
    ("dan-toc", "Dân tộc"),
    ("ton-giao", "Tôn giáo"),
    ("nghe", "Nghề nghiệp"),
    ("hoc-van", "Trình độ phổ thông"),
    ("chuyen-mon", "Trình độ chuyên môn"),
    ("ly-luan", "Lý luận chính trị"),
    ("dien-thoai", "Điện thoại"),
)
_POSTS = ((ANY, "Có chức vụ"), (LEADS, "Đứng đầu"), *POST_KIND_CHOICES, (NONE, "Không có chức vụ"))

CRITERIA: tuple[Criterion, ...] = (
    Criterion("tu-tuoi", "Tuổi từ", "number", _older),
    Criterion("den-tuoi", "Tuổi đến", "number", _younger),
    Criterion("gioi", "Giới tính", "select", _field("gender"), tuple(GENDER_CHOICES)),
    Criterion(
        "tuoi-dang-tu",
        "Tuổi đảng từ (năm)",
        "number",
        lambda rows, value, at: party_days.of_age(rows, at.of, at.day, value, None),
    ),
    Criterion(
        "tuoi-dang-den",
        "Tuổi đảng đến (năm)",
        "number",
        lambda rows, value, at: party_days.of_age(rows, at.of, at.day, None, value),
    ),
    Criterion(
        "huy-hieu", "Đủ tuổi nhận Huy hiệu Đảng trong năm", "number", _badge, hint="Ví dụ 2023", limits=_YEARS
    ),
    Criterion("ket-nap-tu", "Vào Đảng từ ngày", "date", _admitted("gte")),
    Criterion("ket-nap-den", "Vào Đảng đến ngày", "date", _admitted("lte")),
    Criterion("chuc-vu", "Chức vụ", "select", _posted, _POSTS),
    Criterion(
        "dieu-kien",
        "Tình trạng sinh hoạt",
        "select",
        _conditioned,
        (*CONDITION_CHOICES, (NONE, "Sinh hoạt bình thường")),
    ),
    Criterion(
        "ly-luan", "Lý luận chính trị", "select", _theory, (*THEORY_CHOICES, (NONE, "Chưa qua hoặc chưa ghi"))
    ),
    Criterion("hoc-van", "Trình độ phổ thông có chữ", "text", _holds_words("education")),
    Criterion("chuyen-mon", "Trình độ chuyên môn có chữ", "text", _holds_words("qualification")),
    Criterion("nghe", "Nghề nghiệp có chữ", "text", _holds_words("occupation")),
    Criterion(
        "dan-toc",
        "Dân tộc",
        "text",
        _ethnic,
        hint="Tên dân tộc, hoặc «thiểu số»",
        sensitive=True,
    ),
    Criterion("cu-tru", "Nơi cư trú có chữ", "text", _holds_words("residence"), sensitive=True),
    Criterion("thieu", "Còn thiếu thông tin", "select", _lacking, _LACKING),
)
BY_PARTY_DAYS = frozenset({"tuoi-dang-tu", "tuoi-dang-den", "huy-hieu", "ket-nap-tu", "ket-nap-den"})
"""Conditions that look the Party days of each up."""
BY_SLUG = {one.slug: one for one in CRITERIA}


def within(code: str, on: date) -> Q:
    """Rows that stand in the branch of this organisation on that day."""
    return Q(organisation__in=Under.objects.on(on).filter(above__code=code).values("unit"))


def read(slug: str, typed: str) -> tuple[Any, str]:
    """The value of a condition and what is wrong with it; one of the two is empty."""
    try:
        return BY_SLUG[slug].read(typed), ""
    except DomainError as bad:
        return None, bad.message

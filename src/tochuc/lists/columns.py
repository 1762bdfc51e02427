"""The columns that a list of members can show: heading, width on paper, what the cell says, how it sorts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal

from django.db.models import QuerySet

from tochuc.kernel.days import years_between
from tochuc.lists import party_days
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.members.models import Condition, Holds, MemberEvent, Person
from tochuc.members.party_age import PartyAge
from tochuc.members.queries import joined
from tochuc.org.models import Organisation

Kind = Literal["text", "date", "number"]
STANDING_WORDS = {OFFICIAL: "Chính thức", PROBATIONARY: "Dự bị"}
NAME = "ten"
_BATCH = 2000
PARTY_DAYS, POSTS, CONDITIONS, AGES = "party_days", "posts", "conditions", "ages"


@dataclass(frozen=True)
class Line:
    """One member in a list: who, where and how they stood on the day of the list."""

    person: Person
    organisation: Organisation
    standing: str
    day: date
    ceremony: date | None = None
    official: date | None = None
    posts: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    age: PartyAge | None = None


@dataclass(frozen=True)
class Column:
    """One column. ``orders`` are the fields it sorts by, seen from the person; ``needs`` what is read beside."""

    slug: str
    label: str
    width: int
    value: Callable[[Line], Any]
    kind: Kind = "text"
    orders: tuple[str, ...] = ()
    needs: str = ""
    sensitive: bool = False


def _of(name: str) -> Callable[[Line], Any]:
    return lambda line: getattr(line.person, name)


def _gender(line: Line) -> str:
    return line.person.get_gender_display()


def _official(line: Line) -> Any:
    return "Đang dự bị" if line.standing == PROBATIONARY else line.official


def _plain(slug: str, label: str, width: int, name: str, *, sensitive: bool = False) -> Column:
    return Column(slug, label, width, _of(name), orders=(name,), sensitive=sensitive)


_COLUMNS = (
    Column(NAME, "Họ và tên", 28, _of("full_name"), orders=("sort_key",)),
    Column("ngay-sinh", "Ngày sinh", 12, _of("birth"), "date", orders=("birth_on",)),
    Column("tuoi", "Tuổi", 7, lambda line: years_between(line.person.birth_on, line.day), "number"),
    Column("gioi", "Giới tính", 9, _gender, orders=("gender",)),
    Column("chi-bo", "Chi bộ", 34, lambda line: line.organisation.name),
    Column("tu-cach", "Tư cách", 12, lambda line: STANDING_WORDS.get(line.standing, "")),
    Column("ngay-vao", "Ngày vào Đảng", 14, lambda line: line.ceremony, "date", needs=PARTY_DAYS),
    Column("chinh-thuc", "Chính thức từ", 14, _official, "date", needs=PARTY_DAYS),
    Column("tuoi-dang", "Tuổi đảng", 15, lambda line: line.age.words if line.age else "", needs=AGES),
    Column("chuc-vu", "Chức vụ", 28, lambda line: ", ".join(line.posts), needs=POSTS),
    Column(
        "dieu-kien",
        "Tình trạng sinh hoạt",
        24,
        lambda line: ", ".join(line.conditions),
        needs=CONDITIONS,
    ),
    _plain("the", "Số thẻ đảng viên", 16, "card_number"),
    _plain("que", "Quê quán", 30, "hometown"),
    _plain("cu-tru", "Nơi cư trú", 30, "residence", sensitive=True),
    _plain("dien-thoai", "Điện thoại", 14, "phone", sensitive=True),
    _plain("dan-toc", "Dân tộc", 12, "ethnicity", sensitive=True),
    _plain("ton-giao", "Tôn giáo", 12, "religion", sensitive=True),
    _plain("nghe", "Nghề nghiệp", 20, "occupation"),
    _plain("hoc-van", "Trình độ phổ thông", 14, "education"),
    _plain("chuyen-mon", "Trình độ chuyên môn", 24, "qualification"),
    Column(
        "ly-luan",
        "Lý luận chính trị",
        14,
        lambda line: line.person.get_political_theory_display(),
        orders=("political_theory",),
    ),
)
COLUMNS = {one.slug: one for one in _COLUMNS}
USUAL = ("ngay-sinh", "chi-bo", "ngay-vao", "chinh-thuc", "chuc-vu")
"""Beside the name, which always comes first."""
USUAL_IN_A_BOOK = ("ngay-sinh", "gioi", "tu-cach", "chi-bo", "ngay-vao", "chinh-thuc", "the", "chuc-vu")
"""What a workbook has where no columns were chosen: there is more room."""


def chosen(slugs: Sequence[str], *, several: bool) -> list[Column]:
    """The name and these columns in the order of the list; the cell only where there are several."""
    wanted = [one for one in _COLUMNS if one.slug in {NAME, *(slugs or USUAL)}]
    return [one for one in wanted if several or one.slug != "chi-bo"]


def lines(rows: Iterable[Any], columns: Iterable[Column], on: date) -> list[Line]:
    """Rows of a list (who, where, how they stand) with what its columns read beside them, in a few queries."""
    some = list(rows)
    needs = {one.needs for one in columns}
    ids = [row.person.pk for row in some]
    events = _events(ids, on, needs)
    posts = _posts(ids, on) if POSTS in needs else {}
    conditions = _conditions(ids, on) if CONDITIONS in needs else {}
    ages = party_days.ages_of(events, on) if AGES in needs else {}
    found = []
    for row in some:
        person = row.person
        _decided, ceremony, official = joined(events.get(person.pk, ()))
        found.append(
            Line(
                person,
                row.organisation,
                row.standing,
                on,
                ceremony,
                official,
                posts.get(person.pk, ()),
                conditions.get(person.pk, ()),
                ages.get(person.pk),
            )
        )
    return found


def _events(people: list[int], on: date, needs: set[str]) -> dict[int, list[MemberEvent]]:
    if AGES in needs:
        return party_days.events_of(people, on)
    return party_days.events_of(people, on, party_days.JOINING) if PARTY_DAYS in needs else {}


def all_lines(rows: Any, columns: Sequence[Column], on: date) -> Iterable[Line]:
    """The same for a whole list, a few thousand at a time."""
    found = iter(rows.iterator(chunk_size=_BATCH) if isinstance(rows, QuerySet) else rows)
    while some := list(islice(found, _BATCH)):
        yield from lines(some, columns, on)


def _posts(people: list[int], on: date) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for held in Holds.objects.on(on).filter(person__in=people).select_related("post"):
        found[held.person_id].append(held.post.title)
    return {person: tuple(titles) for person, titles in found.items()}


def _conditions(people: list[int], on: date) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for one in Condition.objects.on(on).filter(person__in=people).order_by("since", "pk"):
        found[one.person_id].append(one.get_kind_display())
    return {person: tuple(words) for person, words in found.items()}

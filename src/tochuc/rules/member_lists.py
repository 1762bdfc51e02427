"""The lists of members that committees keep or hand in: which columns each has on a day, and by which document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.rules.declare import Cite, CiteKey, Confidence, Source
from tochuc.rules.load import BrokenRules, read_list, rule_book
from tochuc.rules.strict_yaml import with_lines

MEMBER_LISTS = Path(__file__).parent / "tables" / "member_lists.yaml"

Content = Literal[
    "number",
    "name",
    "birth",
    "gender",
    "ethnicity",
    "religion",
    "hometown",
    "education",
    "theory",
    "qualification",
    "occupation",
    "admitted",
    "official",
    "card",
    "cell",
    "conditions",
    "party_age",
    "badge",
    "badge_on",
    "came_on",
    "came_from",
    "left_on",
    "left_to",
    "died_on",
    "out_on",
    "out_how",
    "moved_on",
    "moved_from",
    "moved_to",
    "paper",
]
"""What a column can hold; a list puts into it what is recorded of each."""


class ListColumn(BaseModel):
    """One column of a form: its heading, its width in characters, what it holds (nothing: filled in by hand)."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    label: Annotated[str, Field(min_length=2)]
    width: Annotated[int, Field(ge=4, le=60)]
    holds: list[Content]


class _Edition(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    from_: date = Field(alias="from")
    form: str | None = None
    cite: CiteKey | None = None
    confidence: Confidence
    note: str | None = None
    columns: Annotated[list[ListColumn], Field(min_length=2)]


class _Declared(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=r"[a-z]+(-[a-z]+)*")]
    title: Annotated[str, Field(min_length=4)]
    about: str
    editions: Annotated[list[_Edition], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class MemberList:
    """A list as it is on a day. ``form`` and ``cite`` are empty where no document names such a form."""

    code: str
    title: str
    about: str
    form: str
    cite: Cite | None
    confidence: Confidence
    note: str
    columns: tuple[ListColumn, ...]

    @property
    def why(self) -> str:
        """Where the form comes from, and how sure that is, in one line."""
        doubt = {"text": "", "second_hand": " (theo nguồn gián tiếp)", "unconfirmed": " (chưa xác minh)"}
        named = f"{self.cite.vn[:1].upper()}{self.cite.vn[1:]}{doubt[self.confidence]}." if self.cite else ""
        return f"{named} {self.note}".strip()


def member_lists(on: date) -> tuple[MemberList, ...]:
    """The lists in force that day, in the order of the file."""
    return tuple(found for found in (_on(one, on) for one in _declared()) if found is not None)


def member_list(code: str, on: date) -> MemberList:
    """One list as it is on a day; raises NotInForce where there is none, LookupError for an unknown code."""
    one = next((one for one in _declared() if one.code == code), None)
    if one is None:
        raise LookupError(code)
    found = _on(one, on)
    if found is None:
        raise NotInForce(
            "table.not_in_force", f"Ngày {day_vn(on)} chưa có mẫu {one.title.lower()} nào trong sổ quy định."
        )
    return found


def read_member_lists(path: Path, sources: Mapping[str, Source]) -> tuple[list[_Declared], list[str]]:
    """The lists with their editions, oldest first, and what is wrong with the file."""
    lists, problems = read_list(path, _Declared)
    codes = [one.code for one in lists]
    problems += [
        f"{path.name}: mã {code} lặp lại" for code in sorted({c for c in codes if codes.count(c) > 1})
    ]
    for one in lists:
        problems += [f"{path.name}: {one.code}: {text}" for text in _problems(one, sources)]
    return lists, with_lines(path, problems)


def _problems(one: _Declared, sources: Mapping[str, Source]) -> Iterator[str]:
    for earlier, later in pairwise(one.editions):
        if later.from_ <= earlier.from_:
            yield f"from: {later.from_} phải sau {earlier.from_}"
    for edition in one.editions:
        if edition.columns[0].holds != ["number"]:
            yield "columns: cột đầu phải là số thứ tự"
        if edition.cite is None:
            if edition.confidence != "unconfirmed" or edition.form:
                yield "cite: mẫu có ký hiệu hoặc đã xác minh thì phải nêu văn bản"
            continue
        source = sources.get(edition.cite.source)
        if source is None:
            yield f"cite.source: không có văn bản {edition.cite.source} trong sources.yaml"
        elif source.in_force_from and edition.from_ < source.in_force_from:
            yield f"from: {edition.from_} sớm hơn ngày {source.id} có hiệu lực ({source.in_force_from})"


def _on(one: _Declared, on: date) -> MemberList | None:
    edition = next((e for e in reversed(one.editions) if e.from_ <= on), None)
    if edition is None:
        return None
    key = edition.cite
    cite = Cite(rule_book().sources[key.source], key.article) if key is not None else None
    return MemberList(
        one.code,
        one.title,
        one.about,
        edition.form or "",
        cite,
        edition.confidence,
        edition.note or "",
        tuple(edition.columns),
    )


@cache
def _declared() -> tuple[_Declared, ...]:
    lists, problems = read_member_lists(MEMBER_LISTS, rule_book().sources)
    if problems:
        raise BrokenRules(problems)
    return tuple(lists)

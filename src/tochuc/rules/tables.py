"""Tables that regulations set: the reasons of increase and decrease in the members' statistics."""

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

MOVEMENT_REASONS = Path(__file__).parent / "tables" / "movement_reasons.yaml"

Side = Literal["opening", "increase", "decrease", "closing"]
_SIDES: tuple[Side, ...] = ("opening", "increase", "decrease", "closing")


class _Row(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=r"[a-z]+(_[a-z]+)*")]
    label: Annotated[str, Field(min_length=2)]
    side: Side
    order: int
    confidence: Confidence


class Edition(BaseModel):
    """The rows of the form as one document gives them, from a day on."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    from_: date = Field(alias="from")
    cite: CiteKey
    note: str | None = None
    rows: Annotated[list[_Row], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class MovementReason:
    """One row of form 1-BTCTW (increase and decrease of members). `order` is its place in the form."""

    code: str
    label: str
    side: Side
    order: int
    cite: Cite
    confidence: Confidence


def movement_reasons(on: date) -> tuple[MovementReason, ...]:
    """The rows of the form in force that day, in its order: opening, increases, decreases, closing."""
    for since, reasons in reversed(_movement_reasons()):
        if since <= on:
            return reasons
    raise NotInForce(
        "table.not_in_force",
        f"Ngày {day_vn(on)} chưa có biểu thống kê tăng, giảm đảng viên nào trong sổ quy định.",
    )


def read_movement_reasons(path: Path, sources: Mapping[str, Source]) -> tuple[list[Edition], list[str]]:
    """The editions of the table, oldest first, and what is wrong with it."""
    editions, problems = read_list(path, Edition)
    for at, edition in enumerate(editions):
        problems += [f"{path.name}: [{at}].{text}" for text in _edition_problems(edition, sources)]
    for at, (earlier, later) in enumerate(pairwise(editions)):
        if later.from_ <= earlier.from_:
            problems.append(f"{path.name}: [{at + 1}].from: {later.from_} phải sau {earlier.from_}")
    return editions, with_lines(path, problems)


def _edition_problems(edition: Edition, sources: Mapping[str, Source]) -> Iterator[str]:
    source = sources.get(edition.cite.source)
    if source is None:
        yield f"cite.source: không có văn bản {edition.cite.source} trong sources.yaml"
    elif source.in_force_from and edition.from_ < source.in_force_from:
        yield f"from: {edition.from_} sớm hơn ngày {source.id} có hiệu lực ({source.in_force_from})"
    codes = [row.code for row in edition.rows]
    yield from (f"rows: mã {code} lặp lại" for code in sorted({c for c in codes if codes.count(c) > 1}))
    if [row.order for row in edition.rows] != list(range(1, len(edition.rows) + 1)):
        yield "rows: order phải là 1, 2, 3… theo thứ tự dòng"
    places = [_SIDES.index(row.side) for row in edition.rows]
    ends = [row.side for row in edition.rows if row.side in ("opening", "closing")]
    if places != sorted(places) or ends != ["opening", "closing"]:
        yield "rows: phải là một dòng đầu kỳ, các dòng tăng, các dòng giảm, một dòng cuối kỳ"


@cache
def _movement_reasons() -> tuple[tuple[date, tuple[MovementReason, ...]], ...]:
    sources = rule_book().sources
    editions, problems = read_movement_reasons(MOVEMENT_REASONS, sources)
    if problems:
        raise BrokenRules(problems)
    return tuple((edition.from_, tuple(_reasons(edition, sources))) for edition in editions)


def _reasons(edition: Edition, sources: Mapping[str, Source]) -> Iterator[MovementReason]:
    cite = Cite(sources[edition.cite.source], edition.cite.article)
    for row in edition.rows:
        yield MovementReason(row.code, row.label, row.side, row.order, cite, row.confidence)

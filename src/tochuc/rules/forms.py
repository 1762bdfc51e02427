"""The forms that regulations prescribe: code and title by day, each with the document it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tochuc.kernel.known_dates import day_vn
from tochuc.rules.declare import Cite, CiteKey, Confidence, Source
from tochuc.rules.load import BrokenRules, read_list, rule_book
from tochuc.rules.strict_yaml import with_lines

FORMS = Path(__file__).parent / "tables" / "forms.yaml"


class _Edition(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    from_: date = Field(alias="from")
    code: str = ""
    title: Annotated[str, Field(min_length=3)]
    cite: CiteKey
    confidence: Confidence
    note: str | None = None


class FormEntry(BaseModel):
    """A paper of the field by our id, and what each guidance calls it; ``code`` empty where it has none."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"[a-z_]+\.[a-z_]+")]
    editions: Annotated[list[_Edition], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is on a day: its code (`9-KNĐ`), title, and where that stands."""

    id: str
    code: str
    title: str
    cite: Cite
    confidence: Confidence
    since: date

    @property
    def words(self) -> str:
        """`Quyết định kết nạp đảng viên (mẫu 9-KNĐ)`."""
        return f"{self.title} (mẫu {self.code})" if self.code else self.title


def form(form_id: str, *, on: date) -> Form:
    """The edition in force that day; the first one on days before it, since a paper is a paper at any time.

    Raises ``LookupError`` for an id that no table has.
    """
    editions = _forms()[form_id]
    return next((one for one in reversed(editions) if one.since <= on), editions[0])


def all_forms() -> Mapping[str, tuple[Form, ...]]:
    """Every form by id with its editions, oldest first."""
    return _forms()


def read_forms(path: Path, sources: Mapping[str, Source]) -> tuple[list[FormEntry], list[str]]:
    """The forms of a table, and what is wrong with it."""
    entries, problems = read_list(path, FormEntry)
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            problems.append(f"{path.name}: {entry.id}: mã này đã có ở trên")
        seen.add(entry.id)
        problems += [f"{path.name}: {entry.id}.{text}" for text in _problems(entry, sources)]
    return entries, with_lines(path, problems)


def _problems(entry: FormEntry, sources: Mapping[str, Source]) -> Iterator[str]:
    for at, edition in enumerate(entry.editions):
        source = sources.get(edition.cite.source)
        if source is None:
            yield f"editions[{at}].cite.source: không có văn bản {edition.cite.source} trong sources.yaml"
        elif source.in_force_from and edition.from_ < source.in_force_from:
            yield f"editions[{at}].from: {day_vn(edition.from_)} sớm hơn ngày {source.id} có hiệu lực"
    for at, (earlier, later) in enumerate(pairwise(entry.editions)):
        if later.from_ <= earlier.from_:
            yield f"editions[{at + 1}].from: phải sau bản trước"


@cache
def _forms() -> dict[str, tuple[Form, ...]]:
    sources = rule_book().sources
    entries, problems = read_forms(FORMS, sources)
    if problems:
        raise BrokenRules(problems)
    return {
        entry.id: tuple(
            Form(
                entry.id,
                edition.code,
                edition.title,
                Cite(sources[edition.cite.source], edition.cite.article),
                edition.confidence,
                edition.from_,
            )
            for edition in entry.editions
        )
        for entry in entries
    }

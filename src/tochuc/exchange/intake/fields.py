"""What one row says of a person, field by field, normalised; only what it says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from tochuc.exchange.intake.cells import Cell
from tochuc.exchange.intake.dates import Written, read_date, read_pieces, read_two
from tochuc.exchange.intake.identity import card_number, national_id, phone
from tochuc.exchange.intake.layout import (
    BOTH,
    DATE_FIELDS,
    NAME,
    TWO_NAMES,
    WITH_BIRTH,
    Layout,
    Source,
    at,
)
from tochuc.exchange.intake.names import name_and_birth, name_text, person_name
from tochuc.exchange.intake.texts import is_mark, is_plain_mark, plain, text_of, words
from tochuc.exchange.intake.wordlists import wordlist

IN_ORDER = (
    NAME, "birth", "gender", "ethnicity", "religion", "hometown", "residence", "occupation", "education",
    "qualification", "political_theory", "party_post", "post", "admitted_on", "official_on", "joined_cell_on",
    "card_number", "member_number", "national_id", "phone", "exempt", "cell", "note",
)  # fmt: skip
"""Every field, in the order in which the dry run gives them."""

_LEVELS = ("elementary", "intermediate", "advanced", "bachelor")
_EXEMPT = re.compile(
    r"(?<!khong )(?<!het )(?<!thoi )(?<!chua )(?<!khong duoc )(?<!xin )\bmien\b[^.;]{0,40}?\b(?:sinh hoat|shd?|shcb|sh chi bo)\b"
    r"|\bmien\s*(?:ct|cong tac)\s*[,\-–&/+]?\s*(?:va\s*)?(?:sh|sinh hoat)"
)
_EDUCATION_AS_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}$")


@dataclass(slots=True)
class Said:
    """A row's person: `fields` without dates, `dates` as written, `doubts` as (field, column, code, value)."""

    fields: dict[str, str | bool | None]
    dates: dict[str, tuple[Source, Written]]
    doubts: list[tuple[str, Source, str, str]] = field(default_factory=list)


class Reader:
    """Reads the rows of one list. `typed`: the file tells numbers from texts; `since_1904`: its calendar."""

    def __init__(self, layout: Layout, *, typed: bool = True, since_1904: bool = False) -> None:
        self.layout = layout
        self._typed = typed
        self._since_1904 = since_1904
        self._names = layout.names
        self._in_use = layout.sources[NAME][0].part == TWO_NAMES
        self._with_birth = layout.sources[NAME][0].part == WITH_BIRTH
        self._plain: list[tuple[str, tuple[Source, ...], Callable[[Cell], str]]] = [
            (name, sources, _TEXTS[name]) for name, sources in layout.sources.items() if name in _TEXTS
        ]

    def read(self, cells: list[Cell]) -> Said:
        """What the row says."""
        said = Said({}, {})
        if name := person_name(self._name(cells)):
            said.fields[NAME] = name
        for field_name, sources, clean in self._plain:
            text = clean(at(cells, sources[0].column)) if len(sources) == 1 else _joined(cells, sources)
            if text:
                said.fields[field_name] = text
        for field_name in DATE_FIELDS:
            if sources := self.layout.sources.get(field_name, ()):
                self._date(field_name, sources, cells, said)
        self._gender(cells, said)
        self._religion(cells, said)
        self._theory(cells, said)
        self._identity(cells, said)
        self._exempt(cells, said)
        return said

    def _name(self, cells: list[Cell]) -> str:
        if self._with_birth:
            return name_and_birth(at(cells, self._names[0]))[0]
        return name_text([at(cells, column) for column in self._names], in_use=self._in_use)

    def _date(self, name: str, sources: tuple[Source, ...], cells: list[Cell], said: Said) -> None:
        if sources[0].part == BOTH:
            pair = read_two(at(cells, sources[0].column))
            written = pair[name == "official_on"]
            source = sources[0]
        elif sources[0].part == WITH_BIRTH:
            written = read_date(name_and_birth(at(cells, sources[0].column))[1])
            source = sources[0]
        elif len(sources) == 1:
            written = read_date(at(cells, sources[0].column), since_1904=self._since_1904)
            source = sources[0]
        elif sources[0].part in ("male", "female"):
            self._birth_by_sex(sources, cells, said)
            return
        else:
            pieces = {source.part: at(cells, source.column) for source in sources}
            written = read_pieces(pieces, since_1904=self._since_1904)
            source = next((s for s in sources if at(cells, s.column) is not None), sources[0])
        if written:
            said.dates[name] = (source, written)

    def _birth_by_sex(self, sources: tuple[Source, ...], cells: list[Cell], said: Said) -> None:
        """The birth stands in the column of the sex it belongs to."""
        filled = [
            (source, written)
            for source in sources
            if (written := read_date(at(cells, source.column), since_1904=self._since_1904))
        ]
        marked = [source for source in sources if is_plain_mark(at(cells, source.column))]
        if len(filled) == 1:
            said.dates["birth"] = filled[0]
            said.fields["gender"] = filled[0][0].part
            return
        if not filled and len(marked) == 1:
            said.fields["gender"] = marked[0].part
            return
        if len(filled) == 2 and filled[0][1].known == filled[1][1].known:
            said.dates["birth"] = filled[0]
        if "gender" not in self.layout.sources:
            value = " ".join(written.shown for _, written in filled)
            said.doubts.append(("gender", sources[0], "gender_unclear", value))

    def _gender(self, cells: list[Cell], said: Said) -> None:
        sources = self.layout.sources.get("gender", ())
        if not sources:
            return
        if sources[0].part == "word":
            text = text_of(at(cells, sources[0].column))
            found = _gender_word(text) if text else None
        elif len(sources) == 1:
            text = text_of(at(cells, sources[0].column))
            found = _lone_woman(at(cells, sources[0].column))
        else:
            marked = [source for source in sources if is_mark(at(cells, source.column))]
            text = " ".join(text_of(at(cells, source.column)) for source in marked)
            found = marked[0].part if len(marked) == 1 else None
            if found is None:
                said.doubts.append(("gender", sources[0], "gender_unclear", text))
            text = ""
        if found:
            said.fields["gender"] = found
        elif text:
            said.doubts.append(("gender", sources[0], "gender_unclear", text))

    def _religion(self, cells: list[Cell], said: Said) -> None:
        sources = self.layout.sources.get("religion", ())
        if sources:
            text = text_of(at(cells, sources[0].column))
            if text:
                said.fields["religion"] = None if plain(text) in words("no_religion") else text

    def _theory(self, cells: list[Cell], said: Said) -> None:
        sources = self.layout.sources.get("political_theory", ())
        if not sources:
            return
        if sources[0].part == "word":
            level = theory_level(text_of(at(cells, sources[0].column)))
        else:
            marked = {source.part for source in sources if is_mark(at(cells, source.column))}
            level = next((name for name in reversed(_LEVELS) if name in marked), None)
        if level:
            said.fields["political_theory"] = level

    def _identity(self, cells: list[Cell], said: Said) -> None:
        sources = self.layout.sources.get("national_id", ())
        if sources:
            digits, right = national_id(at(cells, sources[0].column), typed=self._typed)
            if digits:
                said.fields["national_id"] = digits
                if not right:
                    said.doubts.append(("national_id", sources[0], "id_length", digits))

    def _exempt(self, cells: list[Cell], said: Said) -> None:
        for source in self.layout.sources.get("exempt", ()):
            cell = at(cells, source.column)
            text = plain(text_of(cell))
            if source.part == "mark":
                marked = (
                    is_mark(cell)
                    and text not in words("not_exempt")
                    and not text.startswith(("khong", "chua"))
                )
            else:
                marked = says_exempt(text)
            if marked:
                said.fields["exempt"] = True
        note = said.fields.get("note")
        if isinstance(note, str) and says_exempt(plain(note)):
            said.fields["exempt"] = True


def _joined(cells: list[Cell], sources: tuple[Source, ...]) -> str:
    """A place in several columns, from the smallest to the largest."""
    return ", ".join(text for source in sources if (text := text_of(at(cells, source.column))))


def _education(cell: Cell) -> str:
    """Schooling; what the program took for a day (10/12 of this year) is brought back."""
    text = text_of(cell)
    if not isinstance(cell, str) and _EDUCATION_AS_DATE.fullmatch(text):
        day, month, _ = text.split("/")
        return f"{int(day)}/{int(month)}"
    return text


@lru_cache(maxsize=1024)
def _gender_word(text: str) -> str | None:
    if "/" in text:
        # In two languages: "Nữ / F".
        sexes = {_gender_word(part) for part in text.split("/")}
        return sexes.pop() if len(sexes) == 1 else None
    word = plain(text)
    # "Năm" is not a man, however it looks without its tone.
    if word in words("male") and text.lower().strip(" .") != "năm":
        return "male"
    return "female" if word in words("female") else None


def _lone_woman(cell: Cell) -> str | None:
    """A lone column *Nữ*: marked is a woman, empty a man."""
    text = text_of(cell)
    if not text or not is_mark(cell):
        return "male"
    word = plain(text)
    if is_plain_mark(cell) or word in words("female"):
        return "female"
    return "male" if word in words("male") else None


@lru_cache(maxsize=4096)
def theory_level(text: str) -> str | None:
    """The level of political theory that words name first; None where they name none.

    >>> theory_level("TC LLCT"), theory_level("Cao cấp LLCT-HC"), theory_level("Chưa qua đào tạo")
    ('intermediate', 'advanced', None)
    """
    bare = plain(text).replace(".", " ").replace("-", " ").replace("/", " ")
    padded = f" {' '.join(bare.split())} "
    if padded.strip().startswith(("khong", "chua", "dang hoc", "dang theo hoc")):
        return None
    places = [
        (padded.find(f" {word} "), level)
        for level in _LEVELS
        for word in wordlist("values")["theory"][level]
        if f" {word} " in padded
    ]
    return min(places)[1] if places else None


@lru_cache(maxsize=4096)
def says_exempt(bare: str) -> bool:
    """Whether a remark without tones says that the person is exempt from work and meetings.

    >>> says_exempt("mien cong tac va sinh hoat dang"), says_exempt("mien dang phi")
    (True, False)
    """
    return _EXEMPT.search(bare) is not None


_TEXTS: dict[str, Callable[[Cell], str]] = {
    **dict.fromkeys(
        ("ethnicity", "hometown", "residence", "occupation", "qualification", "party_post", "post", "note"),
        text_of,
    ),
    "education": _education,
    "card_number": card_number,
    "member_number": text_of,
    "phone": phone,
}

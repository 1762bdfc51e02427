"""What a list of members is asked for, as its address says it: the same address gives a colleague the same list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from tochuc.kernel.known_dates import day_vn
from tochuc.lists import columns, criteria
from tochuc.members.kinds import OFFICIAL, PROBATIONARY
from tochuc.org.models import Organisation

STANDING_SLUGS = {"chinh-thuc": OFFICIAL, "du-bi": PROBATIONARY}
BY_STANDING = "tu-cach"
DOWN = "giam"
SIZES = (50, 100, 300)
_LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """A list of an organisation's members on a day, as known today or on an earlier day.

    ``typed`` are the conditions as they were typed, by their name in the address; ``values`` those that could be
    read, ``errors`` what is wrong with the others.
    """

    organisation: Organisation
    day: date
    today: date
    known: date | None = None
    standing: str = ""
    cell: str = ""
    words: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    order: str = columns.NAME
    down: bool = False
    columns: tuple[str, ...] = ()
    size: int = SIZES[0]

    @property
    def narrow(self) -> bool:
        """Whether the list is only a part of the branch."""
        return bool(self.standing or self.cell or self.words or self.values)

    @property
    def sensitive(self) -> bool:
        """Whether the list shows, or is chosen by, what is closed in a record until it is opened."""
        shown = any(columns.COLUMNS[slug].sensitive for slug in self.columns)
        return shown or any(criteria.BY_SLUG[slug].sensitive for slug in self.values)

    def query(self, **other: str | Sequence[str]) -> str:
        """The query of an address that asks the same, with something changed; empty values are left out."""
        asked: dict[str, Any] = {
            "ngay": day_vn(self.day) if self.day != self.today else "",
            "biet": day_vn(self.known) if self.known else "",
            "la": self.standing,
            "chi-bo": self.cell,
            "q": self.words,
            **self.typed,
            "xep": self.order if self.order != columns.NAME else "",
            "chieu": DOWN if self.down else "",
            "cot": self.columns,
            "dong": str(self.size) if self.size != SIZES[0] else "",
        }
        kept = {key: value for key, value in (asked | other).items() if value not in ("", (), [])}
        return urlencode(kept, doseq=True)

    def without_conditions(self) -> str:
        """The query of the same list of the whole branch."""
        return self.query(**{"la": "", "chi-bo": "", "q": "", **dict.fromkeys(self.typed, "")})


def read(
    asked: Mapping[str, Sequence[str]],
    organisation: Organisation,
    *,
    day: date,
    today: date,
    known: date | None,
    inside: Callable[[str], bool],
) -> Wanted:
    """What the parameters of an address ask for; what can't be read is left out, and said in ``errors``.

    ``inside`` says whether a code is of an organisation of the branch: any other counts as none.
    """

    def first(name: str) -> str:
        values = asked.get(name) or [""]
        return values[-1].strip()[:_LONGEST]

    typed = {slug: value for slug in criteria.BY_SLUG if (value := first(slug))}
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for slug, value in typed.items():
        values[slug], errors[slug] = criteria.read(slug, value)
    order, size, cell = first("xep"), first("dong"), first("chi-bo")
    shown = [slug for slug in columns.COLUMNS if slug in asked.get("cot", ()) and slug != columns.NAME]
    return Wanted(
        organisation,
        day,
        today,
        known,
        first("la") if first("la") in STANDING_SLUGS else "",
        cell if cell and inside(cell) else "",
        first("q"),
        typed,
        {slug: value for slug, value in values.items() if not errors[slug]},
        {slug: words for slug, words in errors.items() if words},
        order if order in ORDERS else columns.NAME,
        first("chieu") == DOWN,
        () if shown == list(columns.USUAL) else tuple(shown),
        int(size) if size in {str(one) for one in SIZES} else SIZES[0],
    )


ORDERS = frozenset(
    {
        BY_STANDING,
        "chi-bo",
        "ngay-vao",
        "tuoi-dang",
        *(one.slug for one in columns.COLUMNS.values() if one.orders),
    }
)
"""The columns that a list can be sorted by."""

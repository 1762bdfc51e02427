"""The century of a year written with two digits."""

from collections.abc import Mapping
from datetime import date

from tochuc.exchange.intake.dates import Written, known_date
from tochuc.kernel.known_dates import KnownDate

_OLDEST = 100
"""A member is not over this age at admission; older means the other century."""
_FOUNDED = 1930
"""Year in which the Party was founded: nobody was admitted before."""
_IN_ORDER = ("birth", "admitted_on", "official_on")


def settled(written: Mapping[str, Written], today: date) -> dict[str, KnownDate]:
    """The dates of one person, by field, where they can be read.

    Birth is in 19yy unless that makes the person over a hundred at admission; other dates take the century
    that keeps birth < admission < recognition ≤ today.
    """
    known = {field: one.known for field, one in written.items() if one.known is not None}
    for field in ("admitted_on", "official_on", "joined_cell_on"):
        if (one := written.get(field)) and one.short and (read := _event(field, one, known, today)):
            known[field] = read
    birth = written.get("birth")
    if birth and birth.short and (read := _birth(birth, known)):
        known["birth"] = read
    return known


def _event(field: str, one: Written, known: Mapping[str, KnownDate], today: date) -> KnownDate | None:
    options = [option for century in (2000, 1900) if (option := _in(century, one))]
    past = [option for option in options if option.first <= today and option.first.year >= _FOUNDED]
    ordered = [option for option in past if _keeps_order(field, option, known)]
    return next(iter(ordered or past or options[::-1]), None)


def _keeps_order(field: str, option: KnownDate, known: Mapping[str, KnownDate]) -> bool:
    place = _IN_ORDER.index(field) if field in _IN_ORDER else len(_IN_ORDER)
    before = [known[name] for name in _IN_ORDER[:place] if name in known]
    after = [known[name] for name in _IN_ORDER[place + 1 :] if name in known]
    return all(one.first <= option.last for one in before) and all(option.first <= one.last for one in after)


def _birth(one: Written, known: Mapping[str, KnownDate]) -> KnownDate | None:
    earlier, later = _in(1900, one), _in(2000, one)
    if earlier is None or later is None:
        return earlier or later
    admitted = known.get("admitted_on") or known.get("official_on")
    if admitted and admitted.first.year - earlier.first.year > _OLDEST:
        return later
    return earlier


def _in(century: int, one: Written) -> KnownDate | None:
    assert one.short is not None
    day, month, year = one.short
    return known_date(day, month, century + year)

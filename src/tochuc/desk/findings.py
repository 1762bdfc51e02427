"""What the checks find: of one person, of a cell, of a branch by cell; all in one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import connection

from tochuc.desk.checks import BY_CODE, CHECKS, Check
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import KnownDate, Precision, day_vn
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Person
from tochuc.org.models import Organisation, Under
from tochuc.rules.ask import history, rule

_AGE, _CARD, _REQUIRED = "admission.age_minimum", "records.card_digits", "records.required"


@dataclass(frozen=True)
class Finding:
    """One thing a check found about a person, in a sentence; ``values`` is what "correct as it is" is said of.

    ``answered`` is the reason with which somebody found it correct.
    """

    check: Check
    person: int
    sentence: str
    values: str
    confirmed: bool
    answered: str = ""


@dataclass(frozen=True)
class Tally:
    """Members of a cell, how many of them have a clean record, and how much is left to mend."""

    members: int = 0
    clean: int = 0
    findings: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.members + other.members, self.clean + other.clean, self.findings + other.findings)

    @property
    def share(self) -> str:
        """The share of clean records, in whole percent; never 100 while something is left."""
        return f"{self.clean * 100 // self.members} %" if self.members else ""


def of_person(person: Person, today: date) -> list[Finding]:
    """Everything the checks find about one person, in the order of the record; what was answered too."""
    rows = _rows(f"{_FOUND} SELECT * FROM found WHERE person = %(person)s", today, [], person.pk)
    found = [_finding(row, today) for row in rows]
    order = {check.code: place for place, check in enumerate(CHECKS)}
    return sorted(found, key=lambda one: order[one.check.code])


def of_cell(cell: Organisation, today: date) -> list[tuple[Person, list[Finding]]]:
    """The members of a cell about whom something is left to mend, those with most first."""
    rows = _rows(f"{_FOUND} SELECT * FROM found WHERE answered IS NULL", today, [cell.pk])
    by_person: dict[int, list[Finding]] = defaultdict(list)
    for row in rows:
        by_person[row["person"]].append(_finding(row, today))
    people = Person.objects.select_related("home").in_bulk(by_person)
    listed = [(people[pk], found) for pk, found in by_person.items()]
    return sorted(listed, key=lambda one: (-len(one[1]), one[0].sort_key))


def by_cell(units: Collection[int], today: date) -> dict[int, Tally]:
    """For each of these units (by id) in which members stand: the tally."""
    rows = _rows(f"{_FOUND} {_TALLY}", today, list(units))
    return {row["home"]: Tally(row["members"], row["clean"], row["findings"]) for row in rows}


def by_check(units: Collection[int], today: date) -> list[tuple[Check, int]]:
    """How often each check finds something in these units, the most frequent first."""
    sql = f"{_FOUND} SELECT code, count(*) AS n FROM found WHERE answered IS NULL GROUP BY code"
    rows = _rows(sql, today, list(units))
    return sorted(((BY_CODE[r["code"]], r["n"]) for r in rows), key=lambda one: (-one[1], one[0].code))


def units_below(branch: Organisation, on: date) -> list[int]:
    """A branch and all below it, by id."""
    return list(Under.objects.on(on).filter(above=branch).values_list("unit", flat=True))


def _finding(row: dict[str, Any], today: date) -> Finding:
    check = BY_CODE[row["code"]]
    said = {key: day_vn(value) if isinstance(value, date) else value for key, value in row.items()}
    said["birth"] = KnownDate(row["birth_first"], cast(Precision, row["precision"])).vn
    said["least_age"] = _least_age()
    said["card_words"] = " hoặc ".join(_listed(_CARD, today))
    confirmed = check.confirmed and (not check.requires or _required_is_read(today))
    return Finding(
        check, row["person"], check.sentence(said), row["values"], confirmed, row["answered"] or ""
    )


def _rows(sql: str, today: date, units: list[int], person: int | None = None) -> list[dict[str, Any]]:
    asked: dict[str, Any] = {
        "today": today,
        "units": units,
        "person": person,
        "standings": list(IN_PARTY),
        "least_age": _least_age(),
        "card_digits": [int(digits) for digits in _listed(_CARD, today)],
        "required": _listed(_REQUIRED, today),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _least_age() -> int:
    return min(said.number for said in history(_AGE))


def _listed(name: str, on: date) -> list[str]:
    """A list that a rule gives on a day; before it is known to speak, nothing."""
    try:
        return [str(one) for one in cast("tuple[Any, ...]", rule(name, on=on).value)]
    except NotInForce:
        return []


def _required_is_read(on: date) -> bool:
    try:
        return rule(_REQUIRED, on=on).may_refuse
    except NotInForce:
        return False


_FACTS = """
    WITH who AS (
        SELECT p.*, o.name AS cell, o.until AS cell_until FROM members_person p
        LEFT JOIN org_organisation o ON o.id = p.home_id
        WHERE p.standing = ANY(%(standings)s) AND (p.home_id = ANY(%(units)s) OR p.id = %(person)s)
    ), dates AS (
        SELECT e.person_id,
            min(CASE WHEN e.kind IN ('opening', 'arrived') THEN (e.data->>'admitted_on')::date
                     ELSE CASE WHEN e.kind IN ('admitted', 'readmitted') THEN e.happened_on END END) AS admitted,
            max(CASE WHEN e.kind IN ('opening', 'arrived') THEN (e.data->>'official_on')::date
                     ELSE CASE WHEN e.kind = 'recognised' THEN e.happened_on END END) AS official,
            bool_or(e.kind = 'readmitted') AS again
        FROM members_memberevent e JOIN who ON who.id = e.person_id
        WHERE e.kind IN ('opening', 'arrived', 'admitted', 'readmitted', 'recognised')
          AND NOT EXISTS (SELECT 1 FROM members_memberevent c WHERE c.corrects_id = e.id)
        GROUP BY e.person_id
    ), f AS (
        SELECT who.id AS person, who.home_id AS home, who.full_name, who.gender, who.standing, who.hometown,
            who.residence, who.ethnicity, who.occupation, who.phone, who.card_number AS card, who.cell,
            who.cell_until, who.birth_on AS birth_first, who.birth_precision AS precision,
            (who.birth_on + CASE who.birth_precision WHEN 'year' THEN interval '1 year - 1 day'
                WHEN 'month' THEN interval '1 month - 1 day' ELSE interval '0' END)::date AS birth_last,
            d.admitted, d.official, coalesce(d.again, false) AS again,
            who.identity_id AS identity, i.digits AS id_digits, coalesce(i.says_gender, '') AS id_gender,
            i.says_birth_year AS id_year
        FROM who LEFT JOIN dates d ON d.person_id = who.id
        LEFT JOIN members_identitynumber i ON i.id = who.identity_id
    )
"""


def _look(check: Check) -> str:
    values = ", ".join(f"f.{column}" for column in check.seen)
    return f"('{check.code}', CASE WHEN {check.condition} THEN md5(concat_ws('|', {values})) END)"


_FOUND = (
    _FACTS
    + """, found AS (
        SELECT f.*, c.code, c.values, k.reason AS answered FROM f
        CROSS JOIN LATERAL (VALUES """
    + ", ".join(_look(check) for check in CHECKS)
    + """) AS c(code, values)
        LEFT JOIN desk_checked k ON k.person_id = f.person AND k.code = c.code AND k.values = c.values
        WHERE c.values IS NOT NULL
    )
"""
)
_TALLY = """
    SELECT f.home, count(*)::int AS members, (count(*) FILTER (WHERE l.n IS NULL))::int AS clean,
        coalesce(sum(l.n), 0)::int AS findings
    FROM f LEFT JOIN (
        SELECT person, count(*) AS n FROM found WHERE answered IS NULL GROUP BY person
    ) l ON l.person = f.person
    GROUP BY f.home
"""

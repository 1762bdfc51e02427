"""What Party age will make due: a badge's years that are full on a coming day. Asked for coming months only.

Proposals for an occasion are made from lists of their own; this says early how many there will be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db import connection

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import OFFICIAL
from tochuc.members.models import Person
from tochuc.members.party_age import party_age
from tochuc.rules.ask import rule
from tochuc.rules.ruled import Ruled

BADGE = "badge_years"
_MONTHS = 12


def _years(on: date) -> Ruled | None:
    try:
        return rule("badge.years", on=on)
    except NotInForce:
        return None


def _coming(viewer: Viewer, until: date | None) -> Slips | None:
    years = _years(viewer.today)
    if until is None or years is None:
        return None
    people = gate.visible(viewer, "member.record", "person").filter(standing=OFFICIAL)
    found = part(people.order_by().values_list("pk", "home"))
    if found is None:
        return None
    marks = [int(one) for one in years.items]
    with connection.cursor() as cursor:
        cursor.execute(
            _REACHING.format(people=found.sql, known=KNOWN), (*found.values, marks, viewer.today, until)
        )
        rows = cursor.fetchall()
    again = [person for person, _, _, _, back in rows if back]
    slips = [(home, person, day, f"{person}:{mark}") for person, home, day, mark, back in rows if not back]
    return _listed([*slips, *_counted_through(again, marks, viewer.today, until)])


def _listed(rows: list[tuple[int | None, int, date, str]]) -> Slips | None:
    if not rows:
        return None
    columns = [list(column) for column in zip(*rows, strict=True)]
    return Slips(
        f"SELECT '{BADGE}', r.home, r.person, r.day, r.key, '', false FROM "
        "unnest(%s::bigint[], %s::bigint[], %s::date[], %s::text[]) AS r(home, person, day, key)",
        tuple(columns),
    )


def _counted_through(
    people: Iterable[int], marks: list[int], today: date, until: date
) -> Iterator[tuple[int | None, int, date, str]]:
    """The same for those with time outside the Party, from all their events."""
    for person in Person.objects.filter(pk__in=set(people)):
        events = person.events.in_force().filter(happened_on__lte=today)
        age = party_age(events.order_by("happened_on", "id"), today)
        if age is None:
            continue
        for mark in marks:
            day = add_months(age.since, _MONTHS * mark + age.taken_off)
            if today <= day <= until:
                yield person.home_id, person.pk, day, f"{person.pk}:{mark}"


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    people = Person.objects.select_related("home").in_bulk([one.person for one in slips if one.person])
    years = _years(viewer.today)
    for slip in slips:
        person, mark = people.get(slip.person or 0), slip.key.partition(":")[2]
        if person is not None and years is not None:
            yield slip.key, _duty(person, mark, slip.due_on, years)


def _duty(person: Person, mark: str, on: date, years: Ruled) -> Duty:
    return Duty(
        kind=BADGE,
        what=f"Đủ {mark} năm tuổi Đảng: xét tặng Huy hiệu Đảng",
        whom=f"{person.full_name}, {person.home.short_name}" if person.home else person.full_name,
        organisation=person.home.code if person.home else "",
        due_on=on,
        why=Why(
            f"Tuổi Đảng đủ {mark} năm ngày {day_vn(on)}; xét tặng vào đợt trao tặng sau ngày đó.",
            years.cite.vn,
            (("Chi bộ", person.home.name if person.home else ""),),
            confirmed=years.may_refuse,
        ),
        page="member",
        key=person.ref,
        action="Xem hồ sơ",
        point=mark,
    )


KNOWN = "SELECT k.age_from AS since, k.back FROM members_partydays k WHERE k.person_id = w.id"
"""From which day the Party age of the person ``w.id`` counts, and whether there was time outside the Party.

The years of those are full later, so they are counted through.
"""
_REACHING = """
    SELECT w.id, w.home, d.day, y.years, known.back
    FROM ({people}) AS w(id, home)
    CROSS JOIN LATERAL ({known}) AS known
    CROSS JOIN unnest(%s::int[]) AS y(years)
    CROSS JOIN LATERAL (SELECT (known.since + make_interval(years => y.years))::date AS day) AS d
    WHERE known.back OR d.day BETWEEN %s AND %s
"""


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider(BADGE, "Đủ tuổi Đảng nhận Huy hiệu", slips=_coming, work_out=_work_out))

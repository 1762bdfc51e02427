"""What Party age will make due: a badge's years that are full on a coming day. Asked for coming months only.

Proposals for an occasion are made from lists of their own; this says early how many there will be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part, together
from tochuc.kernel.days import add_months
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.members.kinds import OFFICIAL
from tochuc.members.models import MemberEvent, Person
from tochuc.members.party_age import party_age
from tochuc.rules.ask import rule
from tochuc.rules.ruled import Ruled

BADGE = "badge_years"
_MONTHS = 12
# Who was out of the Party between has a Party age that only the whole run of events tells.
_BACK = ("readmitted", "restored", "reconnected", "admission_annulled")


def _years(on: date) -> Ruled | None:
    try:
        return rule("badge.years", on=on)
    except NotInForce:
        return None


def _coming(viewer: Viewer, until: date | None) -> Slips | None:
    years = _years(viewer.today)
    if until is None or years is None:
        return None
    people = gate.visible(viewer, "member.record", "person").filter(standing=OFFICIAL).order_by()
    back = MemberEvent.objects.filter(kind__in=_BACK, corrected_by=None)
    again = people.filter(pk__in=back.values("person"))
    plain = part(people.exclude(pk__in=back.values("person")).values_list("pk", "home"))
    marks = [int(one) for one in years.items]
    if plain is None:
        return None
    sql = _REACHING.format(kind=BADGE, people=plain.sql)
    several = [Slips(sql, (*plain.values, marks, viewer.today, until))]
    return together([*several, _worked_out(list(again), marks, viewer.today, until)])


def _worked_out(people: list[Person], marks: list[int], today: date, until: date) -> Slips | None:
    """The same for those with time outside the Party, from all their events."""
    rows = [
        (person.home_id, person.pk, day, f"{person.pk}:{mark}")
        for person in people
        for mark, day in _days(person, marks, today)
        if today <= day <= until
    ]
    if not rows:
        return None
    columns = [list(column) for column in zip(*rows, strict=True)]
    return Slips(
        f"SELECT '{BADGE}', r.home, r.person, r.day, r.key, '' FROM "
        "unnest(%s::bigint[], %s::bigint[], %s::date[], %s::text[]) AS r(home, person, day, key)",
        tuple(columns),
    )


def _days(person: Person, marks: list[int], today: date) -> Iterator[tuple[int, date]]:
    events = person.events.filter(corrected_by=None, happened_on__lte=today).exclude(kind="void")
    age = party_age(events.order_by("happened_on", "id"), today)
    if age is not None:
        yield from ((mark, add_months(age.since, _MONTHS * mark + age.taken_off)) for mark in marks)


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


# From the list a member came with, the latest; else from the first decision to admit.
_REACHING = """
    SELECT '{kind}', w.home, w.id, d.day, w.id || ':' || y.years, ''
    FROM ({people}) AS w(id, home)
    CROSS JOIN LATERAL (SELECT coalesce(
        (SELECT coalesce(nullif(e.data->>'party_age_from', ''), e.data->>'admitted_on')::date
         FROM members_memberevent e
         WHERE e.person_id = w.id AND e.kind IN ('opening', 'arrived')
           AND coalesce(nullif(e.data->>'party_age_from', ''), nullif(e.data->>'admitted_on', '')) IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM members_memberevent v WHERE v.corrects_id = e.id)
         ORDER BY e.happened_on DESC, e.id DESC LIMIT 1),
        (SELECT coalesce(e.decision_on, e.happened_on)
         FROM members_memberevent e
         WHERE e.person_id = w.id AND e.kind = 'admitted'
           AND NOT EXISTS (SELECT 1 FROM members_memberevent v WHERE v.corrects_id = e.id)
         ORDER BY e.happened_on, e.id LIMIT 1)
    ) AS day) AS since
    CROSS JOIN unnest(%s::int[]) AS y(years)
    CROSS JOIN LATERAL (SELECT (since.day + make_interval(years => y.years))::date AS day) AS d
    WHERE d.day BETWEEN %s AND %s
"""


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider(BADGE, "Đủ tuổi Đảng nhận Huy hiệu", slips=_coming, work_out=_work_out))

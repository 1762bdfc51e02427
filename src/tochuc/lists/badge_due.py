"""What the occasions for Party badges make due: the list to propose, and each step that waits, one row for a whole list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import QuerySet

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.due import limit_sentence
from tochuc.cases.models import OpenStep, StepActor
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.from_party_age import KNOWN
from tochuc.duties.slips import Slip, Slips, part, together
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import badge_rounds, criteria
from tochuc.org.models import Organisation
from tochuc.procedures.badge import PROCEDURE
from tochuc.rules.ask import rule
from tochuc.rules.limits import due_before
from tochuc.rules.ruled import Ruled

LIST, STEP, OWN = "badge_list", "badge_step", "badge_own"
# The list is made some weeks before it has to be sent.
_AHEAD = timedelta(days=30)
# Whoever makes lists of their own; those above read them on their own page.
MAKE_LISTS = frozenset({"grassroots_committee", "grassroots_cell", "cell"})


def list_makers(viewer: Viewer, action: str) -> QuerySet[Organisation]:
    """The cells and bases one works for, as far as the action reaches them."""
    own = {one.organisation_id for one in viewer.assignments if one.organisation.kind in MAKE_LISTS}
    if not own:
        return Organisation.objects.none()
    may: QuerySet[Organisation] = gate.visible(viewer, action, "organisation")
    return may.filter(pk__in=own).order_by()


def _coming(today: date) -> tuple[date, date] | None:
    """The occasion to come, and the day by which its list is sent."""
    coming = next((day for day in badge_rounds.occasions(today) if day >= today), None)
    if coming is None:
        return None
    lead = _asked("badge.proposal_lead", coming)
    return coming, due_before(lead, coming) if lead else coming


def _slips(viewer: Viewer, until: date | None) -> Slips | None:
    return together((_lists(viewer, until), _steps(viewer), _own_steps(viewer)))


def _lists(viewer: Viewer, until: date | None) -> Slips | None:
    """The organisations where somebody comes to a mark by the occasion and has no case yet.

    Whoever was out of the Party between is seen on the list itself, whose Party age only all events tell.
    """
    coming = _coming(viewer.today)
    makers = part(list_makers(viewer, "badge.round").values_list("pk"))
    if coming is None or makers is None or coming[1] > (until or viewer.today + _AHEAD):
        return None
    occasion, sent_by = coming
    since = badge_rounds.before(occasion) or occasion
    marks = list(criteria.badge_marks(viewer.today))
    values = (
        sent_by,
        marks,
        viewer.today,
        viewer.today,
        since,
        occasion,
        occasion.isoformat(),
        *makers.values,
    )
    return Slips(_LISTS.format(makers=makers.sql, known=KNOWN), values)


def _steps(viewer: Viewer) -> Slips | None:
    """The open steps by step, occasion and organisation that acts."""
    waiting = part(_open(viewer).values_list("pk"))
    seen = part(gate.visible(viewer, "badge.round", "organisation").order_by().values_list("pk"))
    if waiting is None or seen is None:
        return None
    return Slips(_STEPS.format(waiting=waiting.sql, seen=seen.sql), (*waiting.values, *seen.values))


def _own_steps(viewer: Viewer) -> Slips | None:
    """What oneself has to do for one's own badge."""
    own = _open(viewer).filter(case__person__account=viewer.account, actors__organisation=None)
    found = part(own.values_list("pk"))
    return None if found is None else Slips(_OWN.format(own=found.sql), found.values)


def _open(viewer: Viewer) -> QuerySet[OpenStep]:
    rows: QuerySet[OpenStep] = gate.visible(viewer, "case.due", "open_step")
    return rows.filter(case__procedure=PROCEDURE.code, optional=False).order_by()


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    yield from _list_duties(viewer, [one for one in slips if one.kind == LIST])
    yield from _step_duties([one for one in slips if one.kind == STEP])
    yield from _own_duties([one for one in slips if one.kind == OWN])


def _list_duties(viewer: Viewer, slips: list[Slip]) -> Iterator[tuple[str, Duty]]:
    coming = _coming(viewer.today)
    for slip in slips:
        code, n, name = slip.key.split("|", 2)
        if coming is not None:
            yield slip.key, _list_duty(code, name, int(n), *coming)


def _list_duty(code: str, name: str, n: int, occasion: date, sent_by: date) -> Duty:
    lead = _asked("badge.proposal_lead", occasion)
    return Duty(
        kind=LIST,
        what=f"Lập danh sách đề nghị tặng Huy hiệu Đảng đợt {day_vn(occasion)}",
        whom=f"{name}: {n} đảng viên chưa lập hồ sơ",
        organisation=code,
        due_on=sent_by,
        why=Why(
            f"Đến ngày {day_vn(occasion)} có {n} đảng viên đủ mốc tuổi đảng mà chưa có hồ sơ."
            + (f" {lead.title}: {lead.words}." if lead else ""),
            lead.cite.vn if lead else "",
            (("Đợt trao", day_vn(occasion)), ("Số đảng viên", str(n))),
            confirmed=lead.may_refuse if lead else True,
        ),
        page="badge_round",
        key=code,
        action="Lập danh sách",
    )


def _step_duties(slips: list[Slip]) -> Iterator[tuple[str, Duty]]:
    places = {one.place for one in slips if one.place}
    rows = StepActor.objects.filter(
        organisation__in=places, open_step__case__procedure=PROCEDURE.code, open_step__optional=False
    )
    waiting: defaultdict[str, dict[int, OpenStep]] = defaultdict(dict)
    at: dict[int, Organisation] = {}
    for actor in rows.select_related("organisation", "open_step__case__person").order_by("pk"):
        step = actor.open_step
        key = f"{step.step} {step.case.answers.get('occasion')} {actor.organisation_id}"
        waiting[key][step.pk] = step
        if actor.organisation is not None:
            at[actor.organisation.pk] = actor.organisation
    for slip in slips:
        steps, place = list(waiting[slip.key].values()), at.get(slip.place or 0)
        if steps and place is not None:
            yield slip.key, _step_duty(place, steps, slip)


def _step_duty(place: Organisation, steps: list[OpenStep], slip: Slip) -> Duty:
    step, people = steps[0], [one.case.person.full_name for one in steps if one.case.person]
    occasion = date.fromisoformat(str(step.case.answers["occasion"]))
    return Duty(
        kind=STEP,
        what=f"{step.title}, Huy hiệu Đảng đợt {day_vn(occasion)}",
        whom=f"{place.name}: {len(people)} đảng viên"
        if len(people) > 1
        else f"{people[0]}, {place.short_name}",
        organisation=place.code,
        due_on=slip.due_on,
        why=Why(
            f"Đợt trao ngày {day_vn(occasion)}. {limit_sentence(step)}",
            step.cite,
            (("Danh sách", ", ".join(people[:10]) + ("…" if len(people) > 10 else "")),),
            confirmed=step.confirmed,
        ),
        page="badge_round",
        key=place.code,
        action="Mở danh sách",
        point=slip.key,
        waits=slip.waits,
    )


def _own_duties(slips: list[Slip]) -> Iterator[tuple[str, Duty]]:
    rows = OpenStep.objects.filter(pk__in=[one.key for one in slips])
    for row in rows.select_related("case__organisation"):
        yield (
            str(row.pk),
            Duty(
                kind=OWN,
                what=row.title,
                whom=f"Huy hiệu Đảng {row.case.answers.get('years')} năm",
                organisation=row.case.organisation.code,
                due_on=row.due_on or row.open_since,
                why=Why(limit_sentence(row), row.cite, confirmed=row.confirmed),
                page="case",
                key=str(row.case.ref),
                action="Làm bước này",
                waits=row.due_on is None,
            ),
        )


def _asked(rule_id: str, on: date) -> Ruled | None:
    try:
        return rule(rule_id, on=on)
    except NotInForce:
        return None


# The key tells all that the row says, so that showing it asks nothing more.
_LISTS = """
    SELECT 'badge_list', o.id, NULL::bigint, %s::date, o.code || '|' || f.n || '|' || o.name, '', false
    FROM org_organisation o CROSS JOIN LATERAL (
        SELECT count(*) AS n FROM org_under u
        JOIN members_person w ON w.home_id = u.unit_id AND w.standing = 'official'
        CROSS JOIN LATERAL ({known}) AS known
        CROSS JOIN unnest(%s::int[]) AS y(years)
        CROSS JOIN LATERAL (SELECT (known.since + make_interval(years => y.years))::date AS day) AS d
        WHERE NOT known.back AND u.above_id = o.id AND u.since <= %s AND u.until > %s AND d.day > %s AND d.day <= %s
          AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.person_id = w.id AND c.procedure = 'badge'
                          AND c.answers->>'occasion' = %s AND c.answers->>'years' = y.years::text)
          AND NOT EXISTS (SELECT 1 FROM members_memberevent b
                          WHERE b.person_id = w.id AND b.kind = 'badge_awarded'
                            AND b.data->>'years' = y.years::text
                            AND NOT EXISTS (SELECT 1 FROM members_memberevent v WHERE v.corrects_id = b.id))
    ) AS f
    WHERE f.n > 0 AND o.id IN ({makers})
"""
_STEPS = """
    SELECT 'badge_step', a.organisation_id, NULL::bigint, coalesce(min(s.due_on), min(s.open_since)),
           s.step || ' ' || (c.answers->>'occasion') || ' ' || a.organisation_id, min(s.title),
           bool_and(s.due_on IS NULL)
    FROM cases_openstep s JOIN cases_case c ON c.id = s.case_id
    JOIN LATERAL (
        SELECT t.organisation_id FROM cases_stepactor t
        WHERE t.open_step_id = s.id AND t.organisation_id IS NOT NULL ORDER BY t.id LIMIT 1
    ) AS a ON true
    WHERE s.id IN ({waiting}) AND a.organisation_id IN ({seen})
    GROUP BY a.organisation_id, s.step, c.answers->>'occasion'
"""
_OWN = """
    SELECT 'badge_own', c.organisation_id, c.person_id, coalesce(s.due_on, s.open_since), s.id::text, s.title,
           s.due_on IS NULL
    FROM cases_openstep s JOIN cases_case c ON c.id = s.case_id WHERE s.id IN ({own})
"""


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    also = ((STEP, "Bước của danh sách Huy hiệu Đảng"), (OWN, "Huy hiệu Đảng của mình"))
    register(Provider(LIST, "Danh sách Huy hiệu Đảng", also=also, slips=_slips, work_out=_work_out))

"""Papers of running cases that lapse before they have served: foreseen from the day they were made and their rule.

A declaration says which papers (``StillValid`` with a ``Remind``), how long before, and up to which step they are needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.clocks import Anchor, Answered, Latest, Remind, Since, StillValid
from tochuc.cases.declare import Procedure, Step
from tochuc.cases.models import Case
from tochuc.cases.registry import every_edition
from tochuc.duties.deadlines import after
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.duties.slips import Slip, Slips, part, together
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.kernel.words import in_sentence
from tochuc.rules.ask import rule
from tochuc.rules.limits import due_after

LAPSE = "paper_lapse"


class _Watched(NamedTuple):
    """A paper that is watched: its validity and reminder, and after which step, not ending so, it is of no concern.

    ``due_itself``: the step that checks it, where the paper's rule is its own time limit too.
    """

    validity: StillValid
    remind: Remind
    served: tuple[str, ...]
    unless: tuple[str, ...]
    due_itself: str


def _watched() -> dict[_Watched, list[Procedure]]:
    """Each paper with the procedures in which it is alike, so that they are looked up together."""
    found: dict[_Watched, list[Procedure]] = defaultdict(list)
    for procedure in every_edition():
        for step in procedure.steps:
            for validity in step.valid:
                if validity.remind is not None:
                    found[_paper(procedure, step, validity, validity.remind)].append(procedure)
    return found


def _paper(procedure: Procedure, step: Step, validity: StillValid, remind: Remind) -> _Watched:
    last = tuple((remind.until or step.code).split("|"))
    again = tuple(one.code for code in last for one in procedure.step(code).outcomes if one.again)
    own = step.code if step.within and step.within.rule == validity.rule else ""
    return _Watched(validity, remind, last, again, own)


def _slips(viewer: Viewer, until: date | None) -> Slips | None:
    return together(_slips_of(viewer, one, procedures, until) for one, procedures in _watched().items())


def _slips_of(
    viewer: Viewer, watched: _Watched, procedures: Collection[Procedure], until: date | None
) -> Slips | None:
    last = until or _last_day(watched.remind, viewer.today)
    if last is None:
        return None
    editions = Q()
    for one in procedures:
        editions |= Q(procedure=one.code, opened_on__gte=one.since, opened_on__lt=one.until)
    cases = gate.visible(viewer, "case.read", "case").filter(editions, closed_on=None, result="")
    found = part(cases.select_related(None).order_by().values_list("pk", "organisation", "person"))
    day, values = _day(watched.validity.anchor)
    if found is None:
        return None
    sql = _LAPSING.format(
        cases=found.sql, day=day, rule=watched.validity.rule, ends=after(watched.validity.rule, "made.day")
    )
    return Slips(
        sql, (*found.values, *values, last, list(watched.served), list(watched.unless), watched.due_itself)
    )


def _last_day(remind: Remind, today: date) -> date | None:
    try:
        return today + timedelta(days=rule(remind.lead, on=today).number)
    except NotInForce:
        return None


def _day(anchor: Anchor) -> tuple[str, tuple[str, ...]]:
    """SQL, with its values, for the day that an anchor gives, from the moves of the case that stand."""
    match anchor:
        case Since(step):
            return _MOVE.format(day="m.happened_on"), (step,)
        case Answered(step, name):
            return _MOVE.format(day="nullif(m.answers->>%s, '')::date"), (name, step)
        case Latest(several):
            each = [_day(one) for one in several]
            return f"greatest({', '.join(sql for sql, _ in each)})", tuple(v for _, own in each for v in own)
    raise TypeError(f"a paper that is watched can't be dated by {anchor!r}")


def _work_out(viewer: Viewer, slips: Collection[Slip]) -> Iterator[tuple[str, Duty]]:
    papers = {one.validity.rule: one for one in _watched()}
    cases = Case.objects.select_related("person", "organisation").in_bulk(
        {int(slip.key.split("|")[0]) for slip in slips}
    )
    for slip in slips:
        pk, rule_id, made = slip.key.split("|")
        case, watched = cases.get(int(pk)), papers.get(rule_id)
        if case is not None and watched is not None:
            yield slip.key, _duty(case, watched, date.fromisoformat(made), viewer.today)


def _duty(case: Case, watched: _Watched, made: date, today: date) -> Duty:
    valid = rule(watched.validity.rule, on=made)
    ends = due_after(valid, made)
    try:
        lead = rule(watched.remind.lead, on=today)
        said = f" Nhắc trước {lead.words}: nếp làm việc, không phải quy định."
    except NotInForce:
        said = ""
    return Duty(
        kind=LAPSE,
        what=watched.remind.what,
        whom=f"{case.whom}, {case.organisation.short_name}",
        organisation=case.organisation.code,
        due_on=ends,
        why=Why(
            f"{watched.validity.words} ngày {day_vn(made)}; {in_sentence(valid.title)}: {valid.words}, đến {day_vn(ends)}."
            + said,
            valid.cite.vn,
            ((watched.validity.words, day_vn(made)), ("Hết hiệu lực", day_vn(ends))),
            confirmed=valid.may_refuse,
        ),
        page="case",
        key=str(case.ref),
        action="Mở hồ sơ",
        point=valid.id,
    )


_MOVE = """(
    SELECT {day} FROM cases_casemove m WHERE m.case_id = c.id AND m.step = %s AND m.takes_back_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM cases_casemove v WHERE v.takes_back_id = m.id)
    ORDER BY m.happened_on DESC, m.id DESC LIMIT 1
)"""
_LAPSING = """
    SELECT 'paper_lapse', c.place, c.person, d.due_on, c.id || '|{rule}|' || made.day, '', false
    FROM ({cases}) AS c(id, place, person)
    CROSS JOIN LATERAL (SELECT {day} AS day) AS made
    CROSS JOIN LATERAL (SELECT {ends} AS due_on) AS d
    WHERE d.due_on <= %s
      AND NOT EXISTS (
        SELECT 1 FROM cases_casemove s WHERE s.case_id = c.id AND s.step = ANY(%s) AND NOT s.outcome = ANY(%s)
          AND s.takes_back_id IS NULL AND NOT EXISTS (SELECT 1 FROM cases_casemove v WHERE v.takes_back_id = s.id)
      )
      AND NOT EXISTS (
        SELECT 1 FROM cases_openstep o WHERE o.case_id = c.id AND o.step = %s AND o.due_on IS NOT NULL
      )
"""


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider(LAPSE, "Giấy tờ hết hiệu lực", slips=_slips, work_out=_work_out))

"""Folding a case into the steps that are open now, who may take them, until when; and whether it has ended."""

from __future__ import annotations

from datetime import date, timedelta

from tochuc.access.roles import MEMBER
from tochuc.cases.asking import ask_for, told
from tochuc.cases.declare import SUBJECT
from tochuc.cases.engine import LEFT_OUT, Stand, StepStand, stand
from tochuc.cases.models import Case, CaseParty, OpenStep, StepActor
from tochuc.cases.places import place_of
from tochuc.cases.registry import of_case
from tochuc.kernel.remembering import reading


def refold(case: Case, today: date) -> None:
    """Replace the open steps of a case by what its moves now come to; the caller holds its row."""
    run = of_case(case)
    with reading():
        now = stand(run.procedure, told(case, today, running=run), ask_for(case))
        case.result, case.closed_on = now.result, now.closed_on
        case.save(update_fields=["result", "closed_on"])
        case.open_steps.all().delete()
        for one in now.open:
            _open(case, one, today)
        _name_parties(case, now, today)


def _name_parties(case: Case, now: Stand, today: date) -> None:
    """The organisations that act in any step this case has, beside those that acted before."""
    steps = [one.step for one in now.steps if one.state != LEFT_OUT]
    places = {actor.place for step in steps for actor in step.by} - {SUBJECT}
    found = [place_of(case, place, today) for place in sorted(places)]
    CaseParty.objects.bulk_create(
        [CaseParty(case=case, organisation=one) for one in dict.fromkeys(found) if one is not None],
        ignore_conflicts=True,
    )


def _open(case: Case, one: StepStand, today: date) -> None:
    due = one.due
    rule = due.rule if due else None
    row = OpenStep.objects.create(
        case=case,
        step=one.step.code,
        title=one.step.title,
        optional=one.step.optional,
        open_since=one.open_since or case.opened_on,
        due_on=due.on if due else None,
        shown_from=due.on + timedelta(days=1) if due and one.step.once_late else None,
        clock_since=due.since if due else None,
        limit_words=rule.words if rule else "",
        limit_title=rule.title if rule else "",
        cite=rule.cite.vn if rule else "",
        confirmed=rule.may_refuse if rule else True,
    )
    actors: set[tuple[str, int | None]] = set()
    for actor in one.step.by:
        place = place_of(case, actor.place, today)
        if actor.place == SUBJECT:
            actors.add((MEMBER, None))
        elif place is not None:
            actors.add((actor.role, place.pk))
    StepActor.objects.bulk_create(
        StepActor(open_step=row, role=role, organisation_id=place) for role, place in sorted(actors, key=str)
    )

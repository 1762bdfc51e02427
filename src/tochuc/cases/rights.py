"""Who may take a step: whoever the step names, and for one without a computer somebody of the same place or above."""

from __future__ import annotations

from tochuc.access.roles import CELL_SECRETARY, COMMUNE_SECRETARY, ORGANISATION_OFFICER
from tochuc.access.viewer import Viewer
from tochuc.cases.declare import CELL, PLACE_WORDS, SUBJECT, Actor, Step
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.members.models import Person
from tochuc.org.models import Organisation, Under

_ABOVE = frozenset({COMMUNE_SECRETARY, ORGANISATION_OFFICER})


def may_take(viewer: Viewer, case: Case, step: Step) -> bool:
    """Whether the viewer may record this step of the case today."""
    return any(_acts_as(viewer, case, actor) or _records_for(viewer, case, actor) for actor in step.by)


def acts(viewer: Viewer, case: Case, step: Step) -> bool:
    """Whether the viewer is one whom the step names, so that nobody else has to be named."""
    return any(_acts_as(viewer, case, actor) for actor in step.by)


def may_open(
    viewer: Viewer, organisation: Organisation, by: tuple[Actor, ...], person: Person | None = None
) -> bool:
    """Whether the viewer may open a case for this person of the cell, or about the organisation itself.

    The actors are those the procedure names.
    """
    draft = Case(organisation=organisation, person=person)
    return any(_acts_as(viewer, draft, actor) or _records_for(viewer, draft, actor) for actor in by)


def _acts_as(viewer: Viewer, case: Case, actor: Actor) -> bool:
    if actor.place == SUBJECT:
        return case.person is not None and case.person.account_id == viewer.account.pk
    place = place_of(case, actor.place, viewer.today)
    return place is not None and any(
        a.role == actor.role and a.organisation_id == place.pk for a in viewer.assignments
    )


def _records_for(viewer: Viewer, case: Case, actor: Actor) -> bool:
    """The secretary of the cell for its members; a committee or the Board for whatever is below it."""
    place = place_of(case, CELL if actor.place == SUBJECT else actor.place, viewer.today)
    if place is None:
        return False
    if actor.place == SUBJECT and any(
        a.role == CELL_SECRETARY and a.organisation_id == place.pk for a in viewer.assignments
    ):
        return True
    above = [a.organisation_id for a in viewer.assignments if a.role in _ABOVE]
    return Under.objects.on(viewer.today).filter(unit=place, above__in=above).exists()


def actor_words(case: Case, step: Step, viewer: Viewer) -> str:
    """Who acts, in words: `Chi bộ thôn Đông`, `đương sự`."""
    named = []
    for actor in step.by:
        place = place_of(case, actor.place, viewer.today)
        words = place.name if place else PLACE_WORDS[actor.place]
        if actor.place == SUBJECT and case.person is not None:
            words = case.person.full_name
        if words not in named:
            named.append(words)
    return " hoặc ".join(named)

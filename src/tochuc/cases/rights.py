"""Who may take a step: whoever the step names, and for one without a computer somebody of the same place or above."""

from __future__ import annotations

from collections.abc import Iterable

from tochuc.access.roles import CELL_SECRETARY, COMMUNE_SECRETARY, ORGANISATION_OFFICER
from tochuc.access.viewer import Viewer
from tochuc.cases.declare import CELL, PLACE_WORDS, SUBJECT, Actor, Procedure, Step
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.members.models import Person
from tochuc.org.models import Organisation
from tochuc.org.queries import lines_above

_ABOVE = frozenset({COMMUNE_SECRETARY, ORGANISATION_OFFICER})


def may_take(viewer: Viewer, case: Case, step: Step) -> bool:
    """Whether the viewer may record this step of the case today."""
    return _Acting(viewer, case).any(step.by)


def acts(viewer: Viewer, case: Case, step: Step) -> bool:
    """Whether the viewer is one whom the step names, so that nobody else has to be named."""
    acting = _Acting(viewer, case)
    return any(acting.acts_as(actor) for actor in step.by)


def may_open(
    viewer: Viewer, organisation: Organisation, by: tuple[Actor, ...], person: Person | None = None
) -> bool:
    """Whether the viewer may open a case for this person of the cell, or about the organisation itself.

    The actors are those the procedure names.
    """
    return _Acting(viewer, Case(organisation=organisation, person=person)).any(by)


def openable(
    viewer: Viewer, person: Person, organisation: Organisation, found: Iterable[Procedure]
) -> list[Procedure]:
    """Those of the procedures that the viewer may open for the person; each place is looked up once for all."""
    acting = _Acting(viewer, Case(organisation=organisation, person=person))
    return [one for one in found if acting.any(one.opened_by)]


class _Acting:
    """Whom a viewer can act as or record for in one case today; what a place is, is looked up once."""

    def __init__(self, viewer: Viewer, case: Case) -> None:
        self.viewer, self.case = viewer, case
        self._places: dict[str, Organisation | None] = {}
        self._above: dict[int, bool] = {}

    def any(self, actors: Iterable[Actor]) -> bool:
        """Whether the viewer is one of these, or may record for one."""
        return any(self.acts_as(actor) or self._records_for(actor) for actor in actors)

    def acts_as(self, actor: Actor) -> bool:
        """Whether the viewer is this actor."""
        if actor.place == SUBJECT:
            person = self.case.person
            return person is not None and person.account_id == self.viewer.account.pk
        place = self._at(actor.place)
        return place is not None and self._holds(actor.role, place)

    def _records_for(self, actor: Actor) -> bool:
        """The secretary of the cell for its members; a committee or the Board for whatever is below it."""
        place = self._at(CELL if actor.place == SUBJECT else actor.place)
        if place is None:
            return False
        if actor.place == SUBJECT and self._holds(CELL_SECRETARY, place):
            return True
        if place.pk not in self._above:
            above = {a.organisation_id for a in self.viewer.assignments if a.role in _ABOVE}
            lines = lines_above(place, self.viewer.today) if above else ()
            self._above[place.pk] = any(line.above_id in above for line in lines)
        return self._above[place.pk]

    def _at(self, place: str) -> Organisation | None:
        if place not in self._places:
            self._places[place] = place_of(self.case, place, self.viewer.today)
        return self._places[place]

    def _holds(self, role: str, place: Organisation) -> bool:
        return any(a.role == role and a.organisation_id == place.pk for a in self.viewer.assignments)


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

"""Which rows of each table belong to a branch, and which others they refer to.

People belong to it who stand there or ever did, with their whole history; what belongs to them, to its
organisations and to that in turn follows. Of organisations outside only what is needed to understand this is
taken: their names and their place in the tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from tochuc.access.models import Account, Assignment
from tochuc.cases.models import Case, CasePaper
from tochuc.documents.models import Document, StoredFile
from tochuc.exchange.branch.tables import references, tables
from tochuc.exchange.models import FileChoice
from tochuc.meetings.models import Meeting
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation, OrganisationEvent, Post, Under
from tochuc.regulations.models import Confirmation, LocalValue
from tochuc.reorganise.models import ORGANISATION, Reorganisation, Touched

Rows = QuerySet[Any, Any]
_PULLED: tuple[type[Model], ...] = (Post, Document, StoredFile, Meeting, Account, Organisation)
"""Kinds of which those rows come along that others refer to, in the order in which that is known."""
_NAMED_IN_EVENTS = ("parent", "successors", "predecessors", "members_to", "from", "to")
"""Words of an event's data that hold organisations by number."""


_OWNERS = {"reconcile.Claim": "reconciliation"}
"""Tables of which one column alone says whose the rows are; of kinds above this layer, by name."""
_AFTER: tuple[type[Model], ...] = (OrganisationEvent, FileChoice)
"""Kinds that belong to rows of the kinds above."""


class Selection:
    """The rows of a branch, by table. Closed files (of removal, of discipline) only where that was said."""

    def __init__(self, organisation: Organisation, *, closed_files: bool = False) -> None:
        self._closed_files = closed_files
        self.units = set(Under.objects.filter(above=organisation).values_list("unit", flat=True)) | {
            organisation.pk
        }
        above = Under.objects.filter(unit=organisation).values_list("above", flat=True)
        self._in_force_here = self.units | set(above)
        self._rows: dict[type[Model], Rows] = {Person: self._people()}
        for table in tables():
            if table.model not in self._rows and table.model not in {*_PULLED, *_AFTER}:
                self._rows[table.model] = self._owned(table.model)
        for model in _PULLED[:-1]:
            self._rows[model] = self._pulled(model)
        self._rows[FileChoice] = FileChoice.objects.filter(file__in=self._rows[StoredFile].values("pk"))
        known = self._organisations()
        self._rows[Organisation] = Organisation.objects.filter(pk__in=known)
        self._rows[OrganisationEvent] = OrganisationEvent.objects.filter(organisation__in=known)

    def rows(self, model: type[Model]) -> Rows:
        """The rows of a table that go along, in the order in which they were made."""
        return self._rows[model].order_by("pk")

    def _people(self) -> Rows:
        here = MemberEvent.objects.filter(person=OuterRef("pk"), organisation__in=self.units)
        # One who asks to join has a file at a cell before standing anywhere.
        asks = Case.objects.filter(person=OuterRef("pk"), organisation__in=self.units, closed_file=False)
        return Person.objects.filter(Q(home__in=self.units) | Exists(here) | Exists(asks))

    def _owned(self, model: type[Model]) -> Rows:
        """The rows whose person, or whatever else they belong to, is of the branch; else those of its organisations."""
        if (special := self._special(model)) is not None:
            return special
        owners = [field for field in references(model) if field.related_model not in (*_PULLED, model)]
        people = [field for field in owners if field.related_model is Person]
        rows = model._default_manager.all()
        for field in people or owners[:1]:
            within = self._of(field.related_model).values("pk")
            condition = Q(**{f"{field.name}__in": within})
            rows = rows.filter(condition | Q(**{f"{field.name}": None}) if field.null else condition)
        if owners and not all(field.null for field in people or owners[:1]):
            return rows
        placed = [field for field in references(model) if field.related_model is Organisation]
        return rows.filter(**{f"{placed[0].name}__in": self.units}) if placed else rows

    def _special(self, model: type[Model]) -> Rows | None:
        """The rows of the few tables that don't belong to a branch as their columns alone would say."""
        if model is Assignment:
            return Assignment.objects.filter(organisation__in=self.units)
        if model in (LocalValue, Confirmation):
            # What a superior set holds for the branch.
            return model._default_manager.filter(organisation__in=self._in_force_here)
        if (owner := _OWNERS.get(model._meta.label)) is not None:
            (field,) = (one for one in references(model) if one.name == owner)
            return model._default_manager.filter(
                **{f"{owner}__in": self._of(field.related_model).values("pk")}
            )
        if model is Reorganisation:
            return Reorganisation.objects.filter(Q(organisation__in=self.units) | self._of_no_branch())
        if model is Case:
            cases = Case.objects.filter(organisation__in=self.units)
            cases = cases.filter(Q(person=None) | Q(person__in=self._rows[Person].values("pk")))
            return cases if self._closed_files else cases.filter(closed_file=False)
        return None

    def _of_no_branch(self) -> Q:
        """Reorganisations of no organisation of their own that rearranged only what is in this branch."""
        touched = Touched.objects.filter(reorganisation=OuterRef("pk"), kind=ORGANISATION)
        inside, outside = touched.filter(row__in=self.units), touched.exclude(row__in=self.units)
        return Q(Exists(inside), ~Exists(outside), organisation=None)

    def _of(self, model: Any) -> Rows:
        if model not in self._rows:
            self._rows[model] = self._owned(model)
        return self._rows[model]

    def _pulled(self, model: type[Model]) -> Rows:
        wanted = Q()
        if model is not Account:
            wanted = Q(organisation__in=self.units)
        for other, rows in list(self._rows.items()):
            for field in references(other):
                if field.related_model is model:
                    wanted |= Q(pk__in=rows.exclude(**{field.name: None}).values(field.name))
        if model is StoredFile and not self._closed_files:
            closed = CasePaper.objects.filter(move__case__closed_file=True).exclude(file=None)
            return StoredFile.objects.filter(wanted).exclude(pk__in=closed.values("file"))
        return model._default_manager.filter(wanted)

    def _organisations(self) -> set[int]:
        """The branch, what its rows name outside it, and the superiors of all these."""
        known = set(self.units)
        for other, rows in self._rows.items():
            for field in references(other):
                if field.related_model is Organisation:
                    known |= set(rows.exclude(**{field.name: None}).values_list(field.name, flat=True))
        for data in self._rows[MemberEvent].exclude(data={}).values_list("data", flat=True).iterator():
            known |= set(_named(data))
        fresh = known
        while fresh:
            data_of = OrganisationEvent.objects.filter(organisation__in=fresh).values_list("data", flat=True)
            fresh = {number for data in data_of for number in _named(data)} - known
            known |= fresh
        return set(Organisation.objects.filter(pk__in=known).values_list("pk", flat=True))


def _named(data: dict[str, Any]) -> Iterable[int]:
    for key in _NAMED_IN_EVENTS:
        said = data.get(key)
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, int) and not isinstance(one, bool):
                yield one

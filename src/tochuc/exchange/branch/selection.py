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
from tochuc.documents.models import Document, StoredFile
from tochuc.exchange.branch.tables import references, tables
from tochuc.members.models import MemberEvent, Person
from tochuc.org.models import Organisation, OrganisationEvent, Post, Under

Rows = QuerySet[Any, Any]
_PULLED: tuple[type[Model], ...] = (Post, Document, StoredFile, Account, Organisation)
"""Kinds of which those rows come along that others refer to, in the order in which that is known."""
_NAMED_IN_EVENTS = ("parent", "successors", "predecessors", "members_to", "from", "to")
"""Words of an event's data that hold organisations by number."""


class Selection:
    """The rows of a branch, by table."""

    def __init__(self, organisation: Organisation) -> None:
        self.units = set(Under.objects.filter(above=organisation).values_list("unit", flat=True)) | {
            organisation.pk
        }
        self._rows: dict[type[Model], Rows] = {Person: self._people()}
        for table in tables():
            if table.model not in self._rows and table.model not in {*_PULLED, OrganisationEvent}:
                self._rows[table.model] = self._owned(table.model)
        for model in _PULLED[:-1]:
            self._rows[model] = self._pulled(model)
        known = self._organisations()
        self._rows[Organisation] = Organisation.objects.filter(pk__in=known)
        self._rows[OrganisationEvent] = OrganisationEvent.objects.filter(organisation__in=known)

    def rows(self, model: type[Model]) -> Rows:
        """The rows of a table that go along, in the order in which they were made."""
        return self._rows[model].order_by("pk")

    def _people(self) -> Rows:
        here = MemberEvent.objects.filter(person=OuterRef("pk"), organisation__in=self.units)
        return Person.objects.filter(Q(home__in=self.units) | Exists(here))

    def _owned(self, model: type[Model]) -> Rows:
        """The rows whose person, or whatever else they belong to, is of the branch; else those of its organisations."""
        if model is Assignment:
            return Assignment.objects.filter(organisation__in=self.units)
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

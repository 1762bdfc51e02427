"""How documents and files are reached."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from tochuc.access.reach import Reach, Units, register
from tochuc.documents.models import GENERAL, MEMBERS_LIST, Document, StoredFile
from tochuc.org.models import Under


def _circulates(units: Units, day: date) -> Q:
    """Documents of the organisations, and those that come down to them: of their superiors and their boards.

    A cited rule belongs to nobody's branch: who may read documents at all may read it.
    """
    today = Under.objects.on(day)
    superiors = today.filter(unit__in=units).values("above")
    boards = today.filter(above__in=superiors, depth=1, unit__kind="board").values("unit")
    return (
        Q(organisation=None)
        | Q(organisation__in=units)
        | Q(organisation__in=superiors)
        | Q(organisation__in=boards)
    )


DOCUMENT = Reach(
    kind="document",
    model=Document,
    key="ref",
    read="document.read",
    place=_circulates,
    related=("organisation", "file"),
)
FILE = Reach(
    kind="file",
    model=StoredFile,
    key="id",
    read="file.read",
    place=lambda units, _day: Q(organisation__in=units, purpose=GENERAL),
    related=("organisation",),
)
# A list of members holds identity numbers: it is there for who may import it, and for nobody else.
LIST = Reach(
    kind="list",
    model=StoredFile,
    key="id",
    read="members.import",
    place=lambda units, _day: Q(organisation__in=units, purpose=MEMBERS_LIST),
    related=("organisation",),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    register(DOCUMENT)
    register(FILE)
    register(LIST)

"""How documents and files are reached."""

from __future__ import annotations

from django.db.models import Q

from tochuc.access.reach import Reach, register
from tochuc.documents.models import Document, StoredFile

# A cited rule belongs to nobody's branch: who may read documents at all may read it.
DOCUMENT = Reach(
    kind="document",
    model=Document,
    key="ref",
    read="document.read",
    place=lambda units, _day: Q(organisation=None) | Q(organisation__in=units),
    related=("organisation", "file"),
)
FILE = Reach(
    kind="file",
    model=StoredFile,
    key="id",
    read="file.read",
    place=lambda units, _day: Q(organisation__in=units),
    related=("organisation",),
)


def setup() -> None:
    """Register the kinds; called once when the application is ready."""
    register(DOCUMENT)
    register(FILE)

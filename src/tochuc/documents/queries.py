"""Reading the registry, through querysets that the gate gave."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet

from tochuc.documents.models import STATUS_CHOICES, Document
from tochuc.documents.search import containing

STATUSES = dict(STATUS_CHOICES)


def documents(rows: QuerySet[Document]) -> QuerySet[Document]:
    """The registry, newest first, with the number of places that name each; those without a date last."""
    return (
        rows.select_related("organisation")
        .annotate(cited=Count("cited_in", distinct=True))
        .order_by(F("issued_on").desc(nulls_last=True), "key", "pk")
    )


def chosen(
    rows: QuerySet[Document], *, status: str = "", type_name: str = "", words: str = ""
) -> QuerySet[Document]:
    """The documents of a status and type whose number, title or issuer has these words."""
    if status in STATUSES:
        rows = rows.filter(status=status)
    if type_name:
        rows = rows.filter(type_name=type_name)
    return containing(rows, words, "key", "title", "issuer_name", "type_name")


def types_of(rows: QuerySet[Document]) -> list[str]:
    """The types of document that the registry holds."""
    return list(rows.order_by("type_name").values_list("type_name", flat=True).distinct())


def namesakes(rows: QuerySet[Document], document: Document) -> list[Document]:
    """Other documents with the same number and symbol: a number alone identifies nothing."""
    return list(rows.filter(key__iexact=document.key).exclude(pk=document.pk).order_by("issued_on", "pk"))

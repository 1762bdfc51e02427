"""Reading reconciliations and their claims."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from tochuc.org.models import Organisation, Under
from tochuc.reconcile.models import ACCEPTED, ASKED, OPEN, Claim, Reconciliation

PENDING = Q(state__in=(OPEN, ASKED)) | Q(state=ACCEPTED, changeset__undone_at__isnull=False)


def within(organisation: Organisation, on: date) -> QuerySet[Reconciliation]:
    """The reconciliations of an organisation and those below it on a day, newest first, with what still waits."""
    units = Under.objects.on(on).filter(above=organisation).values("unit")
    waiting = Count("claims", filter=Q(claims__state__in=(OPEN, ASKED)))
    return (
        Reconciliation.objects.filter(organisation__in=units)
        .select_related("organisation", "made_by")
        .annotate(waiting=waiting)
        .order_by("-made_at", "-pk")
    )


def claims_of(made: Reconciliation, *, kind: str = "", pending: bool = False) -> QuerySet[Claim]:
    """The claims of a list, in the order of the list; of one kind, or those that wait for a decision."""
    rows = made.claims.select_related("person", "cell", "changeset", "decided_by").order_by("pk")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(PENDING) if pending else rows


def counts(made: Reconciliation) -> dict[str, tuple[int, int]]:
    """By kind, how many claims there are and how many still wait."""
    rows = made.claims.values("kind").annotate(n=Count("pk"), waiting=Count("pk", filter=PENDING))
    return {row["kind"]: (row["n"], row["waiting"]) for row in rows.order_by("kind")}


def asked(cells: Collection[int]) -> QuerySet[Claim]:
    """What these cells (by id) were asked and haven't answered, the oldest first."""
    rows = Claim.objects.filter(cell__in=cells, state=ASKED, answer="")
    return rows.select_related("reconciliation", "person", "cell").order_by("decided_at", "pk")

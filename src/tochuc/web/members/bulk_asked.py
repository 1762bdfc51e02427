"""A change of many people as an address and its form ask for it, and what it comes to in texts and numbers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.lists import bulk, find
from tochuc.lists.bulk import Effect, Outcome
from tochuc.members import transfers
from tochuc.members.queries import Person
from tochuc.org.queries import Organisation
from tochuc.web.members.bulk_forms import BulkForm
from tochuc.web.members.list_asked import list_asked

SHOWN = 100


def everyone(request: HttpRequest) -> bool:
    """Whether all of the list are meant, on other pages too."""
    return bool(request.GET.get("chon_all"))


def people(request: HttpRequest, viewer: Viewer, organisation: Organisation) -> QuerySet[Person]:
    """Those chosen whom the viewer may change: of the list of today, whatever day it was shown for."""
    mine: QuerySet[Person] = gate.visible(viewer, "members.change", "person")
    asked = list_asked(request, viewer, organisation).today()
    chosen = mine.filter(pk__in=find.members_now(asked).order_by().values("person"))
    return chosen if everyone(request) else bulk.by_refs(chosen, request.GET.getlist("chon"))


def check_place(viewer: Viewer, form: BulkForm) -> bool:
    """Whether the viewer answers for the cell that people are moved to, as for one who is moved alone."""
    transfers.check_answers_for(viewer, form.cleaned_data.get("organisation"))
    return True


def shown(outcome: Outcome) -> dict[str, Any]:
    """What a change comes to as its page reads it, of texts and numbers only: a job keeps it."""
    refused = outcome.refused
    return {
        "changing": len(outcome.changed),
        "same": outcome.same,
        "seal": outcome.seal,
        "rows": [
            _row(one, [one.before or "Chưa ghi", one.after, _home(one)]) for one in outcome.changed[:SHOWN]
        ],
        "refused": [_row(one, [one.refusal, _home(one)]) for one in refused[:SHOWN]],
        "refused_count": len(refused),
    }


def _row(one: Effect, cells: list[str]) -> dict[str, Any]:
    return {"name": one.person.full_name, "url": reverse("member", args=[one.person.ref]), "cells": cells}


def _home(one: Effect) -> str:
    return one.person.home.short_name if one.person.home else ""

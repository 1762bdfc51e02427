"""The records that were merged into one: what they said, as it was recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tochuc.access.viewer import Viewer
from tochuc.desk import merging
from tochuc.members import queries
from tochuc.members.actions import note_read
from tochuc.members.queries import Person
from tochuc.web.door import page
from tochuc.web.members.whole_timeline import lines
from tochuc.web.organisations.place import person_head


@page("dang-vien/<person:person>/ho-so-da-gop/", name="merged_records", needs="member.read")
def merged_records(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    """The history of each record that was merged into this one; reading it is noted."""
    note_read(person, by=viewer.actor, part="merged")
    context = {
        **person_head(viewer, person, f"Hồ sơ đã gộp: {person.full_name}", "Hồ sơ đã gộp"),
        "records": [
            {
                "name": one.full_name,
                "birth": one.birth.vn,
                "events": lines(one, queries.timeline(one), queries.facts_of(one), (), may_correct=False),
            }
            for one in merging.merged_records(person)
        ],
    }
    return render(request, "desk/merged.html", context)

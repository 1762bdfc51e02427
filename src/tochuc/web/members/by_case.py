"""What isn't recorded as one entry but by a case: a transfer has papers, a receiving side and a time to answer.

So there is one way to record each. What was recorded before without a case is answered as it was.
"""

from __future__ import annotations

from django.urls import reverse

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases import queries
from tochuc.members.kinds import IN_PARTY
from tochuc.members.queries import MemberEvent, Person
from tochuc.procedures.arrival import BASES
from tochuc.web.cases.pages import address

_BEGUN_BY = {
    "papers_out": "transfer",
    "left_for": "transfer",
    "sent_temporarily": "temporary_transfer",
    "went_abroad": "abroad",
}
_GOES_ON_IN = {
    "papers_out": "transfer",
    "papers_returned": "transfer",
    "transferred": "transfer",
    "left_for": "transfer",
    "temporary_extended": "temporary_transfer",
    "temporary_ended": "temporary_transfer",
    "abroad_ended": "abroad",
    "arrived": "arrival",
}


def way(viewer: Viewer, person: Person, kind: str) -> str:
    """Where an entry of this kind is recorded by a case: the running one, or a new one; empty where by itself."""
    running = queries.running_for(person, _GOES_ON_IN[kind]) if kind in _GOES_ON_IN else None
    if running is not None:
        return address(running)
    if kind == "arrived":
        return _arrival(viewer, person)
    # A sympathiser goes elsewhere with a letter only. Who left before there were cases is written down as it was,
    # by a committee: a cell gives nobody papers.
    if kind not in _BEGUN_BY or person.standing not in IN_PARTY:
        return ""
    if kind == "left_for" and gate.may(viewer, "member.record_exit", "person", person):
        return ""
    return reverse("case_begin", args=[person.ref, _BEGUN_BY[kind]])


def _arrival(viewer: Viewer, person: Person) -> str:
    """A cell or base takes somebody in by the letter they bring; a committee may also write down what was long ago."""
    here = viewer.workplace
    if here is None or here.kind not in BASES or gate.may(viewer, "member.record_exit", "person", person):
        return ""
    return f"{reverse('arrival_begin', args=[here.code])}?nguoi={person.ref}"


def receiving(papers: MemberEvent) -> str:
    """The step of the running case by which these papers are answered; empty for papers without one."""
    case = queries.of_entry(papers.pk)
    return address(case, "step", "receive") if case is not None else ""

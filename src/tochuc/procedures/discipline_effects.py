"""What a decision of discipline does to the ledger, and where the record says who decided it."""

from __future__ import annotations

from datetime import date
from typing import Any

from tochuc.cases.asking import ask_for
from tochuc.cases.models import Case
from tochuc.cases.places import place_of
from tochuc.cases.registry import Deed
from tochuc.kernel.errors import NotInForce
from tochuc.members import actions
from tochuc.members.kinds import DISMISSAL, EXPULSION
from tochuc.members.models import Holds, MemberEvent, Person
from tochuc.org.models import Organisation, Post
from tochuc.procedures.disciplining import DECIDES
from tochuc.rules.limits import due_after


def person_of(deed: Deed) -> Person:
    """The person the case is of."""
    if deed.case.person is None:
        raise LookupError("discipline of a member is of a person")
    return deed.case.person


def discipline(deed: Deed) -> list[MemberEvent]:
    """Enter the decision: expulsion ends the standing, another form begins its year; dismissal ends the posts."""
    form, step = str(deed.facts["form"]), str(deed.facts["deciding_step"])
    on = date.fromisoformat(str(deed.move.answers["announced_on"]))
    decider = place_of(deed.case, DECIDES[step], on)
    decision = actions.Decision(
        str(deed.move.answers["number"]), deed.facts["decided_on"], decider.name if decider else ""
    )
    said: dict[str, Any] = {"by": deed.by, "today": deed.today, "on": on, "decision": decision}
    data = {"decider": decider.code} if decider else {}
    if form == EXPULSION:
        return [actions.append(person_of(deed), "expelled", data=data, **said)]
    data |= {"form": form, **ends(deed.case, on)}
    events = [actions.append(person_of(deed), "disciplined", data=data, **said)]
    if form == DISMISSAL:
        wanted = [str(code) for code in deed.move.answers.get("posts") or ()]
        posts = Post.objects.filter(code__in=wanted).order_by("code")
        events += [actions.append(person_of(deed), "left_post", post=post, **said) for post in posts]
    return events


def ends(case: Case, on: date) -> dict[str, str]:
    """Until when a decision announced on a day has effect, as the event keeps it."""
    try:
        return {"until_on": due_after(ask_for(case)("discipline.expiry", on=on), on).isoformat()}
    except NotInForce:
        return {}


def end(deed: Deed) -> MemberEvent | None:
    """The decision has no effect any more; where a later one took its place, there is nothing to end."""
    person = person_of(deed)
    if not person.conditions.filter(kind="disciplined", until__gt=deed.move.on).exists():
        return None
    return actions.append(person, "discipline_ended", on=deed.move.on, by=deed.by, today=deed.today)


def posts_held(case: Case, on: date) -> list[tuple[str, str]]:
    """The posts the person holds on the day, to choose from."""
    if case.person is None:
        return []
    rows = Holds.objects.on(on).filter(person=case.person).select_related("post").order_by("post__code")
    return [(one.post.code, one.post.title) for one in rows]


def decider_of(event: MemberEvent) -> Organisation | None:
    """The organisation that decided, where the record names one of ours."""
    return Organisation.objects.filter(code=str(event.data.get("decider", ""))).first()

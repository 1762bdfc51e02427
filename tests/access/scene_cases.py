"""The cases of the scene, each some steps on its way: one open to its branch, one closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from access.addresses import Address
from cast import TODAY, Cast
from tochuc.cases import actions
from tochuc.cases.actions import Given, PaperGiven
from tochuc.cases.models import Case
from tochuc.kernel.known_dates import parse_known_date
from tochuc.members import actions as members

TAKEN = {"case": ("course", "admission.certificate"), "closed_case": ("tell", "removal.evidence")}
"""By kind of case the step that was taken last, and the paper it was taken with."""

NEXT = {"case": "apply", "closed_case": "self_review"}
"""The step that is open after it."""


def begun_at(cast: Cast, place: str, words: str, on: date) -> Case:
    """An admission that somebody outside the Party has begun at the place's cell."""
    cell = {"commune_a": cast.a3}.get(place) or getattr(cast, place)
    person = members.register(
        full_name=f"Nguyễn {words.title()}",
        gender="female",
        birth=parse_known_date("01/02/1999"),
        by=cast.actor(),
    )
    return actions.open_case(
        "admission",
        on=on,
        by=cast.actor(),
        today=TODAY,
        person=person,
        organisation=cell,
        answers={"route": "members"},
    )


def case_at(cast: Cast, place: str, words: str, on: date) -> Case:
    """Such an admission, the course behind them."""
    case = begun_at(cast, place, words, on)
    helper = cast.people["other_a1"].ref
    _take(case, "list", Given(on=on, outcome="listed", answers={"helper": helper}), cast)
    _taken_with_scan(case, "case", words, Given(on=on, answers={"issued_on": on.isoformat()}), cast)
    return case


def closed_case_at(cast: Cast, person: Any, words: str, on: date) -> Case:
    """A removal that was begun of a member, who has been told."""
    case = actions.open_case(
        "removal", on=on, by=cast.actor(), today=TODAY, person=person, answers={"ground": "card"}
    )
    given = Given(on=on, answers={"meeting_on": TODAY.isoformat()})
    _taken_with_scan(case, "closed_case", words, given, cast)
    return case


def _taken_with_scan(case: Case, kind: str, words: str, given: Given, cast: Cast) -> None:
    step, form = TAKEN[kind]
    raw = f"Bản quét {form} {words}".encode()
    scan = {"name": f"ban-quet {words}.txt", "content_type": "text/plain", "raw": raw}
    paper = PaperGiven(actions.keep_scan(case.organisation, scan, by=cast.actor()))
    _take(case, step, Given(given.on, given.outcome, papers={form: paper}, answers=given.answers), cast)


def _take(case: Case, step: str, given: Given, cast: Cast) -> None:
    actions.take(case, step, given, by=cast.actor(), today=TODAY)


def key_of_case(address: Address, name: str, things: Any) -> str | None:
    """What a parameter of an address of cases names: the step that is open, or the one taken, its paper, its scan."""
    kind = next((kind for kind, _ in address.objects if kind in TAKEN), None)
    if kind is None:
        return None
    step, form = TAKEN[kind]
    if name == "scan":
        return str(getattr(things, kind).moves.get(step=step).papers.get().file_id)
    taken = address.name.endswith("_scan")
    return {"step": step if taken else NEXT[kind], "paper": form}.get(name)

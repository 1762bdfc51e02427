"""What the occasions for Party badges make due: the list to propose, and each step that waits, one row for a whole list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.models import Case, OpenStep, StepActor
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.known_dates import day_vn
from tochuc.lists import badge_rounds
from tochuc.org.models import Organisation
from tochuc.procedures.badge import PROCEDURE
from tochuc.rules.ask import rule
from tochuc.rules.limits import due_before
from tochuc.rules.ruled import Ruled

LIST, STEP = "badge_list", "badge_step"
# The list is made some weeks before it has to be sent.
_AHEAD = timedelta(days=30)
# Whoever makes lists of their own; a province reads them in its own page, from those below.
MAKE_LISTS = frozenset({"grassroots_committee", "grassroots_cell", "cell"})


def _due(viewer: Viewer) -> Iterator[Duty]:
    yield from _lists(viewer)
    yield from _steps(viewer)


def _lists(viewer: Viewer) -> Iterator[Duty]:
    """For each organisation one works for that makes lists: who has no case yet for the occasion to come."""
    coming = next((day for day in badge_rounds.occasions(viewer.today) if day >= viewer.today), None)
    if coming is None:
        return
    lead = _asked("badge.proposal_lead", coming)
    sent_by = due_before(lead, coming) if lead else coming
    if sent_by > viewer.today + _AHEAD:
        return
    cases = gate.visible(viewer, "case.read", "case")
    may = gate.visible(viewer, "badge.round", "organisation").filter(kind__in=MAKE_LISTS)
    for organisation in may.filter(pk__in=[one.organisation_id for one in viewer.assignments]).order_by("pk"):
        waiting = badge_rounds.round_of(organisation, cases, coming, viewer.today).without
        if waiting:
            yield Duty(
                kind=LIST,
                what=f"Lập danh sách đề nghị tặng Huy hiệu Đảng đợt {day_vn(coming)}",
                whom=f"{organisation.name}: {len(waiting)} đảng viên chưa lập hồ sơ",
                organisation=organisation.code,
                due_on=sent_by,
                why=Why(
                    f"Đến ngày {day_vn(coming)} có {len(waiting)} đảng viên đủ mốc tuổi đảng mà chưa có hồ sơ."
                    + (f" {lead.title}: {lead.words}." if lead else ""),
                    lead.cite.vn if lead else "",
                    (("Đợt trao", day_vn(coming)), ("Số đảng viên", str(len(waiting)))),
                    confirmed=lead.may_refuse if lead else True,
                ),
                page="badge_round",
                key=organisation.code,
                action="Lập danh sách",
            )


def _asked(rule_id: str, on: date) -> Ruled | None:
    try:
        return rule(rule_id, on=on)
    except NotInForce:
        return None


@dataclass
class _Waiting:
    """The open steps of one kind that lie at one organisation for one occasion."""

    first: OpenStep
    organisation: Organisation | None
    own: bool = False
    steps: set[int] = field(default_factory=set)
    people: list[str] = field(default_factory=list)
    due_on: date = date.max


def _steps(viewer: Viewer) -> Iterator[Duty]:
    rows = gate.visible(viewer, "case.due", "open_step").filter(
        case__procedure=PROCEDURE.code, optional=False
    )
    actors = StepActor.objects.filter(open_step__in=rows.order_by().values("pk"))
    actors = actors.select_related("open_step__case__person", "open_step__case__organisation", "organisation")
    found: dict[tuple[str, str, int | None], _Waiting] = {}
    seen: set[int] = set()
    for actor in actors.order_by("open_step", "pk"):
        step, case = actor.open_step, actor.open_step.case
        if step.pk in seen or (actor.organisation is None and not _own(viewer, case)):
            continue
        seen.add(step.pk)
        key = (step.step, str(case.answers.get("occasion")), actor.organisation_id)
        waiting = found.setdefault(key, _Waiting(step, actor.organisation, actor.organisation is None))
        waiting.steps.add(step.pk)
        waiting.people.append(case.person.full_name if case.person else "")
        waiting.due_on = min(waiting.due_on, step.due_on or step.open_since)
    for waiting in found.values():
        yield _step(waiting)


def _own(viewer: Viewer, case: Case) -> bool:
    return case.person is not None and case.person.account_id == viewer.account.pk


def _step(waiting: _Waiting) -> Duty:
    step, case, n = waiting.first, waiting.first.case, len(waiting.people)
    where = waiting.organisation or case.organisation
    occasion = date.fromisoformat(str(case.answers["occasion"]))
    rule_words = f"{step.limit_title}: {step.limit_words}." if step.limit_title else ""
    return Duty(
        kind=STEP,
        what=f"{step.title}, Huy hiệu Đảng đợt {day_vn(occasion)}",
        whom=f"{where.name}: {n} đảng viên" if n > 1 else f"{waiting.people[0]}, {where.short_name}",
        organisation=where.code,
        due_on=waiting.due_on,
        why=Why(
            f"Đợt trao ngày {day_vn(occasion)}. {rule_words}".strip(),
            step.cite,
            (("Danh sách", ", ".join(waiting.people[:10]) + ("…" if n > 10 else "")),),
            confirmed=step.confirmed,
        ),
        page="case" if waiting.own else "badge_round",
        key=str(case.ref) if waiting.own else where.code,
        action="Làm bước này" if waiting.own else "Mở danh sách",
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    register(Provider(LIST, "Danh sách Huy hiệu Đảng", _due, ((STEP, "Bước của danh sách Huy hiệu Đảng"),)))

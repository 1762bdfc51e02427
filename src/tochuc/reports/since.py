"""What has changed since a report was sent: each figure, each person, and what was recorded, by whom and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tochuc.members import ledger
from tochuc.members.figures import Figure, figures_of, people_behind
from tochuc.members.folds import Folded
from tochuc.members.ledger import Count
from tochuc.members.models import MemberEvent, Person
from tochuc.members.statement_form import rows
from tochuc.org.known import Days
from tochuc.org.models import OrganisationEvent, Under
from tochuc.reports.models import SealedReport


@dataclass(frozen=True)
class Sent:
    """One row of the form: as it was sent, and as it is now."""

    part: str
    code: str
    label: str
    total: bool
    confirmed: bool
    then: Count
    now: Count

    @property
    def differs(self) -> bool:
        """Whether the figures aren't those that were sent."""
        return self.then != self.now

    @property
    def difference(self) -> int:
        """By how many members the row has grown or shrunk."""
        return self.now.total - self.then.total


@dataclass(frozen=True)
class Moved:
    """One person who counts otherwise now: in which figures then and now, and what was recorded of them since.

    Where nothing was, the tree changed under them: ``tree`` are the decisions recorded since.
    """

    person: Person
    then: tuple[tuple[str, str], ...]
    now: tuple[tuple[str, str], ...]
    events: tuple[MemberEvent, ...]
    tree: tuple[OrganisationEvent, ...]


@dataclass(frozen=True)
class Since:
    """Everything that differs from what was sent."""

    rows: tuple[Sent, ...]
    people: tuple[Moved, ...]

    @property
    def differs(self) -> bool:
        """Whether the same statement would be another today."""
        return bool(self.people) or any(row.differs for row in self.rows)


def since(report: SealedReport) -> Since:
    """Hold a sealed report against the ledger as it is known now."""
    shown = _rows(report)
    then = {Figure(*key.split("/")): ids for key, ids in report.content["people"].items()}
    now = people_behind(report.organisation, report.first, report.last)
    return Since(shown, _people(report, then, now, {(row.part, row.code): row.label for row in shown}))


def _rows(report: SealedReport) -> tuple[Sent, ...]:
    sent = {(row["part"], row["code"]): row for row in report.content["rows"]}
    now = {
        (row.part, row.code): row
        for row in rows(ledger.statement(report.organisation, report.first, report.last))
    }
    found = []
    for key in [*sent, *(key for key in now if key not in sent)]:
        then, today = sent.get(key), now.get(key)
        found.append(
            Sent(
                *key,
                label=then["label"] if then else today.label if today else "",
                total=then["total"] if then else bool(today and today.total),
                confirmed=then["confirmed"] if then else bool(today and today.confirmed),
                then=Count(then["official"], then["probationary"]) if then else Count(),
                now=today.count if today else Count(),
            )
        )
    return tuple(found)


def _people(
    report: SealedReport,
    then: dict[Figure, list[int]],
    now: dict[Figure, list[int]],
    labels: dict[tuple[str, str], str],
) -> tuple[Moved, ...]:
    lost, gained = defaultdict[int, list[Figure]](list), defaultdict[int, list[Figure]](list)
    for figure in sorted({*then, *now}):
        was, is_now = Counter(then.get(figure, ())), Counter(now.get(figure, ()))
        for person in (was - is_now).elements():
            lost[person].append(figure)
        for person in (is_now - was).elements():
            gained[person].append(figure)
    ids = {*lost, *gained}
    if not ids:
        return ()
    recorded = _recorded_since(report, ids)
    tree = tuple(_tree_since(report))

    def named(figures: Iterable[Figure]) -> tuple[tuple[str, str], ...]:
        return tuple((labels.get((f.part, f.code), f.code), f.standing) for f in figures)

    return tuple(
        Moved(
            person,
            named(lost[person.pk]),
            named(gained[person.pk]),
            tuple(recorded[person.pk]),
            () if recorded[person.pk] else tree,
        )
        for person in Person.objects.filter(pk__in=ids).order_by("sort_key", "pk")
    )


def _recorded_since(report: SealedReport, people: Collection[int]) -> dict[int, list[MemberEvent]]:
    found = defaultdict[int, list[MemberEvent]](list)
    events = (
        MemberEvent.objects.filter(person__in=people, recorded_at__gt=report.sealed_at)
        .select_related("organisation", "post", "recorded_by", "corrects__organisation", "corrects__post")
        .order_by("recorded_at", "pk")
    )
    for event in events:
        found[event.person_id].append(event)
    return found


def _tree_since(report: SealedReport) -> Iterable[OrganisationEvent]:
    branch = Under.objects.filter(above=report.organisation).values("unit")
    events = OrganisationEvent.objects.filter(recorded_at__gt=report.sealed_at, organisation__in=branch)
    return events.select_related("organisation").order_by("recorded_at", "pk")[:20]


def touched(before: Folded, after: Folded) -> list[SealedReport]:
    """The sealed reports whose figures a record would change, from one person's life before and after it."""
    cells = {place.organisation for folded in (before, after) for place in folded.places}
    stays: defaultdict[int, dict[int, Days]] = defaultdict(dict)
    rows_above = Under.objects.filter(unit__in=cells, above__sealed_reports__isnull=False).distinct()
    for above, unit, first, until in rows_above.values_list("above", "unit", "since", "until"):
        stays[above].setdefault(unit, []).append((first, until))
    reports = SealedReport.objects.filter(organisation__in=stays).select_related("organisation")
    return [
        report
        for report in reports.defer("content").order_by("-last", "organisation__fold", "pk")
        if _differ(before, after, stays[report.organisation_id], report)
    ]


def _differ(before: Folded, after: Folded, units: dict[int, Days], report: SealedReport) -> bool:
    asked = (units, report.first, report.last)
    return figures_of(before, *asked) != figures_of(after, *asked)

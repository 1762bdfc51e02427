"""What a plan would touch, before and after: the whole of it is carried out, looked at, and undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tochuc.access.clock import now
from tochuc.access.models import Assignment
from tochuc.access.roles import ROLES
from tochuc.audit.record import Actor
from tochuc.documents.models import Document
from tochuc.jobs.progress import Tell, silent
from tochuc.kernel.errors import NotInForce
from tochuc.kernel.names import sort_key
from tochuc.kernel.remembering import asking_anew
from tochuc.members.branches import heads, statements
from tochuc.members.kinds import STANDINGS
from tochuc.members.ledger import Count
from tochuc.members.models import Membership, Person
from tochuc.members.shifts import REASON
from tochuc.org.kinds import MEMBER_KINDS
from tochuc.org.models import Organisation, Post, Under
from tochuc.programme.models import Conference, TaskAssignment
from tochuc.reorganise.actions import carry_out
from tochuc.reorganise.changes import Change, Unit
from tochuc.reorganise.concerns import concerns
from tochuc.reorganise.models import ASSIGNMENT, POST, ROLE
from tochuc.reorganise.plan import Plan
from tochuc.reorganise.run import Run
from tochuc.rules.ask import rule

BEGINS, ENDS, LEFT = "begins", "ends", "left"


@dataclass(frozen=True)
class OrganisationChange:
    """An organisation before and after; None before it is founded, None after it ended.

    ``followed_by`` names those that take it on; ``presumed`` the grounds of what no decision says.
    """

    code: str
    name: str
    before: Unit | None
    after: Unit | None
    followed_by: tuple[str, ...]
    presumed: tuple[str, ...]


@dataclass(frozen=True)
class PersonMove:
    """One who goes with their organisation from a cell to another."""

    ref: str
    name: str
    standing: str
    frm: str
    to: str


@dataclass(frozen=True)
class PostChange:
    """A post that begins or ends, or goes on without who leaves it; ``holder`` who takes or leaves it, empty for nobody."""

    title: str
    organisation: str
    what: str
    holder: str
    holder_ref: str


@dataclass(frozen=True)
class RoleChange:
    """A role of an account that begins or ends."""

    username: str
    full_name: str
    role: str
    organisation: str
    what: str


@dataclass(frozen=True)
class TaskMove:
    """An open task that another organisation takes on."""

    text: str
    frm: str
    to: str
    due_on: date


@dataclass(frozen=True)
class Side:
    """Members of one branch around the plan's day: before, in and out by the reorganisation, after."""

    code: str
    name: str
    before: Count
    came: Count
    went: Count
    after: Count
    reconciles: bool


@dataclass(frozen=True)
class Papers:
    """What stays under the old name of an organisation that ends, reachable by those that follow."""

    code: str
    name: str
    documents: int
    conferences: int


@dataclass(frozen=True)
class Running:
    """Things of one kind that run on at an organisation the plan touches, and what becomes of them."""

    label: str
    organisation: str
    number: int
    goes_on: str


@dataclass(frozen=True)
class Preview:
    """Everything a plan would touch; ``seal`` stands for it, so that what was shown is what is done."""

    plan: Plan
    organisations: tuple[OrganisationChange, ...]
    people: tuple[PersonMove, ...]
    posts: tuple[PostChange, ...]
    roles: tuple[RoleChange, ...]
    tasks: tuple[TaskMove, ...]
    papers: tuple[Papers, ...]
    running: tuple[Running, ...]
    sides: tuple[Side, ...]
    nowhere: tuple[str, ...]
    below_minimum: tuple[str, ...]
    seal: str = ""

    @property
    def balances(self) -> bool:
        """Whether nobody is left nowhere, and every branch's statement of the day adds up."""
        return not self.nowhere and all(side.reconciles for side in self.sides)


def preview(plan: Plan, *, by: Actor, today: date, tell: Tell = silent) -> Preview:
    """What a plan would do, exactly as ``actions.apply`` would; raises what that raises."""
    with asking_anew(), transaction.atomic():
        run = carry_out(plan, by=by, today=today, at=now(), tell=tell)
        found = _look(run)
        transaction.set_rollback(True)
    return found


def _look(run: Run) -> Preview:
    names = {code: unit.name for code, unit in run.organisations.items()}
    return Preview(
        plan=run.plan,
        organisations=tuple(_organisation(change, names) for change in run.changes.values()),
        people=tuple(_people(run)),
        posts=tuple(_posts(run)),
        roles=tuple(_roles(run)),
        tasks=tuple(_tasks(run)),
        papers=tuple(_papers(run)),
        running=tuple(_running(run)),
        sides=tuple(_sides(run)),
        nowhere=tuple(_nowhere(run)),
        below_minimum=tuple(_below_minimum(run)),
        seal=run.seal,
    )


def _organisation(change: Change, names: dict[str, str]) -> OrganisationChange:
    shown = change.after or change.before
    presumed = dict.fromkeys(one.presumed for one in change.ground if one.presumed)
    followed = tuple(names[code] for code in change.successors)
    name = shown.name if shown else change.code
    return OrganisationChange(change.code, name, change.before, change.after, followed, tuple(presumed))


def _people(run: Run) -> list[PersonMove]:
    people = Person.objects.in_bulk(list(run.goes))
    moves = [
        PersonMove(
            people[pk].ref,
            people[pk].full_name,
            STANDINGS[people[pk].standing],
            _was_called(run, frm),
            run.organisations[to].name,
        )
        for pk, (frm, to) in run.goes.items()
    ]
    return sorted(moves, key=lambda one: (one.to, one.frm, sort_key(one.name)))


def _was_called(run: Run, code: str) -> str:
    before = run.changes[code].before
    return before.name if before else run.organisations[code].name


def _touched(run: Run, kind: str) -> dict[int, str]:
    return {one.row: BEGINS if one.before is None else ENDS for one in run.touched if one.kind == kind}


def _posts(run: Run) -> Iterable[PostChange]:
    what = _touched(run, POST)
    what |= {event.post_id: LEFT for event in run.events if event.post_id and event.post_id not in what}
    people = Person.objects.in_bulk([event.person_id for event in run.events])
    holders = {event.post_id: people[event.person_id] for event in run.events}
    posts = Post.objects.filter(pk__in=what).select_related("organisation")
    for post in posts.order_by("organisation__fold", "title", "pk"):
        holder = holders.get(post.pk)
        yield PostChange(
            post.title,
            post.organisation.name,
            what[post.pk],
            holder.full_name if holder else "",
            holder.ref if holder else "",
        )


def _roles(run: Run) -> Iterable[RoleChange]:
    what = _touched(run, ROLE)
    rows = Assignment.objects.filter(pk__in=what).select_related("account", "organisation")
    for row in rows.order_by("account__username", "until", "pk"):
        account = row.account
        yield RoleChange(
            account.username, account.full_name, ROLES[row.role], row.organisation.name, what[row.pk]
        )


def _tasks(run: Run) -> Iterable[TaskMove]:
    moved = [one.row for one in run.touched if one.kind == ASSIGNMENT and one.before is not None]
    rows = TaskAssignment.objects.filter(pk__in=moved)
    for row in rows.select_related("task", "organisation", "continued_in__organisation").order_by(
        "due_on", "pk"
    ):
        to = row.continued_in.organisation.name if row.continued_in else ""
        yield TaskMove(row.task.text, row.organisation.name, to, row.due_on)


def _papers(run: Run) -> Iterable[Papers]:
    for organisation in run.ended:
        documents = Document.objects.filter(organisation=organisation).count()
        conferences = Conference.objects.filter(organisation=organisation).count()
        if documents or conferences:
            yield Papers(organisation.code, organisation.name, documents, conferences)


def _running(run: Run) -> Iterable[Running]:
    touched = [run.organisations[code] for code in run.changes]
    for concern in concerns():
        for one in concern.count(touched, run.plan.eve):
            yield Running(concern.label, one.organisation.name, one.number, concern.goes_on)


def _sides(run: Run) -> Iterable[Side]:
    """Those that change and every level above them, before and after."""
    ids = [run.organisations[code].pk for code in run.changes]
    above = set(ids)
    for day in (run.plan.eve, run.day):
        above |= set(Under.objects.on(day).filter(unit__in=ids).values_list("above", flat=True))
    branches = list(Organisation.objects.filter(pk__in=above).order_by("fold", "pk"))
    found, _ = statements(branches, run.day, run.day)
    for branch in branches:
        said = found[branch.pk]
        came = said.increases.get(f"{REASON}_in", Count())
        went = said.decreases.get(f"{REASON}_out", Count())
        if said.opening.total or said.closing.total:
            yield Side(branch.code, branch.name, said.opening, came, went, said.closing, said.reconciles)


def _nowhere(run: Run) -> list[str]:
    """Who of those concerned would stand on the day in something that isn't in the tree."""
    there = Under.objects.on(run.day).filter(depth=0).values("unit")
    concerned = [organisation.pk for organisation in run.organisations.values()]
    standing = Membership.objects.on(run.day).filter(organisation__in=concerned)
    lost = standing.exclude(organisation__in=there).select_related("person")
    return [stay.person.full_name for stay in lost.order_by("person__sort_key")]


def _below_minimum(run: Run) -> list[str]:
    """Cells of the new order with fewer official members than a cell needs."""
    try:
        least = rule("organisation.cell_min_official_members", on=run.day).number
    except NotInForce:
        return []
    concerned = {code for change in run.changes.values() for code in (change.code, *change.receivers)}
    cells = [
        organisation
        for code in sorted(concerned)
        if (organisation := run.organisations[code]).kind in MEMBER_KINDS and organisation.exists_on(run.day)
    ]
    found = heads([cell.pk for cell in cells], [run.day])
    return [cell.name for cell in cells if found[cell.pk, run.day].members.official < least]

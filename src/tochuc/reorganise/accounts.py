"""Roles of accounts at organisations that end: ended on the day, and given at those that follow."""

from __future__ import annotations

from tochuc.access import actions as access
from tochuc.access.models import Assignment
from tochuc.kernel.days import FOREVER
from tochuc.kernel.errors import Refused, raise_all
from tochuc.kernel.known_dates import day_vn
from tochuc.org.models import Organisation
from tochuc.reorganise.models import ROLE
from tochuc.reorganise.run import Run


def write(run: Run) -> None:
    """End and give the roles."""
    held = list(
        Assignment.objects.filter(organisation__in=run.ended, until__gt=run.day)
        .select_related("account", "account__person", "organisation")
        .order_by("account__username", "role", "pk")
    )
    raise_all(
        [
            Refused(
                "changed_later",
                f"Tài khoản {role.account.username} có vai trò tại {role.organisation.name} từ ngày "
                f"{day_vn(role.since)}, không trước ngày sắp xếp.",
            )
            for role in held
            if role.since >= run.day
        ]
    )
    for role in held:
        until = role.until
        access.end_role(role, on=run.day, by=run.by)
        run.touch(ROLE, role.pk, {"until": until.isoformat()}, {"until": run.day.isoformat()})
        for organisation in _places(run, role):
            _give(run, role, organisation)


def _places(run: Run, role: Assignment) -> list[Organisation]:
    """Where the role goes: as the plan says, else with the person, else to every organisation that follows."""
    code = role.organisation.code
    for said in run.plan.roles:
        if (said.role, said.of) == (role.role, code) and said.account in ("", role.account.username):
            return [run.organisations[to] for to in said.to]
    change = run.changes[code]
    if not change.roles_follow:
        return []
    person = getattr(role.account, "person", None)
    if person is not None and person.pk in run.goes and run.goes[person.pk][0] == code:
        return [run.organisations[run.goes[person.pk][1]]]
    return [run.organisations[to] for to in change.successors]


def _give(run: Run, role: Assignment, organisation: Organisation) -> None:
    same = Assignment.objects.filter(
        account=role.account, role=role.role, organisation=organisation, until=FOREVER
    )
    if not same.exists():
        given = access.give_role(role.account, role.role, organisation, since=run.day, by=run.by)
        run.touch(ROLE, given.pk, None, {"until": FOREVER.isoformat()})

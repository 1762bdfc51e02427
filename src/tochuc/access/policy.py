"""The one table of rights: which role may do what, how far it reaches.

``UNIT`` is the organisation of the role itself, ``BELOW`` it and all under it, ``SELF`` what is about
oneself, ``ALL`` everything there is. Nothing else grants a right.
"""

from __future__ import annotations

from dataclasses import dataclass

from tochuc.access.roles import CELL_SECRETARY, COMMUNE_SECRETARY, MEMBER, ORGANISATION_OFFICER

SELF, UNIT, BELOW, ALL = "SELF", "UNIT", "BELOW", "ALL"
ANYONE = "*"


@dataclass(frozen=True)
class Rule:
    """A role and its reach."""

    role: str
    reach: str


def allow(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    """The rules of one action."""
    return tuple(Rule(role, reach) for role, reach in pairs)


_LEADERS_BELOW = ((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT))

_LEADERS_HERE = ((ORGANISATION_OFFICER, UNIT), (COMMUNE_SECRETARY, UNIT), (CELL_SECRETARY, UNIT))

POLICY: dict[str, tuple[Rule, ...]] = {
    "job.read": allow((ORGANISATION_OFFICER, SELF), (COMMUNE_SECRETARY, SELF)),
    "home.read": allow((ANYONE, SELF)),
    "account.self": allow((ANYONE, SELF)),
    "token.manage": allow((ANYONE, SELF)),
    "organisation.read": allow(*_LEADERS_BELOW),
    "organisation.arrange": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
    "organisation.congress": allow(*_LEADERS_BELOW),
    "organisation.posts": allow(*_LEADERS_BELOW),
    "card.list": allow(*_LEADERS_BELOW),
    "badge.round": allow(*_LEADERS_BELOW),
    "ledger.read": allow(*_LEADERS_BELOW),
    "member.list": allow(*_LEADERS_BELOW),
    "member.read": allow(*_LEADERS_BELOW, (ANYONE, SELF)),
    "member.private": allow(*_LEADERS_BELOW, (ANYONE, SELF)),
    # Whoever keeps the file of members and deals with cards; a cell writes the number down but can't look it up.
    "member.identity": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW), (ANYONE, SELF)),
    "member.edit": allow(*_LEADERS_BELOW),
    "member.papers": allow(*_LEADERS_BELOW, (ANYONE, SELF)),
    "member.check": allow((ANYONE, SELF)),
    "member.approve": allow(*_LEADERS_BELOW),
    "member.search": allow(*_LEADERS_BELOW),
    "member.record": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT)),
    "member.record_exit": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
    "transfer.accept": allow(*_LEADERS_BELOW),
    "member.correct": allow((ORGANISATION_OFFICER, BELOW)),
    "document.read": allow(*_LEADERS_BELOW),
    "document.verify": allow((ORGANISATION_OFFICER, BELOW)),
    "conference.read": allow((ORGANISATION_OFFICER, BELOW)),
    "conference.edit": allow((ORGANISATION_OFFICER, BELOW)),
    "conclusion.read": allow(*_LEADERS_BELOW),
    "task.read": allow((ORGANISATION_OFFICER, BELOW)),
    "task.edit": allow((ORGANISATION_OFFICER, BELOW)),
    "assignment.read": allow(
        (ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT)
    ),
    "assignment.report": allow((COMMUNE_SECRETARY, UNIT), (CELL_SECRETARY, UNIT)),
    "file.read": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT)),
    "report.read": allow(*_LEADERS_BELOW),
    "branch.export": allow((ORGANISATION_OFFICER, BELOW)),
    "report.seal": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
    "members.change": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
    "members.import": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
    "changeset.read": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
    "regulation.edit": allow((ORGANISATION_OFFICER, BELOW)),
    "case.read": allow(*_LEADERS_BELOW, (ANYONE, SELF)),
    "case.begin": allow(*_LEADERS_BELOW, (ANYONE, SELF)),
    "case.act": allow(*_LEADERS_BELOW, (ANYONE, SELF)),
    "case.due": allow(
        (ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT), (ANYONE, SELF)
    ),
    "closed_case.read": allow(*_LEADERS_HERE, (ANYONE, SELF)),
    "closed_case.act": allow(*_LEADERS_HERE, (ANYONE, SELF)),
    "closed_case.due": allow(*_LEADERS_HERE, (ANYONE, SELF)),
    "dues.read": allow(*_LEADERS_BELOW),
    "dues.person": allow((COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT), (ANYONE, SELF)),
    "dues.record": allow((COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT)),
    "meeting.read": allow(*_LEADERS_BELOW),
    "meeting.record": allow((COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT)),
    "lapse.read": allow((COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT), (ANYONE, SELF)),
    "lapse.record": allow((COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT)),
    "lapse.due": allow((CELL_SECRETARY, UNIT)),
    "entrusted.read": allow(*_LEADERS_BELOW),
    "entrusted.record": allow((COMMUNE_SECRETARY, BELOW), (CELL_SECRETARY, UNIT)),
    "member.clean": allow(*_LEADERS_BELOW),
    "member.reconcile": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
    "member.merge": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
    "changeset.undo": allow((ORGANISATION_OFFICER, BELOW), (COMMUNE_SECRETARY, BELOW)),
}

# Actions that no address needs, each with what asks for it instead.
INTERNAL = {
    "lapse.due": "the due list of a cell asks whose months it is to consider",
    "closed_case.due": "the due list asks for the steps of closed files one may take",
    "case.due": "the due list asks for the steps one may take",
    "member.record_exit": "the page of recording asks for each kind it offers",
}

# Addresses that answer without a log-in. Adding one needs a reason that a reviewer accepts.
# The calendar is opened by the secret in its address, for programs that can't log in; it names no one.
PUBLIC = frozenset({"account_login", "mfa_authenticate", "account_logout", "health", "reminder_calendar"})

__all__ = [
    "ALL",
    "ANYONE",
    "BELOW",
    "INTERNAL",
    "MEMBER",
    "POLICY",
    "PUBLIC",
    "SELF",
    "UNIT",
    "Rule",
    "allow",
]

"""The records of the scene: what hangs on the member, the lists, the plans and the accounts of each place."""

from __future__ import annotations

from datetime import date
from typing import Any

from access.places import HELD, ISSUED, OWNERS, PEOPLE, WORDS
from cast import PASSWORD, TODAY, Cast
from tochuc.access import actions as access
from tochuc.access import tokens
from tochuc.access.clock import now
from tochuc.access.models import Account
from tochuc.audit.record import NOBODY
from tochuc.changes.models import ChangeSet
from tochuc.kernel.known_dates import KnownDate
from tochuc.members import actions as members
from tochuc.members import papers
from tochuc.members.keeping import keep_row
from tochuc.members.models import Proposal
from tochuc.org.models import Organisation
from tochuc.reconcile.models import Reconciliation
from tochuc.reorganise import drafts
from tochuc.reorganise.models import Draft, Reorganisation
from tochuc.reports.models import SealedReport
from tochuc.reports.sealing import seal


def reconciliation_at(cast: Cast, place: str, organisation: Organisation) -> Reconciliation:
    """A list from elsewhere with one difference about the member of the place."""
    person = cast.people[PEOPLE[place]]
    made = Reconciliation.objects.create(
        organisation=organisation,
        origin=f"Danh sách {WORDS[place]}",
        as_of=TODAY,
        file_name=f"doi-chieu {WORDS[place]}.xlsx",
        made_at=now(),
    )
    made.claims.create(
        kind="different",
        person=person,
        cell=person.home,
        name=person.full_name,
        field="hometown",
        after=WORDS[place],
    )
    return made


def owner_of(cast: Cast, place: str) -> Account:
    """Who leads the place; of another district somebody whom no test knows."""
    known = cast.accounts.get(OWNERS[place]) or Account.objects.filter(username="thai.long").first()
    return known or access.open_account(
        username="thai.long", full_name="Thái Văn Long", password=PASSWORD, by=cast.actor()
    )


def token_at(cast: Cast, place: str) -> Any:
    """A token of the one who leads the place."""
    owner = owner_of(cast, place)
    token, _secret = tokens.make(
        owner, name=f"Phần mềm {WORDS[place]}", may_write=False, days=30, at=now(), by=cast.actor()
    )
    return token


def report_at(cast: Cast, place: str, organisation: Organisation) -> SealedReport:
    """The statement of the place for last year, sealed as sent."""
    return seal(
        organisation,
        date(2022, 1, 1),
        date(2022, 12, 31),
        number=f"9-BC/{WORDS[place]}",
        signed_on=date(2023, 1, 4),
        sent_to=f"Nơi nhận {WORDS[place]}",
        by=cast.actor(),
        today=TODAY,
    )


def papers_to(cast: Cast, place: str, organisation: Organisation) -> Any:
    """Papers that lead to the place, of somebody of the agency's cell."""
    person = members.register(
        full_name=f"Khách Về {place}".replace("_", " "),
        gender="male",
        birth=KnownDate(date(1985, 5, 19)),
        by=NOBODY,
    )
    said = {"by": NOBODY, "today": TODAY}
    opened = {"organisation": cast.agency_cell, "data": {"standing": "official"}}
    members.append(person, "opening", on=date(2022, 1, 4), **opened, **said)
    return members.append(person, "papers_out", on=HELD, organisation=organisation, **said)


def import_at(cast: Cast, place: str, organisation: Organisation) -> ChangeSet:
    """An import at the place, of the one member whose record it changed."""
    made = ChangeSet.objects.create(
        kind="import",
        organisation=organisation,
        as_of=TODAY,
        file_name=f"danh-sach {WORDS[place]}.xlsx",
        made_at=now(),
    )
    person = cast.people[PEOPLE[place]]
    made.changes.create(person=person, what="changed", before={"hometown": "Hội An"}, after={"hometown": ""})
    return made


def plan_at(cast: Cast, place: str, organisation: Organisation) -> Draft:
    """A plan that is being built at the place, of one operation."""
    name = f"Tổ chức {WORDS[place]}"
    said = {"op": "rename", "of": organisation.code, "name": name, "short_name": name}
    head = drafts.Head(f"Phương án {WORDS[place]}", TODAY)
    return drafts.begin(organisation, head, by=cast.actor(), operations=[said])


def reorganisation_at(place: str, organisation: Organisation) -> Reorganisation:
    """One that was carried out at the place."""
    return Reorganisation.objects.create(
        organisation=organisation,
        title=f"Đã sắp xếp {WORDS[place]}",
        decision_number="1-QĐ/HU",
        decision_on=HELD,
        decision_by="Huyện ủy",
        day=ISSUED,
        plan={"operations": []},
        applied_at=now(),
    )


def paper_at(cast: Cast, place: str) -> Any:
    return papers.add(
        cast.people[PEOPLE[place]],
        kind="award",
        title=f"Bằng khen {WORDS[place]}",
        dated_on=None,
        name=f"bang-khen {WORDS[place]}.txt",
        content_type="text/plain",
        raw=f"Bằng khen {WORDS[place]}".encode(),
        by=cast.actor(),
        today=TODAY,
    )


def proposal_at(cast: Cast, place: str) -> Any:
    """A proposal that waits, as if the person of the place had an account."""
    return Proposal.objects.create(
        person=cast.people[PEOPLE[place]],
        field="occupation",
        after=f"Nuôi {WORDS[place]}",
        ground=f"Hợp đồng {WORDS[place]}",
        proposed_at=now(),
        proposed_on=TODAY,
        proposed_by=owner_of(cast, place),
    )


def award_of(person: Any) -> Any:
    row = {"what": f"Bằng khen {person.full_name}", "on": "2019"}
    return keep_row(person, "award", row, by=NOBODY, today=TODAY)

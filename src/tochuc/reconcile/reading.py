"""Reading a list from elsewhere as claims; the record stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from tochuc.access.clock import now
from tochuc.audit.record import Actor, record
from tochuc.documents import files
from tochuc.documents.models import StoredFile
from tochuc.exchange.imports.copying import store
from tochuc.exchange.imports.plan import REFUSE, Planned, field_differences, planned
from tochuc.exchange.imports.write import check_day
from tochuc.exchange.intake.dry_run import Progress
from tochuc.kernel.errors import Refused
from tochuc.kernel.known_dates import day_vn
from tochuc.members.identity import keyring
from tochuc.members.queries import members_of
from tochuc.org.models import Organisation
from tochuc.reconcile.models import DIFFERENT, LEDGER, MISSING, NEW, UNREAD, Claim, Reconciliation

_NATIONAL_ID = "national_id"
_NAME = 120


@transaction.atomic
def read(
    file: StoredFile,
    *,
    organisation: Organisation,
    origin: str,
    as_of: date,
    today: date,
    by: Actor,
    progress: Progress | None = None,
) -> Reconciliation:
    """Hold a kept list beside the record of a branch. Raises ``Unreadable`` for a file that is none."""
    check_day(as_of, today)
    if not origin.strip():
        raise Refused("no_origin", "Cần ghi danh sách lấy từ đâu.", "origin")
    made = Reconciliation.objects.create(
        organisation=organisation,
        origin=origin.strip()[:160],
        as_of=as_of,
        file_name=file.name[:200],
        file=file,
        made_by_id=by.account,
        made_at=now(),
    )
    claims: list[Claim] = []
    met: set[int] = set()
    for one in planned(
        files.read(file),
        file.name,
        organisation=organisation,
        as_of=as_of,
        today=today,
        progress=progress,
    ):
        if isinstance(one, Planned):
            own = list(_claims(made, one))
            claims += own
            if one.person is not None:
                met.add(one.person.pk)
                made.same += not own
    claims += _missing(made, organisation, as_of, met)
    store(claims)
    made.matched = len(met)
    made.save(update_fields=["matched", "same"])
    record(
        by,
        "reconciliation.read",
        stream=organisation.code,
        kind="reconciliation",
        key=made.ref,
        data={"origin": made.origin, "matched": made.matched, "claims": len(claims)},
    )
    return made


def _claims(made: Reconciliation, one: Planned) -> Iterator[Claim]:
    fields = one.row["fields"]
    place = ": ".join(str(part) for part in (one.row["sheet"], one.row["row"]) if part is not None)
    person = one.person
    cell = person.home if person is not None and person.home is not None else one.cell

    def claim(kind: str, **said: object) -> Claim:
        name = str(person.full_name if person else fields.get("full_name", "Không có tên"))[:_NAME]
        return Claim(reconciliation=made, kind=kind, person=person, cell=cell, name=name, row=place, **said)

    elsewhere = {"unknown_cell", "ambiguous_cell", "no_cell"}
    if person is not None and one.faults and {fault["code"] for fault in one.faults} <= elsewhere:
        # Another system names cells otherwise; whoever was recognised is compared all the same.
        one.changes = field_differences(fields, person, keyring())
        one.notes = list(one.faults)
    elif one.action == REFUSE:
        yield claim(UNREAD, after=" ".join(finding["message"] for finding in one.findings))
        return
    if person is None or person.home_id is None:
        said = {name: value for name, value in fields.items() if name != _NATIONAL_ID}
        yield claim(NEW, said=said | {"standing": one.standing})
        return
    for name, (before, after) in one.changes.items():
        if name == _NATIONAL_ID:
            before, after = "", ""
        yield claim(DIFFERENT, field=name, before=before, after=after)
    for note in one.notes:
        yield claim(LEDGER, field=note["field"], after=note["message"])


def _missing(made: Reconciliation, organisation: Organisation, as_of: date, met: set[int]) -> Iterator[Claim]:
    for stay in members_of(organisation, as_of):
        if stay.person_id not in met:
            words = f"Trong sổ, sinh hoạt ở đây từ ngày {day_vn(stay.since)}; danh sách không có tên."
            yield Claim(
                reconciliation=made,
                kind=MISSING,
                person=stay.person,
                cell=stay.organisation,
                name=stay.person.full_name,
                after=words,
            )

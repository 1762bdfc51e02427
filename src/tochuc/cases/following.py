"""Cases go on when the record changes under them: people, organisations, merged records (decision 0066)."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from tochuc.access.clock import today
from tochuc.cases import folding
from tochuc.cases.engine import STOPPED
from tochuc.cases.models import Case, CaseParty
from tochuc.cases.registry import of_case
from tochuc.jobs.progress import Tell, silent
from tochuc.members import following_up
from tochuc.members.models import Person
from tochuc.org.models import Organisation

RUNS = Q(closed_on=None) | Q(result=STOPPED)
"""Cases that run, or would if the ledger hadn't stopped them."""
# A closed case runs again where the entry that it made was voided in the ledger.
_UNDONE = Q(moves__event__corrected_by__kind="void", moves__event__person=F("person"))


def look_again(people: Collection[int]) -> None:
    """Fold the cases of these people (by id) anew, after moving those of merged records to the one that stays."""
    _follow_merges(people)
    _refold(Case.objects.filter(RUNS | _UNDONE, person__in=people))


def look_again_at(organisations: Collection[Organisation], tell: Tell = silent) -> None:
    """Fold the running cases anew in which these organisations act, after they changed."""
    parties = CaseParty.objects.filter(organisation__in=organisations).values("case")
    concerned = Q(organisation__in=organisations) | Q(to__in=organisations) | Q(pk__in=parties)
    _refold(Case.objects.filter(RUNS, concerned), tell)


def _refold(cases: QuerySet[Case], tell: Tell = silent) -> None:
    ids = set(cases.values_list("pk", flat=True))
    for n, case in enumerate(Case.objects.select_for_update().filter(pk__in=ids).order_by("pk")):
        tell("quy trình đang chạy: đang xem lại", n, len(ids))
        folding.refold(case, today())


def _follow_merges(people: Collection[int]) -> None:
    """A case belongs to the record that stays; to its own again once the merge is undone."""
    moved = ~Q(opened_for=F("person")) | Q(opened_for__merged_into__isnull=False)
    rows = Case.objects.filter(moved, Q(opened_for__in=people) | Q(person__in=people))
    for case in rows.select_related("opened_for__merged_into"):
        stays = _stays(case.opened_for)
        if stays is not None and stays.pk != case.person_id:
            Case.objects.filter(pk=case.pk).update(person=stays)


def _stays(person: Person | None) -> Person | None:
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person


def against_merging(one: Person, other: Person) -> list[str]:
    """What would run twice, or beside what excludes it, if these two records became one: how to mend it."""
    running = Case.objects.filter(RUNS).order_by("pk")
    found = []
    for mine in running.filter(person=one):
        for theirs in running.filter(person=other):
            first, second = of_case(mine).procedure, of_case(theirs).procedure
            if first.code == second.code or first.shuts_out(second):
                found.append(
                    f"Hai hồ sơ đang có «{first.title}» và «{second.title}», không chạy cùng lúc cho một người. "
                    "Hãy kết thúc hoặc rút một trong hai trước khi gộp."
                )
    return found


def setup() -> None:
    """Look again whenever people are folded anew; called once when the application is ready."""
    following_up.register(look_again)

"""What recorded months make due: for the cell to consider, never a verdict (Điều lệ Đảng, Điều 8).

The list names the months and the article. Whom a removal is already running for isn't named again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tochuc.access import gate
from tochuc.access.viewer import Viewer
from tochuc.cases.models import Case
from tochuc.duties.duty import Duty, Provider, Why, register
from tochuc.kernel.days import add_months
from tochuc.kernel.months import last_day, month_vn
from tochuc.lapses.grounds import GROUNDS
from tochuc.lapses.models import Considered
from tochuc.lapses.months import lapses_by_year
from tochuc.lapses.queries import limit, open_months
from tochuc.members.kinds import IN_PARTY
from tochuc.members.models import Person

KIND = "lapse"


def _due(viewer: Viewer) -> Iterator[Duty]:
    """For this year and the last, each member with as many months as the rule names."""
    people = gate.visible(viewer, "lapse.due", "person").filter(standing__in=IN_PARTY)
    years = viewer.today.year - 1, viewer.today.year
    for lapsed in lapses_by_year(people, years, viewer.today).values():
        found = {
            (person, ground): months
            for (person, ground), months in lapsed.items()
            if (rule := limit(ground, months[-1])) is not None and len(months) >= rule.number
        }
        yield from _rows(found, viewer.today)


def _rows(found: dict[tuple[int, str], list[date]], today: date) -> Iterator[Duty]:
    ids = {person for person, _ in found}
    if not ids:
        return
    people = Person.objects.select_related("home").in_bulk(ids)
    running = set(
        Case.objects.filter(person__in=ids, procedure="removal", closed_on=None).values_list(
            "person", flat=True
        )
    )
    said: defaultdict[tuple[int, str], list[Considered]] = defaultdict(list)
    for one in Considered.objects.filter(person__in=ids):
        said[one.person_id, one.ground].append(one)
    for (pk, ground), months in found.items():
        waiting = open_months(months, said[pk, ground])
        if waiting and pk not in running:
            yield _row(people[pk], ground, months, waiting)


def _row(person: Person, ground: str, months: list[date], waiting: tuple[date, ...]) -> Duty:
    rule = limit(ground, months[-1])
    assert rule is not None
    home = person.home
    named = ", ".join(month_vn(month) for month in months)
    return Duty(
        kind=KIND,
        what="Chi bộ cần xem xét việc sinh hoạt, đóng đảng phí của đảng viên",
        whom=f"{person.full_name}, {home.short_name}" if home else person.full_name,
        organisation=home.code if home else "",
        due_on=last_day(add_months(waiting[-1], 1)),
        why=Why(
            f"{GROUNDS[ground]}: đã ghi {len(months)} tháng trong năm {months[0].year}, quy định nêu {rule.words}. "
            "Cần nghe đảng viên, tìm hiểu lý do; đây chưa phải kết luận. Không có thời hạn trong quy định; hệ "
            "thống nhắc trong tháng kế tiếp.",
            rule.cite.vn,
            (("Các tháng", named), ("Chi bộ", home.name if home else "")),
            confirmed=rule.may_refuse,
        ),
        page="member_lapses",
        key=person.ref,
        action="Xem xét",
    )


def setup() -> None:
    """Offer these duties; called once when the application is ready."""
    # What is said of a person here is for the cell alone: never on a notice board.
    register(Provider(KIND, "Xem xét việc sinh hoạt, đóng đảng phí", _due, closed=frozenset({KIND})))

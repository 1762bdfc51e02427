"""A few months in the cells of one commune: meetings with who was there, dues, the year's work. Invented.

The cell with the plain account has its last month still to record, and a member whose absence it is to consider.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tochuc.access.models import Account, Assignment
from tochuc.audit.record import Actor
from tochuc.dues import actions as dues
from tochuc.dues.categories import CATEGORIES, PENSION, likely
from tochuc.dues.models import EXCUSED as NOT_PAID_WITH_REASON
from tochuc.dues.models import Basis
from tochuc.dues.sheet import OPEN, Row, sheet
from tochuc.entrusting import actions as entrusting
from tochuc.entrusting.queries import lines
from tochuc.kernel.days import add_months
from tochuc.kernel.months import month_of
from tochuc.meetings import actions as meetings
from tochuc.meetings.actions import Said
from tochuc.meetings.kinds import ABSENT, EXCUSED, PRESENT, REGULAR
from tochuc.meetings.roll import roll
from tochuc.members.models import Membership, Person
from tochuc.org.models import Organisation
from tochuc.org.queries import cells_under

_MONTHS = 3
_REASONS = ("Điều trị ở bệnh viện", "Đi công tác", "Việc tang của gia đình", "Trực cơ quan")
_WORK = (
    "Phụ trách tổ dân cư số {n}: nắm tình hình nhân dân, báo cáo tại sinh hoạt chi bộ hằng tháng.",
    "Giúp đỡ quần chúng ưu tú của chi đoàn; giới thiệu ít nhất một quần chúng học lớp cảm tình đảng.",
    "Vận động các hộ trong tổ {n} giữ gìn vệ sinh, thu gom rác đúng giờ, đóng góp quỹ khối phố.",
    "Tham gia tổ hòa giải ở cơ sở; theo dõi, hòa giải các vụ việc phát sinh tại khu dân cư.",
    "Tuyên truyền chuyển đổi số: hướng dẫn các hộ trong tổ {n} dùng dịch vụ công trực tuyến.",
    "Phụ trách hội người cao tuổi; thăm hỏi người già neo đơn, gia đình chính sách.",
    "Theo dõi việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh của chi bộ.",
)
_LONG_AWAY, _WITHOUT_WORK, _UNPAID, _AWAY = 0.004, 0.03, 0.02, 0.08


def live_in_cells(today: date, seed: int) -> None:
    """Fill the last months of the commune whose secretary has an account; nothing where there is none."""
    held = Assignment.objects.on(today).filter(account__username="namphuoc", role="commune_secretary")
    commune = held.select_related("organisation", "account").first()
    if commune is None:
        return
    own = Assignment.objects.on(today).filter(account__username="chibo", role="cell_secretary").first()
    chance = Random(f"{seed}/cell life")
    by = _actor(commune.account)
    cells = [c for c in cells_under(commune.organisation, today) if c.since < add_months(today, -_MONTHS - 1)]
    for cell in cells:
        is_own = own is not None and own.organisation_id == cell.pk
        _Cell(cell, today, chance, by, is_own).live()


def _actor(account: Account) -> Actor:
    return Actor(account.pk, account.full_name)


class _Cell:
    def __init__(self, cell: Organisation, today: date, chance: Random, by: Actor, is_own: bool) -> None:
        self.cell, self.today, self.chance, self.by, self.is_own = cell, today, chance, by, is_own
        first = month_of(today)
        self.months = [add_months(first, -n) for n in range(_MONTHS, 0, -1)]
        self.away_long = self._away_long()

    def _away_long(self) -> set[int]:
        """Who was absent all these months: in the cell with the plain account one, elsewhere hardly anybody."""
        stays = Membership.objects.on(self.months[0]).filter(organisation=self.cell, standing="official")
        stays = stays.filter(person__account=None).order_by("person__sort_key", "pk")
        people = list(stays.values_list("person", flat=True))
        if self.is_own:
            return {people[len(people) // 2]} if people else set()
        return {pk for pk in people if self.chance.random() < _LONG_AWAY}

    def live(self) -> None:
        """Bases first, for the sums of the dues rest on them."""
        rows = sheet(self.cell, self.months, self.today)
        if not rows:
            return
        self._bases(rows)
        for month in self.months:
            self._meet(month.replace(day=3 + self.chance.randrange(3)))
        self._pay(self.months[:-1] if self.is_own else self.months)
        self._entrust()

    def _bases(self, rows: list[Row]) -> None:
        Basis.objects.bulk_create(
            Basis(
                person=row.person,
                organisation=self.cell,
                category=category,
                base=self._base(category),
                since=self.months[0].replace(month=1),
                ground="Đảng viên tự kê khai",
                recorded_by_id=self.by.account,
            )
            for row in rows
            for category in [likely(row.person.occupation)]
        )

    def _base(self, category: str) -> int | None:
        if not CATEGORIES[category].base:
            return None
        least, most = (28, 62) if category == PENSION else (45, 95)
        return self.chance.randrange(least, most) * 100_000

    def _meet(self, day: date) -> None:
        said = [self._said(place.person) for place in roll(self.cell, day) if place.expected]
        if said:
            meetings.hold(self.cell, on=day, kind=REGULAR, said=said, by=self.by, today=self.today)

    def _said(self, person: Person) -> Said:
        if person.pk in self.away_long:
            return Said(person, ABSENT)
        if self.chance.random() < _AWAY:
            return Said(person, EXCUSED, self.chance.choice(_REASONS))
        return Said(person, PRESENT)

    def _pay(self, months: list[date]) -> None:
        rows = sheet(self.cell, months, self.today)
        given, excused = [], []
        for row in rows:
            for line in row.lines:
                if line.state != OPEN or line.amount is None:
                    continue
                if row.person.pk in self.away_long or self.chance.random() < _UNPAID:
                    if row.person.pk not in self.away_long and self.chance.random() < 1 / 2:
                        excused.append((row.person, line.month))
                else:
                    given.append(dues.Given(row.person, line.month, line.amount))
        said = {"by": self.by, "today": self.today}
        if given:
            last = max(one.month for one in given)
            dues.collect(self.cell, given, paid_on=last + timedelta(days=24), by=self.by, today=self.today)
        for person, month in excused:
            reason = self.chance.choice(_REASONS)
            dues.settle(person, self.cell, month, kind=NOT_PAID_WITH_REASON, reason=reason, **said)  # type: ignore[arg-type]

    def _entrust(self) -> None:
        given = [
            entrusting.Given(line.person, self.chance.choice(_WORK).format(n=self.chance.randrange(1, 9)))
            for line in lines(self.cell, self.today.year, self.today)
            if not line.exempt and self.chance.random() > _WITHOUT_WORK
        ]
        day = date(self.today.year, 1, 5)
        if given and day <= self.today:
            entrusting.entrust(
                self.cell, self.today.year, given, on=day, number="01-NQ/CB", by=self.by, today=self.today
            )
